//! Every parser of the product, called as it is. A new one is one more function in [`cases`].

use certificate_issuer::pdf;
use course_library::model::limits;
use course_library::model::subtitles::as_webvtt;
use identity::RosterReader;
use storage::blobs::{self, mp4};

use crate::Size;
use crate::measure::{Bound, Case};
use crate::shapes::{self, numbered, repeated};

pub fn cases(size: Size) -> Vec<Case> {
    [
        markdown(size),
        certificate_pdf(size),
        movie(size),
        subtitles(size),
        roster(size),
        kind_of_file(size),
        directory(size),
        range(size),
        configuration(size),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The longest text that is stored as Markdown: a work or a post, in the bytes that its characters may have.
const MARKDOWN: usize = 80_000;

fn markdown(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 500, memory_mib: 96 };
    let case = |(name, text): (&str, String)| {
        Case::new(format!("markdown: {name}"), text.len(), bound, move || {
            http_kit::markdown::to_safe_html(&text);
            Ok(())
        })
    };
    shapes::markdowns(size.of(MARKDOWN)).into_iter().map(case).collect()
}

fn certificate_pdf(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 500, memory_mib: 48 };
    let bytes = size.of(pdf::MOST_BYTES);
    let files = [
        ("keywords", shapes::pdf("obj /EmbeddedFile stream ", bytes)),
        ("streams", shapes::pdf("stream ", bytes)),
        ("objects", shapes::pdf("1 0 obj << /EmbeddedFile /FlateDecode >> stream\nx", bytes)),
        ("open dictionaries", shapes::pdf("<< /EmbeddedFile ", bytes)),
        ("nearly keywords", shapes::pdf("endstrea/EmbeddedFil", bytes)),
        ("bombs", shapes::pdf_bombs(bytes)),
        ("noise", shapes::noise(bytes)),
    ];
    let case = |(name, file): (&str, Vec<u8>)| {
        Case::new(format!("certificate PDF: {name}"), file.len(), bound, move || {
            pdf::attached(&file);
            Ok(())
        })
    };
    files.into_iter().map(case).collect()
}

fn movie(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 500, memory_mib: 96 };
    let bytes = size.of(usize::try_from(mp4::MOST_MOVIE_BYTES).expect("it fits in memory"));
    let empty = shapes::mp4_box("trak", &[]);
    let mut nested = Vec::new();
    // Deeper is not accepted to be written: each level holds all below it.
    for _ in 0..2_000 {
        nested = shapes::mp4_box("trak", &nested);
    }
    let contents = [
        ("empty tracks", empty.repeat(bytes / empty.len())),
        ("tracks within tracks", nested.repeat(bytes / nested.len())),
        ("boxes of no size", vec![0; bytes]),
        ("boxes larger than the file", vec![0xff; bytes]),
        ("noise", shapes::noise(bytes)),
    ];
    let case = |(name, content): (&str, Vec<u8>)| {
        Case::new(format!("MP4: {name}"), content.len(), bound, move || {
            let _ = mp4::movie(&content);
            let _ = mp4::shift_chunks(&mut content.clone(), 0, u64::MAX, 9);
            let _ = mp4::box_head(&content, content.len() as u64);
            Ok(())
        })
    };
    contents.into_iter().map(case).collect()
}

fn subtitles(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 500, memory_mib: 64 };
    let bytes = size.of(usize::try_from(limits::SUBTITLES.most_bytes).expect("it fits in memory"));
    let cue = "1\n00:00:01,000 --> 00:00:02,000\n";
    let files = [
        ("cues", repeated(cue, bytes).into_bytes()),
        ("open tags in one line", [cue, &repeated("<font ", bytes)].concat().into_bytes()),
        ("open braces in one line", [cue, &repeated("{\\", bytes)].concat().into_bytes()),
        ("blank lines", [cue, &repeated("\n", bytes)].concat().into_bytes()),
        ("words without times", [cue, &repeated("a\n\n", bytes)].concat().into_bytes()),
        ("arrows", repeated("-->", bytes).into_bytes()),
        ("settings", [cue.trim_end(), &repeated(" line:0", bytes)].concat().into_bytes()),
        ("noise", shapes::noise(bytes)),
    ];
    let case = |(name, file): (&str, Vec<u8>)| {
        Case::new(format!("subtitles: {name}"), file.len(), bound, move || {
            let _ = as_webvtt(&file);
            Ok(())
        })
    };
    files.into_iter().map(case).collect()
}

/// The largest roster.
const ROSTER: usize = 2 * 1024 * 1024;

/// Read here in the process, where its memory shows. The server reads it in a child with 768 MiB and three seconds of CPU.
fn roster(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 3_000, memory_mib: 256 };
    // What is read is a few dozen times what comes.
    let inflated = size.of(32 * 1024 * 1024);
    let row = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>"#;
    let files = [
        ("many rows", shapes::workbook_with(shapes::sheet(&repeated(row, inflated)))),
        (
            "a cell of every column",
            shapes::workbook_with(shapes::sheet(&format!(
                "<row>{}</row>",
                repeated(r#"<c r="A1"><v>1</v></c>"#, inflated)
            ))),
        ),
        (
            "one long cell",
            shapes::workbook_with(shapes::sheet(&format!(
                r#"<row><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#,
                repeated("x", inflated)
            ))),
        ),
        (
            "two far corners",
            shapes::workbook_with(shapes::sheet(
                r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
            )),
        ),
        ("deep tags", shapes::workbook_with(repeated("<a>", inflated).into_bytes())),
        (
            "one long tag",
            shapes::workbook_with(format!("<a {}", repeated("b=\"c\" ", inflated)).into_bytes()),
        ),
        ("entities", shapes::workbook_with(shapes::sheet(&repeated("&lt;", inflated)))),
        ("joined again and again", joined(size, r#"<mergeCell ref="A1:BL2000"/>"#, 19_999)),
        ("joined in more places than it has", joined(size, r#"<mergeCell ref="A1:A2"/>"#, 1_900_000)),
        ("strings without text", with_part("xl/sharedStrings.xml", "<si/>", inflated)),
        ("strings", with_part("xl/sharedStrings.xml", "<si><t>a</t></si>", inflated)),
        ("styles", with_part("xl/styles.xml", r#"<xf numFmtId="164"/>"#, inflated)),
        ("rows within rows", shapes::workbook_with(shapes::sheet(&repeated("<row>", inflated)))),
        ("rows without cells", shapes::workbook_with(shapes::sheet(&"<row/>".repeat(size.of(1_900_000))))),
        ("cells with a colour alone", shapes::workbook_with(shapes::sheet(&coloured(size)))),
        (
            "names",
            shapes::workbook_around(
                shapes::sheet(row),
                ONE_SHEET,
                &format!(
                    "<definedNames>{}</definedNames>",
                    repeated(r#"<definedName name="a">s!$A$1</definedName>"#, inflated)
                ),
                &[],
            ),
        ),
        (
            "fifty names for one sheet",
            shapes::workbook_around(
                shapes::sheet(&"<row/>".repeat(size.of(1_900_000))),
                &numbered(50, r#"<sheet sheetId="1" r:id="rId1" name="s"#, r#""/>"#),
                "",
                &[],
            ),
        ),
        ("a bomb", shapes::workbook(&[("xl/workbook.xml", vec![b' '; size.of(80 * 1024 * 1024)])])),
        ("many parts", shapes::workbook(&many_parts(size.of(8_000)))),
        ("noise", shapes::noise(size.of(ROSTER))),
        ("no archive within", [b"PK\x03\x04".to_vec(), shapes::noise(size.of(ROSTER))].concat()),
        ("ends of an archive", repeated("PK\x05\x06", size.of(ROSTER)).into_bytes()),
    ];
    let case = |(name, file): (&str, Vec<u8>)| {
        Case::new(format!("roster: {name}"), file.len(), bound, move || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|e| e.to_string())?;
            let _ = runtime.block_on(RosterReader::in_process().read(file));
            Ok(())
        })
    };
    files.into_iter().map(case).collect()
}

const ONE_SHEET: &str = r#"<sheet name="s" sheetId="1" r:id="rId1"/>"#;

/// Rows that somebody coloured and left empty.
fn coloured(size: Size) -> String {
    format!(r#"<row s="1" customFormat="1">{}</row>"#, r#"<c s="1"/>"#.repeat(26)).repeat(size.of(68_000))
}

/// A roster of the most rows, of which cells are joined so many times.
fn joined(size: Size, join: &str, times: usize) -> Vec<u8> {
    let row = |n: usize| format!(r#"<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>"#);
    let rows: String = (1..=2_000).map(row).collect();
    let joins = format!("<mergeCells>{}</mergeCells>", join.repeat(size.of(times)));
    shapes::workbook_with(shapes::sheet_with(&rows, &joins))
}

/// A small sheet beside a part of so many bytes.
fn with_part(name: &'static str, element: &str, bytes: usize) -> Vec<u8> {
    let part = format!("<x>{}</x>", repeated(element, bytes)).into_bytes();
    let sheet = shapes::sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    shapes::workbook_around(sheet, ONE_SHEET, "", &[(name, part)])
}

fn many_parts(count: usize) -> Vec<(&'static str, Vec<u8>)> {
    // The reader counts before it looks at names; equal ones are not written twice, so each is leaked once.
    (0..count).map(|number| (&*Box::leak(format!("p{number}").into_boxed_str()), Vec::new())).collect()
}

fn kind_of_file(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 100, memory_mib: 4 };
    let bytes = size.of(blobs::HEAD_BYTES);
    let heads = [
        ("Chinese text", repeated("领学", bytes).into_bytes()),
        ("GB text", [0x81, 0x30, 0x81, 0x30].repeat(bytes / 4)),
        ("nearly GB text", [&[0xb0, 0xa1].repeat(bytes / 2)[..], &[0xff]].concat()),
        ("UTF-16 text", [0x00, 0x4e].repeat(bytes / 2)),
        ("nearly markup", repeated("< !", bytes).into_bytes()),
        ("blanks", vec![b' '; bytes]),
        ("noise", shapes::noise(bytes)),
    ];
    let case = |(name, head): (&str, Vec<u8>)| {
        Case::new(format!("kind of a file: {name}"), head.len(), bound, move || {
            blobs::content_type(&head);
            Ok(())
        })
    };
    heads.into_iter().map(case).collect()
}

/// The directory of an archive that may be a document.
fn directory(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 100, memory_mib: 4 };
    let bytes = size.of(usize::try_from(blobs::MOST_DIRECTORY_BYTES).expect("it fits in memory"));
    let entry = |name: &[u8]| {
        let mut entry = b"PK\x01\x02".to_vec();
        entry.resize(46, 0);
        let length = u16::try_from(name.len()).expect("a short name");
        entry[28..30].copy_from_slice(&length.to_le_bytes());
        [entry, name.to_vec()].concat()
    };
    let many = |entry: Vec<u8>| entry.repeat(bytes / entry.len());
    let directories = [
        ("no names", many(entry(b""))),
        (
            "long names of digits",
            many(entry(&[b"word/document", &b"1".repeat(60_000)[..], b".xml"].concat())),
        ),
        ("main parts", many(entry(b"xl/workbook.xml"))),
        ("noise", [entry(b"x"), shapes::noise(bytes)].concat()),
    ];
    let case = |(name, directory): (&str, Vec<u8>)| {
        Case::new(format!("archive directory: {name}"), directory.len(), bound, move || {
            blobs::document(&directory);
            Ok(())
        })
    };
    directories.into_iter().map(case).collect()
}

/// The longest head of a request.
const HEAD: usize = 64 * 1024;

fn range(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 100, memory_mib: 4 };
    let case = |piece: &'static str| {
        let header = format!("bytes={}", repeated(piece, size.of(HEAD)));
        Case::new(format!("Range: bytes={piece}…"), header.len(), bound, move || {
            storage::blobs::parse_range(Some(&header), u64::MAX);
            Ok(())
        })
    };
    ["0-,", "-", "9", " ", "="].map(case).into()
}

/// Whoever writes it runs the server; a slip should be named all the same.
fn configuration(size: Size) -> Vec<Case> {
    let bound = Bound { cpu_ms: 500, memory_mib: 64 };
    let case = |(name, text): (&'static str, String)| {
        Case::new(format!("configuration: {name}"), text.len(), bound, move || {
            let file = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
            std::fs::write(file.path(), &text).map_err(|e| e.to_string())?;
            match gateway::config::Config::load(Some(file.path()), |_| None) {
                Ok(_) => Err("it was taken".to_owned()),
                Err(_) => Ok(()),
            }
        })
    };
    [
        ("deep lists", format!("a = {}", repeated("[", size.of(HEAD)))),
        ("deep tables", format!("a{} = 1", repeated(".a", size.of(HEAD)))),
        ("deep headings", format!("[a{}]", repeated(".a", size.of(HEAD)))),
        ("many keys", numbered(size.of(8_000), "k", " = 1\n")),
        ("a long text", format!("a = \"{}\"", repeated("x", size.of(HEAD)))),
        ("an open text", format!("a = \"\"\"{}", repeated("\"\"", size.of(HEAD)))),
    ]
    .map(case)
    .into()
}

//! Shapes that make careless code slow or large: deep, wide, long, repeated, cut off, not what they say.

use std::io::Write as _;

/// `piece` again and again, up to `bytes`.
pub fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len().max(1))
}

/// A small, always equal source of disorder.
pub fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .take(bytes)
    .collect()
}

/// So many numbers, each between these words.
pub fn numbered(count: usize, before: &str, after: &str) -> String {
    (0..count).fold(String::new(), |text, number| text + before + &number.to_string() + after)
}

/// JSON bodies of about so many bytes for an endpoint whose object has these fields.
pub fn json_bodies(fields: &[&str], bytes: usize) -> Vec<(&'static str, Vec<u8>)> {
    let field = fields.first().copied().unwrap_or("a");
    let others = fields.iter().skip(1).fold(String::new(), |text, other| text + r#",""# + other + r#"":"x""#);
    let with = |value: String| format!(r#"{{"{field}":{value}{others}}}"#).into_bytes();
    let half = bytes / 2;
    let keys = numbered(bytes / 12, "\"k", "\":0,");
    vec![
        ("long text", with(format!(r#""{}""#, repeated("长", bytes - 200)))),
        ("escapes", with(format!(r#""{}""#, repeated("\\u9886\\ud83d\\ude00", bytes - 200)))),
        ("lone surrogates", with(format!(r#""{}""#, repeated("\\ud800", bytes - 200)))),
        ("NUL", with(format!(r#""{}""#, repeated("\\u0000", bytes - 200)))),
        ("deep lists", repeated("[", bytes).into_bytes()),
        ("deep objects", repeated(r#"{"a":"#, bytes).into_bytes()),
        ("deep list in a field", with(format!("{}{}", repeated("[", half - 200), repeated("]", half - 200)))),
        ("wide list in a field", with(format!("[{}0]", repeated("0,", bytes - 200)))),
        ("digits", with(repeated("9", bytes - 200))),
        ("exponent", with(format!("1e{}", repeated("9", bytes - 200)))),
        ("unknown keys", format!("{{{keys}\"z\":0}}").into_bytes()),
        (
            "one key again and again",
            format!("{{{}\"z\":0}}", repeated(&format!(r#""{field}":"x","#), bytes - 20)).into_bytes(),
        ),
        ("spaces", repeated(" ", bytes).into_bytes()),
        ("bytes that are no text", noise(bytes)),
        ("what follows the end", format!("{{}}{}", repeated("{}", bytes - 2)).into_bytes()),
    ]
}

pub const BOUNDARY: &str = "edge";

/// Multipart forms of about so many bytes.
pub fn forms(bytes: usize) -> Vec<(&'static str, Vec<u8>)> {
    let open = |name: &str| {
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n")
    };
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    let file = |content: Vec<u8>| [open("file").into_bytes(), content, end.clone().into_bytes()].concat();
    let part = format!("{}x\r\n", open("other"));
    let header = |value: String| {
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"{value}\r\n\r\nx{end}")
            .into_bytes()
    };
    vec![
        ("many parts", format!("{}{end}", repeated(&part, bytes)).into_bytes()),
        ("a long header", header(format!("; filename=\"{}\"", repeated("f", bytes)))),
        ("many headers", header(repeated("\r\nx-a: b", bytes))),
        ("nearly boundaries", file(repeated("\r\n--edg", bytes).into_bytes())),
        ("line ends", file(repeated("\r\n", bytes).into_bytes())),
        ("hyphens", file(repeated("-", bytes).into_bytes())),
        ("a preamble without end", repeated("x", bytes).into_bytes()),
        ("no end", [open("file").into_bytes(), noise(bytes)].concat()),
        ("PDF: keywords", file(pdf("obj /EmbeddedFile stream ", bytes))),
        (
            "PDF: objects",
            file(pdf("1 0 obj << /Type /EmbeddedFile /Filter /FlateDecode >> stream\nx", bytes)),
        ),
        ("PDF: bombs", file(pdf_bombs(bytes))),
        ("PDF: noise", file([b"%PDF-1.7\n".to_vec(), noise(bytes)].concat())),
        ("token: dots", file(repeated(".", bytes).into_bytes())),
        (
            "token: letters",
            file(format!("{}.{}.x", repeated("e", bytes / 2), repeated("e", bytes / 2)).into_bytes()),
        ),
    ]
}

pub fn pdf(piece: &str, bytes: usize) -> Vec<u8> {
    format!("%PDF-1.7\n{}", repeated(piece, bytes)).into_bytes()
}

/// Embedded files that each inflate to a thousand times their size.
pub fn pdf_bombs(bytes: usize) -> Vec<u8> {
    let bomb = deflated(&vec![0; 16 * 1024 * 1024]);
    let mut object = b"1 0 obj << /Type /EmbeddedFile /Filter /FlateDecode >> stream\n".to_vec();
    object.extend_from_slice(&bomb);
    object.extend_from_slice(b"\nendstream endobj\n");
    let mut file = b"%PDF-1.7\n".to_vec();
    while file.len() + object.len() <= bytes {
        file.extend_from_slice(&object);
    }
    file
}

pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    zlib.write_all(bytes).expect("memory takes it");
    zlib.finish().expect("memory takes it")
}

/// Markdown that nests, never closes, or refers to itself.
pub fn markdowns(bytes: usize) -> Vec<(&'static str, String)> {
    [
        ("quotes", "> "),
        ("lists", "- "),
        ("list items, deeper and deeper", "* a\n "),
        ("open links", "[a]("),
        ("brackets", "["),
        ("pictures", "![a"),
        ("emphasis", "*a_ "),
        ("stars", "**"),
        ("back quotes", "`a``"),
        ("tables", "|a|\n|-|\n|"),
        ("table cells", "|"),
        ("references", "[a]: <b>\n"),
        ("references in use", "[a]: /b \"c\"\n[a][a]"),
        ("open tags", "<b>"),
        ("nested blocks", "<div>"),
        ("table tags", "<table><td>"),
        ("half tags", "<a b="),
        ("comments", "<!--"),
        ("entities", "&amp;&"),
        ("autolinks", "<http://a"),
        ("headings", "a\n=\n"),
        ("strikes", "~~a"),
        ("backslashes", "\\"),
    ]
    .map(|(name, piece)| (name, repeated(piece, bytes)))
    .into()
}

/// A workbook: its parts as they are.
pub fn workbook(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(content).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// A workbook with this sheet in it.
pub fn workbook_with(sheet: Vec<u8>) -> Vec<u8> {
    workbook_around(sheet, r#"<sheet name="名单" sheetId="1" r:id="rId1"/>"#, "", &[])
}

/// The same with other names for its sheet, with more in the part that names it, and with more parts.
pub fn workbook_around(
    sheet: Vec<u8>,
    sheets: &str,
    after: &str,
    parts: &[(&'static str, Vec<u8>)],
) -> Vec<u8> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org";
    let workbook_xml = format!(
        r#"<workbook xmlns="{NAMESPACE}/spreadsheetml/2006/main" xmlns:r="{NAMESPACE}/officeDocument/2006/relationships"><sheets>{sheets}</sheets>{after}</workbook>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" Type="{NAMESPACE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let types = format!(r#"<Types xmlns="{NAMESPACE}/package/2006/content-types"></Types>"#);
    let top = format!(
        r#"<Relationships xmlns="{NAMESPACE}/package/2006/relationships"><Relationship Id="rId1" Type="{NAMESPACE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let own = [
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", top.into_bytes()),
        ("xl/workbook.xml", workbook_xml.into_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    workbook(&[&own[..], parts].concat())
}

/// A sheet around these rows.
pub fn sheet(rows: &str) -> Vec<u8> {
    sheet_with(rows, "")
}

/// The same with something after them.
pub fn sheet_with(rows: &str, after: &str) -> Vec<u8> {
    format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#).into_bytes()
}

/// Boxes of an MP4 file.
pub fn mp4_box(kind: &str, content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("a small box");
    [&size.to_be_bytes()[..], kind.as_bytes(), content].concat()
}

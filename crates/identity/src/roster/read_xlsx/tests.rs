//! Workbooks as people, programs and enemies make them.

use std::io::Write as _;

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook of one sheet with this XML.
fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn texts_and_numbers_are_read_as_they_were_typed() {
    let bytes = workbook(|sheet| {
        sheet.write_string(0, 0, "姓名").expect("a cell");
        sheet.write_number(1, 0, 13_812_345_678.0).expect("a cell");
        sheet.write_string(3, 2, "=1+1").expect("a cell");
    });
    let table = read(&bytes).expect("a table");
    assert_eq!(table.rows[0], (1, vec!["姓名".to_owned()]));
    assert_eq!(table.rows[1], (2, vec!["13812345678".to_owned()]));
    assert_eq!(table.rows[2], (4, vec![String::new(), String::new(), "=1+1".to_owned()]));
}

#[test]
fn the_roster_sheet_is_found_by_its_name() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "说明").expect("a cell");
    book.add_worksheet().set_name("名单").expect("a name").write_string(0, 0, "姓名").expect("a cell");
    let table = read(&book.save_to_buffer().expect("a workbook")).expect("a table");
    assert_eq!(table.rows[0].1[0], "姓名");
}

#[test]
fn the_first_sheet_that_can_be_seen_and_holds_something_is_read() {
    let mut book = Workbook::new();
    let mut chart = rust_xlsxwriter::Chart::new_line();
    chart.add_series().set_values("=通渭县!$A$1");
    book.add_chartsheet().insert_chart(0, 0, &chart).expect("a chart");
    let old = book.add_worksheet().set_name("名单").expect("a name").set_hidden(true);
    old.write_string(0, 0, "旧").expect("a cell");
    book.add_worksheet();
    book.add_worksheet().set_name("通渭县").expect("a name").write_string(0, 0, "新").expect("a cell");
    book.add_worksheet().set_name("陇西县").expect("a name").write_string(0, 0, "又").expect("a cell");
    book.add_worksheet().set_name("示例").expect("a name").write_string(0, 0, "例").expect("a cell");
    book.add_worksheet();
    let table = read(&book.save_to_buffer().expect("a workbook")).expect("a table");
    assert_eq!((table.rows[0].1[0].as_str(), table.other_sheets), ("新", vec!["陇西县".to_owned()]));
    assert_eq!(table.hidden_sheets, ["名单"], "the one that nobody sees is named too");
}

#[test]
fn a_cover_before_the_roster_is_not_read_in_its_place() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("封面").expect("a name");
    cover.write_string(0, 0, "教师名单").expect("a cell").write_string(1, 0, "学校").expect("a cell");
    let roster = book.add_worksheet().set_name("教师名单").expect("a name");
    roster.write_row(0, 0, ["2026年教师名单"]).expect("cells");
    roster.write_row(1, 0, ["姓名", "手机号", "教学点"]).expect("cells");
    let table = read(&book.save_to_buffer().expect("a workbook")).expect("a table");
    assert_eq!((table.rows[1].1[0].as_str(), table.other_sheets), ("姓名", vec!["封面".to_owned()]));
}

#[test]
fn what_a_filter_or_somebody_hides_is_seen() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("别的").expect("a name").set_row_hidden(1).expect("a row");
    let sheet = book.add_worksheet().set_name("名单").expect("a name");
    sheet.write_row(0, 0, ["姓名", "手机号", "县"]).expect("cells");
    for (row, county) in (1..).zip(["通渭县", "渭源县", "通渭县", "渭源县"]) {
        sheet.write_row(row, 0, ["王强", "1", county]).expect("cells");
    }
    sheet.autofilter(0, 0, 4, 2).expect("a filter");
    let county = rust_xlsxwriter::FilterCondition::new().add_list_filter("通渭县");
    sheet.filter_column(2, &county).expect("a condition");
    sheet.set_row_hidden(90).expect("a row").set_column_hidden(1).expect("a column");
    let table = read(&book.save_to_buffer().expect("a workbook")).expect("a table");
    assert_eq!(table.hidden_rows, [3, 5].into());
    assert_eq!(table.hidden_columns, [1].into());

    let xml = br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="99999" width="0" customWidth="1"/></cols><sheetData><row><c t="inlineStr"><is><t>x</t></is></c></row><row hidden="true"><c t="inlineStr"><is><t>x</t></is></c></row><row r="5" ht="0" customHeight="1"><c r="A5" t="inlineStr"><is><t>x</t></is></c></row><row r="6" hidden="0"><c r="A6" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;
    let table = read(&with_sheet(xml)).expect("a table");
    assert_eq!(table.hidden_rows, [2, 5].into());
    assert_eq!(table.hidden_columns, (1..64).collect());
}

#[test]
fn numbers_that_lost_their_end_do_not_look_whole() {
    let bytes = workbook(|sheet| {
        sheet.write_number(0, 0, 629_900_198_005_010_021_f64).expect("a cell");
        sheet.write_number(0, 1, 1e15).expect("a cell");
        sheet.write_number(0, 2, 999_999_999_999_999.0).expect("a cell");
    });
    assert_eq!(read(&bytes).expect("a table").rows[0].1, ["6.2990019800501E+17", "1E+15", "999999999999999"]);
}

#[test]
fn joined_cells_are_filled_downwards_and_marked_to_the_right() {
    let plain = rust_xlsxwriter::Format::new();
    let bytes = workbook(|sheet| {
        for row in 1..5 {
            sheet.write_string(row, 0, format!("人{row}")).expect("a cell");
        }
        sheet.merge_range(0, 0, 0, 2, "名单", &plain).expect("a merge");
        sheet.merge_range(1, 1, 3, 1, "中心校", &plain).expect("a merge");
        sheet.merge_range(4, 1, 4, 2, "教学点", &plain).expect("a merge");
        sheet.merge_range(1, 3, 90, 3, "县", &plain).expect("a merge");
    });
    let rows = read(&bytes).expect("a table").rows;
    let texts: Vec<Vec<&str>> =
        rows.iter().map(|(_, row)| row.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        texts,
        [
            vec!["名单", JOINED, JOINED],
            vec!["人1", "中心校", "", "县"],
            vec!["人2", "中心校", "", "县"],
            vec!["人3", "中心校", "", "县"],
            vec!["人4", "教学点", JOINED, "县"],
        ]
    );
}

#[test]
fn errors_dates_and_formulas_without_a_result_are_seen() {
    let cells = r#"<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>VLOOKUP(1,A1:B2,2,0)</f></c><c r="C1"><f>1+1</f><v></v></c>
        <c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1" t="d"><v>2004-09-01T00:00:00</v></c>"#;
    let xml = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{cells}</row></sheetData></worksheet>"#
    );
    let rows = read(&with_sheet(xml.as_bytes())).expect("a table").rows;
    assert_eq!(rows[0].1, ["#N/A", "=VLOOKUP(1,A1:B2,2,0)", "=1+1", "2", "", "2004-09-01"]);
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2004, 9, 1).expect("a day");
    let shown = rust_xlsxwriter::Format::new().set_num_format("yyyy年m月");
    let bytes = workbook(|sheet| drop(sheet.write_datetime_with_format(0, 0, day, &shown)));
    assert_eq!(read(&bytes).expect("a table").rows[0].1, ["2004-09-01"]);
}

#[test]
fn rows_with_nothing_but_a_colour_are_no_rows() {
    let row =
        |n: usize| format!(r#"<row r="{n}" s="1" customFormat="1">{}</row>"#, r#"<c s="1"/>"#.repeat(26));
    let rows: String = (2..=40_000).map(row).collect();
    let sheet = sheet_of(&format!("{ONE_ROW}{rows}"), "");
    assert_eq!(read(&with_sheet(&sheet)).expect("a table").rows, [(1, vec!["x".to_owned()])]);
}

#[test]
fn a_hidden_sheet_is_never_read_for_want_of_another() {
    let hidden = r#"<sheets><sheet name="名单" sheetId="1" state="hidden" r:id="rId1"/></sheets>"#;
    let bytes = with_parts(&sheet_of(ONE_ROW, ""), hidden, &[]);
    assert_eq!(read(&bytes).unwrap_err(), ReadError::AllHidden);
}

#[test]
fn what_is_no_workbook_is_named() {
    assert_eq!(read(b"").unwrap_err(), ReadError::NotXlsx);
    assert_eq!(read(b"%PDF-1.7").unwrap_err(), ReadError::NotXlsx);
    assert_eq!(read(&archive(&[("a.txt", b"x")])).unwrap_err(), ReadError::NotXlsx);
    assert_eq!(read(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0]).unwrap_err(), ReadError::OldOrLocked);
    assert_eq!(read(&vec![0; MOST_BYTES + 1]).unwrap_err(), ReadError::TooLarge);
    let mut cut = workbook(|sheet| drop(sheet.write_string(0, 0, "x")));
    cut.truncate(cut.len() / 2);
    assert!(read(&cut).is_err());
}

#[test]
fn a_cell_with_nul_is_a_damaged_file() {
    let sheet = |text: &str| {
        let xml = format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData></worksheet>"#
        );
        read(&with_sheet(xml.as_bytes()))
    };
    assert_eq!(sheet("王\0小明").unwrap_err(), ReadError::Damaged);
    assert!(sheet("王小明").is_ok());
    // However it is written, none comes through.
    for text in ["王&#0;小明", "王&#x0;小明", "王_x0000_小明"] {
        let cells = sheet(text).map(|table| table.rows).unwrap_or_default();
        assert!(cells.iter().flat_map(|(_, cells)| cells).all(|cell| !cell.contains('\0')), "{text}");
    }
}

#[test]
fn a_sheet_with_nul_in_its_name_is_in_a_damaged_file() {
    for is_hidden in [false, true] {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("名单").expect("a name").write_string(0, 0, "新").expect("a cell");
        let old = book.add_worksheet().set_name("旧名单").expect("a name").set_hidden(is_hidden);
        old.write_string(0, 0, "旧").expect("a cell");
        let whole = book.save_to_buffer().expect("a workbook");
        assert!(read(&whole).is_ok());
        // The same with the character in the name.
        let mut from = ZipArchive::new(Cursor::new(whole)).expect("an archive");
        let mut parts = Vec::new();
        for at in 0..from.len() {
            let mut part = from.by_index(at).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("XML");
            let name = part.name().expect("a name").into_owned();
            parts.push((name, text.replace("旧名单", "旧\0名单")));
        }
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        assert_eq!(read(&archive(&parts)).unwrap_err(), ReadError::Damaged, "{is_hidden}");
    }
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let bytes = with_sheet(
        br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c></row></sheetData></worksheet>"#,
    );
    assert!(bytes.len() < 3_000);
    assert_eq!(read(&bytes).expect("one cell is in reach").rows, [(1, vec!["x".to_owned()])]);
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // 100 MB of one letter is 100 kB in the file.
    let started = std::time::Instant::now();
    let bomb = with_sheet(&vec![b'a'; 100 * 1024 * 1024]);
    assert!(bomb.len() < MOST_BYTES);
    assert_eq!(read(&bomb).unwrap_err(), ReadError::Unsafe);
    assert!(started.elapsed().as_secs() < 60);
    let crowd: Vec<(String, Vec<u8>)> = (0..=MOST_ENTRIES).map(|n| (format!("f{n}"), Vec::new())).collect();
    let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    assert_eq!(read(&archive(&crowd)).unwrap_err(), ReadError::Unsafe);
}

/// Of the parts that a workbook brings besides its sheet, and around that.
fn with_parts(sheet: &[u8], in_workbook: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let top = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{in_workbook}</workbook>"#
    );
    let relations = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let fixed: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", top),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    archive(&[&fixed[..], parts].concat())
}

fn sheet_of(rows: &str, after: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#
    )
    .into_bytes()
}

const ONE_SHEET: &str = r#"<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets>"#;
const ONE_ROW: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>"#;

#[test]
fn cells_that_are_joined_again_and_again_are_refused() {
    let row = |n: usize| format!(r#"<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>"#);
    let rows: String = (1..=200).map(row).collect();
    let joined = |times: usize| {
        let joins = r#"<mergeCell ref="A1:BL200"/>"#.repeat(times);
        read(&with_sheet(&sheet_of(&rows, &format!("<mergeCells>{joins}</mergeCells>"))))
    };
    assert_eq!(joined(1).expect("all of the sheet").rows.len(), 200);
    assert_eq!(joined(2).unwrap_err(), ReadError::Unsafe);
    assert_eq!(joined(MOST_JOINED + 1).unwrap_err(), ReadError::Unsafe);
}

/// Each of these took the reader until its patience ended.
#[test]
fn more_elements_than_a_roster_has_are_refused_wherever_they_stand() {
    let (good, many) = (sheet_of(ONE_ROW, ""), MOST_TAGS);
    let around = |element: &str| format!("<x>{}</x>", element.repeat(many)).into_bytes();
    let (strings, styles) = (around("<si/>"), around(r#"<xf numFmtId="0"/>"#));
    let names = format!("{ONE_SHEET}<definedNames>{}</definedNames>", "<definedName/>".repeat(many));
    for (what, bytes) in [
        ("strings", with_parts(&good, ONE_SHEET, &[("xl/sharedStrings.xml", &strings)])),
        ("styles", with_parts(&good, ONE_SHEET, &[("xl/styles.xml", &styles)])),
        ("names", with_parts(&good, &names, &[])),
        ("rows in rows", with_parts(&sheet_of(&"<row>".repeat(many), ""), ONE_SHEET, &[])),
    ] {
        assert!(bytes.len() < MOST_BYTES, "{what}");
        assert_eq!(read(&bytes).unwrap_err(), ReadError::Unsafe, "{what}");
    }
    assert!(read(&with_parts(&good, ONE_SHEET, &[])).is_ok());
}

#[test]
fn a_part_is_no_more_than_one_sheet() {
    let sheets = |count: usize| {
        let sheet = |n: usize| format!(r#"<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>"#);
        format!("<sheets>{}</sheets>", (1..=count).map(sheet).collect::<String>())
    };
    let read = |count| read(&with_parts(&sheet_of(ONE_ROW, ""), &sheets(count), &[]));
    assert!(read(1).is_ok());
    assert_eq!(read(2).unwrap_err(), ReadError::Unsafe);
}

#[test]
fn too_many_rows_are_not_read_to_the_end() {
    let bytes = workbook(|sheet| {
        for row in 0..=20_000 {
            sheet.write_string(row, 0, "x").expect("a cell");
        }
    });
    assert_eq!(read(&bytes).unwrap_err(), ReadError::TooManyRows);
}

#[test]
fn one_long_text_in_every_cell_is_too_much() {
    // Said once in the file, and shown in thousands of places.
    let text = "长".repeat(LONGEST_CELL);
    let bytes = workbook(|sheet| {
        for cell in 0..23_000_u32 {
            let column = u16::try_from(cell % 50).expect("a column");
            sheet.write_string(cell / 50, column, &text).expect("a cell");
        }
    });
    assert!(bytes.len() < MOST_BYTES);
    assert_eq!(read(&bytes).unwrap_err(), ReadError::Unsafe);
}

//! Reads an untrusted Excel file into text, with a bound on everything: bytes, entries, inflated bytes, rows, columns, cells.
//! A workbook of two kilobytes can ask for hundreds of gigabytes; nothing here allocates by what a file claims.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use http_kit::wording::is_visible;
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::hidden::hidden;
use crate::model::roster::{JOINED, Table};

/// Most bytes of a file.
pub(crate) const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_ENTRIES: usize = 1_000;
const MOST_INFLATED: u64 = 64 * 1024 * 1024;
/// Rows with anything in them that are looked through: a roster's own stand among hidden ones, and ones that were numbered in advance.
const MOST_SHEET_ROWS: usize = 20_000;
/// Bytes of all their texts.
const MOST_TEXT: usize = 32 * 1024 * 1024;
pub(super) const MOST_COLUMNS: u32 = 64;
const MOST_CELLS: usize = 500_000;
const LONGEST_CELL: usize = 500;
const MOST_JOINED: usize = 20_000;
/// The template's own sheet; else the first one that can be seen and holds something is read.
const SHEET: &str = "名单";
/// What else the template brings.
const BESIDE: [&str; 2] = ["示例", "说明 Notes"];
/// So many sheets are looked at, and so many of their cells.
const MOST_SHEETS: usize = 50;
const FIRST_CELLS: usize = 1_000;
/// A sheet keeps so many digits of a number.
const ROUNDED_FROM: f64 = 1e15;

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    #[error("more than {MOST_BYTES} bytes")]
    TooLarge,
    #[error("not an Excel workbook")]
    NotXlsx,
    #[error("a workbook of the old binary kind, or locked with a password")]
    OldOrLocked,
    #[error("the workbook asks for more than a roster needs")]
    Unsafe,
    #[error("hundreds of thousands of cells without anything in them")]
    EmptyRows,
    #[error("the workbook is damaged")]
    Damaged,
    #[error("more than {MOST_SHEET_ROWS} rows with something in them")]
    TooManyRows,
}

pub(super) fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    check_archive(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let (name, other_sheets) = choose_sheet(&mut book)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| ReadError::Damaged)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let (mut seen, mut bytes_of_text) = (0_usize, 0_usize);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| ReadError::Damaged)? {
        seen += 1;
        if seen > MOST_CELLS {
            return Err(ReadError::EmptyRows);
        }
        let (row, column) = cell.pos;
        let text = match (&cell.value, cell.formula) {
            (DataRef::Empty, Some(formula)) => without_result(formula),
            (value, _) => text(value),
        };
        // No program writes it, and no database keeps it.
        if text.contains('\0') {
            return Err(ReadError::Damaged);
        }
        if text.trim().is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        bytes_of_text += text.len();
        if bytes_of_text > MOST_TEXT {
            return Err(ReadError::Unsafe);
        }
        let row = rows.entry(row.saturating_add(1)).or_default();
        let at = column as usize;
        if row.len() <= at {
            row.resize(at + 1, String::new());
        }
        row[at] = text;
        if rows.len() > MOST_SHEET_ROWS {
            return Err(ReadError::TooManyRows);
        }
    }
    drop(cells);
    let joined = book.merge_cells_by_sheet_name(&name).map_err(|_| ReadError::Damaged)?;
    if joined.len() > MOST_JOINED {
        return Err(ReadError::Unsafe);
    }
    fill_joined(&mut rows, &joined);
    let at = book.sheets_metadata().iter().position(|sheet| sheet.name == name).ok_or(ReadError::Damaged)?;
    let hidden = hidden(bytes, at, |row| rows.contains_key(&row))?;
    Ok(Table {
        rows: rows.into_iter().collect(),
        hidden_rows: hidden.rows,
        hidden_columns: hidden.columns,
        other_sheets,
    })
}

/// The sheet to read, and the others that can be seen and hold something.
fn choose_sheet(book: &mut Xlsx<Cursor<&[u8]>>) -> Result<(String, Vec<String>), ReadError> {
    let of = |is_wanted: fn(&SheetVisible) -> bool| {
        let sheets = book.sheets_metadata().iter();
        let tables = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && is_wanted(&sheet.visible));
        tables.map(|sheet| sheet.name.clone()).take(MOST_SHEETS).collect::<Vec<_>>()
    };
    let (visible, all) = (of(|visible| *visible == SheetVisible::Visible), of(|_| true));
    // One alone is read without a look before.
    let is_filled = |name: &&String| visible.len() == 1 || holds_something(book, name);
    let filled: Vec<String> = visible.iter().filter(is_filled).cloned().collect();
    let named = visible.iter().find(|name| name.trim() == SHEET);
    let chosen =
        named.or(filled.first()).or(visible.first()).or(all.first()).ok_or(ReadError::NotXlsx)?.clone();
    let is_other = |name: &String| *name != chosen && !BESIDE.contains(&name.trim());
    Ok((chosen.clone(), filled.into_iter().filter(is_other).collect()))
}

/// Whether there is something among a sheet's first cells.
fn holds_something(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return false };
    let next = || cells.next_cell().ok().flatten().map(|cell| is_visible(&text(cell.get_value())));
    std::iter::from_fn(next).take(FIRST_CELLS).any(|is_filled| is_filled)
}

/// A cell joined downwards means the same for each of its rows; one joined to the right leaves open what the cells there mean.
fn fill_joined(rows: &mut BTreeMap<u32, Vec<String>>, joined: &[Dimensions]) {
    for Dimensions { start: (top, left), end: (bottom, right) } in joined.iter().copied() {
        let (first, left) = (top.saturating_add(1), left as usize);
        let Some(text) =
            rows.get(&first).and_then(|row| row.get(left)).filter(|text| is_visible(text)).cloned()
        else {
            continue;
        };
        let right = right.min(MOST_COLUMNS - 1) as usize;
        for row in rows.range_mut(first..=bottom.saturating_add(1).max(first)).map(|(_, row)| row) {
            if row.len() <= right {
                row.resize(right + 1, String::new());
            }
            for (column, cell) in row.iter_mut().enumerate().take(right + 1).skip(left) {
                if !is_visible(cell) {
                    *cell = if column == left { text.clone() } else { JOINED.to_owned() };
                }
            }
        }
    }
}

/// A formula that no program has reckoned yet, as it would be typed.
fn without_result(formula: XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            shortened(&format!("={formula}"))
        }
        _ => "=".to_owned(),
    }
}

/// The directory first, then the bytes themselves: sizes in the directory can lie.
fn check_archive(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(ReadError::OldOrLocked);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::NotXlsx)?;
    if archive.len() > MOST_ENTRIES {
        return Err(ReadError::Unsafe);
    }
    if archive.index_for_name("[Content_Types].xml").is_none()
        || archive.index_for_name("xl/workbook.xml").is_none()
    {
        return Err(ReadError::NotXlsx);
    }
    let mut left = MOST_INFLATED;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        if entry.size() > left {
            return Err(ReadError::Unsafe);
        }
        let inflated =
            std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|_| ReadError::Damaged)?;
        left = left.checked_sub(inflated).ok_or(ReadError::Unsafe)?;
    }
    Ok(())
}

/// Numbers as people typed them: a phone number that Excel took for a number has no decimal point, one of which it lost the end
/// is written as it shows such numbers, and a date begins with its year.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Int(n) if n.unsigned_abs() >= 1_000_000_000_000_000 => format!("{n:E}").replace('E', "E+"),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) if n.abs() >= ROUNDED_FROM => format!("{n:E}").replace('E', "E+"),
        DataRef::Float(n) if n.fract() == 0.0 => format!("{n:.0}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::DateTimeIso(s) => s.split('T').next().unwrap_or_default().to_owned(),
        DataRef::String(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(at) if at.is_duration() => at.as_f64().to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    shortened(&text)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            read(&bytes).expect("a table").rows[0].1,
            ["6.2990019800501E+17", "1E+15", "999999999999999"]
        );
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
    fn rows_with_nothing_but_a_format_are_named() {
        let row = |n: usize| format!(r#"<row r="{n}">{}</row>"#, r#"<c s="0"/>"#.repeat(64));
        let rows: String = (1..=MOST_CELLS / 64 + 1).map(row).collect();
        let xml = format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        );
        assert_eq!(read(&with_sheet(xml.as_bytes())).unwrap_err(), ReadError::EmptyRows);
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
        let crowd: Vec<(String, Vec<u8>)> =
            (0..=MOST_ENTRIES).map(|n| (format!("f{n}"), Vec::new())).collect();
        let crowd: Vec<(&str, &[u8])> = crowd.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
        assert_eq!(read(&archive(&crowd)).unwrap_err(), ReadError::Unsafe);
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
}

//! Reads an untrusted Excel file into text, with a bound on everything: bytes, entries, inflated bytes, rows, columns, cells.
//! A workbook of two kilobytes can ask for hundreds of gigabytes; nothing here allocates by what a file claims.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::model::roster::{MOST_ROWS, Table};

/// Most bytes of a file.
pub(crate) const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_ENTRIES: usize = 1_000;
const MOST_INFLATED: u64 = 64 * 1024 * 1024;
/// The rows of a roster and what may stand around them.
const MOST_SHEET_ROWS: usize = MOST_ROWS as usize + 50;
const MOST_COLUMNS: u32 = 64;
const MOST_CELLS: usize = 500_000;
const LONGEST_CELL: usize = 500;
/// The template's own sheet; else the first one is read.
const SHEET: &str = "名单";

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
    #[error("the workbook is damaged")]
    Damaged,
    #[error("more than {MOST_ROWS} rows")]
    TooManyRows,
}

pub(super) fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    check_archive(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let names = book.sheet_names();
    let name = names.iter().find(|n| n.trim() == SHEET).or(names.first()).ok_or(ReadError::Damaged)?.clone();
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| ReadError::Damaged)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut seen = 0_usize;
    while let Some(cell) = cells.next_cell().map_err(|_| ReadError::Damaged)? {
        seen += 1;
        if seen > MOST_CELLS {
            return Err(ReadError::Unsafe);
        }
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        // No program writes it, and no database keeps it.
        if text.contains('\0') {
            return Err(ReadError::Damaged);
        }
        if text.trim().is_empty() || column >= MOST_COLUMNS {
            continue;
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
    Ok(Table { rows: rows.into_iter().collect() })
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

/// Numbers as people typed them: a phone number that Excel took for a number has no decimal point.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) if n.fract() == 0.0 && n.abs() < 1e18 => format!("{n:.0}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(at) => at.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    };
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
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
            for row in 0..3_000 {
                sheet.write_string(row, 0, "x").expect("a cell");
            }
        });
        assert_eq!(read(&bytes).unwrap_err(), ReadError::TooManyRows);
    }
}

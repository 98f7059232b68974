//! Reads an untrusted Excel file into text, with a bound on everything: bytes, entries, inflated bytes, rows, columns, cells.
//! A workbook of two kilobytes can ask for hundreds of gigabytes; nothing here allocates by what a file claims.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};
use http_kit::wording::is_visible;
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::hidden::{hidden, sheet_paths};
use super::write_xlsx::{EXAMPLES, NOTES};
use crate::model::roster::{Column, JOINED, Table};

/// Most bytes of a file.
pub(crate) const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_ENTRIES: usize = 1_000;
const MOST_INFLATED: u64 = 64 * 1024 * 1024;
/// So many elements begin or end in all parts together. A roster with every cell filled has 800,000.
const MOST_TAGS: usize = 2_000_000;
/// Rows with anything in them that are looked through: a roster's own stand among hidden ones, and ones that were numbered in advance.
const MOST_SHEET_ROWS: usize = 20_000;
/// Bytes of all their texts.
const MOST_TEXT: usize = 32 * 1024 * 1024;
pub(super) const MOST_COLUMNS: u32 = 64;
/// Cells with something in them. Those that have nothing but a colour are elements like others, and no more.
const MOST_CELLS: usize = 500_000;
const LONGEST_CELL: usize = 500;
const MOST_JOINED: usize = 20_000;
/// The template's own sheet; else the first one that can be seen and holds a roster's headings is read, or something at least.
const SHEET: &str = "名单";
/// What else the template brings.
const BESIDE: [&str; 2] = [NOTES, EXAMPLES];
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
    #[error("no sheet of the workbook can be seen")]
    AllHidden,
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
    let paths = sheet_paths(bytes)?;
    let Chosen { name, other_sheets, hidden_sheets } = choose_sheet(&mut book)?;
    // No program writes NUL, and no database keeps it.
    if other_sheets.iter().chain(&hidden_sheets).any(|name| name.contains('\0')) {
        return Err(ReadError::Damaged);
    }
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| ReadError::Damaged)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let (mut seen, mut bytes_of_text) = (0_usize, 0_usize);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| ReadError::Damaged)? {
        let (row, column) = cell.pos;
        let text = match (&cell.value, cell.formula) {
            (DataRef::Empty, Some(formula)) => without_result(formula),
            (value, _) => text(value),
        };
        if text.contains('\0') {
            return Err(ReadError::Damaged);
        }
        if text.trim().is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        seen += 1;
        if seen > MOST_CELLS {
            return Err(ReadError::Unsafe);
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
    fill_joined(&mut rows, &joined)?;
    let at = book.sheets_metadata().iter().position(|sheet| sheet.name == name);
    let path = at.and_then(|at| paths.get(at)).ok_or(ReadError::Damaged)?;
    let hidden = hidden(bytes, path, |row| rows.contains_key(&row))?;
    Ok(Table {
        rows: rows.into_iter().collect(),
        hidden_rows: hidden.rows,
        hidden_columns: hidden.columns,
        other_sheets,
        hidden_sheets,
    })
}

/// The sheet to read, and the others that hold something: those that can be seen, and those that cannot.
struct Chosen {
    name: String,
    other_sheets: Vec<String>,
    hidden_sheets: Vec<String>,
}

fn choose_sheet(book: &mut Xlsx<Cursor<&[u8]>>) -> Result<Chosen, ReadError> {
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
    // What nobody sees is never read in the place of what somebody sees.
    // A cover before the roster says something too.
    let headed = filled.iter().find(|name| filled.len() > 1 && holds_headings(book, name));
    let name = named.or(headed).or(filled.first()).or(visible.first()).ok_or(ReadError::AllHidden)?.clone();
    let is_other = |other: &String| *other != name && !BESIDE.contains(&other.trim());
    let is_unseen = |other: &String| !visible.contains(other) && is_other(other);
    let hidden_sheets =
        all.iter().filter(|other| is_unseen(other) && holds_something(book, other)).cloned().collect();
    let other_sheets = filled.into_iter().filter(is_other).collect();
    Ok(Chosen { name, other_sheets, hidden_sheets })
}

/// Whether there is something among a sheet's first cells.
fn holds_something(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return false };
    let next = || cells.next_cell().ok().flatten().map(|cell| is_visible(&text(cell.get_value())));
    std::iter::from_fn(next).take(FIRST_CELLS).any(|is_filled| is_filled)
}

/// Whether two columns of a roster are named among a sheet's first cells.
fn holds_headings(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return false };
    let next = || cells.next_cell().ok().flatten().map(|cell| Column::from_heading(&text(cell.get_value())));
    let mut named = std::iter::from_fn(next).take(FIRST_CELLS).flatten();
    named.next().is_some_and(|first| named.any(|other| other != first))
}

/// A cell joined downwards means the same for each of its rows; one joined to the right leaves open what the cells there mean.
/// In a sound sheet no cell is joined twice, so that all of them together are no more than there are.
fn fill_joined(rows: &mut BTreeMap<u32, Vec<String>>, joined: &[Dimensions]) -> Result<(), ReadError> {
    let (mut left_to_fill, mut text_left) = (rows.len() * MOST_COLUMNS as usize, MOST_TEXT);
    for Dimensions { start: (top, left), end: (bottom, right) } in joined.iter().copied() {
        let (first, left) = (top.saturating_add(1), left as usize);
        let Some(text) =
            rows.get(&first).and_then(|row| row.get(left)).filter(|text| is_visible(text)).cloned()
        else {
            continue;
        };
        let right = right.min(MOST_COLUMNS - 1) as usize;
        let width = (right + 1).saturating_sub(left);
        if width == 0 {
            continue;
        }
        for row in rows.range_mut(first..=bottom.saturating_add(1).max(first)).map(|(_, row)| row) {
            left_to_fill = left_to_fill.checked_sub(width).ok_or(ReadError::Unsafe)?;
            text_left = text_left.checked_sub(text.len()).ok_or(ReadError::Unsafe)?;
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
    Ok(())
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
    let (mut left, mut tags_left) = (MOST_INFLATED, MOST_TAGS);
    let mut piece = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        if entry.size() > left {
            return Err(ReadError::Unsafe);
        }
        let mut entry = entry.take(left + 1);
        loop {
            let inflated = entry.read(&mut piece).map_err(|_| ReadError::Damaged)?;
            if inflated == 0 {
                break;
            }
            left = left.checked_sub(inflated as u64).ok_or(ReadError::Unsafe)?;
            let tags = piece[..inflated].iter().map(|byte| usize::from(*byte == b'<')).sum();
            tags_left = tags_left.checked_sub(tags).ok_or(ReadError::Unsafe)?;
        }
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
        DataRef::Bool(b) => b.to_string().to_uppercase(),
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
mod tests;

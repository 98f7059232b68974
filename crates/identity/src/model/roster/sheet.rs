//! Where in a sheet the headings are, and which rows follow.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use http_kit::wording::is_visible;
use serde::{Deserialize, Serialize};

use super::column::is_unclear;
use super::{Cells, Column, MOST_ROWS};

/// A sheet as text: rows with their number in the file (1 is the first) and their cells by position.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Table {
    pub rows: Vec<(u32, Vec<String>)>,
    /// Those of the rows that are not seen when the sheet is opened.
    pub hidden_rows: BTreeSet<u32>,
    /// By position.
    pub hidden_columns: BTreeSet<usize>,
    /// The other sheets that hold something: they were not read.
    pub other_sheets: Vec<String>,
    /// Those that are not seen when the workbook is opened, hold something and were not read.
    pub hidden_sheets: Vec<String>,
}

/// What a sheet says: its rows, each with its number in the file, and the columns that were passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub rows: Vec<(u32, Cells)>,
    /// The hidden ones; none where all together would be more than a roster's: then they are counted alone.
    pub hidden: Vec<(u32, Cells)>,
    pub hidden_count: usize,
    /// By heading, or by letter where there is none.
    pub unread_columns: Vec<String>,
    /// Columns that are not seen when the sheet is opened and were read all the same.
    pub hidden_columns: Vec<String>,
}

/// Why a sheet is no roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error("headings are missing")]
    HeadingsMissing(Vec<&'static str>),
    #[error("a heading stands twice")]
    HeadingTwice(&'static str),
    #[error("a heading does not say which level of school it names")]
    HeadingUnclear(String),
    #[error("no rows below the headings")]
    Empty,
    #[error("more than {MOST_ROWS} rows")]
    TooManyRows,
}

/// The headings may stand below a title; more rows than this are not looked at.
const TITLE_ROWS: usize = 10;
/// What our own list of wrong rows puts before the columns.
const OWN_HEADINGS: [&str; 4] = ["原行号", "错误", "Row", "Errors"];
const LONGEST_HEADING: usize = 40;

/// The rows below the headings. Columns may stand in any order; unknown ones are passed over and named.
pub fn read_sheet(table: &Table) -> Result<Sheet, SheetError> {
    let Headings { titles, mut columns, below } = headings(&table.rows).ok_or(SheetError::Empty)?;
    let missing: Vec<_> =
        Column::NEEDED.into_iter().filter(|c| !columns.contains(&Some(*c))).map(Column::heading).collect();
    if !missing.is_empty() {
        return Err(SheetError::HeadingsMissing(missing));
    }
    keep_one_each(&titles, &mut columns)?;
    let names_schools =
        [Column::CentralSchool, Column::TeachingPoint].iter().all(|c| columns.contains(&Some(*c)));
    if let Some(unclear) = titles.iter().find(|title| is_unclear(title) && !names_schools) {
        return Err(SheetError::HeadingUnclear(short(unclear)));
    }
    let below = &table.rows[below..];
    let rows: Vec<(u32, Cells)> = below
        .iter()
        .map(|(number, cells)| {
            let named = columns.iter().zip(cells).filter_map(|(column, cell)| {
                column.filter(|_| is_visible(cell)).map(|column| (column, cell.trim().to_owned()))
            });
            (*number, named.collect::<Cells>())
        })
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    if rows.is_empty() {
        return Err(SheetError::Empty);
    }
    let all = rows.len();
    let hidden_columns = read_unseen(&columns, &rows, &table.hidden_columns);
    let (mut hidden, rows): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(number, _)| table.hidden_rows.contains(number));
    let hidden_count = hidden.len();
    if all > usize::from(MOST_ROWS) {
        hidden.clear();
        if rows.is_empty() || rows.len() > usize::from(MOST_ROWS) {
            return Err(SheetError::TooManyRows);
        }
    }
    let unread_columns = unread(&titles, &columns, below);
    Ok(Sheet { rows, hidden, hidden_count, unread_columns, hidden_columns })
}

struct Headings {
    titles: Vec<String>,
    columns: Vec<Option<Column>>,
    /// Where the rows begin.
    below: usize,
}

/// The row, or the two rows (单位 above 省, 市, 县), in which most columns are named.
fn headings(rows: &[(u32, Vec<String>)]) -> Option<Headings> {
    let of = |titles: Vec<String>, below: usize| {
        let columns = titles.iter().map(|title| Column::from_heading(title)).collect();
        Headings { titles, columns, below }
    };
    let top = &rows[..rows.len().min(TITLE_ROWS)];
    let single = top.iter().enumerate().map(|(at, (_, cells))| of(cells.clone(), at + 1));
    let double =
        top.windows(2).enumerate().map(|(at, pair)| of(below_each_other(&pair[0].1, &pair[1].1), at + 2));
    // Where two rows say no more than one, the second is somebody's.
    let named = |headings: &Headings| headings.columns.iter().flatten().count();
    let one = single.max_by_key(|headings| (named(headings), Reverse(headings.below)))?;
    let two = double.max_by_key(|headings| (named(headings), Reverse(headings.below)));
    Some(two.filter(|two| named(two) > named(&one)).unwrap_or(one))
}

/// The lower heading of each column, or the upper one where there is no lower.
fn below_each_other(upper: &[String], lower: &[String]) -> Vec<String> {
    let cell = |row: &[String], at: usize| row.get(at).filter(|text| is_visible(text)).cloned();
    (0..upper.len().max(lower.len()))
        .map(|at| cell(lower, at).or_else(|| cell(upper, at)).unwrap_or_default())
        .collect()
}

/// Of several columns with one meaning the one with the template's heading is read.
fn keep_one_each(titles: &[String], columns: &mut [Option<Column>]) -> Result<(), SheetError> {
    for column in Column::ALL {
        let all: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Some(column)).collect();
        if all.len() < 2 {
            continue;
        }
        let headed: Vec<usize> = all.iter().copied().filter(|at| column.is_headed(&titles[*at])).collect();
        let [kept] = headed[..] else { return Err(SheetError::HeadingTwice(column.heading())) };
        all.into_iter().filter(|at| *at != kept).for_each(|at| columns[at] = None);
    }
    Ok(())
}

/// Columns with something in them that no known heading stands above.
fn unread(titles: &[String], columns: &[Option<Column>], rows: &[(u32, Vec<String>)]) -> Vec<String> {
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let holds_something =
        |at: &usize| rows.iter().any(|(_, cells)| cells.get(*at).is_some_and(|c| is_visible(c)));
    (0..width)
        .filter(|at| columns.get(*at).copied().flatten().is_none())
        .filter(holds_something)
        .map(|at| match titles.get(at).map(|title| title.trim()).filter(|title| is_visible(title)) {
            Some(title) => short(title),
            None => letters(at),
        })
        .filter(|heading| !OWN_HEADINGS.contains(&heading.as_str()))
        .collect()
}

/// Hidden columns with something in them that a known heading stands above.
fn read_unseen(columns: &[Option<Column>], rows: &[(u32, Cells)], hidden: &BTreeSet<usize>) -> Vec<String> {
    hidden
        .iter()
        .filter_map(|at| *columns.get(*at)?)
        .filter(|column| rows.iter().any(|(_, cells)| cells.contains_key(column)))
        .map(|column| column.heading().to_owned())
        .collect()
}

fn short(heading: &str) -> String {
    heading.chars().take(LONGEST_HEADING).collect()
}

/// The name of a column in a sheet: A to Z, then AA.
fn letters(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let text = |row: &&[&str]| row.iter().map(|c| (*c).to_owned()).collect();
        Table { rows: (1..).zip(rows.iter().map(text)).collect(), ..Table::default() }
    }

    #[test]
    fn headings_are_found_below_a_title_and_in_any_order() {
        let sheet = table(&[
            &["2026 年名单"],
            &["备注", "省", " 姓 名", "手机号*", "角色（可空）"],
            &["x", "甘肃省", "王小明", "13812345678", ""],
            &["", "", "", "", "", "\u{200b}"],
            &["y", "甘肃省", "李芳", "", "", "", "z"],
        ]);
        let Sheet { rows, unread_columns, .. } = read_sheet(&sheet).expect("a roster");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].0, 3);
        assert_eq!(rows[0].1[&Column::Name], "王小明");
        assert_eq!(
            rows[1],
            (5, Cells::from([(Column::Province, "甘肃省".into()), (Column::Name, "李芳".into())]))
        );
        assert_eq!(unread_columns, ["备注", "G"]);
    }

    #[test]
    fn headings_may_stand_in_two_rows() {
        let sheet = table(&[
            &["姓名", "手机号", "单位", "", "", "", "", "角色"],
            &["", "", "省", "市州", "县区", "中心校", "教学点", ""],
            &["王小明", "13812345678", "甘肃省", "定西市", "通渭县", "青石湾镇中心小学", "柳树坪教学点", ""],
        ]);
        let rows = read_sheet(&sheet).expect("a roster").rows;
        assert_eq!((rows.len(), rows[0].0, rows[0].1.len()), (1, 3, 7));
        // A row of somebody is no second row of headings.
        let sheet = table(&[&["姓名", "手机号", "省", "职称"], &["王小明", "13812345678", "甘肃省", ""]]);
        assert_eq!(read_sheet(&sheet).expect("a roster").rows.len(), 1);
    }

    #[test]
    fn the_templates_heading_is_read_before_others() {
        let sheet = table(&[&["姓名", "电话", "手机号", "省"], &["王小明", "0931", "13812345678", "甘肃省"]]);
        let sheet = read_sheet(&sheet).expect("a roster");
        assert_eq!(sheet.rows[0].1[&Column::Phone], "13812345678");
        assert_eq!(sheet.unread_columns, ["电话"]);
    }

    #[test]
    fn what_is_no_roster_is_named() {
        let no_phone = table(&[&["姓名", "省"], &["a", "b"]]);
        assert_eq!(read_sheet(&no_phone), Err(SheetError::HeadingsMissing(vec!["手机号"])));
        for phone in ["手机号", "手机"] {
            let twice = table(&[&["姓名", "省", phone, phone], &["a", "b", "c", "d"]]);
            assert_eq!(read_sheet(&twice), Err(SheetError::HeadingTwice("手机号")));
        }
        // Which level of school this is decides where people belong.
        let unclear = table(&[&["姓名", "省", "手机号", "学校"], &["a", "b", "c", "d"]]);
        assert_eq!(read_sheet(&unclear), Err(SheetError::HeadingUnclear("学校".into())));
        let both =
            table(&[&["姓名", "省", "手机号", "中心校", "教学点", "学校"], &["a", "b", "c", "d", "e", "f"]]);
        assert_eq!(read_sheet(&both).expect("a roster").unread_columns, ["学校"]);
        assert_eq!(read_sheet(&table(&[&["姓名", "省", "手机号"]])), Err(SheetError::Empty));
        assert_eq!(read_sheet(&Table::default()), Err(SheetError::Empty));
    }

    #[test]
    fn hidden_columns_are_named_when_they_were_read() {
        let mut sheet = table(&[
            &["姓名", "手机号", "省", "备注", "教学点"],
            &["王小明", "13812345678", "甘肃省", "x", ""],
        ]);
        sheet.hidden_columns = [1, 3, 4, 60].into();
        assert_eq!(read_sheet(&sheet).expect("a roster").hidden_columns, ["手机号"]);
    }

    #[test]
    fn rows_that_are_read_are_counted_and_no_others() {
        let sheet = |seen: u32, hidden: u32, blank: u32| {
            let text = |row: [&str; 4]| row.map(str::to_owned).to_vec();
            let mut rows = vec![(1, text(["序号", "姓名", "手机号", "省"]))];
            rows.extend((2..2 + seen + hidden).map(|n| (n, text(["1", "王小明", "1", "甘肃省"]))));
            // Numbered in advance, and nobody is there.
            rows.extend((10_000..10_000 + blank).map(|n| (n, text(["1", "", "\u{200b}", ""]))));
            let hidden_rows = (2 + seen..2 + seen + hidden).collect();
            read_sheet(&Table { rows, hidden_rows, ..Table::default() })
                .map(|sheet| (sheet.rows.len(), sheet.hidden.len(), sheet.hidden_count))
        };
        let most = u32::from(MOST_ROWS);
        for (seen, hidden, blank, read) in [
            (most, 0, 5_000, Ok((2_000, 0, 0))),
            (most - 1, 1, 5_000, Ok((1_999, 1, 1))),
            (0, most, 0, Ok((0, 2_000, 2_000))),
            // Together they are more than a roster: what is seen is read, the others are named by their number.
            (most, 1, 0, Ok((2_000, 0, 1))),
            (3, 4_000, 100, Ok((3, 0, 4_000))),
            (most + 1, 0, 0, Err(SheetError::TooManyRows)),
            (most + 1, 4_000, 0, Err(SheetError::TooManyRows)),
            (0, most + 1, 0, Err(SheetError::TooManyRows)),
            (0, 0, 3_000, Err(SheetError::Empty)),
        ] {
            assert_eq!(sheet(seen, hidden, blank), read, "{seen} seen, {hidden} hidden, {blank} blank");
        }
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 63].map(letters), ["A", "Z", "AA", "BL"]);
    }
}

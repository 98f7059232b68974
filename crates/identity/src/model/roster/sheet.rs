//! Where in a sheet the headings are, and which rows follow.

use serde::{Deserialize, Serialize};

use super::{Cells, Column, MOST_ROWS};

/// A sheet as text: rows with their number in the file (1 is the first) and their cells by position.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Table {
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Why a sheet is no roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error("headings are missing")]
    HeadingsMissing(Vec<&'static str>),
    #[error("a heading stands twice")]
    HeadingTwice(&'static str),
    #[error("no rows below the headings")]
    Empty,
    #[error("more than {MOST_ROWS} rows")]
    TooManyRows,
}

/// The headings may stand below a title; more rows than this are not looked at.
const TITLE_ROWS: usize = 10;

/// The rows below the headings, each with its number in the file. Columns may stand in any order; unknown ones are passed over.
pub fn read_sheet(table: &Table) -> Result<Vec<(u32, Cells)>, SheetError> {
    let (at, columns) = table
        .rows
        .iter()
        .take(TITLE_ROWS)
        .map(|(_, cells)| cells.iter().map(|cell| Column::from_heading(cell)).collect::<Vec<_>>())
        .enumerate()
        .max_by_key(|(at, columns)| (columns.iter().flatten().count(), std::cmp::Reverse(*at)))
        .ok_or(SheetError::Empty)?;
    let missing: Vec<_> =
        Column::NEEDED.into_iter().filter(|c| !columns.contains(&Some(*c))).map(Column::heading).collect();
    if !missing.is_empty() {
        return Err(SheetError::HeadingsMissing(missing));
    }
    if let Some(twice) =
        Column::ALL.into_iter().find(|c| columns.iter().filter(|x| **x == Some(*c)).count() > 1)
    {
        return Err(SheetError::HeadingTwice(twice.heading()));
    }
    let rows: Vec<(u32, Cells)> = table.rows[at + 1..]
        .iter()
        .map(|(number, cells)| {
            let named = columns.iter().zip(cells).filter_map(|(column, cell)| {
                let text = cell.trim();
                column.filter(|_| !text.is_empty()).map(|column| (column, text.to_owned()))
            });
            (*number, named.collect::<Cells>())
        })
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    match rows.len() {
        0 => Err(SheetError::Empty),
        n if n > usize::from(MOST_ROWS) => Err(SheetError::TooManyRows),
        _ => Ok(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let text = |row: &&[&str]| row.iter().map(|c| (*c).to_owned()).collect();
        Table { rows: (1..).zip(rows.iter().map(text)).collect() }
    }

    #[test]
    fn headings_are_found_below_a_title_and_in_any_order() {
        let sheet = table(&[
            &["2026 年名单"],
            &["备注", "省", " 姓 名", "手机号*", "角色（可空）"],
            &["x", "甘肃省", "王小明", "13812345678", ""],
            &["", "", "", "", ""],
            &["y", "甘肃省", "李芳"],
        ]);
        let rows = read_sheet(&sheet).expect("a roster");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].0, 3);
        assert_eq!(rows[0].1[&Column::Name], "王小明");
        assert_eq!(
            rows[1],
            (5, Cells::from([(Column::Province, "甘肃省".into()), (Column::Name, "李芳".into())]))
        );
    }

    #[test]
    fn what_is_no_roster_is_named() {
        let no_phone = table(&[&["姓名", "省"], &["a", "b"]]);
        assert_eq!(read_sheet(&no_phone), Err(SheetError::HeadingsMissing(vec!["手机号"])));
        let twice = table(&[&["姓名", "省", "手机号", "手机号"], &["a", "b", "c", "d"]]);
        assert_eq!(read_sheet(&twice), Err(SheetError::HeadingTwice("手机号")));
        assert_eq!(read_sheet(&table(&[&["姓名", "省", "手机号"]])), Err(SheetError::Empty));
        assert_eq!(read_sheet(&Table::default()), Err(SheetError::Empty));
    }
}

//! What one row says about a person, and what is wrong with it, column by column.

use std::collections::{BTreeMap, HashMap};

use http_kit::wording;
use kernel::{Role, Text};
use serde::{Deserialize, Serialize};

use super::Column;
use super::spoilt::take_spoilt;
use crate::model::identity_number::IdentityNumber;
use crate::model::org_unit::Level;
use crate::model::person::{EARLIEST_YEAR, Gender};
use crate::model::phone::Phone;
use crate::model::spelling::{is_unseen, plain_digit, plain_line, plain_name};

/// A row as it was typed.
pub type Cells = BTreeMap<Column, String>;

/// A row as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    pub name: String,
    pub phone: Option<Phone>,
    pub identity_number: Option<IdentityNumber>,
    pub gender: Option<Gender>,
    /// From the province down; levels may be left out.
    pub units: Vec<(Level, String)>,
    pub subject: Option<String>,
    pub professional_title: Option<String>,
    pub teaching_since: Option<i64>,
    /// A role over the row's unit; learners, assistants and experts get theirs in a training.
    pub role: Option<Role>,
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    pub column: Column,
    pub code: String,
    pub text: Text,
}

impl RowError {
    pub fn new(column: Column, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { column, code: code.to_owned(), text: Text::new(zh, en) }
    }
}

const LONGEST_NAME: usize = 40;
const LONGEST_UNIT: usize = 60;
const LONGEST_TEXT: usize = 40;

impl RosterRow {
    /// Reads every column, so that all errors are told at once.
    pub fn read(typed_cells: &Cells, this_year: i64) -> Result<Self, Vec<RowError>> {
        if let Some(column) = example_in(typed_cells) {
            return Err(vec![RowError::new(
                column,
                "example",
                "这是模板里的示例，不会导入。请删去这一行，或全部换成真实内容。",
                "This is the template's example and is not imported. Delete the row, or replace all of it.",
            )]);
        }
        let (sound, mut errors) = take_spoilt(typed_cells);
        let cells = &sound;
        let row = Self {
            name: text(cells, Column::Name, LONGEST_NAME, &mut errors).unwrap_or_default(),
            phone: typed(cells, Column::Phone, &mut errors, Phone::parse, |c| {
                RowError::new(c, "phone", "手机号应是 11 位数字，以 1 开头。", "The phone number should have 11 digits and start with 1.")
            }),
            identity_number: typed(cells, Column::IdentityNumber, &mut errors, IdentityNumber::parse, |c| {
                RowError::new(c, "identity_number", "身份证号不对：应是 18 位，且校验位正确。",
                    "The identity number is not right: 18 characters with a matching check character.")
            }),
            gender: typed(cells, Column::Gender, &mut errors, gender, |c| {
                RowError::new(c, "gender", "性别请填“男”或“女”。", "Gender should be 男 (male) or 女 (female).")
            }),
            units: units(cells, &mut errors),
            subject: text(cells, Column::Subject, LONGEST_TEXT, &mut errors),
            professional_title: text(cells, Column::ProfessionalTitle, LONGEST_TEXT, &mut errors),
            teaching_since: typed(cells, Column::TeachingSince, &mut errors, |t| year(t, this_year), |c| {
                RowError::new(c, "year", format!("参加工作年份应是 {EARLIEST_YEAR} 到 {this_year} 之间的四位数。"),
                    format!("The year should be between {EARLIEST_YEAR} and {this_year}."))
            }),
            role: typed(cells, Column::Role, &mut errors, role, |c| {
                RowError::new(c, "role", "角色请留空，或填：学员、助教、专家、中心校负责人、教学点负责人、项目负责人、省级主管部门。",
                    "Leave the role empty, or write one of those in the template's notes.")
            })
            .flatten(),
        };
        if !typed_cells.contains_key(&Column::Name) {
            errors.push(RowError::new(Column::Name, "required", "请填写姓名。", "The name is missing."));
        }
        if !typed_cells.contains_key(&Column::Province) {
            errors.push(RowError::new(
                Column::Province,
                "required",
                "请填写省。",
                "The province is missing.",
            ));
        }
        if !typed_cells.contains_key(&Column::Phone) && !typed_cells.contains_key(&Column::IdentityNumber) {
            errors.push(RowError::new(
                Column::Phone,
                "required",
                "手机号和身份证号至少填一项，否则无法认出是谁。",
                "Phone or identity number is needed to tell who this is.",
            ));
        }
        if errors.is_empty() { Ok(row) } else { Err(errors) }
    }
}

/// Where a row still says what the template's example says: its names are marked, and no unit of any country is called so.
fn example_in(cells: &Cells) -> Option<Column> {
    let is_example = |(column, text): &(&Column, &String)| match column {
        Column::Name => text.ends_with("（示例）") || text.ends_with("(示例)"),
        Column::Province | Column::City | Column::County | Column::CentralSchool | Column::TeachingPoint => {
            text.starts_with("示例")
        }
        _ => false,
    };
    cells.iter().find(is_example).map(|(column, _)| *column)
}

/// Marks rows that repeat the phone or identity number of an earlier row, with the number of that row.
pub fn repeated(rows: &[(u32, RosterRow)]) -> HashMap<u32, RowError> {
    let mut first: HashMap<(Column, &str), u32> = HashMap::new();
    let mut found = HashMap::new();
    for (number, row) in rows {
        let keys = [
            row.phone.as_ref().map(|p| (Column::Phone, p.as_str())),
            row.identity_number.as_ref().map(|n| (Column::IdentityNumber, n.as_str())),
        ];
        for key in keys.into_iter().flatten() {
            let earlier = *first.entry(key).or_insert(*number);
            if earlier != *number {
                found.entry(*number).or_insert_with(|| {
                    RowError::new(
                        key.0,
                        "repeated",
                        format!("和第 {earlier} 行重复。"),
                        format!("This repeats row {earlier}."),
                    )
                });
            }
        }
    }
    found
}

fn typed<T>(
    cells: &Cells,
    column: Column,
    errors: &mut Vec<RowError>,
    parse: impl Fn(&str) -> Option<T>,
    error: impl Fn(Column) -> RowError,
) -> Option<T> {
    let parsed = parse(cells.get(&column)?);
    if parsed.is_none() {
        errors.push(error(column));
    }
    parsed
}

fn text(cells: &Cells, column: Column, longest: usize, errors: &mut Vec<RowError>) -> Option<String> {
    let typed = cells.get(&column)?;
    let plain = match column {
        Column::Subject | Column::ProfessionalTitle => plain_line(typed),
        _ => plain_name(typed),
    };
    let Some(problem) = wording::problem_of(&wording::line(longest), "", &plain) else { return Some(plain) };
    errors.push(RowError { column, code: problem.code, text: problem.text });
    None
}

fn units(cells: &Cells, errors: &mut Vec<RowError>) -> Vec<(Level, String)> {
    Level::ALL
        .into_iter()
        .filter_map(|level| {
            text(cells, Column::of_level(level), LONGEST_UNIT, errors).map(|name| (level, name))
        })
        .collect()
}

fn gender(text: &str) -> Option<Gender> {
    match plain_name(text).as_str() {
        "男" => Some(Gender::Male),
        "女" => Some(Gender::Female),
        _ => None,
    }
}

/// A year, alone or with what stands after it in a date (2004年, 2004-09-01, 2004.9).
fn year(text: &str, this_year: i64) -> Option<i64> {
    let plain: String =
        text.chars().filter(|sign| !sign.is_whitespace() && !is_unseen(*sign)).map(plain_digit).collect();
    let (year, rest) = plain.split_at_checked(4)?;
    let is_date = rest.is_empty()
        || rest.starts_with(['年', '-', '/', '.'])
            && rest.chars().all(|sign| sign.is_ascii_digit() || "年月日-/.".contains(sign));
    year.parse().ok().filter(|year| is_date && (EARLIEST_YEAR..=this_year).contains(year))
}

/// The outer absence: not a role's name; the inner: a role that is not given by a roster.
#[expect(clippy::option_option, reason = "unreadable and not given by a roster are two answers")]
fn role(text: &str) -> Option<Option<Role>> {
    match plain_name(text).as_str() {
        "学员" | "助教" | "专家" => Some(None),
        "中心校负责人" | "教学点负责人" | "校长" => Some(Some(Role::SchoolHead)),
        "项目负责人" => Some(Some(Role::TrainingLead)),
        "省级主管部门" => Some(Some(Role::ProvincialOffice)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(pairs: &[(Column, &str)]) -> Cells {
        pairs.iter().map(|(c, t)| (*c, (*t).to_owned())).collect()
    }

    #[test]
    fn a_whole_row_is_understood() {
        let row = RosterRow::read(
            &cells(&[
                (Column::Name, "何 秀兰"),
                (Column::Phone, "160 0000 1001"),
                (Column::IdentityNumber, "629900198005010021"),
                (Column::Gender, "女"),
                (Column::Province, "甘肃省"),
                (Column::County, "通渭县"),
                (Column::TeachingPoint, "柳树坪教学点"),
                (Column::TeachingSince, "2004年"),
                (Column::Role, "教学点负责人"),
            ]),
            2026,
        )
        .expect("a good row");
        assert_eq!(row.gender, Some(Gender::Female));
        assert_eq!(row.units.len(), 3);
        assert_eq!((row.teaching_since, row.role), (Some(2004), Some(Role::SchoolHead)));
    }

    #[test]
    fn all_errors_are_told_at_once() {
        let errors = RosterRow::read(
            &cells(&[
                (Column::Phone, "123"),
                (Column::IdentityNumber, "1"),
                (Column::Gender, "?"),
                (Column::TeachingSince, "2030"),
                (Column::Role, "皇帝"),
                (Column::Subject, &"长".repeat(41)),
            ]),
            2026,
        )
        .expect_err("nothing is right");
        let codes: Vec<_> = errors.iter().map(|e| e.code.as_str()).collect();
        assert_eq!(
            codes,
            ["phone", "identity_number", "gender", "too_long", "year", "role", "required", "required"]
        );
        assert!(errors.iter().all(|e| !e.text.zh.is_empty() && e.text.en.is_ascii() || e.code == "gender"));
    }

    #[test]
    fn years_are_read_as_people_and_sheets_write_them() {
        for text in
            ["2004", "2004年", "２００４", "2004-09-01", "2004.9", "2004年9月", " 2004/9/1 ", "20\u{200b}04"]
        {
            assert_eq!(year(text, 2026), Some(2004), "{text}");
        }
        for text in ["", "38231", "04", "2004x", "1949", "2027", "九八年", "+200"] {
            assert_eq!(year(text, 2026), None, "{text}");
        }
    }

    #[test]
    fn names_and_units_are_kept_without_what_copying_left() {
        let row = RosterRow::read(
            &cells(&[
                (Column::Name, "许\n　六\u{feff}"),
                (Column::Phone, "\u{202d}16000001001\u{202c}"),
                (Column::Gender, "女\u{200b}"),
                (Column::Province, "甘肃\u{200b}省"),
                (Column::Subject, "全科 数学"),
            ]),
            2026,
        )
        .expect("a good row");
        assert_eq!((row.name.as_str(), row.units[0].1.as_str()), ("许六", "甘肃省"));
        assert_eq!((row.gender, row.subject.as_deref()), (Some(Gender::Female), Some("全科 数学")));
    }

    #[test]
    fn a_spoilt_cell_is_told_once() {
        let errors = RosterRow::read(
            &cells(&[
                (Column::Name, "王强"),
                (Column::IdentityNumber, "6.29900198005010E+17"),
                (Column::Province, "#N/A"),
            ]),
            2026,
        )
        .expect_err("two cells are spoilt");
        let codes: Vec<_> = errors.iter().map(|e| e.code.as_str()).collect();
        assert_eq!(codes, ["rounded", "formula_error"]);
    }

    #[test]
    fn a_row_needs_something_to_know_the_person_by() {
        let errors =
            RosterRow::read(&cells(&[(Column::Name, "a"), (Column::Province, "b")]), 2026).expect_err("who?");
        assert_eq!((errors.len(), errors[0].column), (1, Column::Phone));
    }

    #[test]
    fn repeats_are_found_by_phone_and_by_identity_number() {
        let row = |phone: &str| RosterRow {
            phone: Phone::parse(phone),
            ..RosterRow::read(
                &cells(&[(Column::Name, "a"), (Column::Phone, phone), (Column::Province, "b")]),
                2026,
            )
            .expect("good")
        };
        let found = repeated(&[(2, row("13812345678")), (3, row("13900000000")), (4, row("138 1234 5678"))]);
        assert_eq!(found.len(), 1);
        assert!(found[&4].text.zh.contains("第 2 行"));
    }
}

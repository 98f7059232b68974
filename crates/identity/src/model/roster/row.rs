//! What one row says about a person, and what is wrong with it, column by column.

use std::collections::{BTreeMap, HashMap};

use http_kit::wording;
use kernel::spelling::{self, line as plain_line, name as plain_name};
use kernel::{Date, Role, Text};
use serde::{Deserialize, Serialize};

use super::Column;
use super::spoilt::take_spoilt;
use crate::model::identity_number::IdentityNumber;
use crate::model::org_unit::{Level, may_be_over};
use crate::model::person::{EARLIEST_YEAR, Gender};
use crate::model::phone::Phone;

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
    pub fn read(typed_cells: &Cells, today: Date) -> Result<Self, Vec<RowError>> {
        if let Some(column) = example_in(typed_cells) {
            return Err(vec![RowError::new(
                column,
                "example",
                "这是模板里的示例，不会导入。请删去这一行，或全部换成真实内容。",
                "This is the template's example and is not imported. Delete the row, or replace all of it.",
            )]);
        }
        let (sound, mut errors) = take_spoilt(typed_cells);
        let (cells, this_year) = (&sound, i64::from(today.year()));
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
        let number = row.identity_number.as_ref();
        if number.is_some_and(|number| !number.is_of_our_time(today)) {
            errors.push(RowError::new(
                Column::IdentityNumber,
                "birth_date",
                "身份证号里的出生日期不可能（还没到，或早于 100 年前），请核对。",
                "The identity number names an impossible date of birth (to come, or more than 100 years ago).",
            ));
        }
        // Where a cell of a unit could not be read, it is not known yet which unit is meant.
        let unit = row.units.last().map(|(level, _)| *level).filter(|_| errors.is_empty());
        if let (Some(role), Some(level)) = (row.role, unit)
            && !heads(cells, role, level)
        {
            errors.push(RowError::new(
                Column::Role,
                "role_level",
                "负责人只能是学校的负责人：“中心校负责人”这一行填到中心校为止，“教学点负责人”填到教学点。请核对单位各列是否漏填或多填。",
                "A head heads a school: fill the units down to the central school or to the teaching point, as the role says.",
            ));
        }
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

/// Whether a role is given over a unit of its kind: the words for heads say which.
fn heads(cells: &Cells, role: Role, level: Level) -> bool {
    let meant = match cells.get(&Column::Role).map(|text| plain_name(text)).as_deref() {
        Some("中心校负责人") => Some(Level::CentralSchool),
        Some("教学点负责人") => Some(Level::TeachingPoint),
        _ => None,
    };
    meant.map_or_else(|| may_be_over(role, level), |meant| meant == level)
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
    let plain = spelling::number(text);
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

    fn today() -> Date {
        Date::new(2026, 11, 28).expect("a date")
    }

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
            today(),
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
            today(),
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
        for text in ["２００８", "2008.9", "２００８．９", "2008年9月", "2008-09-01", "'2008"] {
            assert_eq!(year(text, 2026), Some(2008), "{text}");
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
            today(),
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
            today(),
        )
        .expect_err("two cells are spoilt");
        let codes: Vec<_> = errors.iter().map(|e| e.code.as_str()).collect();
        assert_eq!(codes, ["rounded", "formula_error"]);
    }

    #[test]
    fn a_head_is_named_over_a_school_of_the_kind_that_the_word_says() {
        let read = |role: &str, units: &[(Column, &str)]| {
            let person = [(Column::Name, "王强"), (Column::Phone, "16000001001"), (Column::Role, role)];
            let row = RosterRow::read(&cells(&[&person[..], units].concat()), today());
            row.map(|row| row.role).map_err(|errors| errors[0].code.clone())
        };
        let city = [(Column::Province, "甘肃省"), (Column::City, "定西市")];
        let school = [(Column::Province, "甘肃省"), (Column::CentralSchool, "青石湾镇中心小学")];
        let point = [school[0], school[1], (Column::TeachingPoint, "柳树坪教学点")];
        let wrong = || Err("role_level".to_owned());
        let head = || Ok(Some(Role::SchoolHead));
        for (role, units, expected) in [
            ("中心校负责人", &city[..], wrong()),
            ("中心校负责人", &school[..], head()),
            ("中心校负责人", &point[..], wrong()),
            ("教学点负责人", &school[..], wrong()),
            ("教学点负责人", &point[..], head()),
            ("校长", &city[..], wrong()),
            ("校长", &school[..], head()),
            ("项目负责人", &city[..], Ok(Some(Role::TrainingLead))),
            ("学员", &city[..], Ok(None)),
        ] {
            assert_eq!(read(role, units), expected, "{role} {units:?}");
        }
    }

    #[test]
    fn nobody_is_born_after_today() {
        let born_in_2030 = (0..=9)
            .map(|check| format!("62990020300501002{check}"))
            .find(|number| IdentityNumber::parse(number).is_some())
            .expect("one check digit fits");
        let row = cells(&[
            (Column::Name, "王强"),
            (Column::IdentityNumber, &born_in_2030),
            (Column::Province, "甘肃省"),
        ]);
        let errors = RosterRow::read(&row, today()).expect_err("not born");
        assert_eq!((errors.len(), errors[0].code.as_str()), (1, "birth_date"));
    }

    #[test]
    fn a_sign_that_no_font_has_is_refused_with_the_standards_own() {
        let row = cells(&[
            (Column::Name, "李\u{e863}"),
            (Column::Phone, "16000001001"),
            (Column::Province, "甘肃省"),
            (Column::TeachingPoint, "⿰氵每湾教学点"),
        ]);
        let errors = RosterRow::read(&row, today()).expect_err("unprintable");
        let told: Vec<_> = errors.iter().map(|error| (error.column, error.code.as_str())).collect();
        assert_eq!(told, [(Column::Name, "unprintable"), (Column::TeachingPoint, "unprintable")]);
        assert!(errors[0].text.zh.contains("标准字是“䶮”"));
    }

    #[test]
    fn a_row_needs_something_to_know_the_person_by() {
        let errors = RosterRow::read(&cells(&[(Column::Name, "a"), (Column::Province, "b")]), today())
            .expect_err("who?");
        assert_eq!((errors.len(), errors[0].column), (1, Column::Phone));
    }

    #[test]
    fn repeats_are_found_by_phone_and_by_identity_number() {
        let row = |phone: &str| RosterRow {
            phone: Phone::parse(phone),
            ..RosterRow::read(
                &cells(&[(Column::Name, "a"), (Column::Phone, phone), (Column::Province, "b")]),
                today(),
            )
            .expect("good")
        };
        let found = repeated(&[(2, row("13812345678")), (3, row("13900000000")), (4, row("138 1234 5678"))]);
        assert_eq!(found.len(), 1);
        assert!(found[&4].text.zh.contains("第 2 行"));
    }
}

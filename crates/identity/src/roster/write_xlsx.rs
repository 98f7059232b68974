//! The workbooks that we hand out: the template, the wrong rows, the one-time links.

use kernel::{Lang, Text, TimeZone, Timestamp};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::model::roster::{Cells, Column, MOST_ROWS, RowError};

/// A row that was not understood, as it was typed.
pub(crate) struct WrongRow {
    pub number: u32,
    pub cells: Cells,
    pub errors: Vec<RowError>,
}

/// A line of the list that is handed out.
pub(crate) struct FirstUseLinkRow {
    pub name: String,
    pub unit: String,
    pub account_name: String,
    /// What they sign in with, when they have one.
    pub phone: String,
    pub link: String,
}

/// The template's sheets beside the roster's own.
pub(super) const NOTES: &str = "填写说明";
pub(super) const EXAMPLES: &str = "示例";

const TITLES: [&str; 6] = ["正高级教师", "高级教师", "一级教师", "二级教师", "三级教师", "未评"];
const ROLES: [&str; 7] =
    ["学员", "助教", "专家", "中心校负责人", "教学点负责人", "项目负责人", "省级主管部门"];

/// The empty roster with an example and notes.
pub(crate) fn template(now: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut book = book(now)?;
    let sheet = book.add_worksheet().set_name("名单")?;
    headings(sheet, Column::ALL.map(Column::heading).into_iter())?;
    choices(sheet, Column::Gender, &["男", "女"])?;
    choices(sheet, Column::ProfessionalTitle, &TITLES)?;
    choices(sheet, Column::Role, &ROLES)?;

    notes(book.add_worksheet().set_name(NOTES)?)?;

    let example = book.add_worksheet().set_name(EXAMPLES)?;
    headings(example, Column::ALL.map(Column::heading).into_iter())?;
    let rows = [
        [
            "何秀兰（示例）",
            "16099990001",
            "629900198005010021",
            "女",
            "示例省",
            "示例市",
            "示例县",
            "示例镇中心小学",
            "示例教学点",
            "全科",
            "高级教师",
            "2004",
            "",
        ],
        [
            "常耀东（示例）",
            "16099990002",
            "",
            "男",
            "示例省",
            "示例市",
            "示例县",
            "示例镇中心小学",
            "",
            "数学",
            "一级教师",
            "1998",
            "中心校负责人",
        ],
    ];
    for (at, row) in (1..).zip(rows) {
        write_row(example, at, row.into_iter(), &text_format())?;
    }

    book.save_to_buffer()
}

/// What a roster may look like: the guide for whoever fills it, as a sheet.
const GUIDE: &str = include_str!("../../../../docs/guides/roster.md");

fn notes(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (text, heading) = (Format::new().set_text_wrap(), Format::new().set_bold());
    sheet.set_column_width(0, 110)?;
    for (row, line) in (0..).zip(GUIDE.lines().filter(|line| !line.is_empty())) {
        match line.trim_start_matches('#') {
            title if title.len() < line.len() => {
                sheet.write_string_with_format(row, 0, title.trim(), &heading)?
            }
            _ => sheet.write_string_with_format(row, 0, line.replacen("- ", "• ", 1), &text)?,
        };
    }
    Ok(())
}

/// The wrong rows, ready to be corrected and uploaded again: the first column says what is wrong.
pub(crate) fn errors(now: Timestamp, lang: Lang, rows: &[WrongRow]) -> Result<Vec<u8>, XlsxError> {
    let mut book = book(now)?;
    let sheet = book.add_worksheet().set_name("名单")?;
    let (row_title, error_title) = match lang {
        Lang::Zh => ("原行号", "错误"),
        Lang::En => ("Row", "Errors"),
    };
    headings(sheet, [row_title, error_title].into_iter().chain(Column::ALL.map(Column::heading)))?;
    sheet.set_column_width(1, 50)?;
    let text = text_format();
    let wrong = text_format().set_background_color(Color::RGB(0x00FB_EAE7));
    for (at, row) in (1..).zip(rows) {
        let told: Vec<String> =
            row.errors.iter().map(|e| format!("{}: {}", e.column.heading(), e.text.get(lang))).collect();
        let numbers = [row.number.to_string(), told.join("\n")];
        let cells = Column::ALL.map(|c| row.cells.get(&c).cloned().unwrap_or_default());
        write_row(sheet, at, numbers.iter().chain(&cells).map(String::as_str), &text)?;
        for (column, cell) in (2..).zip(Column::ALL) {
            if row.errors.iter().any(|e| e.column == cell) {
                let text = row.cells.get(&cell).map_or("", String::as_str);
                sheet.write_string_with_format(at, column, text, &wrong)?;
            }
        }
    }
    book.save_to_buffer()
}

/// One-time links to hand out to people, and how many of the roster get theirs from somebody else.
pub(crate) fn first_use_links(
    now: Timestamp,
    lang: Lang,
    expires_at: Option<Timestamp>,
    rows: &[FirstUseLinkRow],
    left_out: usize,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = book(now)?;
    let (name, titles) = match lang {
        Lang::Zh => (
            "启用链接",
            ["姓名", "单位", "账号（登录用）", "手机号（登录用）", "一次性启用链接", "有效期至（北京时间）"],
        ),
        Lang::En => (
            "First use",
            [
                "Name",
                "Unit",
                "Account (to sign in)",
                "Phone (to sign in)",
                "One-time link",
                "Valid until (Beijing time)",
            ],
        ),
    };
    let sheet = book.add_worksheet().set_name(name)?;
    headings(sheet, titles.into_iter())?;
    sheet.set_column_width(1, 40)?.set_column_width(4, 80)?;
    let expires = expires_at.map(|at| minute(at).get(lang).to_owned()).unwrap_or_default();
    let text = text_format();
    for (at, row) in (1..).zip(rows) {
        let cells = [&row.name, &row.unit, &row.account_name, &row.phone, &row.link].map(String::as_str);
        write_row(sheet, at, cells.into_iter().chain([expires.as_str()]), &text)?;
    }
    if left_out > 0 {
        let told = match lang {
            Lang::Zh => format!("另有 {left_out} 人现在不归您管理（已调动或另有职务），请由其上级发放链接。"),
            Lang::En => format!(
                "{left_out} more are not yours to let in any more (they moved or were named): ask those above them."
            ),
        };
        let after = u32::try_from(rows.len() + 2).unwrap_or(u32::MAX);
        sheet.write_string_with_format(after, 0, told, &text_format())?;
    }
    book.save_to_buffer()
}

/// The time of making is an argument too: the library would read the machine's clock.
fn book(now: Timestamp) -> Result<Workbook, XlsxError> {
    let made = ExcelDateTime::from_timestamp(now.seconds())?;
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

/// On the clocks of the whole country.
fn minute(at: Timestamp) -> Text {
    let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("the zone data is part of the binary");
    Text::of_minute(at, &zone)
}

fn text_format() -> Format {
    // Text, or Excel would round an identity number and cut a leading zero.
    Format::new().set_num_format("@")
}

fn headings<'a>(sheet: &mut Worksheet, titles: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
    let heading = text_format()
        .set_bold()
        .set_background_color(Color::RGB(0x00E6_F1EE))
        .set_border_bottom(FormatBorder::Thin);
    for (column, title) in (0..).zip(titles) {
        sheet.set_column_format(column, &text_format())?;
        sheet.set_column_width(column, if title.len() > 9 { 22 } else { 14 })?;
        sheet.write_string_with_format(0, column, title, &heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// As strings: what somebody typed is never a formula.
fn write_row<'a>(
    sheet: &mut Worksheet,
    at: u32,
    cells: impl Iterator<Item = &'a str>,
    format: &Format,
) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(cells) {
        sheet.write_string_with_format(at, column, text, format)?;
    }
    Ok(())
}

fn choices(sheet: &mut Worksheet, column: Column, words: &[&str]) -> Result<(), XlsxError> {
    let at = Column::ALL.iter().position(|c| *c == column).unwrap_or_default();
    let at = u16::try_from(at).unwrap_or_default();
    let rule = DataValidation::new().allow_list_strings(words)?.ignore_blank(true);
    sheet.add_data_validation(1, at, u32::from(MOST_ROWS), at, &rule)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::Date;

    use super::*;
    use crate::model::roster::{RosterRow, SheetError, Table, read_sheet};

    const NOW: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

    #[test]
    fn the_template_is_read_back_with_all_its_headings() {
        let bytes = template(NOW).expect("a template");
        let table = super::super::read_xlsx::read(&bytes).expect("a table");
        assert_eq!(table.rows[0].1, Column::ALL.map(|c| c.heading().to_owned()));
        assert_eq!(template(NOW).expect("a template"), bytes, "the same moment gives the same bytes");
    }

    #[test]
    fn the_untouched_template_holds_nobody_and_its_examples_are_refused_wherever_they_stand() {
        let bytes = template(NOW).expect("a template");
        let table = super::super::read_xlsx::read(&bytes).expect("a table");
        assert_eq!(read_sheet(&table), Err(SheetError::Empty));

        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
        let sheet = calamine::Reader::worksheet_range(&mut book, "示例").expect("the examples");
        let text = |row: &[calamine::Data]| row.iter().map(ToString::to_string).collect();
        let rows = (1..).zip(sheet.rows().map(text)).collect();
        let examples = read_sheet(&Table { rows, ..Table::default() }).expect("a roster").rows;
        assert_eq!(examples.len(), 2);
        let today = Date::new(2026, 11, 28).expect("a date");
        for (_, cells) in examples {
            for left_out in [None, Some((Column::Name, "王小明"))] {
                let mut cells = cells.clone();
                cells.extend(left_out.map(|(column, text)| (column, text.to_owned())));
                let errors = RosterRow::read(&cells, today).expect_err("an example");
                assert_eq!((errors.len(), errors[0].code.as_str()), (1, "example"), "{cells:?}");
            }
        }
    }

    #[test]
    fn the_second_sheet_says_what_the_guide_says() {
        let bytes = template(NOW).expect("a template");
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("a workbook");
        assert_eq!(calamine::Reader::sheet_names(&book), ["名单", NOTES, EXAMPLES]);
        let sheet = calamine::Reader::worksheet_range(&mut book, NOTES).expect("the notes");
        let lines: Vec<String> = sheet.rows().map(|row| row[0].to_string()).collect();
        assert_eq!(lines[0], "名单怎么填");
        assert_eq!(lines.len(), GUIDE.lines().filter(|line| !line.is_empty()).count());
        // Every heading is explained, and every role that the list offers.
        for word in Column::ALL.map(Column::heading).iter().chain(&ROLES) {
            assert!(lines.iter().any(|line| line.contains(word)), "{word}");
        }
    }

    #[test]
    fn wrong_rows_can_be_corrected_and_uploaded_again() {
        let cells = Cells::from([
            (Column::Name, "=cmd()".into()),
            (Column::Phone, "1".into()),
            (Column::Province, "甘肃省".into()),
        ]);
        let today = Date::new(2026, 11, 28).expect("a date");
        let errors_of = RosterRow::read(&cells, today).expect_err("a wrong phone");
        let rows = [WrongRow { number: 7, cells: cells.clone(), errors: errors_of }];
        let bytes = errors(NOW, Lang::Zh, &rows).expect("a workbook");
        let table = super::super::read_xlsx::read(&bytes).expect("a table");
        assert!(table.rows[1].1[1].contains("手机号: "));
        let sheet = read_sheet(&table).expect("a roster");
        assert_eq!((sheet.rows, sheet.unread_columns), (vec![(2, cells)], Vec::new()));
    }
}

//! Cells in which the sheet's program left something else than what somebody typed.

use super::{Cells, Column, RowError};

/// Stands in a cell that is joined with the one to its left: what it means is not to be seen.
pub const JOINED: &str = "（合并单元格）";

/// What formulas say when they went wrong.
const FORMULA_ERRORS: [&str; 9] =
    ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#DATA!", "#SPILL!"];

/// What a comparison leaves.
const LOGICAL: [&str; 2] = ["TRUE", "FALSE"];

/// Takes spoilt cells out of a row and tells of each.
pub fn take_spoilt(cells: &Cells) -> (Cells, Vec<RowError>) {
    let mut sound = cells.clone();
    let errors: Vec<RowError> =
        cells.iter().filter_map(|(column, text)| error_of(*column, text.trim())).collect();
    for error in &errors {
        sound.remove(&error.column);
    }
    (sound, errors)
}

fn error_of(column: Column, text: &str) -> Option<RowError> {
    if is_rounded(text) {
        return Some(RowError::new(
            column,
            "rounded",
            "这里的数字被表格按数值保存，末几位已经丢失，请把这一列设为文本后重新填写。",
            "The sheet kept this as a number and lost its last digits. Please set the column to text and type it again.",
        ));
    }
    if FORMULA_ERRORS.contains(&text) {
        return Some(RowError::new(
            column,
            "formula_error",
            format!("这里的公式出错了（{text}），请填写实际的内容。"),
            format!("The formula here went wrong ({text}). Please write what it should say."),
        ));
    }
    if LOGICAL.contains(&text) {
        return Some(RowError::new(
            column,
            "logical",
            format!("这里是逻辑值“{text}”，请填写实际的内容。"),
            format!("This is the logical value “{text}”. Please write what it should say."),
        ));
    }
    if text.starts_with('=') {
        return Some(RowError::new(
            column,
            "formula_empty",
            "这里是没有结果的公式，请填写实际的内容（可以“选择性粘贴—数值”）。",
            "This is a formula without a result. Please write what it should say (paste it as a value).",
        ));
    }
    (text == JOINED).then(|| {
        RowError::new(
            column,
            "joined",
            "这一格和左边的格合并了，看不出各是什么，请取消合并后分别填写。",
            "This cell is joined with the one to its left. Please part them and fill in both.",
        )
    })
}

/// `6.29900198005010E+17`: how a sheet writes a number that has more digits than it keeps.
fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number(power)
        && digits.split_once('.').map_or_else(|| is_number(digits), |(a, b)| is_number(a) && is_number(b))
}

/// A number of which the end is lost, masked like a whole one.
pub fn masked_rounded(text: &str) -> Option<String> {
    const SHOWN: usize = 4;
    let text = text.trim();
    if !is_rounded(text) {
        return None;
    }
    let (digits, power) = text.split_once(['E', 'e'])?;
    let shown: String = digits.chars().filter(char::is_ascii_digit).take(SHOWN).collect();
    let power = power.strip_prefix('+').unwrap_or(power).parse().unwrap_or(0_usize);
    // As many as the number has; nothing that people are known by has more than 18.
    let stars = (power.min(17) + 1).saturating_sub(shown.len());
    Some(shown + &"*".repeat(stars))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_number_is_masked() {
        for (text, masked) in [
            ("6.2052319800501E+17", Some("6205**************")),
            ("1.6E10", Some("16*********")),
            ("1E999999", Some("1*****************")),
            ("629900198005010021", None),
            ("王强", None),
        ] {
            assert_eq!(masked_rounded(text).as_deref(), masked, "{text}");
        }
    }

    #[test]
    fn spoilt_cells_are_told_by_kind() {
        for (text, code) in [
            ("6.29900198005010E+17", "rounded"),
            ("1.6E10", "rounded"),
            ("#N/A", "formula_error"),
            ("TRUE", "logical"),
            ("=VLOOKUP(A1,B:C,2,0)", "formula_empty"),
            (JOINED, "joined"),
        ] {
            let cells = Cells::from([(Column::Name, "王强".into()), (Column::CentralSchool, text.into())]);
            let (sound, errors) = take_spoilt(&cells);
            assert_eq!(sound, Cells::from([(Column::Name, "王强".into())]));
            assert_eq!(
                (errors.len(), errors[0].code.as_str(), errors[0].column),
                (1, code, Column::CentralSchool)
            );
        }
        for sound in ["王强", "E", "1E", "2004", "e1", "#1 小学", "629900198005010021", "1.5.2E+3"] {
            assert!(error_of(Column::Name, sound).is_none(), "{sound}");
        }
    }
}

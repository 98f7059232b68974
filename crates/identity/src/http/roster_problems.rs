//! What can be wrong with a roster, for the reader: what the file is, what it lacks, and what to do.

use http_kit::{Problem, not_found};
use serde_json::json;

use crate::error::RosterError;
use crate::model::roster::{MOST_ROWS, SheetError};
use crate::roster::ReadError;

impl From<RosterError> for Problem {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::Read(why) => unreadable(why),
            RosterError::Sheet(why) => no_roster(&why),
            RosterError::NoFile => Self::bad_request("roster.no_file", "没有收到文件，请重新选择名单文件上传。", "No file arrived; please choose the roster and upload it again."),
            RosterError::Enough(enough) => enough.into(),
            RosterError::NoSuchImport => not_found(),
            RosterError::HasErrors(wrong) => Self::conflict("roster.has_errors",
                format!("有 {wrong} 行需要修改，没有导入任何人。您可以改好后重新上传，或者只导入正确的行。"),
                format!("{wrong} rows need a change; nobody was imported. Correct and upload again, or import the good rows only."))
                .extra(json!({ "wrong": wrong })),
            RosterError::NothingGood => Self::conflict("roster.nothing_good", "没有一行可以导入。", "There is no row that can be imported."),
            RosterError::AlreadyApplied => Self::conflict("roster.already_applied", "这份名单已经导入过了。", "This roster was imported before."),
            RosterError::NotApplied => Self::conflict("roster.not_applied", "请先导入这份名单。", "Please import this roster first."),
            RosterError::LinksTaken => Self::conflict("roster.links_taken", "启用链接已经发放过。重新生成会使上次的链接失效。",
                "The links were handed out before. Making them again stops those from working."),
            RosterError::ChangedMeanwhile => Self::conflict("roster.changed_meanwhile", "有人刚刚改动了同样的人员或单位，没有导入任何人，请再试一次。",
                "Somebody changed the same people or units meanwhile. Nobody was imported; please try again."),
            RosterError::Write(error) => Self::internal(&error),
            RosterError::Vault(error) => Self::internal(&error),
            RosterError::Storage(error) => error.into(),
        }
    }
}

fn unreadable(why: ReadError) -> Problem {
    let (code, zh, en) = match why {
        ReadError::TooLarge => (
            "roster.too_large",
            "文件超过 2 MB。请只保留名单本身，去掉图片和多余的工作表。",
            "The file has more than 2 MB. Please keep the roster alone, without pictures and other sheets.",
        ),
        ReadError::NotXlsx => (
            "roster.not_xlsx",
            "这不是 Excel 工作簿（.xlsx）。请下载模板，填写后上传。",
            "This is not an Excel workbook (.xlsx). Please download the template, fill it in and upload it.",
        ),
        ReadError::OldOrLocked => (
            "roster.old_or_locked",
            "这是旧格式（.xls）或加了密码的文件。请去掉密码，另存为 .xlsx 后上传。",
            "This file has the old format (.xls) or a password. Please save it as .xlsx without a password.",
        ),
        ReadError::Unsafe => (
            "roster.unsafe",
            "这个文件的内容异常庞大，已拒绝读取。请用模板重新填写。",
            "This file asks for far more than a roster needs and was refused. Please use the template.",
        ),
        ReadError::Damaged => (
            "roster.damaged",
            "文件已损坏，无法读取。请在 Excel 或 WPS 中打开，另存后再上传。",
            "The file is damaged. Please open it in Excel or WPS, save it again and upload it.",
        ),
        ReadError::TooManyRows => return too_many_rows(),
    };
    Problem::unprocessable(code, zh, en)
}

fn no_roster(why: &SheetError) -> Problem {
    match why {
        SheetError::HeadingsMissing(missing) => {
            let list = missing.join("、");
            Problem::unprocessable(
                "roster.headings_missing",
                format!("没有找到这些表头：{list}。请使用模板的表头。"),
                format!("These headings are missing: {list}. Please use those of the template."),
            )
            .extra(json!({ "missing": missing }))
        }
        SheetError::HeadingTwice(heading) => Problem::unprocessable(
            "roster.heading_twice",
            format!("表头“{heading}”出现了两次，请只保留一列。"),
            format!("The heading {heading} stands twice; please keep one column."),
        ),
        SheetError::Empty => Problem::unprocessable(
            "roster.empty",
            "名单是空的，表头下面没有内容。",
            "The roster is empty: there is nothing below the headings.",
        ),
        SheetError::TooManyRows => too_many_rows(),
    }
}

fn too_many_rows() -> Problem {
    Problem::unprocessable(
        "roster.too_many_rows",
        format!("一份名单最多 {MOST_ROWS} 行，请分成几份上传。"),
        format!("A roster has at most {MOST_ROWS} rows; please split it."),
    )
}

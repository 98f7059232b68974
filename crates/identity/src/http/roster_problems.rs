//! What can be wrong with a roster, for the reader: what the file is, what it lacks, and what to do.

use http::StatusCode;
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
            RosterError::Unconfirmed(count) => Self::conflict("roster.changes_unconfirmed",
                format!("这份名单会改变 {count} 位已登记人员的姓名、手机号、单位或角色，还没有导入任何人。请逐行核对改动，确认后再导入。"),
                format!("This roster gives {count} registered people another name, phone, unit or role; nobody was imported. \
                         Please look at the changes row by row and confirm them."))
                .extra(json!({ "changes": count })),
            RosterError::NoSuchUnit => Self::unprocessable("roster.no_such_unit", "请选择您管理范围内的单位。",
                "Please choose a unit within your reach."),
            RosterError::UnitsUndecided(count) => Self::conflict("roster.units_undecided",
                format!("有 {count} 个单位的名称和别的单位相近，还没有导入任何人。请先逐个选择：是同一个单位，还是另一个新单位。"),
                format!("{count} units have much the same name as others; nobody was imported. \
                         Please say of each whether it is the same unit or another one."))
                .extra(json!({ "units": count })),
            RosterError::CheckAgain => Self::conflict("roster.check_again",
                "检查之后，有人又改动了这些人员或单位，没有导入任何人。名单已重新检查，请核对后再导入。",
                "These people or units were changed after the check; nobody was imported. The roster was checked again; please look at it and import then."),
            RosterError::NothingGood => Self::conflict("roster.nothing_good", "没有一行可以导入。", "There is no row that can be imported."),
            RosterError::AlreadyApplied => Self::conflict("roster.already_applied", "这份名单已经导入过了。", "This roster was imported before."),
            RosterError::NotApplied => Self::conflict("roster.not_applied", "请先导入这份名单。", "Please import this roster first."),
            RosterError::LinksTaken => Self::conflict("roster.links_taken", "启用链接已经发放过。重新生成会使上次的链接失效。",
                "The links were handed out before. Making them again stops those from working."),
            RosterError::LinksTooOften(seconds) => Self::new(StatusCode::TOO_MANY_REQUESTS, "roster.links_too_often",
                "您最近一小时里重新生成链接的次数太多，这次没有生成，上次的链接仍然有效。请过一会儿再试。",
                "You made links again too often in the last hour. Nothing was made, and the last ones still work. Please try again later.")
                .retry_after(seconds),
            RosterError::OneAtATime(_) => Self::new(StatusCode::TOO_MANY_REQUESTS, "roster.one_at_a_time",
                "您的上一个名单文件还在处理，请等它完成后再试。",
                "Another roster file of yours is still being worked on; please wait until it is through.")
                .retry_after(5),
            RosterError::ChangedMeanwhile => Self::conflict("roster.changed_meanwhile", "有人刚刚改动了同样的人员或单位，没有导入任何人，请再试一次。",
                "Somebody changed the same people or units meanwhile. Nobody was imported; please try again."),
            RosterError::Write(error) => Self::internal(&error),
            RosterError::Thread(error) => Self::internal(&error),
            RosterError::Vault(error) => Self::internal(&error),
            RosterError::Storage(error) => error.into(),
        }
    }
}

fn unreadable(why: ReadError) -> Problem {
    let (code, zh, en) = match why {
        ReadError::TooLarge => (
            "roster.too_large",
            "文件超过 2 MB。请只保留名单本身，去掉图片、多余的工作表和下面的空行。",
            "The file has more than 2 MB. Please keep the roster alone, without pictures, other sheets and the empty rows below it.",
        ),
        ReadError::NotXlsx => (
            "roster.not_xlsx",
            "这不是 Excel 工作簿（.xlsx）。如果是 .csv 或别的表格，请在 Excel 或 WPS 中打开，另存为 .xlsx 后上传；也可以下载模板填写。",
            "This is not an Excel workbook (.xlsx). If it is a .csv or another sheet, open it in Excel or WPS and save it as .xlsx; or fill in the template.",
        ),
        ReadError::OldOrLocked => (
            "roster.old_or_locked",
            "这是旧格式（.xls）或加了密码的文件。请去掉密码，另存为 .xlsx 后上传。",
            "This file has the old format (.xls) or a password. Please save it as .xlsx without a password.",
        ),
        ReadError::Unsafe => (
            "roster.unsafe",
            "这个文件的内容异常庞大，已拒绝读取。请删除名单下面的空行，或用模板重新填写。",
            "This file asks for far more than a roster needs and was refused. Please delete the empty rows below it, or use the template.",
        ),
        ReadError::AllHidden => (
            "roster.all_hidden",
            "工作簿里没有看得见的工作表，隐藏的不会读取。请在 Excel 或 WPS 中取消隐藏名单所在的工作表，保存后再上传。",
            "No sheet of this workbook can be seen, and hidden ones are not read. Please unhide the roster's sheet, save the file and upload it.",
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
        SheetError::HeadingUnclear(heading) => Problem::unprocessable(
            "roster.heading_unclear",
            format!(
                "表头“{heading}”看不出是中心校还是教学点，请把它改成“中心校”或“教学点”，没有的一级留一个空列。"
            ),
            format!(
                "The heading {heading} does not say whether it names central schools (中心校) or teaching points (教学点). \
                 Please write one of these, and leave an empty column for the other."
            ),
        ),
        SheetError::Empty => Problem::unprocessable(
            "roster.empty",
            "名单是空的，表头下面没有内容。如果名单在另一个工作表里，请把那个工作表改名为“名单”。",
            "The roster is empty: there is nothing below the headings. If it stands in another sheet, please name that one 名单.",
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

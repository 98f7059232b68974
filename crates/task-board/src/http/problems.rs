//! What went wrong, for the reader.

use http::StatusCode;
use http_kit::{Problem, not_found};
use serde_json::json;

use crate::error::BoardError;

impl From<BoardError> for Problem {
    fn from(error: BoardError) -> Self {
        match error {
            BoardError::NoSuchList | BoardError::NoSuchTask | BoardError::NoSuchPlayback => not_found(),
            BoardError::NoSuchWeek { weeks } => Self::unprocessable(
                "task_board.no_such_week",
                format!("培训只有 {weeks} 周。"),
                format!("The training has {weeks} weeks."),
            )
            .field(
                "/week",
                "too_large",
                format!("不能大于 {weeks}。"),
                format!("Must be {weeks} or less."),
            ),
            BoardError::WeekTaken => Self::conflict(
                "task_board.week_taken",
                "这一周已经有任务单了。",
                "This week has a list already.",
            ),
            BoardError::Stale { version } => stale().extra(json!({ "version": version })),
            BoardError::Unfinished => Self::unprocessable(
                "task_board.list_unfinished",
                "请先写好本周目标，并至少放一个任务。",
                "Please write the week's goal and add at least one task first.",
            ),
            BoardError::NotReady => Self::conflict(
                "task_board.list_not_ready",
                "专家还没有把这份任务单标为就绪。",
                "The expert has not marked this list as ready.",
            ),
            BoardError::Published => Self::conflict(
                "task_board.list_published",
                "任务单已经发布：文字可以改，任务的要求和周次不能再改。",
                "The list is published: its words may change, but not its week nor what its tasks ask for.",
            ),
            BoardError::PublishedBefore => Self::conflict(
                "task_board.published_before",
                "这个班已经有这份任务单了。",
                "This class has the list already.",
            ),
            BoardError::ClassNotPublished => Self::conflict(
                "task_board.class_not_published",
                "班级还没有公布。",
                "The class is not published yet.",
            ),
            BoardError::OtherTasks => Self::unprocessable(
                "task_board.other_tasks",
                "顺序里的任务和任务单里的不一致，请刷新后再排。",
                "The order names other tasks than the list has; please reload.",
            ),
            BoardError::WrongReference => Self::unprocessable(
                "task_board.wrong_reference",
                "请为这个任务选好要用的内容（微视频、试卷、量规）。",
                "Please choose what this task works with (a micro-video, a test paper, a rubric).",
            )
            .field("/ref_id", "required", "请选择一项。", "Please choose one."),
            BoardError::TooManyTasks { most } => Self::unprocessable(
                "task_board.too_many_tasks",
                format!("一周最多 {most} 个任务。"),
                format!("A week has at most {most} tasks."),
            ),
            BoardError::NotOpened => Self::conflict(
                "task_board.not_opened",
                "请先打开读一读，再点“读完了”。",
                "Please open the text before saying that it is read.",
            ),
            BoardError::ReflectionClosed => Self::conflict(
                "task_board.reflection_closed",
                "这篇反思已经批阅，不能再改。",
                "This reflection was graded and can no longer be changed.",
            ),
            BoardError::ReflectionChanged { version, draft } => stale()
                .detail(
                    "另一台设备上保存了新的内容。两份都在，请选一份。",
                    "Another device has saved newer words. Both are kept; please choose.",
                )
                .extra(json!({ "version": version, "draft": draft })),
            BoardError::TooShort { least, chars } => Self::unprocessable(
                "task_board.too_short",
                format!("再多写一点：至少 {least} 字，现在 {chars} 字。"),
                format!("A little more, please: at least {least} characters, now {chars}."),
            )
            .field(
                "/body",
                "too_short",
                format!("至少 {least} 字。"),
                format!("At least {least} characters."),
            ),
            BoardError::TooLong { most, chars } => Self::unprocessable(
                "task_board.too_long",
                format!("写得太长了：最多 {most} 字，现在 {chars} 字。"),
                format!("Too long: at most {most} characters, now {chars}."),
            )
            .field(
                "/body",
                "too_long",
                format!("最多 {most} 字。"),
                format!("At most {most} characters."),
            ),
            BoardError::Storage(error) => error.into(),
        }
    }
}

fn stale() -> Problem {
    Problem::new(
        StatusCode::PRECONDITION_FAILED,
        "edit.conflict",
        "别人刚刚改过这里。您填写的内容还在，请刷新后再保存。",
        "Somebody else has changed this meanwhile. What you typed is kept; reload and save again.",
    )
}

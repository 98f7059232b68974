//! What went wrong, for the reader.

use http_kit::{Problem, edit_conflict, not_found};
use serde_json::json;

use crate::error::BoardError;
use crate::model::MOST_HAND_INS;
use crate::references::Unusable;

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
            BoardError::Stale { version } => edit_conflict().extra(json!({ "version": version })),
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
                "任务单已经发布：周次和看什么、考什么不能再改；任务可以更正、增加或撤回。",
                "The list is published: its week, videos and papers stay. Tasks may be corrected, added or withdrawn.",
            ),
            BoardError::CorrectionUnsaid => Self::unprocessable(
                "task_board.correction_unsaid",
                "任务单已经发布，请写明为什么更正，学员会看到。",
                "The list is published: please say why you correct it; learners will see it.",
            )
            .field("/correction", "required", "请填写这一项。", "Please fill this in."),
            BoardError::Withdrawn => task_withdrawn(),
            BoardError::TrainingClosed(closed) => closed.into(),
            BoardError::Undoable(tasks) => tasks.into_iter().fold(
                Self::unprocessable(
                    "task_board.task_undoable",
                    "有的任务学员做不了，请专家先改好。",
                    "Learners could not do some of the tasks; an expert must mend them first.",
                ),
                |problem, (at, why)| {
                    let (code, zh, en) = unusable(why);
                    let n = at + 1;
                    problem.field(
                        format!("/tasks/{at}"),
                        code,
                        format!("第 {n} 个任务：{zh}"),
                        format!("Task {n}: {en}"),
                    )
                },
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
            BoardError::Unsaid => Self::unprocessable(
                "task_board.task_unsaid",
                "班级已经在用这份任务单：任务要写明读什么、做什么。",
                "Classes have this list: a task must say what to read or do.",
            )
            .field("/body_markdown", "required", "请写正文。", "Please write the text."),
            BoardError::NeedlessReference => Self::unprocessable(
                "task_board.needless_reference",
                "这种任务不用选内容。",
                "A task of this kind works with nothing that could be chosen.",
            )
            .field("/ref_id", "needless", "请不要填写这一项。", "Please leave this out."),
            BoardError::NewKind => new_kind(),
            BoardError::TooManyTasks { most } => Self::unprocessable(
                "task_board.too_many_tasks",
                format!("一周最多 {most} 个任务。"),
                format!("A week has at most {most} tasks."),
            ),
            BoardError::TooManyKept { most } => Self::unprocessable(
                "task_board.too_many_kept",
                format!("一份任务单连同撤回的最多留存 {most} 个任务，不能再加。"),
                format!(
                    "A list keeps at most {most} tasks, with those that were withdrawn; no more can be added."
                ),
            ),
            BoardError::NotOpened => Self::conflict(
                "task_board.not_opened",
                "请先打开读一读，再点“读完了”。",
                "Please open the text before saying that it is read.",
            ),
            BoardError::NoHandInLeft => Self::conflict(
                "task_board.no_hand_in_left",
                format!("一篇反思最多交 {MOST_HAND_INS} 次，次数已经用完。最后一次交的内容算数。"),
                format!(
                    "A reflection is handed in at most {MOST_HAND_INS} times, and they are used up. The last one counts."
                ),
            ),
            BoardError::ReflectionClosed => Self::conflict(
                "task_board.reflection_closed",
                "这篇反思已经批阅，不能再改。",
                "This reflection was graded and can no longer be changed.",
            ),
            BoardError::ReflectionChanged { version, draft } => edit_conflict()
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

/// As while a newer version of the program runs beside this one.
pub(crate) fn new_kind() -> Problem {
    Problem::conflict(
        "task_board.new_kind",
        "这是新形式的任务，程序正在更新，请稍后再试。",
        "This task is of a new kind: the program is being updated. Please try again in a while.",
    )
}

pub(crate) fn task_withdrawn() -> Problem {
    Problem::conflict(
        "task_board.task_withdrawn",
        "这个任务已经撤回，不用再做。",
        "This task was withdrawn and is no longer asked for.",
    )
}

fn unusable(why: Unusable) -> (&'static str, &'static str, &'static str) {
    match why {
        Unusable::Missing => ("missing", "还没有选要用的内容。", "it does not say what it works with."),
        Unusable::Unknown => {
            ("unknown", "要用的内容不在这次培训里。", "what it works with is not part of this training.")
        }
        Unusable::Withdrawn => ("withdrawn", "微视频已经撤下。", "its micro-video is withdrawn."),
        Unusable::Unpublished => ("unpublished", "试卷还没有发布。", "its paper is not published."),
        Unusable::Empty => ("empty", "试卷里没有题目。", "its paper has no items."),
        Unusable::Unsaid => ("unsaid", "还没有写要读或要做的内容。", "it does not say what to read or do."),
        Unusable::OtherKind => {
            ("other_kind", "要用的内容不适合这种任务。", "what it works with is for another kind of task.")
        }
        Unusable::NewKind => (
            "new_kind",
            "这是新形式的任务，程序正在更新，请稍后再试。",
            "it is of a new kind: the program is being updated, please try again in a while.",
        ),
    }
}

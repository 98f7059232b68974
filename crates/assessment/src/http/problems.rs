//! What went wrong, for the reader.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found};
use kernel::Text;
use serde_json::json;
use task_board::model::MOST_HAND_INS;

use crate::error::{AttemptError, CloseError, EvaluationError, PaperError, ReviewError, SubmissionError};
use crate::model::item::ItemGap;
use crate::model::rubric::{Judgement, RubricGap};
use crate::model::scheme::SchemeGap;

impl From<PaperError> for Problem {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::NoSuchPaper => not_found(),
            PaperError::TrainingClosed(closed) => closed.into(),
            PaperError::Stale { version } => stale(json!({ "version": version })),
            PaperError::Published => Self::conflict(
                "paper.published",
                "试卷已经发布，不能再修改。需要改动请另建一份。",
                "The paper is published and no longer changes. Make another one for changes.",
            ),
            PaperError::StrangeItem => Self::unprocessable(
                "paper.strange_item",
                "有一道题重复了，或者不属于这次培训。",
                "An item stands on the paper twice, or belongs to another training.",
            ),
            PaperError::Gaps(gaps) => gaps.into_iter().fold(
                Self::unprocessable(
                    "paper.incomplete",
                    "试卷还有几处要补全，才能发布。",
                    "The paper has gaps that must be closed before it is published.",
                ),
                |problem, (at, gap)| {
                    let pointer = at.map_or("/items".to_owned(), |at| format!("/items/{at}"));
                    let (code, zh, en) = item_gap(at, gap);
                    problem.field(pointer, code, zh, en)
                },
            ),
            PaperError::Storage(error) => error.into(),
        }
    }
}

fn item_gap(at: Option<usize>, gap: ItemGap) -> (&'static str, &'static str, &'static str) {
    if at.is_none() {
        return ("no_items", "试卷里还没有题目。", "The paper has no items yet.");
    }
    match gap {
        ItemGap::TooFewOptions => {
            ("too_few_options", "至少要有两个选项。", "There must be at least two options.")
        }
        ItemGap::NotTwoOptions => {
            ("not_two_options", "判断题只能有两个选项。", "True or false has exactly two options.")
        }
        ItemGap::KeyTwice => ("key_twice", "有两个选项的标号相同。", "Two options have the same key."),
        ItemGap::NothingRight => ("nothing_right", "还没有选定正确答案。", "No option is marked as right."),
        ItemGap::RightIsNoOption => {
            ("right_is_no_option", "正确答案不在选项里。", "The right answer is none of the options.")
        }
        ItemGap::SeveralRight => {
            ("several_right", "这种题只能有一个正确答案。", "This kind has one right answer.")
        }
    }
}

impl From<AttemptError> for Problem {
    fn from(error: AttemptError) -> Self {
        match error {
            AttemptError::NoSuchAttempt => not_found(),
            AttemptError::NoneLeft => {
                Self::conflict("attempt.none_left", "作答次数已经用完。", "All attempts are used up.")
            }
            AttemptError::KeyKnown => Self::conflict(
                "attempt.key_known",
                "这份试卷的正确答案已经给您看过，不能再作答。",
                "You were shown the right answers of this test, so it takes no more attempts.",
            ),
            AttemptError::TrainingClosed(_) => training_closed(),
            AttemptError::StrangeAnswer(item) => Self::unprocessable(
                "attempt.strange_answer",
                "有一个答案不属于这份试卷，请刷新后再试。",
                "An answer does not belong to this paper; please reload.",
            )
            .extra(json!({ "item_id": item })),
            AttemptError::Storage(error) => error.into(),
        }
    }
}

impl From<SubmissionError> for Problem {
    fn from(error: SubmissionError) -> Self {
        let too = |code, zh: String, en: String| {
            let whole = Self::unprocessable(
                "input.invalid",
                "有几项需要修改，其他内容都保留着。",
                "Some fields need a change; nothing else is lost.",
            );
            whole.field("/text", code, zh, en)
        };
        match error {
            SubmissionError::NoSuchSubmission => not_found(),
            SubmissionError::NoHandInLeft => Self::conflict(
                "submission.no_hand_in_left",
                format!(
                    "一份作业最多交 {MOST_HAND_INS} 次，次数已经用完。最后一次交的内容算数；老师退回以后可以再交。"
                ),
                format!(
                    "A work is handed in at most {MOST_HAND_INS} times, and they are used up. The last one counts; when it is sent back it can be handed in again."
                ),
            ),
            SubmissionError::Graded => Self::conflict(
                "submission.graded",
                "作业已经评定，不能再修改。",
                "The work is graded and no longer changes.",
            ),
            SubmissionError::Changed { version, draft } => {
                stale(json!({ "version": version, "draft": draft })).detail(OTHER_DEVICE.0, OTHER_DEVICE.1)
            }
            SubmissionError::Empty => too(
                "required",
                "请写下内容，或者附上文件。".into(),
                "Please write something, or add a file.".into(),
            ),
            SubmissionError::TooShort(least) => too(
                "too_short",
                format!("太短了，至少 {least} 个字。"),
                format!("Too short: at least {least} characters."),
            ),
            SubmissionError::TooLong(most) => too(
                "too_long",
                format!("太长了，最多 {most} 个字。"),
                format!("Too long: at most {most} characters."),
            ),
            SubmissionError::FileGone => Self::conflict(
                "submission.file_gone",
                "文件没有保存下来，请重新上传。",
                "The file was not kept; please upload it again.",
            ),
            SubmissionError::FilesChanged => Self::conflict(
                "submission.files_changed",
                "附件和您看到的不一样，这次没有提交。",
                "The attachment is not the one you saw; nothing was handed in.",
            )
            .detail(
                "它在另一台设备或另一个窗口里换过。请看一看现在的附件，再交一次。",
                "It was changed on another device or in another window. Please look at it, and hand in again.",
            ),
            SubmissionError::FileChanged { file_version } => stale(json!({ "file_version": file_version }))
                .detail(
                    "附件在另一台设备或另一个窗口里换过、删过或交过。请看一看现在的附件，再换或删。",
                    "The file was changed, removed or handed in on another device or in another window. Please look at what is there now, and try again.",
                ),
            SubmissionError::Storage(error) => error.into(),
        }
    }
}

impl From<ReviewError> for Problem {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::NoSuchWork => not_found(),
            ReviewError::OwnWork => {
                Self::forbidden("review.own", "不能评阅自己的作业。", "Nobody reviews their own work.")
            }
            ReviewError::Graded => Self::conflict(
                "review.already_graded",
                "这份作业已经有人评定了。",
                "Somebody has graded this work already.",
            ),
            ReviewError::WorkChanged => Self::conflict(
                "review.work_changed",
                "学员刚刚重新提交了，请看过新的内容再评。您写的评语还在。",
                "The learner has handed it in again. Please read it first; what you wrote is kept.",
            ),
            ReviewError::TrainingClosed(_) => training_closed(),
            ReviewError::NotWaiting => Self::conflict(
                "review.not_waiting",
                "这份作业已退回，等学员重新提交。",
                "This work was sent back and waits for its learner.",
            ),
            ReviewError::Changed { version, judgement } => {
                let Judgement { levels, comment } = judgement;
                stale(json!({ "version": version, "levels": levels, "comment": comment }))
                    .detail(OTHER_DEVICE.0, OTHER_DEVICE.1)
            }
            ReviewError::CommentMissing => Self::unprocessable(
                "review.comment_missing",
                "退回时请写明要改什么。",
                "Please say what should be changed when you send it back.",
            )
            .field("/comment", "required", "请填写这一项。", "Please fill this in."),
            ReviewError::Rubric(gap) => rubric_gap(gap),
            ReviewError::Storage(error) => error.into(),
        }
    }
}

fn rubric_gap(gap: RubricGap) -> Problem {
    match gap {
        RubricGap::KeyTwice => Problem::unprocessable(
            "rubric.key_twice",
            "评分表里有重复的标号。",
            "Two keys of the rubric are the same.",
        ),
        RubricGap::NothingToEarn => Problem::unprocessable(
            "rubric.nothing_to_earn",
            "评分表没有可得的分数。",
            "The rubric gives no points.",
        ),
        RubricGap::NoSuchCriterion(key) | RubricGap::NoSuchLevel(key) => Problem::unprocessable(
            "review.strange_level",
            "评分项与评分表不符，请刷新。",
            "A chosen level is not in the rubric; please reload.",
        )
        .extra(json!({ "criterion": key })),
        RubricGap::Unjudged(keys) => keys.iter().fold(
            Problem::unprocessable(
                "review.unjudged",
                "还有评分项没有选等级。",
                "Some criteria have no level yet.",
            ),
            |problem, key| {
                problem.field(
                    format!("/levels/{key}"),
                    "required",
                    "请选一个等级。",
                    "Please choose a level.",
                )
            },
        ),
    }
}

impl From<EvaluationError> for Problem {
    fn from(error: EvaluationError) -> Self {
        match error {
            EvaluationError::NoSuchThing => not_found(),
            EvaluationError::Stale { version } => stale(json!({ "version": version })),
            EvaluationError::NewKind => Self::conflict(
                "evaluation.new_kind",
                "培训里有新形式的任务，程序正在更新，请稍后再算。",
                "There are tasks of a new kind: the program is being updated. Please compute again in a while.",
            ),
            EvaluationError::SchemeFixed => Self::conflict(
                "evaluation.scheme_fixed",
                "已经按这个方案计算过成绩，方案不能再改。",
                "Results were computed with this scheme; it no longer changes.",
            ),
            EvaluationError::Scheme(SchemeGap::Weights(sum)) => Self::unprocessable(
                "evaluation.weights",
                format!("各项权重合计应为 100，现在是 {sum}。"),
                format!("The weights must add up to 100; now they are {sum}."),
            )
            .field("/components", "sum", "权重合计应为 100。", "The weights must add up to 100."),
            EvaluationError::Scheme(SchemeGap::KindTwice) => Self::unprocessable(
                "evaluation.component_twice",
                "同一项评价出现了两次。",
                "A component is there twice.",
            ),
            EvaluationError::Scheme(SchemeGap::Marks) => Self::unprocessable(
                "evaluation.marks",
                "合格、良好、优秀的分数线应当依次升高。",
                "The marks of pass, good and excellent must rise.",
            ),
            EvaluationError::TrainingClosed(_) => training_closed(),
            EvaluationError::NotOver { ends_at, ends_on, waiting, open_tests } => {
                let Text { zh, en } = Text::of_date(ends_on);
                let open = match open_tests {
                    0 => Text::new("", ""),
                    n => Text::new(
                        format!("还没有交的测试 {n} 份，这次不计。"),
                        format!(" Tests that are not handed in yet: {n}; they do not count this time."),
                    ),
                };
                Self::conflict(
                    "evaluation.not_over",
                    "培训还没有结束，或者还有作业没有评完。确认要现在计算吗？",
                    "The training is not over, or work waits for its review. Compute now all the same?",
                )
                .detail(
                    format!("补交截止 {zh}；待评作业 {waiting} 份，没有评的按零分算。{}", open.zh),
                    format!("Late work is taken until {en}; works without a review: {waiting}, which would count nothing.{}", open.en),
                )
                .extra(json!({ "ends_at": ends_at, "waiting": waiting, "open_tests": open_tests }))
            }
            EvaluationError::OneAtATime(_) => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "evaluation.one_at_a_time",
                "您上一次的成绩计算还没有完成，请等它完成后再试。",
                "Another evaluation of yours is still being worked out; please wait until it is through.",
            )
            .retry_after(5),
            EvaluationError::Storage(error) => error.into(),
        }
    }
}

impl From<CloseError> for Problem {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::TooEarly { last_day } => {
                let Text { zh, en } = Text::of_date(last_day);
                Self::conflict(
                    "training.not_over",
                    "培训还在进行，不能结束。",
                    "The training is not over and cannot be ended yet.",
                )
                .detail(
                    format!("学员可以补交到 {zh}，之后再结束培训。"),
                    format!("Learners may hand in until {en}; end it after that."),
                )
            }
            CloseError::TestsOpen { attempts, until, said: Text { zh, en } } => Self::conflict(
                "training.tests_open",
                "还有测试没有交，现在不能结束培训。",
                "Some tests are not handed in; the training cannot be ended yet.",
            )
            .detail(
                format!(
                    "有 {attempts} 份测试没有交，时间到以前选的答案可能还没有传到。最晚等到 {zh}，之后再结束培训。"
                ),
                format!(
                    "Tests that are not handed in: {attempts}. What was chosen in time may arrive until {en}; end it after that."
                ),
            )
            .extra(json!({ "ends_at": until, "open_tests": attempts })),
            CloseError::Results(error) => error.into(),
            CloseError::Training(error) => error.into(),
            CloseError::Storage(error) => error.into(),
        }
    }
}

fn training_closed() -> Problem {
    Problem::conflict(
        "training.closed",
        "培训已经结束，成绩不再变动。",
        "The training has ended; its results no longer change.",
    )
}

const OTHER_DEVICE: (&str, &str) = (
    "另一台设备上保存了新的内容。两份都在，请选一份。",
    "Another device has saved newer words. Both are kept; please choose.",
);

/// `current` carries the version that is there, and its words where the page cannot ask for them otherwise.
fn stale(current: serde_json::Value) -> Problem {
    edit_conflict().extra(current)
}

//! What went wrong at the gate, for the reader.

use http_kit::{Problem, edit_conflict, not_found};
use serde_json::json;

use crate::error::{ApplicationError, DecisionError, NoticeError};
use crate::model::answers::Unmet;
use crate::model::application::Refused;
use crate::model::rules::RulesFault;

impl From<NoticeError> for Problem {
    fn from(error: NoticeError) -> Self {
        match error {
            NoticeError::NoSuchNotice => not_found(),
            NoticeError::TrainingClosed(closed) => closed.into(),
            NoticeError::PlanNotApproved => {
                Self::conflict("plan.not_approved", "方案还没有批准。", "The plan has not been approved yet.")
            }
            NoticeError::Stale => edit_conflict(),
            NoticeError::Window => Self::unprocessable(
                "notice.window",
                "报名截止时间应当晚于开始时间。",
                "Applications must close after they open.",
            )
            .field(
                "/closes_at",
                "window",
                "应当晚于开始时间。",
                "Must be later than the opening.",
            ),
            NoticeError::Rules(faults) => faults.iter().fold(
                Self::unprocessable(
                    "notice.rules",
                    "准入条件里有几处对不上。",
                    "Some rules of the gate do not fit together.",
                ),
                fault,
            ),
            NoticeError::RulesFixed => Self::conflict(
                "notice.rules_fixed",
                "已经有人按现在的条件提交了申请，条件不能再改；标题、正文、时间和名额仍可修改。",
                "Somebody has applied under these rules, so they stay; title, text, dates and capacity may change.",
            ),
            NoticeError::CapacityBelowAdmitted { admitted } => Self::conflict(
                "notice.capacity_below_admitted",
                format!("已经录取 {admitted} 人，名额不能更少。"),
                format!("{admitted} people are admitted already; the capacity cannot be less."),
            ),
            NoticeError::Unreadable(error) => Self::internal(&error),
            NoticeError::Storage(error) => error.into(),
        }
    }
}

impl From<ApplicationError> for Problem {
    fn from(error: ApplicationError) -> Self {
        match error {
            ApplicationError::NoSuchApplication => not_found(),
            ApplicationError::NotOpen => Self::conflict(
                "gate.not_open",
                "现在不在报名时间内。您填写的内容都保留着。",
                "Applications are not taken now. What you wrote is kept.",
            ),
            ApplicationError::Stale => edit_conflict(),
            ApplicationError::Unmet(reasons) => reasons.iter().fold(
                Self::unprocessable(
                    "gate.not_met",
                    "还有几项条件没有满足，填写的内容都保留着。",
                    "Some conditions are not met yet; what you wrote is kept.",
                ),
                unmet,
            ),
            ApplicationError::IsStaff => is_staff(),
            ApplicationError::TrainingBegan => Self::conflict(
                "gate.training_began",
                "培训已经开始，请说明原因后退出培训。",
                "The training has begun; leaving it takes a reason.",
            ),
            ApplicationError::TrainingClosed(closed) => closed.into(),
            ApplicationError::OwnApplication => own_application(),
            ApplicationError::Refused(refused) => wrong_state(refused),
            ApplicationError::Unreadable(error) => Self::internal(&error),
            ApplicationError::Storage(error) => error.into(),
        }
    }
}

impl From<DecisionError> for Problem {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::NoSuchApplication => not_found(),
            DecisionError::Refused(refused) => wrong_state(refused),
            DecisionError::Full { capacity, waits } => full(capacity, waits),
            DecisionError::Overlap { title } => Self::conflict(
                "gate.overlap",
                format!("这位老师已被同期的“{title}”录取。"),
                format!("This person is admitted to \"{title}\" in the same weeks."),
            ),
            DecisionError::Stale => edit_conflict(),
            DecisionError::OwnRecommendation => Self::forbidden(
                "gate.own_recommendation",
                "推荐人不能同时决定这份申请，请由另一个人决定。",
                "Who recommended an application does not decide it; somebody else must.",
            ),
            DecisionError::IsStaff => is_staff(),
            DecisionError::WaitlistOrder { waits } => waitlist_order(waits),
            DecisionError::NobodyWaits => {
                Self::conflict("gate.nobody_waits", "候补名单是空的。", "Nobody is on the waitlist.")
            }
            DecisionError::TrainingClosed(closed) => closed.into(),
            DecisionError::OwnApplication => own_application(),
            DecisionError::Storage(error) => error.into(),
        }
    }
}

/// Who waits already cannot be put on the waitlist.
fn full(capacity: u16, waits: bool) -> Problem {
    let (zh, en) = if waits {
        (
            format!("{capacity} 个名额已满，有人退出或增加名额后再录取。"),
            format!("All {capacity} seats are taken; admit when one is free or there are more."),
        )
    } else {
        (
            format!("{capacity} 个名额已满，可以列入候补。"),
            format!("All {capacity} seats are taken; the waitlist is open."),
        )
    };
    Problem::conflict("gate.full", zh, en).extra(json!({ "capacity": capacity }))
}

/// Who waits already is on the waitlist; whoever does not can be put there.
fn waitlist_order(waits: bool) -> Problem {
    let (zh, en) = if waits {
        ("候补名单上还有更早的人，请按顺序录取。", "Somebody waits longer; please admit in order.")
    } else {
        (
            "候补名单上还有人在等，请先按顺序录取他们，或者把这份申请列入候补。",
            "Others are on the waitlist; admit them first, in order, or put this application on it.",
        )
    };
    Problem::conflict("gate.waitlist_order", zh, en).detail(
        "确实要先录取这位老师的，请单独决定这份申请，写明理由：理由会记录在案，申请人和管理人员都能看到。",
        "To admit this person first all the same, decide this one application and say why: the reason is recorded and shown.",
    )
}

fn is_staff() -> Problem {
    Problem::conflict(
        "gate.is_staff",
        "本培训的负责人、助教或专家不能同时是学员。",
        "Whoever leads or assists in this training cannot learn in it.",
    )
}

fn own_application() -> Problem {
    Problem::forbidden(
        "gate.own_application",
        "不能推荐或决定自己的申请。",
        "Nobody recommends or decides about their own application.",
    )
}

fn wrong_state(refused: Refused) -> Problem {
    Problem::conflict(
        "gate.wrong_state",
        "这份申请现在的状态不允许这样做，请刷新后查看。",
        "The application's present state does not allow this; please reload.",
    )
    .extra(json!({ "state": refused.state }))
}

fn fault(problem: Problem, fault: &RulesFault) -> Problem {
    match fault {
        RulesFault::KeyTwice(key) => problem.field(
            "/",
            "key_twice",
            format!("有两个问题或条款使用了同一个代号“{key}”。"),
            format!("Two questions or clauses share the key \"{key}\"."),
        ),
        RulesFault::ThresholdOutOfReach { most } => problem.field(
            "/threshold",
            "out_of_reach",
            format!("意愿得分最高只有 {most}，没有人能达到这个门槛。"),
            format!("The best possible score is {most}; nobody could reach this threshold."),
        ),
    }
}

fn unmet(problem: Problem, reason: &Unmet) -> Problem {
    match reason {
        Unmet::EligibilityOpen { key } => problem.field(
            format!("/eligibility/{}", escaped(key)),
            "open",
            "请回答这一题。",
            "Please answer this.",
        ),
        Unmet::NotEligible { key } => problem.field(
            format!("/eligibility/{}", escaped(key)),
            "not_eligible",
            "按照这一项，您不在本次培训的对象范围内。",
            "By this answer the training is not made for you.",
        ),
        Unmet::WillingnessOpen { key } => problem.field(
            format!("/willingness/{}", escaped(key)),
            "open",
            "请回答这一题。",
            "Please answer this.",
        ),
        Unmet::WillingnessLow => problem.field(
            "/willingness",
            "too_low",
            "参训意愿得分没有达到要求。",
            "The score for willingness is below what this training asks.",
        ),
        Unmet::HoursOpen => problem.field(
            "/hours_a_week",
            "open",
            "请填写每周能投入的小时数。",
            "Please say how many hours a week you can give.",
        ),
        Unmet::HoursLow { least } => problem.field(
            "/hours_a_week",
            "too_low",
            format!("每周至少需要 {least} 小时。"),
            format!("It takes at least {least} hours a week."),
        ),
        Unmet::ClauseOpen { key } => problem.field(
            format!("/pledge/{}", escaped(key)),
            "open",
            "请阅读并接受这一条。",
            "Please read and accept this clause.",
        ),
    }
}

/// A key within a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

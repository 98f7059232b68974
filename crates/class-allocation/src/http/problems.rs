//! Errors of this area as the reader sees them.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found};

use super::views::OpeningView;
use crate::error::{
    AllocationError, CharterError, ClassError, EndLearnerError, EndStaffError, Seating, StaffError, Stale,
};
use crate::model::allocation::{AllocationState, StepError};
use crate::model::board_change;
use crate::model::charter::{MOST_PROPOSALS, MOST_PROPOSED};
use crate::model::seats::CAP;
use crate::solving::Busy;

impl From<AllocationError> for Problem {
    fn from(error: AllocationError) -> Self {
        use AllocationError as E;
        match error {
            E::NotFound => not_found(),
            E::TrainingClosed(closed) => closed.into(),
            E::NothingAllocated => Self::conflict(
                "allocation.none",
                "还没有分班，请先分班。",
                "Nothing is allocated yet; allocate first.",
            ),
            E::NobodyAdmitted => Self::unprocessable(
                "allocation.nobody_admitted",
                "还没有录取任何人，无法分班。",
                "Nobody is admitted yet, so there is nobody to allocate.",
            ),
            E::Stale(stale) => stale.into(),
            E::Step(StepError::WrongState(state)) => wrong_state(state),
            E::Step(StepError::AlreadyLocked) => {
                Self::conflict("allocation.locked", "分班结果已经锁定。", "The allocation is locked already.")
            }
            E::Step(StepError::NotLocked) => Self::conflict(
                "allocation.not_locked",
                "请先锁定分班结果，再公布。",
                "Lock the allocation before it is published.",
            ),
            E::ClassFull(tried) => class_full(tried),
            E::AlreadyPlaced => Self::conflict(
                "allocation.already_placed",
                "这位学员已经有班级了。",
                "This learner has a class already.",
            ),
            E::NotAdmitted => Self::unprocessable(
                "allocation.not_admitted",
                "只有录取的人才能分班。",
                "Only people who are admitted get a class.",
            ),
            E::SameClass => Self::unprocessable(
                "allocation.same_class",
                "这位学员已经在这个班里。",
                "This learner is in that class already.",
            ),
            E::NotInThatClass => Self::unprocessable(
                "allocation.not_in_that_class",
                "要互换的学员不在那个班里。",
                "The learner to change places with is not in that class.",
            ),
            E::CannotOpen(opening) => {
                let (zh, en) = (opening.headline.zh.clone(), opening.headline.en.clone());
                let facts = serde_json::to_value(OpeningView::from(*opening)).unwrap_or_default();
                Self::unprocessable("allocation.cannot_open", zh, en).extra(facts)
            }
            E::NotPreparing => Self::conflict(
                "allocation.not_preparing",
                "这个培训不在准备阶段，不能再开班。",
                "This training is not being prepared any more, so it cannot open.",
            ),
            E::Storage(error) => error.into(),
        }
    }
}

/// Whoever changed a board that is no longer there is told what colleagues did to it.
impl From<Stale> for Problem {
    fn from(Stale { since, all }: Stale) -> Self {
        match board_change::told(&since, all) {
            None => edit_conflict(),
            Some(told) => edit_conflict().detail(told.zh, told.en),
        }
    }
}

/// What is left to do is said where it can be done.
fn class_full(tried: Seating) -> Problem {
    let (zh, en) = match tried {
        Seating::Placing => (
            format!("这个班已满 {CAP} 人，请安排到还有空位的班。"),
            format!("This class has {CAP} learners already; please choose one with a free seat."),
        ),
        Seating::Moving => (
            format!("这个班已满 {CAP} 人，请选择一位学员互换，或者换一个有空位的班。"),
            format!(
                "This class has {CAP} learners already. Choose somebody to change places with, or a class with a free seat."
            ),
        ),
        Seating::Drafting => (
            format!("这份分班方案里有一个班超过 {CAP} 人，没有采用。"),
            format!("A class of this draft has more than {CAP} learners; nothing was changed."),
        ),
    };
    Problem::conflict("allocation.class_full", zh, en)
}

fn wrong_state(state: AllocationState) -> Problem {
    match state {
        AllocationState::Draft => {
            Problem::conflict("allocation.not_locked", "分班结果没有锁定。", "The allocation is not locked.")
        }
        AllocationState::Locked => Problem::conflict(
            "allocation.locked",
            "分班结果已锁定，请先解除锁定。",
            "The allocation is locked; unlock it first.",
        ),
        AllocationState::Published => Problem::conflict(
            "allocation.published",
            "分班结果已公布，不能再改。",
            "The allocation is published and does not change any more.",
        ),
    }
}

impl From<Busy> for Problem {
    fn from(_: Busy) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "allocation.busy",
            "现在有几个培训正在分班，请过几秒再试。分班结果没有改动。",
            "Classes are being worked out for others right now; please try again in a few seconds. Nothing was changed.",
        )
        .retry_after(5)
    }
}

impl From<ClassError> for Problem {
    fn from(error: ClassError) -> Self {
        match error {
            ClassError::NotFound => not_found(),
            ClassError::Stale => edit_conflict(),
            ClassError::TrainingClosed(closed) => closed.into(),
            ClassError::Storage(error) => error.into(),
        }
    }
}

impl From<StaffError> for Problem {
    fn from(error: StaffError) -> Self {
        use StaffError as E;
        match error {
            E::NotFound => not_found(),
            E::TrainingClosed(closed) => closed.into(),
            E::Stale(stale) => stale.into(),
            E::NotStaff => Self::unprocessable(
                "allocation.not_staff",
                "这个人没有接受以该身份参加本培训的邀请。",
                "This person has not agreed to lead along in this role.",
            ),
            E::AlreadyAssigned => Self::conflict(
                "allocation.already_assigned",
                "这个人已经在带这个班。",
                "This person leads this class already.",
            ),
            E::TooManyClasses(most) => Self::conflict(
                "allocation.too_many_classes",
                format!("这个人已经带了 {most} 个班，不能更多。"),
                format!("This person leads {most} already, which is the most."),
            ),
            E::LastOfClass(text) => Self::conflict("allocation.last_of_class", text.zh, text.en),
            E::Storage(error) => error.into(),
        }
    }
}

impl From<CharterError> for Problem {
    fn from(error: CharterError) -> Self {
        use CharterError as E;
        match error {
            E::NotFound => not_found(),
            E::TrainingClosed(closed) => closed.into(),
            E::Stale => edit_conflict(),
            E::Empty => Self::unprocessable(
                "charter.empty",
                "契约要有愿景，并且至少有一条。",
                "A charter needs a vision and at least one clause.",
            ),
            E::TooManyProposals => Self::conflict(
                "charter.too_many_proposals",
                format!("您已有 {MOST_PROPOSALS} 条建议等待采纳，请先等一等。"),
                format!("{MOST_PROPOSALS} of your proposals wait already; let them be dealt with first."),
            ),
            E::TooManyClauses => Self::conflict(
                "charter.too_many_clauses",
                format!("本班已经有 {MOST_PROPOSED} 条建议，不能再提。"),
                format!("This class has {MOST_PROPOSED} proposals already, which is the most."),
            ),
            E::NotSettled => Self::conflict(
                "charter.not_settled",
                "契约还没有定稿，定稿后再签署。",
                "The charter is not settled yet; it is signed after that.",
            ),
            E::OtherVersion => Self::conflict(
                "charter.other_version",
                "契约有了新的版本，请读过再签署。",
                "The charter has a new version; please read it before signing.",
            ),
            E::NotMember => Self::forbidden(
                "access.denied",
                "只有本班成员可以这样做。",
                "Only members of this class may do this.",
            ),
            E::Storage(error) => error.into(),
        }
    }
}

impl From<EndLearnerError> for Problem {
    fn from(error: EndLearnerError) -> Self {
        match error {
            EndLearnerError::Gate(error) => error.into(),
            EndLearnerError::Storage(error) => error.into(),
        }
    }
}

impl From<EndStaffError> for Problem {
    fn from(error: EndStaffError) -> Self {
        match error {
            EndStaffError::Team(error) => error.into(),
            EndStaffError::Storage(error) => error.into(),
        }
    }
}

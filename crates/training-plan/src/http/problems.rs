//! What went wrong, for the reader.

use http_kit::{Problem, edit_conflict, not_found};

use crate::access::denied;
use crate::error::{LeadError, PlanError, StaffError, TrainingError};
use crate::model::invitation::{self, MOST_INVITATIONS};
use crate::model::plan::{self, Gap};
use crate::model::training::{Closed, MOST_LEADS};

impl From<Closed> for Problem {
    fn from(_: Closed) -> Self {
        Self::conflict("training.closed", "培训已经结束。", "The training is over.")
    }
}

impl From<TrainingError> for Problem {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::NoSuchTraining => not_found(),
            TrainingError::NotYourUnit => denied(),
            TrainingError::PlanNotApproved => plan_not_approved(),
            TrainingError::WrongState(_) => Self::conflict(
                "training.wrong_state",
                "培训现在的状态不允许这样做，请刷新后查看。",
                "The training's present state does not allow this; please reload.",
            ),
            TrainingError::NotAZone => not_a_zone(),
            TrainingError::Storage(error) => error.into(),
        }
    }
}

impl From<PlanError> for Problem {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::NoSuchPlan => not_found(),
            PlanError::Stale => edit_conflict(),
            PlanError::Refused(plan::Refused::NotEditable(_)) => Self::conflict(
                "plan.not_editable",
                "方案已经提交或批准，不能再修改。",
                "The plan has been handed in or approved and can no longer be changed.",
            ),
            PlanError::Refused(plan::Refused::NotSubmitted(_)) => Self::conflict(
                "plan.not_submitted",
                "这份方案现在不在待审批状态，可能已有人处理。",
                "This plan is not waiting for a decision; somebody may have been faster.",
            ),
            PlanError::OwnPlan => Self::forbidden(
                "plan.own",
                "方案不能由提交人自己审批。",
                "A plan is not decided by the person who handed it in.",
            ),
            PlanError::Gaps(gaps) => gaps.iter().fold(
                Self::unprocessable(
                    "plan.incomplete",
                    "方案还有几处需要补充或更正。",
                    "A few things in the plan are still missing or do not fit.",
                ),
                gap,
            ),
            PlanError::NotAZone => not_a_zone(),
            PlanError::Unreadable(error) => Self::internal(&error),
            PlanError::Storage(error) => error.into(),
        }
    }
}

impl From<StaffError> for Problem {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::NoSuchInvitation => not_found(),
            StaffError::Stale => edit_conflict(),
            StaffError::NoSuchPerson => Self::unprocessable(
                "staff.no_such_person",
                "没有找到这个人，或者账号已停用。",
                "There is no such person, or their account is disabled.",
            )
            .field("/person_id", "unknown", "没有找到这个人。", "There is no such person."),
            StaffError::PlanNotApproved => plan_not_approved(),
            StaffError::AlreadyInvited => Self::conflict(
                "staff.already_invited",
                "已经邀请过这个人，正在等待答复或已接受。",
                "This person has been invited already and is yet to answer, or has accepted.",
            ),
            StaffError::TooManyInvitations => Self::conflict(
                "staff.too_many_invitations",
                format!("本培训已经发出 {MOST_INVITATIONS} 份邀请，不能再多。"),
                format!("This training has sent {MOST_INVITATIONS} invitations, which is the most."),
            ),
            StaffError::IsLearner => Self::conflict(
                "staff.is_learner",
                "这个人是本培训的学员，不能同时担任助教或专家。",
                "This person learns in the training and cannot lead it at the same time.",
            ),
            StaffError::Refused(invitation::Refused::Answered(_)) => Self::conflict(
                "staff.answered",
                "这份邀请已经有了结果，不能再更改。",
                "This invitation has its answer already.",
            ),
            StaffError::Refused(invitation::Refused::NotLeading(_)) => Self::conflict(
                "staff.not_leading",
                "这个人现在没有担任本培训的助教或专家。",
                "This person does not lead along in the training now.",
            ),
            StaffError::TrainingClosed(closed) => closed.into(),
            StaffError::Storage(error) => error.into(),
        }
    }
}

impl LeadError {
    /// The problem, where somebody was named in this field.
    pub(super) fn about(self, field: &'static str) -> Problem {
        match self {
            Self::NoSuchTraining | Self::NoSuchLead => not_found(),
            Self::NoSuchPerson => Problem::unprocessable(
                "lead.no_such_person",
                "没有找到这个人，或者账号已停用。",
                "There is no such person, or their account is disabled.",
            )
            .field(field, "unknown", "没有找到这个人。", "There is no such person."),
            Self::NotOfThisUnit => Problem::unprocessable(
                "lead.not_of_this_unit",
                "这个人还没有主办单位或其上级的“项目负责人”角色，请先在“角色任命”中给予。",
                "This person is no lead of the organising unit or of one above it; please name them there first.",
            )
            .field(field, "not_of_this_unit", "不是这里的项目负责人。", "No lead of this unit."),
            Self::IsLearner => Problem::conflict(
                "lead.is_learner",
                "这个人是本培训的学员，不能同时负责本培训。",
                "This person learns in the training and cannot lead it at the same time.",
            ),
            Self::AlreadyLeads => Problem::conflict(
                "lead.leads_already",
                "这个人已经是本培训的负责人。",
                "This person leads the training already.",
            ),
            Self::TooManyLeads => Problem::conflict(
                "lead.too_many",
                format!("本培训已经有 {MOST_LEADS} 位负责人，不能再多。"),
                format!("This training has {MOST_LEADS} leads, which is the most."),
            ),
            Self::HasEnded => Problem::conflict(
                "lead.ended",
                "这个人已经不再负责本培训。",
                "This person does not lead the training any more.",
            ),
            Self::LastLead => Problem::conflict(
                "lead.last",
                "培训不能没有负责人，请同时选定接任的人。",
                "A training is never without a lead; please choose who leads next.",
            ),
            Self::Storage(error) => error.into(),
        }
    }
}

impl From<LeadError> for Problem {
    fn from(error: LeadError) -> Self {
        error.about("/person_id")
    }
}

fn plan_not_approved() -> Problem {
    Problem::conflict("plan.not_approved", "方案还没有批准。", "The plan has not been approved yet.")
}

fn not_a_zone() -> Problem {
    Problem::unprocessable(
        "plan.time_zone",
        "时区不对，应当是 Asia/Shanghai 这样的名称。",
        "This is not a time zone; it should be a name such as Asia/Shanghai.",
    )
    .field("/time_zone", "not_a_zone", "不是一个时区名称。", "Not the name of a time zone.")
}

fn gap(problem: Problem, gap: &Gap) -> Problem {
    match gap {
        Gap::Purpose => {
            problem.field("/purpose", "required", "请写明培训目的。", "Please say what the training is for.")
        }
        Gap::TargetGroup => problem.field(
            "/target_group",
            "required",
            "请写明培训对象。",
            "Please say who the training is for.",
        ),
        Gap::Scale => {
            problem.field("/scale", "required", "请填写培训规模。", "Please say for how many it is.")
        }
        Gap::Assistants => problem.field(
            "/staff_needed/assistants",
            "required",
            "至少需要一名助教。",
            "It takes at least one assistant.",
        ),
        Gap::Experts => problem.field(
            "/staff_needed/experts",
            "required",
            "至少需要一名专家。",
            "It takes at least one expert.",
        ),
        Gap::NoContentLine => problem.field(
            "/content_lines",
            "required",
            "请至少写一项培训内容。",
            "Please write at least one content line.",
        ),
        Gap::LineOutsideWeeks(index) => problem.field(
            format!("/content_lines/{index}/last_week"),
            "outside_weeks",
            "起止周次应在培训周数之内，且先后正确。",
            "The weeks must lie within the training, in order.",
        ),
        Gap::EmptyWeek(week) => problem.field(
            "/content_lines",
            "empty_week",
            format!("第 {week} 周没有安排内容。"),
            format!("Week {week} has no content."),
        ),
    }
}

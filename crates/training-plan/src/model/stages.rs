//! The four stages of a training: what is done, what is under way, what waits for whom.

use kernel::Role;
use serde::Serialize;

use super::plan::PlanState;
use super::training::TrainingState;
use storage::words;

words! {
    pub enum StageName {
        /// Diagnosis and planning.
        Planning = "planning",
        /// Platform and course preparation.
        Preparation = "preparation",
        /// Training activities.
        Activities = "activities",
        /// Evaluation and certification.
        Evaluation = "evaluation",
    }
}

words! {
    pub enum StageState {
        Done = "done",
        /// Under way: somebody acts.
        Current = "current",
        /// Waits for the stage before it.
        Blocked = "blocked",
    }
}

words! {
    /// What the stage waits for; the user interface has the sentence.
    pub enum NextStep {
        WritePlan = "write_plan",
        DecidePlan = "decide_plan",
        ChangePlan = "change_plan",
        PrepareTraining = "prepare_training",
        LeadWeeks = "lead_weeks",
        Certify = "certify",
    }
}

/// One step of the stepper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stage {
    pub name: StageName,
    pub state: StageState,
    /// What is to be done now, and by whom; absent when nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextStep>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acts: Option<Role>,
}

/// The four stages, as far as plan and life cycle tell.
pub fn stages(plan: PlanState, training: TrainingState) -> [Stage; 4] {
    [
        match plan {
            PlanState::Draft => current(StageName::Planning, NextStep::WritePlan, Role::TrainingLead),
            PlanState::Submitted => {
                current(StageName::Planning, NextStep::DecidePlan, Role::ProvincialOffice)
            }
            PlanState::Returned => current(StageName::Planning, NextStep::ChangePlan, Role::TrainingLead),
            PlanState::Approved => done(StageName::Planning),
        },
        match (plan, training) {
            (PlanState::Approved, TrainingState::Preparing) => {
                current(StageName::Preparation, NextStep::PrepareTraining, Role::TrainingLead)
            }
            (_, TrainingState::Preparing) => blocked(StageName::Preparation),
            _ => done(StageName::Preparation),
        },
        match training {
            TrainingState::Preparing => blocked(StageName::Activities),
            TrainingState::Running => current(StageName::Activities, NextStep::LeadWeeks, Role::Expert),
            TrainingState::Closed => done(StageName::Activities),
        },
        match training {
            TrainingState::Closed => current(StageName::Evaluation, NextStep::Certify, Role::TrainingLead),
            _ => blocked(StageName::Evaluation),
        },
    ]
}

const fn done(name: StageName) -> Stage {
    Stage { name, state: StageState::Done, next: None, acts: None }
}
const fn blocked(name: StageName) -> Stage {
    Stage { name, state: StageState::Blocked, next: None, acts: None }
}
const fn current(name: StageName, next: NextStep, acts: Role) -> Stage {
    Stage { name, state: StageState::Current, next: Some(next), acts: Some(acts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stage_is_under_way_and_later_ones_wait() {
        use StageState::{Blocked, Current, Done};
        for (plan, training, expected) in [
            (PlanState::Draft, TrainingState::Preparing, [Current, Blocked, Blocked, Blocked]),
            (PlanState::Submitted, TrainingState::Preparing, [Current, Blocked, Blocked, Blocked]),
            (PlanState::Returned, TrainingState::Preparing, [Current, Blocked, Blocked, Blocked]),
            (PlanState::Approved, TrainingState::Preparing, [Done, Current, Blocked, Blocked]),
            (PlanState::Approved, TrainingState::Running, [Done, Done, Current, Blocked]),
            (PlanState::Approved, TrainingState::Closed, [Done, Done, Done, Current]),
        ] {
            assert_eq!(stages(plan, training).map(|stage| stage.state), expected, "{plan:?} {training:?}");
        }
        let waiting = stages(PlanState::Submitted, TrainingState::Preparing)[0];
        assert_eq!(waiting.acts, Some(Role::ProvincialOffice));
    }
}

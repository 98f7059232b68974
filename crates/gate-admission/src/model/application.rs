//! The way of an application from a draft to a decision.

use storage::words;

words! {
    /// Where an application is on its way.
    pub enum ApplicationState {
        Draft = "draft",
        /// Handed in; waits for the school's recommendation.
        Submitted = "submitted",
        /// Recommended by the school; waits for the lead's decision.
        Recommended = "recommended",
        Admitted = "admitted",
        Waitlisted = "waitlisted",
        Rejected = "rejected",
        /// Taken back by the applicant, or ended after the admission by the learner or the lead.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What the lead decides.
    pub enum Decision {
        Admit = "admit",
        Waitlist = "waitlist",
        Reject = "reject",
    }
}

words! {
    /// What happened to an application, as its history tells it.
    pub enum StepKind {
        Submitted = "submitted",
        Recommended = "recommended",
        NotRecommended = "not_recommended",
        Admitted = "admitted",
        /// Admitted before somebody who has waited longer; the reason says why.
        AdmittedAhead = "admitted_ahead",
        Waitlisted = "waitlisted",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
        /// The learner left the training.
        Left = "left",
        /// The lead ended the learner's part in the training.
        Removed = "removed",
    }
}

words! {
    /// How an application came to be withdrawn; the words are those of the step that did it.
    pub enum EndedAs {
        /// Its applicant took it back.
        Withdrawn = "withdrawn",
        /// The learner left the training.
        Left = "left",
        /// The lead ended the learner's part in the training.
        Removed = "removed",
    }
}

/// What can be done to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The applicant writes; after a withdrawal it is a draft again.
    Edit,
    Submit,
    Recommend,
    /// The school says no; the lead still sees the application and decides.
    NotRecommend,
    Decide(Decision),
    Withdraw,
    /// An admission ends, by the learner or the lead.
    End,
}

/// This move is not open to an application in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an application that is {state:?} does not allow {tried:?}")]
pub struct Refused {
    pub state: ApplicationState,
    pub tried: Move,
}

impl ApplicationState {
    /// The state after a move, or its refusal.
    pub fn after(self, tried: Move) -> Result<Self, Refused> {
        use Decision::{Admit, Reject, Waitlist};
        match (self, tried) {
            (Self::Draft | Self::Withdrawn, Move::Edit) => Ok(Self::Draft),
            (Self::Draft, Move::Submit)
            // A school that said no may still say yes, and the other way round while nobody has decided.
            | (Self::Submitted | Self::Recommended, Move::NotRecommend) => Ok(Self::Submitted),
            (Self::Submitted, Move::Recommend) => Ok(Self::Recommended),
            (Self::Recommended | Self::Waitlisted, Move::Decide(Admit)) => Ok(Self::Admitted),
            (Self::Recommended, Move::Decide(Waitlist)) => Ok(Self::Waitlisted),
            (Self::Submitted | Self::Recommended | Self::Waitlisted, Move::Decide(Reject)) => Ok(Self::Rejected),
            (
                Self::Submitted | Self::Recommended | Self::Waitlisted | Self::Admitted,
                Move::Withdraw,
            )
            | (Self::Admitted, Move::End) => Ok(Self::Withdrawn),
            (state, tried) => Err(Refused { state, tried }),
        }
    }
}

impl Decision {
    pub const fn step(self) -> StepKind {
        match self {
            Self::Admit => StepKind::Admitted,
            Self::Waitlist => StepKind::Waitlisted,
            Self::Reject => StepKind::Rejected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [ApplicationState; 7] = [
        ApplicationState::Draft,
        ApplicationState::Submitted,
        ApplicationState::Recommended,
        ApplicationState::Admitted,
        ApplicationState::Waitlisted,
        ApplicationState::Rejected,
        ApplicationState::Withdrawn,
    ];

    #[test]
    fn every_move_is_open_in_its_states_alone() {
        use ApplicationState::{Admitted, Draft, Recommended, Submitted, Waitlisted, Withdrawn};
        for (tried, open) in [
            (Move::Edit, vec![Draft, Withdrawn]),
            (Move::Submit, vec![Draft]),
            (Move::Recommend, vec![Submitted]),
            (Move::NotRecommend, vec![Submitted, Recommended]),
            (Move::Decide(Decision::Admit), vec![Recommended, Waitlisted]),
            (Move::Decide(Decision::Waitlist), vec![Recommended]),
            (Move::Decide(Decision::Reject), vec![Submitted, Recommended, Waitlisted]),
            (Move::Withdraw, vec![Submitted, Recommended, Waitlisted, Admitted]),
            (Move::End, vec![Admitted]),
        ] {
            for state in STATES {
                assert_eq!(state.after(tried).is_ok(), open.contains(&state), "{tried:?} from {state:?}");
            }
        }
    }

    #[test]
    fn every_way_to_end_is_a_step() {
        for (ended, step) in [
            (EndedAs::Withdrawn, StepKind::Withdrawn),
            (EndedAs::Left, StepKind::Left),
            (EndedAs::Removed, StepKind::Removed),
        ] {
            assert_eq!(ended.word(), step.word());
        }
    }

    #[test]
    fn nobody_is_admitted_without_a_recommendation() {
        for state in STATES {
            let before = state.after(Move::Decide(Decision::Admit));
            assert_eq!(
                before.is_ok(),
                matches!(state, ApplicationState::Recommended | ApplicationState::Waitlisted)
            );
        }
    }
}

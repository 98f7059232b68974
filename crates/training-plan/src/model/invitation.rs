//! How somebody is asked to lead along, and answers.

use kernel::Role;
use storage::words;

/// Most invitations of a training, whatever became of them: its page shows them all.
pub const MOST_INVITATIONS: i64 = 500;

words! {
    /// What somebody is asked to be.
    pub enum StaffRole {
        Assistant = "assistant",
        Expert = "expert",
    }
}

impl StaffRole {
    pub const fn role(self) -> Role {
        match self {
            Self::Assistant => Role::Assistant,
            Self::Expert => Role::Expert,
        }
    }
}

words! {
    pub enum InvitationState {
        Invited = "invited",
        Accepted = "accepted",
        Declined = "declined",
        /// Taken back by the lead before it was answered.
        Withdrawn = "withdrawn",
        /// Accepted, and ended since by the person or the lead, with a reason.
        Ended = "ended",
    }
}

/// What becomes of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
    Withdraw,
}

/// An invitation in this state does not allow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("an invitation that is {0:?} is not answered")]
    Answered(InvitationState),
    #[error("an invitation that is {0:?} is not ended")]
    NotLeading(InvitationState),
}

impl InvitationState {
    /// Only who accepted stops leading along.
    pub fn end(self) -> Result<Self, Refused> {
        if self == Self::Accepted { Ok(Self::Ended) } else { Err(Refused::NotLeading(self)) }
    }

    /// Only an open invitation can be answered or taken back.
    pub fn take(self, answer: Answer) -> Result<Self, Refused> {
        match (self, answer) {
            (Self::Invited, Answer::Accept) => Ok(Self::Accepted),
            (Self::Invited, Answer::Decline) => Ok(Self::Declined),
            (Self::Invited, Answer::Withdraw) => Ok(Self::Withdrawn),
            _ => Err(Refused::Answered(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_answered_once() {
        for answer in [Answer::Accept, Answer::Decline, Answer::Withdraw] {
            assert!(InvitationState::Invited.take(answer).is_ok());
            for over in [
                InvitationState::Accepted,
                InvitationState::Declined,
                InvitationState::Withdrawn,
                InvitationState::Ended,
            ] {
                assert!(over.take(answer).is_err(), "{over:?} {answer:?}");
            }
        }
    }

    #[test]
    fn only_who_accepted_stops_leading_along() {
        use InvitationState::{Accepted, Declined, Ended, Invited, Withdrawn};
        for state in [Invited, Accepted, Declined, Withdrawn, Ended] {
            assert_eq!(state.end().is_ok(), state == Accepted, "{state:?}");
        }
    }
}

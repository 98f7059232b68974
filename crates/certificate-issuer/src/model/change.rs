//! A change to a certificate, proposed by one officer and confirmed by another: it is taken back, or replaced by a corrected one.

use kernel::Timestamp;
use kernel::id::{BatchEntryId, CertificateChangeId, CertificateId, PersonId, TrainingId};

use super::{Frozen, Reason, RevocationCause};

/// A proposal, and what became of it. Until it is confirmed the certificate is what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: CertificateChangeId,
    pub certificate: CertificateId,
    pub entry: BatchEntryId,
    pub training: TrainingId,
    /// Whose certificate it is.
    pub learner: PersonId,
    pub wanted: Wanted,
    /// Shown to everybody who verifies the certificate once the change is confirmed.
    pub reason: Reason,
    pub proposed_by: PersonId,
    pub proposed_at: Timestamp,
    outcome: Outcome,
}

/// What is to become of the certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Revoke(Fault),
    /// Every field as it will be printed.
    Correct(Box<Frozen>),
}

/// Why a certificate is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    IssuedInError,
    Misconduct,
}

/// What was said about a proposal. It is said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Open,
    Confirmed {
        by: PersonId,
        at: Timestamp,
    },
    Refused {
        by: PersonId,
        at: Timestamp,
        reason: Reason,
    },
    /// By who proposed it.
    Withdrawn {
        at: Timestamp,
    },
}

/// Why a proposal is not made or does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRule {
    #[error("nobody proposes or decides anything about their own certificate")]
    OwnCertificate,
    #[error("who proposed a change does not decide it")]
    ProposerDecides,
    #[error("only who proposed a change withdraws it")]
    NotProposer,
    #[error("the change is already decided")]
    AlreadyDecided,
}

impl Wanted {
    /// The word in the database and on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Revoke(_) => "revoke",
            Self::Correct(_) => "correct",
        }
    }
}

impl Fault {
    /// The word in the database and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IssuedInError => "issued_in_error",
            Self::Misconduct => "misconduct",
        }
    }
    /// Whether the learner may be proposed again: who cheated may not, who was mistaken for another may.
    pub const fn frees_the_learner(self) -> bool {
        matches!(self, Self::IssuedInError)
    }
}

impl From<Fault> for RevocationCause {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::IssuedInError => Self::IssuedInError,
            Fault::Misconduct => Self::Misconduct,
        }
    }
}

impl Outcome {
    /// The word in the database and on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed { .. } => "confirmed",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// Which certificate a change is about.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub certificate: CertificateId,
    pub entry: BatchEntryId,
    pub training: TrainingId,
    pub learner: PersonId,
}

impl Change {
    /// A new proposal.
    pub fn propose(
        id: CertificateChangeId,
        about: About,
        wanted: Wanted,
        reason: Reason,
        (by, at): (PersonId, Timestamp),
    ) -> Result<Self, ChangeRule> {
        if about.learner == by {
            return Err(ChangeRule::OwnCertificate);
        }
        Ok(Self::restore(id, about, wanted, reason, (by, at), Outcome::Open))
    }

    /// A proposal as it was stored.
    pub const fn restore(
        id: CertificateChangeId,
        About { certificate, entry, training, learner }: About,
        wanted: Wanted,
        reason: Reason,
        (proposed_by, proposed_at): (PersonId, Timestamp),
        outcome: Outcome,
    ) -> Self {
        Self { id, certificate, entry, training, learner, wanted, reason, proposed_by, proposed_at, outcome }
    }

    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Another officer agrees.
    pub fn confirm(&mut self, by: PersonId, at: Timestamp) -> Result<(), ChangeRule> {
        self.may_be_decided_by(by)?;
        self.outcome = Outcome::Confirmed { by, at };
        Ok(())
    }

    /// Another officer does not agree, and says why.
    pub fn refuse(&mut self, by: PersonId, at: Timestamp, reason: Reason) -> Result<(), ChangeRule> {
        self.may_be_decided_by(by)?;
        self.outcome = Outcome::Refused { by, at, reason };
        Ok(())
    }

    /// Who proposed it thinks better of it.
    pub fn withdraw(&mut self, by: PersonId, at: Timestamp) -> Result<(), ChangeRule> {
        self.must_be_open()?;
        if by != self.proposed_by {
            return Err(ChangeRule::NotProposer);
        }
        self.outcome = Outcome::Withdrawn { at };
        Ok(())
    }

    /// Invariant: who proposed never decides, and nobody decides about themselves.
    pub fn may_be_decided_by(&self, by: PersonId) -> Result<(), ChangeRule> {
        self.must_be_open()?;
        if by == self.proposed_by {
            return Err(ChangeRule::ProposerDecides);
        }
        if by == self.learner {
            return Err(ChangeRule::OwnCertificate);
        }
        Ok(())
    }

    fn must_be_open(&self) -> Result<(), ChangeRule> {
        if self.outcome == Outcome::Open { Ok(()) } else { Err(ChangeRule::AlreadyDecided) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_micros(0);

    fn reason() -> Reason {
        Reason::parse("姓名有误").expect("a reason")
    }
    fn proposed(by: u128) -> Result<Change, ChangeRule> {
        let about = About {
            certificate: sample::id(1),
            entry: sample::id(2),
            training: sample::id(3),
            learner: sample::id(9),
        };
        Change::propose(
            sample::id(4),
            about,
            Wanted::Revoke(Fault::Misconduct),
            reason(),
            (sample::id(by), NOW),
        )
    }

    #[test]
    fn two_people_change_a_certificate_and_neither_is_its_holder() {
        assert_eq!(proposed(9), Err(ChangeRule::OwnCertificate));
        let mut change = proposed(1).expect("an officer proposes");
        assert_eq!(change.confirm(sample::id(1), NOW), Err(ChangeRule::ProposerDecides));
        assert_eq!(change.refuse(sample::id(1), NOW, reason()), Err(ChangeRule::ProposerDecides));
        assert_eq!(change.confirm(sample::id(9), NOW), Err(ChangeRule::OwnCertificate));
        assert_eq!(change.withdraw(sample::id(2), NOW), Err(ChangeRule::NotProposer));
        assert_eq!(change.confirm(sample::id(2), NOW), Ok(()));
        assert_eq!(change.withdraw(sample::id(1), NOW), Err(ChangeRule::AlreadyDecided));
        assert_eq!(change.refuse(sample::id(2), NOW, reason()), Err(ChangeRule::AlreadyDecided));
    }

    proptest! {
        #[test]
        fn whatever_is_tried_a_confirmed_change_had_two_people(steps in prop::collection::vec((0..3_u8, 1..4_u128), 0..12)) {
            let mut change = proposed(1).expect("an officer proposes");
            for (action, person) in steps {
                // The third person is the holder.
                let by = sample::id(if person == 3 { 9 } else { person });
                let before = change.outcome().clone();
                let said = match action {
                    0 => change.confirm(by, NOW),
                    1 => change.refuse(by, NOW, reason()),
                    _ => change.withdraw(by, NOW),
                };
                prop_assert!(said.is_err() || before == Outcome::Open, "said once");
            }
            if let Outcome::Confirmed { by, .. } | Outcome::Refused { by, .. } = change.outcome() {
                prop_assert!(*by != change.proposed_by && *by != change.learner);
            }
        }
    }
}

//! A batch of certificates on its way: drafted by a lead, decided entry by entry by another person, then issued.

use kernel::Timestamp;
use kernel::id::{BatchEntryId, CertificateBatchId, PersonId, TrainingId};

use super::{Credits, Grade, Reason};

/// A training has at most this many learners, so a batch has no more entries.
const MOST_ENTRIES: usize = 500;

/// The learners of a training for whom a lead asks for certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateBatch {
    pub id: CertificateBatchId,
    pub training: TrainingId,
    stage: BatchStage,
    entries: Vec<BatchEntry>,
}

/// How far a batch has come. It only ever moves down this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchStage {
    /// The lead still adds and removes entries.
    Draft,
    /// The office decides each entry.
    Submitted(Submitted),
    /// Every entry is approved or returned.
    Decided(Submitted),
    /// The approved entries have their certificates.
    Issued(Submitted, Timestamp),
}

/// Who handed the batch in, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Submitted {
    pub by: PersonId,
    pub at: Timestamp,
}

/// One learner of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchEntry {
    pub id: BatchEntryId,
    pub learner: PersonId,
    pub grade: Grade,
    pub hours: u16,
    pub credits: Credits,
    pub decision: Decision,
}

/// What the office said about an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Open,
    Approved { by: PersonId, at: Timestamp },
    Returned { by: PersonId, at: Timestamp, reason: Reason },
}

impl BatchStage {
    /// The word in the database and on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted(_) => "submitted",
            Self::Decided(_) => "decided",
            Self::Issued(..) => "issued",
        }
    }
}

impl Decision {
    /// The word in the database and on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved { .. } => "approved",
            Self::Returned { .. } => "returned",
        }
    }
}

/// Why a batch does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    #[error("only a draft can be changed or submitted")]
    NotDraft,
    #[error("the batch is not waiting for decisions")]
    NotSubmitted,
    #[error("not every entry is decided yet")]
    NotDecided,
    #[error("the certificates of this batch are already issued")]
    AlreadyIssued,
    #[error("the batch has no entries")]
    Empty,
    #[error("a batch has at most 500 entries")]
    Full,
    #[error("the learner is already in this batch")]
    AlreadyProposed,
    #[error("the batch has no such entry")]
    NoSuchEntry,
    #[error("the entry is already decided")]
    AlreadyDecided,
    #[error("who submitted a batch does not decide it")]
    SubmitterDecides,
    #[error("nobody decides their own certificate")]
    LearnerDecides,
    #[error("no entry was approved")]
    NothingApproved,
}

impl CertificateBatch {
    /// A new, empty draft.
    pub const fn draft(id: CertificateBatchId, training: TrainingId) -> Self {
        Self { id, training, stage: BatchStage::Draft, entries: Vec::new() }
    }

    /// A batch as it was stored.
    pub const fn restore(
        id: CertificateBatchId,
        training: TrainingId,
        stage: BatchStage,
        entries: Vec<BatchEntry>,
    ) -> Self {
        Self { id, training, stage, entries }
    }

    pub const fn stage(&self) -> BatchStage {
        self.stage
    }
    pub fn entries(&self) -> &[BatchEntry] {
        &self.entries
    }
    pub fn approved(&self) -> impl Iterator<Item = &BatchEntry> {
        self.entries.iter().filter(|entry| matches!(entry.decision, Decision::Approved { .. }))
    }

    /// Adds a learner to a draft; whatever decision the entry carries is set to open.
    pub fn propose(&mut self, entry: BatchEntry) -> Result<(), BatchError> {
        self.must_be_draft()?;
        if self.entries.iter().any(|other| other.learner == entry.learner) {
            return Err(BatchError::AlreadyProposed);
        }
        if self.entries.len() == MOST_ENTRIES {
            return Err(BatchError::Full);
        }
        self.entries.push(BatchEntry { decision: Decision::Open, ..entry });
        Ok(())
    }

    /// Takes a learner out of a draft.
    pub fn remove(&mut self, entry: BatchEntryId) -> Result<BatchEntry, BatchError> {
        self.must_be_draft()?;
        let place = self.entries.iter().position(|other| other.id == entry).ok_or(BatchError::NoSuchEntry)?;
        Ok(self.entries.remove(place))
    }

    /// The lead hands the batch to the office.
    pub fn submit(&mut self, by: PersonId, at: Timestamp) -> Result<(), BatchError> {
        self.must_be_draft()?;
        if self.entries.is_empty() {
            return Err(BatchError::Empty);
        }
        self.stage = BatchStage::Submitted(Submitted { by, at });
        Ok(())
    }

    /// The office agrees to one entry.
    pub fn approve(&mut self, entry: BatchEntryId, by: PersonId, at: Timestamp) -> Result<(), BatchError> {
        self.decide(entry, by, Decision::Approved { by, at })
    }

    /// The office sends one entry back, with a reason for the lead; the learner can be proposed in a later batch.
    pub fn return_entry(
        &mut self,
        entry: BatchEntryId,
        by: PersonId,
        at: Timestamp,
        reason: Reason,
    ) -> Result<(), BatchError> {
        self.decide(entry, by, Decision::Returned { by, at, reason })
    }

    /// The batch is done: its approved entries get their certificates in the same transaction.
    pub fn issue(&mut self, at: Timestamp) -> Result<(), BatchError> {
        let submitted = match self.stage {
            BatchStage::Decided(submitted) => submitted,
            BatchStage::Issued(..) => return Err(BatchError::AlreadyIssued),
            BatchStage::Draft | BatchStage::Submitted(_) => return Err(BatchError::NotDecided),
        };
        if self.approved().next().is_none() {
            return Err(BatchError::NothingApproved);
        }
        self.stage = BatchStage::Issued(submitted, at);
        Ok(())
    }

    fn must_be_draft(&self) -> Result<(), BatchError> {
        if self.stage == BatchStage::Draft { Ok(()) } else { Err(BatchError::NotDraft) }
    }

    /// Invariant: who submitted a batch never decides it, and nobody decides about themselves.
    fn decide(&mut self, entry: BatchEntryId, by: PersonId, decision: Decision) -> Result<(), BatchError> {
        let submitted = match self.stage {
            BatchStage::Submitted(submitted) => submitted,
            BatchStage::Decided(_) | BatchStage::Issued(..) => return Err(BatchError::AlreadyDecided),
            BatchStage::Draft => return Err(BatchError::NotSubmitted),
        };
        if by == submitted.by {
            return Err(BatchError::SubmitterDecides);
        }
        let entry = self.entries.iter_mut().find(|other| other.id == entry).ok_or(BatchError::NoSuchEntry)?;
        if entry.learner == by {
            return Err(BatchError::LearnerDecides);
        }
        if entry.decision != Decision::Open {
            return Err(BatchError::AlreadyDecided);
        }
        entry.decision = decision;
        if self.entries.iter().all(|entry| entry.decision != Decision::Open) {
            self.stage = BatchStage::Decided(submitted);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_micros(0);

    fn lead() -> PersonId {
        sample::id(1)
    }
    fn office() -> PersonId {
        sample::id(2)
    }
    fn entry(number: u128) -> BatchEntry {
        BatchEntry {
            id: sample::id(number),
            learner: sample::id(number),
            grade: Grade::Good,
            hours: 60,
            credits: Credits::from_tenths(60),
            decision: Decision::Open,
        }
    }
    fn submitted(learners: std::ops::Range<u128>) -> CertificateBatch {
        let mut batch = CertificateBatch::draft(sample::id(1), sample::id(1));
        for number in learners {
            batch.propose(entry(number)).expect("a draft takes entries");
        }
        batch.submit(lead(), NOW).expect("a draft with entries");
        batch
    }
    fn reason() -> Reason {
        Reason::parse("缺第三周作业").expect("a reason")
    }

    #[test]
    fn batch_runs_from_draft_to_issued() {
        let mut batch = submitted(10..12);
        batch.approve(sample::id(10), office(), NOW).expect("open entry");
        assert_eq!(batch.issue(NOW), Err(BatchError::NotDecided));
        batch.return_entry(sample::id(11), office(), NOW, reason()).expect("open entry");
        assert_eq!(batch.stage().code(), "decided");
        batch.issue(NOW).expect("one entry is approved");
        assert_eq!(batch.approved().map(|e| e.id).collect::<Vec<_>>(), [sample::id(10)]);
        assert_eq!(batch.issue(NOW), Err(BatchError::AlreadyIssued));
    }

    #[test]
    fn who_submitted_never_decides() {
        let mut batch = submitted(10..11);
        assert_eq!(batch.approve(sample::id(10), lead(), NOW), Err(BatchError::SubmitterDecides));
        assert_eq!(
            batch.return_entry(sample::id(10), lead(), NOW, reason()),
            Err(BatchError::SubmitterDecides)
        );
        assert_eq!(batch.approve(sample::id(10), sample::id(10), NOW), Err(BatchError::LearnerDecides));
        assert_eq!(batch.approve(sample::id(10), office(), NOW), Ok(()));
    }

    #[test]
    fn decision_stands() {
        let mut batch = submitted(10..12);
        batch.approve(sample::id(10), office(), NOW).expect("open entry");
        assert_eq!(
            batch.return_entry(sample::id(10), sample::id(3), NOW, reason()),
            Err(BatchError::AlreadyDecided)
        );
        assert_eq!(batch.approve(sample::id(99), office(), NOW), Err(BatchError::NoSuchEntry));
    }

    #[test]
    fn only_drafts_change() {
        let mut batch = CertificateBatch::draft(sample::id(1), sample::id(1));
        assert_eq!(batch.submit(lead(), NOW), Err(BatchError::Empty));
        assert_eq!(batch.approve(sample::id(10), office(), NOW), Err(BatchError::NotSubmitted));
        batch.propose(entry(10)).expect("a draft takes entries");
        assert_eq!(batch.propose(entry(10)), Err(BatchError::AlreadyProposed));
        assert_eq!(batch.remove(sample::id(11)), Err(BatchError::NoSuchEntry));
        assert_eq!(batch.remove(sample::id(10)).map(|e| e.id), Ok(sample::id(10)));
        let mut batch = submitted(10..11);
        assert_eq!(batch.propose(entry(11)), Err(BatchError::NotDraft));
        assert_eq!(batch.remove(sample::id(10)), Err(BatchError::NotDraft));
        assert_eq!(batch.submit(lead(), NOW), Err(BatchError::NotDraft));
    }

    #[test]
    fn batch_without_an_approved_entry_is_never_issued() {
        let mut batch = submitted(10..11);
        batch.return_entry(sample::id(10), office(), NOW, reason()).expect("open entry");
        assert_eq!(batch.issue(NOW), Err(BatchError::NothingApproved));
    }

    #[test]
    fn batch_is_full_at_five_hundred() {
        let mut batch = CertificateBatch::draft(sample::id(1), sample::id(1));
        for number in 0..500 {
            batch.propose(entry(number)).expect("room for 500");
        }
        assert_eq!(batch.propose(entry(500)), Err(BatchError::Full));
    }

    proptest! {
        /// Whatever people try in whatever order, what is issued was submitted by one and approved by another.
        #[test]
        fn every_issued_entry_was_approved_by_somebody_else(steps in prop::collection::vec((0..6_u8, 1..5_u128, 1..6_u128), 0..60)) {
            let mut batch = CertificateBatch::draft(sample::id(1), sample::id(1));
            for (action, person, number) in steps {
                let (person, id) = (sample::id(person), sample::id(number));
                let _refused = match action {
                    0 | 1 => batch.propose(entry(number)),
                    2 => batch.submit(person, NOW),
                    3 => batch.approve(id, person, NOW),
                    4 => batch.return_entry(id, person, NOW, reason()),
                    _ => batch.issue(NOW),
                };
            }
            if let BatchStage::Issued(submitted, _) = batch.stage() {
                prop_assert!(batch.approved().count() > 0);
                for entry in batch.entries() {
                    match entry.decision {
                        Decision::Open => prop_assert!(false, "an open entry in an issued batch"),
                        Decision::Approved { by, .. } | Decision::Returned { by, .. } => {
                            prop_assert!(by != submitted.by && by != entry.learner);
                        }
                    }
                }
            }
        }
    }
}

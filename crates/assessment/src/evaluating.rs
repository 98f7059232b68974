//! Evaluating a whole training takes readers and time: each person has one such evaluation at a time.

use kernel::Tally;
use kernel::id::PersonId;
use kernel::tally::Place;

/// Another evaluation that the same person asked for is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("another evaluation of the same person is under way")]
pub struct OneAtATime;

/// Who evaluates in this process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evaluating(Tally<PersonId>);

impl Evaluating {
    /// Taken before anything is read, so that who is turned away costs nothing, and given back with the answer.
    pub(crate) fn place(&self, person: PersonId) -> Result<Place<PersonId>, OneAtATime> {
        self.0.take(person, 1).ok_or(OneAtATime)
    }
}

//! What became of the transactions of one attempt at something: whether it may simply be tried again, and what may be said of it.
//!
//! A database refuses now and then what would be right a moment later (a deadlock, a serialisation failure, a lock). Who began the action
//! cannot go on within its transaction, so the whole attempt is made again, by whoever holds what began it: the layer around
//! the routes, which holds the request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::StorageError;

tokio::task_local! {
    static ATTEMPT: Arc<Notes>;
}

#[derive(Default)]
struct Notes {
    gave_way: AtomicBool,
    committed: AtomicBool,
    outcome_unknown: AtomicBool,
    keyed: AtomicBool,
}

/// What is known of an attempt when it has ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Became {
    /// A transaction was refused, or not gone on with, for the sake of another one.
    pub gave_way: bool,
    /// Something was committed.
    pub committed: bool,
    /// The answer to a commit was lost: it may have taken effect.
    pub outcome_unknown: bool,
    /// An idempotency key was held, so that a second attempt finds what the first did.
    pub keyed: bool,
}

impl Became {
    /// What is known of this attempt and of those before it, taken together.
    #[must_use]
    pub fn after(self, earlier: Self) -> Self {
        Self {
            gave_way: self.gave_way || earlier.gave_way,
            committed: self.committed || earlier.committed,
            outcome_unknown: self.outcome_unknown || earlier.outcome_unknown,
            keyed: self.keyed || earlier.keyed,
        }
    }

    /// Whether another attempt cannot double anything.
    pub fn may_be_tried_again(self) -> bool {
        (self.gave_way && !self.committed && !self.outcome_unknown) || (self.outcome_unknown && self.keyed)
    }
}

/// Makes one attempt and tells what became of its transactions.
pub async fn watch<F: Future>(work: F) -> (F::Output, Became) {
    let notes = Arc::new(Notes::default());
    let output = ATTEMPT.scope(Arc::clone(&notes), work).await;
    let is = |note: &AtomicBool| note.load(Ordering::Relaxed);
    let became = Became {
        gave_way: is(&notes.gave_way),
        committed: is(&notes.committed),
        outcome_unknown: is(&notes.outcome_unknown),
        keyed: is(&notes.keyed),
    };
    (output, became)
}

pub(crate) fn failed(error: &StorageError) {
    match error {
        StorageError::GaveWay(_) => note(|notes| &notes.gave_way),
        StorageError::OutcomeUnknown(_) => note(|notes| &notes.outcome_unknown),
        _ => {}
    }
}

/// What the attempt began with does not hold any more, so it ends without an effect.
pub fn gave_way() {
    note(|notes| &notes.gave_way);
}

pub(crate) fn committed() {
    note(|notes| &notes.committed);
}

pub(crate) fn keyed() {
    note(|notes| &notes.keyed);
}

fn note(which: impl Fn(&Notes) -> &AtomicBool) {
    // Outside of an attempt (jobs, commands) nobody asks.
    let _ = ATTEMPT.try_with(|notes| which(notes).store(true, Ordering::Relaxed));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_double_is_tried_again() {
        let none = Became::default();
        for (became, again) in [
            (none, false),
            (Became { keyed: true, ..none }, false),
            (Became { gave_way: true, ..none }, true),
            (Became { gave_way: true, committed: true, ..none }, false),
            (Became { gave_way: true, outcome_unknown: true, ..none }, false),
            (Became { outcome_unknown: true, ..none }, false),
            (Became { outcome_unknown: true, keyed: true, ..none }, true),
        ] {
            assert_eq!(became.may_be_tried_again(), again, "{became:?}");
        }
    }
}

//! What became of the transactions of one attempt at something: whether it may simply be tried again, and what may be said of it.
//!
//! A database refuses now and then what would be right a moment later (a deadlock, a serialisation failure, a lock). Who began the action
//! cannot go on within its transaction, so the whole attempt is made again, by whoever holds what began it: the layer around
//! the routes, which holds the request.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crate::error::StorageError;
use crate::lender::{Lender, Lent};
use crate::postgres::PgConn;

tokio::task_local! {
    static ATTEMPT: Arc<Notes>;
}

struct Notes {
    number: u64,
    /// Who lent the connection that is kept between two uses.
    lender: OnceLock<Lender<PgConn>>,
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

impl Notes {
    fn of(number: u64) -> Self {
        let [gave_way, committed, outcome_unknown, keyed] = [(); 4].map(|()| AtomicBool::new(false));
        Self { number, lender: OnceLock::new(), gave_way, committed, outcome_unknown, keyed }
    }

    fn give_back(&self) {
        if let Some(lender) = self.lender.get() {
            while let Some(kept) = lender.kept(self.number) {
                drop(kept);
            }
        }
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Makes one attempt and tells what became of its transactions.
pub async fn watch<F: Future>(work: F) -> (F::Output, Became) {
    static ATTEMPTS: AtomicU64 = AtomicU64::new(0);
    let number = ATTEMPTS.fetch_add(1, Ordering::Relaxed);
    let notes = Arc::new(Notes::of(number));
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

/// The attempt under way, if there is one.
pub(crate) fn number() -> Option<u64> {
    ATTEMPT.try_with(|notes| notes.number).ok()
}

/// Keeps a connection for the attempt's next use; outside of one it goes back.
pub(crate) fn keep(lender: &Lender<PgConn>, lent: Lent<PgConn>) {
    let mut lent = Some(lent);
    let _ = ATTEMPT.try_with(|notes| {
        if notes.lender.get_or_init(|| lender.clone()).is(lender)
            && let Some(lent) = lent.take()
        {
            lender.keep(notes.number, lent);
        }
    });
}

/// Lets others have the connection that the attempt keeps: something else is waited for, and may take long.
pub fn rest() {
    let _ = ATTEMPT.try_with(|notes| notes.give_back());
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

//! How many statements and transactions there were: of the whole process, and of one piece of work.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

static ALL: Tally = Tally::new();

tokio::task_local! {
    static OWN: Arc<Tally>;
}

struct Tally {
    statements: AtomicU64,
    transactions: AtomicU64,
}

/// What was sent to the database. Beginning and ending a transaction are no statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub statements: u64,
    pub transactions: u64,
}

impl Counts {
    /// How often PostgreSQL was asked and waited for: once for each statement that is prepared, and twice for a transaction.
    pub fn round_trips(self) -> u64 {
        self.statements + 2 * self.transactions
    }
}

impl Tally {
    const fn new() -> Self {
        Self { statements: AtomicU64::new(0), transactions: AtomicU64::new(0) }
    }

    fn counts(&self) -> Counts {
        let [statements, transactions] =
            [&self.statements, &self.transactions].map(|count| count.load(Ordering::Relaxed));
        Counts { statements, transactions }
    }
}

/// Does some work and tells what it sent, as far as it was done in this task.
pub async fn counted<F: Future>(work: F) -> (F::Output, Counts) {
    let own = Arc::new(Tally::new());
    let output = OWN.scope(Arc::clone(&own), work).await;
    (output, own.counts())
}

/// Since the process began.
pub fn counts() -> Counts {
    ALL.counts()
}

pub(crate) fn statement() {
    count(|tally| &tally.statements);
}

pub(crate) fn transaction() {
    count(|tally| &tally.transactions);
}

fn count(which: impl Fn(&Tally) -> &AtomicU64) {
    which(&ALL).fetch_add(1, Ordering::Relaxed);
    // Nobody asks for their own but tests.
    let _ = OWN.try_with(|own| which(own).fetch_add(1, Ordering::Relaxed));
}

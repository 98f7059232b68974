//! SQLite's one writer: a fair queue of transactions that share a commit when several wait.
//!
//! A commit with `synchronous=FULL` waits for the disk. So a transaction that is done while others wait releases its
//! savepoint, hands the connection on, and queues up again behind them; whoever of the group comes round first commits for all.
//! Nobody is answered before the commit: an acknowledged write is on the disk.
//!
//! Invariant: a turn that ends without `end` (an error, a cancelled request) is rolled back when it is dropped, before anything else
//! happens with the connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use tokio::time::{Instant, sleep, timeout_at};

use super::conn::SqliteConn;
use super::place::{PATIENCE, Place};
use super::refusals;
use crate::aside::aside;
use crate::error::StorageError;
use crate::waiting::Waiting;

/// Between two attempts to begin while another process writes; shorter than what one leaves between many transactions.
const LONGEST_PAUSE: Duration = Duration::from_millis(10);

#[derive(Clone)]
pub(crate) struct Writer {
    state: Arc<Mutex<State>>,
    waiting: Arc<AtomicUsize>,
    is_lost: Arc<AtomicBool>,
}

struct State {
    conn: SqliteConn,
    /// The connection is in an unknown state and no other could be opened.
    is_lost: Arc<AtomicBool>,
    place: Place,
    group: Option<Group>,
}

/// The transactions that will be committed together.
struct Group {
    outcome: watch::Sender<Option<Outcome>>,
}

/// What became of a group.
#[derive(Clone, Copy)]
enum Outcome {
    Committed,
    /// For the sake of something else.
    RolledBack,
    /// Nothing more can be stored.
    Refused,
    Unknown,
}

impl Outcome {
    fn of(done: &Result<(), StorageError>) -> Self {
        match done {
            Ok(()) => Self::Committed,
            Err(StorageError::OutcomeUnknown(_)) => Self::Unknown,
            Err(StorageError::Unavailable(_)) => Self::Refused,
            Err(_) => Self::RolledBack,
        }
    }

    fn answer(self) -> Result<(), StorageError> {
        match self {
            Self::Committed => Ok(()),
            Self::RolledBack => Err(StorageError::GaveWay("a shared transaction was rolled back".into())),
            Self::Refused => Err(StorageError::Unavailable("a shared commit was refused".into())),
            Self::Unknown => Err(StorageError::OutcomeUnknown("a shared commit failed".into())),
        }
    }
}

/// How a turn began, and so how it is undone.
#[derive(Clone, Copy)]
enum Turn {
    /// It opened the transaction.
    First,
    /// It set a savepoint within a group's transaction.
    Joined,
}

/// One transaction's time with the writer.
pub(crate) struct WriteTurn {
    writer: Writer,
    open: OpenTurn,
}

/// Is undone when it is dropped.
struct OpenTurn {
    state: OwnedMutexGuard<State>,
    turn: Turn,
    is_done: bool,
}

impl Drop for OpenTurn {
    fn drop(&mut self) {
        if !self.is_done {
            self.state.undo(self.turn);
        }
    }
}

/// How a turn ended.
pub(crate) enum Ended {
    Now(Result<(), StorageError>),
    /// Others wait: the commit is theirs too.
    Shared(SharedCommit),
}

/// The commit of a group, before it was made.
pub(crate) struct SharedCommit {
    writer: Writer,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Writer {
    pub fn open(place: Place) -> Result<Self, StorageError> {
        let is_lost = Arc::<AtomicBool>::default();
        let state = State { conn: place.writer()?, is_lost: Arc::clone(&is_lost), place, group: None };
        Ok(Self { state: Arc::new(Mutex::new(state)), waiting: Arc::default(), is_lost })
    }

    fn lock(&self) -> impl Future<Output = OwnedMutexGuard<State>> + use<> {
        Arc::clone(&self.state).lock_owned()
    }

    /// A turn to write. Whoever ends one looks at how many wait for theirs.
    async fn turn(&self, until: Instant) -> Result<OwnedMutexGuard<State>, StorageError> {
        if let Ok(state) = Arc::clone(&self.state).try_lock_owned() {
            return Ok(state);
        }
        let _waiting = Waiting::new(&self.waiting);
        let turn = timeout_at(until, self.lock()).await;
        turn.map_err(|_| StorageError::Unavailable("all turns to write are taken".into()))
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    pub fn is_whole(&self) -> Result<(), StorageError> {
        if self.is_lost.load(Ordering::Relaxed) { Err(lost()) } else { Ok(()) }
    }

    pub async fn begin(&self) -> Result<WriteTurn, StorageError> {
        let until = Instant::now() + 2 * PATIENCE;
        let mut state = self.turn(until).await?;
        let turn = if state.group.is_some() { Turn::Joined } else { Turn::First };
        match turn {
            Turn::First => state.begin(until).await?,
            Turn::Joined => state.conn.word("savepoint action")?,
        }
        Ok(WriteTurn { writer: self.clone(), open: OpenTurn { state, turn, is_done: false } })
    }

    /// Waits for the turn under way and commits an open group.
    pub async fn close(&self) -> Result<(), StorageError> {
        self.turn(Instant::now() + 2 * PATIENCE).await?.finish_group()
    }

    /// Does something with the connection outside of any transaction.
    pub async fn alone<T>(
        &self,
        work: impl FnOnce(&mut SqliteConn) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut state = self.lock().await;
        state.finish_group()?;
        aside(|| work(&mut state.conn))
    }
}

impl WriteTurn {
    pub fn conn(&mut self) -> &mut SqliteConn {
        &mut self.open.state.conn
    }

    /// Makes it part of the next commit, and makes that commit when nobody waits.
    pub fn end(self) -> Ended {
        let Self { writer, mut open } = self;
        if let Turn::Joined = open.turn
            && let Err(error) = open.state.conn.word("release action")
        {
            return Ended::Now(Err(error.into()));
        }
        open.is_done = true;
        let state = &mut *open.state;
        if state.group.is_none() && writer.waiting() == 0 {
            return Ended::Now(state.commit());
        }
        let group = state.group.get_or_insert_with(|| Group { outcome: watch::Sender::new(None) });
        let outcome = group.outcome.subscribe();
        if writer.waiting() == 0 {
            return Ended::Now(state.finish_group());
        }
        Ended::Shared(SharedCommit { writer: writer.clone(), outcome })
    }
}

impl SharedCommit {
    /// Waits for it, or makes it when nobody of the group came round earlier. What another has made is heard of at once, whoever has the
    /// connection by then.
    pub async fn wait(self) -> Result<(), StorageError> {
        let mut heard = self.outcome.clone();
        let by_another = async { heard.wait_for(Option::is_some).await.ok().and_then(|outcome| *outcome) };
        let outcome = tokio::select! {
            biased;
            outcome = by_another => outcome,
            mut state = self.writer.lock() => {
                let outcome = *self.outcome.borrow();
                if outcome.is_none() {
                    return state.finish_group();
                }
                outcome
            }
        };
        outcome.unwrap_or(Outcome::Unknown).answer()
    }
}

fn lost() -> StorageError {
    StorageError::Unavailable("no writer can be opened".into())
}

impl State {
    /// Opens a transaction. Another process that writes to the file is waited for without holding up a thread.
    async fn begin(&mut self, until: Instant) -> Result<(), StorageError> {
        self.place.is_itself()?;
        if self.is_lost.load(Ordering::Relaxed) {
            self.reconnect();
            if self.is_lost.load(Ordering::Relaxed) {
                return Err(lost());
            }
        }
        let until = until.min(Instant::now() + PATIENCE);
        let mut pause = Duration::from_millis(1);
        loop {
            match self.conn.word("begin immediate") {
                Err(error) if refusals::is_busy(&error) && Instant::now() < until => {
                    sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                done => return Ok(done?),
            }
        }
    }

    /// Undoes a turn that ended without a commit. Its group, if any, goes on without it.
    fn undo(&mut self, turn: Turn) {
        let undone = match turn {
            Turn::First => self.conn.word("rollback"),
            Turn::Joined => {
                self.conn.word("rollback to action").and_then(|()| self.conn.word("release action"))
            }
        };
        if undone.is_err() {
            self.reconnect();
        }
    }

    fn finish_group(&mut self) -> Result<(), StorageError> {
        let Some(group) = self.group.take() else { return Ok(()) };
        let done = self.commit();
        group.outcome.send_replace(Some(Outcome::of(&done)));
        done
    }

    fn commit(&mut self) -> Result<(), StorageError> {
        let conn = &mut self.conn;
        let done = if self.place.durable { aside(|| conn.word("commit")) } else { conn.word("commit") };
        done.map_err(|error| {
            self.reconnect();
            StorageError::of_sqlite_commit(error)
        })
    }

    /// The connection is in an unknown state: a new one starts clean. What the old one had begun and not committed is rolled back, and
    /// everybody of the group hears so. Where none can be opened, whoever wants to write next tries again.
    fn reconnect(&mut self) {
        if let Some(group) = self.group.take() {
            group.outcome.send_replace(Some(Outcome::RolledBack));
        }
        let new = self.place.writer();
        self.is_lost.store(new.is_err(), Ordering::Relaxed);
        match new {
            Ok(conn) => self.conn = conn,
            Err(error) => {
                tracing::error!(error = %kernel::Causes(&error), "no new writer could be opened");
            }
        }
    }
}

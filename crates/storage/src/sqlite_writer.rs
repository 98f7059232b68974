//! SQLite's one writer: a fair queue of transactions that share a commit when several wait.
//!
//! A commit with `synchronous=FULL` waits for the disk. So a transaction that is done while others wait releases its
//! savepoint, hands the connection on, and queues up again behind them; whoever of the group comes round first commits for all.
//! Nobody is answered before the commit: an acknowledged write is on the disk.
//!
//! Invariant: `State::left_open` is set while a turn is under way, so that a turn that ends without `commit`
//! (an error, a cancelled request) is rolled back before anything else happens: by the next one or, when none comes, by a task of its own, for
//! another process on the same file would wait for it without end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{Connection as _, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::error::StorageError;

#[derive(Clone)]
pub(crate) struct SqliteWriter {
    state: Arc<Mutex<State>>,
    waiting: Arc<AtomicUsize>,
}

pub(crate) struct State {
    conn: SqliteConnection,
    options: SqliteConnectOptions,
    group: Option<Group>,
    left_open: Option<Turn>,
}

/// The transactions that will be committed together.
struct Group {
    outcome: watch::Sender<Option<bool>>,
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
    writer: SqliteWriter,
    state: OwnedMutexGuard<State>,
    turn: Turn,
    abandoned: Abandoned,
}

/// Rolls back the turn that it was given for, unless that was committed.
struct Abandoned {
    writer: SqliteWriter,
    is_committed: bool,
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if !self.is_committed {
            let state = Arc::clone(&self.writer.state);
            runtime.spawn(async move {
                // An error is met again, and told, by whoever comes next.
                let _ = state.lock_owned().await.clean_up().await;
            });
        }
    }
}

impl SqliteWriter {
    pub async fn open(options: SqliteConnectOptions) -> Result<Self, StorageError> {
        let conn = SqliteConnection::connect_with(&options).await?;
        let state = State { conn, options, group: None, left_open: None };
        Ok(Self { state: Arc::new(Mutex::new(state)), waiting: Arc::default() })
    }

    async fn lock(&self) -> OwnedMutexGuard<State> {
        let queue = Waiting::new(&self.waiting);
        let state = Arc::clone(&self.state).lock_owned().await;
        drop(queue);
        state
    }

    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Acquire)
    }

    pub async fn begin(&self) -> Result<WriteTurn, StorageError> {
        let mut state = self.lock().await;
        state.clean_up().await?;
        let turn = if state.group.is_some() { Turn::Joined } else { Turn::First };
        state.left_open = Some(turn);
        match turn {
            Turn::First => state.conn.execute("begin immediate").await?,
            Turn::Joined => state.conn.execute("savepoint action").await?,
        };
        let abandoned = Abandoned { writer: self.clone(), is_committed: false };
        Ok(WriteTurn { writer: self.clone(), state, turn, abandoned })
    }

    /// Waits for the turn under way, commits an open group and closes the file.
    pub async fn close(&self) -> Result<(), StorageError> {
        let mut state = self.lock().await;
        state.clean_up().await?;
        state.finish_group().await
    }

    pub async fn with_conn<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut state = self.lock().await;
        state.clean_up().await?;
        state.finish_group().await?;
        work(&mut state.conn).await
    }
}

impl WriteTurn {
    pub fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.state.conn
    }

    pub async fn commit(mut self) -> Result<(), StorageError> {
        if let Turn::Joined = self.turn {
            self.state.conn.execute("release action").await?;
        }
        self.state.left_open = None;
        self.abandoned.is_committed = true;
        let state = &mut *self.state;
        let mut outcome = state
            .group
            .get_or_insert_with(|| Group { outcome: watch::Sender::new(None) })
            .outcome
            .subscribe();
        let mut state = if self.writer.waiting.load(Ordering::Acquire) == 0 {
            self.state
        } else {
            drop(self.state);
            self.writer.lock().await
        };
        if outcome.borrow_and_update().is_none() {
            state.clean_up().await?;
            state.finish_group().await?;
        }
        let committed = *outcome.borrow_and_update();
        if committed == Some(true) {
            Ok(())
        } else {
            Err(StorageError::OutcomeUnknown(sqlx::Error::WorkerCrashed))
        }
    }
}

impl State {
    /// Undoes a turn that ended without a commit. Its group, if any, goes on without it.
    async fn clean_up(&mut self) -> Result<(), StorageError> {
        let undone = match self.left_open {
            None => return Ok(()),
            Some(Turn::First) => self.conn.execute("rollback").await,
            Some(Turn::Joined) => self.conn.execute("rollback to action; release action").await,
        };
        self.left_open = None;
        if undone.is_err() {
            self.reconnect().await?;
        }
        Ok(())
    }

    async fn finish_group(&mut self) -> Result<(), StorageError> {
        let Some(group) = self.group.take() else { return Ok(()) };
        let result = self.conn.execute("commit").await;
        group.outcome.send_replace(Some(result.is_ok()));
        if let Err(error) = result {
            self.reconnect().await?;
            return Err(StorageError::of_commit(error));
        }
        Ok(())
    }

    /// The connection is in an unknown state: a new one starts clean, and everybody of the group hears that it failed.
    async fn reconnect(&mut self) -> Result<(), StorageError> {
        if let Some(group) = self.group.take() {
            group.outcome.send_replace(Some(false));
        }
        self.conn = SqliteConnection::connect_with(&self.options).await?;
        Ok(())
    }
}

/// Counts itself among those who wait to write.
pub(crate) struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    pub fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::AcqRel);
        Self(count)
    }
}
impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

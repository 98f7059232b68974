//! A connection to either database, and a transaction on it.

use std::any::Any;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::{Executor, PgConnection, Postgres, SqlStr, Sqlite, Transaction};
use tokio::sync::Notify;
use tracing::Instrument as _;

use crate::attempt;
use crate::error::StorageError;
use crate::query::{Val, check_text, pg_args, sqlite_args};
use crate::row::Row;
use crate::sqlite_writer::WriteTurn;
use crate::write_permits::WritePermit;

/// What statements run on: a reader, or the inside of a [`Tx`].
pub struct Conn {
    kind: Kind,
    failed: Failed,
}

/// Whether a statement has failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failed {
    No,
    /// For the sake of another transaction.
    GaveWay,
    Otherwise,
}

pub(crate) enum Kind {
    SqliteReader(PoolConnection<Sqlite>),
    SqliteSnapshot(Transaction<'static, Sqlite>),
    SqliteWriter(WriteTurn),
    Pg(PoolConnection<Postgres>),
    /// A snapshot has no turn: it only reads.
    PgTx(Transaction<'static, Postgres>, Option<WritePermit>),
}

impl Conn {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, failed: Failed::No }
    }

    /// Picks the text for the database at hand, for the few things that truly differ.
    pub fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        if self.is_sqlite() { sqlite } else { postgres }
    }

    /// For what one of the two has no need of.
    pub fn is_sqlite(&self) -> bool {
        match self.kind {
            Kind::SqliteReader(_) | Kind::SqliteSnapshot(_) | Kind::SqliteWriter(_) => true,
            Kind::Pg(_) | Kind::PgTx(..) => false,
        }
    }

    /// The transaction itself, to stream from; there is one in a snapshot of PostgreSQL.
    pub(crate) fn pg_transaction(&mut self) -> Result<&mut PgConnection, StorageError> {
        match &mut self.kind {
            Kind::PgTx(tx, _) => Ok(&mut **tx),
            _ => Err(StorageError::Decode("a transaction of PostgreSQL".to_owned())),
        }
    }

    pub(crate) async fn exec(&mut self, text: SqlStr, args: Vec<Val>) -> Result<u64, StorageError> {
        let done = self.try_exec(text, args).await;
        done.inspect_err(|error| self.note(error))
    }

    pub(crate) async fn rows(&mut self, text: SqlStr, args: Vec<Val>) -> Result<Vec<Row>, StorageError> {
        let done = self.try_rows(text, args).await;
        done.inspect_err(|error| self.note(error))
    }

    pub(crate) fn note(&mut self, error: &StorageError) {
        attempt::failed(error);
        match (self.failed, error) {
            (Failed::No, StorageError::GaveWay(_)) => self.failed = Failed::GaveWay,
            (Failed::No, _) => self.failed = Failed::Otherwise,
            _ => {}
        }
    }

    async fn try_exec(&mut self, text: SqlStr, args: Vec<Val>) -> Result<u64, StorageError> {
        check_text(&args)?;
        Ok(match &mut self.kind {
            Kind::SqliteReader(c) => {
                c.execute(sqlx::query_with(text, sqlite_args(args)?)).await?.rows_affected()
            }
            Kind::SqliteSnapshot(tx) => {
                tx.execute(sqlx::query_with(text, sqlite_args(args)?)).await?.rows_affected()
            }
            Kind::SqliteWriter(turn) => {
                turn.conn().execute(sqlx::query_with(text, sqlite_args(args)?)).await?.rows_affected()
            }
            Kind::Pg(c) => c.execute(sqlx::query_with(text, pg_args(args)?)).await?.rows_affected(),
            Kind::PgTx(tx, _) => tx.execute(sqlx::query_with(text, pg_args(args)?)).await?.rows_affected(),
        })
    }

    async fn try_rows(&mut self, text: SqlStr, args: Vec<Val>) -> Result<Vec<Row>, StorageError> {
        check_text(&args)?;
        let sqlite = |rows: Vec<_>| rows.into_iter().map(Row::Sqlite).collect();
        let pg = |rows: Vec<_>| rows.into_iter().map(Row::Pg).collect();
        Ok(match &mut self.kind {
            Kind::SqliteReader(c) => sqlite(c.fetch_all(sqlx::query_with(text, sqlite_args(args)?)).await?),
            Kind::SqliteSnapshot(tx) => {
                sqlite(tx.fetch_all(sqlx::query_with(text, sqlite_args(args)?)).await?)
            }
            Kind::SqliteWriter(turn) => {
                sqlite(turn.conn().fetch_all(sqlx::query_with(text, sqlite_args(args)?)).await?)
            }
            Kind::Pg(c) => pg(c.fetch_all(sqlx::query_with(text, pg_args(args)?)).await?),
            Kind::PgTx(tx, _) => pg(tx.fetch_all(sqlx::query_with(text, pg_args(args)?)).await?),
        })
    }
}

type Hook = Box<dyn FnOnce() + Send>;
type LastWrite = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<(), StorageError>> + Send>;

/// A write transaction: one action. Dropped without [`Tx::commit`] it leaves nothing.
pub struct Tx {
    conn: Conn,
    hooks: Vec<Hook>,
    last: Vec<(String, LastWrite)>,
    jobs_wanted: Arc<Notify>,
    /// After the connection: it is given back when the transaction is over.
    kept: Option<Box<dyn Any + Send + Sync>>,
}

impl Tx {
    pub(crate) fn new(conn: Conn, jobs_wanted: Arc<Notify>) -> Self {
        Self { conn, hooks: Vec::new(), last: Vec::new(), jobs_wanted, kept: None }
    }

    /// Keeps something until the transaction has ended, in whatever way.
    pub fn keep(&mut self, what: impl Any + Send + Sync) {
        self.kept = Some(Box::new(what));
    }

    /// The bell of those who run jobs.
    pub(crate) fn jobs_wanted(&self) -> Arc<Notify> {
        Arc::clone(&self.jobs_wanted)
    }

    /// Does something after the commit succeeded (wake a channel, start a job now instead of at the next look). What must not be
    /// lost belongs into a row: the process may die between the commit and this.
    pub fn on_commit(&mut self, hook: impl FnOnce() + Send + 'static) {
        self.hooks.push(Box::new(hook));
    }

    /// Writes something last of all, as part of the commit. What every action holds until its end, such as a counter, is taken here: sorted
    /// by the name of what is held, in one order for all transactions, and only when nothing else is waited for. So no two actions wait
    /// for each other, whatever either of them does first. Writes under one name keep their order.
    pub fn at_commit<F>(&mut self, name: String, write: F)
    where
        F: for<'t> FnOnce(&'t mut Self) -> BoxFuture<'t, Result<(), StorageError>> + Send + 'static,
    {
        self.last.push((name, Box::new(write)));
    }

    /// Makes everything durable. On SQLite several waiting transactions share one commit.
    ///
    /// Refused when a statement of the transaction failed: PostgreSQL would roll everything back and call it a commit. When the answer is
    /// lost, nobody knows whether it took effect ([`StorageError::OutcomeUnknown`]).
    pub async fn commit(mut self) -> Result<(), StorageError> {
        self.nothing_failed()?;
        let mut last = std::mem::take(&mut self.last);
        last.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (_, write) in last {
            write(&mut self).await?;
        }
        self.nothing_failed()?;
        // On a task of its own: an asker who goes away now leaves nothing half done, neither a commit nor its hooks.
        let done = tokio::spawn(self.finish().in_current_span())
            .await
            .unwrap_or_else(|_| Err(StorageError::OutcomeUnknown(sqlx::Error::WorkerCrashed)));
        match &done {
            Ok(()) => attempt::committed(),
            Err(error) => attempt::failed(error),
        }
        done
    }

    fn nothing_failed(&self) -> Result<(), StorageError> {
        let why = || sqlx::Error::Protocol("commit after a statement failed".to_owned());
        match self.conn.failed {
            Failed::No => Ok(()),
            Failed::GaveWay => Err(StorageError::GaveWay(why())),
            Failed::Otherwise => Err(StorageError::Database(why())),
        }
    }

    async fn finish(self) -> Result<(), StorageError> {
        match self.conn.kind {
            Kind::SqliteWriter(turn) => turn.commit().await?,
            Kind::PgTx(tx, _permit) => tx.commit().await.map_err(StorageError::of_commit)?,
            Kind::SqliteReader(_) | Kind::SqliteSnapshot(_) | Kind::Pg(_) => {}
        }
        for hook in self.hooks {
            hook();
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}
impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

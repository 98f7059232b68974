//! A connection to either database, and a transaction on it.

use std::any::Any;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sqlx::PgConnection;
use tokio::sync::{Notify, OwnedSemaphorePermit};
use tracing::Instrument as _;

use crate::aside::aside;
use crate::error::StorageError;
use crate::lender::Lent;
use crate::postgres::Session;
use crate::query::{Text, Val, check_text};
use crate::row::Row;
use crate::sqlite::{Ended, SqliteConn, SqliteSnapshot, WriteTurn};
use crate::{attempt, counts};

/// What statements run on: a reader, or the inside of a [`Tx`].
pub struct Conn {
    kind: Kind,
    failed: Failed,
    /// Held by whoever reads much, whose statements leave the thread to others.
    long: Option<OwnedSemaphorePermit>,
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
    SqliteReader(Lent<SqliteConn>),
    SqliteSnapshot(SqliteSnapshot),
    SqliteWriter(WriteTurn),
    Pg(Session),
}

impl Conn {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, failed: Failed::No, long: None }
    }

    pub(crate) fn long(kind: Kind, place: OwnedSemaphorePermit) -> Self {
        Self { kind, failed: Failed::No, long: Some(place) }
    }

    /// Picks the text for the database at hand, for the few things that truly differ.
    pub fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        if self.is_sqlite() { sqlite } else { postgres }
    }

    /// For what one of the two has no need of.
    pub fn is_sqlite(&self) -> bool {
        !matches!(self.kind, Kind::Pg(_))
    }

    /// The connection itself, to stream from.
    pub(crate) fn pg(&mut self) -> Result<&mut PgConnection, StorageError> {
        match &mut self.kind {
            Kind::Pg(session) => session.conn(),
            _ => Err(StorageError::Decode("a connection to PostgreSQL".to_owned())),
        }
    }

    /// Runs a statement; the number of rows that it changed.
    pub(crate) async fn exec(&mut self, text: Text, args: Vec<Val>) -> Result<u64, StorageError> {
        counts::statement();
        let done = match check_text(&args) {
            Err(error) => Err(error),
            Ok(()) => match self.sqlite() {
                Ok(on) => let_others_in(on.each(&text, &args, &mut |_| ())).await,
                Err(session) => session.exec(&text, &args).await,
            },
        };
        done.inspect_err(|error| self.note(error))
    }

    /// Runs a statement and hands over its rows, one after the other.
    pub(crate) async fn each(
        &mut self,
        text: Text,
        args: Vec<Val>,
        take: &mut (dyn FnMut(&Row<'_>) + Send),
    ) -> Result<(), StorageError> {
        counts::statement();
        let done = match check_text(&args) {
            Err(error) => Err(error),
            Ok(()) => match self.sqlite() {
                Ok(on) => let_others_in(on.each(&text, &args, take).map(drop)).await,
                Err(session) => match session.rows(&text, &args).await {
                    Ok(rows) => {
                        for row in &rows {
                            take(&Row::Pg(row));
                        }
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
            },
        };
        done.inspect_err(|error| self.note(error))
    }

    /// Runs several statements without values, for as long as they take.
    pub(crate) async fn batch(&mut self, text: &str) -> Result<(), StorageError> {
        let done = match self.sqlite() {
            Ok(on) => aside(|| on.conn.batch(text)),
            Err(session) => session.batch(text.to_owned()).await,
        };
        done.inspect_err(|error| self.note(error))
    }

    /// Lets the transaction under way take as long as it takes on PostgreSQL.
    pub(crate) async fn without_bounds(&mut self) -> Result<(), StorageError> {
        match &mut self.kind {
            Kind::Pg(session) => session.without_bounds().await,
            _ => Ok(()),
        }
    }

    fn sqlite(&mut self) -> Result<OnSqlite<'_>, &mut Session> {
        let is_long = self.long.is_some();
        match &mut self.kind {
            Kind::SqliteReader(lent) => Ok(OnSqlite { conn: lent, is_long, is_writer: false }),
            Kind::SqliteSnapshot(snapshot) => {
                Ok(OnSqlite { conn: snapshot.conn(), is_long, is_writer: false })
            }
            Kind::SqliteWriter(turn) => Ok(OnSqlite { conn: turn.conn(), is_long, is_writer: true }),
            Kind::Pg(session) => Err(session),
        }
    }

    pub(crate) fn note(&mut self, error: &StorageError) {
        attempt::failed(error);
        match (self.failed, error) {
            (Failed::No, StorageError::GaveWay(_)) => self.failed = Failed::GaveWay,
            (Failed::No, _) => self.failed = Failed::Otherwise,
            _ => {}
        }
    }
}

/// SQLite answers without being waited for. Whoever asks it many things gives way now and then all the same.
async fn let_others_in<T>(done: T) -> T {
    tokio::task::coop::consume_budget().await;
    done
}

struct OnSqlite<'c> {
    conn: &'c mut SqliteConn,
    is_long: bool,
    is_writer: bool,
}

impl OnSqlite<'_> {
    fn each(self, text: &str, args: &[Val], take: &mut dyn FnMut(&Row<'_>)) -> Result<u64, StorageError> {
        let Self { conn, is_long, is_writer } = self;
        // What SQLite has rolled back by itself is not gone on with outside of any transaction.
        if is_writer && !conn.is_in_transaction() {
            return Err(StorageError::Unavailable("the transaction is over".into()));
        }
        if is_long || conn.took_long(text) {
            aside(|| conn.each(text, args, take))
        } else {
            conn.each(text, args, take)
        }
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
        counts::transaction();
        Self { conn, hooks: Vec::new(), last: Vec::new(), jobs_wanted, kept: None }
    }

    /// Keeps something, one thing, until the transaction has ended or is left to be rolled back.
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
    pub fn commit(self) -> BoxFuture<'static, Result<(), StorageError>> {
        Box::pin(self.last_and_commit())
    }

    async fn last_and_commit(mut self) -> Result<(), StorageError> {
        self.nothing_failed()?;
        let mut last = std::mem::take(&mut self.last);
        last.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (_, write) in last {
            write(&mut self).await?;
        }
        self.nothing_failed()?;
        let done = self.finish().await;
        match &done {
            Ok(()) => attempt::committed(),
            Err(error) => attempt::failed(error),
        }
        done
    }

    fn nothing_failed(&self) -> Result<(), StorageError> {
        let why = || "commit after a statement failed".into();
        match self.conn.failed {
            Failed::No => Ok(()),
            Failed::GaveWay => Err(StorageError::GaveWay(why())),
            Failed::Otherwise => Err(StorageError::Database(why())),
        }
    }

    /// An asker who goes away now leaves nothing half done, neither a commit nor its hooks: what is not done at once goes on by itself.
    async fn finish(self) -> Result<(), StorageError> {
        let Self { conn, hooks, kept, .. } = self;
        let shared = match conn.kind {
            Kind::SqliteWriter(turn) => match turn.end() {
                Ended::Now(done) => return done.map(|()| run(hooks)),
                Ended::Shared(shared) => Ok(shared),
            },
            Kind::Pg(session) => Err(session),
            Kind::SqliteReader(_) | Kind::SqliteSnapshot(_) => return Ok(()),
        };
        let by_itself = async move {
            match shared {
                Ok(shared) => shared.wait().await?,
                Err(session) => session.commit().await?,
            }
            run(hooks);
            drop(kept);
            Ok(())
        };
        tokio::spawn(by_itself.in_current_span())
            .await
            .unwrap_or_else(|error| Err(StorageError::OutcomeUnknown(error.into())))
    }
}

fn run(hooks: Vec<Hook>) {
    for hook in hooks {
        hook();
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

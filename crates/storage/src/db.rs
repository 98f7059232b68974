//! Opening a database by its address, and taking connections from it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::attempt;
use crate::conn::{Conn, Kind, Tx};
use crate::error::StorageError;
use crate::lender::Lender;
use crate::postgres::Postgres;
use crate::sqlite::{Place, Sqlite};

/// So many read much at the same time.
const LONG_READS: usize = 2;

/// A database: SQLite or PostgreSQL. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) which: Which,
    /// Rung by commits that enqueued a job which is due.
    jobs_wanted: Arc<Notify>,
    /// The places of those who read much.
    long_reads: Arc<Semaphore>,
}

#[derive(Clone)]
pub(crate) enum Which {
    Sqlite(Sqlite),
    Pg(Postgres),
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// Most connections at once (PostgreSQL), or most readers (SQLite).
    pub connections: u32,
    /// SQLite only: wait for the disk at each commit, so that an acknowledged write survives power loss.
    pub durable: bool,
    /// SQLite only: make the file if it is absent.
    pub create: bool,
    /// How long a request waits for a seat, and then for a connection that has to be opened, before it is told that the database is away.
    pub patience: Duration,
    /// What the database gives up by itself, so that a process that hangs stops no other.
    pub bounds: Bounds,
}

/// For how long something goes on. Migrations, restoring and snapshots have no bounds.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// PostgreSQL: a statement waits for a row that another transaction holds. More than the second after which a deadlock is looked for.
    pub lock: Duration,
    /// A statement runs.
    pub statement: Duration,
    /// PostgreSQL: an answer takes so much longer than the statement may. After that a line was cut without a word.
    pub on_the_way: Duration,
    /// PostgreSQL: a transaction is open and says nothing: whoever began it is frozen, or gone without a word.
    pub silence: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            lock: Duration::from_secs(3),
            statement: Duration::from_secs(30),
            on_the_way: Duration::from_secs(5),
            silence: Duration::from_secs(15),
        }
    }
}

impl Default for DbOptions {
    fn default() -> Self {
        let (patience, bounds) = (Duration::from_secs(2), Bounds::default());
        Self { connections: 8, durable: true, create: true, patience, bounds }
    }
}

impl Db {
    /// Opens `sqlite:PATH` (made if absent) or `postgres://…`.
    pub async fn open(address: &str, options: &DbOptions) -> Result<Self, StorageError> {
        let which = if address.starts_with("postgres") {
            Which::Pg(Postgres::open(address, options).await?)
        } else {
            let file = Place::file_of(address);
            let place = Place::new(file, options.create, options.durable, options.bounds.statement);
            Which::Sqlite(Sqlite::open(place, Lender::new(options.connections, options.patience))?)
        };
        Ok(Self { which, jobs_wanted: Arc::default(), long_reads: Arc::new(Semaphore::new(LONG_READS)) })
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.which, Which::Sqlite(_))
    }

    /// A connection that only reads.
    pub fn read(&self) -> BoxFuture<'_, Result<Conn, StorageError>> {
        Box::pin(async { Ok(Conn::new(self.reader().await?)) })
    }

    async fn reader(&self) -> Result<Kind, StorageError> {
        Ok(match &self.which {
            Which::Sqlite(sqlite) => Kind::SqliteReader(sqlite.reader().await?),
            Which::Pg(postgres) => Kind::Pg(postgres.session().await?),
        })
    }

    /// The same for what reads much: reports, exports, looking through everything. There are two such readings at a time, the others
    /// wait; on SQLite they leave their threads to others.
    pub fn read_long(&self) -> BoxFuture<'_, Result<Conn, StorageError>> {
        Box::pin(async {
            let place = self.place_to_read_much().await?;
            Ok(Conn::long(self.reader().await?, place))
        })
    }

    /// A connection that goes on reading what was committed when it first read, for as long as that takes.
    pub fn snapshot(&self) -> BoxFuture<'_, Result<Conn, StorageError>> {
        Box::pin(async {
            let place = self.place_to_read_much().await?;
            let kind = match &self.which {
                Which::Sqlite(sqlite) => Kind::SqliteSnapshot(sqlite.snapshot().await?),
                Which::Pg(postgres) => {
                    let mut session = postgres.session().await?;
                    session.begin("begin isolation level repeatable read read only", None).await?;
                    session.without_bounds().await?;
                    Kind::Pg(session)
                }
            };
            Ok(Conn::long(kind, place))
        })
    }

    async fn place_to_read_much(&self) -> Result<OwnedSemaphorePermit, StorageError> {
        attempt::rest();
        let place = Arc::clone(&self.long_reads).acquire_owned().await;
        place.map_err(|error| StorageError::Unavailable(error.into()))
    }

    /// A write transaction.
    pub fn begin_write(&self) -> BoxFuture<'_, Result<Tx, StorageError>> {
        Box::pin(async {
            let kind = match &self.which {
                Which::Sqlite(sqlite) => Kind::SqliteWriter(sqlite.writer.begin().await?),
                Which::Pg(postgres) => {
                    let permit = postgres.writers.take().await?;
                    let mut session = postgres.session().await?;
                    session.begin("begin read write", Some(permit)).await?;
                    Kind::Pg(session)
                }
            };
            Ok(Tx::new(Conn::new(kind), Arc::clone(&self.jobs_wanted)))
        })
    }

    /// Whether it can still be written to as far as we know: SQLite's file is the one that was opened, and there is a writer. PostgreSQL says
    /// so itself, to whoever asks something.
    pub fn is_whole(&self) -> Result<(), StorageError> {
        match &self.which {
            Which::Sqlite(sqlite) => sqlite.is_whole(),
            Which::Pg(_) => Ok(()),
        }
    }

    /// How many wait for their turn to write.
    pub fn waiting_writers(&self) -> usize {
        match &self.which {
            Which::Sqlite(sqlite) => sqlite.writer.waiting(),
            Which::Pg(postgres) => postgres.writers.waiting(),
        }
    }

    pub(crate) fn jobs_wanted(&self) -> &Notify {
        &self.jobs_wanted
    }

    /// SQLite: closes, with everything in the file itself and nothing in a journal beside it.
    pub(crate) async fn close_as_one_file(&self) -> Result<(), StorageError> {
        if let Which::Sqlite(sqlite) = &self.which {
            drop(sqlite.readers.close().await);
            sqlite
                .writer
                .alone(|conn| conn.batch("pragma busy_timeout = 5000; pragma journal_mode = delete"))
                .await?;
        }
        Ok(())
    }

    /// Finishes what is under way and closes all connections; SQLite's writer stays for whoever still has this.
    pub async fn close(&self) {
        match &self.which {
            Which::Sqlite(sqlite) => {
                if let Err(error) = sqlite.writer.close().await {
                    tracing::error!(
                        error = %kernel::Causes(&error),
                        "the writer did not close cleanly"
                    );
                }
                drop(sqlite.readers.close().await);
            }
            Which::Pg(postgres) => postgres.close().await,
        }
    }
}

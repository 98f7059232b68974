//! Opening a database by its address, and taking connections from it.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::Executor as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::sync::Notify;

use crate::conn::{Conn, Kind, Tx};
use crate::error::StorageError;
use crate::sqlite_writer::SqliteWriter;
use crate::write_permits::WritePermits;

/// For what takes as long as it takes.
pub(crate) const WITHOUT_BOUNDS_IN_THIS_TRANSACTION: &str = "set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";

/// A database: SQLite or PostgreSQL. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) which: Which,
    /// Rung by commits that enqueued a job which is due.
    jobs_wanted: Arc<Notify>,
}

#[derive(Clone)]
pub(crate) enum Which {
    Sqlite { readers: SqlitePool, writer: SqliteWriter },
    Pg { pool: PgPool, writers: WritePermits },
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
    /// How long a request waits for a connection before it is told that the database is away.
    pub patience: Duration,
    /// What PostgreSQL gives up by itself, so that a process that hangs stops no other.
    pub bounds: Bounds,
}

/// For how long PostgreSQL lets something go on. Migrations, restoring and snapshots have no bounds.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// A statement waits for a row that another transaction holds. More than the second after which a deadlock is looked for.
    pub lock: Duration,
    /// A statement runs.
    pub statement: Duration,
    /// A transaction is open and says nothing: whoever began it is frozen, or gone without a word.
    pub silence: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            lock: Duration::from_secs(3),
            statement: Duration::from_secs(30),
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
            Self::open_pg(address, options).await?
        } else {
            Self::open_sqlite(address, options).await?
        };
        Ok(Self { which, jobs_wanted: Arc::default() })
    }

    async fn open_pg(address: &str, options: &DbOptions) -> Result<Which, StorageError> {
        // Readers only read; a write transaction says that it writes.
        let connect = PgConnectOptions::from_str(address)?
            .application_name("lingxue")
            .options([("default_transaction_read_only", "on")])
            .options([
                ("lock_timeout", millis(options.bounds.lock)),
                ("statement_timeout", millis(options.bounds.statement)),
                ("idle_in_transaction_session_timeout", millis(options.bounds.silence)),
            ])
            // The server asks whether we are still there, and gives up what a machine without power or line has held.
            .options([
                ("tcp_keepalives_idle", "10"),
                ("tcp_keepalives_interval", "5"),
                ("tcp_keepalives_count", "3"),
                ("tcp_user_timeout", "25000"),
            ]);
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.patience)
            .connect_with(connect)
            .await?;
        let writers = WritePermits::of(options.connections, options.patience, options.bounds.lock);
        Ok(Which::Pg { pool, writers })
    }

    async fn open_sqlite(address: &str, options: &DbOptions) -> Result<Which, StorageError> {
        let writing = SqliteConnectOptions::from_str(address)?
            .create_if_missing(options.create)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(500);
        let writer = SqliteWriter::open(writing.clone()).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.connections.min(4))
            .acquire_timeout(options.patience)
            .connect_with(writing.pragma("query_only", "on"))
            .await?;
        Ok(Which::Sqlite { readers, writer })
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.which, Which::Sqlite { .. })
    }

    /// A connection that only reads.
    pub async fn read(&self) -> Result<Conn, StorageError> {
        Ok(Conn::new(match &self.which {
            Which::Sqlite { readers, .. } => Kind::SqliteReader(readers.acquire().await?),
            Which::Pg { pool, .. } => Kind::Pg(pool.acquire().await?),
        }))
    }

    /// A connection that goes on reading what was committed when it first read.
    pub async fn snapshot(&self) -> Result<Conn, StorageError> {
        Ok(Conn::new(match &self.which {
            Which::Sqlite { readers, .. } => Kind::SqliteSnapshot(readers.begin().await?),
            Which::Pg { pool, .. } => {
                let mut tx = pool.begin_with("begin isolation level repeatable read read only").await?;
                tx.execute(WITHOUT_BOUNDS_IN_THIS_TRANSACTION).await?;
                Kind::PgTx(tx, None)
            }
        }))
    }

    /// A write transaction.
    pub async fn begin_write(&self) -> Result<Tx, StorageError> {
        let conn = Conn::new(match &self.which {
            Which::Sqlite { writer, .. } => Kind::SqliteWriter(writer.begin().await?),
            Which::Pg { pool, writers } => {
                let permit = writers.take().await?;
                Kind::PgTx(pool.begin_with("begin read write").await?, Some(permit))
            }
        });
        Ok(Tx::new(conn, Arc::clone(&self.jobs_wanted)))
    }

    /// How many wait for their turn to write.
    pub fn waiting_writers(&self) -> usize {
        match &self.which {
            Which::Sqlite { writer, .. } => writer.waiting(),
            Which::Pg { writers, .. } => writers.waiting(),
        }
    }

    pub(crate) fn jobs_wanted(&self) -> &Notify {
        &self.jobs_wanted
    }

    /// SQLite: closes, with everything in the file itself and nothing in a journal beside it.
    pub(crate) async fn close_as_one_file(&self) -> Result<(), StorageError> {
        if let Which::Sqlite { readers, writer } = &self.which {
            readers.close().await;
            writer
                .with_conn(async |conn| Ok(conn.execute("pragma journal_mode = delete").await.map(drop)?))
                .await?;
        }
        Ok(())
    }

    /// Finishes what is under way and closes all connections.
    pub async fn close(&self) {
        match &self.which {
            Which::Sqlite { readers, writer } => {
                if let Err(error) = writer.close().await {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "the writer did not close cleanly"
                    );
                }
                readers.close().await;
            }
            Which::Pg { pool, .. } => pool.close().await,
        }
    }
}

fn millis(bound: Duration) -> String {
    bound.as_millis().to_string()
}

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
    Pg(PgPool),
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
}

impl Default for DbOptions {
    fn default() -> Self {
        Self { connections: 8, durable: true, create: true, patience: Duration::from_secs(2) }
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
            .options([("default_transaction_read_only", "on")]);
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.patience)
            .connect_with(connect)
            .await?;
        Ok(Which::Pg(pool))
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
            Which::Pg(pool) => Kind::Pg(pool.acquire().await?),
        }))
    }

    /// A connection that goes on reading what was committed when it first read.
    pub async fn snapshot(&self) -> Result<Conn, StorageError> {
        Ok(Conn::new(match &self.which {
            Which::Sqlite { readers, .. } => Kind::SqliteSnapshot(readers.begin().await?),
            Which::Pg(pool) => {
                Kind::PgTx(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        }))
    }

    /// A write transaction.
    pub async fn begin_write(&self) -> Result<Tx, StorageError> {
        let conn = Conn::new(match &self.which {
            Which::Sqlite { writer, .. } => Kind::SqliteWriter(writer.begin().await?),
            Which::Pg(pool) => Kind::PgTx(pool.begin_with("begin read write").await?),
        });
        Ok(Tx::new(conn, Arc::clone(&self.jobs_wanted)))
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
            Which::Pg(pool) => pool.close().await,
        }
    }
}

//! PostgreSQL: connections that are lent without asking each time whether they still live, and what becomes of those that do not.

mod args;
mod permits;
mod refusals;
mod session;

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use tokio::time::{Instant, sleep, timeout_at};

use crate::attempt;
use crate::db::DbOptions;
use crate::error::StorageError;
use crate::lender::{Lender, Seat};

pub(crate) use args::PgTime;
pub(crate) use permits::WritePermits;
pub(crate) use session::{PgConn, Session};

/// The product has about six hundred statements; the ones that are used every day stay prepared.
const PREPARED: usize = 400;
/// Between two attempts to reach a server that is starting.
const PAUSE: Duration = Duration::from_millis(50);

/// A database on a server.
#[derive(Clone)]
pub(crate) struct Postgres {
    connect: Arc<PgConnectOptions>,
    lender: Lender<PgConn>,
    /// For how long an answer is waited for: sqlx asks no connection whether it lives, so nobody else notices a line that is cut.
    answer: Duration,
    pub writers: WritePermits,
}

impl Postgres {
    pub async fn open(address: &str, options: &DbOptions) -> Result<Self, StorageError> {
        let millis = |bound: Duration| bound.as_millis().to_string();
        // Readers only read; a write transaction says that it writes.
        let connect = PgConnectOptions::from_str(address)?
            .application_name("lingxue")
            .statement_cache_capacity(PREPARED)
            .options([("default_transaction_read_only", "on"), ("client_min_messages", "error")])
            // Planning some statements takes forty times as long as running them. Left to itself, PostgreSQL plans each six times on each
            // connection before it keeps a plan, and compiles what it takes for long.
            .options([("plan_cache_mode", "force_generic_plan"), ("jit", "off")])
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
        let lender = Lender::new(options.connections, options.patience);
        let writers = WritePermits::of(options.connections, options.patience, options.bounds.lock);
        let answer = options.bounds.statement.saturating_add(options.bounds.on_the_way);
        let database = Self { connect: Arc::new(connect), lender, answer, writers };
        // Whether it is there at all.
        drop(database.session().await?);
        Ok(database)
    }

    /// The connection that the attempt under way has kept, one that is free, or a new one.
    pub async fn session(&self) -> Result<Session, StorageError> {
        if let Some(kept) = attempt::number().and_then(|number| self.lender.kept(number)) {
            return Ok(Session::of(self.clone(), kept));
        }
        let seat = self.lender.seat().await?;
        match seat.free() {
            Ok(lent) => Ok(Session::of(self.clone(), lent)),
            Err(seat) => self.new_session(seat).await,
        }
    }

    async fn new_session(&self, seat: Seat<PgConn>) -> Result<Session, StorageError> {
        let conn = self.connect().await?;
        Ok(Session::of(self.clone(), seat.with(conn)))
    }

    /// A server that is just starting is waited for.
    async fn connect(&self) -> Result<PgConn, StorageError> {
        let end = Instant::now() + self.lender.patience();
        loop {
            let error = match timeout_at(end, PgConnection::connect_with(&self.connect)).await {
                Ok(Ok(conn)) => return Ok(PgConn::new(conn)),
                Ok(Err(error)) => error,
                Err(_) => return Err(StorageError::Unavailable("no connection within the patience".into())),
            };
            if !refusals::is_passing(&error) || Instant::now() + PAUSE >= end {
                return Err(error.into());
            }
            sleep(PAUSE).await;
        }
    }

    /// Waits for what is under way and closes all connections.
    pub async fn close(&self) {
        for conn in self.lender.close().await {
            conn.close().await;
        }
    }
}

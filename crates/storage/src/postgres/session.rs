//! A connection while somebody has it, and how it is left.

use std::io;
use std::time::Duration;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlStr};
use tokio::time::{Instant, timeout};

use super::permits::WritePermit;
use super::{Postgres, args, refusals};
use crate::attempt;
use crate::error::StorageError;
use crate::lender::Lent;
use crate::query::{Text, Val, sql_str};

/// What a server has learnt for a connection grows with time: it is not kept for longer.
const OLD: Duration = Duration::from_mins(30);
/// For what takes as long as it takes.
const WITHOUT_BOUNDS_IN_THIS_TRANSACTION: &str = "set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0";
/// A statement that nobody waits for any more is given so long to end.
const TO_END: Duration = Duration::from_secs(5);

pub(crate) struct PgConn {
    inner: PgConnection,
    opened: Instant,
}

impl PgConn {
    pub fn new(inner: PgConnection) -> Self {
        Self { inner, opened: Instant::now() }
    }

    pub async fn close(self) {
        // A server that is gone has closed it already.
        let _ = timeout(TO_END, self.inner.close()).await;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Quiet,
    /// A statement was sent whose answer was not read.
    Asked,
    Broken,
}

/// A connection in somebody's hands.
pub(crate) struct Session {
    /// Empty while it is being left, and when no other could be had in the place of a broken one.
    lent: Option<Lent<PgConn>>,
    database: Postgres,
    state: State,
    /// In a transaction, which ends with this unless it is committed.
    is_open: bool,
    /// For how long an answer is waited for.
    answer: Option<Duration>,
    /// The turn to write, until the transaction has ended.
    permit: Option<WritePermit>,
}

impl Session {
    pub fn of(database: Postgres, lent: Lent<PgConn>) -> Self {
        let answer = Some(database.answer);
        Self { lent: Some(lent), database, state: State::Quiet, is_open: false, answer, permit: None }
    }

    pub fn conn(&mut self) -> Result<&mut PgConnection, StorageError> {
        let lent = self.lent.as_mut();
        lent.map(|lent| &mut lent.inner)
            .ok_or_else(|| StorageError::Unavailable("the connection is lost".into()))
    }

    /// Lets the transaction under way take as long as it takes.
    pub async fn without_bounds(&mut self) -> Result<(), StorageError> {
        self.answer = None;
        self.batch(WITHOUT_BOUNDS_IN_THIS_TRANSACTION.to_owned()).await
    }

    /// Opens a transaction, which is rolled back unless it is [committed](Self::commit).
    pub async fn begin(
        &mut self,
        how: &'static str,
        permit: Option<WritePermit>,
    ) -> Result<(), StorageError> {
        self.permit = permit;
        let mut done = self.word(how).await;
        if self.is_to_be_renewed() {
            self.renew().await?;
            done = self.word(how).await;
        }
        self.is_open = done.is_ok();
        done
    }

    pub async fn commit(mut self) -> Result<(), StorageError> {
        self.state = State::Asked;
        let answer = self.answer;
        let done = within(answer, self.conn()?.execute("commit")).await;
        self.is_open = done.is_err();
        self.heard(&done);
        done.map(drop).map_err(StorageError::of_pg_commit)
    }

    /// Several statements without values.
    pub async fn batch(&mut self, text: String) -> Result<(), StorageError> {
        self.state = State::Asked;
        let answer = self.answer;
        let done = within(answer, self.conn()?.execute(AssertSqlSafe(text))).await;
        self.heard(&done);
        Ok(done.map(drop)?)
    }

    async fn word(&mut self, word: &'static str) -> Result<(), StorageError> {
        self.state = State::Asked;
        let answer = self.answer;
        let done = within(answer, self.conn()?.execute(word)).await;
        self.heard(&done);
        Ok(done.map(drop)?)
    }

    /// How many rows a statement changed.
    pub async fn exec(&mut self, text: &Text, values: &[Val]) -> Result<u64, StorageError> {
        let mut done = self.try_exec(sql_str(text), values).await;
        if self.is_to_be_renewed() {
            self.renew().await?;
            done = self.try_exec(sql_str(text), values).await;
        }
        done
    }

    pub async fn rows(&mut self, text: &Text, values: &[Val]) -> Result<Vec<PgRow>, StorageError> {
        let mut done = self.try_rows(sql_str(text), values).await;
        if self.is_to_be_renewed() {
            self.renew().await?;
            done = self.try_rows(sql_str(text), values).await;
        }
        done
    }

    async fn try_exec(&mut self, text: SqlStr, values: &[Val]) -> Result<u64, StorageError> {
        let query = sqlx::query_with(text, args::of(values)?);
        self.state = State::Asked;
        let answer = self.answer;
        let done = within(answer, self.conn()?.execute(query)).await;
        self.heard(&done);
        Ok(done?.rows_affected())
    }

    async fn try_rows(&mut self, text: SqlStr, values: &[Val]) -> Result<Vec<PgRow>, StorageError> {
        let query = sqlx::query_with(text, args::of(values)?);
        self.state = State::Asked;
        let answer = self.answer;
        let done = within(answer, self.conn()?.fetch_all(query)).await;
        self.heard(&done);
        Ok(done?)
    }

    fn heard<T>(&mut self, done: &Result<T, sqlx::Error>) {
        self.state = if done.as_ref().is_err_and(refusals::is_lost) { State::Broken } else { State::Quiet };
    }

    /// Outside of a transaction there is only reading, which can be done again.
    fn is_to_be_renewed(&self) -> bool {
        self.state == State::Broken && !self.is_open
    }

    /// Takes a new connection in the place of one that is broken. What broke it has met those that lie free.
    async fn renew(&mut self) -> Result<(), StorageError> {
        let Some((_broken, seat)) = self.lent.take().and_then(Lent::into_parts) else { return Ok(()) };
        self.database.lender.forget_free();
        self.lent = Some(seat.with(self.database.connect().await?));
        self.state = State::Quiet;
        Ok(())
    }
}

/// Waits for an answer no longer than it can take.
async fn within<T>(
    answer: Option<Duration>,
    asked: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let Some(answer) = answer else { return asked.await };
    let heard = timeout(answer, asked).await;
    heard.unwrap_or_else(|_| Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into())))
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(lent) = self.lent.take() else { return };
        match self.state {
            State::Broken => drop(lent.into_parts()),
            // Without a transaction this only waits for the answer that was not read.
            _ if self.is_open || self.state == State::Asked => {
                leave(lent, Some("rollback"), self.permit.take());
            }
            _ if lent.opened.elapsed() > OLD => leave(lent, None, self.permit.take()),
            _ => attempt::keep(&self.database.lender, lent),
        }
    }
}

/// Ends what is open on a task of its own, and gives the connection back then; without a word it is closed.
fn leave(mut lent: Lent<PgConn>, word: Option<&'static str>, permit: Option<WritePermit>) {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        drop(lent.into_parts());
        return;
    };
    runtime.spawn(async move {
        let said = match word {
            Some(word) => timeout(TO_END, lent.inner.execute(word)).await.map(|said| said.is_ok()),
            None => Ok(false),
        };
        if said != Ok(true)
            && let Some((conn, seat)) = lent.into_parts()
        {
            if said.is_err() {
                seat.forget_free();
            }
            conn.close().await;
        }
        drop(permit);
    });
}

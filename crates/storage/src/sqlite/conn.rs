//! One connection to a SQLite file, used by whoever holds it on their own thread.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};

use crate::error::StorageError;
use crate::query::Val;
use crate::row::{Row, SqliteRow};

/// How many statements a connection keeps prepared; the product has about six hundred.
const PREPARED: usize = 700;
/// Between so many steps of SQLite's machine, something like a millisecond, the time is looked at.
const STEPS: i32 = 50_000;
/// What takes longer than this is run aside the next time.
const LONG: Duration = Duration::from_millis(2);

pub(crate) struct SqliteConn {
    /// Only ever reached through `&mut`: the mutex is never locked, and makes holders of a connection shareable.
    inner: Mutex<Connection>,
    /// How long a statement may run.
    bound: Duration,
    clock: Arc<Clock>,
    /// The texts, by their places in memory, that took long when they were last run.
    long: HashSet<usize>,
}

/// Until when the statement under way may run: microseconds since the program started.
struct Clock(AtomicU64);

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn micros(instant: Duration) -> u64 {
    u64::try_from(instant.as_micros()).unwrap_or(u64::MAX)
}

impl Clock {
    /// Starts it; the time since the program started.
    fn start(&self, bound: Duration) -> Duration {
        let now = START.elapsed();
        self.0.store(micros(now.saturating_add(bound)), Ordering::Relaxed);
        now
    }

    fn stop(&self) {
        self.0.store(u64::MAX, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        micros(START.elapsed()) > self.0.load(Ordering::Relaxed)
    }
}

impl SqliteConn {
    pub fn new(conn: Connection, bound: Duration) -> Result<Self, StorageError> {
        conn.set_prepared_statement_cache_capacity(PREPARED);
        let clock = Arc::new(Clock(AtomicU64::new(u64::MAX)));
        let watched = Arc::clone(&clock);
        // Text is compared by bytes here as it is; the other database has to be told, by this name.
        conn.create_collation("C", |one: &str, other: &str| one.cmp(other))?;
        conn.progress_handler(STEPS, Some(move || watched.is_over()))?;
        Ok(Self { inner: Mutex::new(conn), bound, clock, long: HashSet::new() })
    }

    /// Lets statements run for so long from now on; how long they could until now.
    pub fn set_bound(&mut self, bound: Duration) -> Duration {
        std::mem::replace(&mut self.bound, bound)
    }

    fn inner(&mut self) -> &mut Connection {
        self.inner.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a statement and hands over its rows; how many rows it changed.
    pub fn each(
        &mut self,
        text: &str,
        args: &[Val],
        take: &mut dyn FnMut(&Row<'_>),
    ) -> Result<u64, StorageError> {
        let begun = self.clock.start(self.bound);
        let done = self.run(text, args, take);
        self.clock.stop();
        if START.elapsed().saturating_sub(begun) > LONG {
            self.long.insert(place(text));
        } else if !self.long.is_empty() {
            self.long.remove(&place(text));
        }
        done
    }

    /// Whether a statement took long the last time.
    pub fn took_long(&self, text: &str) -> bool {
        !self.long.is_empty() && self.long.contains(&place(text))
    }

    fn run(&mut self, text: &str, args: &[Val], take: &mut dyn FnMut(&Row<'_>)) -> Result<u64, StorageError> {
        let conn = &*self.inner();
        let mut statement = conn.prepare_cached(text)?;
        bind(&mut statement, args)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            take(&Row::Sqlite(SqliteRow::new(row)));
        }
        Ok(conn.changes())
    }

    /// Whether a transaction is open. Some errors, an interruption among them, end it by themselves.
    pub fn is_in_transaction(&mut self) -> bool {
        !self.inner().is_autocommit()
    }

    /// Runs several statements without values, for as long as they take.
    pub fn batch(&mut self, text: &str) -> Result<(), StorageError> {
        Ok(self.inner().execute_batch(text)?)
    }

    /// One of the few words that begin and end transactions.
    pub fn word(&mut self, word: &str) -> rusqlite::Result<()> {
        self.inner().prepare_cached(word)?.raw_execute().map(drop)
    }
}

/// Where a text of the program stands in memory. Another may stand there later where it was put together; then it is run aside once.
fn place(text: &str) -> usize {
    text.as_ptr().addr()
}

/// `$3` is the third value, wherever and however often it stands.
fn bind(statement: &mut CachedStatement<'_>, args: &[Val]) -> Result<(), StorageError> {
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let value = number.and_then(|number| args.get(number.checked_sub(1)?));
        let value = value.ok_or_else(|| StorageError::Statement(format!("no value for mark {place}")))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let borrowed = |value| Ok(ToSqlOutput::Borrowed(value));
        match self {
            Self::Bool(Some(v)) => borrowed(ValueRef::Integer(i64::from(*v))),
            Self::Int(Some(v)) => borrowed(ValueRef::Integer(*v)),
            Self::Float(Some(v)) => borrowed(ValueRef::Real(*v)),
            Self::Text(Some(v)) => borrowed(ValueRef::Text(v.as_bytes())),
            Self::Bytes(Some(v)) => borrowed(ValueRef::Blob(v)),
            Self::Uuid(Some(v)) => borrowed(ValueRef::Blob(v.as_bytes())),
            Self::Time(Some(v)) => borrowed(ValueRef::Integer(v.micros())),
            Self::Json(Some(v)) => Ok(ToSqlOutput::Owned(Value::Text(v.to_string()))),
            Self::Bool(None)
            | Self::Int(None)
            | Self::Float(None)
            | Self::Text(None)
            | Self::Bytes(None)
            | Self::Uuid(None)
            | Self::Time(None)
            | Self::Json(None) => borrowed(ValueRef::Null),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_numbers_of_values() {
        let conn = Connection::open_in_memory().expect("memory");
        let mut conn = SqliteConn::new(conn, Duration::from_secs(1)).expect("a connection");
        let args = [Val::from(10_i64), Val::from(20_i64), Val::from(30_i64)];
        let mut seen = Vec::new();
        conn.each("select $3 - $1 as value, $1 as again", &args, &mut |row| {
            seen.push(row.get::<i64>("value").expect("a number"));
        })
        .expect("a statement");
        assert_eq!(seen, [20]);
        let missing = conn.each("select $4", &args, &mut |_| ()).expect_err("there are three");
        assert!(matches!(missing, StorageError::Statement(_)), "{missing:?}");
    }
}

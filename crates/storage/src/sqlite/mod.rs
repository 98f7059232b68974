//! SQLite, on the thread that asks: a statement is a function call, with nobody in between to wake.

mod conn;
mod place;
mod refusals;
mod writer;

use std::time::Duration;

use crate::error::StorageError;
use crate::lender::{Lender, Lent};

pub(crate) use conn::SqliteConn;
pub(crate) use place::Place;
pub(crate) use writer::{Ended, WriteTurn, Writer};

/// A database in a file: many read, one writes.
#[derive(Clone)]
pub(crate) struct Sqlite {
    pub readers: Lender<SqliteConn>,
    pub writer: Writer,
    place: Place,
}

impl Sqlite {
    pub fn open(place: Place, readers: Lender<SqliteConn>) -> Result<Self, StorageError> {
        let writer = Writer::open(place.clone())?;
        Ok(Self { readers, writer, place })
    }

    pub fn is_whole(&self) -> Result<(), StorageError> {
        self.place.is_itself()?;
        self.writer.is_whole()
    }

    pub async fn snapshot(&self) -> Result<SqliteSnapshot, StorageError> {
        let mut conn = self.reader().await?;
        conn.word("begin")?;
        let bound = conn.set_bound(Duration::MAX);
        Ok(SqliteSnapshot { conn, bound })
    }

    pub async fn reader(&self) -> Result<Lent<SqliteConn>, StorageError> {
        let seat = self.readers.seat().await?;
        match seat.free() {
            Ok(lent) => Ok(lent),
            Err(seat) => Ok(seat.with(self.place.reader()?)),
        }
    }
}

/// A reader that goes on reading what was committed when it first read, for as long as it takes.
pub(crate) struct SqliteSnapshot {
    conn: Lent<SqliteConn>,
    /// How long a statement may run afterwards.
    bound: Duration,
}

impl SqliteSnapshot {
    pub fn conn(&mut self) -> &mut SqliteConn {
        &mut self.conn
    }
}

impl Drop for SqliteSnapshot {
    fn drop(&mut self) {
        self.conn.set_bound(self.bound);
        if let Err(error) = self.conn.word("rollback") {
            tracing::error!(error = %kernel::Causes(&error), "a snapshot was not let go");
            // Whoever had it next would go on reading what was.
            self.conn.discard();
        }
    }
}

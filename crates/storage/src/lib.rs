#![doc = include_str!("../README.md")]

mod aside;
mod conn;
mod counts;
mod db;
mod error;
mod lender;
mod migrate;
mod named;
mod postgres;
mod query;
mod row;
mod sqlite;
mod waiting;
mod words;

pub mod attempt;
pub mod audit;
pub mod backup;
pub mod blobs;
pub mod idempotency;
pub mod jobs;
pub mod keys;
pub mod learning_records;
pub mod processes;

pub use conn::{Conn, Tx};
pub use counts::{Counts, counted, counts};
pub use db::{Bounds, Db, DbOptions};
pub use error::{Cause, StorageError, Violation, ViolationKind};
pub use migrate::{applied_migrations, known_migrations, migrate, migrations_seal};
pub use named::numbered;
pub use query::{Query, Val, containing, sql};
pub use row::{Field, FromRow, Json, Row};
pub use words::Word;

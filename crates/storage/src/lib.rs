#![doc = include_str!("../README.md")]

mod conn;
mod db;
mod error;
mod migrate;
mod named;
mod query;
mod row;
mod sqlite_writer;
mod words;
mod write_permits;

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
pub use db::{Bounds, Db, DbOptions};
pub use error::{StorageError, Violation, ViolationKind};
pub use migrate::{applied_migrations, known_migrations, migrate, migrations_seal};
pub use named::numbered;
pub use query::{Query, Val, containing, sql};
pub use row::{Field, FromRow, Json, Row};
pub use words::Word;

#![doc = include_str!("../README.md")]
#![allow(clippy::missing_panics_doc, reason = "a test helper panics when the test fails")]

mod bed;
mod caller;
mod client;
mod databases;
mod hub;
mod race;
pub mod rows;
mod waiting;

pub use bed::TestBed;
pub use caller::{CallerBook, TestPerson};
pub use client::{Answered, AsPerson, TestApp};
pub use databases::{TestDb, Which};
pub use race::both;

/// Declares one test as two: `on_sqlite::name` and `on_postgres::name`.
///
/// Invoke it at most once per module per name; the body is an async closure over a [`TestBed`].
#[macro_export]
macro_rules! on_both_databases {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            #[test]
            fn on_sqlite() {
                $crate::TestBed::run($crate::Which::Sqlite, $body);
            }
            #[test]
            fn on_postgres() {
                $crate::TestBed::run($crate::Which::Postgres, $body);
            }
        }
    };
}

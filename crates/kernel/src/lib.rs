#![doc = include_str!("../README.md")]

pub mod ambient;
pub mod causes;
pub mod id;
pub mod jwt;
pub mod lang;
pub mod learning_record;
pub mod role;
pub mod spelling;
pub mod tally;
pub mod time;
pub mod typeid;

pub use ambient::{Ambient, Clock, Entropy};
pub use causes::Causes;
pub use lang::{Lang, Text};
pub use learning_record::{LearningRecord, Verb};
pub use role::{Actor, Grant, Role, Scope};
pub use tally::Tally;
pub use time::{Date, TimeZone, Timestamp, Window};

#![doc = include_str!("../README.md")]

mod address;
mod again;
mod halt;
mod input;
mod layers;
mod limits;
pub mod markdown;
mod once;
mod openapi;
mod page;
mod path;
mod platform;
mod problem;
mod problem_layer;
mod rules_text;
mod signed_in;
mod text;
mod version;

pub use address::{ClientAddress, aggregate, network};
pub use halt::Halt;
pub use input::{Input, Query};
pub use layers::{LayerOptions, surround};
pub use limits::RateLimit;
pub use once::{Answer, Once, OnceSeed, Posted};
pub use openapi::finish_document;
pub use page::{Page, Paged};
pub use path::{Path, path_param};
pub use platform::{Authenticator, Platform};
pub use problem::{FieldProblem, Problem, not_found};
pub use rules_text::rule;
pub use signed_in::{Reader, SignedIn, reader};
pub use text::check_text;
pub use version::{IfMatch, Versioned, edit_conflict};

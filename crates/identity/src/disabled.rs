//! An account was disabled: what other areas do about it is a job, which one of them does.

use kernel::id::PersonId;
use serde::{Deserialize, Serialize};
use storage::jobs::Kind;

/// Enqueued when somebody is disabled who was not. By the time it is done they may be enabled again.
pub const DISABLED: Kind = Kind::quick("identity.person_disabled");

/// The payload.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Disabled {
    pub person: PersonId,
}

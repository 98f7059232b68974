//! Somebody signs in by another phone from now on: that they are told is a job, which another area does.

use kernel::id::PersonId;
use serde::{Deserialize, Serialize};
use storage::jobs::Kind;

/// Enqueued when the phone by which somebody signed in is another's from now on.
pub const PHONE_CHANGED: Kind = Kind::quick("identity.phone_changed");

/// The payload; numbers are masked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PhoneChanged {
    pub person: PersonId,
    pub from: String,
    pub to: String,
}

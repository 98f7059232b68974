//! Somebody signs in by another phone from now on, or by none: that they are told is a job, which another area does, and so is that their
//! offices are told when the one before comes back.

use kernel::Timestamp;
use kernel::id::PersonId;
use serde::{Deserialize, Serialize};
use storage::jobs::Kind;

/// Enqueued when the phone by which somebody signed in is another's from now on, was taken away, or is their first.
pub const PHONE_CHANGED: Kind = Kind::quick("identity.phone_changed");

/// The payload; numbers are masked. None is there where there was or is no phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PhoneChanged {
    pub person: PersonId,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Enqueued when somebody signed in rightly by what an account was opened with before its phone was changed: perhaps the owner, whom
/// somebody else shut out. Once for each change.
pub const FORMER_SIGN_IN: Kind = Kind::quick("identity.former_sign_in");

/// The payload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FormerSignIn {
    pub person: PersonId,
    pub name: String,
    pub changed_at: Timestamp,
    /// Who is to hear of it.
    pub tell: Vec<PersonId>,
}

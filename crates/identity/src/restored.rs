//! What must not come back to life with a backup.

use kernel::Timestamp;
use storage::{StorageError, Tx};

use crate::store::{first_use, sessions};

/// What was ended in a restored database.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    pub sessions: u64,
    pub links: u64,
}

/// Ends every session and voids every unused one-time link. Who has signed out, changed a password or used a link since the backup did it
/// in the history that is lost: what that ended would be good again. Everybody signs in anew.
pub async fn end_what_is_open(tx: &mut Tx, now: Timestamp) -> Result<Ended, StorageError> {
    let sessions = sessions::end_every_one(tx, now).await?;
    let links = first_use::void_every_one(tx).await?;
    Ok(Ended { sessions, links })
}

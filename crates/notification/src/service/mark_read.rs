//! A person has seen a notice, or all of them; their other devices hear of it.

use kernel::Ambient;
use kernel::id::{NoticeId, PersonId};
use realtime::{Channel, Hub};
use storage::{StorageError, Tx};

use crate::store;
use crate::views::UnreadNoticesView;

/// Marks one notice as read; `false` when the person has no such notice.
pub async fn one(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    person: PersonId,
    notice: NoticeId,
) -> Result<bool, StorageError> {
    let Some(marked) = store::notices::mark_read(tx, person, notice, ambient.now()).await? else {
        return Ok(false);
    };
    tell(tx, ambient, hub, person, marked).await?;
    Ok(true)
}

/// Marks all notices as read.
pub async fn all(tx: &mut Tx, ambient: &Ambient, hub: &Hub, person: PersonId) -> Result<(), StorageError> {
    let marked = store::notices::mark_all_read(tx, person, ambient.now()).await?;
    tell(tx, ambient, hub, person, marked).await
}

async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    person: PersonId,
    marked: u64,
) -> Result<(), StorageError> {
    if marked > 0 {
        let unread = UnreadNoticesView { unread: store::notices::count_unread(tx, person).await? };
        realtime::publish(tx, ambient, hub, &Channel::Person(person), "notices_read", &unread)?;
    }
    Ok(())
}

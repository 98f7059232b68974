//! Tells people what they should know, as part of the action that causes it.

use kernel::Ambient;
use kernel::id::PersonId;
use realtime::{Channel, Hub};
use storage::{StorageError, Tx};

use crate::notice::Notice;
use crate::store;
use crate::views::PersonNoticeView;

/// Gives one person a notice.
pub async fn notify(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    person: PersonId,
    notice: &Notice,
) -> Result<(), StorageError> {
    let stored = store::notices::insert(tx, ambient.new_id(), person, notice, ambient.now()).await?;
    let event = PersonNoticeView::from(stored);
    realtime::publish(tx, ambient, hub, &Channel::Person(person), "notice_added", &event)?;
    Ok(())
}

/// Gives several people the same notice, each once.
pub async fn notify_all(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    people: impl IntoIterator<Item = PersonId>,
    notice: &Notice,
) -> Result<(), StorageError> {
    let people: std::collections::BTreeSet<PersonId> = people.into_iter().collect();
    for person in people {
        notify(tx, ambient, hub, person, notice).await?;
    }
    Ok(())
}

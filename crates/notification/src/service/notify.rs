//! Tells people what they should know, as part of the action that causes it.

use std::collections::BTreeSet;

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

/// How long an unread notice stands for whatever happens again behind its page.
const STANDS_FOR_SECONDS: i64 = 3_600;

/// Gives several people the same notice, each once, of what may happen many times in a row: who has not read the same one of the last hour
/// is not told again. A page may stand for several things (the lists of two weeks): the words tell them apart.
pub async fn remind_all(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    people: impl IntoIterator<Item = PersonId>,
    notice: &Notice,
) -> Result<(), StorageError> {
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    let since = ambient.now().plus_seconds(-STANDS_FOR_SECONDS);
    for person in people {
        if !store::notices::is_waiting(tx, person, notice, since).await? {
            notify(tx, ambient, hub, person, notice).await?;
        }
    }
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
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    for person in people {
        notify(tx, ambient, hub, person, notice).await?;
    }
    Ok(())
}

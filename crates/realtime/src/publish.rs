//! How an action tells what it did: the event is a row of the action's own transaction.

use kernel::Ambient;
use serde::Serialize;
use storage::{StorageError, Tx};

use crate::channel::Channel;
use crate::hub::Hub;
use crate::store;

/// Writes the channel's next event; when the transaction commits, it goes out to those who listen. Returns its number.
///
/// The `kind` says what happened in the area's words (`post_written`); `data` is an object, enough for a client to know
/// what to show or fetch, and nothing that not everybody in the channel may see.
///
/// The channel is held until the commit: publish last in the action, and to several channels in the same order everywhere
/// (class, conversation, live, person), so that two actions never wait for each other.
pub async fn publish(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    channel: &Channel,
    kind: &str,
    data: &impl Serialize,
) -> Result<i64, StorageError> {
    let channel = *channel;
    let data = serde_json::to_value(data).map_err(|error| StorageError::Decode(error.to_string()))?;
    let number = store::next_number(tx, channel).await?;
    store::insert_event(tx, channel, number, kind, &data, ambient.now()).await?;
    let (hub, kind) = (hub.clone(), kind.to_owned());
    tx.on_commit(move || hub.committed(channel, number, &kind, &data));
    Ok(number)
}

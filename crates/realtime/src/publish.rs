//! How an action tells what it did: the event is a row of the action's own transaction.

use kernel::Ambient;
use serde::Serialize;
use storage::{StorageError, Tx};

use crate::channel::Channel;
use crate::hub::Hub;
use crate::store;

/// Tells a channel what happened: the event is written, under the channel's next number, as part of the transaction's commit, and goes
/// out to those who listen once that succeeded.
///
/// The `kind` says what happened in the area's words (`post_written`); `data` is an object, enough for a client to know
/// what to show or fetch, and nothing that not everybody in the channel may see.
///
/// A channel is held from its number to the end of the commit. Numbers are taken last of all and in the order of the channels' names, so
/// that no two actions wait for each other, whomever each of them tells first.
pub fn publish(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    channel: &Channel,
    kind: &str,
    data: &impl Serialize,
) -> Result<(), StorageError> {
    let (channel, hub, kind, at) = (*channel, hub.clone(), kind.to_owned(), ambient.now());
    let data = serde_json::to_value(data).map_err(|error| StorageError::Decode(error.to_string()))?;
    tx.at_commit(channel.to_string(), move |tx| {
        Box::pin(async move {
            let number = store::append(tx, channel, &kind, &data, at).await?;
            tx.on_commit(move || hub.committed(channel, number, &kind, &data));
            Ok(())
        })
    });
    Ok(())
}

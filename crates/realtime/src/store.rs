//! The rows behind the channels: epoch, counters, events, tickets.

use kernel::id::{PersonId, SessionId};
use kernel::{Grant, Timestamp};
use storage::{Conn, Json, StorageError, Tx, sql};

use crate::channel::Channel;

storage::from_row! {
    /// An event as it is kept.
    #[derive(Debug)]
    pub(crate) struct StoredEvent { pub number: i64, pub kind: String, pub data: Json<serde_json::Value> }
}
storage::from_row! {
    /// How far a channel is.
    #[derive(Debug)]
    pub(crate) struct ChannelHead { pub name: String, pub number: i64 }
}
storage::from_row! {
    /// A ticket that was still unused.
    #[derive(Debug)]
    pub(crate) struct StoredTicket {
        pub person_id: PersonId, pub session_id: SessionId, pub grants: Json<Vec<Grant>>, pub issued_at: Timestamp,
    }
}

pub(crate) async fn epoch(conn: &mut Conn) -> Result<Option<String>, StorageError> {
    sql("select epoch as value from realtime_epochs where id = 1").opt(conn).await
}

/// Writes the epoch unless another process was faster.
pub(crate) async fn begin_epoch(tx: &mut Tx, epoch: &str) -> Result<(), StorageError> {
    sql("insert into realtime_epochs (id, epoch) values (1, $1) on conflict (id) do nothing")
        .bind(epoch)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn replace_epoch(tx: &mut Tx, epoch: &str) -> Result<(), StorageError> {
    sql("insert into realtime_epochs (id, epoch) values (1, $1) on conflict (id) do update set epoch = excluded.epoch")
        .bind(epoch)
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes an event under its channel's next number, which it takes and holds until the transaction ends.
pub(crate) async fn append(
    tx: &mut Tx,
    channel: Channel,
    kind: &str,
    data: &serde_json::Value,
    at: Timestamp,
) -> Result<i64, StorageError> {
    let name = channel.to_string();
    if tx.is_sqlite() {
        let number = next_number(tx, &name).await?;
        sql("insert into realtime_events (channel, number, kind, data, at) values ($1, $2, $3, $4, $5)")
            .bind(name)
            .bind(number)
            .bind(kind)
            .bind(data)
            .bind(at)
            .exec(tx)
            .await?;
        return Ok(number);
    }
    // Each statement is a way there and back: the number goes into the event without coming here.
    sql("with counted as (insert into realtime_channels (name, number) values ($1, 1) \
         on conflict (name) do update set number = realtime_channels.number + 1 returning number) \
         insert into realtime_events (channel, number, kind, data, at) select $1, number, $2, $3, $4 from counted \
         returning number as value")
    .bind(name)
    .bind(kind)
    .bind(data)
    .bind(at)
    .one(tx)
    .await
}

async fn next_number(tx: &mut Tx, name: &str) -> Result<i64, StorageError> {
    sql("insert into realtime_channels (name, number) values ($1, 1) \
         on conflict (name) do update set number = realtime_channels.number + 1 returning number as value")
    .bind(name)
    .one(tx)
    .await
}

/// The channel's last number; 0 before its first event.
pub(crate) async fn head(conn: &mut Conn, channel: Channel) -> Result<i64, StorageError> {
    let number = sql("select number as value from realtime_channels where name = $1")
        .bind(channel.to_string())
        .opt(conn)
        .await?;
    Ok(number.unwrap_or(0))
}

/// The last numbers of several channels; those without an event are left out.
pub(crate) async fn heads(conn: &mut Conn, channels: &[Channel]) -> Result<Vec<ChannelHead>, StorageError> {
    sql("select name, number from realtime_channels where name in ($list)")
        .bind_list(channels.iter().map(Channel::to_string))
        .all(conn)
        .await
}

pub(crate) async fn events_after(
    conn: &mut Conn,
    channel: Channel,
    number: i64,
    limit: usize,
) -> Result<Vec<StoredEvent>, StorageError> {
    sql("select number, kind, data from realtime_events where channel = $1 and number > $2 order by number limit $3")
        .bind(channel.to_string())
        .bind(number)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .all(conn)
        .await
}

/// Whether an event is kept. Old events are removed oldest first, so all after it are kept too.
pub(crate) async fn is_kept(conn: &mut Conn, channel: Channel, number: i64) -> Result<bool, StorageError> {
    let found: Option<i64> =
        sql("select number as value from realtime_events where channel = $1 and number = $2")
            .bind(channel.to_string())
            .bind(number)
            .opt(conn)
            .await?;
    Ok(found.is_some())
}

/// Removes the oldest of the events from before an instant, at most so many.
pub(crate) async fn remove_events_before(tx: &mut Tx, at: Timestamp, most: i64) -> Result<u64, StorageError> {
    sql("delete from realtime_events where (channel, number) in \
         (select channel, number from realtime_events where at < $1 order by at, number limit $2)")
    .bind(at)
    .bind(most)
    .exec(tx)
    .await
}

pub(crate) async fn insert_ticket(
    tx: &mut Tx,
    digest: &[u8],
    person: PersonId,
    session: SessionId,
    grants: serde_json::Value,
    issued_at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into realtime_tickets (digest, person_id, session_id, grants, issued_at) values ($1, $2, $3, $4, $5)")
        .bind(digest)
        .bind(person)
        .bind(session)
        .bind(grants)
        .bind(issued_at)
        .exec(tx)
        .await?;
    Ok(())
}

/// How many unused tickets a person has, once the old ones are removed.
pub(crate) async fn tickets_of(tx: &mut Tx, person: PersonId) -> Result<usize, StorageError> {
    let count: i64 = sql("select count(*) as value from realtime_tickets where person_id = $1")
        .bind(person)
        .one(tx)
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Takes a ticket out: of several who present it, one gets it.
pub(crate) async fn take_ticket(tx: &mut Tx, digest: &[u8]) -> Result<Option<StoredTicket>, StorageError> {
    sql("delete from realtime_tickets where digest = $1 returning person_id, session_id, grants, issued_at")
        .bind(digest)
        .opt(tx)
        .await
}

/// Removes the tickets that a person did not use in time.
pub(crate) async fn remove_tickets_of(
    tx: &mut Tx,
    person: PersonId,
    issued_before: Timestamp,
) -> Result<u64, StorageError> {
    sql("delete from realtime_tickets where person_id = $1 and issued_at < $2")
        .bind(person)
        .bind(issued_before)
        .exec(tx)
        .await
}

/// Removes the oldest of the tickets that were issued before an instant, at most so many.
pub(crate) async fn remove_tickets_before(
    tx: &mut Tx,
    at: Timestamp,
    most: i64,
) -> Result<u64, StorageError> {
    sql("delete from realtime_tickets where digest in \
         (select digest from realtime_tickets where issued_at < $1 order by issued_at limit $2)")
    .bind(at)
    .bind(most)
    .exec(tx)
    .await
}

pub(crate) async fn remove_all_tickets(tx: &mut Tx) -> Result<(), StorageError> {
    sql("delete from realtime_tickets").exec(tx).await.map(drop)
}

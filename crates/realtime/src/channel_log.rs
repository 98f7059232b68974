//! One channel as this process sees it: its ring, how far it is known to be, and how it catches up with the database.

use std::sync::{Mutex, MutexGuard, PoisonError};

use storage::{Db, StorageError};
use tokio::sync::watch;

use crate::channel::Channel;
use crate::protocol::{Frame, ServerMessage};
use crate::ring::Ring;
use crate::store::{self, StoredEvent};

/// Exists while somebody here listens to the channel.
///
/// Invariant: an announced number is committed, and so are all before it (the channel's counter row is locked until the
/// commit). So whatever is announced and not in the ring can be read from the database.
pub(crate) struct ChannelLog {
    channel: Channel,
    ring: Mutex<Ring>,
    /// The highest number known to be committed. Those who wait for events wait for its change.
    head: watch::Sender<i64>,
    /// Lets one of many listeners read from the database for all.
    filling: tokio::sync::Mutex<()>,
    capacity: usize,
}

impl ChannelLog {
    pub fn new(channel: Channel, capacity: usize) -> Self {
        Self {
            channel,
            ring: Mutex::new(Ring::new(capacity)),
            head: watch::Sender::new(0),
            filling: tokio::sync::Mutex::default(),
            capacity,
        }
    }

    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    pub fn watch(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// At most `limit` events after `cursor`, from memory; `None` when they have left it.
    pub fn recent(&self, cursor: i64, limit: usize) -> Option<Vec<Frame>> {
        self.ring().after(cursor, limit)
    }

    /// Takes an event that was just committed by this process.
    pub fn append(&self, number: i64, frame: Frame) {
        self.ring().push(number, frame);
        self.announce(number);
    }

    /// Wakes the listeners when the channel has come further than they know.
    pub fn announce(&self, number: i64) {
        self.head.send_if_modified(|head| {
            let further = number > *head;
            *head = number.max(*head);
            further
        });
    }

    /// Reads the newest events when this log is new.
    pub async fn load(&self, db: &Db) -> Result<(), StorageError> {
        if self.ring().last().is_some() {
            return Ok(());
        }
        self.look(db).await?;
        self.fill(db).await
    }

    /// Asks the database how far the channel is.
    pub async fn look(&self, db: &Db) -> Result<(), StorageError> {
        let head = store::head(&mut db.read().await?, self.channel).await?;
        self.announce(head);
        Ok(())
    }

    /// Brings the ring up to the head: events of other processes, or such as were announced out of order.
    pub async fn fill(&self, db: &Db) -> Result<(), StorageError> {
        let head = self.head();
        self.catch_up(db, head).await?;
        // What is announced and not in the database was removed as too old: go on after it.
        let mut ring = self.ring();
        if ring.last().is_none_or(|last| last < head) {
            ring.restart(head);
        }
        Ok(())
    }

    /// Reads what is there up to `number`. Only what was found is announced, so a false number does no harm.
    pub async fn catch_up(&self, db: &Db, number: i64) -> Result<(), StorageError> {
        let _one_at_a_time = self.filling.lock().await;
        let last = self.ring().last();
        if last.is_some_and(|last| last >= number) {
            return Ok(());
        }
        let oldest_wanted = number - i64::try_from(self.capacity).unwrap_or(i64::MAX);
        let from = last.unwrap_or(0).max(oldest_wanted);
        let events = store::events_after(&mut db.read().await?, self.channel, from, self.capacity).await?;
        if let Some(reached) = events.last().map(|event| event.number) {
            self.extend(from, &events);
            self.announce(reached);
        }
        Ok(())
    }

    fn extend(&self, from: i64, events: &[StoredEvent]) {
        let mut ring = self.ring();
        if ring.last().is_none_or(|last| last < from) {
            ring.restart(from);
        }
        for event in events {
            if ring.last().is_none_or(|last| last + 1 < event.number) {
                ring.restart(event.number - 1);
            }
            ring.push(event.number, frame(self.channel, event));
        }
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An event of the database as it goes out.
pub(crate) fn frame(channel: Channel, event: &StoredEvent) -> Frame {
    ServerMessage::Event { channel, number: event.number, kind: &event.kind, data: &event.data.0 }.frame()
}

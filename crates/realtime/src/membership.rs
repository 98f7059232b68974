//! One listener's place in a channel: where it starts from, and what comes next.

use std::sync::Arc;

use storage::StorageError;

use crate::channel::Channel;
use crate::channel_log::{ChannelLog, frame};
use crate::hub::Hub;
use crate::protocol::Frame;
use crate::store;

/// Ends with its owner; the channel's log is let go when the last member leaves.
pub(crate) struct Membership {
    pub hub: Hub,
    pub channel: Channel,
    pub log: Arc<ChannelLog>,
}

/// What a client remembers of a channel.
#[derive(Debug, Clone)]
pub(crate) struct Memory<'a> {
    pub after: i64,
    pub epoch: &'a str,
}

/// How a listener starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// All that was missed can be told; `number` is the last event as of now.
    Recovered { number: i64 },
    /// It cannot: the client fetches its state, events follow after `number`.
    Resync { number: i64 },
}

/// What follows a cursor.
#[derive(Debug)]
pub(crate) enum Next {
    /// Events without a gap; none when the cursor is at the end.
    Events(Vec<Frame>),
    /// What follows is lost, or too much to tell; the channel is at `number`.
    Lost { number: i64 },
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.hub.leave(self.channel);
    }
}

impl Membership {
    /// Compares what the client remembers with what is there.
    pub async fn start(&self, memory: Option<Memory<'_>>) -> Result<Start, StorageError> {
        let Some(Memory { after, .. }) = memory.filter(|m| m.epoch == self.hub.epoch() && m.after >= 0)
        else {
            return Ok(Start::Resync { number: self.log.head() });
        };
        if after > self.log.head() {
            // It heard more from another process than was told here.
            self.log.look(&self.hub.0.db).await?;
        }
        let number = self.log.head();
        let can_be_told = match number - after {
            0 => true,
            missed if missed < 0 || missed > self.hub.0.options.most_missed => false,
            _ => self.log.recent(after, 0).is_some() || self.is_kept(after + 1).await?,
        };
        Ok(if can_be_told { Start::Recovered { number } } else { Start::Resync { number } })
    }

    /// At most `limit` events after a cursor: from memory, else from the database.
    pub async fn next(&self, cursor: i64, limit: usize) -> Result<Next, StorageError> {
        let head = self.log.head();
        if head - cursor > self.hub.0.options.most_missed {
            return Ok(Next::Lost { number: head });
        }
        let mut recent = self.log.recent(cursor, limit);
        if cursor < head && recent.as_ref().is_some_and(Vec::is_empty) {
            // Boxed, because every socket carries the room for this and few are ever here.
            Box::pin(self.log.fill(&self.hub.0.db)).await?;
            recent = self.log.recent(cursor, limit);
        }
        match recent {
            Some(frames) => Ok(Next::Events(frames)),
            None => Box::pin(self.stored(cursor, limit)).await,
        }
    }

    async fn stored(&self, cursor: i64, limit: usize) -> Result<Next, StorageError> {
        let events =
            store::events_after(&mut self.hub.0.db.read().await?, self.channel, cursor, limit).await?;
        let gapless = events.iter().zip(cursor + 1..).all(|(event, number)| event.number == number);
        if events.is_empty() || !gapless {
            return Ok(Next::Lost { number: self.log.head() });
        }
        Ok(Next::Events(events.iter().map(|event| frame(self.channel, event)).collect()))
    }

    async fn is_kept(&self, number: i64) -> Result<bool, StorageError> {
        store::is_kept(&mut self.hub.0.db.read().await?, self.channel, number).await
    }
}

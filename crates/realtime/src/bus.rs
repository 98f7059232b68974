//! How processes that share a database tell each other that there is something to read.

use kernel::id::{PersonId, SessionId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::channel::Channel;

/// A hint from one process to the others. What happened is never in it: the database is the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The history it belongs to; a process on another database ignores it.
    pub epoch: String,
    pub hint: Hint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// The channel has events up to this number.
    Reached { channel: Channel, number: i64 },
    /// The person was signed out: their sockets end.
    SignedOut { person: PersonId },
    /// One of their sessions ended: what it opened ends.
    SessionEnded { person: PersonId, session: SessionId },
    /// What the person may hear has changed: their sockets ask the guard again.
    RightsChanged { person: PersonId },
    /// Hints may have been lost (the connection was away): look at the database.
    MayHaveMissed,
}

/// Carries notes between processes, at most once.
pub trait Bus: Send + Sync {
    /// Tells the others without waiting. What is lost on the way is found by the hub's regular look at the database.
    fn tell(&self, note: Note);

    /// What is told from now on. What one tells oneself may come back.
    fn listen(&self) -> broadcast::Receiver<Note>;

    /// Whether other processes share the database.
    fn has_others(&self) -> bool;
}

/// How many notes may wait for a listener; one that falls further behind looks at the database instead.
pub(crate) const WAITING: usize = 1024;

/// The bus of a process on its own; several hubs in one process may share it.
pub struct InProcessBus(broadcast::Sender<Note>);

impl Default for InProcessBus {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl Bus for InProcessBus {
    fn tell(&self, note: Note) {
        // Nobody listening is nobody to tell.
        let _ = self.0.send(note);
    }
    fn listen(&self) -> broadcast::Receiver<Note> {
        self.0.subscribe()
    }
    fn has_others(&self) -> bool {
        false
    }
}

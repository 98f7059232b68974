//! The open sockets (or waiting polls) of this process, by person.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::Actor;
use kernel::id::{PersonId, SessionId};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
pub(crate) struct Sockets(Arc<Inner>);

struct Inner {
    open: Mutex<Open>,
    per_person: usize,
}

#[derive(Default)]
struct Open {
    people: HashMap<PersonId, HashMap<u64, Socket>>,
    count: usize,
    next: u64,
}

/// What a socket is told from outside.
#[derive(Clone, Default)]
struct Signals {
    signed_out: CancellationToken,
    recheck: Arc<Notify>,
}

struct Socket {
    session: SessionId,
    signals: Signals,
}

/// An open socket; it is forgotten with this.
pub(crate) struct Registration {
    sockets: Sockets,
    person: PersonId,
    key: u64,
    signals: Signals,
}

impl Sockets {
    pub fn new(per_person: usize) -> Self {
        Self(Arc::new(Inner { open: Mutex::default(), per_person }))
    }

    pub fn count(&self) -> usize {
        self.open().count
    }

    /// Notes a socket; `None` when the person has too many.
    pub fn register(&self, actor: &Actor) -> Option<Registration> {
        let (person, session) = (actor.person, actor.session);
        let mut open = self.open();
        let key = open.next;
        let mine = open.people.entry(person).or_default();
        if mine.len() >= self.0.per_person {
            return None;
        }
        let signals = Signals::default();
        mine.insert(key, Socket { session, signals: signals.clone() });
        open.next += 1;
        open.count += 1;
        Some(Registration { sockets: self.clone(), person, key, signals })
    }

    /// Tells a person's sockets that they were signed out; those of one session, or all.
    pub fn close(&self, person: PersonId, session: Option<SessionId>) {
        let open = self.open();
        let mine = open.people.get(&person).into_iter().flat_map(HashMap::values);
        for socket in mine.filter(|socket| session.is_none_or(|session| session == socket.session)) {
            socket.signals.signed_out.cancel();
        }
    }

    /// Has a person's sockets ask the guard again.
    pub fn recheck(&self, person: PersonId) {
        for socket in self.open().people.get(&person).into_iter().flat_map(HashMap::values) {
            // Kept for a socket that is busy: it asks before it sends anything else.
            socket.signals.recheck.notify_one();
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Registration {
    pub fn signed_out(&self) -> &CancellationToken {
        &self.signals.signed_out
    }

    pub fn recheck(&self) -> &Notify {
        &self.signals.recheck
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut open = self.sockets.open();
        if let Some(mine) = open.people.get_mut(&self.person) {
            mine.remove(&self.key);
            if mine.is_empty() {
                open.people.remove(&self.person);
            }
        }
        open.count -= 1;
    }
}

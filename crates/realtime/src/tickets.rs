//! Tickets: what a browser shows to open a socket, because it cannot send a bearer token there. Good for one use within 30 s.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::id::{PersonId, SessionId};
use kernel::tally::Place;
use kernel::{Actor, Ambient, Tally, Timestamp};
use sha2::{Digest as _, Sha256};
use storage::{Db, StorageError};

use crate::store;

const SECONDS: i64 = 30;
/// Unused tickets at once on a process of its own.
const MOST: usize = 20_000;

type Digest = [u8; 32];

/// Issues and takes tickets. A process of its own keeps them in memory; several share them through the database, so that any
/// of them can take what another issued, once. Only a digest is kept of a ticket, so a copy of the table opens nothing.
pub(crate) struct Tickets {
    shared: bool,
    per_person: usize,
    unused: Mutex<HashMap<Digest, Unused>>,
    /// When people were signed out (of one session, or of all), for as long as a ticket from before could live.
    voided: Mutex<HashMap<(PersonId, Option<SessionId>), Timestamp>>,
    by_person: Tally<PersonId>,
}

struct Unused {
    actor: Actor,
    issued_at: Timestamp,
    /// Among its person's; a shared one is counted in the database.
    _place: Option<Place<PersonId>>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TicketError {
    #[error("too many unused tickets")]
    TooMany,
    #[error("one person has too many unused tickets")]
    TooManyOfOne,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Tickets {
    pub fn new(shared: bool, per_person: usize) -> Self {
        let (unused, voided, by_person) = Default::default();
        Self { shared, per_person, unused, voided, by_person }
    }

    /// A new ticket and when it ends.
    pub async fn issue(
        &self,
        db: &Db,
        ambient: &Ambient,
        actor: Actor,
    ) -> Result<(String, Timestamp), TicketError> {
        let ticket = hex::encode(ambient.random_bytes::<32>());
        let issued_at = ambient.now();
        if self.shared {
            let grants = serde_json::to_value(&actor.grants[..])
                .map_err(|error| StorageError::Decode(error.to_string()))?;
            let mut tx = db.begin_write().await?;
            store::remove_tickets_of(&mut tx, actor.person, oldest(issued_at)).await?;
            if store::tickets_of(&mut tx, actor.person).await? >= self.per_person {
                return Err(TicketError::TooManyOfOne);
            }
            store::insert_ticket(&mut tx, &digest(&ticket), actor.person, actor.session, grants, issued_at)
                .await?;
            tx.commit().await?;
        } else {
            let mut unused = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
            let has_many = self.by_person.held(&actor.person) >= self.per_person;
            if has_many || unused.len() >= MOST {
                unused.retain(|_, ticket| ticket.issued_at >= oldest(issued_at));
            }
            if unused.len() >= MOST {
                return Err(TicketError::TooMany);
            }
            let place = self.by_person.take(actor.person, self.per_person);
            let place = Some(place.ok_or(TicketError::TooManyOfOne)?);
            unused.insert(digest(&ticket), Unused { actor, issued_at, _place: place });
        }
        Ok((ticket, issued_at.plus_seconds(SECONDS)))
    }

    /// Takes a ticket: the person behind it, if it was good.
    pub async fn take(&self, db: &Db, now: Timestamp, ticket: &str) -> Result<Option<Actor>, StorageError> {
        let found = if self.shared {
            let mut tx = db.begin_write().await?;
            let found = store::take_ticket(&mut tx, &digest(ticket)).await?;
            tx.commit().await?;
            found.map(|row| Unused {
                // Nothing is written by it.
                actor: Actor {
                    person: row.person_id,
                    session: row.session_id,
                    grants: row.grants.0.into(),
                    rights_taken: 0,
                },
                issued_at: row.issued_at,
                _place: None,
            })
        } else {
            self.unused.lock().unwrap_or_else(PoisonError::into_inner).remove(&digest(ticket))
        };
        Ok(found.filter(|ticket| self.is_good(ticket, now)).map(|ticket| ticket.actor))
    }

    /// Ends what a person holds: they were signed out of one session, or of all.
    pub fn void(&self, person: PersonId, session: Option<SessionId>, now: Timestamp) {
        let mut voided = self.voided.lock().unwrap_or_else(PoisonError::into_inner);
        voided.retain(|_, at| *at >= oldest(now));
        voided.insert((person, session), now);
    }

    fn is_good(&self, ticket: &Unused, now: Timestamp) -> bool {
        let voided = self.voided.lock().unwrap_or_else(PoisonError::into_inner);
        let (person, session) = (ticket.actor.person, ticket.actor.session);
        let was_before = |key| voided.get(&key).is_none_or(|at| *at < ticket.issued_at);
        ticket.issued_at >= oldest(now) && was_before((person, None)) && was_before((person, Some(session)))
    }
}

/// When the oldest ticket that is still good was issued.
pub(crate) fn oldest(now: Timestamp) -> Timestamp {
    now.plus_seconds(-SECONDS)
}

fn digest(ticket: &str) -> Digest {
    Sha256::digest(ticket.as_bytes()).into()
}

//! Whether this process serves the database alone. Without a bus that is a condition: what one process commits reaches the sockets of another
//! late or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kernel::{Ambient, Timestamp};
use storage::processes::{self, Process};
use storage::{Db, StorageError};
use uuid::Uuid;

/// This process among those of its database.
#[derive(Clone)]
pub struct Presence {
    db: Db,
    ambient: Ambient,
    id: Uuid,
    started_at: Timestamp,
    hears_others: bool,
    /// How many serve side by side and do not all hear each other, as of the last look.
    deaf: Arc<AtomicUsize>,
}

impl Presence {
    /// `hears_others`: a bus is configured.
    pub fn new(db: Db, ambient: Ambient, hears_others: bool) -> Self {
        let (id, started_at) = (Uuid::from_bytes(ambient.random_bytes()), ambient.now());
        Self { db, ambient, id, started_at, hears_others, deaf: Arc::default() }
    }

    /// Says that it is there, and with which keys, and looks who else is; the log has it when that is wrong, and when it is right again.
    pub async fn look_around(&self, has_all_keys: bool) {
        match self.say_and_count(has_all_keys).await {
            Ok(now) => {
                let before = self.deaf.swap(now, Ordering::Relaxed);
                match (before, warning(now)) {
                    (0, Some(words)) => tracing::warn!("{words}"),
                    (1.., None) => tracing::info!("all processes of this database hear each other again"),
                    _ => {}
                }
            }
            Err(error) => {
                tracing::warn!(
                    error = %kernel::Causes(&error),
                    "the other processes were not looked for"
                );
            }
        }
    }

    /// It stops: the others are told by its absence.
    pub async fn leave(&self) {
        let gone = async {
            let mut tx = self.db.begin_write().await?;
            processes::leave(&mut tx, self.id).await?;
            tx.commit().await
        };
        if let Err(error) = gone.await {
            tracing::warn!(
                error = %kernel::Causes(&error),
                "the others find out by themselves that this process stops"
            );
        }
    }

    /// What is wrong, as of the last look.
    pub fn warning(&self) -> Option<String> {
        warning(self.deaf.load(Ordering::Relaxed))
    }

    async fn say_and_count(&self, has_all_keys: bool) -> Result<usize, StorageError> {
        let seen_at = self.ambient.now();
        let Self { id, started_at, hears_others, .. } = *self;
        let me = Process { id, started_at, seen_at, hears_others, has_all_keys };
        let mut tx = self.db.begin_write().await?;
        processes::say(&mut tx, &me).await?;
        let deaf = processes::deaf_together(&mut tx, seen_at).await?;
        tx.commit().await?;
        Ok(deaf)
    }
}

/// In plain words, when so many processes serve one database without all hearing each other.
pub(crate) fn warning(deaf: usize) -> Option<String> {
    (deaf > 0).then(|| {
        format!(
            "{deaf} processes serve this database and not all of them have a bus (bus.nats_url): what one commits reaches the open pages of the \
             others late or not at all. Give all of them the same bus, or run one process"
        )
    })
}

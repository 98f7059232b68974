//! The hub of a process: which channels are listened to here, and what is new in them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_kit::Problem;
use kernel::id::{PersonId, SessionId};
use kernel::{Actor, Ambient, Tally};
use storage::{Db, StorageError};
use tokio::sync::{Semaphore, broadcast, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bus::{Bus, Hint, Note};
use crate::channel::Channel;
use crate::channel_log::ChannelLog;
use crate::guard::ChannelGuard;
use crate::membership::Membership;
use crate::protocol::ServerMessage;
use crate::sockets::Sockets;
use crate::tickets::Tickets;
use crate::{epoch, store};

/// Bounds and rhythms of a hub. The defaults are those of the product; tests shorten the times.
#[derive(Debug, Clone)]
pub struct HubOptions {
    /// Events of a channel kept in memory.
    pub ring: usize,
    /// A client that missed more than this fetches its state instead.
    pub most_missed: i64,
    /// Events put on the wire before a flush.
    pub batch: usize,
    /// A client that takes longer than this to take one message is gone.
    pub write_timeout: Duration,
    /// How often a quiet client is asked whether it is there; silent for twice as long, it is gone.
    pub ping_every: Duration,
    /// How often the guard is asked again.
    pub recheck_every: Duration,
    /// How often the database is asked for events that no note told of.
    pub look_every: Duration,
    pub subscriptions_per_socket: usize,
    /// On all sockets of a person together.
    pub subscriptions_per_person: usize,
    pub sockets_per_person: usize,
    /// Unused at once.
    pub tickets_per_person: usize,
    /// What a client may say at once: its channels when it comes back, and a little.
    pub messages_at_once: u32,
    /// How often it may say something more after that.
    pub message_every: Duration,
    /// Long polls waiting at once.
    pub polls: usize,
    pub polls_per_person: usize,
    pub poll_time: Duration,
    /// How long a graceful stop waits for sockets.
    pub stop_time: Duration,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self {
            ring: 512,
            most_missed: 2000,
            batch: 64,
            write_timeout: Duration::from_secs(5),
            ping_every: Duration::from_secs(25),
            recheck_every: Duration::from_mins(5),
            look_every: Duration::from_secs(10),
            subscriptions_per_socket: 50,
            subscriptions_per_person: 200,
            sockets_per_person: 20,
            tickets_per_person: 40,
            messages_at_once: 120,
            message_every: Duration::from_millis(200),
            polls: 2000,
            polls_per_person: 20,
            poll_time: Duration::from_secs(25),
            stop_time: Duration::from_secs(10),
        }
    }
}

/// Where events of this process go out. Cheap to clone.
#[derive(Clone)]
pub struct Hub(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub db: Db,
    pub ambient: Ambient,
    pub epoch: String,
    pub options: HubOptions,
    pub sockets: Sockets,
    pub tickets: Tickets,
    pub subscriptions: Tally<PersonId>,
    pub polls: Semaphore,
    /// Who waits in a long poll.
    pub waiting: Sockets,
    /// Goes on when notes may have been lost: sockets then ask whether their session still holds.
    pub doubt: watch::Sender<()>,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
    bus: Arc<dyn Bus>,
    guard: Arc<dyn ChannelGuard>,
    logs: Mutex<HashMap<Channel, Listened>>,
}

/// A channel's log and how many listen to it here.
struct Listened {
    log: Arc<ChannelLog>,
    members: usize,
}

/// How many heads are asked for in one statement.
const HEADS_AT_ONCE: usize = 256;

impl Hub {
    /// Starts a hub on a migrated database; end it with [`Hub::shutdown`].
    pub async fn open(
        db: Db,
        ambient: Ambient,
        bus: Arc<dyn Bus>,
        guard: Arc<dyn ChannelGuard>,
        options: HubOptions,
    ) -> Result<Self, StorageError> {
        let epoch = epoch::current(&db, &ambient).await?;
        let notes = bus.listen();
        let hub = Self(Arc::new(Inner {
            sockets: Sockets::new(options.sockets_per_person),
            tickets: Tickets::new(bus.has_others(), options.tickets_per_person),
            subscriptions: Tally::default(),
            polls: Semaphore::new(options.polls),
            waiting: Sockets::new(options.polls_per_person),
            doubt: watch::Sender::new(()),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            logs: Mutex::default(),
            db,
            ambient,
            epoch,
            options,
            bus,
            guard,
        }));
        hub.0.tasks.spawn(hub.clone().keep_up(notes));
        Ok(hub)
    }

    /// The name of the event history; it is part of what a client remembers.
    pub fn epoch(&self) -> &str {
        &self.0.epoch
    }

    /// How many sockets are open on this process.
    pub fn open_sockets(&self) -> usize {
        self.0.sockets.count()
    }

    /// How many long polls wait on this process.
    pub fn waiting_polls(&self) -> usize {
        self.0.waiting.count()
    }

    /// Ends all sockets of a person who was signed out (close 4401), here and on other processes, and their unused tickets.
    pub fn close_person(&self, person: PersonId) {
        self.signed_out(person, None);
        self.tell(Hint::SignedOut { person });
    }

    /// The same for one session that ended; the person's other devices stay.
    pub fn close_session(&self, person: PersonId, session: SessionId) {
        self.signed_out(person, Some(session));
        self.tell(Hint::SessionEnded { person, session });
    }

    /// Has all sockets of a person ask the guard again at once, here and on other processes: a grant was taken, an assignment ended.
    pub fn rights_changed(&self, person: PersonId) {
        self.0.sockets.recheck(person);
        self.tell(Hint::RightsChanged { person });
    }

    /// Tells every socket to resume elsewhere (close 1001), answers waiting polls, and waits until all have gone or
    /// the bound is reached.
    pub async fn shutdown(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        if tokio::time::timeout(self.0.options.stop_time, self.0.tasks.wait()).await.is_err() {
            tracing::warn!(sockets = self.open_sockets(), "sockets did not close in time");
        }
    }

    /// Hands a committed event to those who listen here, and tells the other processes.
    pub(crate) fn committed(&self, channel: Channel, number: i64, kind: &str, data: &serde_json::Value) {
        if let Some(log) = self.log(channel) {
            let frame = ServerMessage::Event { channel, number, kind, data }.frame();
            log.append(number, frame);
        }
        self.tell(Hint::Reached { channel, number });
    }

    pub(crate) async fn may_join(&self, actor: &Actor, channel: Channel) -> Result<bool, Problem> {
        let is_anothers = matches!(channel, Channel::Person(person) if person != actor.person);
        if is_anothers { Ok(false) } else { self.0.guard.may_join(actor, &channel).await }
    }

    pub(crate) async fn is_signed_in(&self, actor: &Actor) -> bool {
        self.0.guard.is_signed_in(actor).await
    }

    /// Begins to listen to a channel; what is committed from now on will be seen.
    pub(crate) async fn join(&self, channel: Channel) -> Result<Membership, StorageError> {
        let log = {
            let mut logs = self.logs();
            let listened = logs.entry(channel).or_insert_with(|| Listened {
                log: Arc::new(ChannelLog::new(channel, self.0.options.ring)),
                members: 0,
            });
            listened.members += 1;
            Arc::clone(&listened.log)
        };
        // Made before the load, so that an error or a cancelled request takes the member out again.
        let membership = Membership { hub: self.clone(), channel, log };
        membership.log.load(&self.0.db).await?;
        Ok(membership)
    }

    pub(crate) fn leave(&self, channel: Channel) {
        let mut logs = self.logs();
        if let Some(listened) = logs.get_mut(&channel) {
            listened.members -= 1;
            if listened.members == 0 {
                logs.remove(&channel);
            }
        }
    }

    /// Hears the other processes, and looks at the database now and then: a note may be lost, and a process may die between
    /// a commit and its note.
    async fn keep_up(self, mut notes: broadcast::Receiver<Note>) {
        let mut look = tokio::time::interval(self.0.options.look_every);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = self.0.stop.cancelled() => return,
                note = notes.recv() => match note {
                    Ok(note) => self.heard(&note).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.may_have_missed().await,
                    // The hub holds the bus, so this is the end of both.
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                _ = look.tick() => self.look().await,
            }
        }
    }

    async fn heard(&self, note: &Note) {
        match note.hint {
            Hint::MayHaveMissed => self.may_have_missed().await,
            _ if note.epoch != self.0.epoch => {}
            Hint::Reached { channel, number } => {
                if let Some(log) = self.log(channel)
                    && let Err(error) = log.catch_up(&self.0.db, number).await
                {
                    waiting_for_the_database(&error);
                }
            }
            Hint::SignedOut { person } => self.signed_out(person, None),
            Hint::SessionEnded { person, session } => self.signed_out(person, Some(session)),
            Hint::RightsChanged { person } => self.0.sockets.recheck(person),
        }
    }

    /// Among what was lost may be somebody's sign-out.
    async fn may_have_missed(&self) {
        self.0.doubt.send_replace(());
        self.look().await;
    }

    /// Asks the database how far the channels listened to here are.
    async fn look(&self) {
        let channels: Vec<Channel> = self.logs().keys().copied().collect();
        for some in channels.chunks(HEADS_AT_ONCE) {
            if let Err(error) = self.look_at(some).await {
                tracing::warn!(
                    error = %kernel::Causes(&error),
                    "live events wait: the database is away"
                );
                return;
            }
        }
    }

    async fn look_at(&self, channels: &[Channel]) -> Result<(), StorageError> {
        for head in store::heads(&mut self.0.db.read().await?, channels).await? {
            if let Some(log) = head.name.parse().ok().and_then(|channel| self.log(channel)) {
                log.announce(head.number);
            }
        }
        Ok(())
    }

    fn signed_out(&self, person: PersonId, session: Option<SessionId>) {
        self.0.tickets.void(person, session, self.0.ambient.now());
        self.0.sockets.close(person, session);
        self.0.waiting.close(person, session);
    }

    fn tell(&self, hint: Hint) {
        self.0.bus.tell(Note { epoch: self.0.epoch.clone(), hint });
    }

    fn log(&self, channel: Channel) -> Option<Arc<ChannelLog>> {
        self.logs().get(&channel).map(|listened| Arc::clone(&listened.log))
    }

    fn logs(&self) -> MutexGuard<'_, HashMap<Channel, Listened>> {
        self.0.logs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nothing is lost: the next look finds it.
fn waiting_for_the_database(error: &StorageError) {
    tracing::warn!(error = %kernel::Causes(error), "live events wait: the database is away");
}

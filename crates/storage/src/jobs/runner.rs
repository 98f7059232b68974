//! Who does which jobs in this process, and how many at once.

use std::sync::Arc;
use std::time::Duration;

use kernel::Ambient;
use tokio_util::sync::CancellationToken;

use super::schedule::{Every, Schedule};
use super::shift::Shift;
use super::{JobHandler, Kind, Lane};
use crate::db::Db;
use crate::error::StorageError;

/// What is due by the clock, or was enqueued by another process, waits no longer than this for a look.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Jobs in hand get this long when the process stops.
const FINISH: Duration = Duration::from_secs(15);

/// Takes due jobs and runs them, those of each lane beside each other.
pub struct Runner {
    pub(super) db: Db,
    pub(super) ambient: Ambient,
    pub(super) schedules: Vec<Schedule>,
    doers: Vec<(Kind, Arc<dyn JobHandler>)>,
    quick: usize,
    heavy: usize,
}

impl Runner {
    pub fn new(db: Db, ambient: Ambient) -> Self {
        Self { db, ambient, schedules: Vec::new(), doers: Vec::new(), quick: 4, heavy: 2 }
    }

    /// How many jobs of each lane run at once: four quick ones and two heavy ones, if nothing is said.
    #[must_use]
    pub fn places(mut self, quick: usize, heavy: usize) -> Self {
        (self.quick, self.heavy) = (quick, heavy);
        self
    }

    /// Names who does the jobs of a kind. Kinds that nobody does here are left to other processes.
    #[must_use]
    pub fn handle(mut self, kind: Kind, handler: Arc<dyn JobHandler>) -> Self {
        self.doers.push((kind, handler));
        self
    }

    /// [`handle`](Self::handle) for a kind that is due by the clock; all processes together enqueue it once each time, with an empty payload, and
    /// not while the last one is still waiting or running.
    #[must_use]
    pub fn every(mut self, every: Every, kind: Kind, handler: Arc<dyn JobHandler>) -> Self {
        self.schedules.push(Schedule { kind, every });
        self.handle(kind, handler)
    }

    /// The kinds that are done here.
    pub fn kinds(&self) -> Vec<Kind> {
        self.doers.iter().map(|(kind, _)| *kind).collect()
    }

    /// Works until told to stop; then finishes what is in hand, or puts it back.
    pub async fn run(&self, stop: CancellationToken) {
        let mut shift = self.shift();
        while !stop.is_cancelled() {
            if let Err(error) = shift.look().await {
                tracing::warn!(error = %kernel::Causes(&error), "jobs wait: the database is away");
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = self.db.jobs_wanted().notified() => {}
                () = shift.one_ended() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
        shift.end(FINISH).await;
    }

    /// Begins to work step by step, for who keeps the time themselves.
    pub fn shift(&self) -> Shift<'_> {
        Shift::new(self)
    }

    /// Runs everything that is due now to its end; how many jobs that were. Tests call it instead of waiting.
    pub async fn run_due(&self) -> Result<usize, StorageError> {
        let mut shift = self.shift();
        let mut begun = 0;
        loop {
            begun += shift.look().await?;
            if shift.is_idle() {
                return Ok(begun);
            }
            shift.one_ended().await;
        }
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.doers.iter().map(|(kind, _)| kind.name).collect()
    }

    pub(super) fn names_of(&self, lane: Lane) -> Vec<&'static str> {
        self.doers.iter().filter(|(kind, _)| kind.lane == lane).map(|(kind, _)| kind.name).collect()
    }

    pub(super) fn places_of(&self, lane: Lane) -> usize {
        match lane {
            Lane::Quick => self.quick,
            Lane::Heavy => self.heavy,
        }
    }

    pub(super) fn doer_of(&self, name: &str) -> Option<(Kind, &Arc<dyn JobHandler>)> {
        self.doers.iter().find(|(kind, _)| kind.name == name).map(|(kind, handler)| (*kind, handler))
    }
}

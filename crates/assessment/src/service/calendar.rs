//! When the weeks of a training open and close, and until when late work is taken.

use kernel::id::TrainingId;
use kernel::{Date, TimeZone, Timestamp};
use storage::{Conn, StorageError};
use task_board::model::WeekClock;
use task_board::model::week::DEFAULT_GRACE_DAYS;
use training_plan::training::{Closed, TrainingState};

use crate::store::calendars;

/// A training's weeks.
pub(crate) struct Calendar {
    pub training: TrainingId,
    state: TrainingState,
    starts_on: Date,
    weeks: u16,
    time_zone: TimeZone,
    grace_days: u16,
}

impl Calendar {
    /// None when there is no such training.
    pub async fn of(conn: &mut Conn, training: TrainingId) -> Result<Option<Self>, StorageError> {
        let Some(row) = calendars::find(conn, training).await? else { return Ok(None) };
        let time_zone = TimeZone::parse(&row.time_zone)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", row.time_zone)))?;
        Ok(Some(Self {
            training,
            state: row.state,
            starts_on: row.starts_on,
            weeks: row.weeks,
            time_zone,
            grace_days: row.grace_days.unwrap_or(DEFAULT_GRACE_DAYS),
        }))
    }

    /// Asked behind the training's lock: once it is over nothing is learned or graded any more.
    pub fn not_over(&self) -> Result<(), Closed> {
        self.state.not_over()
    }

    /// When a week is open, late and closed.
    pub fn week(&self, week: u16) -> WeekClock {
        WeekClock::of(self.starts_on, week, &self.time_zone, self.grace_days)
    }

    /// From then on no work is taken any more.
    pub fn ends(&self) -> Timestamp {
        self.week(self.weeks).ends
    }

    /// The last day on which work is taken.
    pub fn last_day(&self) -> Date {
        self.ends().plus_seconds(-1).date_in(&self.time_zone)
    }
}

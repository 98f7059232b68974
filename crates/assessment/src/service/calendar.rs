//! When the weeks of a training open and close, and until when late work is taken.

use kernel::id::TrainingId;
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError};
use task_board::model::WeekClock;
use training_plan::training::{self, Closed, Training};

/// A training's weeks.
pub(crate) struct Calendar {
    pub training: TrainingId,
    weeks: Training,
    grace_days: u16,
}

impl Calendar {
    /// None when there is no such training.
    pub async fn of(conn: &mut Conn, training: TrainingId) -> Result<Option<Self>, StorageError> {
        let Some(weeks) = training::find(conn, training).await? else { return Ok(None) };
        let grace_days = task_board::settings::grace_days(conn, training).await?;
        Ok(Some(Self { training, weeks, grace_days }))
    }

    /// Asked behind the training's lock: once it is over nothing is learned or graded any more.
    pub fn not_over(&self) -> Result<(), Closed> {
        self.weeks.not_over()
    }

    /// When a week is open, late and closed.
    pub fn week(&self, week: u16) -> WeekClock {
        WeekClock::of(self.weeks.starts_on, week, &self.weeks.time_zone, self.grace_days)
    }

    /// From then on no work is taken any more.
    pub fn ends(&self) -> Timestamp {
        self.week(self.weeks.weeks).ends
    }

    /// The last day on which work is taken.
    pub fn last_day(&self) -> Date {
        self.ends().plus_seconds(-1).date_in(&self.weeks.time_zone)
    }
}

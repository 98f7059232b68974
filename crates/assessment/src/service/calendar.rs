//! When the weeks of a training open and close, and until when work is taken.

use kernel::id::TrainingId;
use kernel::{Date, Text, Timestamp};
use storage::{Conn, StorageError};
use task_board::model::{Calendar as Weeks, Deadline, deadline};
use training_plan::training::{Closed, TrainingState};

use crate::store::calendars;

/// A training's weeks.
pub(crate) struct Calendar {
    pub training: TrainingId,
    state: TrainingState,
    weeks: u16,
    dates: Weeks,
    revised_until: Option<Timestamp>,
    /// Until when attempts that are open may still change.
    answered_until: Option<Timestamp>,
}

impl Calendar {
    /// None when there is no such training.
    pub async fn of(conn: &mut Conn, training: TrainingId) -> Result<Option<Self>, StorageError> {
        let Some(row) = calendars::find(conn, training).await? else { return Ok(None) };
        let dates = Weeks::stored(row.starts_on, &row.time_zone, row.grace_days)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", row.time_zone)))?;
        let (state, weeks, revised_until) = (row.state, row.weeks, row.revised_until);
        Ok(Some(Self { training, state, weeks, dates, revised_until, answered_until: None }))
    }

    /// With the time that answers take which were chosen before their deadline.
    pub fn with_answers_until(self, answered_until: Option<Timestamp>) -> Self {
        Self { answered_until, ..self }
    }

    /// Asked behind the training's lock: once it is over nothing is learned or graded any more.
    pub fn not_over(&self) -> Result<(), Closed> {
        self.state.not_over()
    }

    /// Until when, for somebody who was given time until `given_until` for a task of a week, or for nobody in particular.
    pub fn deadline(&self, week: u16, given_until: Option<Timestamp>) -> Deadline {
        deadline(&self.dates, week, given_until)
    }

    /// From then on no work is taken any more: neither late work, nor what was sent back, nor answers that were on their way.
    pub fn ends(&self) -> Timestamp {
        let ends = self.deadline(self.weeks, self.revised_until).ends;
        self.answered_until.map_or(ends, |until| ends.max(until))
    }

    /// Until when answers may arrive, where that is what the end waits for.
    pub fn answers_last_until(&self) -> Option<Timestamp> {
        self.answered_until.filter(|until| *until == self.ends())
    }

    /// The last day on which work is taken.
    pub fn last_day(&self) -> Date {
        self.ends().plus_seconds(-1).date_in(self.dates.time_zone())
    }

    /// An instant in the words of where the training is.
    pub fn minute(&self, at: Timestamp) -> Text {
        Text::of_minute(at, self.dates.time_zone())
    }
}

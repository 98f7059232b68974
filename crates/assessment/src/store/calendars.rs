//! When the weeks of a training are, and until when late work is taken.

use kernel::id::TrainingId;
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError, sql};
use training_plan::training::TrainingState;

storage::from_row! {
    pub(crate) struct CalendarRow {
        pub time_zone: String, pub starts_on: Date, pub weeks: u16, pub state: TrainingState, pub grace_days: Option<u16>,
        /// Until when work that is back with its learner may come again, the last of it.
        pub revised_until: Option<Timestamp>,
    }
}

pub(crate) async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<CalendarRow>, StorageError> {
    sql("select time_zone, starts_on, weeks, state, grace_days, revised_until from v_board_calendar where training_id = $1")
        .bind(training)
        .opt(conn)
        .await
}

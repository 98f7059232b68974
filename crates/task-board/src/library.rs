//! What the week lists show of the library: the answer that course-library asks for.

use async_trait::async_trait;
use course_library::ShownInWeeks;
use kernel::id::{MicroVideoId, PersonId};
use kernel::{Ambient, TimeZone};
use storage::{Conn, StorageError};

use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::model::{Phase, WeekClock};
use crate::store::open_tasks;

/// Lists show what their tasks name, from the beginning of their week on.
pub struct WeekLists {
    pub ambient: Ambient,
}

#[async_trait]
impl ShownInWeeks for WeekLists {
    async fn shows(
        &self,
        conn: &mut Conn,
        learner: PersonId,
        video: MicroVideoId,
    ) -> Result<bool, StorageError> {
        let now = self.ambient.now();
        for week in open_tasks::weeks_that_show(conn, learner, video).await? {
            let zone = TimeZone::parse(&week.time_zone)
                .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", week.time_zone)))?;
            let clock = WeekClock::of(week.starts_on, week.week, &zone, DEFAULT_GRACE_DAYS);
            if clock.phase(now) != Phase::Upcoming {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

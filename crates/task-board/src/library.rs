//! What the week lists show of the library: the answer that course-library asks for.

use async_trait::async_trait;
use course_library::ShownInWeeks;
use kernel::Ambient;
use kernel::id::{MicroVideoId, PersonId};
use storage::{Conn, StorageError};

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
            if now >= week.opens()? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

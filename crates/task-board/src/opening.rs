//! How far the first list of a training is: the answer that class-allocation asks for before it opens one.

use async_trait::async_trait;
use class_allocation::{FirstList, FirstWeek};
use kernel::id::TrainingId;
use storage::{Conn, StorageError};

use crate::store::lists;

/// The list of the first week, as it stands at the moment it is asked for.
pub struct FirstLists;

#[async_trait]
impl FirstWeek for FirstLists {
    async fn first_list(&self, conn: &mut Conn, training: TrainingId) -> Result<FirstList, StorageError> {
        let is_ready = lists::is_ready(conn, training, 1).await?;
        Ok(is_ready
            .map_or(FirstList::Missing, |ready| if ready { FirstList::Ready } else { FirstList::Draft }))
    }
}

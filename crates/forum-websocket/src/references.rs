//! Whether learners of a class can discuss in the topic that a task names.

use async_trait::async_trait;
use kernel::id::TopicId;
use storage::{Conn, StorageError};
use task_board::references::{Asked, ReferenceOwner, Unusable};

use crate::store;

/// Topics that tasks name.
#[derive(Debug, Clone, Copy)]
pub struct TaskTopics;

#[async_trait]
impl ReferenceOwner for TaskTopics {
    async fn unusable(&self, conn: &mut Conn, asked: &Asked) -> Result<Option<Unusable>, StorageError> {
        let topic = store::topics::find(conn, TopicId::from_uuid(asked.reference)).await?;
        Ok(match topic.filter(|topic| topic.training == asked.training) {
            None => Some(Unusable::Unknown),
            Some(topic) if asked.classes.iter().any(|class| *class != topic.class) => {
                Some(Unusable::OtherClass)
            }
            Some(_) => None,
        })
    }
}

//! What can go wrong in the exchange area.

use storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum ForumError {
    #[error("the topic is closed")]
    TopicClosed,
    #[error("only the author may change a post, and only for half an hour")]
    TooLateToEdit,
    #[error("only its author or the class's staff may do this")]
    NotYours,
    #[error("who supervises reads along and writes nothing")]
    OnlyReads,
    #[error("the post was removed")]
    PostRemoved,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

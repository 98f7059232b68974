//! What can go wrong in the exchange area.

/// A rule says no. Nothing here comes from the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForumError {
    #[error("the topic is closed")]
    TopicClosed,
    #[error("only the author may change a post, and only for half an hour")]
    TooLateToEdit,
    #[error("only its author or the class's staff may do this")]
    NotYours,
    #[error("who supervises reads along and writes nothing")]
    OnlyReads,
    #[error("many questions of this person wait already")]
    TooManyWaiting,
    #[error("the post was removed")]
    PostRemoved,
}

//! Topics and posts, and the rules about them.

use kernel::id::{ClassId, PersonId, PostId, TaskId, TopicId, TrainingId};
use kernel::{Role, Timestamp};

use crate::error::ForumError;

/// A question is answered within this time in answering hours.
pub const ANSWER_PROMISE_MINUTES: i64 = 30;
/// Whose post answers a question.
pub const ANSWERERS: [Role; 3] = [Role::Assistant, Role::Expert, Role::TrainingLead];
/// So many questions of one person may wait in a class: what waits is shown whole.
pub const MOST_WAITING: i64 = 10;
/// An author may correct a post for this long.
const EDIT_SECONDS: i64 = 30 * 60;

storage::words! {
    /// What a topic is for.
    pub enum TopicKind {
        Discussion = "discussion",
        /// Asked by somebody who waits for an answer.
        Question = "question",
    }
}

/// A topic of a class.
#[derive(Debug, Clone)]
pub struct Topic {
    pub id: TopicId,
    pub class: ClassId,
    pub training: TrainingId,
    pub task: Option<TaskId>,
    pub author: PersonId,
    pub author_name: String,
    pub kind: TopicKind,
    pub title: String,
    pub pinned: bool,
    pub closed_at: Option<Timestamp>,
    /// How many posts it has; also the number of the last one.
    pub posts: i64,
    pub last_post_at: Timestamp,
    pub asked_at: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// The training of its class is over.
    pub is_over: bool,
}

/// A post of a topic.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: PostId,
    pub topic: TopicId,
    pub number: i64,
    /// Counts from 1; a correction and the removal make the next one.
    pub version: i64,
    pub author: PersonId,
    pub author_name: String,
    /// As what they wrote: staff's answers are marked.
    pub author_role: Role,
    pub client_id: String,
    pub body_source: String,
    pub body_html: String,
    pub at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub removed_at: Option<Timestamp>,
}

/// The office that supervises a class reads along; it neither writes there nor takes anything away.
pub fn may_write(role: Role) -> Result<(), ForumError> {
    if role == Role::ProvincialOffice { Err(ForumError::OnlyReads) } else { Ok(()) }
}

impl Topic {
    /// A closed topic takes posts from staff alone.
    pub fn takes_post_of(&self, role: Role) -> Result<(), ForumError> {
        may_write(role)?;
        if self.closed_at.is_some() && role == Role::Learner { Err(ForumError::TopicClosed) } else { Ok(()) }
    }

    /// When an answer is promised by. A promise that nobody has kept ends with the training.
    pub fn answer_by(&self) -> Option<Timestamp> {
        let is_promised = self.first_response_at.is_some() || !self.is_over;
        self.asked_at.filter(|_| is_promised).map(|at| at.plus_seconds(ANSWER_PROMISE_MINUTES * 60))
    }

    /// Whether a post by somebody with this role answers the question.
    pub fn is_answer(&self, author: PersonId, role: Role) -> bool {
        self.kind == TopicKind::Question && author != self.author && ANSWERERS.contains(&role)
    }

    /// Whether it is the answer that the asker waits for.
    pub fn is_first_response(&self, author: PersonId, role: Role) -> bool {
        self.first_response_at.is_none() && self.is_answer(author, role)
    }
}

impl Post {
    pub fn editable_by(&self, person: PersonId, now: Timestamp) -> Result<(), ForumError> {
        if self.author != person {
            return Err(ForumError::NotYours);
        }
        if self.removed_at.is_some() {
            return Err(ForumError::PostRemoved);
        }
        if now.seconds_since(self.at) > EDIT_SECONDS { Err(ForumError::TooLateToEdit) } else { Ok(()) }
    }

    pub fn removable_by(&self, person: PersonId, role: Role) -> Result<(), ForumError> {
        may_write(role)?;
        if self.author == person || role != Role::Learner { Ok(()) } else { Err(ForumError::NotYours) }
    }
}

//! Topics and posts as clients see them, in answers and in events alike.

use kernel::id::{ClassId, PersonId, PostId, TaskId, TopicId};
use kernel::{Role, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Post, Topic};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicView {
    pub id: TopicId,
    pub class_id: ClassId,
    pub task_id: Option<TaskId>,
    pub author_id: PersonId,
    pub author_name: String,
    /// `discussion` or `question`.
    pub kind: String,
    pub title: String,
    pub pinned: bool,
    pub closed: bool,
    /// How many posts it has; also the number of the last one.
    pub posts: i64,
    pub last_post_at: Timestamp,
    /// When a question was asked.
    pub asked_at: Option<Timestamp>,
    /// When an answer is promised by; absent when the training ended before there was one.
    pub answer_by: Option<Timestamp>,
    pub first_response_at: Option<Timestamp>,
}

impl TopicView {
    pub fn of(topic: &Topic) -> Self {
        Self {
            id: topic.id,
            class_id: topic.class,
            task_id: topic.task,
            author_id: topic.author,
            author_name: topic.author_name.clone(),
            kind: topic.kind.word().to_owned(),
            title: topic.title.clone(),
            pinned: topic.pinned,
            closed: topic.closed_at.is_some(),
            posts: topic.posts,
            last_post_at: topic.last_post_at,
            asked_at: topic.asked_at,
            answer_by: topic.answer_by(),
            first_response_at: topic.first_response_at,
        }
    }
}

/// A topic in a list, with how many posts of others the reader has not read; one that was removed is nothing to read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListedTopicView {
    #[serde(flatten)]
    pub topic: TopicView,
    pub unread: i64,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostView {
    pub id: PostId,
    pub topic_id: TopicId,
    pub number: i64,
    /// Whoever corrects or removes the post says which version they read.
    pub version: i64,
    pub author_id: PersonId,
    pub author_name: String,
    pub author_role: Role,
    pub client_id: String,
    /// What the author typed (Markdown); empty when removed.
    pub body_source: String,
    /// Safe to show as HTML; empty when removed.
    pub body_html: String,
    pub at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub removed: bool,
}

impl PostView {
    pub fn of(post: &Post) -> Self {
        let removed = post.removed_at.is_some();
        let shown = |text: &str| if removed { String::new() } else { text.to_owned() };
        Self {
            id: post.id,
            topic_id: post.topic,
            number: post.number,
            version: post.version,
            author_id: post.author,
            author_name: post.author_name.clone(),
            author_role: post.author_role,
            client_id: post.client_id.clone(),
            body_source: shown(&post.body_source),
            body_html: shown(&post.body_html),
            at: post.at,
            edited_at: post.edited_at,
            removed,
        }
    }
}

/// The event `post_added`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostAdded {
    pub post: PostView,
    pub topic: TopicView,
}

/// A topic with a stretch of its posts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TopicPageView {
    pub topic: TopicView,
    pub posts: Vec<PostView>,
    /// The number to ask `after` for more; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
    /// How far the reader has come.
    pub seen: i64,
    /// Whether the reader is staff here (may pin, close, remove).
    pub staff: bool,
}

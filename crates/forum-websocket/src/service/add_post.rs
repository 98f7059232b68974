//! Writing a post.

use class_allocation::access::ClassMember;
use http_kit::{Problem, markdown, not_found};
use kernel::id::{PersonId, TopicId};
use kernel::{Actor, Ambient, LearningRecord, Verb};
use realtime::{Channel, Hub};
use serde_json::json;
use storage::{StorageError, Tx};
use task_board::access::OpenTask;
use task_board::progress::Deed;

use crate::model::{Post, Topic, may_write};
use crate::service::tell;
use crate::store;
use crate::views::{PostAdded, PostView, TopicView};

/// What somebody writes. It is rendered before its transaction, in which others wait.
pub struct NewPost {
    source: String,
    html: String,
    /// Made by the author's device; a retry carries it again.
    pub client_id: String,
}

impl NewPost {
    pub fn of(source: String, client_id: String) -> Self {
        Self { html: markdown::to_safe_html(&source), source, client_id }
    }
}

/// Adds a post to a topic, or gives back the one that this author already made under this client id.
pub async fn add(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    topic: TopicId,
    new: NewPost,
) -> Result<Post, Problem> {
    // Held: two copies of one post come one after the other, and nothing is judged by a topic that was closed or answered meanwhile.
    let held = store::topics::take_number(tx, topic, ambient.now()).await?.ok_or_else(not_found)?;
    let member = ClassMember::of(actor, &held.place)?;
    let topic = held.thing;
    may_write(member.role)?;
    let client_id = new.client_id.clone();
    if let Err(refusal) = topic.takes_post_of(member.role) {
        return made_before(tx, &topic, actor.person, &client_id).await?.ok_or_else(|| refusal.into());
    }
    let Some(post) = write(tx, ambient, &member, &topic, new).await? else {
        return made_before(tx, &topic, actor.person, &client_id).await?.ok_or_else(not_found);
    };
    let topic = respond(tx, ambient, hub, topic, &post).await?;
    let record = LearningRecord {
        actor: member.actor.person,
        verb: Verb::Commented,
        object_kind: "pst",
        object: post.id.uuid(),
        training: Some(member.training),
        class: Some(member.class),
        result: json!({ "topic_id": topic.id, "number": post.number }),
        at: post.at,
    };
    match deed(tx, ambient, &member, &topic, &post).await? {
        Some(deed) => task_board::progress::done(tx, ambient, deed, Some(record)).await.map(drop)?,
        None => storage::learning_records::keep(tx, ambient, record).await.map(drop)?,
    }
    let event = PostAdded { post: PostView::of(&post), topic: TopicView::of(&topic) };
    realtime::publish(tx, ambient, hub, &Channel::Class(topic.class), "post_added", &event)?;
    Ok(post)
}

/// Stores the post under the topic's last number, which was taken for it. None when its author made it under this client id before.
pub(super) async fn write(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    topic: &Topic,
    new: NewPost,
) -> Result<Option<Post>, StorageError> {
    let post = Post {
        id: ambient.new_id(),
        topic: topic.id,
        number: topic.posts,
        version: 1,
        author: member.actor.person,
        author_name: String::new(),
        author_role: member.role,
        client_id: new.client_id,
        body_html: new.html,
        body_source: new.source,
        at: topic.last_post_at,
        edited_at: None,
        removed_at: None,
    };
    let author_name = store::posts::insert(tx, topic.class, &post).await?;
    Ok(author_name.map(|author_name| Post { author_name, ..post }))
}

/// The post that an author made under this client id before; the topic is again as it was.
async fn made_before(
    tx: &mut Tx,
    topic: &Topic,
    author: PersonId,
    client_id: &str,
) -> Result<Option<Post>, StorageError> {
    let known = store::posts::find_retry(tx, topic.id, author, client_id).await?;
    if known.is_some() {
        store::topics::give_back_number(tx, topic.id).await?;
    }
    Ok(known)
}

/// The topic once this post has answered it, if it is the answer that its asker waits for.
async fn respond(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: Topic,
    post: &Post,
) -> Result<Topic, StorageError> {
    if !topic.is_first_response(post.author, post.author_role) {
        return Ok(topic);
    }
    // No answer was before its question: the clock was set back in between.
    let at = topic.asked_at.map_or(post.at, |asked| asked.max(post.at));
    let learns = store::topics::respond(tx, topic.id, post.author, at).await?;
    tell::asker_of_an_answer(tx, ambient, hub, &topic, learns).await?;
    Ok(Topic { first_response_at: Some(at), ..topic })
}

/// A post in a task's topic is that task done, while the task is open to its author; afterwards it is just a post. The training stays as
/// it is until the commit, as for every other deed: what has been reckoned gets no deed behind its back.
async fn deed(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    topic: &Topic,
    post: &Post,
) -> Result<Option<Deed>, Problem> {
    let Some(task) = topic.task.filter(|_| member.is_learner()) else { return Ok(None) };
    match OpenTask::relied(tx, ambient, &member.actor, task).await {
        Ok(open) => Ok(Some(open.did(post.at, json!({ "post_id": post.id })))),
        Err(problem) if problem.status.is_client_error() => Ok(None),
        Err(problem) => Err(problem),
    }
}

//! Writing a post.

use class_allocation::access::ClassMember;
use http_kit::{Problem, markdown};
use kernel::id::TopicId;
use kernel::{Ambient, LearningRecord, Verb};
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;

use crate::model::{Post, Topic, may_write};
use crate::service::tell;
use crate::store;
use crate::views::{PostAdded, PostView, TopicView};

/// What somebody writes.
pub struct NewPost {
    pub body: String,
    /// Made by the author's device; a retry carries it again.
    pub client_id: String,
}

/// Adds a post to a topic, or gives back the one that this author already made under this client id.
pub async fn add(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    topic: TopicId,
    new: NewPost,
) -> Result<Post, Problem> {
    // Held: two copies of one post come one after the other, and nothing is judged by a topic that was closed or answered meanwhile.
    let topic = store::topics::hold(tx, topic).await?.ok_or_else(http_kit::not_found)?;
    may_write(member.role)?;
    if let Some(post) = store::posts::find_retry(tx, topic.id, member.actor.person, &new.client_id).await? {
        return Ok(post);
    }
    topic.takes_post_of(member.role)?;
    let post = write(tx, ambient, member, &topic, new).await?;
    if topic.is_first_response(member.actor.person, member.role)
        // No answer was before its question: the clock was set back in between.
        && store::topics::respond(tx, topic.id, member.actor.person, topic.asked_at.map_or(post.at, |asked| asked.max(post.at))).await?
    {
        tell::asker_of_an_answer(tx, ambient, hub, &topic).await?;
    }
    storage::learning_records::keep(
        tx,
        ambient,
        LearningRecord {
            actor: member.actor.person,
            verb: Verb::Commented,
            object_kind: "pst",
            object: post.id.uuid(),
            training: Some(member.training),
            class: Some(member.class),
            result: json!({ "topic_id": topic.id, "number": post.number }),
            at: post.at,
        },
    )
    .await?;
    if let Some(task) = topic.task
        && member.is_learner()
    {
        count_for_task(tx, ambient, member, task, &post).await?;
    }
    let topic = store::topics::find(tx, topic.id).await?.ok_or_else(http_kit::not_found)?;
    let event = PostAdded { post: PostView::of(&post), topic: TopicView::of(&topic) };
    realtime::publish(tx, ambient, hub, &Channel::Class(topic.class), "post_added", &event)?;
    Ok(post)
}

/// Stores the post under the topic's next number.
pub(super) async fn write(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    topic: &Topic,
    new: NewPost,
) -> Result<Post, Problem> {
    let now = ambient.now();
    let number = store::topics::next_number(tx, topic.id, now).await?;
    let post = Post {
        id: ambient.new_id(),
        topic: topic.id,
        number,
        version: 1,
        author: member.actor.person,
        author_name: store::posts::author_name(tx, member.actor.person).await?,
        author_role: member.role,
        client_id: new.client_id,
        body_html: markdown::to_safe_html(&new.body),
        body_source: new.body,
        at: now,
        edited_at: None,
        removed_at: None,
    };
    store::posts::insert(tx, topic.class, &post).await?;
    Ok(post)
}

/// A post in a task's topic is that task done, while the task is open to its author; afterwards it is just a post.
async fn count_for_task(
    tx: &mut Tx,
    ambient: &Ambient,
    member: &ClassMember,
    task: kernel::id::TaskId,
    post: &Post,
) -> Result<(), Problem> {
    match task_board::access::OpenTask::check(tx, ambient, &member.actor, task).await {
        Ok(open) => {
            let deed = open.did(post.at, json!({ "post_id": post.id }));
            task_board::progress::done(tx, ambient, deed, None).await?;
            Ok(())
        }
        Err(problem) if problem.status.is_client_error() => Ok(()),
        Err(problem) => Err(problem),
    }
}

//! Starting a topic: a discussion, a question, or the discussion of a task.

use class_allocation::access::ClassMember;
use http_kit::{Problem, not_found};
use kernel::id::TaskId;
use kernel::{Ambient, LearningRecord, Verb};
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;
use task_board::access::{SeenTask, shown_to};
use training_plan::training;

use crate::error::ForumError;
use crate::model::{MOST_WAITING, Topic, TopicKind, may_write};
use crate::service::add_post::{self, NewPost};
use crate::service::tell;
use crate::store;
use crate::views::TopicView;

/// What somebody writes to start a topic.
pub struct NewTopic {
    pub kind: TopicKind,
    pub title: String,
    pub first_post: NewPost,
}

/// Starts a topic with its first post, or gives back the one that this author already started under this client id; a question's clock
/// starts now, and when the training is over there is nobody to keep the promise.
pub async fn start(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    new: NewTopic,
) -> Result<Topic, Problem> {
    may_write(member.role)?;
    let now = ambient.now();
    let (class, author, retry) = (member.class, member.actor.person, &new.first_post.client_id);
    if new.kind == TopicKind::Question
        && let Err(refusal) = takes_question(tx, member).await
    {
        let known = store::topics::find_retry(tx, class, author, retry).await?;
        return known.ok_or(refusal);
    }
    let topic = Topic {
        asked_at: (new.kind == TopicKind::Question).then_some(now),
        kind: new.kind,
        title: new.title,
        posts: 1,
        ..blank(ambient, member, None)
    };
    if !store::topics::insert(tx, &topic, retry).await? {
        return store::topics::find_retry(tx, class, author, retry).await?.ok_or_else(not_found);
    }
    storage::learning_records::keep(
        tx,
        ambient,
        LearningRecord {
            actor: member.actor.person,
            verb: Verb::Commented,
            object_kind: "top",
            object: topic.id.uuid(),
            training: Some(member.training),
            class: Some(member.class),
            result: json!({ "kind": topic.kind.word() }),
            at: now,
        },
    )
    .await?;
    let post = add_post::write(tx, ambient, member, &topic, new.first_post).await?.ok_or_else(not_found)?;
    // Who writes the first post starts the topic.
    let topic = Topic { author_name: post.author_name, ..topic };
    if topic.kind == TopicKind::Question {
        tell::staff_of_a_question(tx, ambient, hub, &topic).await?;
    }
    realtime::publish(tx, ambient, hub, &Channel::Class(topic.class), "topic_added", &TopicView::of(&topic))?;
    Ok(topic)
}

/// Whether one more question of somebody is taken: the answer is promised, so the training goes on, and few of theirs wait.
async fn takes_question(tx: &mut Tx, member: &ClassMember) -> Result<(), Problem> {
    let training = training::rely_on(tx, member.training).await?.ok_or_else(not_found)?;
    training.not_over().map_err(|over| {
        Problem::from(over).detail(
            "现在不再接受提问。有话可以在班级讨论里说。",
            "Questions are not taken any more. You can still start a discussion in the class.",
        )
    })?;
    // Two that are asked at once may both pass: what waits is shown whole, this keeps it short.
    if store::topics::waiting_of(tx, member.class, member.actor.person).await? >= MOST_WAITING {
        return Err(ForumError::TooManyWaiting.into());
    }
    Ok(())
}

/// The topic of a task in a class; made the first time somebody of the class asks for it.
pub async fn of_task(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    task: TaskId,
) -> Result<Topic, Problem> {
    if let Err(refusal) = opens(tx, ambient, member, task).await {
        // Somebody else may have opened it meanwhile: then it is there for everybody.
        return store::topics::find_of_task(tx, member.class, task).await?.ok_or(refusal);
    }
    let topic = blank(ambient, member, Some(task));
    let Some(made) = store::topics::insert_for_task(tx, &topic, task).await? else {
        return store::topics::find_of_task(tx, member.class, task).await?.ok_or_else(not_found);
    };
    let topic = Topic { title: made.title, author_name: made.author_name, ..topic };
    realtime::publish(tx, ambient, hub, &Channel::Class(topic.class), "topic_added", &TopicView::of(&topic))?;
    Ok(topic)
}

/// Whether somebody may be the one who opens the topic of a task: it shows its task's title to the whole class.
async fn opens(tx: &mut Tx, ambient: &Ambient, member: &ClassMember, task: TaskId) -> Result<(), Problem> {
    may_write(member.role)?;
    shown_to(tx, ambient, task, member.class).await?;
    if member.is_learner() {
        SeenTask::check(tx, ambient, &member.actor, task).await?;
    }
    Ok(())
}

fn blank(ambient: &Ambient, member: &ClassMember, task: Option<TaskId>) -> Topic {
    let now = ambient.now();
    Topic {
        id: ambient.new_id(),
        class: member.class,
        training: member.training,
        task,
        author: member.actor.person,
        author_name: String::new(),
        kind: TopicKind::Discussion,
        title: String::new(),
        pinned: false,
        closed_at: None,
        posts: 0,
        last_post_at: now,
        asked_at: None,
        first_response_at: None,
        created_at: now,
        is_over: false,
    }
}

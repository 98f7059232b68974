//! Correcting and removing posts.

use class_allocation::access::ClassMember;
use http_kit::{IfMatch, Problem, markdown, not_found};
use kernel::Ambient;
use kernel::id::PostId;
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;

use crate::model::{Post, Topic};
use crate::store;
use crate::views::{PostView, TopicView};

/// The author corrects the post that they read, for half an hour.
pub async fn edit(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    post: PostId,
    read: IfMatch,
    body: String,
) -> Result<Post, Problem> {
    let now = ambient.now();
    // What was read before may have been removed meanwhile: the rule is asked about the post as it is now.
    let post = store::posts::hold(tx, post).await?.ok_or_else(not_found)?;
    post.editable_by(member.actor.person, now)?;
    read.check(post.version)?;
    let html = markdown::to_safe_html(&body);
    let version = post.version + 1;
    let post = Post { body_source: body, body_html: html, version, edited_at: Some(now), ..post };
    store::posts::edit(tx, &post, now).await?;
    tell(tx, ambient, hub, member, &post)?;
    Ok(post)
}

/// The author or staff take away the post that they read; its place stays, marked as removed. What is removed already stays as it is.
pub async fn remove(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    post: PostId,
    read: IfMatch,
) -> Result<Post, Problem> {
    // The topic first, as whoever writes in it: whether an answer is left does not change meanwhile.
    let topic = store::posts::find(tx, post).await?.ok_or_else(not_found)?.topic;
    let topic = store::topics::hold(tx, topic).await?.ok_or_else(not_found)?;
    let post = store::posts::hold(tx, post).await?.ok_or_else(not_found)?;
    post.removable_by(member.actor.person, member.role)?;
    if post.removed_at.is_some() {
        return Ok(post);
    }
    read.check(post.version)?;
    let now = ambient.now();
    let post = Post { removed_at: Some(now), version: post.version + 1, ..post };
    store::posts::remove(tx, &post, member.actor.person, now).await?;
    tell(tx, ambient, hub, member, &post)?;
    if topic.is_answer(post.author, post.author_role) {
        take_back_the_answer(tx, ambient, hub, &topic).await?;
    }
    let detail = json!({ "by_author": post.author == member.actor.person });
    let (training, by, object) = (member.training, member.actor.person, post.id.to_string());
    storage::audit::of_training(tx, ambient, training, by, "forum.remove_post", object, detail).await?;
    Ok(post)
}

/// The clock stopped at the first answer that is still there; without one the question waits again.
async fn take_back_the_answer(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: &Topic,
) -> Result<(), Problem> {
    let answered = store::posts::first_answer(tx, topic).await?;
    if answered.map(|(_, at)| at) == topic.first_response_at {
        return Ok(());
    }
    store::topics::set_response(tx, topic.id, answered).await?;
    let topic = store::topics::find(tx, topic.id).await?.ok_or_else(not_found)?;
    realtime::publish(
        tx,
        ambient,
        hub,
        &Channel::Class(topic.class),
        "topic_changed",
        &TopicView::of(&topic),
    )?;
    Ok(())
}

fn tell(tx: &mut Tx, ambient: &Ambient, hub: &Hub, member: &ClassMember, post: &Post) -> Result<(), Problem> {
    realtime::publish(tx, ambient, hub, &Channel::Class(member.class), "post_changed", &PostView::of(post))?;
    Ok(())
}

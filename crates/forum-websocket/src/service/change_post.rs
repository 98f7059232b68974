//! Correcting and removing posts.

use class_allocation::access::ClassMember;
use http_kit::{IfMatch, Problem, markdown, not_found};
use kernel::id::PostId;
use kernel::{Actor, Ambient};
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;

use crate::model::{Post, Topic};
use crate::store;
use crate::views::{PostView, TopicView};

/// A post's other words, rendered before their transaction, in which others wait.
pub struct Words {
    source: String,
    html: String,
}

impl Words {
    pub fn of(source: String) -> Self {
        Self { html: markdown::to_safe_html(&source), source }
    }
}

/// The author corrects the post that they read, for half an hour.
pub async fn edit(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    post: PostId,
    read: IfMatch,
    words: &Words,
) -> Result<Post, Problem> {
    let now = ambient.now();
    // What was read before may have been removed meanwhile: the rule is asked about the post as the change found it.
    let edited =
        store::posts::edit(tx, post, &words.source, &words.html, now).await?.ok_or_else(not_found)?;
    let member = ClassMember::of(actor, &edited.place)?;
    let post = edited.thing;
    post.editable_by(actor.person, now)?;
    read.check(post.version - 1)?;
    tell(tx, ambient, hub, &member, &post)?;
    Ok(post)
}

/// The author or staff take away the post that they read; its place stays, marked as removed. What is removed already stays as it is.
pub async fn remove(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    post: PostId,
    read: IfMatch,
) -> Result<Post, Problem> {
    // The topic first, as whoever writes in it: whether an answer is left does not change meanwhile.
    let held = store::topics::hold_of_post(tx, post).await?.ok_or_else(not_found)?;
    let member = ClassMember::of(actor, &held.place)?;
    let topic = held.thing;
    let Some(post) = store::posts::remove(tx, post, actor.person, ambient.now()).await? else {
        let post = store::posts::find(tx, post).await?.ok_or_else(not_found)?;
        post.removable_by(actor.person, member.role)?;
        return Ok(post);
    };
    post.removable_by(actor.person, member.role)?;
    read.check(post.version - 1)?;
    tell(tx, ambient, hub, &member, &post)?;
    if topic.is_answer(post.author, post.author_role) {
        take_back_the_answer(tx, ambient, hub, topic).await?;
    }
    let detail = json!({ "by_author": post.author == actor.person });
    let (training, by, object) = (member.training, actor.person, post.id.to_string());
    storage::audit::of_training(tx, ambient, training, by, "forum.remove_post", object, detail).await?;
    Ok(post)
}

/// The clock stopped at the first answer that is still there; without one the question waits again.
async fn take_back_the_answer(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: Topic,
) -> Result<(), Problem> {
    let answered = store::topics::respond_anew(tx, topic.id).await?;
    if answered == topic.first_response_at {
        return Ok(());
    }
    let topic = Topic { first_response_at: answered, ..topic };
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

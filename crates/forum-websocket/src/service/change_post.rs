//! Correcting and removing posts.

use class_allocation::access::ClassMember;
use http_kit::{Problem, markdown, not_found};
use kernel::Ambient;
use kernel::id::PostId;
use realtime::{Channel, Hub};
use serde_json::json;
use storage::Tx;

use crate::model::Post;
use crate::store;
use crate::views::PostView;

/// The author corrects a post, for half an hour.
pub async fn edit(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    post: PostId,
    body: String,
) -> Result<Post, Problem> {
    let now = ambient.now();
    // What was read before may have been removed meanwhile: the rule is asked about the post as it is now.
    let post = store::posts::hold(tx, post).await?.ok_or_else(not_found)?;
    post.editable_by(member.actor.person, now)?;
    let html = markdown::to_safe_html(&body);
    store::posts::edit(tx, post.id, &body, &html, now).await?;
    let post = Post { body_source: body, body_html: html, edited_at: Some(now), ..post };
    tell(tx, ambient, hub, member, &post).await?;
    Ok(post)
}

/// The author or staff take a post away; its place stays, marked as removed.
pub async fn remove(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    post: PostId,
) -> Result<Post, Problem> {
    let post = store::posts::hold(tx, post).await?.ok_or_else(not_found)?;
    post.removable_by(member.actor.person, member.role)?;
    let now = ambient.now();
    store::posts::remove(tx, post.id, member.actor.person, now).await?;
    let post = Post { removed_at: Some(post.removed_at.unwrap_or(now)), ..post };
    tell(tx, ambient, hub, member, &post).await?;
    let detail = json!({ "by_author": post.author == member.actor.person });
    let (training, by, object) = (member.training, member.actor.person, post.id.to_string());
    storage::audit::of_training(tx, ambient, training, by, "forum.remove_post", object, detail).await?;
    Ok(post)
}

async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    member: &ClassMember,
    post: &Post,
) -> Result<(), Problem> {
    realtime::publish(tx, ambient, hub, &Channel::Class(member.class), "post_changed", &PostView::of(post))
        .await?;
    Ok(())
}

//! Posts: write, correct, remove.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Input, Posted, Problem, Versioned, wording};
use kernel::id::{PostId, TopicId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::member::{PostNamed, TopicNamed};
use super::router::Shared;
use crate::service;
use crate::service::add_post::NewPost;
use crate::service::change_post::Words;
use crate::views::PostView;

/// Most characters of a post.
pub(super) const LONGEST_POST: usize = 4000;

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct NewPostBody {
    /// Markdown.
    #[garde(custom(a_post))]
    pub body: String,
    /// Made by the author's device, the same at every retry.
    #[garde(length(min = 8, max = 64))]
    pub client_id: String,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct EditPostBody {
    #[garde(custom(a_post))]
    pub body: String,
}

/// Not empty, not longer than a page; said in words that fit a post.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands its context over by reference")]
pub(super) fn a_post(body: &str, (): &()) -> garde::Result {
    let length = body.trim().chars().count();
    if !wording::says_something(body) {
        return Err(http_kit::rule("required", "请先写点什么。", "Please write something first."));
    }
    if length > LONGEST_POST {
        return Err(http_kit::rule(
            "post.too_long",
            &format!("太长了：现在 {length} 个字，最多 {LONGEST_POST} 个字。可以分成几条发。"),
            &format!(
                "Too long: {length} characters, at most {LONGEST_POST}. You can split it into several posts."
            ),
        ));
    }
    wording::spare_text(usize::MAX)(body, &())
}

#[utoipa::path(post, path = "/api/v1/topics/{topic_id}/posts", params(("topic_id" = TopicId, Path)),
    request_body = NewPostBody, responses((status = 201, body = PostView)), tag = "forum")]
pub(crate) async fn add_post(
    State(shared): State<Shared>,
    topic: TopicNamed,
    sent: Result<Posted<NewPostBody>, Problem>,
) -> Result<Answer, Halt> {
    let Posted { input, once } = topic.or_hidden(sent).await?;
    let new = NewPost::of(input.body, input.client_id);
    let mut tx = topic.or_hidden(once.begin().await).await?;
    let ambient = &shared.platform.ambient;
    let post = service::add_post::add(&mut tx, ambient, &shared.hub, &topic.actor, topic.id, new).await?;
    once.created(tx, &PostView::of(&post)).await
}

#[utoipa::path(put, path = "/api/v1/posts/{post_id}",
    params(("post_id" = PostId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = EditPostBody, responses((status = 200, body = PostView)), tag = "forum")]
pub(crate) async fn edit_post(
    State(shared): State<Shared>,
    post: PostNamed,
    read: Result<IfMatch, Problem>,
    sent: Result<Input<EditPostBody>, Problem>,
) -> Result<Versioned<PostView>, Problem> {
    let read = post.or_hidden(read).await?;
    let Input(input) = post.or_hidden(sent).await?;
    let words = Words::of(input.body);
    let mut tx = post.or_hidden(shared.platform.begin(&post.actor).await).await?;
    let ambient = &shared.platform.ambient;
    let edited =
        service::change_post::edit(&mut tx, ambient, &shared.hub, &post.actor, post.id, read, &words).await?;
    tx.commit().await?;
    Ok(Versioned(edited.version, PostView::of(&edited)))
}

#[utoipa::path(delete, path = "/api/v1/posts/{post_id}",
    params(("post_id" = PostId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = PostView)), tag = "forum")]
pub(crate) async fn remove_post(
    State(shared): State<Shared>,
    post: PostNamed,
    read: Result<IfMatch, Problem>,
) -> Result<Versioned<PostView>, Problem> {
    let read = post.or_hidden(read).await?;
    let mut tx = post.or_hidden(shared.platform.begin(&post.actor).await).await?;
    let ambient = &shared.platform.ambient;
    let removed =
        service::change_post::remove(&mut tx, ambient, &shared.hub, &post.actor, post.id, read).await?;
    tx.commit().await?;
    Ok(Versioned(removed.version, PostView::of(&removed)))
}

//! Topics: list, start, read, and what staff do with them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use class_allocation::access::{ClassMember, ClassStaff};
use garde::Validate;
use http_kit::{Answer, Halt, Input, Page, Paged, Path, Posted, Problem, Query, not_found, wording};
use kernel::id::{ClassId, TaskId, TopicId};
use kernel::{Role, Timestamp};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::member::{TopicInClass, TopicNamed};
use super::posts::a_post;
use super::router::Shared;
use crate::model::{Topic, TopicKind};
use crate::service::add_post::NewPost;
use crate::service::start_topic::NewTopic;
use crate::store::topics::Listed;
use crate::views::{ListedTopicView, PostView, TopicPageView, TopicView};
use crate::{service, store};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct NewTopicBody {
    #[garde(skip)]
    pub kind: NewTopicKind,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(100)))]
    pub title: String,
    /// The first post, Markdown.
    #[garde(custom(a_post))]
    pub body: String,
    #[garde(length(min = 8, max = 64))]
    pub client_id: String,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NewTopicKind {
    Discussion,
    Question,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PostsAsked {
    /// Posts after this number.
    #[garde(range(min = 0))]
    #[serde(default)]
    pub after: i64,
    /// How many at most (1 to 100).
    #[garde(range(min = 1, max = 100))]
    #[serde(default = "default_posts")]
    pub limit: i64,
}

const fn default_posts() -> i64 {
    25
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct SeenBody {
    #[garde(range(min = 0))]
    pub number: i64,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PinBody {
    #[garde(skip)]
    pub pinned: bool,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CloseBody {
    #[garde(skip)]
    pub closed: bool,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/topics", params(("class_id" = ClassId, Path), Page),
    responses((status = 200, body = Paged<ListedTopicView>)), tag = "forum")]
pub(crate) async fn list_topics(
    State(shared): State<Shared>,
    member: ClassMember,
    Query(page): Query<Page>,
) -> Result<Json<Paged<ListedTopicView>>, Problem> {
    let top = (true, shared.platform.ambient.now().plus_days(1), shared.platform.ambient.new_id());
    let behind = match page.after.as_deref() {
        Some(after) => read_cursor(after).ok_or_else(not_found)?,
        None => top,
    };
    let mut conn = shared.platform.db.read().await?;
    let (class, reader, limit) = (member.class, member.actor.person, i64::from(page.limit) + 1);
    let topics = store::topics::page(&mut conn, class, reader, behind, limit).await?;
    let paged = Paged::cut(topics, &page, |listed| cursor(&listed.topic));
    Ok(Json(paged.map(|Listed { topic, unread }| ListedTopicView { unread, topic: TopicView::of(&topic) })))
}

#[utoipa::path(post, path = "/api/v1/classes/{class_id}/topics", params(("class_id" = ClassId, Path)),
    request_body = NewTopicBody, responses((status = 201, body = TopicView)), tag = "forum")]
pub(crate) async fn start_topic(
    State(shared): State<Shared>,
    member: ClassMember,
    Posted { input, once }: Posted<NewTopicBody>,
) -> Result<Answer, Halt> {
    let new = NewTopic {
        kind: match input.kind {
            NewTopicKind::Discussion => TopicKind::Discussion,
            NewTopicKind::Question => TopicKind::Question,
        },
        title: input.title,
        first_post: NewPost::of(input.body, input.client_id),
    };
    let mut tx = once.begin().await?;
    let topic =
        service::start_topic::start(&mut tx, &shared.platform.ambient, &shared.hub, &member, new).await?;
    once.created(tx, &TopicView::of(&topic)).await
}

/// The topic that discusses a task in this class.
#[utoipa::path(put, path = "/api/v1/classes/{class_id}/tasks/{task_id}/topic",
    params(("class_id" = ClassId, Path), ("task_id" = TaskId, Path)), responses((status = 200, body = TopicView)), tag = "forum")]
pub(crate) async fn open_task_topic(
    State(shared): State<Shared>,
    member: ClassMember,
    path: Path<(ClassId, TaskId)>,
) -> Result<Json<TopicView>, Problem> {
    let Path((_, task)) = path;
    let known = {
        let mut conn = shared.platform.db.read().await?;
        store::topics::find_of_task(&mut conn, member.class, task).await?
    };
    if let Some(topic) = known {
        return Ok(Json(TopicView::of(&topic)));
    }
    let mut tx = shared.platform.begin(&member.actor).await?;
    let topic =
        service::start_topic::of_task(&mut tx, &shared.platform.ambient, &shared.hub, &member, task).await?;
    tx.commit().await?;
    Ok(Json(TopicView::of(&topic)))
}

/// Questions of a class that nobody has answered, longest waiting first. When the training is over they stay, and no answer is promised.
#[utoipa::path(get, path = "/api/v1/classes/{class_id}/unanswered", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = Vec<TopicView>)), tag = "forum")]
pub(crate) async fn list_unanswered(
    State(shared): State<Shared>,
    staff: ClassStaff,
) -> Result<Json<Vec<TopicView>>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let topics = store::topics::unanswered(&mut conn, staff.class).await?;
    Ok(Json(topics.iter().map(TopicView::of).collect()))
}

#[utoipa::path(get, path = "/api/v1/topics/{topic_id}", params(("topic_id" = TopicId, Path), PostsAsked),
    responses((status = 200, body = TopicPageView)), tag = "forum")]
pub(crate) async fn read_topic(
    State(shared): State<Shared>,
    TopicInClass { topic, seen, member }: TopicInClass,
    Query(asked): Query<PostsAsked>,
) -> Result<Json<TopicPageView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let posts = store::posts::page(&mut conn, topic.id, asked.after, asked.limit).await?;
    let last = posts.last().map_or(asked.after, |post| post.number);
    Ok(Json(TopicPageView {
        posts: posts.iter().map(PostView::of).collect(),
        next: (last < topic.posts).then_some(last),
        seen,
        staff: !matches!(member.role, Role::Learner | Role::ProvincialOffice),
        topic: TopicView::of(&topic),
    }))
}

/// Remembers how far the reader has come; never backwards.
#[utoipa::path(put, path = "/api/v1/topics/{topic_id}/seen", params(("topic_id" = TopicId, Path)),
    request_body = SeenBody, responses((status = 204)), tag = "forum")]
pub(crate) async fn see_topic(
    State(shared): State<Shared>,
    TopicInClass { topic, seen, member }: TopicInClass,
    Input(input): Input<SeenBody>,
) -> Result<StatusCode, Problem> {
    let number = input.number.min(topic.posts);
    if number > seen {
        let mut tx = shared.platform.begin(&member.actor).await?;
        let now = shared.platform.ambient.now();
        store::topics::see(&mut tx, topic.id, member.actor.person, number, now).await?;
        tx.commit().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(put, path = "/api/v1/topics/{topic_id}/pinned", params(("topic_id" = TopicId, Path)),
    request_body = PinBody, responses((status = 200, body = TopicView)), tag = "forum")]
pub(crate) async fn pin_topic(
    State(shared): State<Shared>,
    topic: TopicNamed,
    sent: Result<Input<PinBody>, Problem>,
) -> Result<Json<TopicView>, Problem> {
    let Input(PinBody { pinned }) = topic.or_hidden(sent).await?;
    let mut tx = topic.or_hidden(shared.platform.begin(&topic.actor).await).await?;
    let ambient = &shared.platform.ambient;
    let changed =
        service::change_topic::pin(&mut tx, ambient, &shared.hub, &topic.actor, topic.id, pinned).await?;
    tx.commit().await?;
    Ok(Json(TopicView::of(&changed)))
}

#[utoipa::path(put, path = "/api/v1/topics/{topic_id}/closed", params(("topic_id" = TopicId, Path)),
    request_body = CloseBody, responses((status = 200, body = TopicView)), tag = "forum")]
pub(crate) async fn close_topic(
    State(shared): State<Shared>,
    topic: TopicNamed,
    sent: Result<Input<CloseBody>, Problem>,
) -> Result<Json<TopicView>, Problem> {
    let Input(CloseBody { closed }) = topic.or_hidden(sent).await?;
    let mut tx = topic.or_hidden(shared.platform.begin(&topic.actor).await).await?;
    let ambient = &shared.platform.ambient;
    let changed =
        service::change_topic::close(&mut tx, ambient, &shared.hub, &topic.actor, topic.id, closed).await?;
    tx.commit().await?;
    Ok(Json(TopicView::of(&changed)))
}

/// Where the next page starts: whether the last topic is pinned, its activity and id.
fn cursor(topic: &Topic) -> String {
    format!("{}.{}.{}", topic.pinned, topic.last_post_at.micros(), topic.id)
}

fn read_cursor(text: &str) -> Option<(bool, Timestamp, TopicId)> {
    let (pinned, place) = text.split_once('.')?;
    let (micros, id) = place.split_once('.')?;
    Some((pinned.parse().ok()?, Timestamp::from_micros(micros.parse().ok()?), id.parse().ok()?))
}

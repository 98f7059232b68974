//! Announcements of a class, and the lists that its staff may publish with one.

use axum::Json;
use axum::extract::State;
use class_allocation::access::{ClassMember, ClassStaff};
use garde::Validate;
use http_kit::{Answer, Halt, Page, Paged, Posted, Problem, Query, not_found, wording};
use kernel::Timestamp;
use kernel::id::{AnnouncementId, ClassId, TaskListId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Shared;
use super::lists::TaskListInShortView;
use crate::service::announce::announce;
use crate::store;
use crate::store::announcements::AnnouncementRow;

/// Something to tell the class; with a list, the class gets that week.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct AnnouncementInput {
    #[garde(skip)]
    #[serde(default)]
    list_id: Option<TaskListId>,
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(80)))]
    title: String,
    /// Markdown.
    #[garde(custom(wording::words(4_000)))]
    body: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnnouncementView {
    id: AnnouncementId,
    list_id: Option<TaskListId>,
    week: Option<u16>,
    title: String,
    body_html: String,
    author_name: String,
    published_at: Timestamp,
}

/// A list of the training, and whether this class has it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassTaskListView {
    #[serde(flatten)]
    list: TaskListInShortView,
    published_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassTaskListsView {
    items: Vec<ClassTaskListView>,
}

#[utoipa::path(post, path = "/api/v1/classes/{class_id}/announcements", params(("class_id" = ClassId, Path)),
    request_body = AnnouncementInput, responses((status = 201, body = AnnouncementView)), tag = "task-board")]
pub(super) async fn publish_announcement(
    State(shared): State<Shared>,
    staff: ClassStaff,
    Posted { input, once }: Posted<AnnouncementInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let AnnouncementInput { list_id, title, body } = input;
    let (ambient, references) = (&shared.platform.ambient, &shared.references);
    let made =
        announce(&mut tx, ambient, &shared.hub, &staff, references, list_id, title.trim(), &body).await?;
    once.created(tx, &AnnouncementView::from(made)).await
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/announcements", params(("class_id" = ClassId, Path), Page),
    responses((status = 200, body = Paged<AnnouncementView>)), tag = "task-board")]
pub(super) async fn list_announcements(
    State(shared): State<Shared>,
    member: ClassMember,
    Query(page): Query<Page>,
) -> Result<Json<Paged<AnnouncementView>>, Problem> {
    let before = match &page.after {
        Some(after) => after.parse().map_err(|_| not_found())?,
        None => AnnouncementId::from_uuid(Uuid::max()),
    };
    let mut conn = shared.platform.db.read().await?;
    let found =
        store::announcements::page(&mut conn, member.class, before, i64::from(page.limit) + 1).await?;
    Ok(Json(Paged::cut(found, &page, |a| a.id.to_string()).map(AnnouncementView::from)))
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/task-lists", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = ClassTaskListsView)), tag = "task-board")]
pub(super) async fn list_class_task_lists(
    State(shared): State<Shared>,
    staff: ClassStaff,
) -> Result<Json<ClassTaskListsView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let lists = store::lists::of_training(&mut conn, staff.training, Some(staff.class)).await?;
    let items = lists
        .into_iter()
        .map(|list| ClassTaskListView { published_at: list.published_at, list: list.into() })
        .collect();
    Ok(Json(ClassTaskListsView { items }))
}

impl From<AnnouncementRow> for AnnouncementView {
    fn from(row: AnnouncementRow) -> Self {
        Self {
            id: row.id,
            list_id: row.list_id,
            week: row.week,
            title: row.title,
            body_html: row.body_html,
            author_name: row.author_name,
            published_at: row.published_at,
        }
    }
}

//! A person's notices: list, count, mark as read.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use http_kit::{Page, Paged, Path, Problem, Query, SignedIn, not_found};
use kernel::id::NoticeId;

use super::router::Shared;
use crate::views::{PersonNoticeView, UnreadNoticesView};
use crate::{service, store};

/// The signed-in person's notices, newest first.
#[utoipa::path(get, path = "/api/v1/notices", params(Page), tag = "notification",
    responses((status = OK, body = Paged<PersonNoticeView>)))]
pub(crate) async fn list_my_notices(
    State(shared): State<Shared>,
    actor: SignedIn,
    Query(page): Query<Page>,
) -> Result<Json<Paged<PersonNoticeView>>, Problem> {
    let before = match &page.after {
        None => NoticeId::from_uuid(uuid::Uuid::max()),
        Some(text) => text.parse().map_err(|_| no_such_page())?,
    };
    let mut conn = shared.platform.db.read().await?;
    let found = store::notices::page(&mut conn, actor.person, before, i64::from(page.limit) + 1).await?;
    Ok(Json(Paged::cut(found, &page, |notice| notice.id.to_string()).map(PersonNoticeView::from)))
}

/// How many notices are unread.
#[utoipa::path(get, path = "/api/v1/notices/unread-count", tag = "notification",
    responses((status = OK, body = UnreadNoticesView)))]
pub(crate) async fn count_unread_notices(
    State(shared): State<Shared>,
    actor: SignedIn,
) -> Result<Json<UnreadNoticesView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    Ok(Json(UnreadNoticesView { unread: store::notices::count_unread(&mut conn, actor.person).await? }))
}

/// Marks a notice as read; again does no harm.
#[utoipa::path(post, path = "/api/v1/notices/{notice_id}/read", params(("notice_id" = NoticeId, Path)),
    tag = "notification", extensions(("x-repeatable" = json!(true))), responses((status = NO_CONTENT)))]
pub(crate) async fn mark_notice_read(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(notice): Path<NoticeId>,
) -> Result<StatusCode, Problem> {
    let Shared { platform, hub } = shared;
    let mut tx = platform.begin(&actor).await?;
    if !service::mark_read::one(&mut tx, &platform.ambient, &hub, actor.person, notice).await? {
        return Err(not_found());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Marks all notices as read; again does no harm.
#[utoipa::path(post, path = "/api/v1/notices/read-all", tag = "notification", extensions(("x-repeatable" = json!(true))),
    responses((status = NO_CONTENT)))]
pub(crate) async fn mark_all_notices_read(
    State(shared): State<Shared>,
    actor: SignedIn,
) -> Result<StatusCode, Problem> {
    let Shared { platform, hub } = shared;
    let mut tx = platform.begin(&actor).await?;
    service::mark_read::all(&mut tx, &platform.ambient, &hub, actor.person).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn no_such_page() -> Problem {
    Problem::bad_request(
        "notices.no_such_page",
        "没有这一页，请从第一页看起。",
        "There is no such page; please start from the first.",
    )
}

//! All applications of one's own.

use axum::Json;
use axum::extract::State;
use http_kit::{Page, Paged, Platform, Problem, Query, SignedIn, not_found};
use kernel::id::ApplicationId;
use uuid::Uuid;

use super::views::ApplicationView;
use crate::store;

#[utoipa::path(get, path = "/api/v1/my/applications", params(Page),
    responses((status = 200, body = Paged<ApplicationView>)), tag = "gate-admission")]
pub(super) async fn list_my_applications(
    State(platform): State<Platform>,
    actor: SignedIn,
    Query(page): Query<Page>,
) -> Result<Json<Paged<ApplicationView>>, Problem> {
    let before = match &page.after {
        Some(after) => after.parse().map_err(|_| not_found())?,
        None => ApplicationId::from_uuid(Uuid::max()),
    };
    let mut conn = platform.db.read().await?;
    let rows = store::lists::of_person(&mut conn, actor.person, before, i64::from(page.limit) + 1).await?;
    Ok(Json(Paged::cut(rows, &page, |row| row.id.to_string()).map(ApplicationView::from)))
}

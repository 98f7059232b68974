//! All applications of one's own.

use axum::Json;
use axum::extract::State;
use http_kit::{Paged, Platform, Problem, SignedIn};

use super::views::ApplicationView;
use crate::store;

#[utoipa::path(get, path = "/api/v1/my/applications",
    responses((status = 200, body = Paged<ApplicationView>)), tag = "gate-admission")]
pub(super) async fn list_my_applications(
    State(platform): State<Platform>,
    actor: SignedIn,
) -> Result<Json<Paged<ApplicationView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let rows = store::lists::of_person(&mut conn, actor.person).await?;
    let items = rows.into_iter().map(ApplicationView::from).collect();
    Ok(Json(Paged { items, next: None }))
}

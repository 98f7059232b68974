//! One-time links: whose they are, and the password they set.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use garde::Validate;
use http::{HeaderMap, StatusCode};
use http_kit::{Input, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cookie;
use super::router::Shared;
use crate::service::first_use;

/// Whose account a link opens.
#[derive(Serialize, ToSchema)]
pub(super) struct FirstUseView {
    name: String,
    account_name: String,
}

/// The link's token and the password that its person chose.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct FirstUse {
    #[garde(length(chars, min = 1, max = 100))]
    token: String,
    /// 10 to 128 characters; what is tried first and what others know of the person is refused.
    #[garde(length(chars, min = 1, max = 1000))]
    #[schema(format = Password, min_length = 10, max_length = 128)]
    password: String,
}

/// Shows whose account a one-time link opens.
#[utoipa::path(get, path = "/api/v1/first-use/{token}", params(("token" = String, Path)),
    responses((status = 200, body = FirstUseView)), tags = ["identity", "public"])]
pub(super) async fn get_first_use(
    State(shared): State<Shared>,
    Path(token): Path<String>,
) -> Result<Json<FirstUseView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let account = first_use::look(&mut conn, &token, shared.platform.ambient.now()).await?;
    Ok(Json(FirstUseView { name: account.name, account_name: account.account_name }))
}

/// Sets the password by a one-time link and uses the link up. Sent once more under the same key, it is answered alike.
#[utoipa::path(post, path = "/api/v1/first-use", request_body = FirstUse, responses((status = 204)),
    params(("Idempotency-Key" = Option<String>, Header, description = "Tells the same request from another")),
    tags = ["identity", "public"])]
pub(super) async fn use_first_use(
    State(shared): State<Shared>,
    headers: HeaderMap,
    Input(input): Input<FirstUse>,
) -> Result<Response, Problem> {
    let Shared { platform, identity, hub } = &shared;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let wish = first_use::Wish { token: &input.token, password: &input.password, key };
    let marks = first_use::set_password(platform, identity, hub, wish).await?;
    Ok(cookie::set_marks(identity, StatusCode::NO_CONTENT, &marks))
}

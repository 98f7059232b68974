//! Changing one's own password.

use axum::extract::State;
use axum::response::Response;
use garde::Validate;
use http::StatusCode;
use http_kit::{Input, Problem, SignedIn};
use serde::Deserialize;
use utoipa::ToSchema;

use super::cookie;
use super::router::Shared;
use crate::service::change_password::{Wish, change_password};

/// The password that the caller has, and the one that they want.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct NewPassword {
    #[garde(length(chars, min = 1, max = 128))]
    #[schema(format = Password)]
    current: String,
    /// 10 to 128 characters; what is tried first and what others know of the person is refused.
    #[garde(length(chars, min = 1, max = 1000))]
    #[schema(format = Password, min_length = 10, max_length = 128)]
    password: String,
}

/// Changes the caller's password. All their other sessions end at once; this one goes on.
///
/// Takes no idempotency key, as a digest of passwords would be stored with it. Sent again it says that the current password is wrong.
#[utoipa::path(post, path = "/api/v1/me/password", request_body = NewPassword, responses((status = 204)), tag = "identity",
    extensions(("x-repeatable" = json!(true))))]
pub(super) async fn change_my_password(
    State(shared): State<Shared>,
    actor: SignedIn,
    Input(input): Input<NewPassword>,
) -> Result<Response, Problem> {
    let Shared { platform, identity, hub } = &shared;
    let wish = Wish { current: &input.current, new: &input.password };
    let marks = change_password(platform, identity, hub, &actor, wish).await?;
    Ok(cookie::set_marks(identity, StatusCode::NO_CONTENT, &marks))
}

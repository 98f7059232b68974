//! Signing in, renewing, signing out.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use garde::Validate;
use http::{HeaderMap, StatusCode, header};
use http_kit::{Answer, ClientAddress, Halt, Input, Posted, Problem, SignedIn};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cookie;
use super::me::{MeView, me};
use super::router::Shared;
use crate::access_token;
use crate::authenticator::over;
use crate::service::session::{self, Met, Renewed};
use crate::service::sign_in;

/// Who signs in: a phone number or an account name, and the password.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct SignIn {
    #[garde(length(chars, min = 1, max = 100))]
    login: String,
    #[garde(length(chars, min = 1, max = 128))]
    #[schema(format = Password)]
    password: String,
}

/// An access token for ten minutes, and whose it is: who enters need not ask again. The refresh token travels in a cookie.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionView {
    access_token: String,
    expires_at: Timestamp,
    #[serde(flatten)]
    me: MeView,
}

/// Nothing to say.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct Nothing {}

/// Signs in with phone or account name and password.
#[utoipa::path(post, path = "/api/v1/sign-in", request_body = SignIn, responses((status = 200, body = SessionView)),
    tags = ["identity", "public"])]
pub(super) async fn sign_in(
    State(shared): State<Shared>,
    ClientAddress(address): ClientAddress,
    jar: CookieJar,
    Input(input): Input<SignIn>,
) -> Result<Response, Problem> {
    let Shared { platform, identity, hub } = &shared;
    let from = sign_in::Place { address, marks: cookie::read_marks(identity, &jar) };
    let typed = sign_in::Typed { login: &input.login, password: &input.password };
    let (renewed, marks) = sign_in::sign_in(platform, identity, hub, typed, from).await?;
    let me = me(&mut platform.db.read().await?, renewed.person).await?;
    Ok(cookie::set_marks(identity, answer(&shared, renewed, me), &marks))
}

/// Gives a new access token to whoever holds the refresh cookie.
#[utoipa::path(post, path = "/api/v1/session/refresh", responses((status = 200, body = SessionView)),
    tags = ["identity", "public"])]
pub(super) async fn refresh_session(
    State(shared): State<Shared>,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let Some(token) = cookie::read(&shared.identity, &jar) else { return Ok(refused(&shared)) };
    // Whoever makes one up takes nobody's turn to write.
    if !session::is_token(&mut shared.platform.db.read().await?, &token).await? {
        return Ok(refused(&shared));
    }
    let mut tx = shared.platform.db.begin_write().await?;
    match session::renew(&mut tx, &shared.platform.ambient, shared.identity.vault(), &token).await? {
        Met::Renewed(renewed) => {
            let me = me(&mut tx, renewed.person).await?;
            tx.commit().await?;
            Ok(answer(&shared, renewed, me))
        }
        Met::Reused { person, session } => {
            let hub = shared.hub.clone();
            tx.on_commit(move || hub.close_session(person, session));
            tx.commit().await?;
            tracing::warn!(person.id = %person, "a refresh token was used twice; its session is ended");
            Ok(refused(&shared))
        }
        Met::Unknown => Ok(refused(&shared)),
    }
}

/// Ends this session. It takes an access token whose time is over, and answers alike whatever it was given.
#[utoipa::path(post, path = "/api/v1/sign-out", responses((status = 204)), tags = ["identity", "public"])]
pub(super) async fn sign_out(State(shared): State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "))
        .and_then(|token| access_token::read(shared.identity.vault(), token.trim()));
    if let Some(bearer) = bearer {
        let mut tx = shared.platform.db.begin_write().await?;
        session::sign_out(&mut tx, &shared.platform.ambient, bearer.session).await?;
        let hub = shared.hub.clone();
        tx.on_commit(move || hub.close_session(bearer.person, bearer.session));
        tx.commit().await?;
    }
    Ok(cookie::set(&shared.identity, StatusCode::NO_CONTENT, None))
}

/// Ends all sessions of the caller, on every device.
#[utoipa::path(post, path = "/api/v1/sign-out-everywhere", request_body = Nothing, responses((status = 204)), tag = "identity")]
pub(super) async fn sign_out_everywhere(
    State(shared): State<Shared>,
    actor: SignedIn,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin_alone().await?;
    session::sign_out_everywhere(&mut tx, &shared.platform.ambient, actor.person).await?;
    let (hub, person) = (shared.hub.clone(), actor.person);
    tx.on_commit(move || hub.close_person(person));
    once.done(tx).await
}

fn answer(shared: &Shared, renewed: Renewed, me: MeView) -> Response {
    let view = SessionView { access_token: renewed.access_token, expires_at: renewed.expires_at, me };
    cookie::set(&shared.identity, Json(view), Some((&renewed.refresh_token, renewed.refresh_seconds)))
}

fn refused(shared: &Shared) -> Response {
    cookie::set(&shared.identity, over().into_response(), None)
}

//! The addresses that stand in signed credentials: keys, status lists, issuers, achievements, the credential itself.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use garde::Validate;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http_kit::{Path, Problem, Query, not_found};
use kernel::id::{OrgUnitId, TrainingId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use super::router::Shared;
use crate::model::SerialNumber;
use crate::service;
use crate::store;

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CredentialQuery {
    /// The certificate's key: a credential holds a name, and numbers can be guessed.
    #[garde(length(max = 64))]
    #[serde(default)]
    k: String,
}

/// All public keys, where verifiers look first.
#[utoipa::path(get, path = "/.well-known/jwks.json", responses((status = 200, body = Object)),
    tags = ["public", "certificate-issuer"])]
pub(super) async fn get_jwks(State(shared): State<Shared>) -> Response {
    keys(&shared)
}

/// All public keys.
#[utoipa::path(get, path = "/keys", responses((status = 200, body = Object)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_keys(State(shared): State<Shared>) -> Response {
    keys(&shared)
}

/// One public key as a bare JWK.
#[utoipa::path(get, path = "/keys/{key_id}", params(("key_id" = String, Path)), responses((status = 200, body = Object)),
    tags = ["public", "certificate-issuer"])]
pub(super) async fn get_key(
    State(shared): State<Shared>,
    Path(key_id): Path<String>,
) -> Result<Response, Problem> {
    let keys = shared.issuing.keys();
    let jwk = keys.public().jwk(&key_id).ok_or_else(not_found)?;
    Ok((kept_for("public, max-age=3600"), Json(jwk)).into_response())
}

/// Which certificates are revoked: a signed bitstring, the same for everybody, so that asking tells nothing.
#[utoipa::path(get, path = "/credentials/status/{list}", params(("list" = u32, Path)),
    responses((status = 200, content_type = "application/vc+jwt", body = String)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_status_list(
    State(shared): State<Shared>,
    Path(list): Path<u32>,
) -> Result<Response, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let token = store::status_lists::token(&mut conn, list).await?.ok_or_else(not_found)?;
    Ok(jwt(token, "public, max-age=60"))
}

/// Who issues: the profile as it stands in credentials.
#[utoipa::path(get, path = "/issuers/{org_unit_id}", params(("org_unit_id" = OrgUnitId, Path)),
    responses((status = 200, body = Object)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_issuer_profile(
    State(shared): State<Shared>,
    Path(office): Path<OrgUnitId>,
) -> Result<Response, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let payload = store::certificates::payload_of_issuer(&mut conn, office).await?;
    part_of(payload, "/issuer")
}

/// What was achieved: the training as it stands in credentials.
#[utoipa::path(get, path = "/achievements/{training_id}", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Object)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_achievement(
    State(shared): State<Shared>,
    Path(training): Path<TrainingId>,
) -> Result<Response, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let payload = store::certificates::payload_of_training(&mut conn, training).await?;
    part_of(payload, "/credentialSubject/achievement")
}

/// The signed credential, for somebody who has the certificate's key.
#[utoipa::path(get, path = "/credentials/{serial}", params(("serial" = String, Path), CredentialQuery),
    responses((status = 200, content_type = "application/vc+jwt", body = String)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_public_credential(
    State(shared): State<Shared>,
    Path(serial): Path<String>,
    Query(query): Query<CredentialQuery>,
) -> Result<Response, Problem> {
    let serial: SerialNumber = serial.parse().map_err(|_| not_found())?;
    let key = query.k.parse().map_err(|_| not_found())?;
    let mut conn = shared.platform.db.read().await?;
    let recorded = service::check::by_serial(&mut conn, &serial, key).await?.ok_or_else(not_found)?;
    Ok(jwt(recorded.issued.ok_or_else(not_found)?.token, "no-store"))
}

fn keys(shared: &Shared) -> Response {
    (kept_for("public, max-age=3600"), Json(shared.issuing.keys().public().jwks())).into_response()
}

/// What everybody sees the same, and the signed text already says.
fn part_of(payload: Option<String>, pointer: &str) -> Result<Response, Problem> {
    let payload = payload.ok_or_else(not_found)?;
    let payload: Value = serde_json::from_str(&payload).map_err(|error| Problem::internal(&error))?;
    let part = payload.pointer(pointer).cloned().ok_or_else(not_found)?;
    Ok((kept_for("public, max-age=3600"), Json(part)).into_response())
}

fn jwt(token: String, kept: &'static str) -> Response {
    let content_type = (CONTENT_TYPE, HeaderValue::from_static("application/vc+jwt"));
    (kept_for(kept), [content_type], token).into_response()
}

fn kept_for(kept: &'static str) -> [(http::HeaderName, HeaderValue); 1] {
    [(CACHE_CONTROL, HeaderValue::from_static(kept))]
}

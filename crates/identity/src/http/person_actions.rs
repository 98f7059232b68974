//! What a desk does with one person: look behind the masks, disable, enable, give a link.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, Input, Path, Posted, Problem, wording};
use kernel::Timestamp;
use kernel::id::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::people::{PersonDetailView, shown};
use super::router::Shared;
use super::session::Nothing;
use crate::access::Overseer;
use crate::service::{first_use, people};

/// Why somebody's numbers are needed; it goes on record.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct RevealReason {
    #[garde(length(chars, min = 2, max = 200), custom(wording::words(200)))]
    reason: String,
}

/// A person's numbers in the clear.
#[derive(Serialize, ToSchema)]
pub(super) struct RevealedView {
    #[schema(required = true)]
    phone: Option<String>,
    #[schema(required = true)]
    identity_number: Option<String>,
}

/// A one-time link to hand out; it is shown this once.
#[derive(Serialize, ToSchema)]
pub(super) struct FirstUseLinkView {
    link: String,
    expires_at: Timestamp,
}

/// Shows phone and identity number in the clear. Who looked, when and why is on record.
#[utoipa::path(post, path = "/api/v1/people/{person_id}/reveal", params(("person_id" = PersonId, Path)),
    request_body = RevealReason, responses((status = 200, body = RevealedView)), tag = "identity", extensions(("x-repeatable" = json!(true))))]
pub(super) async fn reveal_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
    Input(input): Input<RevealReason>,
) -> Result<Json<RevealedView>, Problem> {
    // The answer is not stored under an idempotency key, where it would lie readable; looking twice is on record twice.
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let (ambient, vault) = (&shared.platform.ambient, shared.identity.vault());
    let seen = people::reveal(&mut tx, ambient, vault, &overseer, person, input.reason.trim()).await?;
    tx.commit().await?;
    Ok(Json(RevealedView { phone: seen.phone, identity_number: seen.identity_number }))
}

/// Refuses all requests of a person from now on.
#[utoipa::path(post, path = "/api/v1/people/{person_id}/disable", params(("person_id" = PersonId, Path)),
    request_body = Nothing, responses((status = 200, body = PersonDetailView)), tag = "identity")]
pub(super) async fn disable_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    people::disable(&mut tx, &shared.platform.ambient, &overseer, person).await?;
    let hub = shared.hub.clone();
    tx.on_commit(move || hub.close_person(person));
    let view = shown(&mut tx, &overseer, person).await?;
    once.ok(tx, &view).await
}

/// Lets a disabled person sign in again.
#[utoipa::path(post, path = "/api/v1/people/{person_id}/enable", params(("person_id" = PersonId, Path)),
    request_body = Nothing, responses((status = 200, body = PersonDetailView)), tag = "identity")]
pub(super) async fn enable_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    people::enable(&mut tx, &shared.platform.ambient, &overseer, person).await?;
    let view = shown(&mut tx, &overseer, person).await?;
    once.ok(tx, &view).await
}

/// Makes a one-time link by which the person sets a password; earlier links stop working.
#[utoipa::path(post, path = "/api/v1/people/{person_id}/first-use-link", params(("person_id" = PersonId, Path)),
    request_body = Nothing, responses((status = 201, body = FirstUseLinkView)), tag = "identity", extensions(("x-repeatable" = json!(true))))]
pub(super) async fn issue_first_use_link(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
    _body: Input<Nothing>,
) -> Result<(StatusCode, Json<FirstUseLinkView>), Problem> {
    // Stored nowhere but as a digest, so not as the answer of an idempotency key either: sent again it makes another link.
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let link = first_use::issue_for(&mut tx, &shared.platform.ambient, &overseer, person).await?;
    let view =
        FirstUseLinkView { link: link.address(&shared.platform.public_url), expires_at: link.expires_at };
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(view)))
}

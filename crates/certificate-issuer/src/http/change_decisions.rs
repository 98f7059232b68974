//! What is said about a proposed change: another officer confirms or refuses, who proposed withdraws.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Once, Posted, wording};
use kernel::id::CertificateChangeId;
use serde::Deserialize;
use training_plan::access::Decide;
use utoipa::ToSchema;

use super::change_views::{CertificateChangeView, view};
use super::changes::reason;
use super::router::Shared;
use super::views::Nothing;
use crate::access::OfChange;
use crate::service::decide_change::{self, Said};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct RefusalInput {
    /// Who proposed reads it.
    #[garde(custom(wording::words(500)))]
    reason: String,
}

/// Another officer agrees, and it happens: the certificate is revoked, and a corrected one is made.
#[utoipa::path(post, path = "/api/v1/certificate-changes/{change_id}/confirm",
    params(("change_id" = CertificateChangeId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn confirm_certificate_change(
    State(shared): State<Shared>,
    office: OfChange<Decide>,
    read: IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    decided(&shared, &office, read, once, Said::Confirm).await
}

/// Another officer does not agree; the certificate stays what it was.
#[utoipa::path(post, path = "/api/v1/certificate-changes/{change_id}/refuse",
    params(("change_id" = CertificateChangeId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = RefusalInput, responses((status = 200, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn refuse_certificate_change(
    State(shared): State<Shared>,
    office: OfChange<Decide>,
    read: IfMatch,
    Posted { input, once }: Posted<RefusalInput>,
) -> Result<Answer, Halt> {
    let reason = reason(&input.reason)?;
    decided(&shared, &office, read, once, Said::Refuse(reason)).await
}

/// Who proposed takes the proposal back.
#[utoipa::path(post, path = "/api/v1/certificate-changes/{change_id}/withdraw",
    params(("change_id" = CertificateChangeId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn withdraw_certificate_change(
    State(shared): State<Shared>,
    office: OfChange<Decide>,
    read: IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    decided(&shared, &office, read, once, Said::Withdraw).await
}

async fn decided(
    shared: &Shared,
    office: &OfChange<Decide>,
    IfMatch(read): IfMatch,
    once: Once,
    said: Said,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    decide_change::decide(&mut tx, &shared.for_changes(), office, read, said).await?;
    let view = view(&mut tx, office.change, office.granted.actor.person).await?;
    once.ok(tx, &view).await
}

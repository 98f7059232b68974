//! Certificates for their holders; ending and replacing them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Posted, Problem, SignedIn, not_found};
use kernel::id::CertificateId;
use serde::{Deserialize, Serialize};
use training_plan::access::Decide;
use utoipa::ToSchema;

use super::router::Desk;
use super::views::CertificateView;
use crate::access::{MayHave, OfCertificate};
use crate::error::RevokeError;
use crate::model::{Reason, RevocationCause};
use crate::service;
use crate::service::reissue::Corrections;
use crate::store;

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyCertificates {
    items: Vec<CertificateView>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct RevokeInput {
    #[garde(skip)]
    cause: RevokeCause,
    /// Shown to everybody who verifies the certificate.
    #[garde(length(chars, min = 1, max = 500))]
    reason: String,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RevokeCause {
    IssuedInError,
    Misconduct,
}

/// What was printed wrong; what is absent stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ReissueInput {
    #[garde(inner(length(chars, min = 1, max = 40)))]
    learner_name: Option<String>,
    #[garde(inner(length(chars, min = 1, max = 100)))]
    training_title: Option<String>,
    #[garde(inner(length(chars, min = 1, max = 40)))]
    assessed_by: Option<String>,
    /// Shown to everybody who verifies the old certificate.
    #[garde(length(chars, min = 1, max = 500))]
    reason: String,
}

#[utoipa::path(get, path = "/api/v1/my/certificates", responses((status = 200, body = MyCertificates)),
    tag = "certificate-issuer")]
pub(super) async fn list_my_certificates(
    State(desk): State<Desk>,
    actor: SignedIn,
) -> Result<Json<MyCertificates>, Problem> {
    let mut conn = desk.platform.db.read().await?;
    let recorded = store::certificates::of_person(&mut conn, actor.person).await?;
    Ok(Json(MyCertificates { items: recorded.iter().map(CertificateView::from).collect() }))
}

#[utoipa::path(get, path = "/api/v1/certificates/{certificate_id}", params(("certificate_id" = CertificateId, Path)),
    responses((status = 200, body = CertificateView)), tag = "certificate-issuer")]
pub(super) async fn get_certificate(
    State(desk): State<Desk>,
    MayHave(id): MayHave,
) -> Result<Json<CertificateView>, Problem> {
    let mut conn = desk.platform.db.read().await?;
    let recorded = store::certificates::find(&mut conn, id).await?.ok_or_else(not_found)?;
    Ok(Json(CertificateView::from(&recorded)))
}

/// Ends a certificate; its credits are taken back.
#[utoipa::path(post, path = "/api/v1/certificates/{certificate_id}/revoke", params(("certificate_id" = CertificateId, Path)),
    request_body = RevokeInput, responses((status = 200, body = CertificateView)), tag = "certificate-issuer")]
pub(super) async fn revoke_certificate(
    State(desk): State<Desk>,
    office: OfCertificate<Decide>,
    Posted { input, once }: Posted<RevokeInput>,
) -> Result<Answer, Halt> {
    let reason = reason(&input.reason)?;
    let cause = match input.cause {
        RevokeCause::IssuedInError => RevocationCause::IssuedInError,
        RevokeCause::Misconduct => RevocationCause::Misconduct,
    };
    let mut tx = once.begin().await?;
    let (ambient, issuing) = (&desk.platform.ambient, &desk.issuing);
    service::revoke::revoke(&mut tx, ambient, &desk.hub, issuing, &office, cause, reason).await?;
    let recorded = store::certificates::find(&mut tx, office.certificate).await?.ok_or_else(not_found)?;
    once.ok(tx, &CertificateView::from(&recorded)).await
}

/// Replaces a certificate by a corrected one with a new serial number; the credits stay.
#[utoipa::path(post, path = "/api/v1/certificates/{certificate_id}/reissue", params(("certificate_id" = CertificateId, Path)),
    request_body = ReissueInput, responses((status = 201, body = CertificateView)), tag = "certificate-issuer")]
pub(super) async fn reissue_certificate(
    State(desk): State<Desk>,
    office: OfCertificate<Decide>,
    Posted { input, once }: Posted<ReissueInput>,
) -> Result<Answer, Halt> {
    let reason = reason(&input.reason)?;
    let corrections = Corrections {
        learner_name: input.learner_name,
        training_title: input.training_title,
        assessed_by: input.assessed_by,
    };
    let mut tx = once.begin().await?;
    let (ambient, issuing) = (&desk.platform.ambient, &desk.issuing);
    let new = service::reissue::reissue(&mut tx, ambient, issuing, &office, corrections, reason).await?;
    let recorded = store::certificates::find(&mut tx, new).await?.ok_or_else(not_found)?;
    once.created(tx, &CertificateView::from(&recorded)).await
}

fn reason(text: &str) -> Result<Reason, Problem> {
    Reason::parse(text).map_err(|error| RevokeError::from(error).into())
}

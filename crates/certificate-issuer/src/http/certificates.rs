//! Certificates for their holders and for who watches over them.

use axum::Json;
use axum::extract::State;
use http_kit::{Problem, SignedIn, not_found};
use kernel::id::CertificateId;
use serde::Serialize;
use utoipa::ToSchema;

use super::router::Shared;
use super::views::CertificateView;
use crate::access::MayHave;
use crate::store;

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyCertificates {
    items: Vec<CertificateView>,
}

#[utoipa::path(get, path = "/api/v1/my/certificates", responses((status = 200, body = MyCertificates)),
    tag = "certificate-issuer")]
pub(super) async fn list_my_certificates(
    State(shared): State<Shared>,
    actor: SignedIn,
) -> Result<Json<MyCertificates>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let recorded = store::certificates::of_person(&mut conn, actor.person).await?;
    Ok(Json(MyCertificates { items: recorded.iter().map(CertificateView::from).collect() }))
}

#[utoipa::path(get, path = "/api/v1/certificates/{certificate_id}", params(("certificate_id" = CertificateId, Path)),
    responses((status = 200, body = CertificateView)), tag = "certificate-issuer")]
pub(super) async fn get_certificate(
    State(shared): State<Shared>,
    MayHave(id): MayHave,
) -> Result<Json<CertificateView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let recorded = store::certificates::find(&mut conn, id).await?.ok_or_else(not_found)?;
    Ok(Json(CertificateView::from(&recorded)))
}

//! A certificate's files: the printed page and the signed credential.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use http_kit::{Problem, not_found};
use kernel::id::CertificateId;
use storage::blobs::Disposition;

use super::router::Shared;
use crate::access::MayHave;
use crate::store;
use crate::store::certificates::{Issued, Recorded};

/// The page to print, with the credential attached.
#[utoipa::path(get, path = "/api/v1/certificates/{certificate_id}/pdf", params(("certificate_id" = CertificateId, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)), tag = "certificate-issuer")]
pub(super) async fn get_certificate_pdf(
    State(shared): State<Shared>,
    MayHave(id): MayHave,
) -> Result<Response, Problem> {
    let (recorded, issued) = find(&shared, id).await?;
    let blob = shared.blobs.find(issued.pdf).await?.ok_or_else(not_found)?;
    let content = shared.blobs.get(&blob, None).await?;
    let headers = saved_as(&format!("{}.pdf", recorded.serial), "application/pdf");
    Ok((headers, Body::from_stream(content)).into_response())
}

/// The signed credential: what a badge wallet takes and what any verifier of Open Badges 3.0 reads.
#[utoipa::path(get, path = "/api/v1/certificates/{certificate_id}/credential.jwt",
    params(("certificate_id" = CertificateId, Path)),
    responses((status = 200, content_type = "application/vc+jwt", body = String)), tag = "certificate-issuer")]
pub(super) async fn get_certificate_credential(
    State(shared): State<Shared>,
    MayHave(id): MayHave,
) -> Result<Response, Problem> {
    let (recorded, issued) = find(&shared, id).await?;
    let headers = saved_as(&format!("{}.jwt", recorded.serial), "application/vc+jwt");
    Ok((headers, issued.token).into_response())
}

async fn find(shared: &Shared, id: CertificateId) -> Result<(Recorded, Issued), Problem> {
    let mut conn = shared.platform.db.read().await?;
    let recorded = store::certificates::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let issued = recorded.issued.clone().ok_or_else(not_found)?;
    Ok((recorded, issued))
}

fn saved_as(name: &str, content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static(content_type));
    if let Ok(value) = Disposition::Attachment.header(name, content_type).parse() {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    headers.insert(CACHE_CONTROL, http::HeaderValue::from_static("private, no-cache"));
    headers
}

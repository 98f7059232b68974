//! Verification for anybody, without signing in: by number and key, or by the file.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use bytes::Bytes;
use garde::Validate;
use http::StatusCode;
use http_kit::{ClientAddress, Path, Problem, Query, aggregate, network};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::problems::{no_such_certificate, not_a_serial};
use super::router::Shared;
use super::views::PublicCertificateView;
use crate::error::CheckError;
use crate::model::SerialNumber;
use crate::service;
use crate::service::check::Presented;

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct VerifyQuery {
    /// The key beside the number on the certificate; it is in the QR code too.
    #[garde(length(max = 64))]
    #[serde(default)]
    key: String,
}

/// A credential (JWT) or a certificate's PDF as the part `file` of a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the handler reads it part by part")]
pub(super) struct CertificateUpload {
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

#[utoipa::path(get, path = "/api/v1/public/certificates/{serial}", params(("serial" = String, Path), VerifyQuery),
    responses((status = 200, body = PublicCertificateView)), tags = ["public", "certificate-issuer"])]
pub(super) async fn get_public_certificate(
    State(shared): State<Shared>,
    Path(serial): Path<String>,
    Query(query): Query<VerifyQuery>,
) -> Result<Json<PublicCertificateView>, Problem> {
    let serial: SerialNumber = serial.parse().map_err(not_a_serial)?;
    // A wrong key and a number that does not exist look the same: numbers can be guessed.
    let key = query.key.parse().map_err(|_| no_such_certificate())?;
    let mut conn = shared.platform.db.read().await?;
    let recorded = service::check::by_serial(&mut conn, &serial, key).await?;
    let recorded = recorded.ok_or_else(no_such_certificate)?;
    Ok(Json(PublicCertificateView::of(&recorded, shared.platform.ambient.now())))
}

/// Verifies a credential or a PDF: its signature with our published keys and its fields with the register. Of a PDF it is said whether it is,
/// byte for byte, the one that was issued (`paper`).
#[utoipa::path(post, path = "/api/v1/public/certificates/verify",
    request_body(content = CertificateUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = PublicCertificateView)), tags = ["public", "certificate-issuer"])]
pub(super) async fn verify_certificate_file(
    State(shared): State<Shared>,
    ClientAddress(address): ClientAddress,
    form: Multipart,
) -> Result<Json<PublicCertificateView>, Problem> {
    let line = aggregate(address).unwrap_or_else(|| network(address));
    let now = shared.platform.ambient.now();
    let place = shared.checking.place(line, now).map_err(CheckError::from)?;
    let file = place.receive(file_of(form)).await.map_err(CheckError::from)??;
    let presented = place.look(move || Presented::read(&file)).await.map_err(CheckError::from)??;
    let now = shared.platform.ambient.now();
    let mut conn = shared.platform.db.read().await?;
    let (recorded, paper) = service::check::presented(&mut conn, &shared.issuing, now, presented).await?;
    Ok(Json(PublicCertificateView {
        paper: paper.map(Into::into),
        ..PublicCertificateView::of(&recorded, now)
    }))
}

async fn file_of(mut form: Multipart) -> Result<Bytes, Problem> {
    while let Some(part) = form.next_field().await.map_err(|e| broken(&e))? {
        if part.name() == Some("file") {
            return part.bytes().await.map_err(|e| broken(&e));
        }
    }
    Err(CheckError::Unreadable.into())
}

fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return CheckError::TooLarge.into();
    }
    CheckError::Unreadable.into()
}

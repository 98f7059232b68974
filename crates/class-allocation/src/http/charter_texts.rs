//! What was signed: every settled text of a charter, byte for byte, with who signed it.

use axum::Json;
use axum::extract::State;
use http_kit::{Page, Paged, Platform, Problem, Query, not_found};
use kernel::Timestamp;
use kernel::id::{ClassId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

use super::charter::CharterSignatureView;
use crate::access::ClassMember;
use crate::service::charter::{self, SignedText};

/// A settled text, which never changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct CharterTextView {
    version: i64,
    /// Byte for byte as it was settled, as are the clauses.
    vision: String,
    clauses: Vec<String>,
    settled_by: PersonId,
    settled_by_name: String,
    settled_at: Timestamp,
    /// Who signed this very text.
    signatures: Vec<CharterSignatureView>,
    my_signature_at: Option<Timestamp>,
}

/// The settled texts of a charter, the newest first: all of them for whoever leads or supervises the class, for a learner those that
/// they signed.
#[utoipa::path(get, path = "/api/v1/classes/{class_id}/charter/texts", params(("class_id" = ClassId, Path), Page),
    responses((status = 200, body = Paged<CharterTextView>)), tag = "class-allocation")]
pub async fn list_charter_texts(
    State(platform): State<Platform>,
    member: ClassMember,
    Query(page): Query<Page>,
) -> Result<Json<Paged<CharterTextView>>, Problem> {
    let before = page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let mut conn = platform.db.read().await?;
    let limit = i64::from(page.limit) + 1;
    let found = charter::texts(&mut conn, &member, before.unwrap_or(i64::MAX), limit).await?;
    let found = Paged::cut(found, &page, |signed| signed.text.version.to_string());
    Ok(Json(found.map(|signed| view(signed, member.actor.person))))
}

fn view(SignedText { text, signatures }: SignedText, me: PersonId) -> CharterTextView {
    let my_signature_at = signatures.iter().find(|s| s.person_id == me).map(|s| s.signed_at);
    CharterTextView {
        version: text.version,
        vision: text.vision,
        clauses: text.clauses.0,
        settled_by: text.settled_by,
        settled_by_name: text.name,
        settled_at: text.settled_at,
        signatures: signatures.into_iter().map(Into::into).collect(),
        my_signature_at,
    }
}

//! Batches as leads and offices see them; making and changing a draft.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, Page, Paged, Path, Platform, Posted, Problem, Query, SignedIn, not_found};
use kernel::Date;
use kernel::Timestamp;
use kernel::id::{BatchEntryId, CertificateBatchId, CertificateId, PersonId, TrainingId};
use serde::{Deserialize, Serialize};
use storage::Conn;
use training_plan::access::{Granted, Manage, Oversee, denied};
use utoipa::{IntoParams, ToSchema};

use super::router::Desk;
use super::views::{Nothing, PrintedFields};
use crate::access::{OfBatch, Overseen};
use crate::issuing::{Flaw, Issuing};
use crate::model::{BatchStage, Decision};
use crate::service;
use crate::store;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BatchState {
    Draft,
    Submitted,
    Decided,
    Issued,
}

impl BatchState {
    const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Decided => "decided",
            Self::Issued => "issued",
        }
    }
}

/// A batch in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CertificateBatchView {
    id: CertificateBatchId,
    training_id: TrainingId,
    training_title: String,
    state: BatchState,
    created_by: String,
    created_at: Timestamp,
    submitted_by: Option<String>,
    submitted_at: Option<Timestamp>,
    decided_at: Option<Timestamp>,
    issued_at: Option<Timestamp>,
    entries: i64,
    approved: i64,
    returned: i64,
    /// How many of the approved have their certificate.
    issued: i64,
}

/// A whole batch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CertificateBatchDetail {
    batch: CertificateBatchView,
    entries: Vec<BatchEntryView>,
    /// Whether the caller handed it in, and so must leave the decision to somebody else.
    submitted_by_you: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum EntryDecision {
    Open,
    Approved,
    Returned,
}

/// One learner of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchEntryView {
    id: BatchEntryId,
    person_id: PersonId,
    unit_name: Option<String>,
    printed: PrintedFields,
    decision: EntryDecision,
    decided_by: Option<String>,
    decided_at: Option<Timestamp>,
    /// Why it was returned.
    reason: Option<String>,
    /// Characters that the certificates' font cannot show; they block handing in.
    missing_glyphs: Vec<String>,
    /// Another reason why it cannot be printed.
    unprintable: bool,
    certificate: Option<EntryCertificateView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntryCertificateView {
    id: CertificateId,
    serial: String,
    is_issued: bool,
    issued_on: Date,
    revoked_at: Option<Timestamp>,
}

/// The batches of a training, and who could be in the next.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingBatchesView {
    items: Vec<CertificateBatchView>,
    /// Learners who passed and are in no batch.
    waiting: i64,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BatchFilter {
    #[garde(skip)]
    state: Option<BatchState>,
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "default_limit")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    #[garde(inner(length(max = 200)))]
    after: Option<String>,
}

const fn default_limit() -> u16 {
    50
}

/// Proposes everybody who passed and is in no batch yet.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/certificate-batches", params(("training_id" = TrainingId, Path)),
    responses((status = 201, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn make_certificate_batch(
    State(desk): State<Desk>,
    lead: Granted<Manage>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ambient = &desk.platform.ambient;
    let batch = service::make_batch::make_batch(&mut tx, ambient, &desk.issuing, &lead).await?;
    let view = detail(&mut tx, &desk.platform, &desk.issuing, batch, lead.actor.person).await?;
    once.created(tx, &view).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/certificate-batches", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = TrainingBatchesView)), tag = "certificate-issuer")]
pub(super) async fn list_certificate_batches_of_training(
    State(desk): State<Desk>,
    granted: Granted<Oversee>,
) -> Result<Json<TrainingBatchesView>, Problem> {
    let mut conn = desk.platform.db.read().await?;
    let ids = vec![granted.training.uuid()];
    let listed = store::batches::page(&mut conn, false, ids, None, None, 200).await?;
    let waiting = store::results::count_waiting(&mut conn, granted.training).await?;
    Ok(Json(TrainingBatchesView { items: listed.into_iter().map(Into::into).collect(), waiting }))
}

/// The batches of all trainings that the caller leads or watches over, newest first.
#[utoipa::path(get, path = "/api/v1/certificate-batches", params(BatchFilter),
    responses((status = 200, body = Paged<CertificateBatchView>)), tag = "certificate-issuer")]
pub(super) async fn list_certificate_batches(
    State(desk): State<Desk>,
    actor: SignedIn,
    Query(filter): Query<BatchFilter>,
) -> Result<Json<Paged<CertificateBatchView>>, Problem> {
    let overseen = Overseen::by(&actor);
    if overseen.is_nothing() {
        return Err(denied());
    }
    let mut conn = desk.platform.db.read().await?;
    let after = filter.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let ids = [overseen.trainings, overseen.units].concat();
    let state = filter.state.map(BatchState::word);
    let limit = i64::from(filter.limit) + 1;
    let listed = store::batches::page(&mut conn, overseen.everything, ids, state, after, limit).await?;
    let page = Page { limit: filter.limit, after: None };
    Ok(Json(Paged::cut(listed, &page, |batch| batch.id.to_string()).map(Into::into)))
}

#[utoipa::path(get, path = "/api/v1/certificate-batches/{batch_id}", params(("batch_id" = CertificateBatchId, Path)),
    responses((status = 200, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn get_certificate_batch(
    State(desk): State<Desk>,
    overseer: OfBatch<Oversee>,
) -> Result<Json<CertificateBatchDetail>, Problem> {
    let mut conn = desk.platform.db.read().await?;
    let person = overseer.granted.actor.person;
    Ok(Json(detail(&mut conn, &desk.platform, &desk.issuing, overseer.batch, person).await?))
}

/// Drops a draft; its learners can be proposed again.
#[utoipa::path(delete, path = "/api/v1/certificate-batches/{batch_id}", params(("batch_id" = CertificateBatchId, Path)),
    responses((status = 204)), tag = "certificate-issuer")]
pub(super) async fn drop_certificate_batch(
    State(desk): State<Desk>,
    lead: OfBatch<Manage>,
) -> Result<StatusCode, Problem> {
    let mut tx = desk.platform.db.begin_write().await?;
    service::change_draft::drop_batch(&mut tx, &desk.platform.ambient, &lead).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a learner out of a draft.
#[utoipa::path(delete, path = "/api/v1/certificate-batches/{batch_id}/entries/{entry_id}",
    params(("batch_id" = CertificateBatchId, Path), ("entry_id" = BatchEntryId, Path)),
    responses((status = 204)), tag = "certificate-issuer")]
pub(super) async fn remove_batch_entry(
    State(desk): State<Desk>,
    lead: OfBatch<Manage>,
    path: Path<(CertificateBatchId, BatchEntryId)>,
) -> Result<StatusCode, Problem> {
    let Path((_, entry)) = path;
    let mut tx = desk.platform.db.begin_write().await?;
    service::change_draft::remove_entry(&mut tx, &desk.platform.ambient, &lead, entry).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A batch with its entries, as `reader` sees it.
pub(super) async fn detail(
    conn: &mut Conn,
    platform: &Platform,
    issuing: &Issuing,
    batch: CertificateBatchId,
    reader: PersonId,
) -> Result<CertificateBatchDetail, Problem> {
    let listed = store::batches::find(conn, batch).await?.ok_or_else(not_found)?;
    let now = platform.ambient.now();
    let entries = store::entries::listed(conn, batch).await?;
    let submitted_by_you = match listed.stage {
        BatchStage::Draft => false,
        BatchStage::Submitted(by) | BatchStage::Decided(by) | BatchStage::Issued(by, _) => by.by == reader,
    };
    Ok(CertificateBatchDetail {
        batch: listed.into(),
        entries: entries.into_iter().map(|entry| entry_view(entry, issuing, now)).collect(),
        submitted_by_you,
    })
}

impl From<store::batches::Listed> for CertificateBatchView {
    fn from(listed: store::batches::Listed) -> Self {
        let (state, submitted, issued_at) = match listed.stage {
            BatchStage::Draft => (BatchState::Draft, None, None),
            BatchStage::Submitted(submitted) => (BatchState::Submitted, Some(submitted), None),
            BatchStage::Decided(submitted) => (BatchState::Decided, Some(submitted), None),
            BatchStage::Issued(submitted, at) => (BatchState::Issued, Some(submitted), Some(at)),
        };
        Self {
            id: listed.id,
            training_id: listed.training,
            training_title: listed.training_title,
            state,
            created_by: listed.created_by_name,
            created_at: listed.created_at,
            submitted_by: listed.submitter_name,
            submitted_at: submitted.map(|submitted| submitted.at),
            decided_at: listed.decided_at,
            issued_at,
            entries: listed.entries,
            approved: listed.approved,
            returned: listed.returned,
            issued: listed.issued,
        }
    }
}

fn entry_view(listed: store::entries::Listed, issuing: &Issuing, now: Timestamp) -> BatchEntryView {
    let store::entries::Listed { entry, unit_name, decided_by_name, certificate } = listed;
    let (decision, decided_at, reason) = match entry.decision {
        Decision::Open => (EntryDecision::Open, None, None),
        Decision::Approved { at, .. } => (EntryDecision::Approved, Some(at), None),
        Decision::Returned { at, reason, .. } => {
            (EntryDecision::Returned, Some(at), Some(reason.to_string()))
        }
    };
    // What was approved is beyond doubt; only what is still open is looked at.
    let flaw = match decision {
        EntryDecision::Open => issuing.flaw(&entry.frozen, now).ok().flatten(),
        EntryDecision::Approved | EntryDecision::Returned => None,
    };
    let (missing_glyphs, unprintable) = match flaw {
        Some(Flaw::MissingGlyphs(glyphs)) => (glyphs.into_iter().map(String::from).collect(), false),
        Some(Flaw::Fields(_)) => (Vec::new(), true),
        None => (Vec::new(), false),
    };
    BatchEntryView {
        id: entry.id,
        person_id: entry.learner,
        unit_name,
        printed: PrintedFields::from(&entry.frozen),
        decision,
        decided_by: decided_by_name,
        decided_at,
        reason,
        missing_glyphs,
        unprintable,
        certificate: certificate.map(|certificate| EntryCertificateView {
            id: certificate.id,
            serial: certificate.serial.to_string(),
            is_issued: certificate.is_issued,
            issued_on: certificate.issued_on,
            revoked_at: certificate.revoked_at,
        }),
    }
}

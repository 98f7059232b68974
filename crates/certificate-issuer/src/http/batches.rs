//! Batches as leads and offices see them; making and changing a draft.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, Page, Paged, Path, Posted, Problem, Query, SignedIn, Versioned, not_found};
use kernel::id::{BatchEntryId, CertificateBatchId, TrainingId};
use serde::Deserialize;
use training_plan::access::{Granted, Manage, Oversee, denied};
use training_plan::training::TrainingState;
use utoipa::IntoParams;

use super::batch_views::{
    BatchState, CertificateBatchDetail, CertificateBatchView, TrainingBatchesView, detail,
};
use super::router::Shared;
use super::views::Nothing;
use crate::access::{OfBatch, Overseen};
use crate::service;
use crate::store;

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct BatchFilter {
    #[garde(skip)]
    state: Option<BatchState>,
    /// A part of a learner's name, as it is or as it was printed, or of a certificate's number.
    #[garde(inner(length(chars, max = 40)))]
    find: Option<String>,
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
    State(shared): State<Shared>,
    lead: Granted<Manage>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ambient = &shared.platform.ambient;
    let batch = service::make_batch::make_batch(&mut tx, ambient, &shared.issuing, &lead).await?;
    let view = detail(&mut tx, &shared.platform, &shared.issuing, batch, lead.actor.person).await?;
    once.created(tx, &view).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/certificate-batches", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = TrainingBatchesView)), tag = "certificate-issuer")]
pub(super) async fn list_certificate_batches_of_training(
    State(shared): State<Shared>,
    granted: Granted<Oversee>,
) -> Result<Json<TrainingBatchesView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let ids = vec![granted.training.uuid()];
    let listed = store::batches::page(&mut conn, false, ids, None, None, None, 200).await?;
    let waiting = store::results::count_waiting(&mut conn, granted.training).await?;
    let training = training_plan::training::find(&mut conn, granted.training).await?;
    let is_over = training.is_some_and(|training| training.state == TrainingState::Closed);
    Ok(Json(TrainingBatchesView { items: listed.into_iter().map(Into::into).collect(), waiting, is_over }))
}

/// The batches of all trainings that the caller leads or watches over, newest first.
#[utoipa::path(get, path = "/api/v1/certificate-batches", params(BatchFilter),
    responses((status = 200, body = Paged<CertificateBatchView>)), tag = "certificate-issuer")]
pub(super) async fn list_certificate_batches(
    State(shared): State<Shared>,
    actor: SignedIn,
    Query(filter): Query<BatchFilter>,
) -> Result<Json<Paged<CertificateBatchView>>, Problem> {
    let overseen = Overseen::by(&actor);
    if overseen.is_nothing() {
        return Err(denied());
    }
    let mut conn = shared.platform.db.read().await?;
    let after = filter.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let ids = [overseen.trainings, overseen.units].concat();
    let state = filter.state.map(BatchState::word);
    let sought = filter.find.as_deref().map(str::trim).filter(|typed| !typed.is_empty()).map(str::to_owned);
    let limit = i64::from(filter.limit) + 1;
    let listed =
        store::batches::page(&mut conn, overseen.everything, ids, state, sought, after, limit).await?;
    let page = Page { limit: filter.limit, after: None };
    Ok(Json(Paged::cut(listed, &page, |batch| batch.id.to_string()).map(Into::into)))
}

#[utoipa::path(get, path = "/api/v1/certificate-batches/{batch_id}", params(("batch_id" = CertificateBatchId, Path)),
    responses((status = 200, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn get_certificate_batch(
    State(shared): State<Shared>,
    overseer: OfBatch<Oversee>,
) -> Result<Versioned<CertificateBatchDetail>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let person = overseer.granted.actor.person;
    let view = detail(&mut conn, &shared.platform, &shared.issuing, overseer.batch, person).await?;
    Ok(Versioned(view.batch.version, view))
}

/// Drops a draft; its learners can be proposed again.
#[utoipa::path(delete, path = "/api/v1/certificate-batches/{batch_id}", params(("batch_id" = CertificateBatchId, Path)),
    responses((status = 204)), tag = "certificate-issuer")]
pub(super) async fn drop_certificate_batch(
    State(shared): State<Shared>,
    lead: OfBatch<Manage>,
) -> Result<StatusCode, Problem> {
    let mut tx = shared.platform.begin(&lead.granted.actor).await?;
    service::change_draft::drop_batch(&mut tx, &shared.platform.ambient, &lead).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a learner out of a draft.
#[utoipa::path(delete, path = "/api/v1/certificate-batches/{batch_id}/entries/{entry_id}",
    params(("batch_id" = CertificateBatchId, Path), ("entry_id" = BatchEntryId, Path)),
    responses((status = 204)), tag = "certificate-issuer")]
pub(super) async fn remove_batch_entry(
    State(shared): State<Shared>,
    lead: OfBatch<Manage>,
    path: Path<(CertificateBatchId, BatchEntryId)>,
) -> Result<StatusCode, Problem> {
    let Path((_, entry)) = path;
    let mut tx = shared.platform.begin(&lead.granted.actor).await?;
    service::change_draft::remove_entry(&mut tx, &shared.platform.ambient, &lead, entry).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

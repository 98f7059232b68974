//! Who leads a training, as the office names and releases them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Paged, Path, Platform, Posted, Problem, SignedIn, wording};
use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId, TrainingLeadId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::views::PlanPersonView;
use crate::access::{Granted, Oversee, Supervise};
use crate::error::LeadError;
use crate::service::end_lead::{Ending, end_lead};
use crate::service::name_lead::name_lead;
use crate::store::{self, leads::Lead};

/// Who leads from now on.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct TrainingLeadInput {
    /// A lead of the training's unit or of one above it, or an administrator.
    #[garde(skip)]
    person_id: PersonId,
}

/// Why somebody no longer leads, and who does in their place.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct EndTrainingLead {
    /// They read it.
    #[garde(custom(wording::words(500)))]
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// May be absent while somebody else leads the training.
    #[garde(skip)]
    next_person_id: Option<PersonId>,
}

/// Somebody's part as lead.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingLeadView {
    id: TrainingLeadId,
    person: PlanPersonView,
    org_unit_name: Option<String>,
    named_by_name: String,
    named_at: Timestamp,
    ended_at: Option<Timestamp>,
    ended_by_name: Option<String>,
    end_reason: Option<String>,
    /// Whoever cannot sign in leads in name only.
    disabled_at: Option<Timestamp>,
}

/// Everybody who leads or led the training.
#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/leads", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<TrainingLeadView>)), tag = "training-plan")]
pub(super) async fn list_training_leads(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Json<Paged<TrainingLeadView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let leads = store::leads::of_training(&mut conn, granted.training).await?;
    Ok(Json(Paged { items: leads.into_iter().map(TrainingLeadView::from).collect(), next: None }))
}

/// Names another lead: the provincial office over the training, or an administrator.
#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/leads", params(("training_id" = TrainingId, Path)),
    request_body = TrainingLeadInput, responses((status = 201, body = TrainingLeadView)), tag = "training-plan")]
pub(super) async fn name_training_lead(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    office: Granted<Supervise>,
    Posted { input, once }: Posted<TrainingLeadInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let lead = name_lead(&mut tx, &platform.ambient, &hub, &office, input.person_id)
        .await
        .map_err(|error| error.about("/person_id"))?;
    once.created(tx, &TrainingLeadView::from(lead)).await
}

/// Ends somebody's part as lead, on open sockets too. What they decided stays.
///
/// No version is named: a part changes once, by this, and its id says which part was read.
#[utoipa::path(post, path = "/api/v1/training-leads/{lead_id}/end", params(("lead_id" = TrainingLeadId, Path)),
    request_body = EndTrainingLead, responses((status = 200, body = TrainingLeadView)), tag = "training-plan")]
pub(super) async fn end_training_lead(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<TrainingLeadId>,
    Posted { input, once }: Posted<EndTrainingLead>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin_alone().await?;
    let training = store::leads::find(&mut tx, id).await?.ok_or(LeadError::NoSuchLead)?.training_id;
    let office = Granted::<Supervise>::check(&mut tx, &actor, training).await?;
    let ending = Ending { reason: input.reason.trim(), next: input.next_person_id };
    let lead = end_lead(&mut tx, &platform.ambient, &hub, &office, id, ending)
        .await
        .map_err(|error| error.about("/next_person_id"))?;
    once.ok(tx, &TrainingLeadView::from(lead)).await
}

impl From<Lead> for TrainingLeadView {
    fn from(row: Lead) -> Self {
        Self {
            id: row.id,
            person: PlanPersonView { id: row.person_id, name: row.person_name },
            org_unit_name: row.org_unit_name,
            named_by_name: row.named_by_name,
            named_at: row.named_at,
            ended_at: row.ended_at,
            ended_by_name: row.ended_by_name,
            end_reason: row.end_reason,
            disabled_at: row.disabled_at,
        }
    }
}

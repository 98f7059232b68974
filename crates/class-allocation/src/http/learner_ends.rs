//! The end of learning along in a training, and who left.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use gate_admission::admission::{Ending, applicant};
use http_kit::{Answer, Halt, IfMatch, Paged, Path, Platform, Posted, Problem, SignedIn, not_found, wording};
use kernel::id::{ApplicationId, ClassId, PersonId, TrainingId};
use kernel::{Role, Scope, Timestamp};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Observe, Oversee};
use utoipa::ToSchema;

use crate::service::end_learner;
use crate::store::departures::{self, DepartedRow};

/// Why; the learner, the lead and the class's staff read it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct EndLearner {
    #[garde(custom(wording::words(500)))]
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LearnerEndedView {
    application_id: ApplicationId,
    /// The class that is now without this learner; absent when there was none.
    class_id: Option<ClassId>,
}

/// Somebody who learned in a class until they left or the lead ended it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartedLearnerView {
    person_id: PersonId,
    name: String,
    org_unit_name: Option<String>,
    class_id: ClassId,
    class_name: String,
    /// By themselves; otherwise the lead ended it.
    by_themselves: bool,
    ended_by_name: String,
    reason: String,
    left_at: Timestamp,
}

/// End an admission: the learner themselves, or the training's lead, until the training is over. Every right of the training ends with it.
#[utoipa::path(post, path = "/api/v1/applications/{application_id}/end",
    params(("application_id" = ApplicationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = EndLearner, responses((status = 200, body = LearnerEndedView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.end_learner", skip_all, fields(application.id = %id))]
pub async fn end_admission(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<ApplicationId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<EndLearner>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin_alone().await?;
    let known = applicant(&mut tx, id).await?.ok_or_else(not_found)?;
    if known.person != actor.person {
        Granted::<Manage>::check(&mut tx, &actor, known.training).await?;
    }
    let ending = Ending { application: id, read, reason: input.reason.trim() };
    let class = end_learner::end(&mut tx, &platform.ambient, &hub, &actor, ending).await?;
    once.ok(tx, &LearnerEndedView { application_id: id, class_id: class }).await
}

/// Who sat in a class of the training and left. Why is often illness or family: assistants and experts read it of the classes that they
/// lead.
#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/departed-learners",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<DepartedLearnerView>)), tag = "class-allocation")]
pub async fn list_departed_learners(
    State(platform): State<Platform>,
    observer: Granted<Observe>,
) -> Result<Json<Paged<DepartedLearnerView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let mut rows = departures::of_training(&mut conn, observer.training).await?;
    let oversees = Granted::<Oversee>::check(&mut conn, &observer.actor, observer.training).await;
    if let Err(refusal) = oversees {
        if !refusal.status.is_client_error() {
            return Err(refusal);
        }
        let leads = |class| {
            [Role::Assistant, Role::Expert]
                .iter()
                .any(|role| observer.actor.holds(*role, Scope::Class(class)))
        };
        rows.retain(|row| leads(row.class_id));
    }
    Ok(Json(Paged { items: rows.into_iter().map(DepartedLearnerView::from).collect(), next: None }))
}

impl From<DepartedRow> for DepartedLearnerView {
    fn from(row: DepartedRow) -> Self {
        Self {
            person_id: row.person_id,
            name: row.name,
            org_unit_name: row.org_unit_name,
            class_id: row.class_id,
            class_name: row.class_name,
            by_themselves: row.ended_by == row.person_id,
            ended_by_name: row.ended_by_name,
            reason: row.reason,
            left_at: row.left_at,
        }
    }
}

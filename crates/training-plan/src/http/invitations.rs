//! Staff invitations as the lead writes and watches them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Paged, Path, Platform, Posted, Problem, SignedIn, wording};
use kernel::Timestamp;
use kernel::id::{PersonId, StaffInvitationId, TrainingId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::views::{Nothing, PlanPersonView};
use crate::access::{Granted, Manage, Oversee};
use crate::error::StaffError;
use crate::model::invitation::{InvitationState, StaffRole};
use crate::service::invite_staff as service;
use crate::store::{self, invitations::Invitation};

/// Who is asked to be what.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct StaffInvitationInput {
    #[garde(skip)]
    person_id: PersonId,
    #[garde(skip)]
    role: StaffRole,
    #[garde(custom(wording::spare_text(1000)))]
    #[serde(default)]
    message: String,
}

/// An invitation as the lead sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffInvitationView {
    id: StaffInvitationId,
    person: PlanPersonView,
    org_unit_name: Option<String>,
    role: StaffRole,
    message: String,
    state: InvitationState,
    reason: Option<String>,
    invited_by_name: Option<String>,
    invited_at: Timestamp,
    answered_at: Option<Timestamp>,
    /// Decisions on it name this version in `If-Match`.
    version: i64,
    ended_at: Option<Timestamp>,
    ended_by_name: Option<String>,
    end_reason: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/staff-invitations",
    params(("training_id" = TrainingId, Path)), request_body = StaffInvitationInput,
    responses((status = 201, body = StaffInvitationView)), tag = "training-plan")]
pub(super) async fn invite_staff(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    lead: Granted<Manage>,
    Posted { input, once }: Posted<StaffInvitationInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let message = input.message.trim();
    let invitation =
        service::invite_staff(&mut tx, &platform.ambient, &hub, &lead, input.person_id, input.role, message)
            .await?;
    once.created(tx, &StaffInvitationView::from(invitation)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/staff-invitations",
    params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = Paged<StaffInvitationView>)), tag = "training-plan")]
pub(super) async fn list_staff_invitations(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Json<Paged<StaffInvitationView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let invitations = store::invitations::of_training(&mut conn, granted.training).await?;
    let items = invitations.into_iter().map(StaffInvitationView::from).collect();
    Ok(Json(Paged { items, next: None }))
}

#[utoipa::path(post, path = "/api/v1/staff-invitations/{invitation_id}/withdraw",
    params(("invitation_id" = StaffInvitationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = StaffInvitationView)), tag = "training-plan")]
pub(super) async fn withdraw_staff_invitation(
    State(platform): State<Platform>,
    actor: SignedIn,
    Path(id): Path<StaffInvitationId>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let invitation = store::invitations::find(&mut tx, id).await?.ok_or(StaffError::NoSuchInvitation)?;
    let lead = Granted::<Manage>::check(&mut tx, &actor, invitation.training_id).await?;
    let invitation = service::withdraw_invitation(&mut tx, &platform.ambient, &lead, id, read).await?;
    once.ok(tx, &StaffInvitationView::from(invitation)).await
}

impl From<Invitation> for StaffInvitationView {
    fn from(row: Invitation) -> Self {
        Self {
            id: row.id,
            person: PlanPersonView { id: row.person_id, name: row.person_name },
            org_unit_name: row.org_unit_name,
            role: row.role,
            message: row.message,
            state: row.state,
            reason: row.reason,
            invited_by_name: row.invited_by_name,
            invited_at: row.invited_at,
            answered_at: row.answered_at,
            version: row.version,
            ended_at: row.ended_at,
            ended_by_name: row.ended_by_name,
            end_reason: row.end_reason,
        }
    }
}

//! The end of leading along in a training.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Path, Platform, Posted, SignedIn, not_found, wording};
use kernel::id::{ClassId, StaffInvitationId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage};
use training_plan::staff::{Ending, invited};
use utoipa::ToSchema;

use crate::model::allocation::StaffRole;
use crate::service::end_staff::{self, Released};

/// Why; the person and the lead read it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct EndStaff {
    #[garde(custom(wording::words(500)))]
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StaffEndedView {
    invitation_id: StaffInvitationId,
    /// The classes that are now without this person.
    classes: Vec<ReleasedClassView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedClassView {
    class_id: ClassId,
    name: String,
    role: StaffRole,
    /// Nobody else leads the class in this role.
    needs_another: bool,
}

/// End an accepted invitation: the person themselves, or the training's lead. Every right of the training ends with it.
#[utoipa::path(post, path = "/api/v1/staff-invitations/{invitation_id}/end",
    params(("invitation_id" = StaffInvitationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = EndStaff, responses((status = 200, body = StaffEndedView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.end_staff", skip_all, fields(invitation.id = %id))]
pub async fn end_staff_invitation(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<StaffInvitationId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<EndStaff>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin_alone().await?;
    let known = invited(&mut tx, id).await?.ok_or_else(not_found)?;
    if known.person != actor.person {
        Granted::<Manage>::check(&mut tx, &actor, known.training).await?;
    }
    let ending = Ending { invitation: id, read, reason: input.reason.trim() };
    let released = end_staff::end(&mut tx, &platform.ambient, &hub, &actor, ending).await?;
    let classes = released.into_iter().map(ReleasedClassView::from).collect();
    once.ok(tx, &StaffEndedView { invitation_id: id, classes }).await
}

impl From<Released> for ReleasedClassView {
    fn from(released: Released) -> Self {
        let Released { class, name, role, needs_another } = released;
        Self { class_id: class, name, role, needs_another }
    }
}

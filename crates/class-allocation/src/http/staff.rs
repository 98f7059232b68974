//! Who leads a class.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Path, Platform, Posted, SignedIn, not_found, wording};
use kernel::id::{ClassId, PersonId, StaffAssignmentId};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage};
use utoipa::ToSchema;

use crate::model::allocation::StaffRole;
use crate::service::assign_staff;
use crate::store::classes;
use crate::store::staff::{self, AssignmentRow};

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct AssignClassStaff {
    #[garde(skip)]
    person_id: PersonId,
    #[garde(skip)]
    role: StaffRole,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StaffAssignmentView {
    id: StaffAssignmentId,
    class_id: ClassId,
    person_id: PersonId,
    role: StaffRole,
}

/// Let somebody who agreed to lead along lead this class.
#[utoipa::path(post, path = "/api/v1/classes/{class_id}/staff-assignments",
    params(("class_id" = ClassId, Path), ("If-Match" = String, Header, description = "The version of the board that was read")),
    request_body = AssignClassStaff, responses((status = 201, body = StaffAssignmentView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.assign", skip_all, fields(class.id = %class_id))]
pub async fn assign_class_staff(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(class_id): Path<ClassId>,
    IfMatch(seen): IfMatch,
    Posted { input, once }: Posted<AssignClassStaff>,
) -> Result<Answer, Halt> {
    let mut conn = platform.db.read().await?;
    let place = classes::place_of(&mut conn, class_id).await?.ok_or_else(not_found)?;
    let lead = Granted::<Manage>::check(&mut conn, &actor, place.training_id).await?;
    drop(conn);
    let AssignClassStaff { person_id, role } = input;
    let mut tx = once.begin().await?;
    let id = assign_staff::assign(
        &mut tx,
        &platform.ambient,
        &hub,
        lead.training,
        actor.person,
        seen,
        (class_id, person_id, role),
    )
    .await?;
    once.created(tx, &StaffAssignmentView { id, class_id, person_id, role }).await
}

/// Why; the person and the leads read it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub struct DismissClassStaff {
    #[garde(custom(wording::words(500)))]
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Take somebody from a class.
#[utoipa::path(post, path = "/api/v1/staff-assignments/{assignment_id}/dismiss",
    params(("assignment_id" = StaffAssignmentId, Path), ("If-Match" = String, Header, description = "The version of the board that was read")),
    request_body = DismissClassStaff, responses((status = 200, body = StaffAssignmentView)), tag = "class-allocation")]
#[tracing::instrument(name = "class_allocation.dismiss", skip_all, fields(assignment.id = %id))]
pub async fn dismiss_class_staff(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<StaffAssignmentId>,
    IfMatch(seen): IfMatch,
    Posted { input, once }: Posted<DismissClassStaff>,
) -> Result<Answer, Halt> {
    let mut conn = platform.db.read().await?;
    let assignment = staff::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let lead = Granted::<Manage>::check(&mut conn, &actor, assignment.training_id).await?;
    drop(conn);
    let mut tx = once.begin().await?;
    let gone = assign_staff::dismiss(
        &mut tx,
        &platform.ambient,
        &hub,
        actor.person,
        seen,
        (lead.training, id, input.reason.trim()),
    )
    .await?;
    let AssignmentRow { class_id, person_id, role, .. } = gone;
    once.ok(tx, &StaffAssignmentView { id, class_id, person_id, role }).await
}

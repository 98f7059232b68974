//! Invitations as the invited person reads and answers them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Page, Paged, Path, Platform, Posted, Problem, Query, SignedIn, not_found, wording,
};
use kernel::id::{StaffInvitationId, TrainingId};
use kernel::{Ambient, Date, Timestamp};
use realtime::Hub;
use serde::{Deserialize, Serialize};
use storage::{Conn, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::views::Nothing;
use crate::model::invitation::{Answer as Said, InvitationState, StaffRole};
use crate::service::answer_invitation::{Reply, answer_invitation};
use crate::store::{self, invitations::Invitation};

/// Why not; it may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct DeclineInput {
    #[garde(custom(wording::spare_text(500)))]
    #[serde(default)]
    reason: String,
}

/// An invitation to oneself, with what one needs of the plan to answer it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyStaffInvitationView {
    id: StaffInvitationId,
    training_id: TrainingId,
    title: String,
    starts_on: Date,
    ends_on: Date,
    weeks: u16,
    time_zone: String,
    purpose: String,
    target_group: String,
    subjects: Vec<String>,
    role: StaffRole,
    message: String,
    state: InvitationState,
    invited_by_name: Option<String>,
    invited_at: Timestamp,
    answered_at: Option<Timestamp>,
    /// Answers to it name this version in `If-Match`.
    version: i64,
    ended_at: Option<Timestamp>,
    ended_by_name: Option<String>,
    end_reason: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/my/staff-invitations", params(Page),
    responses((status = 200, body = Paged<MyStaffInvitationView>)), tag = "training-plan")]
pub(super) async fn list_my_staff_invitations(
    State(platform): State<Platform>,
    actor: SignedIn,
    Query(page): Query<Page>,
) -> Result<Json<Paged<MyStaffInvitationView>>, Problem> {
    let before = match &page.after {
        Some(after) => after.parse().map_err(|_| not_found())?,
        None => StaffInvitationId::from_uuid(Uuid::max()),
    };
    let mut conn = platform.db.read().await?;
    let limit = i64::from(page.limit) + 1;
    let found = store::invitations::of_person(&mut conn, actor.person, before, limit).await?;
    let Paged { items: found, next } = Paged::cut(found, &page, |invitation| invitation.id.to_string());
    let mut items = Vec::with_capacity(found.len());
    for invitation in found {
        items.push(view(&mut conn, invitation).await?);
    }
    Ok(Json(Paged { items, next }))
}

#[utoipa::path(post, path = "/api/v1/staff-invitations/{invitation_id}/accept",
    params(("invitation_id" = StaffInvitationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = MyStaffInvitationView)), tag = "training-plan")]
pub(super) async fn accept_staff_invitation(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<StaffInvitationId>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let reply = Reply { read, answer: Said::Accept, reason: "" };
    let view = answer(&mut tx, &platform.ambient, &hub, &actor, id, reply).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(post, path = "/api/v1/staff-invitations/{invitation_id}/decline",
    params(("invitation_id" = StaffInvitationId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = DeclineInput,
    responses((status = 200, body = MyStaffInvitationView)), tag = "training-plan")]
pub(super) async fn decline_staff_invitation(
    State(platform): State<Platform>,
    State(hub): State<Hub>,
    actor: SignedIn,
    Path(id): Path<StaffInvitationId>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<DeclineInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let reply = Reply { read, answer: Said::Decline, reason: input.reason.trim() };
    let view = answer(&mut tx, &platform.ambient, &hub, &actor, id, reply).await?;
    once.ok(tx, &view).await
}

async fn answer(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &SignedIn,
    id: StaffInvitationId,
    reply: Reply<'_>,
) -> Result<MyStaffInvitationView, Problem> {
    let invitation = answer_invitation(tx, ambient, hub, actor, id, reply).await?;
    view(tx, invitation).await
}

async fn view(conn: &mut Conn, invitation: Invitation) -> Result<MyStaffInvitationView, Problem> {
    let plan = store::plans::find(conn, invitation.training_id).await?.ok_or_else(not_found)?;
    let content = plan.content;
    Ok(MyStaffInvitationView {
        id: invitation.id,
        training_id: invitation.training_id,
        ends_on: crate::model::training::last_day(content.starts_on, content.weeks),
        title: content.title,
        starts_on: content.starts_on,
        weeks: content.weeks,
        time_zone: content.time_zone,
        purpose: content.purpose,
        target_group: content.target_group,
        subjects: content.content_lines.into_iter().map(|line| line.title).collect(),
        role: invitation.role,
        message: invitation.message,
        state: invitation.state,
        invited_by_name: invitation.invited_by_name,
        invited_at: invitation.invited_at,
        answered_at: invitation.answered_at,
        version: invitation.version,
        ended_at: invitation.ended_at,
        ended_by_name: invitation.ended_by_name,
        end_reason: invitation.end_reason,
    })
}

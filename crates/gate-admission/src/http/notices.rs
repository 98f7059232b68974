//! The notice on the lead's desk.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Input, Platform, Posted, Problem, Versioned};
use kernel::Timestamp;
use kernel::id::TrainingId;
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Manage, Oversee};
use utoipa::ToSchema;

use super::notice_body::NoticeBody;
use crate::error::NoticeError;
use crate::service;
use crate::store::{self, notices::Notice};

/// The notice as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoticeView {
    training_id: TrainingId,
    /// Also the `ETag`; saving for the first time sends `If-Match: "v0"`.
    version: i64,
    published_at: Option<Timestamp>,
    updated_at: Timestamp,
    body_html: String,
    /// Whether somebody has handed in, so that the questions stay as they are.
    rules_fixed: bool,
    content: NoticeBody,
}

/// The body of a POST that says everything by its address.
#[derive(Debug, Deserialize, Validate)]
pub(super) struct Nothing {}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/notice", params(("training_id" = TrainingId, Path)),
    responses((status = 200, body = NoticeView)), tag = "gate-admission")]
pub(super) async fn get_notice(
    State(platform): State<Platform>,
    granted: Granted<Oversee>,
) -> Result<Versioned<NoticeView>, Problem> {
    let mut conn = platform.db.read().await?;
    let notice = store::notices::find(&mut conn, granted.training).await?.ok_or(NoticeError::NoSuchNotice)?;
    let rules_fixed = store::applications::any_submitted(&mut conn, granted.training).await?;
    Ok(Versioned(notice.version, view(notice, rules_fixed)))
}

#[utoipa::path(put, path = "/api/v1/trainings/{training_id}/notice",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = NoticeBody, responses((status = 200, body = NoticeView)), tag = "gate-admission")]
pub(super) async fn save_notice(
    State(platform): State<Platform>,
    lead: Granted<Manage>,
    IfMatch(version): IfMatch,
    Input(body): Input<NoticeBody>,
) -> Result<Versioned<NoticeView>, Problem> {
    let mut tx = platform.begin(&lead.actor).await?;
    let notice =
        service::save_notice::save_notice(&mut tx, &platform.ambient, &lead, version, body.into()).await?;
    let rules_fixed = store::applications::any_submitted(&mut tx, lead.training).await?;
    tx.commit().await?;
    Ok(Versioned(notice.version, view(notice, rules_fixed)))
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/notice/publish",
    params(("training_id" = TrainingId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = NoticeView)), tag = "gate-admission")]
pub(super) async fn publish_notice(
    State(platform): State<Platform>,
    lead: Granted<Manage>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let notice = service::publish_notice::publish_notice(&mut tx, &platform.ambient, &lead, read).await?;
    let rules_fixed = store::applications::any_submitted(&mut tx, lead.training).await?;
    once.ok(tx, &view(notice, rules_fixed)).await
}

fn view(notice: Notice, rules_fixed: bool) -> NoticeView {
    NoticeView {
        training_id: notice.training,
        version: notice.version,
        published_at: notice.published_at,
        updated_at: notice.updated_at,
        body_html: notice.body_html.clone(),
        rules_fixed,
        content: notice.into(),
    }
}

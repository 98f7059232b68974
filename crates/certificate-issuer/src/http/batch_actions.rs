//! Handing a batch in, deciding it, and putting it to work again.

use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, IfMatch, Posted, Problem, wording};
use kernel::id::{BatchEntryId, CertificateBatchId};
use serde::Deserialize;
use training_plan::access::{Decide, Manage};
use utoipa::ToSchema;

use super::batch_views::{CertificateBatchDetail, detail};
use super::router::Shared;
use super::views::Nothing;
use crate::access::OfBatch;
use crate::error::BatchActionError;
use crate::model::Reason;
use crate::service;
use crate::service::decide_batch::Said;

/// What the office says about entries of a batch.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct DecideBatchInput {
    #[garde(length(min = 1, max = 500), dive)]
    entries: Vec<EntryDecisionInput>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct EntryDecisionInput {
    #[garde(skip)]
    entry_id: BatchEntryId,
    #[garde(skip)]
    decision: DecisionWord,
    /// Needed when an entry is returned; the lead reads it.
    #[garde(custom(wording::spare_text(500)))]
    #[serde(default)]
    reason: String,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionWord {
    Approve,
    Return,
}

/// The lead hands the draft in as they read it.
#[utoipa::path(post, path = "/api/v1/certificate-batches/{batch_id}/submit",
    params(("batch_id" = CertificateBatchId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn submit_certificate_batch(
    State(shared): State<Shared>,
    lead: OfBatch<Manage>,
    IfMatch(read): IfMatch,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let ambient = &shared.platform.ambient;
    service::submit_batch::submit_batch(&mut tx, ambient, &shared.hub, &shared.issuing, &lead, read).await?;
    let person = lead.granted.actor.person;
    let view = detail(&mut tx, &shared.platform, &shared.issuing, lead.batch, person).await?;
    once.ok(tx, &view).await
}

/// Approves and returns entries of the batch that was read. With the last one decided, the certificates of the approved are issued.
#[utoipa::path(post, path = "/api/v1/certificate-batches/{batch_id}/decide",
    params(("batch_id" = CertificateBatchId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = DecideBatchInput, responses((status = 200, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn decide_certificate_batch(
    State(shared): State<Shared>,
    office: OfBatch<Decide>,
    IfMatch(read): IfMatch,
    Posted { input, once }: Posted<DecideBatchInput>,
) -> Result<Answer, Halt> {
    let said = said_in(input).map_err(Problem::from)?;
    let mut tx = once.begin().await?;
    let ambient = &shared.platform.ambient;
    service::decide_batch::decide_batch(&mut tx, ambient, &shared.hub, &shared.issuing, &office, read, said)
        .await?;
    let person = office.granted.actor.person;
    let view = detail(&mut tx, &shared.platform, &shared.issuing, office.batch, person).await?;
    once.ok(tx, &view).await
}

/// Issues what a decided batch still lacks, after the cause of a failure was mended. It decides nothing, so it needs no version.
#[utoipa::path(post, path = "/api/v1/certificate-batches/{batch_id}/issue", params(("batch_id" = CertificateBatchId, Path)),
    responses((status = 200, body = CertificateBatchDetail)), tag = "certificate-issuer")]
pub(super) async fn issue_certificate_batch(
    State(shared): State<Shared>,
    office: OfBatch<Decide>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    service::decide_batch::issue_again(&mut tx, &shared.platform.ambient, &office).await?;
    let person = office.granted.actor.person;
    let view = detail(&mut tx, &shared.platform, &shared.issuing, office.batch, person).await?;
    once.ok(tx, &view).await
}

fn said_in(input: DecideBatchInput) -> Result<Vec<Said>, BatchActionError> {
    input
        .entries
        .into_iter()
        .map(|entry| match entry.decision {
            DecisionWord::Approve => Ok(Said::Approve(entry.entry_id)),
            DecisionWord::Return => Ok(Said::Return(entry.entry_id, Reason::parse(&entry.reason)?)),
        })
        .collect()
}

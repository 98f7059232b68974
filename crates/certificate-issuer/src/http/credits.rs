//! The ledger: a teacher's own credits against the target, and the lines of an office's teachers.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Page, Paged, Problem, Query, SignedIn, not_found};
use kernel::id::{CertificateBatchId, CreditEntryId, PersonId, TrainingId};
use kernel::{Date, TimeZone};
use serde::{Deserialize, Serialize};
use training_plan::access::denied;
use utoipa::{IntoParams, ToSchema};

use super::router::Shared;
use crate::access::Overseen;
use crate::model::{CreditEntry, CreditKind, CreditStanding, Credits};
use crate::store;
use crate::store::credits::Line;

/// Where a teacher stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyCreditsView {
    /// What counts today: earned in the last five years and not taken back.
    counted: String,
    /// The target of five years.
    target: String,
    missing: String,
    entries: Vec<CreditEntryView>,
}

/// One line of the ledger, with name, title and number of the certificate that stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CreditEntryView {
    id: CreditEntryId,
    person_id: PersonId,
    learner_name: String,
    unit_name: Option<String>,
    training_id: TrainingId,
    training_title: String,
    serial: String,
    /// The number of the certificate that the line was entered for, where a corrected one stands in its place now.
    #[serde(skip_serializing_if = "Option::is_none")]
    entered_for: Option<String>,
    /// The batch that holds both; absent for whom its training is none of their business.
    #[serde(skip_serializing_if = "Option::is_none")]
    batch_id: Option<CertificateBatchId>,
    kind: CreditEntryKind,
    /// A decimal with at most one digit after the point.
    credits: String,
    entered_on: Date,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CreditEntryKind {
    Earned,
    /// A corrected certificate says more.
    Raised,
    /// A corrected certificate says less.
    Lowered,
    TakenBack,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LedgerFilter {
    /// A part of a teacher's name, as it is or as it was printed, or of a certificate's number.
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

#[utoipa::path(get, path = "/api/v1/my/credits", responses((status = 200, body = MyCreditsView)), tag = "certificate-issuer")]
pub(super) async fn get_my_credits(
    State(shared): State<Shared>,
    actor: SignedIn,
) -> Result<Json<MyCreditsView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let lines = store::credits::of_person(&mut conn, actor.person).await?;
    let ledger: Vec<CreditEntry> = lines.iter().map(|line| line.entry.clone()).collect();
    let zone = TimeZone::parse(TimeZone::SHANGHAI).ok_or_else(not_found)?;
    let standing = CreditStanding::on(shared.platform.ambient.now().date_in(&zone), &ledger);
    Ok(Json(MyCreditsView {
        counted: standing.counted.to_string(),
        target: Credits::TARGET.to_string(),
        missing: standing.missing.to_string(),
        entries: lines.into_iter().map(Into::into).collect(),
    }))
}

/// The ledger of the teachers that the caller's offices watch over, newest first.
#[utoipa::path(get, path = "/api/v1/credit-entries", params(LedgerFilter),
    responses((status = 200, body = Paged<CreditEntryView>)), tag = "certificate-issuer")]
pub(super) async fn list_credit_entries(
    State(shared): State<Shared>,
    actor: SignedIn,
    Query(filter): Query<LedgerFilter>,
) -> Result<Json<Paged<CreditEntryView>>, Problem> {
    let overseen = Overseen::by(&actor);
    if !overseen.everything && overseen.units.is_empty() {
        return Err(denied());
    }
    let mut conn = shared.platform.db.read().await?;
    let after = filter.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let sought = filter.find.as_deref().map(str::trim).filter(|typed| !typed.is_empty()).map(str::to_owned);
    let limit = i64::from(filter.limit) + 1;
    let lines =
        store::credits::page(&mut conn, overseen.everything, overseen.units, sought, after, limit).await?;
    let page = Page { limit: filter.limit, after: None };
    Ok(Json(Paged::cut(lines, &page, |line| line.entry.id.to_string()).map(Into::into)))
}

impl From<Line> for CreditEntryView {
    fn from(line: Line) -> Self {
        Self {
            id: line.entry.id,
            person_id: line.entry.learner,
            learner_name: line.learner_name,
            unit_name: line.unit_name,
            training_id: line.entry.training,
            training_title: line.training_title,
            entered_for: (line.entered_for != line.serial).then(|| line.entered_for.to_string()),
            batch_id: line.batch,
            serial: line.serial.to_string(),
            kind: match line.entry.kind {
                CreditKind::Earned => CreditEntryKind::Earned,
                CreditKind::Raised => CreditEntryKind::Raised,
                CreditKind::Lowered => CreditEntryKind::Lowered,
                CreditKind::TakenBack => CreditEntryKind::TakenBack,
            },
            credits: line.entry.credits.to_string(),
            entered_on: line.entry.entered_on,
        }
    }
}

//! Taking certificates back and correcting them: what is proposed, by whom, and what became of it.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, Page, Paged, Posted, Problem, Query, SignedIn, Versioned, not_found, sane_date, wording,
};
use kernel::Date;
use kernel::id::{CertificateChangeId, CertificateId};
use serde::Deserialize;
use storage::Tx;
use training_plan::access::{Decide, Oversee, denied};
use utoipa::{IntoParams, ToSchema};

use super::change_views::{CertificateChangeView, ChangeState, RevokeCause, view};
use super::router::Shared;
use super::views::CertificateGrade;
use crate::access::{OfCertificate, OfChange, Overseen};
use crate::error::ChangeError;
use crate::model::{Credits, Reason};
use crate::service::propose_change::{self, Corrections, Proposed};
use crate::store;

/// To take a certificate back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct RevocationInput {
    #[garde(skip)]
    cause: RevokeCause,
    /// Shown to everybody who verifies the certificate once it is revoked.
    #[garde(custom(wording::words(500)))]
    reason: String,
}

/// What was printed wrong; what is absent stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct CorrectionInput {
    #[serde(default, deserialize_with = "wording::as_spare_name")]
    #[garde(inner(custom(wording::line(40))))]
    learner_name: Option<String>,
    #[garde(inner(custom(wording::line(100))))]
    training_title: Option<String>,
    #[garde(inner(custom(sane_date)))]
    starts_on: Option<Date>,
    #[garde(inner(custom(sane_date)))]
    ends_on: Option<Date>,
    /// Within the bounds of a scheme, like the credits.
    #[garde(inner(range(min = 1, max = 2000)))]
    hours: Option<u16>,
    /// A decimal with at most one digit after the point, such as `6.5`; 0.1 to 360.
    #[garde(inner(custom(wording::line(8))))]
    credits: Option<String>,
    #[garde(skip)]
    grade: Option<CertificateGrade>,
    #[serde(default, deserialize_with = "wording::as_spare_name")]
    #[garde(inner(custom(wording::line(40))))]
    assessed_by: Option<String>,
    #[garde(inner(custom(wording::line(40))))]
    issuer_name: Option<String>,
    /// Shown to everybody who verifies the old certificate once it is replaced.
    #[garde(custom(wording::words(500)))]
    reason: String,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ChangeFilter {
    #[garde(skip)]
    state: Option<ChangeState>,
    #[garde(range(min = 1, max = 100))]
    #[serde(default = "default_limit")]
    #[param(minimum = 1, maximum = 100, default = 30)]
    limit: u16,
    #[garde(inner(length(max = 200)))]
    after: Option<String>,
}

const fn default_limit() -> u16 {
    30
}

/// Proposes to take a certificate back. It stays valid until another officer confirms.
#[utoipa::path(post, path = "/api/v1/certificates/{certificate_id}/propose-revocation",
    params(("certificate_id" = CertificateId, Path)),
    request_body = RevocationInput, responses((status = 201, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn propose_revocation(
    State(shared): State<Shared>,
    office: OfCertificate<Decide>,
    Posted { input, once }: Posted<RevocationInput>,
) -> Result<Answer, Halt> {
    let reason = reason(&input.reason)?;
    let mut tx = once.begin().await?;
    let view = propose(&mut tx, &shared, &office, Proposed::Revoke(input.cause.into()), reason).await?;
    once.created(tx, &view).await
}

/// Proposes to replace a certificate by a corrected one with a new number. It stays valid until another officer confirms.
#[utoipa::path(post, path = "/api/v1/certificates/{certificate_id}/propose-correction",
    params(("certificate_id" = CertificateId, Path)),
    request_body = CorrectionInput, responses((status = 201, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn propose_correction(
    State(shared): State<Shared>,
    office: OfCertificate<Decide>,
    Posted { input, once }: Posted<CorrectionInput>,
) -> Result<Answer, Halt> {
    let reason = reason(&input.reason)?;
    let corrections = Corrections {
        learner_name: input.learner_name,
        training_title: input.training_title,
        starts_on: input.starts_on,
        ends_on: input.ends_on,
        hours: input.hours,
        credits: input.credits.as_deref().map(credits).transpose()?,
        grade: input.grade.map(Into::into),
        assessed_by: input.assessed_by,
        issuer_name: input.issuer_name,
    };
    let mut tx = once.begin().await?;
    let view = propose(&mut tx, &shared, &office, Proposed::Correct(corrections), reason).await?;
    once.created(tx, &view).await
}

/// The proposals that the caller's offices watch over, newest first.
#[utoipa::path(get, path = "/api/v1/certificate-changes", params(ChangeFilter),
    responses((status = 200, body = Paged<CertificateChangeView>)), tag = "certificate-issuer")]
pub(super) async fn list_certificate_changes(
    State(shared): State<Shared>,
    actor: SignedIn,
    Query(filter): Query<ChangeFilter>,
) -> Result<Json<Paged<CertificateChangeView>>, Problem> {
    let overseen = Overseen::by(&actor);
    if !overseen.everything && overseen.units.is_empty() {
        return Err(denied());
    }
    let mut conn = shared.platform.db.read().await?;
    let after = filter.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let state = filter.state.map(ChangeState::word);
    let limit = i64::from(filter.limit) + 1;
    let listed =
        store::changes::page(&mut conn, overseen.everything, overseen.units, state, after, limit).await?;
    let page = Page { limit: filter.limit, after: None };
    let paged = Paged::cut(listed, &page, |listed| listed.change.id.to_string());
    Ok(Json(paged.map(|listed| CertificateChangeView::of(listed, actor.person))))
}

#[utoipa::path(get, path = "/api/v1/certificate-changes/{change_id}", params(("change_id" = CertificateChangeId, Path)),
    responses((status = 200, body = CertificateChangeView)), tag = "certificate-issuer")]
pub(super) async fn get_certificate_change(
    State(shared): State<Shared>,
    overseer: OfChange<Oversee>,
) -> Result<Versioned<CertificateChangeView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let view = view(&mut conn, overseer.change, overseer.granted.actor.person).await?;
    Ok(Versioned(view.version, view))
}

impl Shared {
    pub(super) fn for_changes(&self) -> propose_change::Desk<'_> {
        propose_change::Desk { ambient: &self.platform.ambient, hub: &self.hub, issuing: &self.issuing }
    }
}

async fn propose(
    tx: &mut Tx,
    shared: &Shared,
    office: &OfCertificate<Decide>,
    proposed: Proposed,
    reason: Reason,
) -> Result<CertificateChangeView, Problem> {
    let id = propose_change::propose(tx, &shared.for_changes(), office, proposed, reason).await?;
    view(tx, id, office.granted.actor.person).await
}

pub(super) fn reason(text: &str) -> Result<Reason, Problem> {
    Reason::parse(text).map_err(|error| ChangeError::from(error).into())
}

fn credits(text: &str) -> Result<Credits, Problem> {
    let credits: Option<Credits> = text.trim().parse().ok();
    credits.filter(|credits| credits.is_earnable()).ok_or_else(|| ChangeError::Credits.into())
}

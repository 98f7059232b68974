//! Proposed changes on the wire.

use http_kit::{Problem, not_found};
use kernel::Timestamp;
use kernel::id::{CertificateBatchId, CertificateChangeId, CertificateId, PersonId, TrainingId};
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::ToSchema;

use super::deciders::DecidersView;
use super::views::PrintedFields;
use crate::model::{Change, Fault, Outcome, Wanted};
use crate::store::{self, changes::Listed};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum RevokeCause {
    IssuedInError,
    Misconduct,
}

impl From<RevokeCause> for Fault {
    fn from(cause: RevokeCause) -> Self {
        match cause {
            RevokeCause::IssuedInError => Self::IssuedInError,
            RevokeCause::Misconduct => Self::Misconduct,
        }
    }
}

impl From<Fault> for RevokeCause {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::IssuedInError => Self::IssuedInError,
            Fault::Misconduct => Self::Misconduct,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChangeState {
    Open,
    Confirmed,
    Refused,
    Withdrawn,
}

impl ChangeState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What is to become of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChangeKind {
    Revoke,
    Correct,
}

/// A proposed change to a certificate.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CertificateChangeView {
    pub id: CertificateChangeId,
    pub certificate_id: CertificateId,
    pub batch_id: CertificateBatchId,
    pub training_id: TrainingId,
    pub serial: String,
    pub kind: ChangeKind,
    /// Why it is to be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<RevokeCause>,
    /// Shown to everybody who verifies once it is confirmed.
    pub reason: String,
    pub before: PrintedFields,
    /// What the corrected certificate will say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<PrintedFields>,
    pub state: ChangeState,
    pub proposed_by: String,
    pub proposed_at: Timestamp,
    /// Whether the caller proposed it, and so must leave the decision to somebody else.
    pub proposed_by_you: bool,
    /// Whether it is the caller's own certificate.
    pub about_you: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Who may confirm or refuse it; absent in lists, and once it is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deciders: Option<DecidersView>,
    /// To be sent as `If-Match` with a decision.
    pub version: i64,
}

/// One change as `reader` sees it, with those who may decide it.
pub(super) async fn view(
    conn: &mut Conn,
    id: CertificateChangeId,
    reader: PersonId,
) -> Result<CertificateChangeView, Problem> {
    let listed = store::changes::find(conn, id).await?.ok_or_else(not_found)?;
    let deciders = deciders(conn, &listed.change, reader).await?;
    Ok(CertificateChangeView { deciders, ..CertificateChangeView::of(listed, reader) })
}

async fn deciders(
    conn: &mut Conn,
    change: &Change,
    reader: PersonId,
) -> Result<Option<DecidersView>, Problem> {
    if *change.outcome() != Outcome::Open {
        return Ok(None);
    }
    let may = |officer| change.may_be_decided_by(officer).is_ok();
    Ok(Some(DecidersView::over(conn, change.training, reader, may).await?))
}

impl CertificateChangeView {
    /// A change as `reader` sees it.
    pub fn of(listed: Listed, reader: PersonId) -> Self {
        let Listed { change, version, batch, serial, before, proposed_by_name, decided_by_name } = listed;
        let (state, decided_at, refusal) = match change.outcome() {
            Outcome::Open => (ChangeState::Open, None, None),
            Outcome::Confirmed { at, .. } => (ChangeState::Confirmed, Some(*at), None),
            Outcome::Refused { at, reason, .. } => {
                (ChangeState::Refused, Some(*at), Some(reason.to_string()))
            }
            Outcome::Withdrawn { at } => (ChangeState::Withdrawn, Some(*at), None),
        };
        let (kind, cause, after) = match &change.wanted {
            Wanted::Revoke(fault) => (ChangeKind::Revoke, Some((*fault).into()), None),
            Wanted::Correct(frozen) => {
                (ChangeKind::Correct, None, Some(PrintedFields::from(frozen.as_ref())))
            }
        };
        Self {
            id: change.id,
            certificate_id: change.certificate,
            batch_id: batch,
            training_id: change.training,
            serial: serial.to_string(),
            kind,
            cause,
            reason: change.reason.to_string(),
            before: PrintedFields::from(&before),
            after,
            state,
            proposed_by: proposed_by_name,
            proposed_at: change.proposed_at,
            proposed_by_you: change.proposed_by == reader,
            about_you: change.learner == reader,
            decided_by: decided_by_name,
            decided_at,
            refusal,
            deciders: None,
            version,
        }
    }
}

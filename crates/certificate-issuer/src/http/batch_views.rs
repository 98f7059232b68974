//! Batches on the wire: a row of a list, a whole batch, each of its entries.

use http_kit::{Platform, Problem, not_found};
use kernel::id::{
    BatchEntryId, CertificateBatchId, CertificateChangeId, CertificateId, PersonId, TrainingId,
};
use kernel::{Date, TimeZone, Timestamp};
use serde::{Deserialize, Serialize};
use storage::Conn;
use utoipa::ToSchema;

use super::deciders::DecidersView;
use super::views::PrintedFields;
use crate::issuing::{Flaw, Issuing};
use crate::model::{BatchStage, Decision};
use crate::service::zone_of;
use crate::store;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BatchState {
    Draft,
    Submitted,
    Decided,
    Issued,
}

impl BatchState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Decided => "decided",
            Self::Issued => "issued",
        }
    }
}

/// A batch in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CertificateBatchView {
    pub id: CertificateBatchId,
    pub training_id: TrainingId,
    pub training_title: String,
    pub state: BatchState,
    pub created_by: String,
    pub created_at: Timestamp,
    pub submitted_by: Option<String>,
    pub submitted_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub issued_at: Option<Timestamp>,
    pub entries: i64,
    pub approved: i64,
    pub returned: i64,
    /// How many of the approved have their certificate.
    pub issued: i64,
    /// How many certificates, new or corrected ones, are not signed and printed yet.
    pub unfinished: i64,
    /// To be sent as `If-Match` with handing in and with a decision.
    pub version: i64,
}

/// A whole batch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CertificateBatchDetail {
    pub batch: CertificateBatchView,
    pub entries: Vec<BatchEntryView>,
    /// Whether the caller handed it in, and so must leave the decision to somebody else.
    pub submitted_by_you: bool,
    /// Who may decide it; absent unless it waits for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deciders: Option<DecidersView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum EntryDecision {
    Open,
    Approved,
    Returned,
}

/// One learner of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchEntryView {
    pub id: BatchEntryId,
    pub person_id: PersonId,
    pub unit_name: Option<String>,
    pub printed: PrintedFields,
    /// What the name was when the batch was made, where it has been corrected before it was handed in.
    pub name_was: Option<String>,
    pub decision: EntryDecision,
    pub decided_by: Option<String>,
    pub decided_at: Option<Timestamp>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// Characters that the certificates' font cannot show; they block handing in.
    pub missing_glyphs: Vec<String>,
    /// Another reason why it cannot be printed.
    pub unprintable: bool,
    /// The newest certificate; `printed` is what it says.
    pub certificate: Option<EntryCertificateView>,
    /// Those that it replaces, the latest first: none where nothing was corrected.
    pub earlier: Vec<EarlierCertificateView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntryCertificateView {
    pub id: CertificateId,
    pub serial: String,
    pub is_issued: bool,
    pub issued_on: Date,
    pub revoked_at: Option<Timestamp>,
    /// The proposed change that waits for its second person.
    pub open_change_id: Option<CertificateChangeId>,
}

/// A certificate that a corrected one has replaced.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct EarlierCertificateView {
    pub id: CertificateId,
    pub serial: String,
    /// False for one that was corrected before it was signed: it has no file.
    pub is_issued: bool,
    /// The correction: what it said, what was to be said instead, and why.
    pub change_id: Option<CertificateChangeId>,
}

/// The batches of a training, and who could be in the next.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TrainingBatchesView {
    pub items: Vec<CertificateBatchView>,
    /// Learners who passed and are in no batch.
    pub waiting: i64,
    /// Whether a batch may be made: the training is closed, so that its results stand.
    pub is_over: bool,
}

/// A batch with its entries, as `reader` sees it.
pub(super) async fn detail(
    conn: &mut Conn,
    platform: &Platform,
    issuing: &Issuing,
    batch: CertificateBatchId,
    reader: PersonId,
) -> Result<CertificateBatchDetail, Problem> {
    let listed = store::batches::find(conn, batch).await?.ok_or_else(not_found)?;
    let (now, zone) = (platform.ambient.now(), zone_of(conn, listed.training).await?);
    let entries = store::entries::listed(conn, batch).await?;
    let replaced = store::entries::replaced(conn, batch).await?;
    let is_draft = matches!(listed.stage, BatchStage::Draft);
    let submitted_by_you = match listed.stage {
        BatchStage::Draft => false,
        BatchStage::Submitted(by) | BatchStage::Decided(by) | BatchStage::Issued(by, _) => by.by == reader,
    };
    let deciders = match listed.stage {
        BatchStage::Submitted(by) => {
            Some(DecidersView::over(conn, listed.training, reader, |officer| officer != by.by).await?)
        }
        BatchStage::Draft | BatchStage::Decided(_) | BatchStage::Issued(..) => None,
    };
    Ok(CertificateBatchDetail {
        batch: listed.into(),
        entries: entries
            .into_iter()
            .map(|entry| if is_draft { as_it_would_be_handed_in(entry) } else { entry })
            .map(|entry| entry_view(entry, &replaced, issuing, (&zone, now)))
            .collect(),
        submitted_by_you,
        deciders,
    })
}

/// Handing in takes over the names that were corrected since.
fn as_it_would_be_handed_in(mut listed: store::entries::Listed) -> store::entries::Listed {
    if listed.name_now != listed.entry.frozen.learner_name {
        let was = std::mem::replace(&mut listed.entry.frozen.learner_name, listed.name_now.clone());
        listed.name_was = Some(was);
    }
    listed
}

impl From<store::batches::Listed> for CertificateBatchView {
    fn from(listed: store::batches::Listed) -> Self {
        let (state, submitted, issued_at) = match listed.stage {
            BatchStage::Draft => (BatchState::Draft, None, None),
            BatchStage::Submitted(submitted) => (BatchState::Submitted, Some(submitted), None),
            BatchStage::Decided(submitted) => (BatchState::Decided, Some(submitted), None),
            BatchStage::Issued(submitted, at) => (BatchState::Issued, Some(submitted), Some(at)),
        };
        Self {
            id: listed.id,
            training_id: listed.training,
            training_title: listed.training_title,
            state,
            created_by: listed.created_by_name,
            created_at: listed.created_at,
            submitted_by: listed.submitter_name,
            submitted_at: submitted.map(|submitted| submitted.at),
            decided_at: listed.decided_at,
            issued_at,
            entries: listed.entries,
            approved: listed.approved,
            returned: listed.returned,
            issued: listed.issued,
            unfinished: listed.unfinished,
            version: listed.version,
        }
    }
}

fn entry_view(
    listed: store::entries::Listed,
    replaced: &[store::entries::Replaced],
    issuing: &Issuing,
    (zone, now): (&TimeZone, Timestamp),
) -> BatchEntryView {
    let store::entries::Listed { entry, name_was, unit_name, decided_by_name, certificate, .. } = listed;
    let (decision, decided_at, reason) = match entry.decision {
        Decision::Open => (EntryDecision::Open, None, None),
        Decision::Approved { at, .. } => (EntryDecision::Approved, Some(at), None),
        Decision::Returned { at, reason, .. } => {
            (EntryDecision::Returned, Some(at), Some(reason.to_string()))
        }
    };
    // What was approved is beyond doubt; only what is still open is looked at.
    let flaw = match decision {
        EntryDecision::Open => issuing.flaw(&entry.frozen, zone, now).ok().flatten(),
        EntryDecision::Approved | EntryDecision::Returned => None,
    };
    let (missing_glyphs, unprintable) = match flaw {
        Some(Flaw::MissingGlyphs(glyphs)) => (glyphs.into_iter().map(String::from).collect(), false),
        Some(Flaw::Fields(_)) => (Vec::new(), true),
        None => (Vec::new(), false),
    };
    BatchEntryView {
        id: entry.id,
        person_id: entry.learner,
        unit_name,
        printed: PrintedFields::from(&entry.frozen),
        name_was,
        decision,
        decided_by: decided_by_name,
        decided_at,
        reason,
        missing_glyphs,
        unprintable,
        certificate: certificate.map(|certificate| EntryCertificateView {
            id: certificate.id,
            serial: certificate.serial.to_string(),
            is_issued: certificate.is_issued,
            issued_on: certificate.issued_on,
            revoked_at: certificate.revoked_at,
            open_change_id: certificate.open_change,
        }),
        earlier: replaced.iter().filter(|one| one.entry_id == entry.id).map(Into::into).collect(),
    }
}

impl From<&store::entries::Replaced> for EarlierCertificateView {
    fn from(replaced: &store::entries::Replaced) -> Self {
        Self {
            id: replaced.id,
            serial: replaced.serial.to_string(),
            is_issued: replaced.is_issued,
            change_id: replaced.revocation_change_id,
        }
    }
}

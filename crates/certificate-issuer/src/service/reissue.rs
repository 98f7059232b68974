//! A wrong field is never edited: the office has a corrected certificate issued, which takes the place of the old one.

use kernel::Ambient;
use kernel::id::CertificateId;
use serde_json::json;
use storage::{StorageError, Tx, jobs};
use training_plan::access::Decide;

use super::note;
use super::reserve::{Wanted, next_serial, reserve};
use super::revoke::{end, to_be_ended};
use crate::access::OfCertificate;
use crate::error::RevokeError;
use crate::issuing::Issuing;
use crate::jobs::{ISSUE_BATCH, WhichBatch};
use crate::model::{Reason, RevocationCause};
use crate::store;

/// The fields that may be corrected; what is absent stays as it was.
pub(crate) struct Corrections {
    pub learner_name: Option<String>,
    pub training_title: Option<String>,
    pub assessed_by: Option<String>,
}

/// Revokes the old certificate, reserves the new one and puts it to work; the new one's id.
pub(crate) async fn reissue(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    office: &OfCertificate<Decide>,
    corrections: Corrections,
    reason: Reason,
) -> Result<CertificateId, RevokeError> {
    let old = to_be_ended(tx, office).await?;
    let training = training_plan::training::find(tx, old.frozen.training).await?;
    let zone = training.ok_or(StorageError::RowMissing)?.time_zone;
    let mut frozen = old.frozen.clone();
    let correct = |field: &mut String, new: Option<String>| {
        if let Some(new) = new {
            new.trim().clone_into(field);
        }
    };
    correct(&mut frozen.learner_name, corrections.learner_name);
    correct(&mut frozen.training_title, corrections.training_title);
    correct(&mut frozen.assessed_by, corrections.assessed_by);
    if frozen == old.frozen {
        return Err(RevokeError::NothingCorrected);
    }
    if let Some(flaw) = issuing.flaw(&frozen, ambient.now())? {
        return Err(RevokeError::Flaw(flaw));
    }

    let number = next_serial(tx, frozen.training, &zone, ambient).await?;
    let cause = RevocationCause::Replaced { by: number.1.clone() };
    end(tx, ambient, issuing, office, &old, cause, reason).await?;
    let edition = store::certificates::editions(tx, old.entry).await? + 1;
    let wanted = Wanted {
        training: frozen.training,
        learner: old.learner,
        batch: old.batch,
        entry: old.entry,
        edition,
        frozen: &frozen,
    };
    let new = reserve(tx, ambient, issuing, number, &zone, &wanted).await?;
    jobs::enqueue(tx, ambient, ISSUE_BATCH, &WhichBatch { batch: old.batch }, ambient.now()).await?;
    let detail = json!({ "serial": old.serial, "replaced_by": new.serial });
    let (action, by) = ("certificate_issuer.reissue", office.granted.actor.person);
    note(tx, ambient, frozen.training, Some(by), action, old.id.to_string(), detail).await?;
    Ok(new.id)
}

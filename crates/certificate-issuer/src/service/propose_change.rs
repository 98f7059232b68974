//! An officer proposes to take a certificate back or to have it corrected; another officer decides.

use kernel::id::CertificateChangeId;
use kernel::{Ambient, Date};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{StorageError, Tx};
use training_plan::access::Decide;

use super::{note, zone_of};
use crate::access::OfCertificate;
use crate::error::ChangeError;
use crate::issuing::Issuing;
use crate::model::{About, Change, Credits, Fault, Frozen, Grade, Reason, RevocationError, Wanted};
use crate::store::{self, certificates::Recorded};

/// The fields that may be corrected: all that are printed, except number and day. What is absent stays as it was.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    pub learner_name: Option<String>,
    pub training_title: Option<String>,
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
    pub hours: Option<u16>,
    pub credits: Option<Credits>,
    pub grade: Option<Grade>,
    pub assessed_by: Option<String>,
    pub issuer_name: Option<String>,
}

/// What is proposed.
pub(crate) enum Proposed {
    Revoke(Fault),
    Correct(Corrections),
}

/// Who proposes, and what a proposal needs beside the database.
pub(crate) struct Desk<'a> {
    pub ambient: &'a Ambient,
    pub hub: &'a Hub,
    pub issuing: &'a Issuing,
}

pub(crate) async fn propose(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfCertificate<Decide>,
    proposed: Proposed,
    reason: Reason,
) -> Result<CertificateChangeId, ChangeError> {
    let (now, by) = (desk.ambient.now(), office.granted.actor.person);
    let recorded = to_be_changed(tx, office).await?;
    let training = recorded.frozen.training;
    let wanted = match proposed {
        Proposed::Revoke(fault) => Wanted::Revoke(fault),
        Proposed::Correct(corrections) => {
            Wanted::Correct(Box::new(corrected(tx, desk, &recorded.frozen, corrections).await?))
        }
    };
    let about =
        About { certificate: recorded.id, entry: recorded.entry, training, learner: recorded.learner };
    let change = Change::propose(desk.ambient.new_id(), about, wanted, reason, (by, now))?;
    store::changes::insert(tx, &change).await.map_err(one_at_a_time)?;

    let officers =
        store::people::officers_over(tx, training).await?.into_iter().map(|officer| officer.person_id);
    let others = officers.filter(|officer| change.may_be_decided_by(*officer).is_ok());
    let title = recorded.frozen.training_title.clone();
    let notice = Notice::new(
        Happened::ChangeProposed { training: title, person: recorded.frozen.learner_name.clone() },
        format!("/office/certificate-changes/{}", change.id),
    );
    notification::notify_all(tx, desk.ambient, desk.hub, others, &notice).await?;
    let detail = json!({ "serial": recorded.serial, "change_id": change.id, "kind": change.wanted.code(), "reason": change.reason.as_str() });
    let action = "certificate_issuer.propose_change";
    note(tx, desk.ambient, training, Some(by), action, recorded.id.to_string(), detail).await?;
    Ok(change.id)
}

/// The certificate, held, if it can still be changed: issued, or reserved and standing still.
async fn to_be_changed(tx: &mut Tx, office: &OfCertificate<Decide>) -> Result<Recorded, ChangeError> {
    let recorded = store::certificates::hold(tx, office.certificate).await?;
    let recorded = recorded.ok_or(ChangeError::NoSuchCertificate)?;
    if recorded.revocation.is_some() {
        return Err(RevocationError::AlreadyRevoked.into());
    }
    Ok(recorded)
}

/// What the new certificate is to say, if it could be issued today: whoever confirms it meets no rule that was not asked here.
async fn corrected(
    tx: &mut Tx,
    desk: &Desk<'_>,
    old: &Frozen,
    corrections: Corrections,
) -> Result<Frozen, ChangeError> {
    let text =
        |new: Option<String>, old: &String| new.map_or_else(|| old.clone(), |new| new.trim().to_owned());
    let new = Frozen {
        learner_name: text(corrections.learner_name, &old.learner_name),
        training: old.training,
        training_title: text(corrections.training_title, &old.training_title),
        starts_on: corrections.starts_on.unwrap_or(old.starts_on),
        ends_on: corrections.ends_on.unwrap_or(old.ends_on),
        hours: corrections.hours.unwrap_or(old.hours),
        credits: corrections.credits.unwrap_or(old.credits),
        grade: corrections.grade.unwrap_or(old.grade),
        assessed_by: text(corrections.assessed_by, &old.assessed_by),
        issuer: old.issuer,
        issuer_name: text(corrections.issuer_name, &old.issuer_name),
    };
    if new == *old {
        return Err(ChangeError::NothingCorrected);
    }
    let zone = zone_of(tx, old.training).await?;
    match desk.issuing.flaw(&new, &zone, desk.ambient.now())? {
        Some(flaw) => Err(ChangeError::Flaw(flaw)),
        None => Ok(new),
    }
}

fn one_at_a_time(error: StorageError) -> ChangeError {
    if error.breaks("certificate_changes_certificate_id_key") {
        ChangeError::AlreadyProposed
    } else {
        error.into()
    }
}

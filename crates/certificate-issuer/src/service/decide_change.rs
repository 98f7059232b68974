//! A proposed change is confirmed or refused by another officer, or withdrawn by who proposed it. With the confirmation it happens: the old
//! certificate ends, and a corrected one is reserved and put to work.

use kernel::Ambient;
use notification::{Happened, Notice};
use serde_json::json;
use storage::{Tx, jobs};
use training_plan::access::Decide;

use super::issue_batch::add_line;
use super::propose_change::Desk;
use super::reserve::{ForWhom, next_serial, reserve};
use super::{note, zone_of};
use crate::access::OfChange;
use crate::credential::{self, StatusList};
use crate::error::{ChangeError, IssueError};
use crate::issuing::Issuing;
use crate::jobs::{ISSUE_BATCH, WhichBatch};
use crate::model::{
    Change, Fault, Frozen, Ledger, Outcome, Reason, Revocation, RevocationCause, RevocationError, Wanted,
};
use crate::store::{
    self,
    certificates::{Ended, Recorded},
};

/// What an officer says about a proposed change.
pub(crate) enum Said {
    Confirm,
    Refuse(Reason),
    Withdraw,
}

pub(crate) async fn decide(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfChange<Decide>,
    read: i64,
    said: Said,
) -> Result<(), ChangeError> {
    let (by, now) = (office.granted.actor.person, desk.ambient.now());
    let mut change = take(tx, office, read).await?;
    let action = match said {
        Said::Confirm => {
            change.confirm(by, now)?;
            "certificate_issuer.confirm_change"
        }
        Said::Refuse(reason) => {
            change.refuse(by, now, reason)?;
            "certificate_issuer.refuse_change"
        }
        Said::Withdraw => {
            change.withdraw(by, now)?;
            "certificate_issuer.withdraw_change"
        }
    };
    store::changes::decide(tx, &change).await?;
    if let Outcome::Confirmed { .. } = change.outcome() {
        carry_out(tx, desk, office, &change).await?;
    }
    tell_and_note(tx, desk, office, &change, action).await
}

/// The change, in the version that the caller read. Its certificate is held before it, as by who proposes the next one.
async fn take(tx: &mut Tx, office: &OfChange<Decide>, read: i64) -> Result<Change, ChangeError> {
    let known = store::changes::find(tx, office.change).await?.ok_or(ChangeError::NoSuchChange)?;
    store::certificates::hold(tx, known.change.certificate).await?;
    let taken = store::changes::take(tx, office.change).await?.ok_or(ChangeError::NoSuchChange)?;
    if taken.version == read { Ok(taken.change) } else { Err(ChangeError::Stale) }
}

async fn carry_out(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfChange<Decide>,
    change: &Change,
) -> Result<(), ChangeError> {
    let old =
        store::certificates::find(tx, change.certificate).await?.ok_or(ChangeError::NoSuchCertificate)?;
    match &change.wanted {
        Wanted::Revoke(fault) => revoke(tx, desk, office, change, &old, *fault).await,
        Wanted::Correct(frozen) => replace(tx, desk, office, change, &old, frozen).await,
    }
}

/// Ends the certificate. Its credits go, and who got it in error can be proposed again.
async fn revoke(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfChange<Decide>,
    change: &Change,
    old: &Recorded,
    fault: Fault,
) -> Result<(), ChangeError> {
    let (ambient, now) = (desk.ambient, desk.ambient.now());
    let ended = end(tx, ambient, desk.issuing, office, change, old, fault.into()).await?;
    let ledger = store::credits::of_entry(tx, old.entry).await?;
    if let Some(line) = Ledger(&ledger).to_take_back() {
        let today = now.date_in(&zone_of(tx, change.training).await?);
        add_line(tx, ambient, old, line, today).await?;
    }
    if fault.frees_the_learner() {
        store::entries::void(tx, old.entry, now).await?;
    }
    if ended == Ended::Reserved {
        // Nothing of the batch may wait any more; then the job closes it.
        jobs::enqueue(tx, ambient, ISSUE_BATCH, &WhichBatch { batch: old.batch }, now).await?;
        return Ok(());
    }
    let happened = Happened::CertificateRevoked { training: old.frozen.training_title.clone() };
    let notice = Notice::new(happened, "/learn/certificates");
    Ok(notification::notify(tx, ambient, desk.hub, old.learner, &notice).await?)
}

/// Ends the certificate, reserves the corrected one in its place and puts it to work.
async fn replace(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfChange<Decide>,
    change: &Change,
    old: &Recorded,
    frozen: &Frozen,
) -> Result<(), ChangeError> {
    let (ambient, issuing) = (desk.ambient, desk.issuing);
    let zone = zone_of(tx, change.training).await?;
    // The fonts may be others than when it was proposed, and the clock may have been set back.
    if let Some(flaw) = issuing.flaw(frozen, &zone, ambient.now())? {
        return Err(ChangeError::Flaw(flaw));
    }
    let number = next_serial(tx, change.training, &zone, ambient).await?;
    let cause = RevocationCause::Replaced { by: number.1.clone() };
    end(tx, ambient, issuing, office, change, old, cause).await?;
    store::certificates::replace_by(tx, &old.serial, &number.1).await?;
    let wanted = ForWhom {
        training: change.training,
        learner: old.learner,
        batch: old.batch,
        entry: old.entry,
        edition: store::certificates::editions(tx, old.entry).await? + 1,
        change: Some(change.id),
        frozen,
    };
    reserve(tx, ambient, issuing, number, &zone, &wanted).await?;
    jobs::enqueue(tx, ambient, ISSUE_BATCH, &WhichBatch { batch: old.batch }, ambient.now()).await?;
    Ok(())
}

/// Writes the revocation and signs its status list anew.
async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    office: &OfChange<Decide>,
    change: &Change,
    old: &Recorded,
    cause: RevocationCause,
) -> Result<Ended, ChangeError> {
    let now = ambient.now();
    let by = (office.granted.actor.person, now);
    let which = (old.id, &old.serial);
    let revocation = Revocation::of(which, old.revocation.as_ref(), cause, change.reason.clone(), by)?;
    // Two who revoke at once are decided by the row.
    let ended = store::certificates::revoke(tx, &revocation, change.id).await?;
    let ended = ended.ok_or(RevocationError::AlreadyRevoked)?;
    let number = old.issuance.status.list;
    let issuer = store::status_lists::take(tx, number).await?;
    let revoked = store::status_lists::revoked(tx, number).await?;
    let list = StatusList::revoking(revoked).credential(number, issuer, issuing.addresses(), now);
    let token = credential::sign_status_list(&list, issuing.addresses(), &issuing.signing_key(now))
        .map_err(IssueError::from)?;
    store::status_lists::set_token(tx, number, &token, now).await?;
    Ok(ended)
}

/// Who proposed is told what another said; the audit knows both.
async fn tell_and_note(
    tx: &mut Tx,
    desk: &Desk<'_>,
    office: &OfChange<Decide>,
    change: &Change,
    action: &str,
) -> Result<(), ChangeError> {
    let by = office.granted.actor.person;
    let listed = store::changes::find(tx, change.id).await?.ok_or(ChangeError::NoSuchChange)?;
    let (training, person) = (listed.before.training_title, listed.before.learner_name);
    let happened = match change.outcome() {
        Outcome::Confirmed { .. } => Some(Happened::ChangeConfirmed { training, person }),
        Outcome::Refused { .. } => Some(Happened::ChangeRefused { training, person }),
        Outcome::Open | Outcome::Withdrawn { .. } => None,
    };
    if let Some(happened) = happened {
        let notice = Notice::new(happened, format!("/office/certificate-changes/{}", change.id));
        notification::notify(tx, desk.ambient, desk.hub, change.proposed_by, &notice).await?;
    }
    let detail = json!({
        "serial": listed.serial, "change_id": change.id, "kind": change.wanted.code(), "proposed_by": change.proposed_by,
    });
    let object = change.certificate.to_string();
    Ok(note(tx, desk.ambient, change.training, Some(by), action, object, detail).await?)
}

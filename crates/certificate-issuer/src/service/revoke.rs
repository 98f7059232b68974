//! The office ends a certificate. The signed status list says so from this moment on.

use kernel::id::CertificateId;
use kernel::{Ambient, Date};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;
use training_plan::access::Decide;

use super::note;
use crate::access::OfCertificate;
use crate::credential::{self, StatusList};
use crate::error::{IssueError, RevokeError};
use crate::issuing::Issuing;
use crate::model::{Reason, Revocation, RevocationCause, RevocationError};
use crate::store::{self, certificates::Recorded};

pub(crate) async fn revoke(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    issuing: &Issuing,
    office: &OfCertificate<Decide>,
    cause: RevocationCause,
    reason: Reason,
) -> Result<(), RevokeError> {
    let recorded = to_be_ended(tx, office).await?;
    let training = recorded.frozen.training;
    let zone = training_plan::training::find(tx, training).await?.map(|training| training.time_zone);
    let now = ambient.now();
    end(tx, ambient, issuing, office, &recorded, cause.clone(), reason).await?;
    if cause.takes_credits_back() {
        let today = zone.map_or(recorded.issued_on, |zone| now.date_in(&zone));
        take_credits_back(tx, ambient, &recorded, today).await?;
    }
    let happened = Happened::CertificateRevoked { training: recorded.frozen.training_title.clone() };
    let notice = Notice::new(happened, "/learn/certificates");
    notification::notify(tx, ambient, hub, recorded.learner, &notice).await?;
    let detail = json!({ "serial": recorded.serial, "cause": cause.code() });
    let (action, by) = ("certificate_issuer.revoke", office.granted.actor.person);
    Ok(note(tx, ambient, training, Some(by), action, recorded.id.to_string(), detail).await?)
}

/// The certificate, if this person may end it.
pub(super) async fn to_be_ended(
    tx: &mut Tx,
    office: &OfCertificate<Decide>,
) -> Result<Recorded, RevokeError> {
    let recorded = find(tx, office.certificate).await?;
    if recorded.learner == office.granted.actor.person {
        return Err(RevokeError::OwnCertificate);
    }
    Ok(recorded)
}

/// Writes the revocation and signs its status list anew.
pub(super) async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    office: &OfCertificate<Decide>,
    recorded: &Recorded,
    cause: RevocationCause,
    reason: Reason,
) -> Result<(), RevokeError> {
    let now = ambient.now();
    let by = (office.granted.actor.person, now);
    let which = (recorded.id, &recorded.serial);
    let revocation = Revocation::of(which, recorded.revocation.as_ref(), cause, reason, by)?;
    // Two who revoke at once are decided by the row.
    if !store::certificates::revoke(tx, &revocation).await? {
        return Err(RevocationError::AlreadyRevoked.into());
    }
    let number = recorded.issuance.status.list;
    let issuer = store::status_lists::take(tx, number).await?;
    let revoked = store::status_lists::revoked(tx, number).await?;
    let list = StatusList::revoking(revoked).credential(number, issuer, issuing.addresses(), now);
    let token = credential::sign_status_list(&list, &issuing.signing_key(now)).map_err(IssueError::from)?;
    Ok(store::status_lists::set_token(tx, number, &token, now).await?)
}

async fn find(tx: &mut Tx, id: CertificateId) -> Result<Recorded, RevokeError> {
    let recorded = store::certificates::find(tx, id).await?;
    recorded.filter(|recorded| recorded.issued.is_some()).ok_or(RevokeError::NoSuchCertificate)
}

async fn take_credits_back(
    tx: &mut Tx,
    ambient: &Ambient,
    recorded: &Recorded,
    today: Date,
) -> Result<(), RevokeError> {
    let earned = store::credits::earned(tx, recorded.learner, recorded.frozen.training).await?;
    if let Some(Ok(line)) = earned.map(|earned| earned.taken_back(ambient.new_id(), today)) {
        store::credits::enter(tx, &line, ambient.now()).await?;
    }
    Ok(())
}

//! A certificate gets its number, its place in a status list and the text that will be signed, before anything is signed.

use kernel::id::{BatchEntryId, CertificateBatchId, CertificateChangeId, PersonId, TrainingId};
use kernel::{Ambient, TimeZone};
use storage::Tx;

use crate::credential::{self, Issuance, OpenBadge, StatusIndex, StatusList, StatusPointer};
use crate::error::IssueError;
use crate::issuing::Issuing;
use crate::model::{Certificate, Frozen, SerialNumber, TrainingCode, VerifyKey};
use crate::store::{self, certificates::Recorded};

/// A list is left half empty: in a full one, a random free place would take many draws to find.
const MOST_IN_A_LIST: i64 = 65_536;
const MOST_DRAWS: u8 = 100;

/// For whom a certificate is reserved.
pub(super) struct ForWhom<'a> {
    pub training: TrainingId,
    pub learner: PersonId,
    pub batch: CertificateBatchId,
    pub entry: BatchEntryId,
    pub edition: u32,
    /// The change that asked for it.
    pub change: Option<CertificateChangeId>,
    pub frozen: &'a Frozen,
}

/// The number that the next certificate of a training will have. Other reservations of the training wait until this
/// transaction ends.
pub(super) async fn next_serial(
    tx: &mut Tx,
    training: TrainingId,
    zone: &TimeZone,
    ambient: &Ambient,
) -> Result<(u32, SerialNumber), IssueError> {
    let (mark, ordinal) = take_ordinal(tx, training, ambient).await?;
    let code = TrainingCode::new(ambient.now().date_in(zone).year(), &mark);
    Ok((ordinal, SerialNumber::new(&code, ordinal)))
}

/// The mark is taken with the first certificate; one that another training has is not taken twice.
async fn take_ordinal(
    tx: &mut Tx,
    training: TrainingId,
    ambient: &Ambient,
) -> Result<(String, u32), IssueError> {
    if let Some(next) = store::certificates::next_ordinal(tx, training).await? {
        return Ok(next);
    }
    let drawn = (0..MOST_DRAWS).map(|_| TrainingCode::drawn_mark(ambient.random_bytes()));
    for mark in TrainingCode::marks(training).into_iter().chain(drawn) {
        store::certificates::claim_mark(tx, training, &mark).await?;
        if let Some(next) = store::certificates::next_ordinal(tx, training).await? {
            return Ok(next);
        }
    }
    Err(IssueError::NoMark)
}

pub(super) async fn reserve(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    (ordinal, serial): (u32, SerialNumber),
    zone: &TimeZone,
    wanted: &ForWhom<'_>,
) -> Result<Recorded, IssueError> {
    let issued_at = ambient.now().whole_seconds();
    let issued_on = issued_at.date_in(zone);
    let certificate = Certificate::new(wanted.frozen.printed(serial.clone(), issued_on, issued_at))?;
    let list = open_list(tx, ambient, issuing, wanted.frozen).await?;
    let subject: [u8; 16] = ambient.random_bytes();
    for _ in 0..MOST_DRAWS {
        let index = StatusIndex::from_random(ambient.random_bytes());
        let issuance = Issuance::new(subject, StatusPointer { list, index });
        let badge = OpenBadge { certificate: certificate.clone(), issuance: issuance.clone() };
        let recorded = Recorded {
            id: ambient.new_id(),
            serial: serial.clone(),
            ordinal,
            learner: wanted.learner,
            batch: wanted.batch,
            entry: wanted.entry,
            edition: wanted.edition,
            change: wanted.change,
            frozen: wanted.frozen.clone(),
            issued_on,
            issued_at,
            verify_key: VerifyKey::from_random(ambient.random_bytes()),
            issuance,
            addresses: issuing.addresses().clone(),
            claims_version: credential::CLAIMS_VERSION,
            payload: serde_json::to_string(&badge.claims(issuing.addresses()))?,
            issued: None,
            revocation: None,
        };
        if store::certificates::reserve(tx, &recorded).await? {
            return Ok(recorded);
        }
    }
    Err(IssueError::NoPlace)
}

/// A status list of this issuer that has room; a new one is signed empty.
async fn open_list(
    tx: &mut Tx,
    ambient: &Ambient,
    issuing: &Issuing,
    frozen: &Frozen,
) -> Result<u32, IssueError> {
    loop {
        if let Some((number, taken)) = store::status_lists::newest(tx, frozen.issuer).await?
            && taken < MOST_IN_A_LIST
        {
            return Ok(number);
        }
        let (number, now) = (store::status_lists::next_number(tx).await?, ambient.now());
        let empty = StatusList::default().credential(number, frozen.issuer, issuing.addresses(), now);
        let token = credential::sign_status_list(&empty, issuing.addresses(), &issuing.signing_key(now))?;
        // Another process may have made this number at the same moment; then look again.
        if store::status_lists::insert(tx, number, frozen.issuer, &token, now).await? {
            return Ok(number);
        }
    }
}

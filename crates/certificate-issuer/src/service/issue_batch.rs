//! Issues what a batch was approved for. Each step is a small transaction that may be repeated: whoever comes again after a
//! crash, or at the same time, goes on where the rows say and makes nothing twice.

use std::sync::Arc;

use bytes::Bytes;
use http_kit::Platform;
use kernel::id::{CertificateBatchId, CertificateId};
use kernel::{Ambient, Date, LearningRecord, Verb};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::blobs::{Blobs, Limits, Share};
use storage::{Conn, StorageError, Tx};

use super::reserve::{ForWhom, next_serial, reserve};
use super::{note, zone_of};
use crate::credential;
use crate::error::IssueError;
use crate::issuing::Issuing;
use crate::model::{BatchStage, CreditEntry, CreditKind, Credits, Ledger};
use crate::pdf::{self, Printer};
use crate::store::{
    self,
    certificates::{Issued, Recorded},
    entries::Entry,
};

/// The PDFs that this area keeps.
pub(crate) const PDF: Limits = Limits {
    area: "certificate_issuer",
    most_bytes: pdf::MOST_BYTES as u64,
    // Nobody sends them: the program makes them.
    share: Share { purpose: "certificate", bytes_a_day: 0 },
    content_types: &["application/pdf"],
};

/// Who issues: everything that one process needs for it.
#[derive(Clone)]
pub(crate) struct Issuer {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub issuing: Issuing,
}

impl Issuer {
    /// Brings a decided batch to its end.
    pub(crate) async fn issue(&self, batch: CertificateBatchId) -> Result<(), IssueError> {
        let reserved = self.reserve_all(batch).await;
        let finished = self.finish_all(batch).await;
        reserved.and(finished)?;
        self.close(batch).await
    }

    /// One that cannot be reserved does not keep the others waiting; the work as a whole is then tried again.
    async fn reserve_all(&self, batch: CertificateBatchId) -> Result<(), IssueError> {
        let to_reserve = store::entries::to_reserve(&mut self.reader().await?, batch).await?;
        let mut first = Ok(());
        for entry in to_reserve {
            if let Err(error) = self.reserve(batch, &entry).await {
                tracing::warn!(entry.id = %entry.id, %error, "a certificate was not reserved");
                first = first.and(Err(error));
            }
        }
        first
    }

    /// Step 1: number, status place and the text to be signed, in one transaction.
    async fn reserve(&self, batch: CertificateBatchId, entry: &Entry) -> Result<(), IssueError> {
        let mut tx = self.platform.db.begin_write().await?;
        let ambient = &self.platform.ambient;
        let zone = zone_of(&mut tx, entry.frozen.training).await?;
        let number = next_serial(&mut tx, entry.frozen.training, &zone, ambient).await?;
        // The counter is held now: whoever was faster is seen here, and giving up leaves no gap.
        if store::certificates::editions(&mut tx, entry.id).await? > 0 {
            return Ok(());
        }
        let wanted = ForWhom {
            training: entry.frozen.training,
            learner: entry.learner,
            batch,
            entry: entry.id,
            edition: 1,
            change: None,
            frozen: &entry.frozen,
        };
        let reserved = reserve(&mut tx, ambient, &self.issuing, number, &zone, &wanted).await?;
        let (action, detail) = ("certificate_issuer.reserve", json!({ "serial": reserved.serial }));
        let (training, object) = (wanted.training, reserved.id.to_string());
        note(&mut tx, ambient, training, None, action, object, detail).await?;
        Ok(tx.commit().await?)
    }

    async fn finish_all(&self, batch: CertificateBatchId) -> Result<(), IssueError> {
        if store::certificates::reserved(&mut self.reader().await?, batch).await?.is_empty() {
            return Ok(());
        }
        let _turn = self.issuing.turn().await;
        // Asked again: while we waited for the turn, somebody else may have finished.
        let reserved = store::certificates::reserved(&mut self.reader().await?, batch).await?;
        if reserved.is_empty() {
            return Ok(());
        }
        let issuing = self.issuing.clone();
        let printer = Arc::new(tokio::task::spawn_blocking(move || issuing.printer()).await??);
        // As in reserving.
        let mut first = Ok(());
        for id in reserved {
            if let Err(error) = self.finish(&printer, id).await {
                tracing::warn!(certificate.id = %id, %error, "a certificate was not finished");
                first = first.and(Err(error));
            }
        }
        first
    }

    /// Steps 2 to 4: sign and verify our own signature, print and keep the file, then store, enter and tell at once.
    async fn finish(&self, printer: &Arc<Printer>, id: CertificateId) -> Result<(), IssueError> {
        let recorded = store::certificates::find(&mut self.reader().await?, id).await?;
        let Some(recorded) = recorded.filter(|recorded| recorded.issued.is_none()) else { return Ok(()) };
        let (printer, issuing, copy) = (Arc::clone(printer), self.issuing.clone(), recorded.clone());
        let now = self.platform.ambient.now();
        let made = tokio::task::spawn_blocking(move || sign_and_print(&printer, &issuing, &copy, now));
        let (token, key_id, pdf) = made.await??;

        let ambient = &self.platform.ambient;
        let name = format!("{}.pdf", recorded.serial);
        let blob = self.blobs.put_bytes(ambient, &PDF, &name, Bytes::from(pdf)).await?;
        let issued = Issued { token, key_id, pdf: blob.id, pdf_sha256: blob.sha256 };
        let mut tx = self.platform.db.begin_write().await?;
        // The row decides who issued it; a second file stays unkept and is collected.
        if !store::certificates::issue(&mut tx, id, &issued).await? {
            return Ok(());
        }
        Blobs::keep(&mut tx, ambient, PDF.area, blob.id).await?.ok_or(StorageError::RowMissing)?;
        enter(&mut tx, ambient, &recorded).await?;
        let training = recorded.frozen.training_title.clone();
        let happened = match recorded.change {
            Some(_) => Happened::CertificateReplaced { training },
            None => Happened::CertificateIssued { training },
        };
        let notice = Notice::new(happened, "/learn/certificates");
        notification::notify(&mut tx, ambient, &self.hub, recorded.learner, &notice).await?;
        let (action, training) = ("certificate_issuer.issue", recorded.frozen.training);
        let detail = json!({ "serial": recorded.serial, "edition": recorded.edition });
        note(&mut tx, ambient, training, None, action, id.to_string(), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Step 5: the batch is done when nothing of it waits.
    async fn close(&self, batch: CertificateBatchId) -> Result<(), IssueError> {
        let mut tx = self.platform.db.begin_write().await?;
        let Some(taken) = store::batches::take(&mut tx, batch).await? else { return Ok(()) };
        let taken = taken.batch;
        let is_waiting = !store::entries::to_reserve(&mut tx, batch).await?.is_empty()
            || !store::certificates::reserved(&mut tx, batch).await?.is_empty();
        if is_waiting || !matches!(taken.stage(), BatchStage::Decided(_)) {
            return Ok(());
        }
        let ambient = &self.platform.ambient;
        store::batches::set_issued(&mut tx, batch, ambient.now()).await?;
        let detail = json!({ "certificates": taken.approved().count() });
        let action = "certificate_issuer.issue_batch";
        note(&mut tx, ambient, taken.training, None, action, batch.to_string(), detail).await?;
        Ok(tx.commit().await?)
    }

    async fn reader(&self) -> Result<Conn, StorageError> {
        self.platform.db.read().await
    }
}

fn sign_and_print(
    printer: &Printer,
    issuing: &Issuing,
    recorded: &Recorded,
    now: kernel::Timestamp,
) -> Result<(String, String, Vec<u8>), IssueError> {
    let (badge, addresses) = (recorded.badge()?, &recorded.addresses);
    if recorded.claims_version > credential::CLAIMS_VERSION {
        return Err(IssueError::NewerClaims(recorded.claims_version));
    }
    let key = issuing.signing_key(now);
    // What was reserved is signed as it was written, whatever this release would write today; what it says is checked by reading it.
    let token = credential::sign_written(&recorded.payload, addresses, &key)?;
    if credential::verify(&token, addresses, issuing.keys().public(), now)? != badge {
        return Err(IssueError::OtherFields);
    }
    let address = addresses.verify(&recorded.serial, recorded.verify_key);
    let pdf = printer.print(&badge.certificate, &address, &token)?;
    Ok((token, key.id().to_owned(), pdf))
}

/// What the certificate says stands in the ledger from now on: earned with the first edition, raised or lowered by a corrected one.
async fn enter(tx: &mut Tx, ambient: &Ambient, recorded: &Recorded) -> Result<(), IssueError> {
    let ledger = store::credits::of_entry(tx, recorded.entry).await?;
    let Some(line) = Ledger(&ledger).to_stand_at(recorded.frozen.credits) else { return Ok(()) };
    add_line(tx, ambient, recorded, line, recorded.issued_on).await?;
    if line.0 != CreditKind::Earned {
        return Ok(());
    }
    let record = LearningRecord {
        actor: recorded.learner,
        verb: Verb::Earned,
        object_kind: "crt",
        object: recorded.id.uuid(),
        training: Some(recorded.frozen.training),
        class: None,
        result: json!({
            "grade": recorded.frozen.grade.code(),
            "credits_tenths": recorded.frozen.credits.tenths(),
            "hours": recorded.frozen.hours,
        }),
        at: ambient.now(),
    };
    storage::learning_records::keep(tx, ambient, record).await?;
    Ok(())
}

/// Adds a line to the ledger of a certificate's learner.
pub(super) async fn add_line(
    tx: &mut Tx,
    ambient: &Ambient,
    recorded: &Recorded,
    (kind, credits): (CreditKind, Credits),
    entered_on: Date,
) -> Result<(), StorageError> {
    let line = CreditEntry {
        id: ambient.new_id(),
        learner: recorded.learner,
        training: recorded.frozen.training,
        entry: recorded.entry,
        certificate: recorded.id,
        kind,
        credits,
        entered_on,
    };
    store::credits::enter(tx, &line, ambient.now()).await
}

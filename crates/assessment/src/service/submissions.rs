//! A learner writes an assignment, saves it as they go, adds a file, hands it in and may hand it in again until it is graded.

use kernel::id::BlobId;
use kernel::{Ambient, LearningRecord, Timestamp, Verb};
use serde_json::json;
use storage::Tx;
use storage::blobs::{Blob, Blobs, DOCX, Limits, PPTX, Share, XLSX};
use task_board::access::OpenTask;
use task_board::model::MOST_HAND_INS;
use task_board::progress::{self, Deed};

use crate::error::SubmissionError;
use crate::model::work::SubmissionState;
use crate::store::submissions::{self, Place, Submission};

const MB: u64 = 1024 * 1024;

/// What may be handed in beside the text.
pub(crate) const FILE: Limits = Limits {
    area: "assessment",
    most_bytes: 20 * MB,
    // A photographed lesson plan has 15 MB; who sends it again and again for several tasks stays far below.
    share: Share { purpose: "submission", bytes_a_day: 400 * MB },
    content_types: &[
        "application/pdf",
        DOCX,
        XLSX,
        PPTX,
        "image/jpeg",
        "image/png",
        "image/webp",
        "audio/mpeg",
        "audio/m4a",
        "video/mp4",
        "text/plain",
    ],
};

/// Saves what is being written over the version that the writer saw.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    based_on: i64,
    text: &str,
) -> Result<Submission, SubmissionError> {
    let held = hold(tx, ambient, open).await?;
    if held.draft == text {
        return Ok(held);
    }
    let written = over(held, based_on, text, ambient.now())?;
    submissions::set_draft(tx, written.id, text, written.saved_at).await?;
    Ok(written)
}

/// Puts a file beside the text, in place of the one that was seen, or takes that one away.
pub(crate) async fn attach(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    seen: i64,
    file: Option<&Blob>,
) -> Result<Submission, SubmissionError> {
    let mut submission = hold(tx, ambient, open).await?;
    // Another device or window may have put one there since, or handed it in: nobody takes away what they have not seen.
    if submission.file_version != seen {
        return Err(SubmissionError::FileChanged { file_version: submission.file_version });
    }
    if let Some(file) = file {
        Blobs::keep(tx, ambient, FILE.area, file.id).await?.ok_or(SubmissionError::FileGone)?;
    }
    let now = ambient.now();
    submissions::attach(tx, submission.id, file.map(|file| file.id), now).await?;
    // What was handed in keeps its file.
    if let Some(before) = submission.draft_blob_id.filter(|before| submission.blob_id != Some(*before)) {
        Blobs::release(tx, ambient, before).await?;
    }
    submission.draft_blob_id = file.map(|file| file.id);
    submission.file_version += 1;
    submission.saved_at = now;
    Ok(submission)
}

/// Hands in the text, and the files if they are the ones that the learner saw.
pub(crate) async fn hand_in(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    based_on: i64,
    text: &str,
    files: &[BlobId],
) -> Result<Submission, SubmissionError> {
    let held = hold(tx, ambient, open).await?;
    // Another device or window may have changed them since: nobody hands in what they have not seen.
    if files != held.draft_blob_id.as_slice() {
        return Err(SubmissionError::FilesChanged);
    }
    let is_handed_in = held.state == SubmissionState::Submitted
        && held.body.as_deref() == Some(text)
        && held.draft == text
        && held.blob_id == held.draft_blob_id;
    if is_handed_in {
        // Nobody asked for another: an answer may be lost on a weak network.
        return Ok(held);
    }
    if hand_ins_left(&held) == 0 {
        return Err(SubmissionError::NoHandInLeft);
    }
    let now = ambient.now();
    let submission = over(held, based_on, text, now)?;
    let chars = i64::try_from(text.trim().chars().count()).unwrap_or(i64::MAX);
    if submission.draft_blob_id.is_none() && !http_kit::wording::says_something(text) {
        return Err(SubmissionError::Empty);
    }
    // A file may say everything; a text alone has its bounds.
    if submission.draft_blob_id.is_none() && chars < open.least_chars {
        return Err(SubmissionError::TooShort(open.least_chars));
    }
    if open.most_chars > 0 && chars > open.most_chars {
        return Err(SubmissionError::TooLong(open.most_chars));
    }
    let made = Submission {
        state: SubmissionState::Submitted,
        body: Some(text.to_owned()),
        blob_id: submission.draft_blob_id,
        submitted_at: Some(now),
        hand_ins: submission.hand_ins + 1,
        file_version: submission.file_version + 1,
        ..submission
    };
    submissions::hand_in(tx, &made, now).await?;
    // Whatever is handed in stays, with its file: somebody may have judged it.
    submissions::keep_hand_in(tx, &made, open.wording, now).await?;
    let result = json!({ "chars": chars, "file": made.blob_id.is_some() });
    let record = LearningRecord {
        actor: open.actor.person,
        verb: Verb::Submitted,
        object_kind: "sub",
        object: made.id.uuid(),
        training: Some(open.training),
        class: Some(open.class),
        result: result.clone(),
        at: now,
    };
    progress::done(tx, ambient, Deed { awaits_review: true, ..open.did(now, result) }, Some(record)).await?;
    Ok(made)
}

/// How often the work can be handed in still. Whatever was sent back can be handed in once more.
pub(crate) fn hand_ins_left(work: &Submission) -> i64 {
    let at_least = i64::from(work.state == SubmissionState::Returned);
    (MOST_HAND_INS - work.hand_ins).max(at_least)
}

async fn hold(tx: &mut Tx, ambient: &Ambient, open: &OpenTask) -> Result<Submission, SubmissionError> {
    let place =
        Place { task: open.task, person: open.actor.person, class: open.class, training: open.training };
    let held = submissions::hold(tx, ambient.new_id(), place, ambient.now()).await?;
    if held.state == SubmissionState::Graded { Err(SubmissionError::Graded) } else { Ok(held) }
}

/// The work with a new text. Another device's newer words are never overwritten. The same words sent again are kept already, whatever
/// version the sender knows: an answer may be lost on a weak network.
fn over(held: Submission, based_on: i64, text: &str, now: Timestamp) -> Result<Submission, SubmissionError> {
    if held.draft == text {
        return Ok(held);
    }
    if held.version != based_on {
        return Err(SubmissionError::Changed { version: held.version, draft: held.draft });
    }
    Ok(Submission { draft: text.to_owned(), version: held.version + 1, saved_at: now, ..held })
}

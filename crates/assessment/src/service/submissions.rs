//! A learner writes an assignment, saves it as they go, adds a file, hands it in and may hand it in again until it is graded.

use http_kit::markdown::to_safe_html;
use kernel::{Ambient, LearningRecord, Verb};
use serde_json::json;
use storage::blobs::{Blob, Blobs, DOCX, Limits, PPTX, XLSX};
use storage::{Tx, learning_records};
use task_board::access::OpenTask;

use crate::error::SubmissionError;
use crate::store::submissions::{self, Place, Submission};

/// What may be handed in beside the text.
pub(crate) const FILE: Limits = Limits {
    area: "assessment",
    most_bytes: 20 * 1024 * 1024,
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

/// Saves what is being written.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    text: &str,
) -> Result<Submission, SubmissionError> {
    write(tx, ambient, open, Some(text)).await
}

/// Puts a file beside the text, in place of the one before.
pub(crate) async fn attach(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    file: Option<&Blob>,
) -> Result<Submission, SubmissionError> {
    let mut submission = write(tx, ambient, open, None).await?;
    if let Some(file) = file {
        Blobs::keep(tx, ambient, FILE.area, file.id).await?.ok_or(SubmissionError::FileGone)?;
    }
    submissions::attach(tx, submission.id, file.map(|file| file.id)).await?;
    // What was handed in keeps its file until something else is handed in.
    if let Some(before) = submission.draft_blob_id.filter(|before| submission.blob_id != Some(*before)) {
        Blobs::release(tx, ambient, before).await?;
    }
    submission.draft_blob_id = file.map(|file| file.id);
    Ok(submission)
}

/// Hands in the text and the file as they are now.
pub(crate) async fn hand_in(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    text: &str,
) -> Result<Submission, SubmissionError> {
    let submission = write(tx, ambient, open, Some(text)).await?;
    let chars = i64::try_from(text.trim().chars().count()).unwrap_or(i64::MAX);
    if chars == 0 && submission.draft_blob_id.is_none() {
        return Err(SubmissionError::Empty);
    }
    // A file may say everything; a text alone has its bounds.
    if submission.draft_blob_id.is_none() && chars < open.least_chars {
        return Err(SubmissionError::TooShort(open.least_chars));
    }
    if open.most_chars > 0 && chars > open.most_chars {
        return Err(SubmissionError::TooLong(open.most_chars));
    }
    let now = ambient.now();
    submissions::hand_in(tx, submission.id, &to_safe_html(text), now).await?;
    if let Some(before) = submission.blob_id.filter(|before| submission.draft_blob_id != Some(*before)) {
        Blobs::release(tx, ambient, before).await?;
    }
    let result = json!({ "chars": chars, "file": submission.draft_blob_id.is_some() });
    let record = LearningRecord {
        actor: open.actor.person,
        verb: Verb::Submitted,
        object_kind: "sub",
        object: submission.id.uuid(),
        training: Some(open.training),
        class: Some(open.class),
        result: result.clone(),
        at: now,
    };
    learning_records::keep(tx, ambient, record).await?;
    task_board::progress::done(tx, ambient, open.task, open.actor.person, now, result).await?;
    submissions::of_task(tx, open.task, open.actor.person).await?.ok_or(SubmissionError::NoSuchSubmission)
}

async fn write(
    tx: &mut Tx,
    ambient: &Ambient,
    open: &OpenTask,
    text: Option<&str>,
) -> Result<Submission, SubmissionError> {
    let place =
        Place { task: open.task, person: open.actor.person, class: open.class, training: open.training };
    let written = submissions::write(tx, ambient.new_id(), place, text, ambient.now()).await?;
    written.ok_or(SubmissionError::Graded)
}

//! Staff of a class read work and judge it by its rubric: saved as they go, finished once, or sent back for revision.

use class_allocation::access::ClassStaff;
use kernel::id::{PersonId, ReviewId};
use kernel::{Ambient, Date, LearningRecord, Timestamp, Verb};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{StorageError, Tx, learning_records};
use task_board::model::deadline;
use task_board::progress::{self, Extension, ExtensionReason};
use training_plan::training;

use crate::error::ReviewError;
use crate::model::rubric::{self, Judgement, Rubric};
use crate::model::work::{ReviewState, SubmissionState, WorkId};
use crate::store::reviews::{self, DraftRow};
use crate::store::works::{self, Work};
use crate::store::{rubrics, submissions};

/// What becomes of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Grade,
    SendBack,
}

/// What a reviewer thinks of one handing in of the work.
#[derive(Debug, Clone)]
pub(crate) struct Opinion {
    /// Which handing in they read, by its number.
    pub hand_in: i64,
    /// The version of the reviewer's own draft that they saw.
    pub based_on: i64,
    pub judgement: Judgement,
}

/// Saves an unfinished review. The work that it is about, and its rubric, as they stand.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    staff: &ClassStaff,
    id: WorkId,
    opinion: &Opinion,
) -> Result<(Work, Rubric), ReviewError> {
    let (work, rubric) = waiting(tx, staff, id, opinion).await?;
    rubric::check(&rubric.criteria, &opinion.judgement.levels).map_err(ReviewError::Rubric)?;
    write(tx, ambient, (id, &work), &rubric, staff, opinion).await?;
    Ok((work, rubric))
}

/// Decides about the work, once, and tells its learner.
pub(crate) async fn finish(
    tx: &mut Tx,
    (ambient, hub): (&Ambient, &Hub),
    staff: &ClassStaff,
    id: WorkId,
    opinion: &Opinion,
    decision: Decision,
) -> Result<(), ReviewError> {
    let (work, rubric) = match waiting(tx, staff, id, opinion).await {
        Err(ReviewError::NotWaiting)
            if decision == Decision::SendBack && is_sent_back(tx, staff, id, opinion).await? =>
        {
            return Ok(());
        }
        waiting => waiting?,
    };
    let points = match decision {
        Decision::Grade => {
            Some(rubric::points(&rubric.criteria, &opinion.judgement.levels).map_err(ReviewError::Rubric)?)
        }
        Decision::SendBack => {
            rubric::check(&rubric.criteria, &opinion.judgement.levels).map_err(ReviewError::Rubric)?;
            if !http_kit::wording::says_something(&opinion.judgement.comment) {
                return Err(ReviewError::CommentMissing);
            }
            None
        }
    };
    let (by, now) = (staff.actor.person, ambient.now());
    settle(tx, id, opinion, decision, now).await?;
    let happened = match decision {
        Decision::Grade => {
            progress::reviewed(tx, work.task_id, work.person_id).await?;
            Happened::WorkReviewed { task: work.title.clone() }
        }
        Decision::SendBack => {
            let last_day = give_back(tx, &work, by, now).await?;
            Happened::WorkReturned { task: work.title.clone(), last_day }
        }
    };
    let review = write(tx, ambient, (id, &work), &rubric, staff, opinion).await?;
    let state = if points.is_some() { ReviewState::Finished } else { ReviewState::Returned };
    reviews::finish(tx, review, id.uuid(), state, points, now).await?;
    if let Some(points) = points {
        let record = LearningRecord {
            actor: work.person_id,
            verb: Verb::Scored,
            object_kind: if matches!(id, WorkId::Submission(_)) { "sub" } else { "ref" },
            object: id.uuid(),
            training: Some(work.training_id),
            class: Some(work.class_id),
            result: json!({ "points": points, "most": rubric::most(&rubric.criteria), "review": review }),
            at: now,
        };
        learning_records::keep(tx, ambient, record).await?;
    }
    let notice = Notice::new(happened, page_of(id, &work, points.is_none()));
    notification::notify(tx, ambient, hub, work.person_id, &notice).await?;
    let action = if points.is_some() { "assessment.grade_work" } else { "assessment.send_work_back" };
    let detail = json!({ "review": review, "points": points });
    super::note(tx, ambient, work.training_id, by, action, id.to_string(), detail).await?;
    Ok(())
}

/// Gives the work back to its learner with time to improve it: the last day on which it may come again.
async fn give_back(tx: &mut Tx, work: &Work, by: PersonId, now: Timestamp) -> Result<Date, StorageError> {
    let calendar = work.calendar()?;
    let until = calendar.revision_ends(now, work.revision_days);
    let extension = Extension {
        task: work.task_id,
        person: work.person_id,
        training: work.training_id,
        class: work.seat.unwrap_or(work.class_id),
        until,
        why: ExtensionReason::Returned,
        by,
        at: now,
    };
    progress::returned(tx, extension, work.claimed_in).await?;
    let ends = deadline(&calendar, work.week, Some(until)).ends;
    Ok(ends.plus_seconds(-1).date_in(calendar.time_zone()))
}

/// Writes the opinion as the reviewer's draft. Their newer words from another device are never overwritten; the same words sent
/// again are kept already, whatever version the sender knows.
async fn write(
    tx: &mut Tx,
    ambient: &Ambient,
    (id, work): (WorkId, &Work),
    rubric: &Rubric,
    staff: &ClassStaff,
    opinion: &Opinion,
) -> Result<ReviewId, ReviewError> {
    let reviewer = staff.actor.person;
    let (new, now) = (ambient.new_id(), ambient.now());
    let judgement = &opinion.judgement;
    let over = (opinion.based_on, judgement);
    if let Some(review) = reviews::write(tx, new, (id, work), rubric, reviewer, over, now).await? {
        return Ok(review);
    }
    // Another version of the own draft is there.
    let held = reviews::hold_draft(tx, id.uuid(), reviewer).await?.ok_or(ReviewError::NoSuchWork)?;
    if held.judgement() != *judgement {
        return Err(changed(held));
    }
    let over = (held.version, judgement);
    reviews::write(tx, new, (id, work), rubric, reviewer, over, now).await?.ok_or(ReviewError::NoSuchWork)
}

fn changed(held: DraftRow) -> ReviewError {
    ReviewError::Changed { version: held.version, judgement: held.judgement() }
}

/// Where its learner finds what was said about the work: with the way to hand it in again, and until when, if it is back.
fn page_of(id: WorkId, work: &Work, is_back: bool) -> String {
    match id {
        WorkId::Submission(_) => format!("/learn/assignments/{}", work.task_id),
        WorkId::Reflection(_) if is_back => format!("/learn/tasks/{}", work.task_id),
        WorkId::Reflection(_) => format!("/learn/tasks/{}/reviews", work.task_id),
    }
}

/// The work, held, and its rubric, when this person may judge it now.
///
/// The training stays open until the commit: a judgement is either part of the final results, or refused.
async fn waiting(
    tx: &mut Tx,
    staff: &ClassStaff,
    id: WorkId,
    opinion: &Opinion,
) -> Result<(Work, Rubric), ReviewError> {
    let training = training::relied_state(tx, staff.training).await?.ok_or(ReviewError::NoSuchWork)?;
    let work = works::hold(tx, id).await?.filter(|work| work.class_id == staff.class);
    let work = work.ok_or(ReviewError::NoSuchWork)?;
    training.not_over()?;
    if work.person_id == staff.actor.person {
        return Err(ReviewError::OwnWork);
    }
    if work.graded {
        return Err(ReviewError::Graded);
    }
    if work.hand_in != opinion.hand_in {
        return Err(ReviewError::WorkChanged);
    }
    if work.returned {
        return Err(ReviewError::NotWaiting);
    }
    let rubric = rubrics::for_work(tx, work.training_id, id.kind(), work.rubric).await?;
    Ok((work, rubric))
}

/// Whether the same person has sent this handing in back with the same words: pressed twice, or sent by two tabs, it is one review and the
/// same answer.
async fn is_sent_back(
    tx: &mut Tx,
    staff: &ClassStaff,
    id: WorkId,
    opinion: &Opinion,
) -> Result<bool, ReviewError> {
    let sent = reviews::sent_back(tx, (id.uuid(), opinion.hand_in), staff.actor.person).await?;
    Ok(sent.is_some_and(|sent| sent.judgement() == opinion.judgement))
}

/// Decides about the work, which is held as its reviewer read it.
async fn settle(
    tx: &mut Tx,
    id: WorkId,
    opinion: &Opinion,
    decision: Decision,
    now: Timestamp,
) -> Result<(), ReviewError> {
    let taken = match id {
        WorkId::Submission(submission) => {
            let state = match decision {
                Decision::Grade => SubmissionState::Graded,
                Decision::SendBack => SubmissionState::Returned,
            };
            submissions::decide(tx, submission, opinion.hand_in, state).await?
        }
        WorkId::Reflection(reflection) => {
            let closed = task_board::reflections::close(tx, reflection, now).await?;
            if closed && decision == Decision::SendBack {
                task_board::reflections::reopen(tx, reflection).await?;
            }
            closed
        }
    };
    if taken { Ok(()) } else { Err(ReviewError::WorkChanged) }
}

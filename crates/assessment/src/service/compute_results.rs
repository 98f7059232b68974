//! The lead computes the final results: the records of everybody, evaluated, stored with their evidence and their hash.

use kernel::{Ambient, LearningRecord, Timestamp, Verb};
use serde_json::json;
use storage::{Tx, learning_records};
use training_plan::access::{Granted, Manage};
use training_plan::training;

use super::attempts;
use super::calendar::Calendar;
use super::evaluate::{self, Due, Evaluated};
use crate::error::{AttemptError, EvaluationError};
use crate::model::evaluation::{RecordRef, result_hash};
use crate::model::scheme::Scheme;
use crate::store::results::{self, NewResult};
use crate::store::schemes;

/// How the lead asks for results.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The version of the scheme that they read.
    pub read: i64,
    /// Also while the training is under way or work waits for its review.
    pub confirmed: bool,
}

/// What a computation found.
pub(crate) struct Computed {
    pub learners: usize,
    pub passed: usize,
    /// Results that are new or other than before.
    pub changed: usize,
}

/// Computes everybody's result. Before the last week's days of grace are over, or while work waits for its review, only when the lead
/// confirms that it is meant so; what waits then counts nothing.
pub(crate) async fn compute_results(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    Asked { read, confirmed }: Asked,
) -> Result<Computed, EvaluationError> {
    let now = ambient.now();
    // Whoever grades right now is done before the records are read.
    training::hold(tx, lead.training).await?;
    let calendar = Calendar::of(tx, lead.training).await?.ok_or(EvaluationError::NoSuchThing)?;
    calendar.not_over()?;
    let row = schemes::fix(tx, lead.training, &Scheme::default(), now).await?;
    if row.version != read {
        return Err(EvaluationError::Stale { version: row.version });
    }
    let scheme = row.scheme.0;
    let open = attempts::settle_overdue(tx, ambient, lead.training).await.map_err(unsettled)?;
    let calendar = calendar.with_answers_until(open.until);
    let everybody = evaluate::whole_training(tx, &calendar, &scheme, Due::All).await?;
    let ends_at = calendar.ends();
    let waiting = everybody.iter().map(waiting).sum();
    if !confirmed && (now < ends_at || waiting > 0) {
        let (ends_on, open_tests) = (calendar.last_day(), open.attempts);
        return Err(EvaluationError::NotOver { ends_at, ends_on, waiting, open_tests });
    }
    let mut computed = Computed { learners: everybody.len(), passed: 0, changed: 0 };
    for one in &everybody {
        computed.passed += usize::from(one.evaluation.passed());
        computed.changed += usize::from(keep(tx, ambient, lead, &scheme, one, now).await?);
    }
    let detail =
        json!({ "learners": computed.learners, "passed": computed.passed, "changed": computed.changed });
    let (training, by) = (lead.training, lead.actor.person);
    super::note(tx, ambient, training, by, "assessment.compute_results", lead.training.to_string(), detail)
        .await?;
    Ok(computed)
}

pub(super) fn unsettled(error: AttemptError) -> EvaluationError {
    match error {
        AttemptError::Storage(error) => EvaluationError::Storage(error),
        other => EvaluationError::Storage(storage::StorageError::Decode(other.to_string())),
    }
}

async fn keep(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    scheme: &Scheme,
    one: &Evaluated,
    now: Timestamp,
) -> Result<bool, EvaluationError> {
    let (person, evaluation) = (one.learner.person_id, &one.evaluation);
    let hash = result_hash(lead.training, person, scheme, evaluation);
    let passed = evaluation.passed();
    let new = NewResult {
        training: lead.training,
        person,
        class: one.learner.class_id,
        score: evaluation.total,
        grade: evaluation.grade,
        credits: if passed { scheme.credits_tenths } else { 0 },
        hours: if passed { scheme.hours } else { 0 },
        components: &evaluation.components,
        evidence: &evaluation.evidence,
        result_hash: &hash,
        by: lead.actor.person,
        at: now,
    };
    let changed = results::store(tx, &new).await?;
    if changed {
        let record = LearningRecord {
            actor: person,
            verb: if passed { Verb::Passed } else { Verb::Failed },
            object_kind: "trn",
            object: lead.training.uuid(),
            training: Some(lead.training),
            class: Some(one.learner.class_id),
            result: json!({ "score": evaluation.total, "grade": evaluation.grade, "hash": hash }),
            at: now,
        };
        learning_records::keep(tx, ambient, record).await?;
    }
    Ok(changed)
}

/// How many works of a learner wait for their review.
fn waiting(one: &Evaluated) -> u64 {
    let evidence = one.evaluation.evidence.iter();
    evidence.filter(|evidence| evidence.records.contains(&RecordRef::WaitingForReview)).count() as u64
}

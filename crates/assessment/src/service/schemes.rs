//! The lead says how the training is evaluated, until the first result is computed.

use kernel::Ambient;
use storage::Tx;
use training_plan::access::{Granted, Manage};
use training_plan::training;

use super::relied;
use crate::error::EvaluationError;
use crate::model::scheme::Scheme;
use crate::store::schemes::{self, SchemeRow};

pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    lead: &Granted<Manage>,
    version: i64,
    scheme: &Scheme,
) -> Result<SchemeRow, EvaluationError> {
    // Whoever submits a test right now is done before what is asked for changes.
    training::hold(tx, lead.training).await?;
    relied::<EvaluationError>(tx, lead.training).await?;
    if let Some(gap) = scheme.gap() {
        return Err(EvaluationError::Scheme(gap));
    }
    let (by, now) = (lead.actor.person, ambient.now());
    if !schemes::save(tx, lead.training, version, scheme, by, now).await? {
        let there = schemes::find(tx, lead.training).await?;
        return Err(match there.evaluated_at {
            Some(_) => EvaluationError::SchemeFixed,
            None => EvaluationError::Stale { version: there.version },
        });
    }
    // Tests that were taken are measured by what is asked for now.
    task_board::progress::ask_for(tx, lead.training, scheme.wanted_of_tests()).await?;
    let saved = schemes::find(tx, lead.training).await?;
    let detail = serde_json::json!({ "version": saved.version });
    super::note(tx, ambient, lead.training, by, "assessment.save_scheme", lead.training.to_string(), detail)
        .await?;
    Ok(saved)
}

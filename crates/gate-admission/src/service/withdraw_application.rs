//! The applicant takes an application back; a seat that was given becomes free.

use kernel::id::TrainingId;
use kernel::{Actor, Ambient, Grant, Role, Scope};
use serde_json::json;
use storage::Tx;
use training_plan::training::{self, TrainingState};

use super::note;
use crate::error::ApplicationError;
use crate::model::application::{ApplicationState, Move, StepKind};
use crate::store::{self, applications::Application};

/// Until the training begins; afterwards leaving is a matter between learner and lead.
pub(crate) async fn withdraw_application(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    training: TrainingId,
    reason: &str,
) -> Result<Application, ApplicationError> {
    let (now, by) = (ambient.now(), actor.person);
    // Behind the gate: a withdrawal frees a seat that a decision may be counting.
    store::notices::take_gate(tx, training, now).await?;
    let application =
        store::applications::take_of(tx, training, by).await?.ok_or(ApplicationError::NoSuchApplication)?;
    let state = application.state.after(Move::Withdraw)?;
    let id = application.id;
    if application.state == ApplicationState::Admitted {
        let found = training::find(tx, training).await?.ok_or(ApplicationError::NoSuchApplication)?;
        if found.state != TrainingState::Preparing {
            return Err(ApplicationError::TrainingBegan);
        }
        store::admissions::delete(tx, id).await?;
        let learner = Grant { role: Role::Learner, scope: Scope::Training(training) };
        identity::grants::take(tx, by, learner).await?;
    }
    store::applications::set_state(tx, id, state, now).await?;
    store::steps::insert(tx, id, StepKind::Withdrawn, reason, by, now).await?;
    let detail = json!({ "was": application.state });
    note(tx, ambient, training, by, "gate_admission.withdraw", id.to_string(), detail).await?;
    store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)
}

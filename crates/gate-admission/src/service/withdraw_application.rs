//! The applicant takes an application back; a seat that was given becomes free.

use kernel::id::TrainingId;
use kernel::{Actor, Ambient};
use realtime::Hub;
use serde_json::json;
use storage::Tx;
use training_plan::training::{self, TrainingState};

use super::{free_seat, note, tell_leads};
use crate::error::ApplicationError;
use crate::model::application::{ApplicationState, Move, StepKind};
use crate::store::{self, applications::Application};

/// Why somebody withdraws, and the version of the application that they read.
pub(crate) struct Leaving<'a> {
    pub read: i64,
    pub reason: &'a str,
}

/// Until the training begins; afterwards the admission is ended, with a reason.
pub(crate) async fn withdraw_application(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    training: TrainingId,
    Leaving { read, reason }: Leaving<'_>,
) -> Result<Application, ApplicationError> {
    let by = actor.person;
    let known =
        store::applications::find_of(tx, training, by).await?.ok_or(ApplicationError::NoSuchApplication)?;
    // Asked again below, where it can no longer change.
    may_withdraw(&known, read)?;
    identity::grants::still(tx, by).await?;
    // Behind the training: a withdrawal frees a seat that a decision may be counting, and a place that a publication may be filling.
    let found = training::hold(tx, training).await?.ok_or(ApplicationError::NoSuchApplication)?;
    let now = ambient.now();
    let application =
        store::applications::take_of(tx, training, by).await?.ok_or(ApplicationError::NoSuchApplication)?;
    let state = may_withdraw(&application, read)?;
    let id = application.id;
    if application.state == ApplicationState::Admitted {
        if found.state != TrainingState::Preparing {
            return Err(ApplicationError::TrainingBegan);
        }
        free_seat(tx, hub, training, &application).await?;
    }
    store::applications::set_state(tx, id, state, None, now).await?;
    store::steps::insert(tx, id, StepKind::Withdrawn, reason, by, now).await?;
    let detail = json!({ "was": application.state });
    note(tx, ambient, training, by, "gate_admission.withdraw", id.to_string(), detail).await?;
    if application.state == ApplicationState::Admitted {
        tell_leads(tx, ambient, hub, by, by, &found).await?;
    }
    store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)
}

/// What it is once it is withdrawn.
fn may_withdraw(application: &Application, read: i64) -> Result<ApplicationState, ApplicationError> {
    let state = application.state.after(Move::Withdraw)?;
    if application.version == read { Ok(state) } else { Err(ApplicationError::Stale) }
}

//! The training as other areas meet it: reading it, opening it, closing it.

use kernel::id::{PersonId, TrainingId};
use kernel::{Ambient, Timestamp};
use storage::{Conn, StorageError, Tx, audit};

use crate::error::TrainingError;
use crate::model::plan::PlanState;
pub use crate::model::training::{Closed, Training, TrainingState, last_day};
use crate::store;

/// One training, or none with this id.
pub async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<Training>, StorageError> {
    store::trainings::find(conn, training).await
}

/// Holds the training until the end of the transaction, and reads it as it then stands.
///
/// Who is admitted, who sits in a class, who leads along and by which rules somebody hands in: whatever depends on another of these
/// holds the training first, before any other row, and reads afterwards. So each is judged by what holds at its commit.
pub async fn hold(tx: &mut Tx, training: TrainingId) -> Result<Option<Training>, StorageError> {
    if !store::trainings::take(tx, training).await? {
        return Ok(None);
    }
    find(tx, training).await
}

/// The same beside others who do no more than rely on how it stands: they wait for whoever holds it, and not for each other.
pub async fn rely_on(tx: &mut Tx, training: TrainingId) -> Result<Option<Training>, StorageError> {
    store::trainings::rely_on(tx, training).await?;
    find(tx, training).await
}

/// The same for who asks no more than whether it goes on.
pub async fn relied_state(tx: &mut Tx, training: TrainingId) -> Result<Option<TrainingState>, StorageError> {
    store::trainings::rely_on(tx, training).await
}

/// Starts the training's weeks. Whether its classes are led is the caller's rule; that its plan is approved is ours.
pub async fn open(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
) -> Result<(), TrainingError> {
    let now = ambient.now();
    let found = find(tx, training).await?.ok_or(TrainingError::NoSuchTraining)?;
    if found.plan_state != PlanState::Approved {
        return Err(TrainingError::PlanNotApproved);
    }
    // The update decides between two who open at once.
    if !store::trainings::open(tx, training, now).await? {
        return Err(TrainingError::WrongState(found.state));
    }
    note(tx, ambient, training, by, "training_plan.open", now).await
}

/// Ends a running training; nothing is learned or graded in it any more.
pub async fn close(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
) -> Result<(), TrainingError> {
    let now = ambient.now();
    let found = find(tx, training).await?.ok_or(TrainingError::NoSuchTraining)?;
    if !store::trainings::close(tx, training, now).await? {
        return Err(TrainingError::WrongState(found.state));
    }
    note(tx, ambient, training, by, "training_plan.close", now).await
}

async fn note(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
    action: &str,
    at: Timestamp,
) -> Result<(), TrainingError> {
    let detail = serde_json::json!({ "at": at });
    Ok(audit::of_training(tx, ambient, training, by, action, training.to_string(), detail).await?)
}

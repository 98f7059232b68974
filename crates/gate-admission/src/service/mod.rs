//! What people do at the gate: one action, one transaction.

pub(crate) mod decide;
pub(crate) mod publish_notice;
pub(crate) mod recommend;
pub(crate) mod save_application;
pub(crate) mod save_notice;
pub(crate) mod submit_application;
pub(crate) mod withdraw_application;

use kernel::id::TrainingId;
use kernel::{Grant, Role, Scope};
use realtime::Hub;
use storage::{StorageError, Tx};

use crate::store::{self, applications::Application};

pub(crate) use storage::audit::of_training as note;

/// Frees the seat that an application had, and takes what was given with it.
pub(crate) async fn free_seat(
    tx: &mut Tx,
    hub: &Hub,
    training: TrainingId,
    application: &Application,
) -> Result<(), StorageError> {
    let person = application.person_id;
    store::admissions::delete(tx, application.id).await?;
    let learner = Grant { role: Role::Learner, scope: Scope::Training(training) };
    identity::grants::take(tx, hub, person, learner).await?;
    Ok(())
}

//! What people do at the gate: one action, one transaction.

pub(crate) mod decide;
pub(crate) mod publish_notice;
pub(crate) mod recommend;
pub(crate) mod save_application;
pub(crate) mod save_notice;
pub(crate) mod submit_application;
pub(crate) mod withdraw_application;

use kernel::id::{PersonId, TrainingId};
use kernel::{Ambient, Grant, Role, Scope};
use notification::{Happened, Notice};
use realtime::Hub;
use storage::{StorageError, Tx};
use training_plan::training::Training;

use crate::store::{self, applications::Application};

pub(crate) use storage::audit::of_training as note;

/// The leads hear whose seat is free, and whether a lead has taken it; nobody is told what they did themselves.
pub(crate) async fn tell_leads(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: PersonId,
    person: PersonId,
    training: &Training,
) -> Result<(), StorageError> {
    let (title, name) = (training.title.clone(), store::people::name(tx, person).await?.unwrap_or_default());
    let happened = if by == person {
        Happened::LearnerLeft { training: title, person: name }
    } else {
        Happened::LearnerTakenOut { training: title, person: name }
    };
    let notice = Notice::new(happened, format!("/office/trainings/{}/admissions", training.id));
    let leads = training_plan::staff::leads(tx, training.id).await?;
    notification::notify_all(tx, ambient, hub, leads.into_iter().filter(|lead| *lead != by), &notice).await
}

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

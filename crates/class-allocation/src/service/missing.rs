//! A published class is without its last assistant or expert: every lead of the training is told.

use kernel::Ambient;
use kernel::id::{PersonId, TrainingId};
use notification::{Happened, Notice};
use realtime::Hub;
use storage::{Db, StorageError, Tx};
use training_plan::{staff as team, training};

use crate::model::allocation::StaffRole;
use crate::store::{classes, staff};

/// Whoever has caused it: that the class waits for somebody is no news of the ending alone.
pub(crate) async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    id: TrainingId,
    class: &str,
    role: StaffRole,
) -> Result<(), StorageError> {
    let Some(found) = training::find(tx, id).await? else { return Ok(()) };
    let (training, class) = (found.title, class.to_owned());
    let happened = match role {
        StaffRole::Assistant => Happened::ClassWithoutAssistant { training, class },
        StaffRole::Expert => Happened::ClassWithoutExpert { training, class },
    };
    let notice = Notice::new(happened, format!("/office/trainings/{id}/allocation"));
    let leads = team::leads(tx, id).await?;
    notification::notify_all(tx, ambient, hub, leads, &notice).await
}

/// Tells what is missing since somebody's account was disabled. They keep their classes, and lead them again once it is enabled.
pub(crate) async fn tell_of_disabled(
    db: &Db,
    ambient: &Ambient,
    hub: &Hub,
    person: PersonId,
) -> Result<(), StorageError> {
    let trainings = staff::trainings_led_by(&mut db.read().await?, person).await?;
    for id in trainings {
        let mut tx = db.begin_write().await?;
        // Whoever is leaving one of these classes right now is gone before it is counted who leads them.
        let held = training::hold(&mut tx, id).await?;
        if held.is_some_and(|training| training.not_over().is_ok()) {
            of_training(&mut tx, ambient, hub, id, person).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn of_training(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    training: TrainingId,
    person: PersonId,
) -> Result<(), StorageError> {
    let leading = staff::leading(tx, training).await?;
    let mut theirs = staff::of_training(tx, training).await?;
    theirs.retain(|row| row.person_id == person);
    for row in theirs {
        let is_led = leading.iter().any(|other| other.class_id == row.class_id && other.role == row.role);
        let class = classes::find(tx, training, row.class_id).await?;
        if let Some(class) = class.filter(|class| class.published && !is_led) {
            tell(tx, ambient, hub, training, &class.name, row.role).await?;
        }
    }
    Ok(())
}

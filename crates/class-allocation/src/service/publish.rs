//! Telling everybody their class: members may enter, each class gets a charter to agree on, the training opens.

use kernel::id::{PersonId, TrainingId};
use kernel::{Ambient, Scope};
use realtime::Hub;
use storage::Tx;

use super::opening::FirstWeek;
use super::roster::{self, Roster};
use super::welcome::Welcome;
use super::{held, note, opening};
use crate::error::AllocationError;
use crate::model::board_change::BoardChangeKind;
use crate::model::charter::CharterText;
use crate::store::changes::NewChange;
use crate::store::charters::Text;
use crate::store::classes::{self, ClassRow};
use crate::store::{allocations, changes, charters, people, placements, staff};

/// Publishes a locked allocation when every opening rule holds.
pub async fn publish(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    weeks: &dyn FirstWeek,
    training: TrainingId,
    by: PersonId,
    read: i64,
) -> Result<(), AllocationError> {
    let row =
        held::take_open::<AllocationError>(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    let state = row.state.publish()?;
    held::as_read::<AllocationError>(tx, training, &row, read).await?;
    placements::free_withdrawn(tx, training).await?;
    // What cannot open holds nobody.
    openable(tx, ambient, weeks, training).await?;
    // Who is disabled or gets a role at this moment is seen below, or sees what is given here.
    let everybody = people::with_a_part(tx, training).await?;
    identity::grants::hold(tx, everybody).await?;
    let roster = openable(tx, ambient, weeks, training).await?;
    let now = ambient.now();
    allocations::set_state(tx, training, state, row.locked_at, Some(now)).await?;
    classes::publish(tx, training).await?;
    let published = NewChange::of_board(training, row.version, BoardChangeKind::Published, by);
    changes::keep(tx, published, now).await?;
    let text = CharterText::proposal();
    for class in &roster.classes {
        identity::grants::place_scope(tx, Scope::Class(class.id), roster.training.org_unit).await?;
        let (vision, clauses) = (&*text.vision, (&*text.clauses).into());
        charters::keep(tx, Text { class: class.id, version: 0, vision, clauses, settled: None }).await?;
        charters::insert(tx, class.id, 0).await?;
        let welcome = welcome(&roster, class, by);
        for learner in roster.of_class(class.id) {
            welcome.learner(tx, ambient, learner.person).await?;
            notification::notify(tx, ambient, hub, learner.person, &welcome.to_learner()).await?;
        }
        for leader in roster.assignments.iter().filter(|assignment| assignment.class == class.id) {
            welcome.leader(tx, ambient, leader.person, leader.role).await?;
            notification::notify(tx, ambient, hub, leader.person, &welcome.to_leader()).await?;
        }
    }
    training_plan::training::open(tx, ambient, training, by).await?;
    let detail = serde_json::json!({ "classes": roster.classes.len(), "learners": roster.learners.len() });
    note(tx, ambient, training, by, "class_allocation.publish", training.to_string(), detail).await?;
    Ok(())
}

/// Everybody's places, when every opening rule holds at this moment.
async fn openable(
    tx: &mut Tx,
    ambient: &Ambient,
    weeks: &dyn FirstWeek,
    training: TrainingId,
) -> Result<Roster, AllocationError> {
    staff::free_departed(tx, training).await?;
    let roster = roster::read(tx, training).await?.ok_or(AllocationError::NotFound)?;
    let explanation = opening::explanation(tx, weeks, &roster, ambient.now()).await?;
    if explanation.can_open { Ok(roster) } else { Err(AllocationError::CannotOpen(Box::new(explanation))) }
}

fn welcome<'a>(roster: &'a Roster, class: &'a ClassRow, by: PersonId) -> Welcome<'a> {
    Welcome {
        training: roster.training.id,
        title: &roster.training.title,
        class: class.id,
        name: &class.name,
        by,
    }
}

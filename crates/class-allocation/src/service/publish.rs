//! Telling everybody their class: members may enter, each class gets a charter to agree on, the training opens.

use kernel::id::{PersonId, TrainingId};
use kernel::{Ambient, Grant, Scope};
use storage::{Tx, outbox};

use super::move_learner::welcome;
use super::{note, opening, roster};
use crate::error::AllocationError;
use crate::model::charter::CharterText;
use crate::store::{allocations, charters, classes};

/// Publishes a locked allocation when every opening rule holds.
pub async fn publish(
    tx: &mut Tx,
    ambient: &Ambient,
    training: TrainingId,
    by: PersonId,
) -> Result<(), AllocationError> {
    let row = allocations::take(tx, training).await?.ok_or(AllocationError::NothingAllocated)?;
    let state = row.state.publish()?;
    let roster = roster::read(tx, training).await?.ok_or(AllocationError::NotFound)?;
    let explanation = opening::explanation(tx, &roster).await?;
    if !explanation.can_open {
        return Err(AllocationError::CannotOpen(Box::new(explanation)));
    }
    let now = ambient.now();
    allocations::set_state(tx, training, state, row.locked_at, Some(now)).await?;
    classes::publish(tx, training).await?;
    let text = CharterText::proposal();
    for class in &roster.classes {
        charters::insert(tx, class.id, &text.vision, (&*text.clauses).into(), text.hash(class.id, 0)).await?;
        for learner in roster.of_class(class.id) {
            welcome(tx, ambient, training, class.id, learner.person, by).await?;
        }
    }
    for assignment in &roster.assignments {
        let grant = Grant { role: assignment.role.role(), scope: Scope::Class(assignment.class) };
        identity::grants::give(tx, ambient, assignment.person, grant, Some(by)).await?;
    }
    outbox::announce(tx, ambient, "class_allocation.published", &serde_json::json!({ "training": training }))
        .await?;
    training_plan::training::open(tx, ambient, training, by).await?;
    let detail = serde_json::json!({ "classes": roster.classes.len(), "learners": roster.learners.len() });
    note(tx, ambient, training, by, "class_allocation.publish", training.to_string(), detail).await?;
    Ok(())
}

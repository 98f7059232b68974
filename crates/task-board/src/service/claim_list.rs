//! A learner claims a week's list.

use http_kit::{Problem, not_found};
use kernel::id::{ClaimId, ClassId, TaskListId};
use kernel::{Actor, Ambient, LearningRecord, Verb};
use storage::{Tx, learning_records};

use crate::access::{asks_to_sign, closed, not_open_yet, running};
use crate::model::Phase;
use crate::store::{open_tasks, progress};

/// Claiming again changes nothing. The class whose list it is.
#[tracing::instrument(name = "task_board.claim_list", skip_all, fields(list.id = %id))]
pub(crate) async fn claim_list(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: TaskListId,
) -> Result<(ClassId, u16), Problem> {
    let list = open_tasks::list(tx, id, actor.person).await?.ok_or_else(not_found)?;
    let class = list.class_id;
    if list.charter_signed_at.is_none() {
        asks_to_sign(class, &list.training_state)?;
    }
    running(&list.training_state)?;
    let deadline = list.deadline()?;
    let now = ambient.now();
    match deadline.phase(now) {
        Phase::Upcoming => return Err(not_open_yet(deadline.opens)),
        Phase::Closed => return Err(closed(deadline.ends)),
        Phase::Open | Phase::Late => {}
    }
    let claim: ClaimId = ambient.new_id();
    if progress::claim(tx, claim, id, actor.person, class, list.training_id, now).await? {
        let record = LearningRecord {
            actor: actor.person,
            verb: Verb::Registered,
            object_kind: "lst",
            object: id.uuid(),
            training: Some(list.training_id),
            class: Some(class),
            result: serde_json::json!({ "week": list.week }),
            at: now,
        };
        learning_records::keep(tx, ambient, record).await?;
    }
    Ok((class, list.week))
}

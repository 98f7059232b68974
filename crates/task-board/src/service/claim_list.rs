//! A learner claims a week's list.

use class_allocation::classes;
use http_kit::{Problem, not_found};
use kernel::id::{ClaimId, ClassId, TaskListId};
use kernel::{Actor, Ambient, LearningRecord, TimeZone, Verb};
use storage::{Tx, learning_records};

use crate::access::{asks_to_sign, closed, not_open_yet, running, wrong};
use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::model::{Phase, WeekClock};
use crate::store::{lists, progress, weeks};

/// Claiming again changes nothing. The class whose list it is.
#[tracing::instrument(name = "task_board.claim_list", skip_all, fields(list.id = %id))]
pub(crate) async fn claim_list(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: TaskListId,
) -> Result<(ClassId, u16), Problem> {
    let list = lists::find(tx, id).await?.ok_or_else(not_found)?;
    let class = classes::of_learner(tx, list.training_id, actor.person).await?.ok_or_else(not_found)?;
    weeks::published(tx, list.training_id, list.week, class, actor.person).await?.ok_or_else(not_found)?;
    let head = weeks::head(tx, class, actor.person).await?.ok_or_else(not_found)?;
    if head.charter_signed_at.is_none() {
        asks_to_sign(class, &head.training_state)?;
    }
    running(&head.training_state)?;
    let zone = TimeZone::parse(&head.time_zone).ok_or_else(|| wrong("time_zone", &head.time_zone))?;
    let clock =
        WeekClock::of(head.starts_on, list.week, &zone, head.grace_days.unwrap_or(DEFAULT_GRACE_DAYS));
    let now = ambient.now();
    match clock.phase(now) {
        Phase::Upcoming => return Err(not_open_yet(clock.opens)),
        Phase::Closed => return Err(closed(clock.ends)),
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

//! An expert changes a list's week and goal, says that it is ready, or takes it back to draft.

use kernel::Ambient;
use kernel::id::TaskListId;
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;
use training_plan::access::{Granted, Guide};

use super::check_list::check_list;
use super::create_list::{ListWords, in_calendar, week_taken};
use super::relied;
use crate::error::BoardError;
use crate::model::ListState;
use crate::references::References;
use crate::store::announcements;
use crate::store::lists::{self, ListRow};

/// The week of a published list stays. Its goal is corrected in the open: with a reason, a mark that learners see, and what it said before.
pub(crate) async fn change_words(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    expert: &Granted<Guide>,
    id: TaskListId,
    version: i64,
    words: ListWords,
) -> Result<ListRow, BoardError> {
    in_calendar(tx, expert, words.week).await?;
    let list = hold(tx, ambient, id, version).await?;
    if list.week != words.week {
        refuse_published(tx, id).await?;
        lists::move_tasks(tx, id, words.week).await?;
    }
    let classes = lists::classes(tx, id).await?;
    if !classes.is_empty() && (&words.goal, &words.goal_en) != (&list.goal, &list.goal_en) {
        if words.goal.is_empty() {
            return Err(BoardError::Unfinished);
        }
        let note = words.correction.as_deref().filter(|note| !note.is_empty());
        let note = note.ok_or(BoardError::CorrectionUnsaid)?;
        lists::correct(tx, &list, note, expert.actor.person, ambient.now()).await?;
        let event = json!({ "list_id": id, "week": list.week });
        super::tell_corrected(tx, ambient, hub, (expert.training, list.week), &classes, &event).await?;
    }
    lists::set_words(tx, id, words.week, &words.goal, &words.goal_en).await.map_err(week_taken)?;
    let (by, detail) = (expert.actor.person, serde_json::json!({ "week": words.week }));
    super::note(tx, ambient, expert.training, by, "task_board.change_list", id.to_string(), detail).await?;
    Ok(ListRow { week: words.week, goal: words.goal, goal_en: words.goal_en, ..list })
}

/// A ready list has a goal, and tasks that can be done; one that a class has stays ready.
pub(crate) async fn set_state(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    expert: &Granted<Guide>,
    references: &References,
    (id, version): (TaskListId, i64),
    state: ListState,
) -> Result<ListRow, BoardError> {
    let training = relied(tx, expert.training).await?;
    let list = hold(tx, ambient, id, version).await?;
    if state == ListState::Ready {
        check_list(tx, references, &list, &[]).await?;
        if !list.is_ready() {
            tell_assistants(tx, ambient, hub, expert, training.title, list.week).await?;
        }
    } else {
        refuse_published(tx, id).await?;
    }
    lists::set_state(tx, id, state).await?;
    let (by, detail) = (expert.actor.person, serde_json::json!({ "state": state }));
    super::note(tx, ambient, expert.training, by, "task_board.set_list_state", id.to_string(), detail)
        .await?;
    Ok(ListRow { state, ..list })
}

/// Each assistant hears once that their classes wait for the list, on the page that publishes it; not who said so.
async fn tell_assistants(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    expert: &Granted<Guide>,
    training: String,
    week: u16,
) -> Result<(), BoardError> {
    let happened = Happened::ListReady { training, week };
    for one in announcements::assistants(tx, expert.training).await? {
        if one.person_id != expert.actor.person {
            let notice = Notice::new(happened.clone(), format!("/teach/classes/{}/publish", one.class_id));
            notification::remind_all(tx, ambient, hub, [one.person_id], &notice).await?;
        }
    }
    Ok(())
}

/// Takes the list at the version that was read.
pub(super) async fn hold(
    tx: &mut Tx,
    ambient: &Ambient,
    id: TaskListId,
    version: i64,
) -> Result<ListRow, BoardError> {
    match lists::hold(tx, id, version, ambient.now()).await? {
        Some(list) => Ok(list),
        None => Err(stale(tx, id).await?),
    }
}

/// Somebody came first: the version that is there now.
pub(super) async fn stale(tx: &mut Tx, id: TaskListId) -> Result<BoardError, BoardError> {
    let list = lists::find(tx, id).await?.ok_or(BoardError::NoSuchList)?;
    Ok(BoardError::Stale { version: list.version })
}

async fn refuse_published(tx: &mut Tx, id: TaskListId) -> Result<(), BoardError> {
    if lists::publications(tx, id).await? > 0 {
        return Err(BoardError::Published);
    }
    Ok(())
}

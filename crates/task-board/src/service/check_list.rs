//! Whether a list can be given to learners: it has a goal and tasks, and each task can be done.

use kernel::id::ClassId;
use storage::Tx;

use crate::error::BoardError;
use crate::references::{References, Unusable};
use crate::store::lists::ListRow;
use crate::store::tasks;

/// `classes` are about to get the list; none when it is only said to be ready.
pub(super) async fn check_list(
    tx: &mut Tx,
    references: &References,
    list: &ListRow,
    classes: &[ClassId],
) -> Result<(), BoardError> {
    let tasks = tasks::of_list(tx, list.id).await?;
    if list.goal.is_empty() || tasks.iter().all(|task| task.withdrawn_at.is_some()) {
        return Err(BoardError::Unfinished);
    }
    let mut undoable = Vec::new();
    for (at, task) in tasks.iter().enumerate().filter(|(_, task)| task.withdrawn_at.is_none()) {
        let found = match task.kind() {
            // Whether it can be done, only the version that added it knows.
            None => Some(Unusable::NewKind),
            Some(kind) => references.unusable(tx, list.training_id, classes, kind, task.ref_id).await?,
        };
        let found = if found.is_none() && task.is_unsaid() { Some(Unusable::Unsaid) } else { found };
        undoable.extend(found.map(|why| (at, why)));
    }
    if undoable.is_empty() { Ok(()) } else { Err(BoardError::Undoable(undoable)) }
}

//! What tasks work with belongs to other areas, later ones among them: whoever owns it says whether a learner could do a task with it.

use std::sync::Arc;

use async_trait::async_trait;
use course_library::micro_videos;
use kernel::id::{ClassId, MicroVideoId, TrainingId};
use serde::Serialize;
use storage::{Conn, StorageError};
use uuid::Uuid;

use crate::model::TaskKind;

/// A task's reference, and for whom it has to work.
#[derive(Debug, Clone)]
pub struct Asked {
    pub training: TrainingId,
    /// The classes that have the list, or are about to.
    pub classes: Vec<ClassId>,
    pub kind: TaskKind,
    pub reference: Uuid,
}

/// Why nobody could do a task with what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// The task names nothing, and its kind needs something.
    Missing,
    /// There is no such thing in this training.
    Unknown,
    Withdrawn,
    Unpublished,
    /// It asks nothing.
    Empty,
    /// It is for another kind of work.
    OtherKind,
    /// The task does not say what to read or do.
    Unsaid,
    /// A newer version of the program has added the kind: this one cannot tell.
    NewKind,
}

/// An area that owns what one kind of task works with.
#[async_trait]
pub trait ReferenceOwner: Send + Sync + 'static {
    /// None when a learner of those classes can do the task.
    async fn unusable(&self, conn: &mut Conn, asked: &Asked) -> Result<Option<Unusable>, StorageError>;
}

/// Who is asked about what.
#[derive(Clone)]
pub struct References {
    pub papers: Arc<dyn ReferenceOwner>,
    pub rubrics: Arc<dyn ReferenceOwner>,
}

impl References {
    pub(crate) async fn unusable(
        &self,
        conn: &mut Conn,
        training: TrainingId,
        classes: &[ClassId],
        kind: TaskKind,
        reference: Option<Uuid>,
    ) -> Result<Option<Unusable>, StorageError> {
        let Some(reference) = reference else {
            return Ok(kind.needs_reference().then_some(Unusable::Missing));
        };
        let asked = Asked { training, classes: classes.to_vec(), kind, reference };
        match kind {
            TaskKind::Watch => video(conn, training, MicroVideoId::from_uuid(reference)).await,
            TaskKind::Test => self.papers.unusable(conn, &asked).await,
            TaskKind::Assignment | TaskKind::Reflect => self.rubrics.unusable(conn, &asked).await,
            TaskKind::Read | TaskKind::Discuss => Ok(Some(Unusable::OtherKind)),
        }
    }
}

async fn video(
    conn: &mut Conn,
    training: TrainingId,
    id: MicroVideoId,
) -> Result<Option<Unusable>, StorageError> {
    Ok(match micro_videos::find(conn, id).await?.filter(|video| video.training_id == training) {
        None => Some(Unusable::Unknown),
        Some(video) if video.is_withdrawn() => Some(Unusable::Withdrawn),
        Some(_) => None,
    })
}

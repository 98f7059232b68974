//! Whether learners can answer the paper that a task names, and whether their work can be judged by the rubric that it names.

use async_trait::async_trait;
use kernel::id::{RubricId, TestPaperId};
use storage::{Conn, StorageError};
use task_board::model::TaskKind;
use task_board::references::{Asked, ReferenceOwner, Unusable};

use crate::model::paper::PaperState;
use crate::model::work::WorkKind;
use crate::store::{papers, rubrics};

/// Papers that tasks name.
#[derive(Debug, Clone, Copy)]
pub struct TaskPapers;

/// Rubrics that tasks name.
#[derive(Debug, Clone, Copy)]
pub struct TaskRubrics;

#[async_trait]
impl ReferenceOwner for TaskPapers {
    async fn unusable(&self, conn: &mut Conn, asked: &Asked) -> Result<Option<Unusable>, StorageError> {
        let paper = papers::find(conn, TestPaperId::from_uuid(asked.reference)).await?;
        Ok(match paper.filter(|paper| paper.training == asked.training) {
            None => Some(Unusable::Unknown),
            Some(paper) if paper.state != PaperState::Published => Some(Unusable::Unpublished),
            Some(paper) if paper.content.items.is_empty() => Some(Unusable::Empty),
            Some(_) => None,
        })
    }
}

#[async_trait]
impl ReferenceOwner for TaskRubrics {
    async fn unusable(&self, conn: &mut Conn, asked: &Asked) -> Result<Option<Unusable>, StorageError> {
        let kind = match asked.kind {
            TaskKind::Assignment => WorkKind::Assignment,
            TaskKind::Reflect => WorkKind::Reflection,
            TaskKind::Watch | TaskKind::Read | TaskKind::Discuss | TaskKind::Test => {
                return Ok(Some(Unusable::OtherKind));
            }
        };
        let rubric = rubrics::find(conn, asked.training, RubricId::from_uuid(asked.reference)).await?;
        Ok(match rubric {
            None => Some(Unusable::Unknown),
            Some(rubric) if rubric.work_kind != kind => Some(Unusable::OtherKind),
            Some(_) => None,
        })
    }
}

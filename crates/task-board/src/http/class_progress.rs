//! How far a class is, for those who lead it: learners by tasks, and who falls behind.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassMember;
use garde::Validate;
use http_kit::{Problem, Query};
use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Shared;
use super::week::TestResultView;
use crate::model::class_matrix::{MatrixCell, MatrixRow};
use crate::model::falling_behind::BehindReason;
use crate::model::{TaskKind, TaskState};
use crate::service::follow_class::{self, BehindLearner, ClassTask, ClassWeek};

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WeekQuery {
    /// This week when absent.
    #[garde(inner(range(min = 1, max = 52)))]
    week: Option<u16>,
}

/// A week of a class: a row a learner, a cell a task.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassMatrixView {
    week: u16,
    weeks: u16,
    time_zone: String,
    closes_at: Timestamp,
    /// Empty until the week's list is published to the class.
    tasks: Vec<MatrixTaskView>,
    learners: Vec<MatrixLearnerView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixTaskView {
    id: TaskId,
    /// Absent when a newer version of the program has added it.
    kind: Option<TaskKind>,
    title: String,
    required: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixLearnerView {
    person_id: PersonId,
    name: String,
    org_unit_name: Option<String>,
    is_signed: bool,
    claimed_at: Option<Timestamp>,
    /// When they left the training; what they did until then stands.
    left_at: Option<Timestamp>,
    done: usize,
    /// In the order of the tasks.
    cells: Vec<MatrixCellView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MatrixCellView {
    state: TaskState,
    is_late: bool,
    done_at: Option<Timestamp>,
    credited_seconds: i64,
    /// For a test that was taken.
    test: Option<TestResultView>,
}

/// Those who need a word, most reasons first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FallingBehindView {
    items: Vec<BehindLearnerView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BehindLearnerView {
    person_id: PersonId,
    name: String,
    org_unit_name: Option<String>,
    reasons: Vec<BehindReason>,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/matrix", params(("class_id" = ClassId, Path), WeekQuery),
    responses((status = 200, body = ClassMatrixView)), tag = "task-board")]
pub(super) async fn get_class_matrix(
    State(shared): State<Shared>,
    member: ClassMember,
    Query(query): Query<WeekQuery>,
) -> Result<Json<ClassMatrixView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let week = follow_class::class_week(&mut conn, &shared.platform.ambient, &member, query.week).await?;
    Ok(Json(week.into()))
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/falling-behind", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = FallingBehindView)), tag = "task-board")]
pub(super) async fn list_falling_behind(
    State(shared): State<Shared>,
    member: ClassMember,
) -> Result<Json<FallingBehindView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let behind = follow_class::falling_behind(&mut conn, &shared.platform.ambient, &member).await?;
    Ok(Json(FallingBehindView { items: behind.into_iter().map(BehindLearnerView::from).collect() }))
}

impl From<ClassWeek> for ClassMatrixView {
    fn from(week: ClassWeek) -> Self {
        Self {
            week: week.week,
            weeks: week.weeks,
            time_zone: week.time_zone,
            closes_at: week.closes_at,
            tasks: week.tasks.into_iter().map(MatrixTaskView::from).collect(),
            learners: week.rows.into_iter().map(MatrixLearnerView::from).collect(),
        }
    }
}

impl From<ClassTask> for MatrixTaskView {
    fn from(task: ClassTask) -> Self {
        Self { id: task.id, kind: task.kind, title: task.title, required: task.required }
    }
}

impl From<MatrixRow> for MatrixLearnerView {
    fn from(row: MatrixRow) -> Self {
        Self {
            person_id: row.learner.person,
            name: row.learner.name,
            org_unit_name: row.learner.org_unit_name,
            is_signed: row.learner.is_signed,
            claimed_at: row.learner.claimed_at,
            left_at: row.learner.left_at,
            done: row.done,
            cells: row.cells.into_iter().map(MatrixCellView::from).collect(),
        }
    }
}

impl From<MatrixCell> for MatrixCellView {
    fn from(cell: MatrixCell) -> Self {
        Self {
            state: cell.state,
            is_late: cell.is_late,
            done_at: cell.done_at,
            credited_seconds: cell.credited_seconds,
            test: cell.test.map(TestResultView::from),
        }
    }
}

impl From<BehindLearner> for BehindLearnerView {
    fn from(learner: BehindLearner) -> Self {
        Self {
            person_id: learner.person,
            name: learner.name,
            org_unit_name: learner.org_unit_name,
            reasons: learner.reasons,
        }
    }
}

//! How far a class is, for those who lead it: learners by tasks, and who falls behind.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassMember;
use garde::Validate;
use http_kit::{Problem, Query, not_found};
use kernel::id::{ClassId, PersonId, TaskId};
use kernel::{TimeZone, Timestamp};
use serde::{Deserialize, Serialize};
use training_plan::access::denied;
use utoipa::{IntoParams, ToSchema};

use super::Board;
use crate::access::wrong;
use crate::model::falling_behind::{BehindReason, WeekDone, reasons};
use crate::model::next_step::TaskState;
use crate::model::week::{DEFAULT_GRACE_DAYS, this_week};
use crate::model::{TaskKind, WeekClock};
use crate::store::class_progress::{self, WeekDoneRow};
use crate::store::weeks;

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
    kind: TaskKind,
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
    State(board): State<Board>,
    member: ClassMember,
    Query(query): Query<WeekQuery>,
) -> Result<Json<ClassMatrixView>, Problem> {
    not_for_learners(&member)?;
    let mut conn = board.platform.db.read().await?;
    let head = weeks::head(&mut conn, member.class, member.actor.person).await?.ok_or_else(not_found)?;
    let zone = TimeZone::parse(&head.time_zone).ok_or_else(|| wrong("time_zone", &head.time_zone))?;
    let present = this_week(head.starts_on, head.weeks, &zone, board.platform.ambient.now());
    let week = query.week.unwrap_or(present);
    if week > head.weeks {
        return Err(not_found());
    }
    let grace = head.grace_days.unwrap_or(DEFAULT_GRACE_DAYS);
    let closes_at = WeekClock::of(head.starts_on, week, &zone, grace).closes;
    let list = weeks::published(&mut conn, head.training_id, week, member.class, member.actor.person).await?;
    let (mut tasks, mut cells) = (Vec::new(), HashMap::new());
    if let Some(list) = &list {
        for task in weeks::tasks(&mut conn, list.id, member.actor.person).await? {
            if task.is_withdrawn() {
                continue;
            }
            let kind = TaskKind::from_word(&task.kind).ok_or_else(|| wrong("kind", &task.kind))?;
            tasks.push(MatrixTaskView { id: task.id, kind, title: task.title, required: task.required });
        }
        for cell in class_progress::cells(&mut conn, member.class, list.id).await? {
            cells.insert((cell.person_id, cell.task_id), cell);
        }
    }
    let learners = class_progress::learners(&mut conn, member.class, list.map(|list| list.id)).await?;
    let learners = learners
        .into_iter()
        .map(|learner| {
            let is_claimed = learner.claimed_at.is_some();
            let cells: Vec<_> = tasks
                .iter()
                .map(|task| {
                    let cell = cells.get(&(learner.person_id, task.id));
                    MatrixCellView {
                        state: TaskState::of(is_claimed, cell.map(|c| c.state.as_str())),
                        is_late: cell.is_some_and(|c| c.late),
                        done_at: cell.and_then(|c| c.done_at),
                        credited_seconds: cell.map_or(0, |c| c.credited_ms / 1000),
                    }
                })
                .collect();
            MatrixLearnerView {
                person_id: learner.person_id,
                name: learner.name,
                org_unit_name: learner.org_unit_name,
                is_signed: learner.charter_signed_at.is_some(),
                claimed_at: learner.claimed_at,
                left_at: learner.left_at,
                done: cells.iter().filter(|cell| cell.state == TaskState::Done).count(),
                cells,
            }
        })
        .collect();
    Ok(Json(ClassMatrixView {
        week,
        weeks: head.weeks,
        time_zone: head.time_zone,
        closes_at,
        tasks,
        learners,
    }))
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/falling-behind", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = FallingBehindView)), tag = "task-board")]
pub(super) async fn list_falling_behind(
    State(board): State<Board>,
    member: ClassMember,
) -> Result<Json<FallingBehindView>, Problem> {
    not_for_learners(&member)?;
    let mut conn = board.platform.db.read().await?;
    let head = weeks::head(&mut conn, member.class, member.actor.person).await?.ok_or_else(not_found)?;
    let zone = TimeZone::parse(&head.time_zone).ok_or_else(|| wrong("time_zone", &head.time_zone))?;
    let grace = head.grace_days.unwrap_or(DEFAULT_GRACE_DAYS);
    let rows = class_progress::weeks(&mut conn, member.class).await?;
    let now = board.platform.ambient.now();
    let week_done = |row: &WeekDoneRow| WeekDone {
        week: row.week,
        clock: WeekClock::of(head.starts_on, row.week, &zone, grace),
        is_claimed: row.claimed_at.is_some(),
        required: row.required,
        done: row.done,
    };
    let mut items: Vec<_> = rows
        .chunk_by(|one, next| one.person_id == next.person_id)
        .filter_map(|rows| {
            let weeks: Vec<_> = rows.iter().map(week_done).collect();
            let (first, reasons) = (rows.first()?, reasons(&weeks, now));
            (!reasons.is_empty()).then(|| BehindLearnerView {
                person_id: first.person_id,
                name: first.name.clone(),
                org_unit_name: first.org_unit_name.clone(),
                reasons,
            })
        })
        .collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.reasons.len()));
    Ok(Json(FallingBehindView { items }))
}

/// Learners see their own progress; that of others is for those who lead the class and those who supervise it.
fn not_for_learners(member: &ClassMember) -> Result<(), Problem> {
    if member.is_learner() { Err(denied()) } else { Ok(()) }
}

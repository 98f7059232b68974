//! One task as a learner works on it, or as staff preview it.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Path, Posted, Problem, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{ClassId, TaskId, TaskListId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Assist, Granted};
use utoipa::ToSchema;

use super::named::TaskNamed;
use super::tasks::CorrectionView;
use super::week::TestResultView;
use super::{Nothing, Shared};
use crate::access::{LearnerTask, is_over};
use crate::model::task_state::asks;
use crate::model::{Phase, TaskKind, TaskState};
use crate::service;
use crate::store::tasks::{self, ShownTask};

/// A task with everything that it takes to do it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskView {
    id: TaskId,
    list_id: TaskListId,
    /// The learner's class; absent for staff.
    class_id: Option<ClassId>,
    week: u16,
    /// Absent when a newer version of the program has added it: it is shown, and nothing is done to it here.
    kind: Option<TaskKind>,
    title: String,
    title_en: String,
    minutes: i64,
    required: bool,
    ref_id: Option<String>,
    steps: Vec<String>,
    prompts: Vec<String>,
    body_html: String,
    least_chars: i64,
    most_chars: i64,
    time_zone: String,
    /// Where the task is for the caller: who was given more time has it.
    phase: Phase,
    /// From here on work is late.
    closes_at: Timestamp,
    /// From here on no work is taken.
    ends_at: Timestamp,
    is_claimed: bool,
    state: TaskState,
    /// Whether its learner can do something about it now.
    is_asked: bool,
    /// For a test that was taken.
    test: Option<TestResultView>,
    started_at: Option<Timestamp>,
    done_at: Option<Timestamp>,
    is_late: bool,
    credited_ms: i64,
    /// Of a micro-video: the media milliseconds that were credited, as [from, to) pairs.
    #[schema(value_type = Vec<Vec<u32>>)]
    covered: Vec<(u32, u32)>,
    /// It asks for nothing any more; what was done for it is kept.
    is_withdrawn: bool,
    /// What was corrected last since classes have the list.
    correction: Option<CorrectionView>,
}

/// Which week was claimed.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
pub(super) struct ClaimView {
    #[garde(skip)]
    list_id: TaskListId,
    #[garde(skip)]
    class_id: ClassId,
    #[garde(skip)]
    week: u16,
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = TaskView)), tag = "task-board")]
pub(super) async fn get_task(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let found = tasks::shown(&mut conn, id, actor.person).await?.ok_or_else(not_found)?;
    let ShownTask { task, mine, work } = found;
    let ambient = &shared.platform.ambient;
    let deadline = mine.deadline()?;
    let phase = deadline.phase(ambient.now());
    let (class_id, time_zone) = (mine.task.class_id, mine.task.time_zone.clone());
    let (is_claimed, kept) = (mine.task.claimed_in.is_some(), mine.kept.clone());
    let done = kept.work(is_claimed);
    let is_over = is_over(&mine.task.training_state);
    if let Some(mine) = LearnerTask::of(id, mine) {
        mine.seen(ambient)?;
    } else {
        // To those who learn elsewhere in the training, the task does not exist.
        let staff = Granted::<Assist>::check(&mut conn, &actor, task.training_id).await;
        staff.map_err(Problem::hidden)?;
    }
    let kind = task.kind();
    Ok(Json(TaskView {
        id,
        list_id: task.list_id,
        class_id,
        week: task.week,
        kind,
        title: task.title,
        title_en: task.title_en,
        minutes: task.minutes,
        required: task.required,
        ref_id: task.ref_id.and_then(|id| kind?.show_reference(id)),
        steps: task.steps.0,
        prompts: task.prompts.0,
        body_html: task.body_html,
        least_chars: task.least_chars,
        most_chars: task.most_chars,
        time_zone,
        phase,
        closes_at: deadline.closes,
        ends_at: deadline.ends,
        is_claimed,
        state: TaskState::of(&done, phase),
        is_asked: class_id.is_some() && task.withdrawn_at.is_none() && !is_over && asks(&done, phase),
        test: done.test.map(TestResultView::from),
        started_at: kept.started_at,
        done_at: kept.done_at,
        is_late: work.late.unwrap_or(false),
        credited_ms: work.credited_ms.unwrap_or(0),
        is_withdrawn: task.withdrawn_at.is_some(),
        correction: CorrectionView::of(task.corrected_as, task.correction, task.corrected_at),
        covered: work.covered.map(|covered| covered.0.as_pairs().to_vec()).unwrap_or_default(),
    }))
}

#[utoipa::path(post, path = "/api/v1/task-lists/{list_id}/claim", params(("list_id" = TaskListId, Path)),
    responses((status = 201, body = ClaimView)), tag = "task-board")]
pub(super) async fn claim_task_list(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(list_id): Path<TaskListId>,
    Posted { once, .. }: Posted<Nothing>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let (class_id, week) =
        service::claim_list::claim_list(&mut tx, &shared.platform.ambient, &actor, list_id).await?;
    once.created(tx, &ClaimView { list_id, class_id, week }).await
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/start", params(("task_id" = TaskId, Path)),
    responses((status = 204)), tag = "task-board")]
pub(super) async fn start_task(
    State(shared): State<Shared>,
    task: TaskNamed,
    sent: Result<Posted<Nothing>, Problem>,
) -> Result<Answer, Halt> {
    let Posted { once, .. } = task.or_closed(None, sent).await?;
    let mut tx = task.or_closed(None, once.begin().await).await?;
    let open = task.open(&mut tx, None).await?;
    service::start_task::start_task(&mut tx, &shared.platform.ambient, &open).await?;
    once.done(tx).await
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/read", params(("task_id" = TaskId, Path)),
    responses((status = 204)), tag = "task-board")]
pub(super) async fn finish_reading(
    State(shared): State<Shared>,
    task: TaskNamed,
    sent: Result<Posted<Nothing>, Problem>,
) -> Result<Answer, Halt> {
    let read = Some(TaskKind::Read);
    let Posted { once, .. } = task.or_closed(read, sent).await?;
    let mut tx = task.or_closed(read, once.begin().await).await?;
    let open = task.open(&mut tx, read).await?;
    service::finish_reading::finish_reading(&mut tx, &shared.platform.ambient, &open).await?;
    once.done(tx).await
}

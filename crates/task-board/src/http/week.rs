//! The week of a class as one person sees it: the page that everybody opens first.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use class_allocation::access::ClassMember;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_kit::{Path, Problem, SignedIn, not_found};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Actor, Role, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::Shared;
use super::lists::GoalCorrectionView;
use super::tasks::CorrectionView;
use crate::access::is_over;
use crate::model::next_step::{Candidate, Standpoint, WeekStep, next_step};
use crate::model::task_state::asks;
use crate::model::week::this_week;
use crate::model::{Calendar, Phase, TaskKind, TaskState, TestResult, deadline};
use crate::store::open_tasks::calendar;
use crate::store::weeks::{self, Asked, HeadRow, PublishedRow, WeekTaskRow, WeekTasks};

/// A week of a class.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WeekView {
    class_id: ClassId,
    class_name: String,
    training_id: TrainingId,
    training_title: String,
    training_title_en: String,
    time_zone: String,
    /// As what the caller sees it.
    role: Role,
    week: u16,
    /// How many weeks the training has, and which is the present one.
    weeks: u16,
    this_week: u16,
    phase: Phase,
    opens_at: Timestamp,
    /// From here on work is late.
    closes_at: Timestamp,
    /// From here on no work is taken.
    ends_at: Timestamp,
    /// The caller signed the charter that holds. Whether anybody is asked to, the next step says.
    is_signed: bool,
    /// For learners.
    next: Option<WeekStep>,
    /// For the ring: tasks done, of all.
    done: usize,
    total: usize,
    /// Absent until it is published to the class.
    list: Option<WeekListView>,
    /// With the present week: what is left of earlier weeks and still taken from the caller.
    make_up: Vec<WeekTaskView>,
    /// How many announcements the class has.
    announcements: i64,
}

/// The list of a week with the caller's progress.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WeekListView {
    id: TaskListId,
    goal: String,
    goal_en: String,
    published_at: Timestamp,
    claimed_at: Option<Timestamp>,
    /// What was corrected last in the goal since the class has the list.
    correction: Option<GoalCorrectionView>,
    tasks: Vec<WeekTaskView>,
    /// How many more there are of kinds that only a newer version of the program knows.
    unknown_tasks: usize,
}

/// A task of a week in one line.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WeekTaskView {
    id: TaskId,
    week: u16,
    kind: TaskKind,
    title: String,
    title_en: String,
    minutes: i64,
    required: bool,
    ref_id: Option<String>,
    state: TaskState,
    /// From here on work is late, and from here on no work is taken, for the caller: who was given more time has it.
    closes_at: Timestamp,
    ends_at: Timestamp,
    /// The caller can do something about it now.
    is_asked: bool,
    /// For a test that was taken.
    test: Option<TestResultView>,
    done_at: Option<Timestamp>,
    is_late: bool,
    /// For micro-videos: what was credited, how long it is, what it costs.
    credited_seconds: Option<i64>,
    video_seconds: Option<i64>,
    video_bytes: Option<i64>,
    /// It asks for nothing any more; what was done for it is kept.
    is_withdrawn: bool,
    /// What was corrected last since the class has the list.
    correction: Option<CorrectionView>,
}

/// What came of a test so far.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestResultView {
    /// The best attempt, in hundredths of a percent: never more than was reached.
    score: u32,
    /// What is asked for, in percent.
    minimum: u16,
    attempts_left: u16,
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/this-week", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = WeekView), (status = 304, description = "As it was")), tag = "task-board")]
pub(super) async fn get_this_week(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(class): Path<ClassId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    week_of(&shared, &actor, class, None, &headers).await
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/weeks/{week}",
    params(("class_id" = ClassId, Path), ("week" = u16, Path)),
    responses((status = 200, body = WeekView), (status = 304, description = "As it was")), tag = "task-board")]
pub(super) async fn get_week(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path((class, week)): Path<(ClassId, u16)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    week_of(&shared, &actor, class, Some(week), &headers).await
}

async fn week_of(
    shared: &Shared,
    actor: &Actor,
    class: ClassId,
    week: Option<u16>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let now = shared.platform.ambient.now();
    let mut conn = shared.platform.db.read().await?;
    let head = weeks::head(&mut conn, class, actor.person).await?.ok_or_else(not_found)?;
    let member = ClassMember::of(actor, &head.place())?;
    let calendar = calendar(head.starts_on, &head.time_zone, head.grace_days)?;
    let present = this_week(head.starts_on, head.weeks, calendar.time_zone(), now);
    let week = week.unwrap_or(present);
    if !(1..=head.weeks).contains(&week) {
        return Err(not_found());
    }
    let is_unsigned = member.is_learner() && head.charter_signed_at.is_none();
    let list = if is_unsigned && !is_over(&head.training_state) {
        // What the weeks hold is shown to those who signed.
        None
    } else {
        let asked = Asked::of(&member, &head, week);
        let asked = if week == present { asked.with_earlier_weeks() } else { asked };
        Some(weeks::list(&mut conn, &asked).await?)
    };
    let view = WeekView::of(&member, head, (present, week), (&calendar, now), list);
    let body = serde_json::to_vec(&view).map_err(|error| Problem::internal(&error))?;
    let tag = tag(actor.person, &body);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag) {
        return Ok((StatusCode::NOT_MODIFIED, cached(tag)).into_response());
    }
    let json = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok((cached(tag), [json], body).into_response())
}

/// Says that nothing has changed: it stands for what is shown, and for the person to whom, as two people may share a phone.
fn tag(person: PersonId, body: &[u8]) -> HeaderValue {
    let digest = Sha256::new().chain_update(person.uuid()).chain_update(body).finalize();
    let half = digest.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    HeaderValue::from_str(&format!("\"{half:032x}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

fn cached(tag: HeaderValue) -> [(header::HeaderName, HeaderValue); 2] {
    [(header::ETAG, tag), (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))]
}

/// What a list says and asks of the caller.
struct Listed {
    view: Option<WeekTaskView>,
    step: Candidate,
    is_withdrawn: bool,
}

impl WeekView {
    fn of(
        member: &ClassMember,
        head: HeadRow,
        (this_week, week): (u16, u16),
        (calendar, now): (&Calendar, Timestamp),
        found: Option<WeekTasks>,
    ) -> Self {
        let WeekTasks { list, tasks, earlier } = found.unwrap_or_default();
        let is_over = is_over(&head.training_state);
        let listed = |task| Listed::of(task, calendar, now);
        let tasks: Vec<Listed> = tasks.into_iter().map(listed).collect();
        let is_left =
            |task: &Listed| task.view.is_some() && task.step.asks && member.is_learner() && !is_over;
        let earlier: Vec<Listed> = earlier.into_iter().map(listed).filter(is_left).collect();
        let whole = calendar.week(week);
        let is_signed = head.charter_signed_at.is_some();
        let standpoint = Standpoint {
            is_signed,
            is_over,
            has_list: list.is_some(),
            is_claimed: list.as_ref().is_some_and(|list| list.claimed_at.is_some()),
            phase: whole.phase(now),
            week,
        };
        let counted = tasks.iter().filter(|task| !task.is_withdrawn && task.view.is_some());
        let steps = earlier.iter().chain(counted.clone()).map(|task| task.step);
        Self {
            class_id: member.class,
            class_name: head.class_name,
            training_id: head.training_id,
            training_title: head.training_title,
            training_title_en: head.training_title_en,
            time_zone: head.time_zone,
            role: member.role,
            week,
            weeks: head.weeks,
            this_week,
            phase: standpoint.phase,
            opens_at: whole.opens,
            closes_at: whole.closes,
            ends_at: whole.ends,
            is_signed,
            next: member.is_learner().then(|| next_step(standpoint, steps)),
            done: counted.clone().filter(|task| task.step.state.is_done()).count(),
            total: counted.count(),
            list: list.map(|list| WeekListView::of(list, tasks)),
            make_up: earlier.into_iter().filter_map(|task| task.view).collect(),
            announcements: head.announcements,
        }
    }
}

impl WeekListView {
    fn of(list: PublishedRow, tasks: Vec<Listed>) -> Self {
        let asked = tasks.len();
        let tasks: Vec<_> = tasks.into_iter().filter_map(|task| task.view).collect();
        Self {
            id: list.list_id,
            goal: list.goal,
            goal_en: list.goal_en,
            published_at: list.published_at,
            claimed_at: list.claimed_at,
            correction: GoalCorrectionView::of(list.goal_correction, list.goal_corrected_at),
            unknown_tasks: asked - tasks.len(),
            tasks,
        }
    }
}

impl Listed {
    /// No view of a kind that this version does not know.
    fn of(row: WeekTaskRow, calendar: &Calendar, now: Timestamp) -> Self {
        let is_withdrawn = row.is_withdrawn();
        let WeekTaskRow { week, is_claimed, task, kept } = row;
        let until = deadline(calendar, week, kept.given_until);
        let (work, phase) = (kept.work(is_claimed), until.phase(now));
        let step = Candidate {
            task: task.id,
            week,
            is_required: task.required,
            state: TaskState::of(&work, phase),
            asks: !is_withdrawn && asks(&work, phase),
        };
        let view = TaskKind::from_word(&task.kind).map(|kind| WeekTaskView {
            id: task.id,
            week,
            kind,
            title: task.title,
            title_en: task.title_en,
            minutes: task.minutes,
            required: task.required,
            ref_id: task.ref_id.and_then(|id| kind.show_reference(id)),
            state: step.state,
            closes_at: until.closes,
            ends_at: until.ends,
            is_asked: step.asks,
            test: work.test.map(TestResultView::from),
            done_at: kept.done_at,
            is_late: task.late.unwrap_or(false),
            credited_seconds: task.video_ms.map(|_| task.credited_ms.unwrap_or(0) / 1000),
            video_seconds: task.video_ms.map(|ms| ms / 1000),
            video_bytes: task.video_bytes,
            is_withdrawn,
            correction: CorrectionView::of(task.corrected_as, task.correction, task.corrected_at),
        });
        Self { view, step, is_withdrawn }
    }
}

impl From<TestResult> for TestResultView {
    fn from(result: TestResult) -> Self {
        let TestResult { minimum, attempts_left, .. } = result;
        Self { score: result.hundredths(), minimum, attempts_left }
    }
}

//! The week of a class as one person sees it: the page that everybody opens first.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use class_allocation::access::ClassMember;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_kit::{Path, Problem, SignedIn, not_found};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Actor, Role, TimeZone, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::Shared;
use super::lists::GoalCorrectionView;
use super::tasks::CorrectionView;
use crate::access::{is_over, wrong};
use crate::model::next_step::{Standpoint, TaskState, WeekStep, next_step};
use crate::model::week::{DEFAULT_GRACE_DAYS, this_week};
use crate::model::{Phase, TaskKind, WeekClock};
use crate::store::weeks::{self, HeadRow, WeekList, WeekTaskRow};

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
    kind: TaskKind,
    title: String,
    title_en: String,
    minutes: i64,
    required: bool,
    ref_id: Option<String>,
    state: TaskState,
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
    let zone = TimeZone::parse(&head.time_zone).ok_or_else(|| wrong("time_zone", &head.time_zone))?;
    let present = this_week(head.starts_on, head.weeks, &zone, now);
    let week = week.unwrap_or(present);
    if !(1..=head.weeks).contains(&week) {
        return Err(not_found());
    }
    let clock = WeekClock::of(head.starts_on, week, &zone, head.grace_days.unwrap_or(DEFAULT_GRACE_DAYS));
    let phase = clock.phase(now);
    let is_unsigned = member.is_learner() && head.charter_signed_at.is_none();
    let list = if is_unsigned && !is_over(&head.training_state) {
        // What the weeks hold is shown to those who signed.
        None
    } else {
        weeks::list(&mut conn, head.training_id, week, class, actor.person).await?
    };
    let list = list.map(WeekListView::of);
    let view = WeekView::of(&member, head, (present, week), clock, phase, list);
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

impl WeekView {
    fn of(
        member: &ClassMember,
        head: HeadRow,
        (this_week, week): (u16, u16),
        clock: WeekClock,
        phase: Phase,
        list: Option<WeekListView>,
    ) -> Self {
        let tasks = list.as_ref().map(|list| list.tasks.as_slice()).unwrap_or_default();
        let tasks: Vec<_> = tasks.iter().filter(|task| !task.is_withdrawn).collect();
        let is_signed = head.charter_signed_at.is_some();
        let standpoint = Standpoint {
            is_signed,
            is_over: is_over(&head.training_state),
            has_list: list.is_some(),
            is_claimed: list.as_ref().is_some_and(|list| list.claimed_at.is_some()),
            phase,
        };
        let steps = tasks.iter().map(|task| (task.id, task.required, task.state));
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
            phase,
            opens_at: clock.opens,
            closes_at: clock.closes,
            ends_at: clock.ends,
            is_signed,
            next: member.is_learner().then(|| next_step(standpoint, steps)),
            done: tasks.iter().filter(|task| task.state == TaskState::Done).count(),
            total: tasks.len(),
            list,
            announcements: head.announcements,
        }
    }
}

impl WeekListView {
    fn of(WeekList { list, tasks }: WeekList) -> Self {
        let is_claimed = list.claimed_at.is_some();
        let asked = tasks.len();
        let tasks: Vec<_> = tasks.into_iter().filter_map(|task| WeekTaskView::of(task, is_claimed)).collect();
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

impl WeekTaskView {
    /// Nothing for a kind that this version does not know.
    fn of(task: WeekTaskRow, is_claimed: bool) -> Option<Self> {
        let kind = TaskKind::from_word(&task.kind)?;
        let is_withdrawn = task.is_withdrawn();
        Some(Self {
            id: task.id,
            kind,
            title: task.title,
            title_en: task.title_en,
            minutes: task.minutes,
            required: task.required,
            ref_id: task.ref_id.and_then(|id| kind.show_reference(id)),
            state: TaskState::of(is_claimed, task.state.as_deref()),
            done_at: task.done_at,
            is_late: task.late.unwrap_or(false),
            credited_seconds: task.video_ms.map(|_| task.credited_ms.unwrap_or(0) / 1000),
            video_seconds: task.video_ms.map(|ms| ms / 1000),
            video_bytes: task.video_bytes,
            is_withdrawn,
            correction: CorrectionView::of(task.corrected_as, task.correction, task.corrected_at),
        })
    }
}

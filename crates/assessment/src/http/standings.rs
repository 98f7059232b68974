//! Where a learner stands, and where a class stands: computed from the records at the moment of asking.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassStaff;
use garde::Validate;
use http_kit::{Paged, Problem, Query, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{ClassId, TaskId, TrainingId};
use serde::{Deserialize, Serialize};
use task_board::access::class_shown;
use task_board::model::{TaskState, TestResult};
use utoipa::{IntoParams, ToSchema};

use super::results::{EvidenceView, ResultView, TaskTitleView};
use super::schemes::missed;
use super::{AssessedPersonView, Shared};
use crate::model::evaluation::{ComponentScore, Evaluation};
use crate::model::scheme::{ComponentKind, Grade};
use crate::service::calendar::Calendar;
use crate::service::evaluate::{self, ClassBook, TaskStanding};
use crate::service::standing::{NextStep, next_steps};
use crate::store::records::{self, LearnerRow, TaskRow};
use crate::store::{results, schemes};

/// Which training is meant.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StandingQuery {
    #[garde(skip)]
    training_id: TrainingId,
}

/// One component. Scores are hundredths of a percent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ComponentScoreView {
    kind: ComponentKind,
    weight: u16,
    minimum: Option<u16>,
    /// Absent while nothing counts yet.
    score: Option<u32>,
    missed: bool,
    /// What it is made of; empty in lists.
    evidence: Vec<EvidenceView>,
}

/// Where a learner stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StandingView {
    training_id: TrainingId,
    class_id: ClassId,
    /// Hundredths of a percent.
    total: u32,
    /// What the grade would be if the training ended like this.
    grade: Grade,
    pass_from: u16,
    good_from: u16,
    excellent_from: u16,
    components: Vec<ComponentScoreView>,
    next: Vec<NextStepView>,
    /// With each task that counts, or will.
    tasks: Vec<TaskStandingView>,
    /// The final result, once it is computed.
    result: Option<ResultView>,
    computed_at: Timestamp,
}

/// Something to do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NextStepView {
    task: TaskTitleView,
    minutes: u16,
    state: TaskState,
    /// For a test that was taken.
    test: Option<TestStandingView>,
    /// From then on it is late.
    closes_at: Timestamp,
    /// From then on it is not taken.
    ends_at: Timestamp,
}

/// What came of a test so far.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestStandingView {
    /// The best attempt, in hundredths of a percent: never more than was reached.
    score: u32,
    /// What is asked for, in percent.
    minimum: u16,
    attempts_left: u16,
}

/// Where a learner stands with a task.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TaskStandingView {
    task_id: TaskId,
    state: TaskState,
    /// From then on it is late.
    closes_at: Timestamp,
    /// From then on it is not taken.
    ends_at: Timestamp,
}

/// A learner's line in a class's standings.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LearnerStandingView {
    learner: AssessedPersonView,
    total: u32,
    grade: Grade,
    missed: Vec<ComponentKind>,
    components: Vec<ComponentScoreView>,
}

#[utoipa::path(get, path = "/api/v1/my/standing", params(StandingQuery),
    responses((status = 200, body = StandingView)), tag = "assessment")]
pub(super) async fn get_my_standing(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Query(query): Query<StandingQuery>,
) -> Result<Json<StandingView>, Problem> {
    let mut conn = platform.db.read().await?;
    let calendar = Calendar::of(&mut conn, query.training_id).await?.ok_or_else(not_found)?;
    let class = class_shown(&mut conn, calendar.training, actor.person).await?;
    let scheme = schemes::find(&mut conn, calendar.training).await?.scheme.0;
    let book = ClassBook::open(&mut conn, &calendar, class, evaluate::now(&platform.ambient)).await?;
    let me = LearnerRow { person_id: actor.person, class_id: class, name: String::new() };
    let mut evaluated = book.evaluate(&mut conn, &scheme, vec![me]).await?;
    let one = evaluated.pop().ok_or_else(not_found)?;
    let now = platform.ambient.now();
    let steps = next_steps(&calendar, now, &book, &one);
    let standing = |task: &TaskRow| TaskStandingView::new(task.task_id, one.standing(&calendar, task, now));
    let result = results::find(&mut conn, calendar.training, actor.person).await?;
    Ok(Json(StandingView {
        training_id: calendar.training,
        class_id: class,
        total: one.evaluation.total,
        grade: one.evaluation.grade,
        pass_from: scheme.pass_from,
        good_from: scheme.good_from,
        excellent_from: scheme.excellent_from,
        components: components(&one.evaluation, Some(&book.tasks)),
        next: steps.into_iter().map(NextStepView::from).collect(),
        tasks: book.tasks.iter().map(standing).collect(),
        result: result.map(ResultView::from),
        computed_at: now,
    }))
}

#[utoipa::path(get, path = "/api/v1/classes/{class_id}/standings", params(("class_id" = ClassId, Path)),
    responses((status = 200, body = Paged<LearnerStandingView>)), tag = "assessment")]
pub(super) async fn list_class_standings(
    State(Shared { platform, .. }): State<Shared>,
    staff: ClassStaff,
) -> Result<Json<Paged<LearnerStandingView>>, Problem> {
    let mut conn = platform.db.read_long().await?;
    let calendar = Calendar::of(&mut conn, staff.training).await?.ok_or_else(not_found)?;
    let scheme = schemes::find(&mut conn, calendar.training).await?.scheme.0;
    let learners = records::learners(&mut conn, staff.class).await?;
    let book = ClassBook::open(&mut conn, &calendar, staff.class, evaluate::now(&platform.ambient)).await?;
    let evaluated = book.evaluate(&mut conn, &scheme, learners).await?;
    let line = |one: evaluate::Evaluated| LearnerStandingView {
        learner: AssessedPersonView { id: one.learner.person_id, name: one.learner.name },
        total: one.evaluation.total,
        grade: one.evaluation.grade,
        missed: missed(&one.evaluation),
        components: components(&one.evaluation, None),
    };
    Ok(Json(Paged { items: evaluated.into_iter().map(line).collect(), next: None }))
}

/// Components on the wire; with `tasks`, opened down to their records.
fn components(evaluation: &Evaluation, tasks: Option<&[TaskRow]>) -> Vec<ComponentScoreView> {
    let titles: Vec<TaskTitleView> = tasks.unwrap_or_default().iter().map(TaskTitleView::from).collect();
    let view = |component: &ComponentScore| {
        let own = evaluation.evidence.iter().filter(|e| tasks.is_some() && e.component == component.kind);
        let evidence = own.map(|evidence| EvidenceView::new(evidence.clone(), &titles)).collect();
        ComponentScoreView::new(component, evidence)
    };
    evaluation.components.iter().map(view).collect()
}

impl ComponentScoreView {
    pub fn new(score: &ComponentScore, evidence: Vec<EvidenceView>) -> Self {
        let ComponentScore { kind, weight, minimum, score, missed } = *score;
        Self { kind, weight, minimum, score, missed, evidence }
    }
}

impl From<NextStep> for NextStepView {
    fn from(step: NextStep) -> Self {
        let TaskStanding { state, deadline, work, .. } = step.standing;
        Self {
            task: TaskTitleView::from(&step.task),
            minutes: step.task.minutes,
            state,
            test: work.test.map(TestStandingView::from),
            closes_at: deadline.closes,
            ends_at: deadline.ends,
        }
    }
}

impl TaskStandingView {
    fn new(task_id: TaskId, standing: TaskStanding) -> Self {
        let TaskStanding { state, deadline, .. } = standing;
        Self { task_id, state, closes_at: deadline.closes, ends_at: deadline.ends }
    }
}

impl From<TestResult> for TestStandingView {
    fn from(result: TestResult) -> Self {
        let TestResult { minimum, attempts_left, .. } = result;
        Self { score: result.hundredths(), minimum, attempts_left }
    }
}

impl From<&TaskRow> for TaskTitleView {
    fn from(row: &TaskRow) -> Self {
        Self {
            id: row.task_id,
            week: row.week,
            kind: row.kind.clone(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
        }
    }
}

/// Whether a view names this task.
pub(super) fn titled(titles: &[TaskTitleView], task: TaskId) -> Option<TaskTitleView> {
    titles.iter().find(|title| title.id == task).cloned()
}

//! Taking a test: start or resume, read, save as you go, submit once.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassMember;
use garde::Validate;
use http_kit::{Answer, Halt, Input, Path, Posted, Problem, SignedIn, not_found};
use kernel::id::{AttemptId, ItemId, TaskId, TestPaperId};
use serde::{Deserialize, Serialize};
use storage::{Conn, StorageError};
use task_board::access::{OpenTask, SeenTask, is_unsigned};
use task_board::model::TaskKind;
use utoipa::ToSchema;

use super::attempt_views::{AttemptHeadView, AttemptView, SavedAnswersView};
use super::{Shared, or_closed};
use crate::model::answers::Choice;
use crate::model::paper::{PaperState, ShowAnswers, shows_answers, takes_answers};
use crate::service::attempts::{self as service, Sent};
use crate::store::attempts::{self, Attempt};
use crate::store::papers::{self, Paper};
use crate::store::tasks;

/// Which task the attempt is for.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct StartAttemptInput {
    #[garde(skip)]
    task_id: TaskId,
}

/// Answers as a device sends them, again and again if need be.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct AnswersInput {
    #[garde(length(max = 200), dive)]
    #[serde(default)]
    answers: Vec<AnswerInput>,
}

/// What is chosen for an item.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct AnswerInput {
    #[garde(skip)]
    item_id: ItemId,
    /// Names the page that is open on the device. Of two pages the one that is heard last wins.
    #[garde(length(max = 64))]
    #[serde(default)]
    page: String,
    /// Counted upwards by the page for each choice; a lower number never overwrites a higher one of the same page.
    #[garde(range(min = 0))]
    seq: i64,
    #[garde(length(max = 12), inner(length(max = 80)))]
    chosen: Vec<String>,
}

/// A test as its learner finds it before they begin.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MyTestView {
    task_id: TaskId,
    paper_id: TestPaperId,
    title: String,
    title_en: String,
    week: u16,
    minutes: Option<u16>,
    attempts_allowed: u16,
    items: usize,
    points: u32,
    attempts: Vec<AttemptHeadView>,
    /// Why no attempt can be begun or gone on with now; a problem's code.
    closed: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/test-papers/{paper_id}/attempts", params(("paper_id" = TestPaperId, Path)),
    request_body = StartAttemptInput, responses((status = 201, body = AttemptView)), tag = "assessment")]
pub(super) async fn start_attempt(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(paper): Path<TestPaperId>,
    Posted { input, once }: Posted<StartAttemptInput>,
) -> Result<Answer, Halt> {
    let ambient = &platform.ambient;
    let mut tx = once.begin().await?;
    let open = OpenTask::check(&mut tx, ambient, &actor, input.task_id).await?.of_kind(TaskKind::Test)?;
    let (paper, attempt) = service::start(&mut tx, ambient, &open, paper).await?;
    once.created(tx, &AttemptView::new(paper, attempt, false, ambient.now())).await
}

#[utoipa::path(get, path = "/api/v1/attempts/{attempt_id}", params(("attempt_id" = AttemptId, Path)),
    responses((status = 200, body = AttemptView)), tag = "assessment")]
pub(super) async fn get_attempt(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<AttemptId>,
) -> Result<Json<AttemptView>, Problem> {
    let ambient = &platform.ambient;
    let mut conn = platform.db.read().await?;
    let attempt = attempts::find(&mut conn, id).await?.ok_or_else(not_found)?;
    if attempt.person_id != actor.person {
        // Whoever leads the class, or watches over it, reads what was submitted.
        let member = ClassMember::check(&mut conn, &actor, attempt.class_id).await?;
        if member.is_learner() || attempt.submitted_at.is_none() {
            return Err(not_found());
        }
        let paper = papers::find(&mut conn, attempt.paper_id).await?.ok_or_else(not_found)?;
        return Ok(Json(AttemptView::new(paper, attempt, true, ambient.now())));
    }
    service::goes_on_in(&mut conn, &actor, &attempt).await?.ok_or_else(not_found)?;
    if attempt.submitted_at.is_none() && !takes_answers(ambient.now(), attempt.deadline) {
        drop(conn);
        let mut tx = platform.begin(&actor).await?;
        let (paper, attempt) = service::submit(&mut tx, ambient, &actor, id, Vec::new()).await?;
        let view = own_view(&mut tx, paper, attempt, ambient.now()).await?;
        tx.commit().await?;
        return Ok(Json(view));
    }
    let paper = papers::find(&mut conn, attempt.paper_id).await?.ok_or_else(not_found)?;
    Ok(Json(own_view(&mut conn, paper, attempt, ambient.now()).await?))
}

#[utoipa::path(put, path = "/api/v1/attempts/{attempt_id}/answers", params(("attempt_id" = AttemptId, Path)),
    request_body = AnswersInput, responses((status = 200, body = SavedAnswersView)), tag = "assessment")]
pub(super) async fn save_answers(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<AttemptId>,
    Input(body): Input<AnswersInput>,
) -> Result<Json<SavedAnswersView>, Problem> {
    let mut tx = platform.begin(&actor).await?;
    let attempt = service::save(&mut tx, &platform.ambient, &actor, id, body.into()).await?;
    tx.commit().await?;
    Ok(Json(SavedAnswersView::new(attempt, platform.ambient.now())))
}

#[utoipa::path(post, path = "/api/v1/attempts/{attempt_id}/submit", params(("attempt_id" = AttemptId, Path)),
    request_body = AnswersInput, responses((status = 200, body = AttemptView)), tag = "assessment")]
pub(super) async fn submit_attempt(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<AttemptId>,
    Posted { input, once }: Posted<AnswersInput>,
) -> Result<Answer, Halt> {
    let ambient = &platform.ambient;
    let mut tx = once.begin().await?;
    let (paper, attempt) = service::submit(&mut tx, ambient, &actor, id, input.into()).await?;
    let view = own_view(&mut tx, paper, attempt, ambient.now()).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/test", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = MyTestView)), tag = "assessment")]
pub(super) async fn get_my_test(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<MyTestView>, Problem> {
    let mut conn = platform.db.read().await?;
    let seen = SeenTask::check(&mut conn, &platform.ambient, &actor, id).await;
    let attempts = attempts::of_task(&mut conn, id, actor.person).await?;
    // How earlier attempts went stays readable to whoever has yet to sign what their class agreed on since.
    match seen {
        Err(refusal) if attempts.is_empty() || !is_unsigned(&refusal) => return Err(refusal),
        _ => {}
    }
    let task = tasks::of_learner(&mut conn, id, actor.person).await?.ok_or_else(not_found)?;
    let paper = task.ref_id.filter(|_| task.kind == TaskKind::Test.word()).map(TestPaperId::from_uuid);
    let paper = papers::find(&mut conn, paper.ok_or_else(not_found)?).await?;
    let paper = paper
        .filter(|p| p.training == task.training_id && p.state == PaperState::Published)
        .ok_or_else(not_found)?;
    let open = or_closed(OpenTask::check(&mut conn, &platform.ambient, &actor, id).await)?;
    Ok(Json(MyTestView {
        task_id: id,
        paper_id: paper.id,
        points: paper.content.points(),
        title: paper.content.title,
        title_en: paper.content.title_en,
        week: task.week,
        minutes: paper.content.minutes,
        attempts_allowed: paper.content.attempts_allowed,
        items: paper.content.items.len(),
        attempts: attempts.into_iter().map(AttemptHeadView::from).collect(),
        closed: open.err(),
    }))
}

/// The attempt as its learner may see it now.
async fn own_view(
    conn: &mut Conn,
    paper: Paper,
    attempt: Attempt,
    now: kernel::Timestamp,
) -> Result<AttemptView, StorageError> {
    let show = paper.content.show_answers;
    let attempts_left = attempt.submitted_at.is_some()
        && show == ShowAnswers::AfterLast
        && attempts::submitted(conn, attempt.task_id, attempt.person_id).await?
            < i64::from(paper.content.attempts_allowed);
    let shown = shows_answers(show, attempts_left, now >= attempt.ends_at);
    Ok(AttemptView::new(paper, attempt, shown, now))
}

impl From<AnswersInput> for Sent {
    fn from(input: AnswersInput) -> Self {
        let answer = |a: AnswerInput| (a.item_id, Choice { page: a.page, seq: a.seq, chosen: a.chosen });
        input.answers.into_iter().map(answer).collect()
    }
}

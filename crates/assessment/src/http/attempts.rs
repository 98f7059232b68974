//! Taking a test: start or resume, read, save as you go, submit once.

use axum::Json;
use axum::extract::State;
use class_allocation::access::ClassMember;
use garde::Validate;
use http_kit::{Answer, Halt, Input, Path, Posted, Problem, SignedIn, not_found};
use kernel::Timestamp;
use kernel::id::{AttemptId, ItemId, TaskId, TestPaperId};
use serde::{Deserialize, Serialize};
use task_board::access::{LearnerTask, OpenTask, is_unsigned};
use task_board::model::TaskKind;
use utoipa::ToSchema;

use super::attempt_views::{AttemptHeadView, AttemptView, SavedAnswersView};
use super::{Shared, or_closed};
use crate::model::answers::{Choice, Sent};
use crate::model::paper::{Key, PaperState};
use crate::service::attempts as service;
use crate::store::attempt_rows::Sitting;
use crate::store::{attempts, papers};

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
    /// When it was chosen, by the server's clock as the page knows it. It is asked only of what arrives after the deadline: what was chosen
    /// before it counts if it arrives within a day and before the attempt is handed in, and is marked; what was not is kept, shown, and does
    /// not count.
    #[garde(skip)]
    #[serde(default)]
    chosen_at: Option<Timestamp>,
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
    let (ambient, task) = (&platform.ambient, input.task_id);
    let mut tx = once.begin().await?;
    let sitting = if let Some(begun) = service::begin(&mut tx, ambient, actor.person, task, paper).await? {
        begun
    } else {
        let open = OpenTask::relied(&mut tx, ambient, &actor, task).await?.of_kind(TaskKind::Test)?;
        service::go_on(&mut tx, ambient, &open, paper).await?
    };
    once.created(tx, &own_view(sitting, ambient.now())).await
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
    let sitting = attempts::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let attempt = &sitting.attempt;
    if attempt.person_id != actor.person {
        // Whoever leads the class, or watches over it, reads what was submitted.
        let member = ClassMember::check(&mut conn, &actor, attempt.class_id).await?;
        if member.is_learner() || attempt.submitted_at.is_none() {
            return Err(not_found());
        }
        return Ok(Json(AttemptView::new(sitting, Key::Shown, ambient.now())));
    }
    let place = (attempt.training_id, attempt.class_id);
    let is_submitted = attempt.submitted_at.is_some();
    service::goes_on_in(&mut conn, &actor, place, is_submitted).await?.ok_or_else(not_found)?;
    let paper = attempt.paper_id;
    if is_submitted && !sitting.is_key_known && own_key(&sitting, ambient.now()) == Key::Shown {
        drop(conn);
        let mut tx = platform.begin(&actor).await?;
        if !service::show_key(&mut tx, ambient, actor.person, paper).await? {
            // Another attempt was begun at this moment.
            let sitting = attempts::find(&mut tx, id).await?.ok_or_else(not_found)?;
            return Ok(Json(own_view(sitting, ambient.now())));
        }
        tx.commit().await?;
    }
    Ok(Json(own_view(sitting, ambient.now())))
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
    let saved = service::save(&mut tx, &platform.ambient, &actor, id, &Sent::from(body)).await?;
    tx.commit().await?;
    Ok(Json(SavedAnswersView::new(saved, platform.ambient.now())))
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
    let sitting = service::submit(&mut tx, ambient, &actor, id, input.into()).await?;
    once.ok(tx, &own_view(sitting, ambient.now())).await
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/test", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = MyTestView)), tag = "assessment")]
pub(super) async fn get_my_test(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<MyTestView>, Problem> {
    let mut conn = platform.db.read().await?;
    let task = LearnerTask::find(&mut conn, &actor, id).await?;
    let attempts = attempts::of_task(&mut conn, id, actor.person).await?;
    match task.seen(&platform.ambient) {
        // How earlier attempts went stays readable to whoever has yet to sign what their class agreed on since.
        Err(refusal) if attempts.is_empty() || !is_unsigned(&refusal) => return Err(refusal),
        _ => {}
    }
    let paper = task.reference(TaskKind::Test).map(TestPaperId::from_uuid).ok_or_else(not_found)?;
    let paper = papers::find(&mut conn, paper).await?;
    let paper = paper
        .filter(|p| p.training == task.training() && p.state == PaperState::Published)
        .ok_or_else(not_found)?;
    let open = or_closed(task.open(&platform.ambient, &actor))?;
    Ok(Json(MyTestView {
        task_id: id,
        paper_id: paper.id,
        points: paper.content.points(),
        title: paper.content.title,
        title_en: paper.content.title_en,
        week: task.week(),
        minutes: paper.content.minutes,
        attempts_allowed: paper.content.attempts_allowed,
        items: paper.content.items.len(),
        attempts: attempts.into_iter().map(AttemptHeadView::from).collect(),
        closed: open.err(),
    }))
}

/// The attempt as its learner may see it now.
fn own_view(sitting: Sitting, now: Timestamp) -> AttemptView {
    let key = own_key(&sitting, now);
    AttemptView::new(sitting, key, now)
}

fn own_key(sitting: &Sitting, now: Timestamp) -> Key {
    Key::of(sitting.paper.show_answers, sitting.chances, now)
}

impl From<AnswersInput> for Sent {
    fn from(input: AnswersInput) -> Self {
        let answer = |a: AnswerInput| {
            (a.item_id, Choice { page: a.page, seq: a.seq, chosen: a.chosen, chosen_at: a.chosen_at })
        };
        input.answers.into_iter().map(answer).collect()
    }
}

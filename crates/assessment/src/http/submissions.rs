//! An assignment as its learner works on it, and what became of what they handed in.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{Answer, Halt, IfMatch, Input, OnceSeed, Path, Posted, Problem, SignedIn, Upload, not_found};
use kernel::id::{BlobId, ClassId, SubmissionId, TaskId};
use kernel::{Actor, Timestamp};
use serde::{Deserialize, Serialize};
use storage::blobs::{Blob, Disposition, GivenTo, PartOf};
use task_board::access::{LearnerTask, OpenTask, is_unsigned};
use task_board::model::TaskKind;
use utoipa::ToSchema;

use super::reviews::ReviewView;
use super::rubrics::RubricView;
use super::uploads::{playable, take_file};
use super::{Shared, or_closed};
use crate::model::work::{SubmissionState, WorkKind};
use crate::service::submissions as service;
use crate::store::submissions::{self, Submission};
use crate::store::tasks::{self, MyTask};
use crate::store::{reviews, rubrics};

/// What is being written, in Markdown.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct SubmissionInput {
    #[garde(length(chars, max = 20_000))]
    text: String,
    /// The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
    #[garde(range(min = 0))]
    based_on: i64,
}

/// What is handed in: these words, and the files that the learner sees beside them.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct HandInInput {
    #[garde(length(chars, max = 20_000))]
    text: String,
    /// The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
    #[garde(range(min = 0))]
    based_on: i64,
    /// The ids of the files: where others are attached by now, nothing is handed in.
    #[garde(length(max = 20))]
    files: Vec<BlobId>,
}

/// One file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of a form, for the contract alone")]
pub(super) struct SubmissionFileForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// An assignment with what the learner wrote for it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MySubmissionView {
    task_id: TaskId,
    class_id: ClassId,
    title: String,
    title_en: String,
    week: u16,
    brief_html: String,
    rubric: RubricView,
    /// Absent while nothing is written.
    work: Option<SubmissionView>,
    /// Whether and how work is taken now.
    open: Option<OpenView>,
    /// Why not; a problem's code.
    closed: Option<String>,
    reviews: Vec<ReviewView>,
}

/// Work is taken now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpenView {
    late: bool,
    ends_at: Timestamp,
    /// In which the end is said.
    time_zone: String,
    least_chars: i64,
    most_chars: i64,
}

/// What is being written and what was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SubmissionView {
    id: SubmissionId,
    state: SubmissionState,
    /// Counts the savings of the text.
    version: i64,
    draft: String,
    draft_file: Option<WorkFileView>,
    /// Counts what became of that file: put there, taken away, handed in. Whoever does either names it (`If-Match`; 0 where there is no work).
    file_version: i64,
    saved_at: Timestamp,
    /// What was handed in: plain text, as it was typed.
    body: Option<String>,
    file: Option<WorkFileView>,
    submitted_at: Option<Timestamp>,
    /// The draft says something else than what was handed in.
    has_changes: bool,
    /// How often it can be handed in still.
    hand_ins_left: i64,
}

/// A file of a work, with an address that opens it for an hour, and for who was shown it while they may see the work.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WorkFileView {
    id: BlobId,
    name: String,
    bytes: u64,
    url: String,
}

#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/submission", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = MySubmissionView)), tag = "assessment")]
pub(super) async fn get_my_submission(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<MySubmissionView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let ambient = &shared.platform.ambient;
    let (task, open) = match LearnerTask::find(&mut conn, &actor, id).await {
        Ok(found) => {
            let task = match found.seen(ambient) {
                Ok(_) => tasks::of_learner(&mut conn, id, actor.person).await?,
                // What somebody wrote stays readable to them when they have yet to sign what their class agreed on since.
                Err(refusal) if is_unsigned(&refusal) => {
                    Some(tasks::of_writer(&mut conn, id, actor.person).await?.ok_or(refusal)?)
                }
                Err(refusal) => return Err(refusal),
            };
            (task, found.open(ambient, &actor))
        }
        // Or learn there no more.
        Err(refusal) if refusal.status == StatusCode::NOT_FOUND => {
            match tasks::of_writer(&mut conn, id, actor.person).await? {
                Some(task) => (Some(task), Err(refusal)),
                None => return Err(refusal),
            }
        }
        Err(failure) => return Err(failure),
    };
    let open = or_closed(open)?;
    let task = task.filter(|task| task.kind == TaskKind::Assignment.word()).ok_or_else(not_found)?;
    let MyTask { training_id, class_id, week, title, title_en, body_html, ref_id, .. } = task;
    let rubric = rubrics::for_work(&mut conn, training_id, WorkKind::Assignment, ref_id).await?;
    let reviews = reviews::of_learner(&mut conn, id, actor.person).await?;
    let work = submissions::of_task(&mut conn, id, actor.person).await?;
    drop(conn);
    let work = match work {
        Some(work) => Some(after(&shared, &actor, work).await?),
        None => None,
    };
    let closed = open.as_ref().err().cloned();
    let open = open.ok().map(|open| OpenView {
        late: open.late,
        ends_at: open.deadline.ends,
        time_zone: open.time_zone,
        least_chars: open.least_chars,
        most_chars: open.most_chars,
    });
    Ok(Json(MySubmissionView {
        task_id: id,
        class_id,
        title,
        title_en,
        week,
        brief_html: body_html,
        rubric: rubric.into(),
        work,
        open,
        closed,
        reviews: reviews.into_iter().map(ReviewView::from).collect(),
    }))
}

#[utoipa::path(put, path = "/api/v1/tasks/{task_id}/submission", params(("task_id" = TaskId, Path)),
    request_body = SubmissionInput, responses((status = 200, body = SubmissionView)), tag = "assessment")]
pub(super) async fn save_submission(
    State(shared): State<Shared>,
    open: OpenTask,
    Input(body): Input<SubmissionInput>,
) -> Result<Json<SubmissionView>, Problem> {
    let open = open.of_kind(TaskKind::Assignment)?;
    let mut tx = shared.platform.begin(&open.actor).await?;
    let open = open.again(&mut tx, &shared.platform.ambient).await?;
    let saved = service::save(&mut tx, &shared.platform.ambient, &open, body.based_on, &body.text).await?;
    tx.commit().await?;
    Ok(Json(after(&shared, &open.actor, saved).await?))
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/submission/hand-in", params(("task_id" = TaskId, Path)),
    request_body = HandInInput, responses((status = 200, body = SubmissionView)), tag = "assessment")]
pub(super) async fn hand_in_submission(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
    Posted { input, once }: Posted<HandInInput>,
) -> Result<Answer, Halt> {
    let HandInInput { text, based_on, files: named } = input;
    // Looked up while no transaction is open. Where they are not the work's own, nothing is handed in.
    let files = match named.as_slice() {
        [one] => shared.blobs.find(*one).await?.into_iter().collect(),
        _ => Vec::new(),
    };
    let mut tx = once.begin().await?;
    let open = OpenTask::relied(&mut tx, &shared.platform.ambient, &actor, id).await?;
    let open = open.of_kind(TaskKind::Assignment)?;
    let made = service::hand_in(&mut tx, &shared.platform.ambient, &open, based_on, &text, &named).await?;
    let view = view(&shared, &actor, made, &files).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(post, path = "/api/v1/tasks/{task_id}/submission/file",
    params(("task_id" = TaskId, Path), ("If-Match" = String, Header, description = "The version of the file that was seen")),
    request_body(content = SubmissionFileForm, content_type = "multipart/form-data"),
    responses((status = 200, body = SubmissionView)), tag = "assessment")]
pub(super) async fn attach_submission_file(
    State(shared): State<Shared>,
    open: OpenTask,
    IfMatch(version): IfMatch,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    let open = open.of_kind(TaskKind::Assignment)?;
    let taken = take_file(&shared, upload.allowed(&open)?, &seed).await?;
    let mut files = before(&shared, &open.actor, open.task).await?;
    let once = seed.after_file(&taken.file.sha256).await?;
    if taken.is_known {
        // It has its answer, and there is no file to be looked into.
        once.begin().await?;
    }
    let file = playable(&shared, taken.file).await?;
    let mut tx = once.begin().await?;
    let open = open.again(&mut tx, &shared.platform.ambient).await?;
    let saved = service::attach(&mut tx, &shared.platform.ambient, &open, version, Some(&file)).await?;
    files.push(file);
    let view = view(&shared, &open.actor, saved, &files).await?;
    once.ok(tx, &view).await
}

#[utoipa::path(delete, path = "/api/v1/tasks/{task_id}/submission/file",
    params(("task_id" = TaskId, Path), ("If-Match" = String, Header, description = "The version of the file that was seen")),
    responses((status = 200, body = SubmissionView)), tag = "assessment")]
pub(super) async fn remove_submission_file(
    State(shared): State<Shared>,
    open: OpenTask,
    IfMatch(version): IfMatch,
) -> Result<Json<SubmissionView>, Problem> {
    let open = open.of_kind(TaskKind::Assignment)?;
    let mut tx = shared.platform.begin(&open.actor).await?;
    let open = open.again(&mut tx, &shared.platform.ambient).await?;
    let saved = service::attach(&mut tx, &shared.platform.ambient, &open, version, None).await?;
    tx.commit().await?;
    Ok(Json(after(&shared, &open.actor, saved).await?))
}

/// What was decided about the caller's own work for a task, assignment or reflection.
#[utoipa::path(get, path = "/api/v1/tasks/{task_id}/reviews", params(("task_id" = TaskId, Path)),
    responses((status = 200, body = Vec<ReviewView>)), tag = "assessment")]
pub(super) async fn list_my_reviews(
    State(Shared { platform, .. }): State<Shared>,
    actor: SignedIn,
    Path(id): Path<TaskId>,
) -> Result<Json<Vec<ReviewView>>, Problem> {
    let mut conn = platform.db.read().await?;
    let reviews = reviews::of_learner(&mut conn, id, actor.person).await?;
    // What was said about somebody's work, be it nothing, stays readable to them, like the work, when they learn there no more.
    let has_written = !reviews.is_empty()
        || tasks::of_writer(&mut conn, id, actor.person).await?.is_some()
        || task_board::reflections::is_begun(&mut conn, id, actor.person).await?;
    if !has_written {
        tasks::of_learner(&mut conn, id, actor.person).await?.ok_or_else(not_found)?;
    }
    Ok(Json(reviews.into_iter().map(ReviewView::from).collect()))
}

/// The files of a work, to be looked up while no transaction is open.
async fn files_of(shared: &Shared, work: Option<&Submission>) -> Result<Vec<Blob>, Problem> {
    let mut files = Vec::new();
    let ids = work.map_or([None, None], |work| [work.blob_id, work.draft_blob_id]);
    for id in ids.into_iter().flatten() {
        files.extend(shared.blobs.find(id).await?);
    }
    Ok(files)
}

/// The caller's work as it is before an action, with its files.
async fn before(shared: &Shared, actor: &Actor, task: TaskId) -> Result<Vec<Blob>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let work = submissions::of_task(&mut conn, task, actor.person).await?;
    drop(conn);
    files_of(shared, work.as_ref()).await
}

/// The work as it is after an action that has ended.
async fn after(shared: &Shared, actor: &Actor, work: Submission) -> Result<SubmissionView, Problem> {
    let files = files_of(shared, Some(&work)).await?;
    view(shared, actor, work, &files).await
}

/// The work with addresses of those of its files that are known.
async fn view(
    shared: &Shared,
    actor: &Actor,
    work: Submission,
    files: &[Blob],
) -> Result<SubmissionView, Problem> {
    let to = GivenTo::new(actor, PartOf::Nothing);
    let named = |id: Option<BlobId>| files.iter().find(|blob| Some(blob.id) == id);
    let file = file_view(shared, named(work.blob_id), to).await?;
    let draft_file = file_view(shared, named(work.draft_blob_id), to).await?;
    let has_changes = work.submitted_at.is_some()
        && (work.body.as_deref() != Some(work.draft.as_str()) || work.blob_id != work.draft_blob_id);
    let hand_ins_left = service::hand_ins_left(&work);
    let Submission { id, state, version, draft, file_version, saved_at, body, submitted_at, .. } = work;
    Ok(SubmissionView {
        id,
        state,
        version,
        draft,
        draft_file,
        file_version,
        saved_at,
        body,
        file,
        submitted_at,
        has_changes,
        hand_ins_left,
    })
}

/// A file's name and address; nothing when there is none.
pub(super) async fn file_view(
    shared: &Shared,
    blob: Option<&Blob>,
    to: GivenTo,
) -> Result<Option<WorkFileView>, Problem> {
    let Some(blob) = blob else { return Ok(None) };
    let now = shared.platform.ambient.now();
    let url = shared.blobs.address(blob, now, 3600, Disposition::Inline, to).await?;
    Ok(Some(WorkFileView { id: blob.id, name: blob.file_name.clone(), bytes: blob.size, url }))
}

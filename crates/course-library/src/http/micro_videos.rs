//! Micro-videos as experts manage them.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, OnceSeed, Page, Paged, Path, Problem, Query, SignedIn, Upload, Versioned,
    not_found, wording,
};
use kernel::Timestamp;
use kernel::id::{MicroVideoId, TrainingId};
use serde::{Deserialize, Serialize};
use training_plan::access::{Granted, Guide, Observe};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Shared;
use super::form::Form;
use crate::model::limits;
use crate::service::add_micro_video::add_micro_video as add;
use crate::service::dress_micro_video::{Piece, dress_micro_video};
use crate::service::edit_micro_video::edit_micro_video as edit;
use crate::service::measure::measure;
use crate::store;
use crate::store::micro_videos::MicroVideo;

const TITLE_CHARS: usize = 80;

/// A micro-video on its way in.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of a form, for the contract alone")]
pub(super) struct MicroVideoForm {
    title: String,
    /// An MP4 of at most 200 MB and 15 minutes.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// One file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of a form, for the contract alone")]
pub(super) struct FileForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What can be changed of a micro-video.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct MicroVideoBody {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(TITLE_CHARS)))]
    title: String,
    /// Withdrawn ones cannot be chosen for tasks; tasks that name them keep playing them.
    #[garde(skip)]
    is_withdrawn: bool,
}

/// A micro-video of a training.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MicroVideoView {
    id: MicroVideoId,
    title: String,
    seconds: i64,
    bytes: i64,
    width: i64,
    height: i64,
    has_poster: bool,
    has_subtitles: bool,
    is_withdrawn: bool,
    /// For `If-Match`.
    version: i64,
    uploaded_at: Timestamp,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/micro-videos", params(("training_id" = TrainingId, Path)),
    request_body(content = MicroVideoForm, content_type = "multipart/form-data"),
    responses((status = 201, body = MicroVideoView)), tag = "course-library")]
pub(super) async fn add_micro_video(
    State(shared): State<Shared>,
    expert: Granted<Guide>,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    shared.takes_files(expert.training).await?;
    let form =
        Form::read(upload.allowed(&expert)?, &seed, &shared.platform, &shared.blobs, &limits::MICRO_VIDEO)
            .await?;
    let title = form.text("title", TITLE_CHARS)?;
    let once = seed.after_file(&form.fingerprint()).await?;
    if form.is_known {
        // It has its answer, and there is no file to be measured.
        once.begin().await?;
    }
    let (file, movie) = measure(&shared.blobs, &shared.platform.ambient, form.file).await?;
    let mut tx = once.begin().await?;
    let video = add(&mut tx, &shared.platform.ambient, &expert, title, &file, movie).await?;
    once.created(tx, &MicroVideoView::from(video)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/micro-videos",
    params(("training_id" = TrainingId, Path), Page), responses((status = 200, body = Paged<MicroVideoView>)), tag = "course-library")]
pub(super) async fn list_micro_videos(
    State(shared): State<Shared>,
    reader: Granted<Observe>,
    Query(page): Query<Page>,
) -> Result<Json<Paged<MicroVideoView>>, Problem> {
    let before = match &page.after {
        Some(after) => after.parse().map_err(|_| not_found())?,
        None => MicroVideoId::from_uuid(Uuid::max()),
    };
    let mut conn = shared.platform.db.read().await?;
    let limit = i64::from(page.limit) + 1;
    let videos = store::micro_videos::page(&mut conn, reader.training, before, limit).await?;
    Ok(Json(Paged::cut(videos, &page, |v| v.id.to_string()).map(MicroVideoView::from)))
}

#[utoipa::path(put, path = "/api/v1/micro-videos/{micro_video_id}",
    params(("micro_video_id" = MicroVideoId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body = MicroVideoBody, responses((status = 200, body = MicroVideoView)), tag = "course-library")]
pub(super) async fn edit_micro_video(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<MicroVideoId>,
    IfMatch(version): IfMatch,
    Input(body): Input<MicroVideoBody>,
) -> Result<Versioned<MicroVideoView>, Problem> {
    let expert = guide_of(&shared, &actor, id).await?;
    let mut tx = shared.platform.begin(&actor).await?;
    let title = body.title.trim();
    let video =
        edit(&mut tx, &shared.platform.ambient, &expert, id, version, title, body.is_withdrawn).await?;
    tx.commit().await?;
    Ok(Versioned(video.version, video.into()))
}

#[utoipa::path(post, path = "/api/v1/micro-videos/{micro_video_id}/poster",
    params(("micro_video_id" = MicroVideoId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 200, body = MicroVideoView)), tag = "course-library")]
pub(super) async fn set_micro_video_poster(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<MicroVideoId>,
    IfMatch(version): IfMatch,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    dress(&shared, &actor, (id, version), seed, upload, Piece::Poster).await
}

#[utoipa::path(post, path = "/api/v1/micro-videos/{micro_video_id}/subtitles",
    params(("micro_video_id" = MicroVideoId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 200, body = MicroVideoView)), tag = "course-library")]
pub(super) async fn set_micro_video_subtitles(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<MicroVideoId>,
    IfMatch(version): IfMatch,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    dress(&shared, &actor, (id, version), seed, upload, Piece::Subtitles).await
}

async fn dress(
    shared: &Shared,
    actor: &SignedIn,
    which: (MicroVideoId, i64),
    seed: OnceSeed,
    upload: Upload,
    piece: Piece,
) -> Result<Answer, Halt> {
    let expert = guide_of(shared, actor, which.0).await?;
    shared.takes_files(expert.training).await?;
    let limits = match piece {
        Piece::Poster => &limits::POSTER,
        Piece::Subtitles => &limits::SUBTITLES,
    };
    let upload = upload.allowed(&expert)?;
    let form = match piece {
        Piece::Poster => Form::read(upload, &seed, &shared.platform, &shared.blobs, limits).await?,
        Piece::Subtitles => {
            Form::read_subtitles(upload, &seed, &shared.platform, &shared.blobs, limits).await?
        }
    };
    let once = seed.after_file(&form.fingerprint()).await?;
    let mut tx = once.begin().await?;
    let video =
        dress_micro_video(&mut tx, &shared.platform.ambient, &expert, which, piece, &form.file).await?;
    once.ok(tx, &MicroVideoView::from(video)).await
}

/// The proof for a micro-video that the path names without its training.
async fn guide_of(shared: &Shared, actor: &SignedIn, id: MicroVideoId) -> Result<Granted<Guide>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let video = store::micro_videos::find(&mut conn, id).await?.ok_or_else(not_found)?;
    Granted::<Guide>::check(&mut conn, actor, video.training_id).await
}

impl From<MicroVideo> for MicroVideoView {
    fn from(video: MicroVideo) -> Self {
        Self {
            id: video.id,
            seconds: video.seconds(),
            is_withdrawn: video.is_withdrawn(),
            has_poster: video.poster_blob_id.is_some(),
            has_subtitles: video.subtitles_blob_id.is_some(),
            title: video.title,
            bytes: video.bytes,
            width: video.width,
            height: video.height,
            version: video.version,
            uploaded_at: video.uploaded_at,
        }
    }
}

//! One file of a multipart form, straight into the store.

use axum::extract::multipart::MultipartError;
use http::StatusCode;
use http_kit::{AllowedUpload, OnceSeed, Problem, out_of_room, wrong_kind};
use storage::blobs::mp4::Mp4Error;
use storage::blobs::{Blob, MovieError, PutError};

use super::Shared;
use crate::service::submissions::FILE;

/// A file that was taken in, as pending.
pub(super) struct Taken {
    pub file: Blob,
    /// The request's idempotency key was used before: the file was put nowhere.
    pub is_known: bool,
}

/// Takes in the part named `file`.
pub(super) async fn take_file(
    shared: &Shared,
    mut parts: AllowedUpload,
    seed: &OnceSeed,
) -> Result<Taken, Problem> {
    let is_known = seed.is_known().await?;
    let sender = parts.sender(is_known);
    while let Some(field) = parts.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let taken = shared.blobs.put(&shared.platform.ambient, &FILE, &sender, &name, field).await;
        return taken.map(|file| Taken { file, is_known }).map_err(refused);
    }
    Err(Problem::unprocessable("input.invalid", "请选择一个文件。", "Please choose a file.").field(
        "/file",
        "required",
        "请填写这一项。",
        "Please fill this in.",
    ))
}

/// A video that whoever grades it can play, and that begins before all of it has come. What does not tell how it is coded stays as it is.
pub(super) async fn playable(shared: &Shared, file: Blob) -> Result<Blob, Problem> {
    if file.content_type != "video/mp4" {
        return Ok(file);
    }
    match shared.blobs.measure(&file).await {
        Ok(measured) => {
            let first = shared.blobs.with_box_first(&shared.platform.ambient, &FILE, file, measured).await;
            first.map_err(refused)
        }
        Err(MovieError::Mp4(Mp4Error::Hevc | Mp4Error::Picture | Mp4Error::Sound)) => Err(unplayable()),
        Err(MovieError::Mp4(_)) => Ok(file),
        Err(MovieError::Storage(error)) => Err(error.into()),
    }
}

fn unplayable() -> Problem {
    Problem::unprocessable(
        "submission.video_coding",
        "这个视频的编码（如 H.265/HEVC），批改的老师可能放不出来。",
        "Whoever grades this video may not be able to play it: it is coded as H.265 (HEVC) or the like.",
    )
    .detail(
        "请用剪映等软件导出为 H.264 编码的 MP4 再交；以后拍摄时，把手机相机的视频格式改为“兼容性最佳”或 H.264。",
        "Please export it as an MP4 with H.264 and hand that in. For the next one, set the camera of the phone to “Most Compatible” or H.264.",
    )
}

fn refused(error: PutError) -> Problem {
    if let Some(problem) = out_of_room(&error) {
        return problem;
    }
    match error {
        PutError::TooLarge { .. } => too_large(),
        PutError::Empty => {
            Problem::unprocessable("submission.file_empty", "文件是空的。", "The file is empty.")
        }
        PutError::ContentType { found, accepted } => {
            let told = wrong_kind(found, accepted);
            Problem::unprocessable(
                "submission.file_type",
                "这种文件不能交。",
                "This kind of file is not taken.",
            )
            .detail(told.zh, told.en)
        }
        PutError::Storage(error) => error.into(),
        PutError::Cut(_) | PutError::ShareUsed { .. } | PutError::NoRoom => cut_off(),
    }
}

fn cut(error: MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { cut_off() }
}

fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "submission.file_too_large",
        "文件太大，最大 20 MB。",
        "The file is too large: at most 20 MB.",
    )
}

fn cut_off() -> Problem {
    Problem::bad_request(
        "submission.upload_cut",
        "上传中断了，请重试。",
        "The upload was cut off; please try again.",
    )
}

//! One file of a multipart form, straight into the store.

use axum::extract::multipart::MultipartError;
use http::StatusCode;
use http_kit::{AllowedUpload, OnceSeed, Problem, out_of_room, wrong_kind};
use storage::blobs::{Blob, PutError};

use super::Shared;
use crate::service::submissions::FILE;

/// Takes in the part named `file`, as pending.
pub(super) async fn take_file(
    shared: &Shared,
    mut parts: AllowedUpload,
    seed: &OnceSeed,
) -> Result<Blob, Problem> {
    let is_known = seed.is_known().await?;
    let sender = parts.sender(is_known);
    while let Some(field) = parts.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let taken = shared.blobs.put(&shared.platform.ambient, &FILE, &sender, &name, field).await;
        return taken.map_err(refused);
    }
    Err(Problem::unprocessable("input.invalid", "请选择一个文件。", "Please choose a file.").field(
        "/file",
        "required",
        "请填写这一项。",
        "Please fill this in.",
    ))
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

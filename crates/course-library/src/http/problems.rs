//! What went wrong, for the reader.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found, out_of_room, wrong_kind};
use kernel::id::ClassId;
use storage::blobs::PutError;

use crate::error::LibraryError;
use crate::model::limits::MOST_SECONDS;
use crate::model::mp4::Mp4Error;

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::NoSuchMicroVideo | LibraryError::NoSuchResource => not_found(),
            LibraryError::TrainingClosed(closed) => closed.into(),
            LibraryError::NoFile => Self::conflict(
                "course_library.file_gone",
                "文件已经不在了，请重新上传。",
                "The file is no longer here; please upload it again.",
            ),
            LibraryError::NotAMovie(Mp4Error::NoLength) => Self::unprocessable(
                "course_library.no_length",
                "视频里没有写明时长。请导出为普通 MP4（不是直播或分段格式）再上传。",
                "The video does not say how long it is. Please export it as an ordinary MP4 (not fragmented).",
            ),
            LibraryError::NotAMovie(_) => Self::unprocessable(
                "course_library.not_playable",
                "这个文件不是能播放的 MP4 视频。",
                "This file is not an MP4 video that plays.",
            ),
            LibraryError::TooLong { seconds } => Self::unprocessable(
                "course_library.too_long",
                format!(
                    "微视频最长 {} 分钟，这个有 {} 分钟。请剪短或分成几段。",
                    MOST_SECONDS / 60,
                    seconds.div_ceil(60)
                ),
                format!(
                    "A micro-video is at most {} minutes long; this one has {}. Please cut it or split it.",
                    MOST_SECONDS / 60,
                    seconds.div_ceil(60)
                ),
            ),
            LibraryError::Stale => edit_conflict(),
            LibraryError::Put(error) => of_upload(error),
            LibraryError::Storage(error) => error.into(),
        }
    }
}

/// A learner asks for the extension library before its time. It says whose charter, for pages to lead there; before classes are
/// published there is none.
pub(super) fn charter_unsigned(class: Option<ClassId>) -> Problem {
    Problem::conflict(
        "course_library.charter_unsigned",
        "您签署班级契约后，资源库才会打开。",
        "The library opens once you have signed the class charter.",
    )
    .extra(serde_json::json!({ "class_id": class }))
}

fn of_upload(error: PutError) -> Problem {
    if let Some(problem) = out_of_room(&error) {
        return problem;
    }
    match error {
        PutError::TooLarge { most_bytes } => {
            let most = most_bytes.div_ceil(1024 * 1024);
            too_large().detail(format!("最大 {most} MB。"), format!("At most {most} MB."))
        }
        PutError::Empty => {
            Problem::unprocessable("course_library.empty_file", "文件是空的。", "The file is empty.")
        }
        PutError::ContentType { found, accepted } => {
            let told = wrong_kind(found, accepted);
            Problem::unprocessable(
                "course_library.wrong_kind",
                "不接受这种文件。文件类型按内容判断，改文件名没有用。",
                "Files of this kind are not accepted. The content decides, not the name.",
            )
            .detail(told.zh, told.en)
        }
        PutError::Cut(_) | PutError::ShareUsed { .. } | PutError::NoRoom => Problem::bad_request(
            "course_library.upload_cut",
            "上传中断了，请重试。",
            "The upload was cut off; please try again.",
        ),
        PutError::Storage(error) => error.into(),
    }
}

pub(super) fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "course_library.too_large",
        "文件太大了。",
        "The file is too large.",
    )
}

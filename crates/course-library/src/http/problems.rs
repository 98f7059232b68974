//! What went wrong, for the reader.

use http::StatusCode;
use http_kit::{Problem, edit_conflict, not_found, out_of_room, wrong_kind};
use kernel::id::ClassId;
use storage::blobs::PutError;
use storage::blobs::mp4::Mp4Error;

use crate::error::LibraryError;
use crate::model::limits::MOST_SECONDS;
use crate::model::subtitles::SubtitleError;

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
            LibraryError::NotAMovie(Mp4Error::Hevc) => Self::unprocessable(
                "course_library.hevc",
                "这个视频是 H.265（HEVC）编码，多数手机和电脑的浏览器放不出来。",
                "This video is coded as H.265 (HEVC), which most browsers do not play.",
            )
            .detail(
                "请用剪映、格式工厂等软件导出为 H.264 编码的 MP4 再上传。以后拍摄时，把手机相机的视频格式改为“兼容性最佳”或 H.264。",
                "Please export it as an MP4 with H.264 and upload that. For the next one, set the camera of the phone to “Most Compatible” or H.264.",
            ),
            LibraryError::NotAMovie(coding @ (Mp4Error::Picture | Mp4Error::Sound)) => {
                let (zh, en) = if coding == Mp4Error::Picture { ("画面", "picture") } else { ("声音", "sound") };
                Self::unprocessable(
                    "course_library.coding",
                    format!("这个视频的{zh}编码，浏览器放不出来。"),
                    format!("The {en} of this video is coded in a way that browsers do not play."),
                )
                .detail(
                    "请导出为 MP4：画面 H.264，声音 AAC。",
                    "Please export it as an MP4 with H.264 for the picture and AAC for the sound.",
                )
            }
            LibraryError::Subtitles(error) => of_subtitles(error),
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

fn of_subtitles(error: SubtitleError) -> Problem {
    let problem = Problem::unprocessable(
        "course_library.subtitle_line",
        "字幕里有一行不对，请改好再上传。",
        "A line of the subtitles is wrong; please mend it and upload the file again.",
    );
    match error {
        SubtitleError::NoSubtitles => Problem::unprocessable(
            "course_library.wrong_kind",
            "这个文件里没有字幕的时间。",
            "There are no times of subtitles in this file.",
        ),
        SubtitleError::NoTime { line, text } => problem.detail(
            format!("第 {line} 行“{text}”不是时间，应当像 00:01:02.500 --> 00:01:05.000 这样。"),
            format!("Line {line}, “{text}”, is no time; it looks like 00:01:02.500 --> 00:01:05.000."),
        ),
        SubtitleError::EndsBeforeStart { line, text } => problem.detail(
            format!("第 {line} 行“{text}”的结束时间不晚于开始时间。"),
            format!("Line {line}, “{text}”, does not end after it starts."),
        ),
        SubtitleError::NoPlace { line, text } => problem.detail(
            format!("第 {line} 行“{text}”上面没有时间。"),
            format!("There is no time above line {line}, “{text}”."),
        ),
    }
}

/// A bound as it is set: some megabytes, or less than one.
fn size(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes < MB { format!("{} KB", bytes / 1024) } else { format!("{} MB", bytes / MB) }
}

fn of_upload(error: PutError) -> Problem {
    if let Some(problem) = out_of_room(&error) {
        return problem;
    }
    match error {
        PutError::TooLarge { most_bytes } => {
            let most = size(most_bytes);
            too_large().detail(format!("最大 {most}。"), format!("At most {most}."))
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

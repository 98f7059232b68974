//! What the library takes in.

use storage::blobs::{DOCX, Limits, PPTX, Share, XLSX};

/// Whose files these are in the blobs table.
pub const AREA: &str = "course_library";

/// A micro-video is small and refined: a quarter of an hour at most.
pub const MOST_SECONDS: u64 = 15 * 60;

const MB: u64 = 1024 * 1024;

/// An expert brings the videos of a whole training on one day, and some of them twice.
const VIDEOS: Share = Share { purpose: "micro_video", bytes_a_day: 20 * 1024 * MB };

pub const MICRO_VIDEO: Limits =
    Limits { area: AREA, most_bytes: 200 * MB, share: VIDEOS, content_types: &["video/mp4"] };

pub const POSTER: Limits = Limits {
    area: AREA,
    most_bytes: MB / 2,
    share: VIDEOS,
    content_types: &["image/jpeg", "image/png", "image/webp"],
};

pub const SUBTITLES: Limits =
    Limits { area: AREA, most_bytes: MB / 2, share: VIDEOS, content_types: &["text/vtt"] };

pub const RESOURCE: Limits = Limits {
    area: AREA,
    most_bytes: 50 * MB,
    share: Share { purpose: "resource", bytes_a_day: 2 * 1024 * MB },
    content_types: &[
        "application/pdf",
        DOCX,
        XLSX,
        PPTX,
        "application/zip",
        "image/jpeg",
        "image/png",
        "image/webp",
        "audio/mpeg",
        "audio/m4a",
        "video/mp4",
        "text/plain",
    ],
};

//! Notices as clients see them.

use kernel::Timestamp;
use kernel::id::NoticeId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::notice::Happened;
use crate::store::notices::StoredNotice;

/// What a person should know; the text is made from `kind` and `params`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonNoticeView {
    pub id: NoticeId,
    pub at: Timestamp,
    pub read: bool,
    /// Where it leads in the web application.
    pub link: String,
    #[serde(flatten)]
    pub happened: Happened,
}

/// How many notices a person has not read.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct UnreadNoticesView {
    pub unread: i64,
}

impl From<StoredNotice> for PersonNoticeView {
    fn from(notice: StoredNotice) -> Self {
        let StoredNotice { id, happened, link, at, read_at } = notice;
        Self { id, at, read: read_at.is_some(), link, happened }
    }
}

//! Notices as clients see them, in answers and in events alike.

use kernel::Timestamp;
use kernel::id::NoticeId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::notices::StoredNotice;

/// What a person should know.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PersonNoticeView {
    pub id: NoticeId,
    pub at: Timestamp,
    pub read: bool,
    /// Where it leads in the web application.
    pub link: String,
    /// What happened, in a word such as `plan_submitted`; more words may come.
    pub kind: String,
    /// The sentence to show.
    pub text: String,
    pub text_en: String,
}

/// How many notices a person has not read.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct UnreadNoticesView {
    pub unread: i64,
}

impl From<StoredNotice> for PersonNoticeView {
    fn from(notice: StoredNotice) -> Self {
        let StoredNotice { id, kind, text, link, at, read_at } = notice;
        Self { id, at, read: read_at.is_some(), link, kind, text: text.zh, text_en: text.en }
    }
}

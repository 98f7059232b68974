//! What a resource of the extension library is.

use serde::{Deserialize, Serialize};

/// The kinds of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    Article,
    LessonPlan,
    Courseware,
    Worksheet,
    Video,
    Picture,
    Other,
}

impl ResourceKind {
    const ALL: [Self; 7] = [
        Self::Article,
        Self::LessonPlan,
        Self::Courseware,
        Self::Worksheet,
        Self::Video,
        Self::Picture,
        Self::Other,
    ];

    /// The word stored in the database and used on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::LessonPlan => "lesson_plan",
            Self::Courseware => "courseware",
            Self::Worksheet => "worksheet",
            Self::Video => "video",
            Self::Picture => "picture",
            Self::Other => "other",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A link that a reader may be sent to: http or https with a host, without a password in it.
pub fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty() && !host.contains('@') && url.chars().all(|c| !c.is_whitespace() && !c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_links() {
        for good in ["https://www.example.cn/a?b=c#d", "http://example.cn"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "ftp://example.cn",
            "https://a b",
            "https://u:p@example.cn/",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn words_read_back() {
        for kind in ResourceKind::ALL {
            assert_eq!(ResourceKind::from_word(kind.word()), Some(kind));
        }
    }
}

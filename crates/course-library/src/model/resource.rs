//! What a resource of the extension library is.

storage::words! {
    /// The kinds of resources.
    pub enum ResourceKind {
        Article = "article",
        LessonPlan = "lesson_plan",
        Courseware = "courseware",
        Worksheet = "worksheet",
        Video = "video",
        Picture = "picture",
        Other = "other",
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
}

//! The recruitment notice: when it is open, and its text made safe to show.

use kernel::Timestamp;
use storage::words;

words! {
    /// What a visitor can do with a published notice.
    pub enum NoticeState {
        /// Applications are taken later.
        Upcoming = "upcoming",
        Open = "open",
        Closed = "closed",
    }
}

/// Where an instant lies: from `opens_at` (inclusive) to `closes_at` (exclusive) the notice is open.
pub fn state_at(opens_at: Timestamp, closes_at: Timestamp, now: Timestamp) -> NoticeState {
    if now < opens_at {
        NoticeState::Upcoming
    } else if now < closes_at {
        NoticeState::Open
    } else {
        NoticeState::Closed
    }
}

/// Markdown as HTML that can do no harm: no scripts, styles, forms or frames, links without a way back.
pub fn render(markdown: &str) -> String {
    let mut html = String::new();
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(markdown, options));
    ammonia::clean(&html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_form() {
        assert_eq!(
            render("## 招募\n\n- **复式**教学\n"),
            "<h2>招募</h2>\n<ul>\n<li><strong>复式</strong>教学</li>\n</ul>\n"
        );
    }

    #[test]
    fn what_could_act_is_taken_out() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "<iframe src='https://a.example'></iframe>",
            "<svg onload=alert(1)>",
            "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
            "<form action=/api><input name=a></form>",
            "<style>body{display:none}</style>",
        ] {
            let html = render(attack).to_lowercase();
            for bad in [
                "<script",
                "onerror",
                "javascript:",
                "<iframe",
                "onload",
                "data:",
                "<form",
                "<style",
                "<input",
            ] {
                assert!(!html.contains(bad), "{attack} became {html}");
            }
        }
    }

    #[test]
    fn a_notice_opens_and_closes_to_the_microsecond() {
        let at = Timestamp::from_micros;
        for (now, state) in [
            (9, NoticeState::Upcoming),
            (10, NoticeState::Open),
            (19, NoticeState::Open),
            (20, NoticeState::Closed),
        ] {
            assert_eq!(state_at(at(10), at(20), at(now)), state);
        }
    }
}

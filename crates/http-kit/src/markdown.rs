//! What people write, as safe HTML: Markdown rendered and sanitised when it is stored; the source is kept beside it.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, html};

/// Tables, strike-through and task lists beside the common ground.
const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TASKLISTS);

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        // A picture of somewhere else would tell that server who reads; ours come as resources.
        .rm_tags(["img"]);
    cleaner
});

/// What is nested deeper is drawn at this depth. Cleaning looks through all that is open at every tag, so that depth costs its square.
const DEEPEST: usize = 40;
/// Of the HTML that somebody wrote themselves, so many tags are taken as tags and the rest as text, for the same reason.
const MOST_TAGS: usize = 400;

fn bounded<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let (mut depth, mut tags) = (0_usize, 0_usize);
    events.filter_map(move |event| match event {
        Event::Start(_) => {
            depth += 1;
            (depth <= DEEPEST).then_some(event)
        }
        Event::End(_) => {
            depth -= 1;
            (depth < DEEPEST).then_some(event)
        }
        Event::Html(ref text) | Event::InlineHtml(ref text) => {
            tags += text.matches('<').count();
            Some(if tags <= MOST_TAGS { event } else { Event::Text(text.clone()) })
        }
        _ => Some(event),
    })
}

/// Renders Markdown to HTML that holds no script, no style, no foreign pictures and only http, https and mailto links.
pub fn to_safe_html(source: &str) -> String {
    let mut rendered = String::with_capacity(source.len() * 2);
    html::push_html(&mut rendered, bounded(Parser::new_ext(source, OPTIONS)));
    CLEANER.clean(&rendered).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_written() {
        assert_eq!(to_safe_html("**一节课** 两个年级"), "<p><strong>一节课</strong> 两个年级</p>\n");
    }

    #[test]
    fn nothing_nests_deeper_than_anybody_reads_and_no_word_is_lost() {
        for piece in ["> ", "- ", "<div>\n", "<b>"] {
            let html = to_safe_html(&format!("{}一节课", piece.repeat(3000)));
            let opened = ["<blockquote>", "<li>", "<div>", "<b>"].map(|tag| html.matches(tag).count());
            // Cleaning closes and opens a few again.
            assert!(opened.iter().all(|count| *count <= 2 * MOST_TAGS), "{piece}: {opened:?}");
            assert!(html.contains("一节课"), "{piece}");
        }
        let table = format!("{}\n{0}|a|\n{0}|-|\n{0}|一节课|\n", "> ".repeat(DEEPEST - 1));
        assert!(to_safe_html(&table).contains("一节课"));
    }

    #[test]
    fn hostile_texts_lose_their_teeth() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://tracker.example/x.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"jAvAsCrIpT:alert(1)\">x</a>",
            "<svg onload=alert(1)>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<p style=\"background:url(javascript:alert(1))\">x</p>",
            "<form action=\"https://evil.example\"><input name=p></form>",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
            "<details open ontoggle=alert(1)>x</details>",
        ] {
            let html = to_safe_html(hostile).to_ascii_lowercase();
            for tooth in [
                "<script",
                "onerror",
                "onload",
                "ontoggle",
                "javascript:",
                "<iframe",
                "<img",
                "style=",
                "<form",
                "data:",
            ] {
                assert!(!html.contains(tooth), "{hostile} became {html}");
            }
        }
    }
}

//! What people write, as safe HTML: Markdown rendered and sanitised when it is stored; the source is kept beside it.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html};

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

/// Renders Markdown to HTML that holds no script, no style, no foreign pictures and only http, https and mailto links.
pub fn to_safe_html(source: &str) -> String {
    let mut rendered = String::with_capacity(source.len() * 2);
    html::push_html(&mut rendered, Parser::new_ext(source, OPTIONS));
    CLEANER.clean(&rendered).to_string()
}

#[cfg(test)]
mod tests {
    use super::to_safe_html;

    #[test]
    fn text_reads_as_written() {
        assert_eq!(to_safe_html("**一节课** 两个年级"), "<p><strong>一节课</strong> 两个年级</p>\n");
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

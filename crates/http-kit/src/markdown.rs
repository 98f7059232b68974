//! What people write, as safe HTML: Markdown rendered and sanitised when it is stored; the source is kept beside it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Tables and task lists beside the common ground. A tilde is what it is in Chinese: a drawn-out word, or a range.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS);

const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(Some("noopener noreferrer nofollow"))
        // A picture of somewhere else would tell that server who reads; ours come as resources.
        .rm_tags(["img"]);
    cleaner
});

/// What is nested deeper is drawn at this depth. Cleaning looks through all that is open at every tag, so that depth costs its square.
const DEEPEST: usize = 40;

fn bounded<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut depth = 0_usize;
    events.filter_map(move |event| match event {
        Event::Start(_) => {
            depth += 1;
            (depth <= DEEPEST).then_some(event)
        }
        Event::End(_) => {
            depth -= 1;
            (depth < DEEPEST).then_some(event)
        }
        _ => Some(event),
    })
}

/// A sign that nobody typed in this text.
fn unused_sign(source: &str) -> char {
    let private = '\u{F0000}'..='\u{FFFFD}';
    let used: HashSet<char> = source.chars().filter(|sign| private.contains(sign)).collect();
    private.into_iter().find(|sign| !used.contains(sign)).unwrap_or('\u{F0000}')
}

/// Stars beside Chinese punctuation mark words as they do beside a letter: `**重点：**复式`. CommonMark, made for texts with spaces, has them
/// neither open nor close; a sign that is no punctuation, put between for as long as the text is read, has them do both.
fn beside_stars(source: &str, sign: char) -> String {
    let parts = |one: Option<char>| {
        one.is_some_and(|one| !one.is_ascii() && !one.is_alphanumeric() && !one.is_whitespace())
    };
    let mut opened = String::with_capacity(source.len() + 16);
    let mut before = None;
    let mut signs = source.chars().peekable();
    while let Some(one) = signs.next() {
        if one == '*' && before != Some('*') && parts(before) {
            opened.push(sign);
        }
        opened.push(one);
        if one == '*' && parts(signs.peek().copied()) {
            opened.push(sign);
        }
        before = Some(one);
    }
    opened
}

/// The event without the sign.
fn without(event: Event<'_>, sign: char) -> Event<'_> {
    let clean = |text: CowStr<'_>| -> CowStr<'static> { text.replace(sign, "").into() };
    match event {
        Event::Text(text) if text.contains(sign) => Event::Text(clean(text)),
        Event::Code(text) if text.contains(sign) => Event::Code(clean(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: clean(dest_url),
            title: clean(title),
            id: clean(id),
        }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(clean(info))))
        }
        other => other,
    }
}

/// The events of a text in which nothing that was typed vanishes: HTML is shown as the text that it is, a picture as a link to it, a link
/// without words as its address, and what may be no link as it was typed. Spaces before a line move it; they do not make it code.
fn shown(source: &str) -> Vec<Event<'_>> {
    let parser = Parser::new_ext(source, OPTIONS);
    let mut unused: HashMap<String, Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
        .collect();
    let mut shown = Vec::new();
    // The address of the link around, and where its words begin.
    let mut around: Option<(CowStr<'_>, usize)> = None;
    // What stands behind the fence of a block of code that has just begun.
    let mut fence: Option<CowStr<'_>> = None;
    // How deep we are within a link that is shown as it was typed.
    let mut within = 0_usize;
    let mut is_moved = false;
    for (event, place) in as_typed(parser.into_offset_iter(), source) {
        if within > 0 {
            match event {
                Event::Start(_) => within += 1,
                Event::End(_) => within -= 1,
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(Tag::HtmlBlock) => shown.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => shown.push(Event::End(TagEnd::Paragraph)),
            Event::InlineHtml(text) if is_line_break(&text) => shown.push(Event::HardBreak),
            Event::Html(text) | Event::InlineHtml(text) => shown.push(Event::Text(text)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                is_moved = true;
                shown.push(Event::Start(Tag::Paragraph));
            }
            Event::End(TagEnd::CodeBlock) if is_moved => {
                is_moved = false;
                while shown.last() == Some(&Event::HardBreak) {
                    shown.pop();
                }
                shown.push(Event::End(TagEnd::Paragraph));
            }
            Event::Text(text) if is_moved => shown.extend(moved_lines(&text)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some(info.clone()).filter(|info| !info.is_empty());
                shown.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))));
            }
            Event::Text(text) => {
                // The name of a programming language says how to colour; anything else was meant to be read.
                if let Some(info) = fence.take().filter(|info| !info.is_ascii()) {
                    shown.extend([Event::Text(info), Event::Text("\n".into())]);
                }
                shown.push(Event::Text(text));
            }
            Event::End(TagEnd::CodeBlock) if fence.take().is_some() => {
                // There is nothing but the fence.
                shown.pop();
                shown.extend(paragraph(source[place].trim_end()));
            }
            Event::Rule if source[place.clone()].contains('_') => {
                shown.extend(paragraph(source[place].trim_end()));
            }
            Event::TaskListMarker(done) => shown.push(Event::Text(if done { "☑ " } else { "☐ " }.into())),
            Event::Start(
                Tag::Link { link_type, dest_url, title, id } | Tag::Image { link_type, dest_url, title, id },
            ) => {
                unused.remove(&id.to_lowercase());
                // Links do not nest.
                if around.is_some() || !may_be_followed(&dest_url) {
                    within = 1;
                    shown.push(Event::Text(source[place].into()));
                } else {
                    around = Some((dest_url.clone(), shown.len()));
                    shown.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((address, start)) = around.take() {
                    if !shown[start..].iter().any(says_something) {
                        shown.push(Event::Text(address));
                    }
                    shown.push(Event::End(TagEnd::Link));
                }
            }
            other => shown.push(other),
        }
    }
    let mut unused: Vec<_> = unused.into_values().collect();
    unused.sort_by_key(|place| place.start);
    for place in unused {
        shown.extend(paragraph(&source[place]));
    }
    shown
}

/// Lines that begin with spaces, each moved as far as it was.
fn moved_lines<'a>(text: &str) -> Vec<Event<'a>> {
    text.split_inclusive('\n')
        .flat_map(|line| {
            let words = line.trim_end_matches(['\n', '\r']);
            let spaces = words.len() - words.trim_start_matches([' ', '\t']).len();
            let moved = Event::Text(format!("{}{}", "\u{a0}".repeat(spaces + 4), &words[spaces..]).into());
            let moved = (!words.trim().is_empty()).then_some(moved);
            moved.into_iter().chain(line.ends_with('\n').then_some(Event::HardBreak))
        })
        .collect()
}

fn paragraph(text: &str) -> [Event<'_>; 3] {
    [Event::Start(Tag::Paragraph), Event::Text(text.into()), Event::End(TagEnd::Paragraph)]
}

fn says_something(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty())
}

/// The one piece of HTML that people need: cells of a table have no other way to break a line.
fn is_line_break(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    name.trim().eq_ignore_ascii_case("br")
}

/// An address on this server, or one of a harmless scheme.
fn may_be_followed(address: &str) -> bool {
    match address.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed))
        }
        _ => true,
    }
}

/// What people type without knowing Markdown reads as they typed it: a new line is a new line, `3*4*5` a product, `__` a gap to fill in.
fn as_typed<'a>(
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    source: &'a str,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let mut open: Vec<Option<&str>> = Vec::new();
    events.map(move |(event, range)| {
        let mark = match &event {
            Event::SoftBreak => return (Event::HardBreak, range),
            Event::Start(Tag::Emphasis) if source[range.clone()].starts_with('_') => ("_", true),
            Event::Start(Tag::Strong) if source[range.clone()].starts_with('_') => ("__", true),
            Event::Start(Tag::Emphasis) => ("*", is_within_word(source, &range)),
            Event::Start(Tag::Strong) => ("**", is_within_word(source, &range)),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                let shown = open.pop().flatten().map_or(event, |mark| Event::Text(mark.into()));
                return (shown, range);
            }
            _ => return (event, range),
        };
        let (mark, is_text) = mark;
        open.push(is_text.then_some(mark));
        (if is_text { Event::Text(mark.into()) } else { event }, range)
    })
}

/// A mark with a digit or a Latin letter right before or after it is no emphasis; Chinese has no spaces, so there it is.
fn is_within_word(source: &str, range: &Range<usize>) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = source.as_bytes();
    is_word(range.start.checked_sub(1).and_then(|at| bytes.get(at))) || is_word(bytes.get(range.end))
}

/// Renders Markdown to HTML that holds no script, no style, no foreign pictures and only http, https and mailto links. HTML in it is text.
pub fn to_safe_html(source: &str) -> String {
    let sign = unused_sign(source);
    let opened = beside_stars(source, sign);
    let events = shown(&opened);
    let is_silent = !events.iter().any(says_something);
    let mut rendered = String::with_capacity(source.len() * 2);
    if is_silent && source.chars().any(char::is_alphanumeric) {
        // Such as the first line of a block of code that has no second.
        html::push_html(&mut rendered, paragraph(source).into_iter());
    } else {
        html::push_html(&mut rendered, bounded(events.into_iter().map(|event| without(event, sign))));
    }
    CLEANER.clean(&rendered).to_string()
}

/// Whether there is nothing to read once it is rendered, such as a lone `>` or a rule.
pub fn renders_empty(source: &str) -> bool {
    !source.chars().any(char::is_alphanumeric) && !shown(source).iter().any(says_something)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_written() {
        assert_eq!(to_safe_html("**一节课** 两个年级"), "<p><strong>一节课</strong> 两个年级</p>\n");
    }

    #[test]
    fn what_is_typed_without_markdown_in_mind_stays() {
        for (typed, shown) in [
            ("周一 语文\n周二 数学", "<p>周一 语文<br>\n周二 数学</p>\n"),
            ("3*4*5=60", "<p>3*4*5=60</p>\n"),
            ("2**3**4", "<p>2**3**4</p>\n"),
            ("3~5 年级，7~9 年级", "<p>3~5 年级，7~9 年级</p>\n"),
            ("很*重要*的**一课**", "<p>很<em>重要</em>的<strong>一课</strong></p>\n"),
            ("收到~~谢谢老师~~", "<p>收到~~谢谢老师~~</p>\n"),
            ("3*4=12，5*6=30", "<p>3*4=12，5*6=30</p>\n"),
            ("把<PPT>发给我", "<p>把&lt;PPT&gt;发给我</p>\n"),
            ("**重点：**复式", "<p><strong>重点：</strong>复式</p>\n"),
            ("复式**“重点”**在此", "<p>复式<strong>“重点”</strong>在此</p>\n"),
            ("先看，**重点。**再做", "<p>先看，<strong>重点。</strong>再做</p>\n"),
            ("“**甲**”和“**乙**”", "<p>“<strong>甲</strong>”和“<strong>乙</strong>”</p>\n"),
            ("（_5_）个，__姓名__", "<p>（_5_）个，__姓名__</p>\n"),
            ("___", "<p>___</p>\n"),
            (
                "    四个空格\n    再一行",
                "<p>&nbsp;&nbsp;&nbsp;&nbsp;四个空格<br>\n&nbsp;&nbsp;&nbsp;&nbsp;再一行</p>\n",
            ),
            (
                "`。*`和[。*](/。*)",
                "<p><code>。*</code>和<a href=\"/%E3%80%82*\" rel=\"noopener noreferrer nofollow\">。*</a></p>\n",
            ),
        ] {
            assert_eq!(to_safe_html(typed), shown, "{typed}");
        }
    }

    #[test]
    fn nothing_nests_deeper_than_anybody_reads_and_no_word_is_lost() {
        for piece in ["> ", "- ", "<div>\n", "<b>", "[", "![", "*a **b "] {
            let html = to_safe_html(&format!("{}一节课", piece.repeat(3000)));
            let opened = ["<blockquote>", "<li>", "<div>", "<b>"].map(|tag| html.matches(tag).count());
            assert!(opened.iter().all(|count| *count <= DEEPEST), "{piece}: {opened:?}");
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
            let html = to_safe_html(hostile);
            // All of it is there to read, and nothing of it acts.
            for piece in html.split('<').skip(1) {
                let tag = piece.split('>').next().unwrap_or_default();
                let is_plain = ["p", "/p", "br", "/a"].contains(&tag) || tag.starts_with("a href=\"https://");
                assert!(is_plain, "{hostile} became {html}");
            }
        }
    }

    #[test]
    fn nothing_that_was_typed_vanishes() {
        for (typed, html) in [
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
            ("<img src=x>", "<p>&lt;img src=x&gt;</p>\n"),
            ("<!-- 明天交 -->", "<p>&lt;!-- 明天交 --&gt;</p>\n"),
            ("当 a<b 且 c>d 时", "<p>当 a&lt;b 且 c&gt;d 时</p>\n"),
            ("请用 <u>下划线</u>", "<p>请用 &lt;u&gt;下划线&lt;/u&gt;</p>\n"),
            ("一<br>二<BR />三", "<p>一<br>\n二<br>\n三</p>\n"),
            ("```本周任务\n```", "<p>```本周任务\n```</p>\n"),
            ("先看\n```本周任务", "<p>先看</p>\n<p>```本周任务</p>\n"),
            ("```本周任务\n看书\n```", "<pre><code>本周任务\n看书\n</code></pre>\n"),
            ("```rust\nfn\n```", "<pre><code>fn\n</code></pre>\n"),
            ("- [x] 看过\n- [ ] 没看", "<ul>\n<li>☑ 看过</li>\n<li>☐ 没看</li>\n</ul>\n"),
            ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
            ("![](data:image/png;base64,AA)", "<p>![](data:image/png;base64,AA)</p>\n"),
            ("[图]: https://a.example/b", "<p>[图]: https://a.example/b</p>\n"),
            ("", ""),
            ("---", "<hr>\n"),
        ] {
            assert_eq!(to_safe_html(typed), html, "{typed}");
        }
        for (typed, address, words) in [
            ("![课堂](https://a.example/b.png)", "https://a.example/b.png", "课堂"),
            ("![](https://a.example/b.png)", "https://a.example/b.png", "https://a.example/b.png"),
            ("[](https://a.example)", "https://a.example", "https://a.example"),
            ("[课堂][一]\n\n[一]: https://a.example", "https://a.example", "课堂"),
            ("[![课堂](/b.png)](https://a.example)", "https://a.example", "![课堂](/b.png)"),
        ] {
            let link =
                format!("<p><a href=\"{address}\" rel=\"noopener noreferrer nofollow\">{words}</a></p>\n");
            assert_eq!(to_safe_html(typed), link, "{typed}");
        }
    }

    #[test]
    fn what_leaves_nothing_to_read_is_known() {
        for empty in ["---", ">", "- ", "#", "> \n> -"] {
            assert!(renders_empty(empty), "{empty}");
        }
        for full in ["___", "？", "。。。", "👍", "> 好", "[](/a)", "3", "**"] {
            assert!(!renders_empty(full), "{full}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_sign_of_ordinary_writing_vanishes(typed in "[一二，。：“”（）~_$%&@+=a-c0-3<>\u{F0000}]{1,40}") {
            let html = to_safe_html(&typed).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let is_quote = typed.starts_with(['>', '+', '=']) || typed.contains("<a") || typed.contains('&');
            if !is_quote {
                proptest::prop_assert_eq!(html, format!("<p>{typed}</p>\n"));
            }
        }

        #[test]
        fn every_word_is_there_whatever_stands_around(
            pieces in proptest::collection::vec("[ \n<>!\\[\\](){}#*_`~|:/&;-]{0,4}", 1..12),
        ) {
            let mut typed = String::new();
            for (at, piece) in pieces.iter().enumerate() {
                typed.push_str(piece);
                typed.extend(["词", &at.to_string(), "尾"]);
            }
            let html = to_safe_html(&typed);
            for at in 0..pieces.len() {
                let word = format!("词{at}尾");
                let coded: String = word.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
                proptest::prop_assert!(html.contains(&word) || html.contains(&coded), "{typed:?} became {html:?}");
            }
        }
    }
}

//! What people type, and what they see of it.

use proptest::prelude::*;

use super::*;

fn link(address: &str, words: &str) -> String {
    format!("<a href=\"{address}\" rel=\"noopener noreferrer nofollow\">{words}</a>")
}

/// What is seen of HTML: its text, without blanks.
fn seen(html: &str) -> String {
    let text: String =
        html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    let text = text
        .replace("&nbsp;", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    without_blanks(&text)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[test]
fn what_the_pages_offer_is_drawn() {
    for (typed, html) in [
        ("**一节课** 两个年级", "<p><strong>一节课</strong> 两个年级</p>\n"),
        ("**重点：**复式", "<p><strong>重点：</strong>复式</p>\n"),
        ("复式**“重点”**在此", "<p>复式<strong>“重点”</strong>在此</p>\n"),
        ("先看，**重点。**再做", "<p>先看，<strong>重点。</strong>再做</p>\n"),
        ("“**甲**”和“**乙**”", "<p>“<strong>甲</strong>”和“<strong>乙</strong>”</p>\n"),
        ("用PPT**必须**交", "<p>用PPT<strong>必须</strong>交</p>\n"),
        ("**两行\n都要**", "<p><strong>两行<br>\n都要</strong></p>\n"),
        ("** 甲 **乙** ", "<p>** 甲 <strong>乙</strong></p>\n"),
        ("# 第一周\n先看", "<h1>第一周</h1>\n<p>先看</p>\n"),
        ("### **一**、二", "<h3><strong>一</strong>、二</h3>\n"),
        ("- 语文\n- 数学", "<ul>\n<li>语文</li>\n<li>数学</li>\n</ul>\n"),
        (
            "先：\n- 语文\n  第一课\n后来",
            "<p>先：</p>\n<ul>\n<li>语文<br>\n第一课</li>\n</ul>\n<p>后来</p>\n",
        ),
        (
            "- 一\n  - 二\n    - 三\n  - 四\n- 五",
            "<ul>\n<li>一\n<ul>\n<li>二\n<ul>\n<li>三</li>\n</ul>\n</li>\n<li>四</li>\n</ul>\n</li>\n<li>五</li>\n</ul>\n",
        ),
    ] {
        assert_eq!(to_safe_html(typed), html, "{typed}");
    }
    for (typed, html) in [
        ("看[课堂](https://a.example/b_(c))。", format!("看{}。", link("https://a.example/b_(c)", "课堂"))),
        (
            "[](https://a.example/?a=1&b=2)",
            link("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&amp;b=2"),
        ),
        ("[**甲**乙](/。*)", link("/。*", "<strong>甲</strong>乙")),
        ("**看[甲](/a)**", format!("<strong>看{}</strong>", link("/a", "甲"))),
        ("[a](mailto:a@a.example)", link("mailto:a@a.example", "a")),
    ] {
        assert_eq!(to_safe_html(typed), format!("<p>{html}</p>\n"), "{typed}");
    }
}

#[test]
fn what_is_typed_without_markdown_in_mind_stays() {
    for typed in [
        "3*4*5=60",
        "2**3**4",
        "x**2+y**2",
        "速度*时间=路程，单价*数量=总价",
        "很*重要*的一课",
        "* 一",
        "3~5 年级，7~9 年级",
        "收到~~谢谢老师~~",
        "（_5_）个，__姓名__",
        "___",
        "---",
        "***",
        "把&lt;PPT&gt;发给我",
        "&gt;90分的同学",
        "1. 语文",
        "3. 三",
        "2、二",
        "5) 五",
        "#一班",
        "#",
        "# ",
        "-5℃",
        "- ",
        "+ 一",
        "C:\\新建文件夹\\*.doc",
        "\\*不是\\*",
        "&amp;lt; &amp;amp; &amp;#8203; &amp;nbsp;",
        "| 一 | 二 |",
        "[^1]: 注",
        "[图]: https://a.example/b",
        "[课堂][一]",
        "&lt;https://a.example&gt;",
        "![课堂](https://a.example/b.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[一 [二]](/a b)",
        "`代码`",
        "- [x] 看过",
    ] {
        let html = to_safe_html(&typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        let shown = typed.strip_prefix("- ").filter(|words| !words.is_empty());
        let whole = match shown {
            Some(words) => format!("<ul>\n<li>{words}</li>\n</ul>\n"),
            None => format!("<p>{}</p>\n", typed.trim_end()),
        };
        assert_eq!(html, whole, "{typed}");
    }
}

#[test]
fn lines_stay_lines() {
    for (typed, html) in [
        ("周一 语文\r\n周二 数学", "<p>周一 语文<br>\n周二 数学</p>\n"),
        ("第一周\n===\n第二周\n---", "<p>第一周<br>\n===<br>\n第二周<br>\n---</p>\n"),
        ("1. 一\n3. 三\n5. 五", "<p>1. 一<br>\n3. 三<br>\n5. 五</p>\n"),
        ("> 90分\n以上", "<p>&gt; 90分<br>\n以上</p>\n"),
        ("    四个空格\n  二", "<p>&nbsp;&nbsp;&nbsp;&nbsp;四个空格<br>\n&nbsp;&nbsp;二</p>\n"),
        ("姓名    年级", "<p>姓名&nbsp;&nbsp;&nbsp;&nbsp;年级</p>\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<p>| a | b |<br>\n|---|---|<br>\n| 1 | 2 |</p>\n"),
        ("```本周任务\n看书\n```", "<p>```本周任务<br>\n看书<br>\n```</p>\n"),
        ("一\n\n\n二", "<p>一</p>\n<p>二</p>\n"),
        ("", ""),
    ] {
        assert_eq!(to_safe_html(typed), html, "{typed}");
    }
}

#[test]
fn nothing_nests_deeper_than_anybody_reads_and_no_word_is_lost() {
    for piece in ["> ", "- ", "<div>\n", "<b>", "[", "![", "*a **b "] {
        let html = to_safe_html(&format!("{}一节课", piece.repeat(3000)));
        assert!(html.contains("一节课"), "{piece}");
    }
    let stairs: String =
        (0..3000).flat_map(|step| [" ".repeat(step % 900), "- 一节课\n".to_owned()]).collect();
    let html = to_safe_html(&stairs);
    assert_eq!(html.matches("一节课").count(), 3000);
    let mut depth: usize = 0;
    for piece in html.split('<') {
        depth += usize::from(piece.starts_with("ul"));
        depth -= usize::from(piece.starts_with("/ul"));
        assert!(depth <= DEEPEST);
    }
    assert_eq!(depth, 0);
}

#[test]
fn hostile_texts_lose_their_teeth() {
    for hostile in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://tracker.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](/a\"onclick=\"alert(1))",
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
            let is_plain =
                ["p", "/p", "br", "/a"].contains(&tag) || tag.starts_with("a href=\"/a&quot;onclick=");
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
        ("一<br>二", "<p>一&lt;br&gt;二</p>\n"),
        ("说“\"好\"”", "<p>说“\"好\"”</p>\n"),
    ] {
        assert_eq!(to_safe_html(typed), html, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_sign_of_ordinary_writing_vanishes(
        typed in "[一二，。、：“”（）~_$%&@+=a-c0-3.<>#!|`^;()\\]\\\\/*\n \u{3000}\u{F0000}\"'-]{1,60}",
    ) {
        // Two stars may be a mark, and so may a sign before a space.
        let is_marked = typed.contains("**") || typed.lines().any(|line| line.trim_start().starts_with(['#', '-']));
        if !is_marked {
            prop_assert_eq!(seen(&to_safe_html(&typed)), without_blanks(&typed));
        }
    }

    #[test]
    fn nothing_but_marks_of_the_pages_is_taken_away(typed in "[一a1 *#\\-\\[\\]()/.:>_`\n]{1,60}") {
        let (html, mut rest) = (seen(&to_safe_html(&typed)), without_blanks(&typed));
        let mut taken = String::new();
        for sign in html.chars() {
            let at = rest.find(sign);
            prop_assert!(at.is_some(), "{typed:?} became {html:?}");
            taken.push_str(&rest[..at.unwrap_or_default()]);
            rest.drain(..at.unwrap_or_default() + sign.len_utf8());
        }
        taken.push_str(&rest);
        let is_link = typed.contains("](");
        prop_assert!(is_link || taken.chars().all(|sign| "*#-".contains(sign)), "{typed:?} became {html:?}");
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
            prop_assert!(html.contains(&format!("词{at}尾")), "{typed:?} became {html:?}");
        }
    }
}

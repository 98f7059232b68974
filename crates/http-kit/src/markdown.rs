//! What people write, as safe HTML, drawn and sanitised when it is stored; the source is kept beside it.
//!
//! The pages offer four marks: `# ` before a heading, `- ` before an item of a list, `**` around what matters, `[words](address)` for a
//! link. Whatever else was typed is shown as it was typed. The rest of Markdown was made for those who know it: there a line of `===`
//! vanishes and makes the one above it large, `3.` becomes `2.`, `速度*时间，单价*数量` loses its stars, and a backslash takes along what follows.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use ammonia::Builder;

use crate::wording::is_visible;

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

/// Draws what was typed as HTML that holds no script, no style, no foreign pictures and only http, https and mailto links.
pub fn to_safe_html(source: &str) -> String {
    let mut page = Page::default();
    for line in source.replace("\r\n", "\n").split(['\n', '\r']) {
        page.add(line.trim_end());
    }
    page.end();
    CLEANER.clean(&page.html).to_string()
}

/// A line, by the mark before it.
enum Line<'a> {
    Blank,
    Heading(usize, &'a str),
    /// How far it is moved, and its words.
    Item(usize, &'a str),
    Words,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let level = line.len() - line.trim_start_matches('#').len();
        let moved = line.len() - line.trim_start_matches(' ').len();
        // A mark before nothing is what was typed.
        let words =
            |mark: &str, from: usize| line[from..].strip_prefix(mark).filter(|words| is_visible(words));
        if line.is_empty() {
            Self::Blank
        } else if let Some(words) = words(" ", level).filter(|_| (1..=6).contains(&level)) {
            Self::Heading(level, words.trim())
        } else if let Some(words) = words("- ", moved) {
            Self::Item(moved, words.trim())
        } else {
            Self::Words
        }
    }
}

/// What is drawn so far.
#[derive(Default)]
struct Page {
    html: String,
    /// The lines of the paragraph or item that is being read.
    lines: Vec<String>,
    /// The open lists, each in an item of the one before: how far their items are moved.
    lists: Vec<usize>,
}

/// Lists stand in each other at most so deep; items that are moved further stand there too.
const DEEPEST: usize = 6;
/// What writing to a text cannot fail with.
const A_STRING: &str = "a String takes all";

impl Page {
    fn add(&mut self, line: &str) {
        match Line::read(line) {
            Line::Blank => self.end(),
            Line::Heading(level, words) => {
                self.end();
                writeln!(self.html, "<h{level}>{}</h{level}>", drawn(&pieces(words))).expect(A_STRING);
            }
            Line::Item(moved, words) => {
                self.end_lines();
                self.begin_item(moved);
                self.lines.push(words.to_owned());
            }
            Line::Words => {
                // The second line of an item is moved below the first.
                let is_of_item = !self.lists.is_empty() && line.starts_with(' ');
                if !self.lists.is_empty() && !is_of_item {
                    self.end();
                }
                self.lines.push(if is_of_item { line.trim_start().to_owned() } else { in_its_place(line) });
            }
        }
    }

    /// Ends what is open: a paragraph, or all lists.
    fn end(&mut self) {
        self.end_lines();
        self.end_lists(0);
    }

    fn end_lines(&mut self) {
        let text = std::mem::take(&mut self.lines).join("\n");
        if text.is_empty() {
            return;
        }
        let text = drawn(&pieces(&text));
        if self.lists.is_empty() {
            writeln!(self.html, "<p>{text}</p>").expect(A_STRING);
        } else {
            self.html.push_str(&text);
        }
    }

    fn begin_item(&mut self, moved: usize) {
        let outer = self.lists.iter().skip(1).take_while(|list| **list <= moved).count() + 1;
        self.end_lists(outer);
        let begin = if self.lists.is_empty() { "<ul>\n<li>" } else { "\n<ul>\n<li>" };
        let is_deeper = self.lists.last().is_none_or(|list| *list < moved) && self.lists.len() < DEEPEST;
        if is_deeper {
            self.lists.push(moved);
        }
        self.html.push_str(if is_deeper { begin } else { "</li>\n<li>" });
    }

    fn end_lists(&mut self, left: usize) {
        let ended = self.lists.len().saturating_sub(left);
        self.lists.truncate(left);
        self.html.push_str(&"</li>\n</ul>\n".repeat(ended));
    }
}

/// A line whose spaces hold it where it was typed.
fn in_its_place(line: &str) -> String {
    let words = line.trim_start_matches([' ', '\t']);
    let before = &line[..line.len() - words.len()];
    before.replace('\t', "    ").replace(' ', "\u{a0}") + &words.replace("  ", "\u{a0}\u{a0}")
}

/// A part of a text.
enum Piece<'a> {
    Words(&'a str),
    Stars { may_open: bool, may_close: bool },
    Link { words: &'a str, address: &'a str },
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(found) = text[at..].find(['*', '[']) {
        at += found;
        let (before, rest) = text.split_at(at);
        let stars = rest.len() - rest.trim_start_matches('*').len();
        let link = link(rest).filter(|_| !before.ends_with('!'));
        let (piece, length) = match (stars, link) {
            (2, _) => (two_stars(before, &rest[2..]), 2),
            (_, Some((link, length))) => (link, length),
            _ => {
                at += stars.max(1);
                continue;
            }
        };
        pieces.extend([Piece::Words(&text[from..at]), piece]);
        at += length;
        from = at;
    }
    pieces.push(Piece::Words(&text[from..]));
    pieces
}

/// Stars with a digit or a Latin letter on either side stand in a calculation: `2**3`.
fn two_stars<'a>(before: &str, after: &str) -> Piece<'a> {
    let (before, after) = (before.chars().next_back(), after.chars().next());
    let is = |sign: Option<char>, like: fn(&char) -> bool| sign.as_ref().is_some_and(like);
    let is_reckoning = is(before, char::is_ascii_alphanumeric) && is(after, char::is_ascii_alphanumeric);
    let is_beside = |sign| is(sign, |sign| !sign.is_whitespace()) && !is_reckoning;
    Piece::Stars { may_open: is_beside(after), may_close: is_beside(before) }
}

/// The link that a text begins with, and its length.
fn link(text: &str) -> Option<(Piece<'_>, usize)> {
    let (words, rest) = text.strip_prefix('[')?.split_once(['[', ']', '\n'])?;
    let from = words.len() + "[](".len();
    if !text[from - 2..].starts_with("](") {
        return None;
    }
    let mut open = 0_usize;
    for (at, sign) in rest[1..].char_indices() {
        match sign {
            ')' if open == 0 => {
                let address = &rest[1..=at];
                let is_link = !address.is_empty() && may_be_followed(address);
                return is_link.then_some((Piece::Link { words, address }, from + at + 1));
            }
            ')' => open -= 1,
            '(' => open += 1,
            '[' | ']' | '<' | '>' => return None,
            sign if sign.is_whitespace() => return None,
            _ => {}
        }
    }
    None
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

/// Within a link there is none: its words end at a bracket.
fn drawn(pieces: &[Piece<'_>]) -> String {
    let mut html = String::new();
    for (piece, mark) in pieces.iter().zip(marks(pieces)) {
        match piece {
            Piece::Words(words) => html.push_str(&escaped(words)),
            Piece::Stars { .. } => html.push_str(mark.unwrap_or("**")),
            Piece::Link { words, address } => {
                let address = escaped(address);
                let words = if is_visible(words) { drawn(&self::pieces(words)) } else { address.clone() };
                write!(html, "<a href=\"{address}\">{words}</a>").expect(A_STRING);
            }
        }
    }
    html
}

/// What each piece is drawn as, where it is a star that has its other.
fn marks(pieces: &[Piece<'_>]) -> Vec<Option<&'static str>> {
    let mut marks = vec![None; pieces.len()];
    let (mut open, mut says_something) = (None, false);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => says_something |= is_visible(words),
            Piece::Link { .. } => says_something = true,
            Piece::Stars { may_open, may_close } => {
                if let Some(other) = open.filter(|_| *may_close && says_something) {
                    (marks[other], marks[at]) = (Some("<strong>"), Some("</strong>"));
                    open = None;
                } else if *may_open {
                    (open, says_something) = (Some(at), false);
                }
            }
        }
    }
    marks
}

/// Words as HTML says them.
fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests;

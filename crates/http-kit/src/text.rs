//! Text that no database keeps, so that it is refused wherever text comes in, with its place: PostgreSQL refuses the character NUL, and half
//! of a pair of surrogates, which JSON can write, is no character at all.

use serde::de::IgnoredAny;

use crate::problem::{FieldProblem, Problem};

/// What cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bad {
    Nul,
    Half,
}

impl Bad {
    fn at(self, pointer: String) -> FieldProblem {
        let (code, text) = match self {
            Self::Nul => (
                "nul",
                kernel::Text::new(
                    "这里有一个空字符（NUL），请删掉它。",
                    "This holds the character NUL; please remove it.",
                ),
            ),
            Self::Half => (
                "half_character",
                kernel::Text::new(
                    "这里有半个字符（多半是没有存完整的表情），请删掉它。",
                    "This holds half of a character (most likely of an emoji); please remove it.",
                ),
            ),
        };
        FieldProblem { pointer, code: code.to_owned(), text }
    }
}

/// Refuses a text with NUL; `pointer` says where it stood.
pub fn check_text(pointer: &str, text: &str) -> Result<(), Problem> {
    if text.contains('\0') { Err(refused(vec![Bad::Nul.at(pointer.to_owned())])) } else { Ok(()) }
}

/// Refuses a JSON body that holds such text anywhere, in values or in names.
pub(crate) fn check_json(bytes: &[u8]) -> Result<(), Problem> {
    // In JSON, it can only be written like this. The text may also be a backslash before five harmless signs, or a whole pair.
    if !bytes.windows(6).any(|six| six == br"\u0000" || is_surrogate(six)) {
        return Ok(());
    }
    // What does not read at all is told by who reads it.
    if serde_json::from_slice::<IgnoredAny>(bytes).is_err() {
        return Ok(());
    }
    let found = places(bytes);
    if found.is_empty() { Ok(()) } else { Err(refused(found)) }
}

/// Refuses a query string that holds NUL.
pub(crate) fn check_query(query: &str) -> Result<(), Problem> {
    let with_nul = query.split('&').filter(|pair| pair.contains("%00"));
    let found: Vec<FieldProblem> = with_nul
        .map(|pair| Bad::Nul.at(format!("/{}", pair.split('=').next().unwrap_or_default())))
        .collect();
    if found.is_empty() { Ok(()) } else { Err(refused(found)) }
}

/// The refusal, with a field for each place.
pub(crate) fn refused(errors: Vec<FieldProblem>) -> Problem {
    let mut problem = Problem::unprocessable(
        "input.invalid",
        "有些文字里有无法保存的字符。",
        "Some text holds a character that cannot be kept.",
    );
    problem.errors = errors;
    problem
}

/// So many places are named, and so many steps of each.
const MOST_PLACES: usize = 100;
const MOST_STEPS: usize = 128;

/// A step down into JSON.
enum Step {
    /// The name is read.
    Field(String),
    /// A name comes next.
    Object,
    Item(usize),
}

/// Where JSON holds what cannot be kept. It goes through the text itself: readers skip what no field takes, and so also numbers, depths
/// and strings that would not become a value.
fn places(json: &[u8]) -> Vec<FieldProblem> {
    let (mut steps, mut found, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(sign) = json.get(at) {
        at += 1;
        match sign {
            b'{' => steps.push(Step::Object),
            b'[' => steps.push(Step::Item(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Item(number)) => *number += 1,
                Some(step) => *step = Step::Object,
                None => {}
            },
            b'"' => {
                let (end, bad) = string(json, at);
                if let Some(step @ Step::Object) = steps.last_mut() {
                    *step = Step::Field(name(&json[at - 1..end]));
                }
                if let Some(bad) = bad.filter(|_| found.len() < MOST_PLACES) {
                    found.push(bad.at(pointer(&steps)));
                }
                at = end;
            }
            _ => {}
        }
    }
    found.dedup_by(|one, other| one.pointer == other.pointer);
    found
}

/// Where a string ends that begins here, and what of it cannot be kept.
fn string(json: &[u8], start: usize) -> (usize, Option<Bad>) {
    let (mut at, mut bad) = (start, None);
    while let Some(sign) = json.get(at) {
        match sign {
            b'"' => return (at + 1, bad),
            b'\\' => {
                let (length, found) = escape(&json[at..]);
                bad = bad.or(found);
                at += length;
            }
            _ => at += 1,
        }
    }
    (json.len(), bad)
}

/// How long an escape is, with the other half of a pair.
fn escape(json: &[u8]) -> (usize, Option<Bad>) {
    match surrogate(json) {
        Some(0xd8..=0xdb) if matches!(json.get(6..).and_then(surrogate), Some(0xdc..=0xdf)) => (12, None),
        Some(_) => (6, Some(Bad::Half)),
        None => (2, json.starts_with(br"\u0000").then_some(Bad::Nul)),
    }
}

/// The first byte of the surrogate that an escape names.
fn surrogate(json: &[u8]) -> Option<u8> {
    let digits = json.strip_prefix(br"\u")?.get(..2)?;
    let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (0xd8..=0xdf).contains(&byte).then_some(byte)
}

fn is_surrogate(json: &[u8]) -> bool {
    json.starts_with(br"\u") && surrogate(json).is_some()
}

fn name(quoted: &[u8]) -> String {
    serde_json::from_slice(quoted).unwrap_or_else(|_| String::from_utf8_lossy(quoted).into_owned())
}

fn pointer(steps: &[Step]) -> String {
    let mut pointer = String::new();
    for step in steps.iter().take(MOST_STEPS) {
        pointer.push('/');
        match step {
            Step::Field(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
            Step::Item(number) => pointer.push_str(&number.to_string()),
            Step::Object => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(problem: &Problem) -> Vec<&str> {
        problem.errors.iter().map(|error| error.pointer.as_str()).collect()
    }

    #[test]
    fn every_place_with_nul_is_named() {
        let body =
            br#"{"title":"a\u0000","lines":[{"t":"good"},{"t":["x","\u0000"]}],"a/b~":"\u0000","k\u0000":1}"#;
        let problem = check_json(body).expect_err("four places");
        assert_eq!(pointers(&problem), ["/title", "/lines/1/t/1", "/a~1b~0", "/k\0"]);
        assert!(problem.errors.iter().all(|error| error.code == "nul"));
    }

    #[test]
    fn nul_is_named_beside_what_no_value_holds() {
        for junk in
            ["1e999".to_owned(), format!("{}{}", "[".repeat(200), "]".repeat(200)), r#""\ud800""#.into()]
        {
            for body in [
                format!(r#"{{"junk":{junk},"lines":[{{}},{{"title":"a\u0000"}}]}}"#),
                format!(r#"{{"lines":[{{"x":",]\"{{"}},{{"title":"\u0000"}}],"junk":{junk}}}"#),
            ] {
                let problem = check_json(body.as_bytes()).expect_err(&body);
                let mut found = pointers(&problem);
                found.retain(|pointer| *pointer != "/junk");
                assert_eq!(found, ["/lines/1/title"], "{body}");
            }
        }
    }

    #[test]
    fn half_of_a_character_is_named() {
        for (bad, good) in [
            (r"\ud83d", r"\ud83d\ude00"),
            (r"\ude00", r"\uD83D\uDE00"),
            (r"\ude00\ud83d", r"\\ud83d"),
            (r"\ud83d\ud83d\ude00", r"\ud83d\ude00\ud83d\ude00"),
            (r"\ud83dude00", r"ud83d"),
        ] {
            let problem = check_json(format!(r#"{{"a":"甲","b":["{bad}"]}}"#).as_bytes()).expect_err(bad);
            assert_eq!(pointers(&problem), ["/b/0"], "{bad}");
            assert_eq!(problem.errors[0].code, "half_character");
            assert!(check_json(format!(r#"{{"b":["{good}"]}}"#).as_bytes()).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_flood_of_places_is_cut() {
        let deep =
            format!("{}{}{}", "[".repeat(20_000), r#""\u0000","#.repeat(9_000) + "1", "]".repeat(20_000));
        let problem = check_json(deep.as_bytes()).expect_err("many");
        assert!(problem.errors.len() <= MOST_PLACES);
        assert!(problem.errors.iter().all(|error| error.pointer.len() <= 2 * MOST_STEPS));
    }

    #[test]
    fn a_backslash_before_signs_that_look_like_it_is_text() {
        for good in [
            &br#"{"t":"\\u0000"}"#[..],
            b"{}",
            b"",
            br#"{"t":"\u0001"}"#,
            br"no json \u0000",
            br#"{"t":"\u0000""#,
        ] {
            assert!(check_json(good).is_ok(), "{}", String::from_utf8_lossy(good));
        }
    }

    #[test]
    fn parameters_with_nul_are_named() {
        assert_eq!(pointers(&check_query("q=a&after=x%00y").expect_err("one")), ["/after"]);
        assert!(check_query("q=%2500&limit=3").is_ok());
    }
}

//! Text that no database keeps: PostgreSQL refuses the character NUL, so it is refused wherever text comes in, with its place.

use serde::de::IgnoredAny;

use crate::problem::{FieldProblem, Problem};

/// Refuses a text with NUL; `pointer` says where it stood.
pub fn check_text(pointer: &str, text: &str) -> Result<(), Problem> {
    if text.contains('\0') { Err(refused([pointer.to_owned()])) } else { Ok(()) }
}

/// Refuses a JSON body that holds NUL anywhere, in values or in names.
pub(crate) fn check_json(bytes: &[u8]) -> Result<(), Problem> {
    // In JSON, NUL can only be written like this. The text may also be a backslash before five harmless signs.
    if !bytes.windows(6).any(|six| six == br"\u0000") {
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
    let found: Vec<String> =
        with_nul.map(|pair| format!("/{}", pair.split('=').next().unwrap_or_default())).collect();
    if found.is_empty() { Ok(()) } else { Err(refused(found)) }
}

/// The refusal, with a field for each place.
pub(crate) fn refused(pointers: impl IntoIterator<Item = String>) -> Problem {
    let mut problem = Problem::unprocessable(
        "input.invalid",
        "有些文字里有无法保存的字符。",
        "Some text holds a character that cannot be kept.",
    );
    problem.errors = pointers
        .into_iter()
        .map(|pointer| FieldProblem {
            pointer,
            code: "nul".to_owned(),
            text: kernel::Text::new(
                "这里有一个空字符（NUL），请删掉它。",
                "This holds the character NUL; please remove it.",
            ),
        })
        .collect();
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

/// Where JSON holds NUL. It goes through the text itself: readers skip what no field takes, and so also numbers, depths and strings
/// that would not become a value.
fn places(json: &[u8]) -> Vec<String> {
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
                let (end, has_nul) = string(json, at);
                if let Some(step @ Step::Object) = steps.last_mut() {
                    *step = Step::Field(name(&json[at - 1..end]));
                }
                if has_nul && found.len() < MOST_PLACES {
                    found.push(pointer(&steps));
                }
                at = end;
            }
            _ => {}
        }
    }
    found.dedup();
    found
}

/// Where a string ends that begins here, and whether it holds NUL.
fn string(json: &[u8], start: usize) -> (usize, bool) {
    let (mut at, mut has_nul) = (start, false);
    while let Some(sign) = json.get(at) {
        match sign {
            b'"' => return (at + 1, has_nul),
            b'\\' => {
                has_nul |= json[at..].starts_with(br"\u0000");
                at += 2;
            }
            _ => at += 1,
        }
    }
    (json.len(), has_nul)
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
                assert_eq!(pointers(&problem), ["/lines/1/title"], "{body}");
            }
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

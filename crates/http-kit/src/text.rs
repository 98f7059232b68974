//! Text that no database keeps: PostgreSQL refuses the character NUL, so it is refused wherever text comes in, with its place.

use serde_json::Value;

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
    let Ok(json) = serde_json::from_slice(bytes) else { return Ok(()) };
    let mut found = Vec::new();
    walk(&json, &mut String::new(), &mut found);
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

fn walk(json: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let mut below = |step: &str, is_bad: bool, value: &Value| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        if is_bad {
            found.push(pointer.clone());
        } else {
            walk(value, pointer, found);
        }
        pointer.truncate(length);
    };
    match json {
        Value::String(text) if text.contains('\0') => found.push(pointer.clone()),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                below(&at.to_string(), false, item);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                below(name, name.contains('\0'), value);
            }
        }
        _ => {}
    }
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
        assert_eq!(pointers(&problem), ["/a~1b~0", "/k\0", "/lines/1/t/1", "/title"]);
        assert!(problem.errors.iter().all(|error| error.code == "nul"));
    }

    #[test]
    fn a_backslash_before_signs_that_look_like_it_is_text() {
        for good in [&br#"{"t":"\\u0000"}"#[..], b"{}", b"", br#"{"t":"\u0001"}"#, br"no json \u0000"] {
            assert!(check_json(good).is_ok(), "{}", String::from_utf8_lossy(good));
        }
    }

    #[test]
    fn parameters_with_nul_are_named() {
        assert_eq!(pointers(&check_query("q=a&after=x%00y").expect_err("one")), ["/after"]);
        assert!(check_query("q=%2500&limit=3").is_ok());
    }
}

//! What is refused: the same problem to readers of both languages, each in their own words, and nothing changed.

use serde_json::Value;

use crate::client::{Person, Request, text};

/// Sends what must be refused, once in each language, and reads before and after what it would have changed.
pub async fn refused(
    who: &Person,
    request: &Request,
    status: u16,
    code: &str,
    witness: (&Person, &str),
) -> Value {
    let (watcher, path) = witness;
    let before = watcher.get(path).await.expect(200).json();
    let problem = told(who, request, status, code).await;
    let after = watcher.get(path).await.expect(200).json();
    assert_eq!(without_clock(before), without_clock(after), "{code} changed {path}");
    problem
}

/// The same where there is nothing that could change.
pub async fn told(who: &Person, request: &Request, status: u16, code: &str) -> Value {
    let chinese = who.send(request).await;
    assert_eq!(chinese.header("content-type"), "application/problem+json");
    assert_eq!(chinese.header("content-language"), "zh-CN");
    let chinese = chinese.expect_problem(status, code);
    let english = who.in_english().send(request).await;
    assert_eq!(english.header("content-language"), "en");
    let english = english.expect_problem(status, code);
    assert!(reads_chinese(&text(&chinese["title"])), "{chinese}");
    assert!(!reads_chinese(&text(&english["title"])), "{english}");
    assert_eq!(pointers(&chinese), pointers(&english));
    chinese
}

/// Names and headings stay as they are in a sentence of either language.
fn reads_chinese(sentence: &str) -> bool {
    let signs = sentence.chars().filter(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter)).count();
    let words = sentence.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    signs > words.count()
}

/// Which fields a problem names, each with its code.
pub fn pointers(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    errors.iter().map(|error| format!("{} {}", text(&error["pointer"]), text(&error["code"]))).collect()
}

/// The moment of an answer is no content of it.
fn without_clock(mut answer: Value) -> Value {
    for clock in ["now", "checked_at", "computed_at"] {
        answer.as_object_mut().and_then(|answer| answer.remove(clock));
    }
    answer
}

//! Which fields of a body are words that somebody types.

use serde_json::Value;

/// What nobody sees: spaces, a wide space and a line break, a zero-width space, a turn of direction, a control character, a joiner; and the
/// name of such a sign.
const BLANKS: [&str; 7] = ["  ", "\u{3000}\n", "\u{200b}", "\u{202e}", "\u{1}", "\u{200d}", "&#8203;"];

/// Marks of layout around nothing.
const MARKS: [&str; 2] = ["** **", "> \n> -"];

/// Where somebody says something, in words.
const SAID: [(&str, &str); 10] = [
    ("/api/v1/classes/{class_id}/topics", "body"),
    ("/api/v1/topics/{topic_id}/posts", "body"),
    ("/api/v1/posts/{post_id}", "body"),
    ("/api/v1/classes/{class_id}/announcements", "body"),
    ("/api/v1/tasks/{task_id}/reflection/hand-in", "body"),
    ("/api/v1/tasks/{task_id}/withdraw", "correction"),
    ("/api/v1/classes/{class_id}/charter/clauses", "body"),
    ("/api/v1/applications/{application_id}/decide", "reason"),
    ("/api/v1/trainings/{training_id}/plan/return", "reasons"),
    ("/api/v1/certificate-changes/{change_id}/refuse", "reason"),
];

/// What is no text at this place.
pub fn blanks(path: &str, pointer: &str) -> impl Iterator<Item = &'static str> {
    let is_said = SAID.iter().any(|(said, field)| *said == path && pointer.strip_prefix('/') == Some(*field));
    BLANKS.into_iter().chain(MARKS.into_iter().filter(move |_| is_said))
}

/// Strings that are no words, with what they are.
const NO_WORDS: [(&str, &str); 9] = [
    ("client_id", "a device's own name of a post"),
    ("login", "a name that is looked up"),
    ("password", "a secret"),
    ("current", "a secret"),
    ("token", "a secret"),
    ("phone", "a number with its own rule"),
    ("time_zone", "a name with its own rule"),
    ("url", "an address with its own rule"),
    ("credits", "a number with its own rule"),
];

/// What may be left blank: drafts, what a gap reports, a text beside a file, and what a kind of task does not need.
const MAY_BE_BLANK: [(&str, &str); 9] = [
    ("/api/v1/tasks/{task_id}/submission/hand-in", "text"),
    ("/api/v1/task-lists/{list_id}/tasks", "body_markdown"),
    ("/api/v1/tasks/{task_id}", "body_markdown"),
    ("/api/v1/tasks/{task_id}/reflection", "draft"),
    ("/api/v1/tasks/{task_id}/submission", "text"),
    ("/api/v1/trainings/{training_id}/plan", "purpose"),
    ("/api/v1/trainings/{training_id}/plan", "target_group"),
    ("/api/v1/task-lists/{list_id}", "goal"),
    ("/api/v1/trainings/{training_id}/task-lists", "goal"),
];

/// Where a body holds words that must be there.
pub fn required(document: &Value, method: &str, path: &str, body: &Value) -> Vec<String> {
    let content = &document["paths"][path][method.to_lowercase()]["requestBody"]["content"];
    let schema = &content["application/json"]["schema"];
    let mut found = Vec::new();
    walk(document, schema, body, &mut String::new(), &mut found);
    found.retain(|pointer| {
        let name = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err()).unwrap_or_default();
        !NO_WORDS.iter().any(|(no_word, _)| *no_word == name) && !MAY_BE_BLANK.contains(&(path, name))
    });
    found
}

fn walk(document: &Value, schema: &Value, value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let schema = resolved(document, schema);
    match value {
        Value::String(_) => {
            let is_free =
                ["enum", "format", "pattern", "oneOf", "const"].iter().all(|key| schema.get(key).is_none());
            let is_text = schema["type"] == "string"
                || schema["type"].as_array().is_some_and(|types| types.contains(&"string".into()));
            if is_free && is_text {
                found.push(pointer.clone());
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                below(pointer, &at.to_string(), |pointer| {
                    walk(document, &schema["items"], item, pointer, found);
                });
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let schema = &schema["properties"][name];
                below(pointer, name, |pointer| walk(document, schema, field, pointer, found));
            }
        }
        _ => {}
    }
}

fn below(pointer: &mut String, step: &str, go: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(step);
    go(pointer);
    pointer.truncate(length);
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or(schema),
        None => schema,
    }
}

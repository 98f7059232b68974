//! Text that no database keeps, sent to every operation of the contract in every place where it takes text: the place is named, and nothing
//! ever answers that it does not know what happened.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::{Map, Value, json};
use testkit::{TestBed, on_both_databases};

use super::house::{Answer, House};
use super::place::Caller;
use super::table::TABLE;
use super::{document, welcome};

/// Stands in a body where what cannot be kept will stand.
const MARK: &str = "\u{f8ff}";
/// As JSON writes them: NUL, and either half of a pair.
const UNKEPT: [&str; 3] = ["\\u0000", "\\ud83d", "\\ude00"];
/// A form with files, cut into parts by `b`.
const FORM: &str = "multipart/form-data; boundary=b";
/// How deep bodies are followed: one that holds itself is followed this far.
const DEEPEST: usize = 8;

/// Headers that are read, by anybody.
const HEADERS: [&str; 12] = [
    "idempotency-key",
    "if-match",
    "if-none-match",
    "if-range",
    "range",
    "accept-language",
    "authorization",
    "cookie",
    "content-type",
    "origin",
    "x-forwarded-for",
    "x-request-id",
];
/// No header holds NUL itself: that ends a connection before it is a request.
const VALUES: [&[u8]; 3] = [b"%00%00%00%00", b"\\u0000\\u0000", b"\xed\xa0\x80\xff\xff\xff\xff\xff"];

/// Whoever comes furthest with a route; some belong to people of no column.
fn caller_of(row: &str) -> Caller {
    welcome(row).last().unwrap_or(Caller::Learner)
}

fn names(answer: &Answer, pointer: &str) -> bool {
    let errors = answer.problem["errors"].as_array().into_iter().flatten();
    let mut pointers = errors.filter_map(|error| error["pointer"].as_str());
    answer.status == StatusCode::UNPROCESSABLE_ENTITY && pointers.any(|named| named == pointer)
}

on_both_databases!(every_place_in_a_body_is_named, |bed: TestBed| async move {
    let document = document().await;
    let mut house = House::on(bed).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for (method, path, row) in TABLE.iter().filter(|(method, ..)| *method != "GET") {
        let Some(schema) = content(&document, method, path, "application/json") else { continue };
        let base = house.body(method, path).expect("a body");
        let caller = caller_of(row);
        for place in texts(&document, schema, &base) {
            let body = with_mark(&base, &place).to_string();
            let pointer = format!("/{}", place.join("/"));
            for unkept in UNKEPT {
                let body = body.replace(MARK, unkept).into_bytes();
                let address = house.address(path);
                let answer = house.ask_raw(method, &address, caller, &[], ("application/json", body)).await;
                asked += 1;
                // Who is hidden from says nothing about what was sent.
                let is_hidden = welcome(row).next().is_none() && answer.status.is_client_error();
                if !names(&answer, &pointer) && !is_hidden {
                    wrong.push(format!(
                        "{method} {path} {pointer} {unkept}: {} {}",
                        answer.status, answer.problem
                    ));
                }
            }
        }
    }
    assert!(asked > 500, "{asked} places were asked about");
    assert!(wrong.is_empty(), "{} places are not named:\n{}", wrong.len(), wrong.join("\n"));
});

on_both_databases!(every_place_in_a_form_is_named, |bed: TestBed| async move {
    let document = document().await;
    let mut house = House::on(bed).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for (method, path, row) in TABLE.iter().filter(|(method, ..)| *method == "POST") {
        let Some(schema) = content(&document, method, path, "multipart/form-data") else { continue };
        let caller = caller_of(row);
        let mut fields = resolved(&document, schema)["properties"].as_object().expect("fields").clone();
        for field in fields.values_mut() {
            *field = resolved(&document, field).clone();
        }
        let video = path.ends_with("/micro-videos");
        for (name, field) in &fields {
            let is_file = field["format"] == "binary";
            // The text, and the names of a field and of a file.
            let forms = if is_file {
                vec![form(&fields, Some((name, "name")), "", video), form(&fields, None, "甲\0.pdf", video)]
            } else {
                vec![
                    form(&fields, Some((name, "text")), "", video),
                    form(&fields, Some((name, "name")), "", video),
                ]
            };
            for (at, body) in forms.into_iter().enumerate() {
                let address = house.address(path);
                let answer = house.ask_raw(method, &address, caller, &[], (FORM, body)).await;
                asked += 1;
                let is_text = !is_file && at == 0;
                let is_good = if is_text {
                    names(&answer, &format!("/{name}"))
                } else {
                    !answer.status.is_server_error()
                };
                if !is_good {
                    wrong.push(format!("{method} {path} {name} {at}: {} {}", answer.status, answer.problem));
                }
            }
        }
    }
    assert!(asked > 20, "{asked} places were asked about");
    assert!(wrong.is_empty(), "{} places answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
});

on_both_databases!(every_parameter_is_refused, |bed: TestBed| async move {
    let document = document().await;
    let mut house = House::on(bed).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for (method, path, row) in TABLE {
        let caller = caller_of(row);
        let parameters = document["paths"][path][method.to_lowercase()]["parameters"].as_array();
        let (content_type, body) = if *method == "GET" {
            ("text/plain", String::new())
        } else {
            ("application/json", house.body(method, path).unwrap_or_else(|| json!({})).to_string())
        };
        for parameter in parameters.into_iter().flatten() {
            let name = parameter["name"].as_str().expect("a name");
            let address = match parameter["in"].as_str() {
                Some("path") => house.address(&path.replace(&format!("{{{name}}}"), "a%00b")),
                Some("query") => with_parameter(&house.address(path), name),
                _ => continue,
            };
            let answer =
                house.ask_raw(method, &address, caller, &[], (content_type, body.clone().into_bytes())).await;
            asked += 1;
            // The ticket of a socket is not looked at where none is asked for.
            let is_no_socket = answer.code() == "live.not_a_socket";
            let is_hidden = answer.status == StatusCode::NOT_FOUND || is_no_socket;
            let is_at_the_door = welcome(row).next().is_none() && answer.status.is_client_error();
            if !(names(&answer, &format!("/{name}")) || is_hidden || is_at_the_door) {
                wrong.push(format!("{method} {path} {name}: {} {}", answer.status, answer.problem));
            }
        }
    }
    assert!(asked > 200, "{asked} parameters were asked about");
    assert!(wrong.is_empty(), "{} parameters answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
});

on_both_databases!(no_header_is_an_unforeseen_one, |bed: TestBed| async move {
    let document = document().await;
    let told: BTreeSet<String> = document["paths"]
        .as_object()
        .expect("paths")
        .values()
        .flat_map(|operations| operations.as_object().expect("operations").values())
        .flat_map(|operation| operation["parameters"].as_array().cloned().unwrap_or_default())
        .filter(|parameter| parameter["in"] == "header")
        .map(|parameter| parameter["name"].as_str().expect("a name").to_lowercase())
        .collect();
    assert!(told.iter().all(|name| HEADERS.contains(&name.as_str())), "{told:?}");
    let mut house = House::on(bed).await;
    let mut wrong = Vec::new();
    for (at, (method, path, row)) in TABLE.iter().enumerate() {
        let caller = caller_of(row);
        let body = if *method == "GET" { None } else { house.body(method, path) };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        for name in HEADERS {
            // What all routes read alike meets one value at each of them.
            let values = if told.contains(name) { &VALUES[..] } else { &VALUES[at % VALUES.len()..][..1] };
            for value in values {
                let sent = ("application/json", body.clone().into_bytes());
                let address = house.address(path);
                let answer = house.ask_raw(method, &address, caller, &[(name, value)], sent).await;
                if answer.status.is_server_error() {
                    wrong.push(format!("{method} {path} {name} {value:?}: {}", answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} headers are unforeseen:\n{}", wrong.len(), wrong.join("\n"));
});

fn content<'a>(document: &'a Value, method: &str, path: &str, kind: &str) -> Option<&'a Value> {
    let content = &document["paths"][path][method.to_lowercase()]["requestBody"]["content"][kind];
    content.get("schema")
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// Where a body may hold text: by its schema, and where an example does.
fn texts(document: &Value, schema: &Value, example: &Value) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    told(document, schema, &mut Vec::new(), &mut found);
    shown(example, &mut Vec::new(), &mut found);
    found
}

fn told(document: &Value, schema: &Value, place: &mut Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    if place.len() > DEEPEST {
        return;
    }
    let schema = resolved(document, schema);
    for way in ["oneOf", "anyOf", "allOf"] {
        for one in schema[way].as_array().into_iter().flatten() {
            told(document, one, place, found);
        }
    }
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&kind.into()))
    };
    if is("string") {
        found.insert(place.clone());
    }
    let mut below = |name: &str, schema: &Value| {
        place.push(name.to_owned());
        told(document, schema, place, found);
        place.pop();
    };
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        below(name, field);
    }
    if schema["additionalProperties"].is_object() {
        below("any", &schema["additionalProperties"]);
    }
    if is("array") {
        below("0", &schema["items"]);
    }
}

fn shown(value: &Value, place: &mut Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    let below: Vec<(String, &Value)> = match value {
        Value::String(_) => {
            found.insert(place.clone());
            return;
        }
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
        _ => return,
    };
    for (name, value) in below {
        place.push(name);
        shown(value, place, found);
        place.pop();
    }
}

/// The example with the mark at a place, which is made where there is none.
fn with_mark(example: &Value, place: &[String]) -> Value {
    let Some((step, rest)) = place.split_first() else { return format!("甲{MARK}乙").into() };
    if let Ok(at) = step.parse::<usize>() {
        let mut items = example.as_array().cloned().unwrap_or_default();
        items.resize(items.len().max(at + 1), Value::Null);
        items[at] = with_mark(&items[at], rest);
        return items.into();
    }
    let mut fields = example.as_object().cloned().unwrap_or_default();
    let below = with_mark(fields.get(step).unwrap_or(&Value::Null), rest);
    fields.insert(step.clone(), below);
    fields.into()
}

/// A form in which one field has NUL in its text or its name, or the file in its name.
fn form(
    fields: &Map<String, Value>,
    bad: Option<(&String, &str)>,
    file_name: &str,
    is_video: bool,
) -> Vec<u8> {
    let video: &[u8] = include_bytes!("../../../demo/videos/v1-one-day.mp4");
    let file = if is_video { video } else { b"%PDF-1.4" };
    let mut form = Vec::new();
    for (name, field) in fields {
        let nul = |place: &str| if bad == Some((name, place)) { "\0" } else { "" };
        form.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}{}\"", nul("name")).bytes());
        if field["format"] == "binary" {
            let file_name = if file_name.is_empty() { "a.pdf" } else { file_name };
            form.extend(format!("; filename=\"{file_name}\"\r\n\r\n").bytes());
            form.extend(file);
        } else {
            let text = field["enum"][0].as_str().unwrap_or("甲乙");
            form.extend(format!("\r\n\r\n{text}{}", nul("text")).bytes());
        }
        form.extend(b"\r\n");
    }
    form.extend(b"--b--\r\n");
    form
}

/// The address with this parameter, in place of the one that it has.
fn with_parameter(address: &str, name: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
    let pairs: Vec<&str> = others.collect();
    let bad = format!("{name}=a%00b");
    format!("{path}?{}", pairs.into_iter().chain([bad.as_str()]).collect::<Vec<_>>().join("&"))
}

//! Typed input: a body or a query that reads as its type and keeps its rules, or a problem that names each wrong field.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use garde::Validate;
use http::request::Parts;
use http::{StatusCode, header};
use kernel::Text;
use serde::de::DeserializeOwned;

use crate::arrival::is_form;
use crate::problem::{FieldProblem, Problem};
use crate::rules_text::{BothLanguages, unpack};
use crate::text;

/// A JSON body that keeps its type's rules.
#[derive(Debug, Clone)]
pub struct Input<T>(pub T);

impl<S, T> FromRequest<S> for Input<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = body(request, state).await?;
        parse(&bytes).map(Self)
    }
}

/// A query string that keeps its type's rules.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Validate<Context = ()> + Send,
{
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        text::check_query(parts.uri.query().unwrap_or_default())?;
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await.map_err(|e| {
            malformed("地址里的参数不对。", "The parameters of the address are malformed.", &e.body_text())
        })?;
        check(&query.0)?;
        Ok(Self(query.0))
    }
}

pub(crate) async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    let is_json =
        request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|v| {
            v.split(';').next().is_some_and(|t| t.trim().eq_ignore_ascii_case("application/json"))
        });
    // Nobody has read it yet, and who asks is known already: a form is not waited for here.
    if is_form(request.headers()) {
        return Err(not_json());
    }
    let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return too_large();
        }
        not_whole(&rejection.body_text())
    })?;
    if !bytes.is_empty() && !is_json {
        return Err(not_json());
    }
    Ok(bytes)
}

fn not_json() -> Problem {
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "request.not_json",
        "请求应当是 JSON（Content-Type: application/json）。",
        "The request should be JSON (Content-Type: application/json).",
    )
}

pub(crate) fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "request.too_large",
        "上传的内容太大了。",
        "What you sent is too large.",
    )
}

pub(crate) fn not_whole(why: &str) -> Problem {
    malformed("请求没有完整到达。", "The request did not arrive whole.", why)
}

pub(crate) fn parse<T: DeserializeOwned + Validate<Context = ()>>(bytes: &[u8]) -> Result<T, Problem> {
    // A body-less POST reads as an empty object, so that optional inputs stay optional.
    let json = if bytes.is_empty() { b"{}" } else { bytes };
    text::check_json(json)?;
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let why = error.inner().to_string();
        let problem = unreadable(&why);
        // What is no JSON, or ends too early, has no field to blame.
        if !error.inner().is_data() {
            return problem;
        }
        let (at, code, text) = in_words(pointer(&error.path().to_string()), &why);
        problem.field(at, code, text.zh, text.en)
    })?;
    // What follows the value would be read by nobody, and yet count for the idempotency key.
    reader.end().map_err(|error| unreadable(&error.to_string()))?;
    check(&value)?;
    Ok(value)
}

fn unreadable(why: &str) -> Problem {
    malformed("请求里有读不懂的内容。", "Something in the request could not be read.", why)
}

fn check<T: Validate<Context = ()>>(value: &T) -> Result<(), Problem> {
    let Err(report) = garde::with_i18n(BothLanguages, || value.validate()) else { return Ok(()) };
    let mut problem = Problem::unprocessable(
        "input.invalid",
        "有几项需要修改，其他内容都保留着。",
        "Some fields need a change; nothing else is lost.",
    );
    for (path, error) in report.iter() {
        let (code, text) = unpack(error.message());
        problem.errors.push(FieldProblem { pointer: pointer(&path.to_string()), code, text });
    }
    Err(problem)
}

/// What the parser says is for whoever writes a client: no reader of a page is shown it.
fn malformed(zh: &str, en: &str, why: &str) -> Problem {
    Problem::bad_request("request.malformed", zh, en).extra(serde_json::json!({ "parser": why }))
}

/// Where the parser stopped and what a person should do there.
fn in_words(at: String, why: &str) -> (String, &'static str, Text) {
    let named = why.split('`').nth(1).filter(|name| !name.is_empty());
    if let Some(name) = named.filter(|_| why.starts_with("missing field")) {
        let below = format!("{at}{}", pointer(name));
        return (below, "required", Text::new("请填写这一项。", "Please fill this in."));
    }
    if why.starts_with("unknown field") {
        return (at, "unknown", Text::new("没有这一项，请去掉。", "There is no such field; leave it out."));
    }
    let wants_number = ["expected u", "expected i", "expected f"].iter().any(|kind| why.contains(kind));
    let text = if wants_number {
        Text::new("请填写数字，大小也要合适。", "Please give a number of a fitting size.")
    } else {
        Text::new("这一项的格式不对。", "This is not in the form that is asked for.")
    };
    (at, "unreadable", text)
}

/// `lines[0].title` as `/lines/0/title`.
fn pointer(path: &str) -> String {
    let mut out = String::new();
    for piece in path.split(['.', '[', ']']).filter(|p| !p.is_empty()) {
        out.push('/');
        out.push_str(&piece.replace('~', "~0").replace('/', "~1"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize, Validate)]
    struct Line {
        #[garde(length(chars, min = 1, max = 3))]
        title: String,
    }
    #[derive(Debug, serde::Deserialize, Validate)]
    struct Body {
        #[garde(dive)]
        lines: Vec<Line>,
    }

    #[test]
    fn each_wrong_field_is_named_in_both_languages() {
        let problem = parse::<Body>(r#"{"lines":[{"title":"好"},{"title":"太长太长"}]}"#.as_bytes())
            .expect_err("too long");
        assert_eq!(problem.code, "input.invalid");
        assert_eq!(problem.errors[0].pointer, "/lines/1/title");
        assert_eq!(problem.errors[0].code, "too_long");
        assert!(problem.errors[0].text.zh.contains('3') && problem.errors[0].text.en.contains('3'));
    }

    #[test]
    fn unreadable_field_is_named() {
        let problem = parse::<Body>(br#"{"lines":[{"title":7}]}"#).expect_err("a number is no title");
        assert_eq!(problem.code, "request.malformed");
        assert_eq!(problem.errors[0].pointer, "/lines/0/title");
    }

    #[derive(Debug, serde::Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Plan {
        #[garde(skip)]
        #[expect(dead_code, reason = "only read")]
        weeks: u16,
        #[garde(dive)]
        lines: Vec<Line>,
    }

    #[test]
    fn nobody_reads_the_parsers_words() {
        for (body, pointer, code, zh) in [
            (r#"{"weeks":"","lines":[]}"#, "/weeks", "unreadable", "请填写数字，大小也要合适。"),
            (r#"{"weeks":-1,"lines":[]}"#, "/weeks", "unreadable", "请填写数字，大小也要合适。"),
            (r#"{"weeks":70000,"lines":[]}"#, "/weeks", "unreadable", "请填写数字，大小也要合适。"),
            (r#"{"weeks":2,"lines":[{}]}"#, "/lines/0/title", "required", "请填写这一项。"),
            (r#"{"weeks":2,"lines":[{"title":7}]}"#, "/lines/0/title", "unreadable", "这一项的格式不对。"),
            (r#"{"weeks":2,"lines":[],"more":1}"#, "/more", "unknown", "没有这一项，请去掉。"),
            (r#"{"lines":[]}"#, "/weeks", "required", "请填写这一项。"),
        ] {
            let problem = parse::<Plan>(body.as_bytes()).expect_err(body);
            assert_eq!(problem.errors.len(), 1, "{body}");
            let field = &problem.errors[0];
            assert_eq!((field.pointer.as_str(), field.code.as_str()), (pointer, code), "{body}");
            assert_eq!(field.text.zh, zh, "{body}");
            assert!(!field.text.en.contains('`') && problem.detail.is_none(), "{body}");
            assert!(problem.extra.is_some_and(|extra| extra["parser"].is_string()), "{body}");
        }
    }

    #[test]
    fn what_does_not_read_at_all_names_no_field() {
        let problem = parse::<Body>(b"{\"lines\":").expect_err("cut off");
        assert_eq!((problem.code, problem.errors.len()), ("request.malformed", 0));
        assert!(problem.detail.is_none());
    }

    #[test]
    fn nothing_but_space_follows_the_body() {
        assert!(parse::<Body>(b"{\"lines\":[]} \r\n\t").is_ok());
        for rest in ["x", "{}", "{\"lines\":[]}", "]", "\0", ",", "\u{feff}"] {
            let body = format!(r#"{{"lines":[]}}{rest}"#);
            let problem = parse::<Body>(body.as_bytes()).expect_err(rest);
            assert_eq!(
                (problem.status, problem.code),
                (StatusCode::BAD_REQUEST, "request.malformed"),
                "{rest}"
            );
        }
    }
}

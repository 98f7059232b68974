//! Typed input: a body or a query that reads as its type and keeps its rules, or a problem that names each wrong field.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use garde::Validate;
use http::request::Parts;
use http::{StatusCode, header};
use serde::de::DeserializeOwned;

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
    let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "request.too_large",
                "上传的内容太大了。",
                "What you sent is too large.",
            );
        }
        malformed("请求没有完整到达。", "The request did not arrive whole.", &rejection.body_text())
    })?;
    if !bytes.is_empty() && !is_json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.not_json",
            "请求应当是 JSON（Content-Type: application/json）。",
            "The request should be JSON (Content-Type: application/json).",
        ));
    }
    Ok(bytes)
}

pub(crate) fn parse<T: DeserializeOwned + Validate<Context = ()>>(bytes: &[u8]) -> Result<T, Problem> {
    // A body-less POST reads as an empty object, so that optional inputs stay optional.
    let json = if bytes.is_empty() { b"{}" } else { bytes };
    text::check_json(json)?;
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(&error.path().to_string());
        let why = error.inner().to_string();
        unreadable(&why).field(pointer, "unreadable", "这一项的格式不对。", why)
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

fn malformed(zh: &str, en: &str, why: &str) -> Problem {
    Problem::bad_request("request.malformed", zh, en).detail(why, why)
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

//! What went wrong, for the reader: a stable code, a text in both languages, the fields concerned (RFC 9457).

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kernel::{Lang, Text};
use serde::Serialize;
use storage::StorageError;

/// One field of the input that is wrong.
#[derive(Debug, Clone)]
pub struct FieldProblem {
    /// JSON pointer into the request body (RFC 6901).
    pub pointer: String,
    /// Stable, such as `too_long`.
    pub code: String,
    pub text: Text,
}

/// An error answer. Build it with [`Problem::new`] and the methods below; `?` turns a domain error into it.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: StatusCode,
    /// `area.what`, stable for ever.
    pub code: &'static str,
    pub title: Text,
    pub detail: Option<Text>,
    pub errors: Vec<FieldProblem>,
    /// Facts that a client can act on; an object.
    pub extra: Option<serde_json::Value>,
    pub retry_after_seconds: Option<u32>,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let title = Text::new(zh, en);
        Self { status, code, title, detail: None, errors: Vec::new(), extra: None, retry_after_seconds: None }
    }
    pub fn bad_request(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, zh, en)
    }
    pub fn forbidden(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, zh, en)
    }
    /// The thing is not in a state that allows this, or somebody was faster.
    pub fn conflict(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, zh, en)
    }
    /// The input reads well but breaks a rule.
    pub fn unprocessable(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, zh, en)
    }
    /// What somebody hears to whom the thing does not exist: a refusal is no trace of it, while a failure stays what it is.
    #[must_use]
    pub fn hidden(self) -> Self {
        if self.status == StatusCode::FORBIDDEN { crate::not_found() } else { self }
    }
    #[must_use]
    pub fn detail(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.detail = Some(Text::new(zh, en));
        self
    }
    #[must_use]
    pub fn field(
        mut self,
        pointer: impl Into<String>,
        code: impl Into<String>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        self.errors.push(FieldProblem {
            pointer: pointer.into(),
            code: code.into(),
            text: Text::new(zh, en),
        });
        self
    }
    #[must_use]
    pub fn extra(mut self, facts: serde_json::Value) -> Self {
        self.extra = Some(facts);
        self
    }
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }
    /// The one answer to everything unforeseen; the cause goes to the log.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %kernel::Causes(cause), "unforeseen error");
        Self::unexplained()
    }
    pub(crate) fn unexplained() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "服务器出错了，我们已经记录下来。您的操作没有生效，请稍后再试。",
            "Something went wrong on our side and has been noted. Nothing was changed; please try again later.",
        )
    }

    /// Something may have been saved, and nobody can tell. With an idempotency key the same request may be sent again; it tells then.
    pub(crate) fn outcome_unknown(key: Option<&str>) -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "request.outcome_unknown",
            "没有得到数据库的确认：您的操作可能已经生效，也可能没有。",
            "The database did not confirm: what you did may have taken effect, or not.",
        )
        .retry_after(5);
        match key {
            Some(key) => problem
                .detail(
                    "请原样再提交一次（同一个 Idempotency-Key）：如果已经生效，不会重复。",
                    "Send the same again under the same Idempotency-Key: if it took effect, nothing is done twice.",
                )
                .extra(serde_json::json!({ "idempotency_key": key })),
            None => problem.detail(
                "请刷新页面，看看是否已经生效，再决定要不要重做。",
                "Reload to see whether it took effect before you do it again.",
            ),
        }
    }

    /// The body in one language, with the request's id.
    pub(crate) fn render(&self, lang: Lang, request_id: Option<&str>) -> Response {
        let body = Body {
            r#type: format!("/problems/{}", self.code),
            title: self.title.get(lang),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail.as_ref().map(|d| d.get(lang)),
            request_id,
            errors: self
                .errors
                .iter()
                .map(|e| FieldBody { pointer: &e.pointer, code: &e.code, detail: e.text.get(lang) })
                .collect(),
            extra: self.extra.as_ref(),
        };
        let bytes = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status, bytes).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// What the caller may not see does not exist.
pub fn not_found() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "not_found",
        "没有找到，或者您无权查看。",
        "This does not exist, or you may not see it.",
    )
}

impl IntoResponse for Problem {
    /// The layer around all routes renders it again in the reader's language; see `problem_layer`.
    fn into_response(self) -> Response {
        let mut response = self.render(Lang::Zh, None);
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        let seconds = match error {
            StorageError::Unavailable(_) | StorageError::Blobs(_) => 5,
            StorageError::GaveWay(_) => 1,
            StorageError::OutcomeUnknown(_) => {
                tracing::warn!(error = %kernel::Causes(&error), "the answer to a commit was lost");
                return Self::outcome_unknown(None);
            }
            StorageError::Nul => return crate::text::refused(Vec::new()),
            _ => return Self::internal(&error),
        };
        tracing::warn!(
            error = %kernel::Causes(&error),
            "the database or the file store is away or busy"
        );
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "database.unavailable",
            "系统暂时繁忙，您的操作没有生效，请过一会儿再试。",
            "The system is busy for the moment. Nothing was changed; please try again shortly.",
        )
        .retry_after(seconds)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<&'a serde_json::Value>,
}

#[derive(Serialize)]
struct FieldBody<'a> {
    pointer: &'a str,
    code: &'a str,
    detail: &'a str,
}

/// Named so that layers can add it without spelling it again.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_no_trace_of_what_is_hidden_and_a_failure_stays_one() {
        let denied = Problem::forbidden("access.denied", "不可以。", "Not allowed.");
        let failed = Problem::unexplained();
        let busy = Problem::conflict("edit.conflict", "有人改过。", "Somebody changed it.");
        for (problem, status, code) in [
            (denied, 404, "not_found"),
            (crate::not_found(), 404, "not_found"),
            (failed, 500, "internal"),
            (busy, 409, "edit.conflict"),
        ] {
            let heard = problem.hidden();
            assert_eq!((heard.status.as_u16(), heard.code), (status, code));
        }
    }
}

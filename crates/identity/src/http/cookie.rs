//! The refresh cookie: for the browser alone, for one path, by https alone where there is https.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use http::{HeaderValue, header};

use crate::identity::Identity;

const PATH: &str = "/api/v1/session";

/// Browsers take a `__Secure-` name only over https.
fn name(identity: &Identity) -> &'static str {
    if identity.is_secure() { "__Secure-lingxue_refresh" } else { "lingxue_refresh" }
}

pub(super) fn read(identity: &Identity, jar: &CookieJar) -> Option<String> {
    jar.get(name(identity)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}

/// Adds the cookie to an answer; none removes it.
pub(super) fn set(identity: &Identity, answer: impl IntoResponse, token: Option<(&str, i64)>) -> Response {
    let (value, seconds) = token.unwrap_or(("", 0));
    let secure = if identity.is_secure() { "; Secure" } else { "" };
    let name = name(identity);
    let cookie = format!("{name}={value}; Path={PATH}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut response = answer.into_response();
    // The token is base64url and the rest is fixed: always a header value.
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

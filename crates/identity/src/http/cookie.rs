//! The two cookies, each for the browser alone, for one path, by https alone where there is https: the refresh token, and which
//! accounts signed in on this device.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use http::{HeaderValue, header};

use crate::device_marks::{DeviceMarks, LIFE_SECONDS};
use crate::identity::Identity;

/// Browsers take a `__Secure-` name only over https.
#[derive(Clone, Copy)]
struct Kind {
    secure_name: &'static str,
    plain_name: &'static str,
    path: &'static str,
}

const REFRESH: Kind =
    Kind { secure_name: "__Secure-lingxue_refresh", plain_name: "lingxue_refresh", path: "/api/v1/session" };
const DEVICE: Kind =
    Kind { secure_name: "__Secure-lingxue_device", plain_name: "lingxue_device", path: "/api/v1/sign-in" };

impl Kind {
    fn name(self, identity: &Identity) -> &'static str {
        if identity.is_secure() { self.secure_name } else { self.plain_name }
    }
}

pub(super) fn read(identity: &Identity, jar: &CookieJar) -> Option<String> {
    jar.get(REFRESH.name(identity)).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}

pub(super) fn read_marks(identity: &Identity, jar: &CookieJar) -> DeviceMarks {
    jar.get(DEVICE.name(identity)).map(|cookie| DeviceMarks::read(cookie.value())).unwrap_or_default()
}

/// Adds the refresh cookie to an answer; none removes it.
pub(super) fn set(identity: &Identity, answer: impl IntoResponse, token: Option<(&str, i64)>) -> Response {
    add(identity, REFRESH, answer, token.unwrap_or(("", 0)))
}

/// Adds what the device is to remember of its accounts. Signing out leaves it.
pub(super) fn set_marks(identity: &Identity, answer: impl IntoResponse, marks: &str) -> Response {
    add(identity, DEVICE, answer, (marks, LIFE_SECONDS))
}

fn add(
    identity: &Identity,
    kind: Kind,
    answer: impl IntoResponse,
    (value, seconds): (&str, i64),
) -> Response {
    let secure = if identity.is_secure() { "; Secure" } else { "" };
    let (name, path) = (kind.name(identity), kind.path);
    let cookie = format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut response = answer.into_response();
    // The value is base64url and dots, and the rest is fixed: always a header value.
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

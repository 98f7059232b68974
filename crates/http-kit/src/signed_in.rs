//! Who asks: a signed-in person, or perhaps nobody; and the language they read.

use std::ops::Deref;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use http::{HeaderMap, StatusCode, header, request::Parts};
use kernel::{Actor, Lang};

use crate::platform::Platform;
use crate::problem::Problem;

/// A signed-in person: the type is the proof. `Option<SignedIn>` where nobody is welcome too.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Actor);

impl Deref for SignedIn {
    type Target = Actor;
    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Several extractors of one handler ask; the database is asked once.
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let platform = platform(parts)?;
        let token = bearer(&parts.headers).ok_or_else(sign_in_first)?;
        let actor = Self(platform.authenticator.actor(token).await?);
        parts.extensions.insert(actor.clone());
        Ok(actor)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for SignedIn {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Problem> {
        if bearer(&parts.headers).is_none() {
            return Ok(None);
        }
        <Self as FromRequestParts<S>>::from_request_parts(parts, state).await.map(Some)
    }
}

/// The language of the person behind the request.
#[derive(Debug, Clone, Copy)]
pub struct Reader(pub Lang);

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        Ok(Self(header.map_or(Lang::Zh, Lang::from_accept_language)))
    }
}

pub(crate) fn platform(parts: &Parts) -> Result<Platform, Problem> {
    parts.extensions.get::<Platform>().cloned().ok_or_else(Problem::unexplained)
}

/// A reading connection for extractors that prove something.
pub async fn reader(parts: &Parts) -> Result<storage::Conn, Problem> {
    Ok(platform(parts)?.db.read().await?)
}

/// The token that a request brings, whosever it is.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

fn sign_in_first() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "sign_in.required", "请先登录。", "Please sign in first.")
}

//! Ids in paths: a malformed one answers 404, like one that names nothing.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{Problem, not_found};

/// The path's parameters, as axum's own extractor reads them.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        without_nul(parts)?;
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|p| Self(p.0))
            .map_err(|_| not_found())
    }
}

/// Nothing that is kept has NUL in its name.
fn without_nul(parts: &Parts) -> Result<(), Problem> {
    if parts.uri.path().contains("%00") { Err(not_found()) } else { Ok(()) }
}

/// One named parameter of the path, for extractors that prove something about it.
pub async fn path_param<T: std::str::FromStr>(parts: &mut Parts, name: &str) -> Result<T, Problem> {
    without_nul(parts)?;
    let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| not_found())?;
    let params: HashMap<&str, &str> = params.iter().collect();
    params.get(name).and_then(|value| value.parse().ok()).ok_or_else(not_found)
}

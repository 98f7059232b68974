//! Why an action ends before its own answer: something is wrong, or it was answered before.

use axum::response::{IntoResponse, Response};
use storage::idempotency::StoredAnswer;

use crate::once::Answer;
use crate::problem::Problem;

/// The error side of a handler that uses [`crate::Once`].
#[derive(Debug)]
pub enum Halt {
    /// The same request was answered before: here is that answer again.
    Replay(StoredAnswer),
    Problem(Box<Problem>),
}

impl<E> From<E> for Halt
where
    Problem: From<E>,
{
    fn from(error: E) -> Self {
        Self::Problem(Box::new(error.into()))
    }
}

impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        match self {
            Self::Replay(answer) => Answer::from(answer).into_response(),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

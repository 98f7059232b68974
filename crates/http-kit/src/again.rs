//! Answers a request again when the database refused it for the sake of another transaction or somebody's rights were taken while it
//! waited, and never claims what nobody knows.
//!
//! A handler cannot go on within a transaction that was rolled back, so the whole request is made again from its head and its recorded body.
//! It is made again only when that cannot double anything: nothing of it was committed, or its idempotency key tells what was.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http_body::{Frame, SizeHint};
use kernel::Ambient;
use storage::attempt::{self, Became};
use tokio::time::Instant;

use crate::platform::RIGHTS_CHANGED;
use crate::problem::Problem;

/// So many times a request is made again.
const MOST: u32 = 4;
/// And not after this: who waited for a lock until that was given up has waited long enough.
const ENOUGH: Duration = Duration::from_secs(5);
/// A body that is larger is not recorded, and its request not made again.
const RECORDED_BYTES: usize = 1024 * 1024;

/// Codes of problems of which the text, or the absence of one, tells whether something was changed.
const CLAIMS: [&str; 3] = ["internal", "database.unavailable", "request.outcome_unknown"];

pub(crate) async fn answer(ambient: &Ambient, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let recording = Recording::of(&body);
    let mut body = Body::new(Recorded { body, recording: recording.clone() });
    let begun = Instant::now();
    let mut known = Became::default();
    for time in 0.. {
        let request = Request::from_parts(head.clone(), body);
        let (response, became) = attempt::watch(next.clone().run(request)).await;
        if !response.status().is_server_error() && !is_outdated(&response) {
            return response;
        }
        let is_worth_it = time < MOST && begun.elapsed() < ENOUGH && became.may_be_tried_again();
        // What an earlier attempt may have done is not undone by a later one that failed.
        known = became.after(known);
        let Some(whole) = recording.whole().filter(|_| is_worth_it) else {
            let key = head.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
            return honest(response, known, key.filter(|_| known.keyed));
        };
        tracing::info!(time, gave_way = became.gave_way, "a request is made again");
        tokio::time::sleep(pause(ambient, time)).await;
        body = Body::from(whole);
    }
    unreachable!("the last time answers")
}

/// Who asks was read before something was taken from them: read again, they get the answer that is theirs.
fn is_outdated(response: &Response) -> bool {
    response.extensions().get::<Arc<Problem>>().is_some_and(|problem| problem.code == RIGHTS_CHANGED)
}

/// 5 to 15 ms, then twice, four and eight times as long: two requests that met do not meet again.
fn pause(ambient: &Ambient, time: u32) -> Duration {
    let [jitter] = ambient.random_bytes();
    Duration::from_micros((5_000 + u64::from(jitter) * 40) << time)
}

/// An answer that says that nothing was changed is not given when something was, or may have been.
fn honest(response: Response, became: Became, key: Option<&str>) -> Response {
    let is_unknown = became.outcome_unknown || became.committed;
    let problem = response.extensions().get::<Arc<Problem>>();
    let claims = problem.is_none_or(|problem| CLAIMS.contains(&problem.code));
    if !(is_unknown && claims) {
        return response;
    }
    // An error of ours stays one for who counts them.
    let status = match response.status() {
        StatusCode::INTERNAL_SERVER_ERROR if !became.outcome_unknown => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    Problem { status, ..Problem::outcome_unknown(key) }.into_response()
}

/// What has been read of a body.
#[derive(Clone)]
struct Recording(Arc<Mutex<State>>);

struct State {
    /// Absent when it is more than we keep.
    pieces: Option<Vec<Bytes>>,
    length: usize,
    ended: bool,
}

impl Recording {
    fn of(body: &Body) -> Self {
        let state = State { pieces: Some(Vec::new()), length: 0, ended: body.is_end_stream() };
        Self(Arc::new(Mutex::new(state)))
    }

    fn add(&self, piece: &Bytes) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.length += piece.len();
        if state.length > RECORDED_BYTES {
            state.pieces = None;
        } else if let Some(pieces) = &mut state.pieces {
            pieces.push(piece.clone());
        }
    }

    fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
    }

    /// The whole body, if it was read to its end.
    fn whole(&self) -> Option<Bytes> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.pieces.as_ref().filter(|_| state.ended).map(|pieces| pieces.concat().into())
    }
}

/// A body that is recorded while it is read.
struct Recorded {
    body: Body,
    recording: Recording,
}

impl HttpBody for Recorded {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                if let Some(piece) = frame.data_ref() {
                    self.recording.add(piece);
                }
                if self.body.is_end_stream() {
                    self.recording.end();
                }
            }
            Some(Err(_)) => {}
            None => self.recording.end(),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

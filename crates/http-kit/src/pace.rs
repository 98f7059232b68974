//! A floor under the other side's speed: how long it may be silent, and how slow it may be on average.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// What the other side must keep to. Only the time counts in which we wait for it.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The longest silence.
    pub silence: Duration,
    /// How long may be waited in all before the floor counts.
    pub grace: Duration,
    /// Bytes a second on average, beyond the grace.
    pub floor: u32,
}

impl Pace {
    /// Bodies of requests. A phone on a bad line sends some 4 KiB a second, and is away for a moment now and then.
    pub const BODY: Self =
        Self { silence: Duration::from_mins(1), grace: Duration::from_mins(1), floor: 1024 };
    /// Answers. A paused micro-video takes nothing for as long as it is paused; players ask again from where they were.
    pub const ANSWER: Self =
        Self { silence: Duration::from_mins(1), grace: Duration::from_mins(1), floor: 1024 };

    /// How long the next wait may take, after so much waiting for so many bytes.
    fn left(&self, waited: Duration, moved: u64) -> Duration {
        let earned = Duration::from_secs(moved / u64::from(self.floor.max(1)));
        (self.grace + earned).saturating_sub(waited).min(self.silence)
    }
}

/// The other side was silent for too long, or too slow.
#[derive(Debug, thiserror::Error)]
#[error("the other side is too slow")]
pub struct TooSlow;

/// Measures one direction of one connection or body.
#[derive(Debug)]
pub struct Meter {
    pace: Pace,
    waited: Duration,
    moved: u64,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Meter {
    pub fn new(pace: Pace) -> Self {
        Self { pace, waited: Duration::ZERO, moved: 0, waiting: None }
    }

    /// These bytes came or went.
    pub fn moved(&mut self, bytes: usize) {
        self.moved += bytes as u64;
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
    }

    /// Call it while waiting: ready when the other side has used up its time.
    pub fn poll_too_slow(&mut self, context: &mut Context<'_>) -> Poll<TooSlow> {
        let left = self.pace.left(self.waited, self.moved);
        let (_, alarm) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        ready!(alarm.as_mut().poll(context));
        Poll::Ready(TooSlow)
    }
}

/// A body that ends in an error when its sender is too slow.
struct PacedBody {
    body: Body,
    meter: Meter,
}

/// Holds the sender of a body to its pace.
pub(crate) fn paced(body: Body, pace: Pace) -> Body {
    if body.is_end_stream() {
        return body;
    }
    Body::new(PacedBody { body, meter: Meter::new(pace) })
}

impl HttpBody for PacedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            let too_slow = ready!(self.meter.poll_too_slow(context));
            return Poll::Ready(Some(Err(axum::Error::new(too_slow))));
        };
        let bytes =
            frame.as_ref().and_then(|f| f.as_ref().ok()).and_then(Frame::data_ref).map_or(0, Bytes::len);
        self.meter.moved(bytes);
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace { silence: Duration::from_secs(20), grace: Duration::from_secs(30), floor: 100 };

    #[test]
    fn a_sender_keeps_to_the_floor_and_is_never_silent_for_long() {
        for (name, waited, moved, left) in [
            ("nothing yet", 0, 0, 20),
            ("nothing for a while", 25, 0, 5),
            ("nothing for too long", 30, 0, 0),
            ("as fast as the floor", 1_000, 100_000, 20),
            ("a little slower, for long", 1_000, 97_500, 5),
            ("slower, for longer", 1_000, 97_000, 0),
            ("a byte now and then", 29, 99, 1),
            ("much at first does not allow a long silence", 1, 1_000_000_000, 20),
        ] {
            assert_eq!(PACE.left(Duration::from_secs(waited), moved), Duration::from_secs(left), "{name}");
        }
    }

    #[tokio::test]
    async fn a_silent_body_ends_in_an_error_and_a_whole_one_as_it_is() {
        let short = Duration::from_millis(50);
        let pace = Pace { silence: short, grace: short, floor: 100 };
        let read = async |body: Body| axum::body::to_bytes(paced(body, pace), usize::MAX).await;
        assert_eq!(read(Body::from("whole")).await.expect("it came"), "whole");
        let silent = Body::from_stream(futures_util::stream::pending::<Result<Bytes, std::io::Error>>());
        let error = read(silent).await.expect_err("it never comes");
        let mut causes =
            std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
        assert!(causes.any(<dyn std::error::Error>::is::<TooSlow>), "{error:?}");
    }

    #[test]
    fn no_body_needs_no_pace() {
        assert!(paced(Body::empty(), PACE).is_end_stream());
    }
}

//! How often one address may ask. Schools share one address, so the bounds are wide; sign-in has its own, narrower ones.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};
use http::StatusCode;

use crate::address::ClientAddress;
use crate::problem::Problem;

/// A bound on requests per second and address. IPv6 addresses count by their /64.
#[derive(Clone)]
pub struct RateLimit(Arc<DefaultKeyedRateLimiter<IpAddr>>);

impl RateLimit {
    /// `per_second` on average, `burst` at once.
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst))))
    }

    /// Forgets addresses that have been quiet; call it every minute, or the table grows for ever.
    pub fn tidy(&self) {
        self.0.retain_recent();
    }

    pub(crate) async fn check(self, request: Request, next: Next) -> Response {
        let address = request.extensions().get::<ClientAddress>().map(|a| network(a.0));
        if address.is_some_and(|a| self.0.check_key(&a).is_err()) {
            return Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "request.too_many",
                "请求太频繁了，请稍等片刻。",
                "Too many requests; please wait a moment.",
            )
            .retry_after(1)
            .into_response();
        }
        next.run(request).await
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
    }
}

//! How often one address may ask. Schools share one address, so the bounds are wide; sign-in has its own, narrower ones.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};
use http::StatusCode;

use crate::address::{ClientAddress, aggregate, network};
use crate::problem::Problem;

/// How many times the bound of one network its whole /56 may ask.
const AGGREGATE: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);

/// A bound on requests per second and address. IPv6 addresses count by their /64, and all of a /56 together by four times as much.
#[derive(Clone)]
pub struct RateLimit(Arc<Buckets>);

struct Buckets {
    networks: DefaultKeyedRateLimiter<IpAddr>,
    aggregates: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimit {
    /// `per_second` on average, `burst` at once.
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        Self::of(|times| {
            Quota::per_second(per_second.saturating_mul(times)).allow_burst(burst.saturating_mul(times))
        })
    }

    fn of(quota: impl Fn(NonZeroU32) -> Quota) -> Self {
        Self(Arc::new(Buckets {
            networks: DefaultKeyedRateLimiter::keyed(quota(NonZeroU32::MIN)),
            aggregates: DefaultKeyedRateLimiter::keyed(quota(AGGREGATE)),
        }))
    }

    /// Forgets addresses that have been quiet; call it every minute, or the table grows for ever.
    pub fn tidy(&self) {
        self.0.networks.retain_recent();
        self.0.aggregates.retain_recent();
    }

    fn lets_through(&self, address: IpAddr) -> bool {
        self.0.networks.check_key(&network(address)).is_ok()
            && aggregate(address).is_none_or(|all| self.0.aggregates.check_key(&all).is_ok())
    }

    pub(crate) async fn check(self, request: Request, next: Next) -> Response {
        let address = request.extensions().get::<ClientAddress>().map(|a| a.0);
        if address.is_some_and(|a| !self.lets_through(a)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of these get through a limit of ten at once.
    fn through(addresses: impl Iterator<Item = String>) -> usize {
        // One in a long while: nothing comes back during the test.
        let hour = std::time::Duration::from_hours(1);
        let ten = NonZeroU32::MIN.saturating_add(9);
        let quota = Quota::with_period(hour).expect("a period");
        let limit = RateLimit::of(|times| quota.allow_burst(ten.saturating_mul(times)));
        addresses.filter(|a| limit.lets_through(a.parse().expect("an address"))).count()
    }

    #[test]
    fn one_network_has_one_bound_however_it_writes_itself() {
        assert_eq!(through((0..40).map(|_| "10.0.0.7".to_owned())), 10);
        assert_eq!(through((0..40).map(|i| format!("{}10.0.0.7", ["", "::ffff:"][i % 2]))), 10);
        assert_eq!(through((0..40).map(|i| format!("2001:db8::{i}"))), 10);
        assert_eq!(through((0..40).map(|i| format!("10.0.0.{i}"))), 40, "neighbours do not share");
    }

    #[test]
    fn a_line_with_many_networks_is_bound_too() {
        let roaming = |i: usize| format!("2001:db8:0:{:x}::1", i % 256);
        assert_eq!(through((0..1000).map(roaming)), 40);
        let neighbours = |i: usize| format!("2001:db8:0:{:x}00::1", i % 200);
        assert_eq!(through((0..200).map(neighbours)), 200);
    }
}

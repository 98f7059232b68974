//! How often somebody may ask: whoever brings a token of ours by themselves, everybody else by their network. Schools share one address, so
//! its bounds are wide; sign-in has its own, narrower ones.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};
use http::StatusCode;
use kernel::id::PersonId;

use crate::address::{ClientAddress, aggregate, network};
use crate::platform::Platform;
use crate::problem::Problem;
use crate::signed_in::bearer;

/// What one network may ask in a second when nobody says otherwise: a hall of five hundred phones is one.
pub const REQUESTS_PER_SECOND: u32 = 200;
/// So many seconds' worth at once, when all of them open the page together.
pub const BURST_SECONDS: u32 = 20;
/// Files under `/assets/` cost next to nothing, never change and are fetched once: so many of them for one other request.
pub const FILES_FOR_ONE: u32 = 10;
/// A person may ask this part of what a network may: a page opens a dozen requests, and a few devices are one person.
pub const PERSONS_PART: u32 = 10;
const FILES: &str = "/assets/";

/// How many times the bound of one network its whole /56 may ask.
const AGGREGATE: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);
const BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(BURST_SECONDS - 1);
const FILES_TIMES: NonZeroU32 = NonZeroU32::MIN.saturating_add(FILES_FOR_ONE - 1);

/// A bound on requests per second, for each person and each network. Who is signed in takes no turn of those who share the address, nor
/// can these take theirs. IPv6 addresses count by their /64, and all of a /56 together by four times as much. The web application's files
/// count apart.
#[derive(Clone)]
pub struct RateLimit(Arc<All>);

struct All {
    persons: DefaultKeyedRateLimiter<PersonId>,
    requests: Buckets,
    files: Buckets,
}

struct Buckets {
    networks: DefaultKeyedRateLimiter<IpAddr>,
    aggregates: DefaultKeyedRateLimiter<IpAddr>,
}

impl RateLimit {
    /// So many on average, and those of [`BURST_SECONDS`] at once.
    pub fn new(per_second: NonZeroU32) -> Self {
        let quota = |rate: NonZeroU32| Quota::per_second(rate).allow_burst(rate.saturating_mul(BURST));
        let person = NonZeroU32::new(per_second.get() / PERSONS_PART).unwrap_or(NonZeroU32::MIN);
        Self::of(quota(person), |times| quota(per_second.saturating_mul(times)))
    }

    fn of(person: Quota, quota: impl Fn(NonZeroU32) -> Quota) -> Self {
        let files = |times: NonZeroU32| quota(times.saturating_mul(FILES_TIMES));
        let persons = DefaultKeyedRateLimiter::keyed(person);
        Self(Arc::new(All { persons, requests: Buckets::of(&quota), files: Buckets::of(&files) }))
    }

    /// Forgets people and addresses that have been quiet; call it every minute, or the tables grow for ever.
    pub fn tidy(&self) {
        self.0.persons.retain_recent();
        self.0.requests.tidy();
        self.0.files.tidy();
    }

    fn lets_through(&self, person: Option<PersonId>, address: IpAddr, path: &str) -> bool {
        let All { persons, requests, files } = &*self.0;
        match person {
            Some(person) => persons.check_key(&person).is_ok(),
            None if path.starts_with(FILES) => files.lets_through(address),
            None => requests.lets_through(address),
        }
    }

    pub(crate) async fn check(self, request: Request, next: Next) -> Response {
        let address = request.extensions().get::<ClientAddress>().map(|a| a.0);
        if address.is_some_and(|a| !self.lets_through(named(&request), a, request.uri().path())) {
            return too_many().into_response();
        }
        next.run(request).await
    }
}

pub(crate) fn too_many() -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "request.too_many",
        "请求太频繁了，请稍等片刻。",
        "Too many requests; please wait a moment.",
    )
    .retry_after(1)
}

/// Whom the request's token names, if it is one of ours: a forged one would have a count of its own each time.
fn named(request: &Request) -> Option<PersonId> {
    let platform = request.extensions().get::<Platform>()?;
    platform.authenticator.named(bearer(request.headers())?)
}

impl Buckets {
    fn of(quota: &impl Fn(NonZeroU32) -> Quota) -> Self {
        Self {
            networks: DefaultKeyedRateLimiter::keyed(quota(NonZeroU32::MIN)),
            aggregates: DefaultKeyedRateLimiter::keyed(quota(AGGREGATE)),
        }
    }

    fn tidy(&self) {
        self.networks.retain_recent();
        self.aggregates.retain_recent();
    }

    fn lets_through(&self, address: IpAddr) -> bool {
        self.networks.check_key(&network(address)).is_ok()
            && aggregate(address).is_none_or(|all| self.aggregates.check_key(&all).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten at once, and one in a long while: nothing comes back during the test.
    fn ten() -> RateLimit {
        let hour = std::time::Duration::from_hours(1);
        let ten = NonZeroU32::MIN.saturating_add(9);
        let quota = Quota::with_period(hour).expect("a period");
        RateLimit::of(quota.allow_burst(ten), |times| quota.allow_burst(ten.saturating_mul(times)))
    }

    /// How many of these get through a limit of ten at once.
    fn through(addresses: impl Iterator<Item = String>) -> usize {
        let limit = ten();
        addresses.filter(|a| limit.lets_through(None, a.parse().expect("an address"), "/api/v1/me")).count()
    }

    #[test]
    fn files_of_the_application_count_apart_and_ten_times_less() {
        let (limit, address) = (ten(), "10.0.0.7".parse().expect("an address"));
        let through = |path: &str| (0..1_000).filter(|_| limit.lets_through(None, address, path)).count();
        assert_eq!(through("/assets/core-CltQEISs.js"), 100);
        assert_eq!(through("/sw.js"), 10);
        assert_eq!(through("/"), 0);
    }

    #[test]
    fn who_is_signed_in_counts_apart_from_all_who_share_the_address() {
        let (limit, address) = (ten(), "10.0.0.7".parse().expect("an address"));
        let through = |who| (0..40).filter(|_| limit.lets_through(who, address, "/api/v1/me")).count();
        let ambient = kernel::Ambient::system();
        let [one, other] = [(), ()].map(|()| Some(ambient.new_id()));
        assert_eq!([through(one), through(None), through(other), through(one)], [10, 10, 10, 0]);
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

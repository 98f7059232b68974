//! Whoever asks too often is refused by themselves: who is signed in by their name, everybody else by their network.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::routing::get;
use http::{Request, StatusCode, header};
use http_kit::{BURST_SECONDS, LayerOptions, RateLimit, surround};
use kernel::id::PersonId;
use testkit::{TestBed, TestPerson, Which};
use tower::ServiceExt as _;

/// More than anybody may ask at once.
const OFTEN: u32 = 10 * BURST_SECONDS;

struct Site {
    router: Router,
    bed: TestBed,
}

impl Site {
    /// One request a second for a network and for a person.
    async fn open() -> Self {
        let bed = TestBed::new(Which::Sqlite).await;
        let router = Router::new().route("/", get(StatusCode::NO_CONTENT));
        let options =
            LayerOptions { rate_limit: Some(RateLimit::new(NonZeroU32::MIN)), ..LayerOptions::default() };
        Self { router: surround(router, bed.platform(), &options), bed }
    }

    fn person(&self) -> TestPerson {
        let id: PersonId = self.bed.ambient.new_id();
        self.bed.callers.enter(&self.bed.ambient, id, &[])
    }

    async fn ask(&self, token: &str) -> StatusCode {
        let at_school = SocketAddr::from(([10, 0, 0, 7], 4711));
        let request = Request::get("/")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .extension(ConnectInfo(at_school))
            .body(Body::empty())
            .expect("a request");
        self.router.clone().oneshot(request).await.expect("a router answers").status()
    }

    /// Asks until the answer is to wait; says how often that was not so.
    async fn ask_until_refused(&self, token: impl Fn(u32) -> String) -> u32 {
        for asked in 0..OFTEN {
            if self.ask(&token(asked)).await == StatusCode::TOO_MANY_REQUESTS {
                return asked;
            }
        }
        panic!("{OFTEN} requests at once and no refusal");
    }
}

#[tokio::test]
async fn nobody_takes_the_turns_of_who_is_signed_in_beside_them() {
    let site = Site::open().await;
    let [greedy, quiet] = [site.person(), site.person()];
    assert!(site.ask_until_refused(|_| greedy.token.clone()).await >= BURST_SECONDS);
    assert_eq!(site.ask("").await, StatusCode::NO_CONTENT, "who signs in beside them");
    assert!(site.ask_until_refused(|_| String::new()).await >= BURST_SECONDS - 1, "the network's own count");
    assert_eq!(site.ask(&quiet.token).await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_made_up_token_gives_no_count_of_its_own() {
    let site = Site::open().await;
    assert!(site.ask_until_refused(|asked| format!("made-up-{asked}")).await >= BURST_SECONDS);
}

#[test]
fn nobody_has_all_turns_to_write() {
    TestBed::run(Which::Postgres, |bed| async move {
        let platform = bed.platform();
        let mut people = Vec::new();
        for _ in 0..2 {
            let person = bed.callers.enter(&bed.ambient, bed.ambient.new_id(), &[]);
            people.push(platform.authenticator.actor(&person.token).await.expect("a person"));
        }
        let [greedy, other] = &people[..] else { unreachable!("two") };
        let first = platform.begin(greedy).await.expect("a turn");
        let second = platform.begin(greedy).await.expect("another");
        let mut third = std::pin::pin!(platform.begin(greedy));
        assert!(futures_util::poll!(third.as_mut()).is_pending());
        platform.begin(other).await.expect("others have their own").commit().await.expect("a commit");
        first.commit().await.expect("a commit");
        third.await.expect("a turn that was given back");
        drop(second);
    });
}

//! What another site's page sends is refused, and what our own sends is not, whatever stands between.

use axum::Router;
use axum::body::Body;
use axum::routing::post;
use http::{Method, Request, StatusCode};
use http_kit::{LayerOptions, Platform, surround};
use testkit::{TestBed, Which};
use tower::ServiceExt as _;

const OWN: &str = "https://lingxue.example.cn";

async fn site(public_url: &str) -> (Router, TestBed) {
    let bed = TestBed::new(Which::Sqlite).await;
    let platform = Platform { public_url: public_url.into(), ..bed.platform() };
    let router = Router::new().route("/", post(StatusCode::NO_CONTENT).get(StatusCode::NO_CONTENT));
    (surround(router, platform, &LayerOptions::default()), bed)
}

struct Case {
    method: Method,
    host: &'static str,
    origin: Option<&'static str>,
    fetch_site: Option<&'static str>,
}

async fn status(router: &Router, case: &Case) -> StatusCode {
    let mut request = Request::builder().method(case.method.clone()).uri("/").header("host", case.host);
    for (name, value) in [("origin", case.origin), ("sec-fetch-site", case.fetch_site)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let request = request.body(Body::empty()).expect("a request");
    router.clone().oneshot(request).await.expect("a router answers").status()
}

#[tokio::test]
async fn only_our_own_pages_change_something() {
    const OUR: &str = "lingxue.example.cn";
    // What a proxy makes of it.
    const INNER: &str = "10.0.0.7:8080";
    const OTHER: &str = "https://evil.example";
    let (router, _bed) = site(&format!("{OWN}/")).await;
    for (host, origin, fetch_site, allowed) in [
        (OUR, Some(OWN), Some("same-origin"), true),
        (OUR, Some(OWN), None, true),
        (INNER, Some(OWN), Some("same-origin"), true),
        (INNER, Some(OWN), None, true),
        // Typed, or opened from a bookmark; and what is no browser at all.
        (INNER, None, Some("none"), true),
        (INNER, None, None, true),
        (OUR, Some(OTHER), Some("cross-site"), false),
        (OUR, Some(OTHER), None, false),
        (INNER, Some(OTHER), None, false),
        (INNER, None, Some("cross-site"), false),
        // A neighbour under the same domain, another scheme and another port are other sites.
        (OUR, Some("https://forum.example.cn"), Some("same-site"), false),
        (INNER, Some("http://lingxue.example.cn"), None, false),
        (INNER, Some("https://lingxue.example.cn:8443"), None, false),
        (INNER, Some("https://lingxue.example.cn.evil.example"), None, false),
        (INNER, Some("null"), None, false),
    ] {
        let case = Case { method: Method::POST, host, origin, fetch_site };
        let expected = if allowed { StatusCode::NO_CONTENT } else { StatusCode::FORBIDDEN };
        assert_eq!(status(&router, &case).await, expected, "{host} {origin:?} {fetch_site:?}");
        let read = Case { method: Method::GET, ..case };
        assert_eq!(status(&router, &read).await, StatusCode::NO_CONTENT, "reading changes nothing");
    }
}

#[tokio::test]
async fn our_origin_is_written_as_browsers_write_it() {
    for (public_url, origin) in [
        ("https://Lingxue.Example.CN:443/spoc/", "https://lingxue.example.cn"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://领学.example.cn", "https://xn--48s753l.example.cn"),
    ] {
        let (router, _bed) = site(public_url).await;
        let url = url::Url::parse(public_url).expect("an address").origin().ascii_serialization();
        let case = Case { method: Method::POST, host: "10.0.0.7", origin: Some(origin), fetch_site: None };
        assert_eq!(status(&router, &case).await, StatusCode::NO_CONTENT, "{public_url}: {url}");
    }
    let (router, _bed) = site("no address").await;
    let case = Case { method: Method::POST, host: "10.0.0.7", origin: Some(OWN), fetch_site: None };
    assert_eq!(status(&router, &case).await, StatusCode::FORBIDDEN);
}

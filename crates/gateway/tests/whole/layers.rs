//! What surrounds every route: security headers, a bound on bodies, problems in the reader's language.

use axum::Router;
use axum::body::Body;
use gateway::World;
use gateway::config::Config;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The whole product on an empty database.
struct House {
    router: Router,
    figures: Router,
    _folder: TempDir,
}

impl House {
    async fn build() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default();
        config.data.folder = folder.path().to_owned();
        config.database.durable = false;
        config.server.requests_per_second = 0;
        let world = World::open(&config).await.expect("the world opens");
        Self { router: world.router(), figures: world.figures_router(), _folder: folder }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        lang: &str,
        body: Body,
    ) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, lang)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .expect("a request");
        let (parts, body) =
            self.router.clone().oneshot(request).await.expect("a router answers").into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes().to_vec();
        (parts.status, parts.headers, bytes)
    }

    async fn problem(&self, method: Method, path: &str, lang: &str, body: Body) -> (StatusCode, Value) {
        let (status, headers, bytes) = self.ask(method, path, lang, body).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
        assert_eq!(headers[header::CONTENT_LANGUAGE], lang, "{path}");
        (status, serde_json::from_slice(&bytes).expect("JSON"))
    }
}

#[tokio::test]
async fn every_route_carries_the_security_headers() {
    let house = House::build().await;
    let document: Value =
        serde_json::from_str(&gateway::areas::document().await.expect("a document")).expect("JSON");
    let mut asked = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let path = path.replace(['{', '}'], "");
            let (_, headers, _) = house.ask(method.clone(), &path, "zh-CN", Body::empty()).await;
            has_security_headers(&headers, &format!("{method} {path}"));
            asked += 1;
        }
    }
    assert!(asked > 100, "only {asked} routes");
    for path in ["/", "/healthz", "/readyz", "/api/openapi.json", "/api/docs", "/api/nothing"] {
        let (_, headers, _) = house.ask(Method::GET, path, "zh-CN", Body::empty()).await;
        has_security_headers(&headers, path);
    }
}

fn has_security_headers(headers: &HeaderMap, route: &str) {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let policy = text("content-security-policy");
    assert!(
        policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"),
        "{route}: {policy}"
    );
    assert_eq!(text("x-content-type-options"), "nosniff", "{route}");
    assert_eq!(text("referrer-policy"), "same-origin", "{route}");
    assert!(text("strict-transport-security").starts_with("max-age="), "{route}");
    assert!(!text("cache-control").is_empty(), "{route}");
    assert_eq!(text("x-request-id").len(), 16, "{route}");
}

#[tokio::test]
async fn a_body_beyond_the_bound_is_a_problem_in_both_languages() {
    let house = House::build().await;
    let large = || Body::from(format!(r#"{{"login":"{}","password":"x"}}"#, "长".repeat(100_000)));
    let (status, zh) = house.problem(Method::POST, "/api/v1/sign-in", "zh-CN", large()).await;
    assert_eq!((status, &zh["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &Value::from("request.too_large")));
    let (_, en) = house.problem(Method::POST, "/api/v1/sign-in", "en", large()).await;
    assert_eq!(
        (&zh["title"], &en["title"]),
        (&"上传的内容太大了。".into(), &"What you sent is too large.".into())
    );
}

#[tokio::test]
async fn whatever_is_wrong_is_said_in_the_readers_language() {
    let house = House::build().await;
    let asks = [
        (Method::GET, "/api/v1/me", "", StatusCode::UNAUTHORIZED, "sign_in.required"),
        (Method::GET, "/api/v1/no-such-route", "", StatusCode::NOT_FOUND, "not_found"),
        (Method::POST, "/api/v1/sign-in", r#"{"login":"#, StatusCode::BAD_REQUEST, "request.malformed"),
        (
            Method::POST,
            "/api/v1/sign-in",
            r#"{"login":"","password":""}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
            "input.invalid",
        ),
        (
            Method::POST,
            "/api/v1/sign-in",
            r#"{"login":"x","password":"y"}"#,
            StatusCode::UNAUTHORIZED,
            "sign_in.refused",
        ),
        (Method::GET, "/api/v1/first-use/nothing", "", StatusCode::NOT_FOUND, "first_use.no_such_link"),
        (Method::PATCH, "/api/v1/sign-in", "", StatusCode::METHOD_NOT_ALLOWED, "request.method"),
    ];
    for (method, path, body, status, code) in asks {
        let (zh_status, zh) = house.problem(method.clone(), path, "zh-CN", Body::from(body)).await;
        let (en_status, en) = house.problem(method, path, "en", Body::from(body)).await;
        assert_eq!((zh_status, en_status, zh["code"].as_str()), (status, status, Some(code)), "{path}: {zh}");
        let title = |problem: &Value| problem["title"].as_str().unwrap_or_default().to_owned();
        assert!(!title(&zh).is_ascii() && title(&en).is_ascii(), "{zh} {en}");
    }
}

#[tokio::test]
async fn figures_are_told_inside_alone_and_name_nothing_that_a_caller_invents() {
    let house = House::build().await;
    for number in 0..300 {
        let method = Method::from_bytes(format!("M{number}").as_bytes()).expect("a method");
        let path = ["/api/v1/sign-in", "/api/v1/nothing", "/healthz"][number % 3];
        house.ask(method, path, "zh-CN", Body::empty()).await;
        house.ask(Method::GET, &format!("/api/v1/nothing-{number}"), "zh-CN", Body::empty()).await;
        house.ask(Method::GET, &format!("/api/v1/first-use/{number}"), "zh-CN", Body::empty()).await;
    }
    let request = Request::get("/metrics").body(Body::empty()).expect("a request");
    let answer = house.figures.clone().oneshot(request).await.expect("a router answers");
    let text = answer.into_body().collect().await.expect("the body arrives").to_bytes();
    let text = String::from_utf8(text.to_vec()).expect("text");
    // To the public listener it is an address of the web application, like any other.
    let (_, _, page) = house.ask(Method::GET, "/metrics", "zh-CN", Body::empty()).await;
    let page = String::from_utf8_lossy(&page);
    for figure in ["# TYPE", "http_requests_total", "jobs_waiting"] {
        assert!(text.contains(figure) && !page.contains(figure), "{figure} is told inside alone: {page}");
    }
    assert!(text.contains(r#"route="/api/v1/first-use/{token}""#), "{text}");
    assert!(text.contains(r#"method="other""#) && !text.contains("M1"), "{text}");
    for space in ["blobs_free_bytes", "blobs_free_floor_bytes"] {
        let line = text.lines().find_map(|line| line.strip_prefix(space)).expect("the free space is told");
        assert!(line.trim().parse::<u64>().is_ok_and(|bytes| bytes > 0), "{line}");
    }
    let series = text.lines().filter(|line| !line.starts_with('#')).count();
    assert!(series < 150, "{series} series");
}

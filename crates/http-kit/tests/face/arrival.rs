//! A right that ends while a request is on its way is not used by it, however slowly the body comes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::post;
use futures_util::{StreamExt as _, stream};
use garde::Validate;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use http_kit::{Halt, Input, LayerOptions, OnceSeed, Posted, Problem, SignedIn, Upload, surround};
use kernel::id::PersonId;
use kernel::{Grant, Role, Scope};
use testkit::{TestBed, TestPerson, Which};
use tower::ServiceExt as _;

const ADMINISTRATOR: Grant = Grant { role: Role::Administrator, scope: Scope::System };

#[derive(serde::Deserialize, Validate)]
struct Nothing {}

fn proof(actor: &SignedIn) -> Result<StatusCode, Problem> {
    if actor.is_administrator() {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Problem::forbidden("access.denied", "不行", "No"))
}

async fn posted(actor: SignedIn, _: Posted<Nothing>) -> Result<StatusCode, Problem> {
    proof(&actor)
}

async fn put(actor: SignedIn, _: Input<Nothing>) -> Result<StatusCode, Problem> {
    proof(&actor)
}

async fn form(actor: SignedIn, seed: OnceSeed, upload: Upload) -> Result<StatusCode, Halt> {
    let proof = proof(&actor)?;
    let mut form = upload.allowed(&proof)?;
    let cut = |_| Problem::bad_request("upload.cut", "断了", "cut");
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        while field.chunk().await.map_err(cut)?.is_some() {}
    }
    seed.after_file(b"").await?.begin().await?;
    Ok(proof)
}

struct Site {
    router: Router,
    bed: TestBed,
    me: TestPerson,
}

impl Site {
    async fn open() -> Self {
        let bed = TestBed::new(Which::Sqlite).await;
        let router = Router::new()
            .route("/posted", post(posted))
            .route("/input", post(put))
            .route("/form", post(form));
        let router = surround(router, bed.platform(), &LayerOptions::default());
        let id: PersonId = bed.ambient.new_id();
        let me = bed.callers.enter(&bed.ambient, id, &[ADMINISTRATOR]);
        Self { router, bed, me }
    }

    async fn send(&self, path: &str, kind: &str, body: Body) -> (u16, String) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.me.token))
            .header("idempotency-key", "once-and-once-more")
            .body(body)
            .expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("a router answers");
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("the answer arrives").to_bytes();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        (status, problem["code"].as_str().unwrap_or_default().to_owned())
    }

    /// Sends a body of which the end comes after the sender is an administrator no more.
    async fn send_and_lose(
        &self,
        path: &str,
        kind: &str,
        begin: &'static str,
        end: &'static str,
    ) -> (u16, String) {
        let id = self.me.id;
        self.bed.callers.enter(&self.bed.ambient, id, &[ADMINISTRATOR]);
        let ended = Arc::new(AtomicBool::new(false));
        let (gate, ambient, callers) =
            (Arc::clone(&ended), self.bed.ambient.clone(), self.bed.callers.clone());
        let rest = stream::once(async move {
            // Only a reader of the body asks for its end, when all that comes before it has happened.
            callers.enter(&ambient, id, &[]);
            gate.store(true, Ordering::Relaxed);
            Bytes::from_static(end.as_bytes())
        });
        let body =
            stream::iter([Bytes::from_static(begin.as_bytes())]).chain(rest).map(Ok::<_, std::io::Error>);
        let answer = self.send(path, kind, Body::from_stream(body)).await;
        assert!(ended.load(Ordering::Relaxed), "the body was read to its end");
        answer
    }
}

#[tokio::test]
async fn a_slow_body_keeps_no_right() {
    let site = Site::open().await;
    let json = "application/json";
    for path in ["/posted", "/input"] {
        assert_eq!(
            site.send_and_lose(path, json, "{", "}").await,
            (403, "access.denied".to_owned()),
            "{path}"
        );
    }
    let begin = "--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\nx";
    let form = site.send_and_lose("/form", "multipart/form-data; boundary=b", begin, "\r\n--b--\r\n").await;
    assert_eq!(form, (403, "access.changed".to_owned()));
}

#[tokio::test]
async fn what_is_called_a_form_is_not_waited_for_where_none_belongs() {
    let site = Site::open().await;
    for kind in ["multipart/form-data; boundary=b", " Multipart/mixed"] {
        for path in ["/posted", "/input"] {
            let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
            let answer = site.send(path, kind, never).await;
            assert_eq!(answer, (415, "request.not_json".to_owned()), "{path} {kind}");
        }
    }
}

#[tokio::test]
async fn bodies_that_are_too_long_or_cut_say_so() {
    let site = Site::open().await;
    let long = Body::from(vec![b' '; LayerOptions::default().body_limit + 1]);
    let json = "application/json";
    assert_eq!(site.send("/posted", json, long).await, (413, "request.too_large".to_owned()));
    let parts = [Ok(Bytes::from("{")), Err(std::io::Error::other("the line broke"))];
    let cut = Body::from_stream(stream::iter(parts));
    assert_eq!(site.send("/posted", json, cut).await, (400, "request.malformed".to_owned()));
    assert_eq!(site.send("/posted", json, Body::from("{}")).await.0, 204);
}

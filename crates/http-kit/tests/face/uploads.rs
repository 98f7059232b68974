//! Who may send a file gets time for it, a few at once; nobody else is waited for.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Multipart;
use axum::routing::post;
use futures_util::{StreamExt as _, stream};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use http_kit::{LayerOptions, Pace, Problem, Upload, surround};
use kernel::id::PersonId;
use testkit::{TestBed, TestPerson, Which};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

const SHORT: Duration = Duration::from_millis(100);

struct Site {
    router: Router,
    bed: TestBed,
    /// Bodies end when it has permits.
    gate: Arc<Semaphore>,
}

impl Site {
    async fn open(body_pace: Pace) -> Self {
        let bed = TestBed::new(Which::Sqlite).await;
        let router = Router::new()
            .route("/allowed", post(allowed))
            .route("/not-yet-allowed", post(|_: Upload| std::future::pending::<()>()))
            .route("/public", post(public));
        let options = LayerOptions { time_limit: SHORT, body_pace, ..LayerOptions::default() };
        let router = surround(router, bed.platform(), &options);
        Self { router, bed, gate: Arc::new(Semaphore::new(0)) }
    }

    fn somebody(&self) -> TestPerson {
        let id: PersonId = self.bed.ambient.new_id();
        self.bed.callers.enter(&self.bed.ambient, id, &[])
    }

    /// Sends a form whose end waits at the gate. The answer's status and the code of its problem.
    fn send(
        &self,
        path: &str,
        person: Option<&TestPerson>,
    ) -> impl Future<Output = (u16, String)> + Send + 'static {
        let begin = Bytes::from_static(b"--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\nx");
        let end = Bytes::from_static(b"\r\n--b--\r\n");
        let gate = Arc::clone(&self.gate);
        let rest = stream::once(async move {
            let _through = gate.acquire().await;
            end
        });
        let body = stream::iter([begin]).chain(rest).map(Ok::<_, std::io::Error>);
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        if let Some(person) = person {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", person.token));
        }
        let request = request.body(Body::from_stream(body)).expect("a request");
        let router = self.router.clone();
        async move {
            let answer = router.oneshot(request).await.expect("a router answers");
            let status = answer.status().as_u16();
            let body = answer.into_body().collect().await.expect("the answer arrives").to_bytes();
            let problem: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            (status, problem["code"].as_str().unwrap_or_default().to_owned())
        }
    }
}

async fn allowed(upload: Upload) -> Result<StatusCode, Problem> {
    read(&mut *upload.allowed(&())?).await
}

async fn public(mut form: Multipart) -> Result<StatusCode, Problem> {
    read(&mut form).await
}

async fn read(form: &mut Multipart) -> Result<StatusCode, Problem> {
    let cut = |_| Problem::bad_request("upload.cut", "断了", "cut");
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        while field.chunk().await.map_err(cut)?.is_some() {}
    }
    Ok(StatusCode::NO_CONTENT)
}

fn told(answer: &(u16, String)) -> (u16, &str) {
    (answer.0, answer.1.as_str())
}

#[tokio::test]
async fn only_who_may_send_gets_time_for_it() {
    let site = Site::open(Pace::BODY).await;
    let me = site.somebody();
    let slow = tokio::spawn(site.send("/allowed", Some(&me)));
    assert_eq!(told(&site.send("/allowed", None).await), (401, "sign_in.required"));
    // Each of these takes the short time to its end, so the slow one is long past it.
    assert_eq!(told(&site.send("/not-yet-allowed", Some(&me)).await), (503, "request.timeout"));
    assert_eq!(told(&site.send("/public", None).await), (408, "request.unfinished"));
    assert!(!slow.is_finished());
    site.gate.add_permits(1);
    assert_eq!(slow.await.expect("it ends").0, 204);
}

#[tokio::test]
async fn who_may_send_is_held_to_a_pace() {
    let site = Site::open(Pace { silence: SHORT, grace: SHORT, floor: 1024 }).await;
    assert_eq!(told(&site.send("/allowed", Some(&site.somebody())).await), (400, "upload.cut"));
}

#[tokio::test]
async fn one_person_sends_a_few_at_once() {
    let site = Site::open(Pace::BODY).await;
    let (me, other) = (site.somebody(), site.somebody());
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..5 {
        sending.spawn(site.send("/allowed", Some(&me)));
    }
    // Four wait at the gate: the fifth is the only one that can have an answer.
    let refused = sending.join_next().await.expect("five were sent").expect("it ends");
    assert_eq!(told(&refused), (429, "upload.too_many"));
    sending.spawn(site.send("/allowed", Some(&other)));
    site.gate.add_permits(1);
    while let Some(answer) = sending.join_next().await {
        assert_eq!(answer.expect("it ends").0, 204);
    }
    assert_eq!(site.send("/allowed", Some(&me)).await.0, 204, "those that are through do not count");
}

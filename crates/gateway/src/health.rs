//! Whether the process lives (`/healthz`), whether it should get requests (`/readyz`), and, for this machine's own monitoring, its
//! figures (`/metrics`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Method, StatusCode, header};
use http_kit::{Platform, Problem};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use storage::blobs::{Blobs, FreeSpace};
use storage::jobs::Kind;

use crate::presence::Presence;
use crate::queue;

/// What the three pages look at.
#[derive(Clone)]
pub struct Health {
    platform: Platform,
    blobs: Blobs,
    /// The kinds of jobs that are done here.
    kinds: Arc<[Kind]>,
    draining: Arc<AtomicBool>,
    presence: Presence,
    figures: PrometheusHandle,
}

impl Health {
    pub fn new(
        platform: Platform,
        blobs: Blobs,
        kinds: Vec<Kind>,
        presence: Presence,
    ) -> anyhow::Result<Self> {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0])?
            .build_recorder();
        let figures = recorder.handle();
        // A second server in one process (tests) keeps its own figures and leaves the first one's in place.
        let _ = metrics::set_global_recorder(recorder);
        Ok(Self { platform, blobs, kinds: kinds.into(), draining: Arc::default(), presence, figures })
    }

    /// From now on load balancers should look elsewhere.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Keeps the figures' memory bounded; call it now and then.
    pub fn tidy(&self) {
        self.figures.run_upkeep();
    }

    /// What load balancers ask, beside the product's own routes.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(ready))
            .with_state(self.clone())
    }

    /// What monitoring asks, on a listener of its own: the figures tell strangers too much.
    pub fn figures_router(&self) -> Router {
        Router::new().route("/metrics", get(figures)).with_state(self.clone())
    }
}

async fn ready(State(health): State<Health>) -> Response {
    if health.draining.load(Ordering::Acquire) {
        return away(
            "server.draining",
            "服务正在停止，请稍后再试。",
            "This server is stopping; please try again.",
        );
    }
    let answers = async {
        health.platform.db.is_whole()?;
        let mut conn = health.platform.db.read().await?;
        crate::store::ping(&mut conn).await
    };
    match answers.await {
        // Requests are answered all the same: only what is pushed to open pages suffers.
        Ok(()) => match health.presence.warning() {
            Some(words) => format!("ready\n{words}\n").into_response(),
            None => "ready".into_response(),
        },
        Err(_) => away("server.no_database", "数据库暂时连不上。", "The database cannot be reached."),
    }
}

fn away(code: &'static str, zh: &'static str, en: &'static str) -> Response {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, zh, en).retry_after(5).into_response()
}

async fn figures(State(health): State<Health>) -> Response {
    let mut text = health.figures.render();
    match queue::standing(&health.platform, &health.kinds).await {
        Ok(standing) => text.push_str(&queue::figures(&standing)),
        Err(error) => tracing::warn!(error = %kernel::Causes(&error), "the queue was not looked at"),
    }
    text.push_str(&asked(storage::counts()));
    match health.blobs.free_space() {
        Ok(Some(free)) => text.push_str(&space(free)),
        Ok(None) => {}
        Err(error) => tracing::warn!(error = %kernel::Causes(&error), "the disk was not looked at"),
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

fn asked(counts: storage::Counts) -> String {
    let counter =
        |name, help, count| format!("# HELP {name} {help}\n# TYPE {name} counter\n{name} {count}\n");
    counter("database_statements_total", "Statements sent to the database.", counts.statements)
        + &counter("database_transactions_total", "Write transactions begun.", counts.transactions)
}

fn space(free: FreeSpace) -> String {
    let gauge = |name, help, bytes| format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {bytes}\n");
    gauge("blobs_free_bytes", "What is free on the disk of the files.", free.bytes)
        + &gauge("blobs_free_floor_bytes", "Below this no uploads are taken.", free.floor)
}

/// Counts and times every request by its route.
///
/// Invariant: every label comes from a closed set, routes and statuses of our own and the methods known here. A series is kept for
/// as long as the process lives, so what a caller may invent must not name one.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |p| p.as_str().to_owned());
    let method = known(request.method()).to_owned();
    let started = Instant::now();
    let response = next.run(request).await;
    let labels = [("method", method), ("route", route), ("status", response.status().as_u16().to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels[..2]).record(started.elapsed().as_secs_f64());
    response
}

fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

//! What surrounds every route: request id, trace, security headers, limits, problems in the reader's language.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use kernel::Timestamp;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::sensitive_headers::SetSensitiveRequestHeadersLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use url::Url;

use crate::address::ClientAddress;
use crate::again;
use crate::arrival::whole;
use crate::deadline::in_time;
use crate::limits::RateLimit;
use crate::pace::{Pace, paced};
use crate::platform::Platform;
use crate::problem::{Problem, REQUEST_ID};
use crate::problem_layer::render_problems;
use crate::upload::Uploads;

/// Bounds of the layers.
#[derive(Clone)]
pub struct LayerOptions {
    /// Most bytes of a body; routes that take files say their own.
    pub body_limit: usize,
    /// A request that has no answer by then gets 503; uploads get more, once they are allowed.
    pub time_limit: Duration,
    /// How bodies must come.
    pub body_pace: Pace,
    pub rate_limit: Option<RateLimit>,
    /// How many proxies in front add to `X-Forwarded-For`; 0 trusts nobody.
    pub trusted_proxies: usize,
    /// Another host that serves pictures and micro-videos, such as `https://files.example.cn`: the object store's public address.
    pub media_origin: Option<String>,
}

impl Default for LayerOptions {
    fn default() -> Self {
        Self {
            body_limit: 256 * 1024,
            time_limit: Duration::from_secs(30),
            body_pace: Pace::BODY,
            rate_limit: None,
            trusted_proxies: 0,
            media_origin: None,
        }
    }
}

/// A page may load only what this server and its object store serve, and nobody may frame it.
fn content_security_policy(media_origin: Option<&str>) -> HeaderValue {
    let media = media_origin.map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{media}; \
         media-src 'self' blob:{media}; connect-src 'self'{media}; worker-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    // An origin with signs that no header takes lets nothing in.
    HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'"))
}

/// Refuses what another site's pages send. Our own pages name the public address as their origin, also where a proxy gives the request
/// another host and the browser is too old to say `Sec-Fetch-Site`.
fn no_other_site(public_url: &str) -> CsrfLayer {
    let origin = match Url::parse(public_url) {
        Ok(url) => url.origin().ascii_serialization(),
        Err(error) => {
            tracing::warn!(%error, "the public address is no address: its origin is not told from others");
            return CsrfLayer::new();
        }
    };
    CsrfLayer::new().add_trusted_origin(origin).unwrap_or_else(|error| {
        tracing::warn!(%error, "the public address has no origin: it is not told from others");
        CsrfLayer::new()
    })
}

/// Puts the layers around a router.
pub fn surround(router: Router, platform: Platform, options: &LayerOptions) -> Router {
    let trusted = options.trusted_proxies;
    let ambient = platform.ambient.clone();
    let (time_limit, body_pace, body_limit) = (options.time_limit, options.body_pace, options.body_limit);
    let clock = ambient.clone();
    let uploads = Uploads::default();
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let rate_limit = options.rate_limit.clone();
    router.layer(
        ServiceBuilder::new()
            .layer(SetRequestIdLayer::new(REQUEST_ID, NewRequestId(platform.clone())))
            .layer(SetSensitiveRequestHeadersLayer::new([header::AUTHORIZATION, header::COOKIE]))
            .layer(TraceLayer::new_for_http().make_span_with(span))
            .layer(PropagateRequestIdLayer::new(REQUEST_ID))
            .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(header(header::REFERRER_POLICY, "same-origin"))
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CONTENT_SECURITY_POLICY,
                content_security_policy(options.media_origin.as_deref()),
            ))
            .layer(header(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
            .layer(header(header::CACHE_CONTROL, "no-store"))
            // The HTTP library's own lags behind when the clock is set back, and pages count a test's time by it.
            .layer(SetResponseHeaderLayer::overriding(header::DATE, move |_: &Response| date(clock.now())))
            .layer(from_fn(render_problems))
            .layer(CatchPanicLayer::custom(on_panic))
            .layer(no_other_site(&platform.public_url))
            .layer(from_fn(move |mut request: Request, next: Next| {
                let (platform, uploads) = (platform.clone(), uploads.clone());
                async move {
                    let address = address(&request, trusted);
                    request.extensions_mut().insert(address);
                    request.extensions_mut().insert(platform);
                    request.extensions_mut().insert(uploads);
                    let request = request.map(|body| paced(body, body_pace));
                    storage::audit::came_from(address.0, next.run(request)).await
                }
            }))
            // Before the body is waited for, and once however often the request is made again below.
            .layer(from_fn(move |request: Request, next: Next| {
                let limit = rate_limit.clone();
                async move {
                    match limit {
                        Some(limit) => limit.check(request, next).await,
                        None => next.run(request).await,
                    }
                }
            }))
            .layer(from_fn(move |request: Request, next: Next| in_time(time_limit, request, next)))
            .layer(from_fn(move |request: Request, next: Next| whole(body_limit, request, next)))
            .layer(DefaultBodyLimit::max(body_limit))
            .layer(from_fn(move |request: Request, next: Next| {
                let ambient = ambient.clone();
                async move { again::answer(&ambient, request, next).await }
            })),
    )
}

/// As HTTP writes it.
fn date(now: Timestamp) -> Option<HeaderValue> {
    HeaderValue::from_str(&now.to_jiff().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok()
}

#[derive(Clone)]
struct NewRequestId(Platform);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &http::Request<B>) -> Option<RequestId> {
        let id = hex::encode(self.0.ambient.random_bytes::<8>());
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

fn span<B>(request: &http::Request<B>) -> tracing::Span {
    let id = request.headers().get(&REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // A first-use address holds its secret in the path.
    let path = request.uri().path();
    let path = path.find("/first-use/").map_or(path, |at| &path[..at + "/first-use/".len()]);
    tracing::info_span!("http.request", method = %request.method(), path, request_id = id)
}

fn address(request: &Request, trusted_proxies: usize) -> ClientAddress {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    ClientAddress::of(request.headers(), connection, trusted_proxies)
}

fn on_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::unexplained().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_does() {
        let at = "1994-11-06T08:49:37.9Z".parse().expect("an instant");
        assert_eq!(date(at), Some(HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT")));
    }

    #[test]
    fn pages_load_media_from_the_object_store_and_code_from_nowhere_else() {
        let store = content_security_policy(Some("https://files.example.cn"));
        let store = store.to_str().expect("plain text");
        for rule in
            ["media-src 'self' blob: https://files.example.cn;", "script-src 'self';", "worker-src 'self';"]
        {
            assert!(store.contains(rule), "{store}");
        }
        let own = content_security_policy(None);
        assert!(own.to_str().expect("plain text").contains("media-src 'self' blob:; connect-src 'self';"));
        assert_eq!(content_security_policy(Some("https://x\n")), "default-src 'self'");
    }
}

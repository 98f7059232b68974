//! Listening: connections bounded in number, speed and silence, and a stop that loses nothing.

mod seats;
mod stream;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use http_kit::Pace;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use self::seats::Seats;
use self::stream::Watched;

/// How many are taken, and how patient the server is with each.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address; a /56 of IPv6 has four times as many.
    pub connections_per_address: Option<usize>,
    /// A request head that takes longer is an attack or a dead phone. It begins with the connection and with each answer that is done, so a
    /// connection without a request ends with it too: a proxy must keep its idle connections for less.
    pub head: Duration,
    /// A connection on which nothing moves for so long is cut, also within a request. Longer than anything that is waited for in silence.
    pub quiet: Duration,
    /// How answers must be taken.
    pub answers: Pace,
    /// Requests in flight get this long when the server stops.
    pub finish: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 10_000,
            connections_per_address: Some(2_000),
            head: Duration::from_secs(10),
            quiet: Duration::from_mins(3),
            answers: Pace::ANSWER,
            finish: Duration::from_secs(10),
        }
    }
}

/// The longest head of a request, and as much of a body as waits for its reader.
const HEAD_BYTES: usize = 64 * 1024;

/// Serves until told to stop; then takes no new connection and lets requests in flight finish. `before_finish` runs in between:
/// it tells the open sockets to go.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    before_finish: impl Future<Output = ()>,
    bounds: Bounds,
) {
    let graceful = GracefulShutdown::new();
    let seats = Seats::new(bounds.connections, bounds.connections_per_address);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: let some connections end first.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let seat = match seats.take(address.ip()) {
            Ok(seat) => seat,
            Err(why) => {
                seats.refuse(stream, why);
                continue;
            }
        };
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
            request
        });
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(HEAD_BYTES);
        let (watcher, stop) = (graceful.watcher(), stop.clone());
        tokio::spawn(async move {
            // The bound on a first head begins with its first byte: whoever sends none is bound here.
            let mut first = [0];
            tokio::select! {
                biased;
                spoken = tokio::time::timeout(bounds.head, stream.peek(&mut first)) => if spoken.is_err() { return },
                () = stop.cancelled() => return,
            }
            let stream = Watched::new(stream, bounds.answers, bounds.quiet, seat);
            let connection = builder
                .serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(service))
                .into_owned();
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    before_finish.await;
    if tokio::time::timeout(bounds.finish, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

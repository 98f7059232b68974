//! Listening: connections with a bound on how long a request head may take, and a stop that loses nothing.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long the server is patient.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// A request head that takes longer is an attack or a dead phone.
    pub head: Duration,
    /// Requests in flight get this long when the server stops.
    pub finish: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), finish: Duration::from_secs(10) }
    }
}

/// Serves until told to stop; then takes no new connection and lets requests in flight finish. `before_finish` runs in between:
/// it tells the open sockets to go.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    before_finish: impl Future<Output = ()>,
    times: Times,
) {
    let graceful = GracefulShutdown::new();
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
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address));
            request
        });
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(times.head);
        let (watcher, stop) = (graceful.watcher(), stop.clone());
        tokio::spawn(async move {
            // The bound on a head begins with its first byte: whoever sends none is bound here.
            let mut first = [0];
            tokio::select! {
                biased;
                spoken = tokio::time::timeout(times.head, stream.peek(&mut first)) => if spoken.is_err() { return },
                () = stop.cancelled() => return,
            }
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
    if tokio::time::timeout(times.finish, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

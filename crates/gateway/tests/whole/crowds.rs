//! How many may be connected, and what becomes of those who take nothing or say nothing.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use gateway::server::{self, Bounds};
use http_kit::Pace;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

/// Nothing takes this long; it only turns a hanging test into a failing one.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than the buffers of both ends take.
const LARGE: usize = 64 * 1024 * 1024;

async fn serve(bounds: Bounds) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/large", get(|| async { axum::body::Bytes::from(vec![b'x'; LARGE]) }));
    tokio::spawn(server::serve(listener, router, CancellationToken::new(), async {}, bounds));
    address
}

/// A connection that was answered once and stays.
async fn connected(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("it goes out");
    let mut first = [0; 12];
    tokio::time::timeout(PATIENCE, stream.read_exact(&mut first)).await.expect("in time").expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

/// What the next connection hears.
async fn answer(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("it goes out");
    read_to_end(&mut stream).await
}

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ =
        tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the connection ends");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asks again until a place is free: the server hears of a hang-up a moment later.
async fn until_answered(address: SocketAddr) {
    let ask = async { while !answer(address).await.starts_with("HTTP/1.1 200") {} };
    tokio::time::timeout(PATIENCE, ask).await.expect("a place gets free");
}

#[tokio::test]
async fn one_address_has_its_share_and_is_told_so() {
    let address = serve(Bounds { connections_per_address: Some(3), ..Bounds::default() }).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(connected(address).await);
    }
    let refused = answer(address).await;
    assert!(
        refused.starts_with("HTTP/1.1 429 ") && refused.contains("request.too_many_connections"),
        "{refused}"
    );
    let (head, body) = refused.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.contains("application/problem+json") && head.contains("retry-after: 5"), "{head}");
    let problem: serde_json::Value = serde_json::from_str(body).expect("a problem");
    assert_eq!(problem["status"], 429);
    open.pop();
    until_answered(address).await;
}

#[tokio::test]
async fn a_full_house_says_so_and_has_room_again() {
    let bounds = Bounds { connections: 2, connections_per_address: None, ..Bounds::default() };
    let address = serve(bounds).await;
    let open = [connected(address).await, connected(address).await];
    let refused = answer(address).await;
    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("server.full"), "{refused}");
    drop(open);
    until_answered(address).await;
}

#[tokio::test]
async fn whoever_takes_nothing_is_cut_and_whoever_takes_it_gets_all() {
    let short = Duration::from_millis(300);
    let answers = Pace { silence: short, grace: short, floor: 1024 };
    let address = serve(Bounds { connections: 1, answers, ..Bounds::default() }).await;
    let narrow = TcpSocket::new_v4().expect("a socket");
    narrow.set_recv_buffer_size(4096).expect("the buffer can be small");
    let mut lazy = narrow.connect(address).await.expect("the server listens");
    lazy.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("it goes out");
    // It reads nothing, and its place is free again all the same.
    until_answered(address).await;
    let taken = read_to_end(&mut lazy).await;
    assert!(taken.len() < LARGE, "{} bytes", taken.len());
    drop(lazy);

    let mut eager = TcpStream::connect(address).await.expect("the server listens");
    eager
        .write_all(b"GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .await
        .expect("it goes out");
    assert!(read_to_end(&mut eager).await.len() > LARGE);
}

#[tokio::test]
async fn a_connection_on_which_nothing_moves_is_cut() {
    // The next head may take longer than the test: silence alone ends this connection.
    let bounds = Bounds { quiet: Duration::from_millis(200), head: PATIENCE * 2, ..Bounds::default() };
    let address = serve(bounds).await;
    let mut idle = connected(address).await;
    read_to_end(&mut idle).await;
}

#[tokio::test]
async fn a_head_has_a_bound() {
    const BOUND: usize = 64 * 1024;
    let address = serve(Bounds { head: PATIENCE * 2, ..Bounds::default() }).await;
    let (begin, end) = ("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\na: ", "\r\n\r\n");
    let head_of = |bytes: usize| format!("{begin}{}{end}", "x".repeat(bytes - begin.len() - end.len()));
    // As much as is read of a head, and no end in it.
    let endless = head_of(BOUND + end.len());
    let endless = endless.trim_end();
    assert_eq!(endless.len(), BOUND);
    for (head, answered) in [(endless, "HTTP/1.1 431 "), (&head_of(BOUND - 1), "HTTP/1.1 200 ")] {
        let mut stream = TcpStream::connect(address).await.expect("the server listens");
        stream.write_all(head.as_bytes()).await.expect("it goes out");
        let answer = read_to_end(&mut stream).await;
        assert!(answer.starts_with(answered), "{} bytes: {answer}", head.len());
    }
}

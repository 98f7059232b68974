//! A stop loses nothing that was begun, and a connection that does not get to the point is cut.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use futures_util::StreamExt as _;
use gateway::server::{self, Bounds};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

use crate::process::Process;

/// Nothing takes this long; it only turns a hanging test into a failing one.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_stop_under_load_finishes_what_was_begun() {
    let process = Process::start().await;
    let token = process.administrator().await;
    let ticket = process.post("/api/v1/live/ticket", Some(&token), &json!({})).await;
    let ticket = ticket["ticket"].as_str().expect("a ticket").to_owned();
    let url = format!("ws://{}/api/v1/live?ticket={ticket}", process.address);
    let stream = TcpStream::connect(&process.address).await.expect("the server listens");
    let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await.expect("the socket opens");

    // Thirty people are in the middle of sending, and a load balancer is in the middle of asking.
    let body = json!({ "login": "nobody", "password": "x".repeat(64) }).to_string();
    let head = format!(
        "POST /api/v1/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let (first_half, second_half) = body.split_at(body.len() / 2);
    let mut senders = Vec::new();
    for _ in 0..30 {
        senders.push(process.send(&format!("{head}{first_half}")).await);
    }
    let mut balancer = process.send("GET /readyz HTTP/1.1\r\nhost: x\r\n").await;
    assert_eq!(process.status_of("/readyz").await, 200);

    process.terminate();
    assert_eq!(close_code(&mut socket).await, 1001, "sockets are told to resume elsewhere");
    assert!(TcpStream::connect(&process.address).await.is_err(), "nobody new is taken");
    balancer.write_all(b"\r\n").await.expect("the connection is open");
    let answer = read_to_end(balancer).await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("server.draining"), "{answer}");
    for mut sender in senders {
        sender.write_all(second_half.as_bytes()).await.expect("the connection is open");
        let answer = read_to_end(sender).await;
        let is_answered =
            ["sign_in.refused", "sign_in.wait", "sign_in.busy"].iter().any(|code| answer.contains(code));
        assert!(is_answered, "{answer}");
    }
    let ended = process.ended().await;
    assert!(ended.success(), "the process ended with {ended}");
}

#[tokio::test]
async fn a_head_that_does_not_come_is_cut_in_time() {
    let bounds = Bounds { head: Duration::from_millis(200), ..Bounds::default() };
    let (address, stop) = serve(bounds).await;
    for begun in ["", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: "] {
        let mut slow = TcpStream::connect(address).await.expect("the server listens");
        slow.write_all(begun.as_bytes()).await.expect("the beginning goes out");
        let answer = read_to_end(slow).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    // Whoever asks in time is answered on the same server.
    let mut quick = TcpStream::connect(address).await.expect("the server listens");
    quick.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("it goes out");
    assert!(read_to_end(quick).await.starts_with("HTTP/1.1 200 "));
    stop.cancel();
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_up_the_stop() {
    let bounds = Bounds { finish: Duration::from_millis(200), ..Bounds::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    let (enters, entered) = tokio::sync::oneshot::channel();
    let enters = Arc::new(Mutex::new(Some(enters)));
    let never = move || {
        let enters = enters.lock().expect("nobody panicked").take();
        async move {
            enters.and_then(|enters| enters.send(()).ok());
            std::future::pending::<()>().await;
        }
    };
    let router = Router::new().route("/", get(never));
    let server = tokio::spawn(server::serve(listener, router, stop.clone(), async {}, bounds));
    let mut stuck = TcpStream::connect(address).await.expect("the server listens");
    stuck.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("it goes out");
    tokio::time::timeout(PATIENCE, entered).await.expect("it is asked").expect("by its handler");
    stop.cancel();
    tokio::time::timeout(PATIENCE, server).await.expect("the server stops").expect("without a panic");
}

async fn serve(bounds: Bounds) -> (SocketAddr, CancellationToken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    let router = Router::new().route("/", get(|| async { "here" }));
    tokio::spawn(server::serve(listener, router, stop.clone(), async {}, bounds));
    (address, stop)
}

async fn close_code(socket: &mut tokio_tungstenite::WebSocketStream<TcpStream>) -> u16 {
    loop {
        match tokio::time::timeout(PATIENCE, socket.next()).await.expect("the server says something") {
            Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return 1006,
        }
    }
}

async fn read_to_end(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // A reset is an end too.
    let _ = read.expect("the connection ends");
    String::from_utf8_lossy(&bytes).into_owned()
}

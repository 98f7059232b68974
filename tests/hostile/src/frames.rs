//! What somebody who is signed in may say on the live socket.

use std::time::Duration;

use axum::body::Body;
use futures_util::{SinkExt as _, StreamExt as _};
use http::Request;
use http_body_util::BodyExt as _;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio_tungstenite::tungstenite::Message;
use tower::ServiceExt as _;

use crate::Size;
use crate::house::House;
use crate::measure::{Bound, Case};
use crate::shapes::{self, repeated};

/// What the sender here costs is counted with it.
const BOUND: Bound = Bound { cpu_ms: 500, memory_mib: 16 };
/// The longest message.
const MESSAGE: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_mins(2);

pub fn cases(size: Size, runtime: &Runtime, house: &House) -> Vec<Case> {
    let bytes = size.of(MESSAGE);
    let own = format!("person:{}", house.somebody.id);
    let many = |message: Message| vec![message; size.of(8_000)];
    let talks = [
        (
            "a long name",
            vec![Message::text(format!(
                r#"{{"type":"subscribe","channel":"{}"}}"#,
                repeated("x", bytes - 40)
            ))],
        ),
        ("deep lists", vec![Message::text(repeated("[", bytes))]),
        ("a long type", vec![Message::text(format!(r#"{{"type":"{}"}}"#, repeated("p", bytes - 11)))]),
        ("longer than a message may be", vec![Message::text(repeated(" ", MESSAGE * 4))]),
        ("bytes", vec![Message::binary(shapes::noise(bytes))]),
        (
            "one channel again and again",
            many(Message::text(format!(r#"{{"type":"subscribe","channel":"{own}","after":0,"epoch":"x"}}"#))),
        ),
        (
            "channels that are not there",
            many(Message::text(r#"{"type":"subscribe","channel":"class:cls_01h455vb4pex5vsknk084sn02q"}"#)),
        ),
        ("pings in words", many(Message::text(r#"{"type":"ping"}"#))),
        ("pings in frames", many(Message::Ping(vec![0; 125].into()))),
        ("empty frames", many(Message::text(""))),
    ];
    let case = |(name, messages): (&str, Vec<Message>)| {
        let (handle, address, router) = (runtime.handle().clone(), house.address, house.router.clone());
        let token = house.somebody.token.clone();
        let bytes = messages.iter().map(Message::len).sum();
        Case::new(format!("socket: {name}"), bytes, BOUND, move || {
            let talk = async {
                let request =
                    Request::post("/api/v1/live/ticket").header("authorization", format!("Bearer {token}"));
                let request = request.body(Body::empty()).map_err(|e| e.to_string())?;
                let Ok(answer) = router.oneshot(request).await;
                let answer = answer.into_body().collect().await.map_err(|e| e.to_string())?.to_bytes();
                let answer: serde_json::Value = serde_json::from_slice(&answer).map_err(|e| e.to_string())?;
                let ticket = answer["ticket"].as_str().ok_or("no ticket was given")?;
                let stream = TcpStream::connect(address).await.map_err(|e| e.to_string())?;
                let url = format!("ws://{address}/api/v1/live?ticket={ticket}");
                let (socket, _) =
                    tokio_tungstenite::client_async(url, stream).await.map_err(|e| e.to_string())?;
                let (mut to, mut from) = socket.split();
                let say = async {
                    for message in messages {
                        // The server hangs up on whoever goes too far.
                        if to.send(message).await.is_err() {
                            return;
                        }
                    }
                    let _ = to.close().await;
                };
                let hear = async { while let Some(Ok(_)) = from.next().await {} };
                tokio::join!(say, hear);
                Ok::<_, String>(())
            };
            handle
                .block_on(async { tokio::time::timeout(PATIENCE, talk).await })
                .map_err(|_| "it hangs".to_owned())?
        })
    };
    talks.map(case).into()
}

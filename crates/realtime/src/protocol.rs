//! What client and server say to each other on the socket, word by word.

use axum::extract::ws::Utf8Bytes;
use serde::{Deserialize, Serialize};

use crate::channel::Channel;

/// A message as it goes out: encoded once, shared by everybody who gets it.
pub(crate) type Frame = Utf8Bytes;

/// What a client may say.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ClientMessage {
    /// `after` and `epoch` are the last number seen and its history; a client without memory leaves both out.
    Subscribe {
        channel: String,
        #[serde(default)]
        after: Option<i64>,
        #[serde(default)]
        epoch: Option<String>,
    },
    Unsubscribe {
        channel: String,
    },
    Ping,
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum ServerMessage<'a> {
    /// Everything that was missed follows as events; `number` is the last of them as of now.
    Recovered {
        channel: Channel,
        epoch: &'a str,
        number: i64,
    },
    /// What was missed cannot be told: fetch the state, then take events after `number`.
    Resync {
        channel: Channel,
        epoch: &'a str,
        number: i64,
    },
    /// Something happened.
    Event {
        channel: Channel,
        number: i64,
        kind: &'a str,
        data: &'a serde_json::Value,
    },
    /// The subscription was not made, or was ended; `code` is one of [`refusal`].
    Refused {
        channel: &'a str,
        code: &'static str,
    },
    Pong,
}

/// The codes of a refusal.
pub(crate) mod refusal {
    /// There is no such channel, or not for this person: the two look alike from outside.
    pub const NO_SUCH_CHANNEL: &str = "no_such_channel";
    pub const TOO_MANY_SUBSCRIPTIONS: &str = "too_many_subscriptions";
}

impl ServerMessage<'_> {
    pub fn frame(&self) -> Frame {
        let text = serde_json::to_string(self).expect("strings, numbers and JSON values always serialise");
        Frame::from(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_messages_are_read_with_and_without_memory() {
        let read = |text: &str| serde_json::from_str::<ClientMessage>(text).ok();
        assert_eq!(read(r#"{"type":"ping"}"#), Some(ClientMessage::Ping));
        assert_eq!(
            read(r#"{"type":"subscribe","channel":"c","after":3,"epoch":"e"}"#),
            Some(ClientMessage::Subscribe { channel: "c".into(), after: Some(3), epoch: Some("e".into()) })
        );
        assert_eq!(
            read(r#"{"type":"subscribe","channel":"c","after":null}"#),
            Some(ClientMessage::Subscribe { channel: "c".into(), after: None, epoch: None })
        );
        assert_eq!(read(r#"{"type":"shout"}"#), None);
    }

    #[test]
    fn server_messages_are_written_as_agreed() {
        let channel: Channel = "class:cls_01h455vb4pex5vsknk084sn02q".parse().expect("a channel");
        let data = serde_json::json!({"topic_id": "top_1"});
        for (message, text) in [
            (
                ServerMessage::Recovered { channel, epoch: "e", number: 7 },
                r#"{"type":"recovered","channel":"class:cls_01h455vb4pex5vsknk084sn02q","epoch":"e","number":7}"#,
            ),
            (
                ServerMessage::Resync { channel, epoch: "e", number: 0 },
                r#"{"type":"resync","channel":"class:cls_01h455vb4pex5vsknk084sn02q","epoch":"e","number":0}"#,
            ),
            (
                ServerMessage::Event { channel, number: 8, kind: "post_written", data: &data },
                r#"{"type":"event","channel":"class:cls_01h455vb4pex5vsknk084sn02q","number":8,"kind":"post_written","data":{"topic_id":"top_1"}}"#,
            ),
            (
                ServerMessage::Refused { channel: "x", code: refusal::NO_SUCH_CHANNEL },
                r#"{"type":"refused","channel":"x","code":"no_such_channel"}"#,
            ),
            (ServerMessage::Pong, r#"{"type":"pong"}"#),
        ] {
            assert_eq!(message.frame().as_str(), text);
        }
    }
}

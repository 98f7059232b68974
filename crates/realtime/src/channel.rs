//! Whom an event is for: the channels that a client can subscribe to, and how they are written.

use std::fmt;
use std::str::FromStr;

use kernel::id::{ClassId, ConversationId, LiveSessionId, PersonId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A stream of numbered events, written `class:cls_…`, `conversation:cnv_…`, `live:liv_…` or `person:per_…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// What everybody in a class sees happen.
    Class(ClassId),
    /// A private conversation.
    Conversation(ConversationId),
    /// A live Q&A session.
    Live(LiveSessionId),
    /// What concerns one person alone. Only that person ever joins it.
    Person(PersonId),
}

/// The text does not name a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a channel is written class:, conversation:, live: or person: followed by an id")]
pub struct NoSuchChannel;

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Class(id) => write!(f, "class:{id}"),
            Self::Conversation(id) => write!(f, "conversation:{id}"),
            Self::Live(id) => write!(f, "live:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
        }
    }
}

impl FromStr for Channel {
    type Err = NoSuchChannel;
    fn from_str(text: &str) -> Result<Self, NoSuchChannel> {
        let (word, id) = text.split_once(':').ok_or(NoSuchChannel)?;
        match word {
            "class" => id.parse().map(Self::Class),
            "conversation" => id.parse().map(Self::Conversation),
            "live" => id.parse().map(Self::Live),
            "person" => id.parse().map(Self::Person),
            _ => return Err(NoSuchChannel),
        }
        .map_err(|_| NoSuchChannel)
    }
}

impl Serialize for Channel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Channel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
impl utoipa::PartialSchema for Channel {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^(class:cls|conversation:cnv|live:liv|person:per)_[0-7][0-9a-hjkmnp-tv-z]{25}$"))
            .into()
    }
}
impl utoipa::ToSchema for Channel {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Borrowed("Channel")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_channel_reads_back_as_written() {
        let uuid =
            kernel::id::ClassId::from_uuid("01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("a uuid"))
                .uuid();
        for (channel, word) in [
            (Channel::Class(ClassId::from_uuid(uuid)), "class:cls_"),
            (Channel::Conversation(ConversationId::from_uuid(uuid)), "conversation:cnv_"),
            (Channel::Live(LiveSessionId::from_uuid(uuid)), "live:liv_"),
            (Channel::Person(PersonId::from_uuid(uuid)), "person:per_"),
        ] {
            let text = channel.to_string();
            assert!(text.starts_with(word), "{text}");
            assert_eq!(text.parse(), Ok(channel));
        }
    }

    #[test]
    fn other_texts_name_no_channel() {
        for wrong in [
            "",
            "class",
            "class:",
            "class:per_01h455vb4pex5vsknk084sn02q",
            "room:cls_01h455vb4pex5vsknk084sn02q",
        ] {
            assert_eq!(wrong.parse::<Channel>(), Err(NoSuchChannel), "{wrong}");
        }
    }
}

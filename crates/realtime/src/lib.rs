#![doc = include_str!("../README.md")]

mod allowance;
mod bus;
mod channel;
mod channel_log;
mod epoch;
mod guard;
mod http;
mod hub;
mod membership;
#[cfg(feature = "nats")]
mod nats;
mod protocol;
mod publish;
mod retention;
mod ring;
mod socket;
mod sockets;
mod store;
mod subscription;
mod tickets;

pub use bus::{Bus, Hint, InProcessBus, Note};
pub use channel::{Channel, NoSuchChannel};
pub use epoch::renew_epoch;
pub use guard::ChannelGuard;
pub use http::router;
pub use hub::{Hub, HubOptions};
#[cfg(feature = "nats")]
pub use nats::{NatsBus, NatsError};
pub use publish::publish;
pub use retention::{TIDY, Tidy, remove_old_events};

//! Where a request came from, for throttling and the audit log.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;

/// The caller's address. Behind a trusted proxy the gateway has replaced it by the forwarded one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<Self>().copied();
        let socket = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| Self(c.0.ip()));
        Ok(known.or_else(socket).unwrap_or(Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

/// Who an address counts as: itself, or its /64 where a household has a whole one.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The /56 around an IPv6 address: one line may get all of its 256 networks, so they share a wider bound.
pub fn aggregate(address: IpAddr) -> Option<IpAddr> {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Some(IpAddr::V6([a, b, c, d & 0xff00, 0, 0, 0, 0].into()))
        }
        IpAddr::V4(_) => None,
    }
}

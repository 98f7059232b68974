//! Where a request came from, for limits, throttling and the audit log.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::HeaderMap;
use http::request::Parts;

/// The caller's address. Behind trusted proxies the layers have replaced the connection's by the one that they forwarded.
///
/// Invariant: canonical. IPv4 written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address, so that nobody has two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    pub fn new(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }

    /// The address that the `trusted_proxies` in front vouch for; without them, or when they say nothing that reads as one,
    /// the connection's own.
    pub(crate) fn of(headers: &HeaderMap, connection: Option<IpAddr>, trusted_proxies: usize) -> Self {
        let named = trusted_proxies.checked_sub(1).and_then(|before| forwarded(headers, before));
        Self::new(named.or(connection).unwrap_or(Ipv4Addr::UNSPECIFIED.into()))
    }
}

/// The hop that has `before` others to its right in all lines of `X-Forwarded-For` together. Each proxy adds the address it was
/// asked from at the end, in the last line or in one of its own; what stands further left, the client may have written.
fn forwarded(headers: &HeaderMap, before: usize) -> Option<IpAddr> {
    let hops = headers.get_all("x-forwarded-for").iter().rev().flat_map(|line| {
        line.as_bytes().rsplit(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|hop| !hop.is_empty())
    });
    let hop = str::from_utf8(hops.into_iter().nth(before)?).ok()?;
    // Some proxies add the port: 10.0.0.1:4711, [2001:db8::1]:4711.
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let known = parts.extensions.get::<Self>().copied();
        let socket = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| Self::new(c.0.ip()));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn from(lines: &[&str], trusted: usize) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            let line = http::HeaderValue::from_bytes(line.as_bytes()).expect("a header value");
            headers.append("x-forwarded-for", line);
        }
        let proxy = "::ffff:192.0.2.1".parse().expect("an address");
        ClientAddress::of(&headers, Some(proxy), trusted).0.to_string()
    }

    #[test]
    fn the_proxies_word_counts_and_the_clients_does_not() {
        for (lines, trusted, expected) in [
            // Without trusted proxies nobody's word counts.
            (&["9.9.9.9"][..], 0, "192.0.2.1"),
            (&[], 1, "192.0.2.1"),
            (&["10.0.0.7"], 1, "10.0.0.7"),
            // A proxy that adds to the client's line, and one that adds a line.
            (&["9.9.9.9, 10.0.0.7"], 1, "10.0.0.7"),
            (&["9.9.9.9", "10.0.0.7"], 1, "10.0.0.7"),
            (&["9.9.9.9, 8.8.8.8", "10.0.0.7", "192.0.2.9"], 2, "10.0.0.7"),
            (&["9.9.9.9,10.0.0.7 ", " 192.0.2.9"], 2, "10.0.0.7"),
            // Empty elements say nothing (RFC 9110, 5.6.1); a line that is no text is still only one of the client's.
            (&["9.9.9.9,", ",10.0.0.7,,", ""], 1, "10.0.0.7"),
            (&["\u{fe}, \u{ff}", "10.0.0.7"], 1, "10.0.0.7"),
            // Fewer hops than proxies: somebody came around one of them.
            (&["9.9.9.9"], 2, "192.0.2.1"),
            // What the proxy wrote is no address: the next one is not believed instead.
            (&["9.9.9.9, unknown"], 1, "192.0.2.1"),
            (&["9.9.9.9, 10.0.0.300"], 1, "192.0.2.1"),
            (&["9.9.9.9, \u{ff}"], 1, "192.0.2.1"),
            // Ports, brackets, and IPv4 in the clothes of IPv6.
            (&["10.0.0.7:4711"], 1, "10.0.0.7"),
            (&["[2001:db8::7]:4711"], 1, "2001:db8::7"),
            (&["[2001:db8::7]"], 1, "2001:db8::7"),
            (&["::ffff:10.0.0.7"], 1, "10.0.0.7"),
            (&["::FFFF:0a00:0007"], 1, "10.0.0.7"),
        ] {
            assert_eq!(from(lines, trusted), expected, "{lines:?} behind {trusted}");
        }
    }

    #[test]
    fn an_address_has_one_key_however_it_is_written() {
        let text = |address: Option<IpAddr>| address.map(|a| a.to_string()).unwrap_or_default();
        for (address, own, wider) in [
            ("10.0.0.7", "10.0.0.7", ""),
            ("::ffff:10.0.0.7", "10.0.0.7", ""),
            ("2001:db8:1:2ff::7", "2001:db8:1:2ff::", "2001:db8:1:200::"),
            ("2001:db8:1:200:ffff::", "2001:db8:1:200::", "2001:db8:1:200::"),
        ] {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!((network(address).to_string(), text(aggregate(address))), (own.into(), wider.into()));
        }
    }
}

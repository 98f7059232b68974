//! How many connections there may be, in all and from one address, and what the next one hears.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http_kit::{aggregate, network};
use kernel::Tally;
use kernel::tally::Place;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// How many times the bound of one address a whole /56 of IPv6 may have.
const AGGREGATE: usize = 4;
/// Refusals that are being told at once; whoever comes on top of them is cut without a word.
const REFUSALS: usize = 64;
/// A refusal is a kilobyte: whoever has not taken it by then does not want it.
const REFUSAL_TIME: Duration = Duration::from_secs(2);

/// The bounds. `per_address` is `None` behind proxies, which all have the same few addresses.
pub(super) struct Seats {
    most: usize,
    per_address: Option<usize>,
    house: Tally<()>,
    networks: Tally<IpAddr>,
    aggregates: Tally<IpAddr>,
    refusing: Arc<Semaphore>,
}

/// A connection's place; it is free again with this.
pub(super) struct Seat {
    _house: Place<()>,
    _networks: Vec<Place<IpAddr>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoSeat {
    /// All are taken.
    Full,
    /// This address has its share.
    TooManyFromThere,
}

impl Seats {
    pub fn new(most: usize, per_address: Option<usize>) -> Self {
        let refusing = Arc::new(Semaphore::new(REFUSALS));
        let (networks, aggregates) = Default::default();
        Self { most, per_address, house: Tally::default(), networks, aggregates, refusing }
    }

    pub fn take(&self, address: IpAddr) -> Result<Seat, NoSeat> {
        let mut places = Vec::new();
        if let Some(most) = self.per_address {
            let too_many = NoSeat::TooManyFromThere;
            places.push(self.networks.take(network(address), most).ok_or(too_many)?);
            if let Some(all) = aggregate(address) {
                let most = most.saturating_mul(AGGREGATE);
                places.push(self.aggregates.take(all, most).ok_or(too_many)?);
            }
        }
        let house = self.house.take((), self.most).ok_or(NoSeat::Full)?;
        Ok(Seat { _house: house, _networks: places })
    }

    /// Says why, in the background, and hangs up.
    pub fn refuse(&self, stream: TcpStream, why: NoSeat) {
        let Ok(permit) = Arc::clone(&self.refusing).try_acquire_owned() else { return };
        tokio::spawn(async move {
            let _ = tokio::time::timeout(REFUSAL_TIME, tell(stream, why)).await;
            drop(permit);
        });
    }
}

async fn tell(mut stream: TcpStream, why: NoSeat) -> std::io::Result<()> {
    stream.write_all(why.answer().as_bytes()).await?;
    stream.shutdown().await?;
    // Hanging up on unread bytes would take the answer back.
    let mut rest = stream.take(64 * 1024);
    let mut unread = [0; 1024];
    while rest.read(&mut unread).await? > 0 {}
    Ok(())
}

impl NoSeat {
    fn answer(self) -> String {
        let (status, code, title) = match self {
            Self::Full => (
                "503 Service Unavailable",
                "server.full",
                "连接的人太多了，请稍后再试。 Too many are connected; please try again shortly.",
            ),
            Self::TooManyFromThere => (
                "429 Too Many Requests",
                "request.too_many_connections",
                "从您的网络来的连接太多了，请稍后再试。 There are too many connections from your network; please try again shortly.",
            ),
        };
        let number = &status[..3];
        let body =
            format!(r#"{{"type":"/problems/{code}","title":"{title}","status":{number},"code":"{code}"}}"#);
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nretry-after: 5\r\n\
             cache-control: no-store\r\nconnection: close\r\n\r\n{body}",
            body.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of these find a seat.
    fn seated(seats: &Seats, addresses: impl Iterator<Item = String>) -> Vec<Seat> {
        addresses.filter_map(|a| seats.take(a.parse().expect("an address")).ok()).collect()
    }

    #[test]
    fn one_address_gets_its_share_and_the_house_is_never_overfull() {
        let seats = Seats::new(30, Some(5));
        let school = seated(&seats, (0..20).map(|i| format!("{}10.0.0.7", ["", "::ffff:"][i % 2])));
        assert_eq!(school.len(), 5);
        let refused = seats.take("10.0.0.7".parse().expect("an address")).err();
        assert_eq!(refused, Some(NoSeat::TooManyFromThere));
        let homes = seated(&seats, (0..100).map(|i| format!("10.0.1.{i}")));
        assert_eq!(homes.len(), 25);
        let refused = seats.take("10.0.2.1".parse().expect("an address")).err();
        assert_eq!(refused, Some(NoSeat::Full));
        drop(school);
        assert_eq!(seated(&seats, (0..20).map(|i| format!("10.0.2.{i}"))).len(), 5, "seats come back");
    }

    #[test]
    fn a_line_with_many_networks_shares() {
        let seats = Seats::new(1000, Some(5));
        assert_eq!(seated(&seats, (0..20).map(|i| format!("2001:db8::{i}"))).len(), 5);
        let roaming = seated(&seats, (1..200).map(|i| format!("2001:db8:0:{i:x}::1")));
        assert_eq!(roaming.len(), 20, "a /56 has four times five");
    }

    #[test]
    fn behind_a_proxy_only_the_house_counts() {
        let seats = Seats::new(30, None);
        assert_eq!(seated(&seats, (0..100).map(|_| "10.0.0.7".to_owned())).len(), 30);
    }
}

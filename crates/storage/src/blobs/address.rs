//! Addresses of files that open without a token, for a while and for whom they were given out to:
//! `/blob/{id}?exp=..&by=..&on=..&of=..&sig=..`.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use kernel::id::{BlobId, ClassId, PersonId, SessionId, TrainingId};
use kernel::{Actor, Timestamp};
use sha2::Sha256;

use super::disposition::Disposition;

/// Addresses that are asked for within the same stretch are equal, so that a browser keeps what it has loaded.
const STRETCH_SECONDS: i64 = 300;
/// An address that opens whatever becomes of those it was given to holds no longer than this and a stretch: long enough for the longest
/// micro-video and a pause, and for reading a work.
#[cfg(feature = "s3")]
pub(super) const MOST_SECONDS_WITHOUT_RIGHTS: i64 = 3_600;

/// To whom an address is given out, on which device, and as what: whether they may still open it is asked each time it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenTo {
    pub person: PersonId,
    pub session: SessionId,
    pub of: PartOf,
}

impl GivenTo {
    pub fn new(actor: &Actor, of: PartOf) -> Self {
        Self { person: actor.person, session: actor.session, of }
    }
}

/// What gives somebody a right to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOf {
    /// It is their own.
    Nothing,
    Class(ClassId),
    Training(TrainingId),
}

impl fmt::Display for PartOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("own"),
            Self::Class(class) => class.fmt(f),
            Self::Training(training) => training.fmt(f),
        }
    }
}

impl FromStr for PartOf {
    type Err = AddressRefused;
    fn from_str(text: &str) -> Result<Self, AddressRefused> {
        if text == "own" {
            return Ok(Self::Nothing);
        }
        let class = text.parse().map(Self::Class);
        class.or_else(|_| text.parse().map(Self::Training)).map_err(|_| AddressRefused::Forged)
    }
}

/// The query of a signed address.
#[derive(Debug, Clone)]
pub struct SignedQuery {
    /// Seconds since 1970.
    pub exp: i64,
    pub to: GivenTo,
    pub sig: String,
    pub disposition: Disposition,
}

/// Why an address does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    #[error("the address was not given out by this server")]
    Forged,
    #[error("the address has expired")]
    Expired,
}

#[derive(Clone)]
pub(super) struct Signer(Hmac<Sha256>);

impl Signer {
    pub fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes a key of any length"))
    }

    pub fn sign(&self, blob: BlobId, expires: i64, disposition: Disposition, to: GivenTo) -> String {
        let sig = hex::encode(self.mac(blob, expires, disposition, to).finalize().into_bytes());
        let shown = match disposition {
            Disposition::Inline => "",
            Disposition::Attachment => "&as=attachment",
        };
        let GivenTo { person, session, of } = to;
        format!("/blob/{blob}?exp={expires}&by={person}&on={session}&of={of}&sig={sig}{shown}")
    }

    pub fn verify(&self, blob: BlobId, query: &SignedQuery, now: Timestamp) -> Result<(), AddressRefused> {
        let sig = hex::decode(&query.sig).map_err(|_| AddressRefused::Forged)?;
        self.mac(blob, query.exp, query.disposition, query.to)
            .verify_slice(&sig)
            .map_err(|_| AddressRefused::Forged)?;
        if query.exp <= now.seconds() {
            return Err(AddressRefused::Expired);
        }
        Ok(())
    }

    fn mac(&self, blob: BlobId, expires: i64, disposition: Disposition, to: GivenTo) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        let GivenTo { person, session, of } = to;
        let shown = disposition.word();
        let text = format!("blob address\n{blob}\n{expires}\n{shown}\n{person}\n{session}\n{of}");
        mac.update(text.as_bytes());
        mac
    }
}

/// From when to when an address given out now holds, in seconds since 1970: at least `seconds` from now.
pub(super) fn validity(now: Timestamp, seconds: i64) -> (i64, i64) {
    let start = now.seconds().div_euclid(STRETCH_SECONDS) * STRETCH_SECONDS;
    (start, start + STRETCH_SECONDS + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::from_micros(1_790_000_123_000_000);

    fn blob(n: u128) -> BlobId {
        BlobId::from_uuid(Uuid::from_u128(n))
    }

    fn to(n: u128) -> GivenTo {
        let id = Uuid::from_u128(n);
        GivenTo {
            person: PersonId::from_uuid(id),
            session: SessionId::from_uuid(id),
            of: PartOf::Training(TrainingId::from_uuid(id)),
        }
    }

    fn query(address: &str) -> SignedQuery {
        let pairs: std::collections::HashMap<_, _> = address
            .split_once('?')
            .map(|(_, query)| query.split('&').filter_map(|pair| pair.split_once('=')).collect())
            .unwrap_or_default();
        SignedQuery {
            exp: pairs["exp"].parse().expect("seconds"),
            to: GivenTo {
                person: pairs["by"].parse().expect("a person"),
                session: pairs["on"].parse().expect("a session"),
                of: pairs["of"].parse().expect("a part"),
            },
            sig: pairs["sig"].to_owned(),
            disposition: if pairs.contains_key("as") { Disposition::Attachment } else { Disposition::Inline },
        }
    }

    #[test]
    fn address_opens_its_own_file_until_it_expires() {
        let signer = Signer::new(b"secret");
        let (_, expires) = validity(NOW, 600);
        let given = query(&signer.sign(blob(1), expires, Disposition::Attachment, to(7)));
        assert_eq!(signer.verify(blob(1), &given, NOW.plus_seconds(600)), Ok(()));
        assert_eq!(signer.verify(blob(1), &given, NOW.plus_seconds(901)), Err(AddressRefused::Expired));
    }

    #[test]
    fn nothing_of_an_address_can_be_changed() {
        let signer = Signer::new(b"secret");
        let given = query(&signer.sign(blob(1), NOW.seconds() + 60, Disposition::Attachment, to(7)));
        let forged = |blob, query: SignedQuery| {
            assert_eq!(signer.verify(blob, &query, NOW), Err(AddressRefused::Forged));
        };
        forged(blob(2), given.clone());
        forged(blob(1), SignedQuery { exp: given.exp + 1, ..given.clone() });
        for other in [
            GivenTo { person: to(8).person, ..to(7) },
            GivenTo { session: to(8).session, ..to(7) },
            GivenTo { of: to(8).of, ..to(7) },
            GivenTo { of: PartOf::Class(ClassId::from_uuid(Uuid::from_u128(7))), ..to(7) },
            GivenTo { of: PartOf::Nothing, ..to(7) },
        ] {
            forged(blob(1), SignedQuery { to: other, ..given.clone() });
        }
        forged(blob(1), SignedQuery { disposition: Disposition::Inline, ..given.clone() });
        forged(blob(1), SignedQuery { sig: given.sig.replace(&given.sig[..2], "zz"), ..given.clone() });
        forged(blob(1), SignedQuery { sig: String::new(), ..given.clone() });
        assert_eq!(Signer::new(b"other").verify(blob(1), &given, NOW), Err(AddressRefused::Forged));
    }

    #[test]
    fn a_part_reads_as_it_is_written() {
        let id = Uuid::from_u128(7);
        for part in [
            PartOf::Nothing,
            PartOf::Class(ClassId::from_uuid(id)),
            PartOf::Training(TrainingId::from_uuid(id)),
        ] {
            assert_eq!(part.to_string().parse(), Ok(part));
        }
        for other in ["", "per_01h455vb4pex5vsknk084sn02q", "Own"] {
            assert_eq!(other.parse::<PartOf>(), Err(AddressRefused::Forged), "{other}");
        }
    }

    #[test]
    fn addresses_of_the_same_five_minutes_are_equal() {
        let at = |seconds: i64| validity(Timestamp::from_micros(seconds * 1_000_000), 600);
        assert_eq!(at(900), at(1_199));
        assert_ne!(at(900), at(1_200));
        assert_eq!(at(1_199), (900, 1_800));
    }
}

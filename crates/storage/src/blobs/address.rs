//! Addresses of files that open without signing in, for a while: `/blob/{id}?exp=..&sig=..`.

use hmac::{Hmac, KeyInit, Mac};
use kernel::Timestamp;
use kernel::id::BlobId;
use serde::Deserialize;
use sha2::Sha256;

use super::disposition::Disposition;

/// Addresses that are asked for within the same stretch are equal, so that a browser keeps what it has loaded.
const STRETCH_SECONDS: i64 = 300;

/// The query of a signed address.
#[derive(Debug, Clone, Deserialize)]
pub struct SignedQuery {
    /// Seconds since 1970.
    pub exp: i64,
    pub sig: String,
    #[serde(rename = "as", default)]
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

    pub fn sign(&self, blob: BlobId, expires: i64, disposition: Disposition) -> String {
        let sig = hex::encode(self.mac(blob, expires, disposition).finalize().into_bytes());
        let shown = match disposition {
            Disposition::Inline => "",
            Disposition::Attachment => "&as=attachment",
        };
        format!("/blob/{blob}?exp={expires}&sig={sig}{shown}")
    }

    pub fn verify(&self, blob: BlobId, query: &SignedQuery, now: Timestamp) -> Result<(), AddressRefused> {
        let sig = hex::decode(&query.sig).map_err(|_| AddressRefused::Forged)?;
        self.mac(blob, query.exp, query.disposition)
            .verify_slice(&sig)
            .map_err(|_| AddressRefused::Forged)?;
        if query.exp <= now.seconds() {
            return Err(AddressRefused::Expired);
        }
        Ok(())
    }

    fn mac(&self, blob: BlobId, expires: i64, disposition: Disposition) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(format!("blob address\n{blob}\n{expires}\n{}", disposition.word()).as_bytes());
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

    fn query(address: &str) -> SignedQuery {
        let pairs: std::collections::HashMap<_, _> = address
            .split_once('?')
            .map(|(_, query)| query.split('&').filter_map(|pair| pair.split_once('=')).collect())
            .unwrap_or_default();
        SignedQuery {
            exp: pairs["exp"].parse().expect("seconds"),
            sig: pairs["sig"].to_owned(),
            disposition: if pairs.contains_key("as") { Disposition::Attachment } else { Disposition::Inline },
        }
    }

    #[test]
    fn address_opens_its_own_file_until_it_expires() {
        let signer = Signer::new(b"secret");
        let (_, expires) = validity(NOW, 600);
        let given = query(&signer.sign(blob(1), expires, Disposition::Attachment));
        assert_eq!(signer.verify(blob(1), &given, NOW.plus_seconds(600)), Ok(()));
        assert_eq!(signer.verify(blob(1), &given, NOW.plus_seconds(901)), Err(AddressRefused::Expired));
    }

    #[test]
    fn nothing_of_an_address_can_be_changed() {
        let signer = Signer::new(b"secret");
        let given = query(&signer.sign(blob(1), NOW.seconds() + 60, Disposition::Attachment));
        let forged = |blob, query: SignedQuery| {
            assert_eq!(signer.verify(blob, &query, NOW), Err(AddressRefused::Forged));
        };
        forged(blob(2), given.clone());
        forged(blob(1), SignedQuery { exp: given.exp + 1, ..given.clone() });
        forged(blob(1), SignedQuery { disposition: Disposition::Inline, ..given.clone() });
        forged(blob(1), SignedQuery { sig: given.sig.replace(&given.sig[..2], "zz"), ..given.clone() });
        forged(blob(1), SignedQuery { sig: String::new(), ..given.clone() });
        assert_eq!(Signer::new(b"other").verify(blob(1), &given, NOW), Err(AddressRefused::Forged));
    }

    #[test]
    fn addresses_of_the_same_five_minutes_are_equal() {
        let at = |seconds: i64| validity(Timestamp::from_micros(seconds * 1_000_000), 600);
        assert_eq!(at(900), at(1_199));
        assert_ne!(at(900), at(1_200));
        assert_eq!(at(1_199), (900, 1_800));
    }
}

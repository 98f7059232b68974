//! Revocation that verifies offline of us: a bit for each certificate in a signed list (W3C Bitstring Status List 1.0).

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kernel::Timestamp;
use kernel::id::OrgUnitId;
use serde::{Deserialize, Serialize};

use super::Addresses;
use super::claims::{CONTEXT_VC, MalformedBadge, Registered, StatusEntry};

/// The least number of entries that the standard allows, so that an index tells nothing about its holder.
const ENTRIES: u32 = 131_072;
const BYTES: usize = 131_072 / 8;
/// A list whose bits are random does not shrink: 16 kB in base64, and room for the envelope.
const LONGEST: usize = BYTES * 4 / 3 + 1024;
const PURPOSE: &str = "revocation";

/// A place in a status list. Places are drawn at random and never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusIndex(u32);

impl StatusIndex {
    /// Draws a place; every one is equally likely because the number of places is a power of two.
    pub const fn from_random(bytes: [u8; 4]) -> Self {
        Self(u32::from_be_bytes(bytes) % ENTRIES)
    }
    /// The place with this number, if the list has it.
    pub fn new(index: u32) -> Option<Self> {
        (index < ENTRIES).then_some(Self(index))
    }
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Where a certificate's bit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusPointer {
    pub list: u32,
    pub index: StatusIndex,
}

impl StatusPointer {
    pub(super) fn entry(self, at: &Addresses) -> StatusEntry {
        let list = at.status_list(self.list);
        StatusEntry {
            id: format!("{list}#{}", self.index.0),
            kind: "BitstringStatusListEntry".to_owned(),
            status_purpose: PURPOSE.to_owned(),
            status_list_index: self.index.0.to_string(),
            status_list_credential: list,
        }
    }

    pub(super) fn read(entry: &StatusEntry, at: &Addresses) -> Result<Self, MalformedBadge> {
        let list = at.list(&entry.status_list_credential);
        let index = entry.status_list_index.parse().ok().and_then(StatusIndex::new);
        match (list, index) {
            (Some(list), Some(index)) if *entry == (Self { list, index }).entry(at) => {
                Ok(Self { list, index })
            }
            _ => Err(MalformedBadge("credentialStatus")),
        }
    }
}

/// The bits of one list. A set bit means revoked.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList(Vec<u8>);

impl Default for StatusList {
    fn default() -> Self {
        Self(vec![0; BYTES])
    }
}

impl StatusList {
    /// A list in which exactly these places are revoked.
    pub fn revoking(indexes: impl IntoIterator<Item = StatusIndex>) -> Self {
        let mut list = Self::default();
        for index in indexes {
            let (byte, bit) = place(index);
            list.0[byte] |= bit;
        }
        list
    }

    pub fn is_revoked(&self, index: StatusIndex) -> bool {
        let (byte, bit) = place(index);
        self.0[byte] & bit != 0
    }

    /// Multibase `u`: base64url of the compressed bits.
    pub fn encode(&self) -> String {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let compressed = gzip.write_all(&self.0).and_then(|()| gzip.finish());
        let compressed = compressed.expect("writing to memory cannot fail");
        format!("u{}", URL_SAFE_NO_PAD.encode(compressed))
    }

    /// Reads an encoded list of exactly our length; a bomb is not inflated further than that.
    pub fn decode(encoded: &str) -> Result<Self, StatusListError> {
        let encoded =
            encoded.strip_prefix('u').filter(|text| text.len() <= LONGEST).ok_or(StatusListError)?;
        let compressed = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| StatusListError)?;
        let mut bits = Vec::new();
        let limit = u64::from(ENTRIES / 8) + 1;
        GzDecoder::new(compressed.as_slice())
            .take(limit)
            .read_to_end(&mut bits)
            .map_err(|_| StatusListError)?;
        if bits.len() == BYTES { Ok(Self(bits)) } else { Err(StatusListError) }
    }

    /// The credential that carries the list, as `office` publishes it at this moment.
    pub fn credential(
        &self,
        list: u32,
        office: OrgUnitId,
        at: &Addresses,
        now: Timestamp,
    ) -> StatusListCredential {
        let id = at.status_list(list);
        let subject = format!("{id}#list");
        let issuer = at.issuer(office);
        let now = now.whole_seconds();
        StatusListCredential {
            context: vec![CONTEXT_VC.to_owned()],
            types: vec!["VerifiableCredential".to_owned(), "BitstringStatusListCredential".to_owned()],
            valid_from: now,
            credential_subject: ListSubject {
                id: subject.clone(),
                kind: "BitstringStatusList".to_owned(),
                status_purpose: PURPOSE.to_owned(),
                encoded_list: self.encode(),
            },
            registered: Registered { iss: issuer.clone(), jti: id.clone(), sub: subject, nbf: now.seconds() },
            id,
            issuer,
        }
    }
}

/// The payload of a status list's token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusListCredential {
    #[serde(rename = "@context")]
    context: Vec<String>,
    pub(super) id: String,
    #[serde(rename = "type")]
    types: Vec<String>,
    pub(super) issuer: String,
    pub(super) valid_from: Timestamp,
    credential_subject: ListSubject,
    #[serde(flatten)]
    registered: Registered,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListSubject {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    status_purpose: String,
    encoded_list: String,
}

impl StatusListCredential {
    /// The list inside, once the claims agree with each other.
    pub(super) fn list(&self) -> Result<StatusList, StatusListError> {
        let agreed = self.types == ["VerifiableCredential", "BitstringStatusListCredential"]
            && self.credential_subject.kind == "BitstringStatusList"
            && self.credential_subject.status_purpose == PURPOSE
            && self.registered.iss == self.issuer
            && self.registered.jti == self.id
            && self.registered.sub == self.credential_subject.id
            && self.registered.nbf.saturating_mul(1_000_000) == self.valid_from.micros();
        if !agreed {
            return Err(StatusListError);
        }
        StatusList::decode(&self.credential_subject.encoded_list)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no revocation list of 131072 places")]
pub struct StatusListError;

/// The byte of a place and its bit; the first place is the highest bit of the first byte.
const fn place(index: StatusIndex) -> (usize, u8) {
    (index.0 as usize / 8, 0x80 >> (index.0 % 8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn first_place_is_the_highest_bit() {
        let list = StatusList::revoking([0, 7, 9].map(StatusIndex));
        assert_eq!(list.0[..3], [0b1000_0001, 0b0100_0000, 0]);
    }

    #[test]
    fn empty_list_is_short_and_always_the_same() {
        let encoded = StatusList::default().encode();
        assert!(encoded.len() < 100, "{encoded}");
        assert_eq!(encoded, StatusList::default().encode());
    }

    #[test]
    fn other_texts_are_no_lists() {
        let bomb = {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(&vec![0; 10_000_000]).expect("in memory");
            format!("u{}", URL_SAFE_NO_PAD.encode(gzip.finish().expect("in memory")))
        };
        for wrong in ["", "u", "uAAAA", "z123", &bomb, &StatusList::default().encode()[..40]] {
            assert_eq!(StatusList::decode(wrong).map(|_| ()), Err(StatusListError), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn exactly_the_revoked_are_revoked(indexes in prop::collection::btree_set(0..131_072_u32, 0..50), other in 0..131_072_u32) {
            let list = StatusList::revoking(indexes.iter().copied().map(StatusIndex));
            let read = StatusList::decode(&list.encode()).expect("our own list");
            for index in indexes.iter().copied().chain([other]) {
                prop_assert_eq!(read.is_revoked(StatusIndex(index)), indexes.contains(&index));
            }
        }

        #[test]
        fn every_draw_is_a_place(bytes: [u8; 4]) {
            let index = StatusIndex::from_random(bytes);
            prop_assert_eq!(StatusIndex::new(index.get()), Some(index));
        }
    }
}

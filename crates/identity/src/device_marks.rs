//! What a browser shows to say that an account's password was given rightly on it before. It opens nothing: it gives the account a
//! count of failures of its own on this device, so that neighbours behind the same address cannot hold its owner up.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::id::PersonId;
use kernel::{Ambient, Timestamp};

use crate::vault::Vault;

/// A phone that a school shares knows so many accounts; the one that was longest away makes room.
const MOST: usize = 8;
/// A device is forgotten when nobody signed in on it for so long.
const DAYS: i64 = 180;
pub(crate) const LIFE_SECONDS: i64 = DAYS * 86_400;

const TAG: usize = 8;
const DEVICE: usize = 8;
const DAY: usize = 4;
const PROOF: usize = 16;
const LENGTH: usize = TAG + DEVICE + DAY + PROOF;

type Mark = [u8; LENGTH];

/// The marks of one browser, the newest first: account (as a keyed tag, so that the cookie names nobody), device, day, proof.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DeviceMarks(Vec<Mark>);

/// An account as a mark is bound to it. A new password makes all its marks strange.
#[derive(Clone, Copy)]
pub(crate) struct Marked<'a> {
    pub person: PersonId,
    pub password_hash: &'a str,
}

impl DeviceMarks {
    /// Reads a cookie; what is no mark is left out.
    pub fn read(cookie: &str) -> Self {
        let marks = cookie.split('.').take(MOST).filter_map(|text| {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            Mark::try_from(bytes).ok()
        });
        Self(marks.collect())
    }

    /// The device by which this account knows this browser.
    pub fn device(&self, vault: &Vault, account: Marked<'_>, now: Timestamp) -> Option<[u8; DEVICE]> {
        let tag = tag(vault, account.person);
        let mark = self.0.iter().find(|mark| mark[..TAG] == tag)?;
        let (device, day) = parts(mark);
        let age = today(now).checked_sub(day)?;
        let is_ours = mark[TAG + DEVICE + DAY..] == proof(vault, account, device, day);
        (is_ours && i64::from(age) <= DAYS).then_some(device)
    }

    /// The cookie after this account signed in here.
    pub fn with(&self, vault: &Vault, ambient: &Ambient, account: Marked<'_>) -> String {
        let now = ambient.now();
        let tag = tag(vault, account.person);
        let device = self.device(vault, account, now).unwrap_or_else(|| ambient.random_bytes());
        let day = today(now);
        let mut mark = [0; LENGTH];
        mark[..TAG].copy_from_slice(&tag);
        mark[TAG..TAG + DEVICE].copy_from_slice(&device);
        mark[TAG + DEVICE..TAG + DEVICE + DAY].copy_from_slice(&day.to_be_bytes());
        mark[TAG + DEVICE + DAY..].copy_from_slice(&proof(vault, account, device, day));
        let others = self.0.iter().filter(|other| other[..TAG] != tag);
        let marks: Vec<String> = std::iter::once(&mark)
            .chain(others)
            .take(MOST)
            .map(|mark| URL_SAFE_NO_PAD.encode(mark))
            .collect();
        marks.join(".")
    }
}

fn parts(mark: &Mark) -> ([u8; DEVICE], u32) {
    let (mut device, mut day) = ([0; DEVICE], [0; DAY]);
    device.copy_from_slice(&mark[TAG..TAG + DEVICE]);
    day.copy_from_slice(&mark[TAG + DEVICE..TAG + DEVICE + DAY]);
    (device, u32::from_be_bytes(day))
}

fn today(now: Timestamp) -> u32 {
    u32::try_from(now.seconds() / 86_400).unwrap_or(0)
}

fn tag(vault: &Vault, person: PersonId) -> [u8; TAG] {
    cut(&vault.lookup("device mark: account", &person.to_string()))
}

fn proof(vault: &Vault, account: Marked<'_>, device: [u8; DEVICE], day: u32) -> [u8; PROOF] {
    let Marked { person, password_hash } = account;
    let text = format!("{person} {} {day} {password_hash}", hex::encode(device));
    cut(&vault.lookup("device mark: proof", &text))
}

fn cut<const N: usize>(mac: &[u8]) -> [u8; N] {
    mac[..N].try_into().expect("HMAC-SHA256 is longer")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn vault() -> (tempfile::TempDir, Vault) {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::open_or_make(folder.path()).expect("a vault");
        (folder, vault)
    }
    fn account(number: u128) -> Marked<'static> {
        Marked { person: PersonId::from_uuid(Uuid::from_u128(number)), password_hash: "$argon2id$first" }
    }

    #[test]
    fn a_device_is_known_to_the_accounts_that_signed_in_on_it() {
        let (_folder, vault) = vault();
        let ambient = Ambient::system();
        let now = ambient.now();
        let cookie = DeviceMarks::default().with(&vault, &ambient, account(1));
        let cookie = DeviceMarks::read(&cookie).with(&vault, &ambient, account(2));
        let marks = DeviceMarks::read(&cookie);
        let first = marks.device(&vault, account(1), now).expect("known");
        assert!(marks.device(&vault, account(2), now).is_some_and(|device| device != first));
        assert_eq!(marks.device(&vault, account(3), now), None);
        let again = DeviceMarks::read(&marks.with(&vault, &ambient, account(1)));
        assert_eq!(again.device(&vault, account(1), now), Some(first), "signing in again is the same device");
        assert_eq!(again.0.len(), 2);
        assert_eq!(marks.device(&vault, account(1), now.plus_days(DAYS)), Some(first));
        assert_eq!(marks.device(&vault, account(1), now.plus_days(DAYS + 1)), None, "forgotten");
        let changed = Marked { password_hash: "$argon2id$second", ..account(1) };
        assert_eq!(marks.device(&vault, changed, now), None, "another password");
    }

    #[test]
    fn what_we_did_not_write_is_no_mark() {
        let (_folder, vault) = vault();
        let (_other_folder, other) = self::vault();
        let ambient = Ambient::system();
        let cookie = DeviceMarks::default().with(&vault, &ambient, account(1));
        assert_eq!(DeviceMarks::read(&cookie).device(&other, account(1), ambient.now()), None, "another key");
        let mark = DeviceMarks::read(&cookie).0[0];
        for at in 0..LENGTH {
            let mut altered = mark;
            altered[at] ^= 1;
            let marks = DeviceMarks(vec![altered]);
            assert_eq!(marks.device(&vault, account(1), ambient.now()), None, "byte {at}");
        }
        for text in ["", ".", "....", "abc", &cookie[1..], &format!("{cookie}A"), &"A".repeat(100_000)] {
            assert_eq!(DeviceMarks::read(text), DeviceMarks::default(), "{text:.20}");
        }
    }

    #[test]
    fn a_shared_phone_keeps_the_newest_eight_in_four_hundred_bytes() {
        let (_folder, vault) = vault();
        let ambient = Ambient::system();
        let cookie = (0..20).fold(String::new(), |cookie, number| {
            DeviceMarks::read(&cookie).with(&vault, &ambient, account(number))
        });
        assert!(cookie.len() < 400, "{}", cookie.len());
        let marks = DeviceMarks::read(&cookie);
        for number in 0..20 {
            let known = marks.device(&vault, account(number), ambient.now()).is_some();
            assert_eq!(known, number >= 12, "{number}");
        }
    }
}

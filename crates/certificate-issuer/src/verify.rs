//! Looks at every certificate that was ever issued: is it still what was signed?

use kernel::Timestamp;
use storage::{Conn, StorageError};

use crate::credential::{self, Addresses};
use crate::keys::PublicKeys;
use crate::store::certificates::{self, Signed};

/// Certificates that are good, and the numbers of those that are not.
#[derive(Debug, Default)]
pub struct Checked {
    pub good: u64,
    pub wrong: Vec<String>,
}

/// Verifies every signature with the keys at hand, and that it is of the key and for the number that the register names.
pub async fn every_certificate(
    conn: &mut Conn,
    keys: &PublicKeys,
    now: Timestamp,
) -> Result<Checked, StorageError> {
    let mut checked = Checked::default();
    let mut after = String::new();
    loop {
        let signed = certificates::signed_after(conn, &after).await?;
        let Some(last) = signed.last() else { return Ok(checked) };
        after.clone_from(&last.serial);
        for one in &signed {
            if holds(one, keys, now) {
                checked.good += 1;
            } else {
                checked.wrong.push(one.serial.clone());
            }
        }
    }
}

fn holds(signed: &Signed, keys: &PublicKeys, now: Timestamp) -> bool {
    let Ok(addresses) = Addresses::below(&signed.public_base) else { return false };
    let is_ours = credential::verify(&signed.token, &addresses, keys, now)
        .is_ok_and(|badge| badge.certificate.serial.as_str() == signed.serial);
    is_ours && credential::key_id(&signed.token).as_ref() == Some(&signed.key_id)
}

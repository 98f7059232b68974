//! The public web addresses that are written into credentials and so can never change.

use kernel::id::{OrgUnitId, TrainingId};

use crate::model::{SerialNumber, VerifyKey};

/// All addresses of one installation, below its public base such as `https://lingxue.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses(String);

impl Addresses {
    /// Reads the public base: `https://` (or `http://` in development), a host, no query, no fragment.
    pub fn below(base: &str) -> Result<Self, AddressError> {
        let base = base.trim_end_matches('/');
        let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        let well_formed = |rest: &str| {
            rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
                && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c))
        };
        if rest.is_some_and(well_formed) { Ok(Self(base.to_owned())) } else { Err(AddressError) }
    }

    /// The public base itself.
    pub fn base(&self) -> &str {
        &self.0
    }
    /// Who issued: the office's profile.
    pub fn issuer(&self, office: OrgUnitId) -> String {
        format!("{}/issuers/{office}", self.0)
    }
    /// What was achieved: the training.
    pub fn achievement(&self, training: TrainingId) -> String {
        format!("{}/achievements/{training}", self.0)
    }
    /// The credential itself.
    pub fn credential(&self, serial: &SerialNumber) -> String {
        format!("{}/credentials/{serial}", self.0)
    }
    /// A status list: which certificates are revoked.
    pub fn status_list(&self, list: u32) -> String {
        format!("{}/credentials/status/{list}", self.0)
    }
    /// One public key as a bare JWK.
    pub fn key(&self, key_id: &str) -> String {
        format!("{}/keys/{key_id}", self.0)
    }
    /// All public keys as a JWK set.
    pub fn keys(&self) -> String {
        format!("{}/keys", self.0)
    }
    /// The page that verifies a certificate: what the QR code holds.
    pub fn verify(&self, serial: &SerialNumber, key: VerifyKey) -> String {
        format!("{}/verify/{serial}?k={key}", self.0)
    }

    /// The office of an issuer address of this installation.
    pub(super) fn office(&self, issuer: &str) -> Option<OrgUnitId> {
        issuer.strip_prefix(&self.0)?.strip_prefix("/issuers/")?.parse().ok()
    }
    /// The training of an achievement address of this installation.
    pub(super) fn training(&self, achievement: &str) -> Option<TrainingId> {
        achievement.strip_prefix(&self.0)?.strip_prefix("/achievements/")?.parse().ok()
    }
    /// The number in a status list's address of this installation.
    pub(super) fn list(&self, status_list: &str) -> Option<u32> {
        status_list.strip_prefix(&self.0)?.strip_prefix("/credentials/status/")?.parse().ok()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the public base is an address like https://lingxue.example.org")]
pub struct AddressError;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn addresses_lead_back_to_what_they_name() {
        let addresses = Addresses::below("https://lingxue.example.org/").expect("a base");
        let printed = sample::printed();
        assert_eq!(addresses.office(&addresses.issuer(printed.issuer)), Some(printed.issuer));
        assert_eq!(addresses.training(&addresses.achievement(printed.training)), Some(printed.training));
        assert_eq!(addresses.list(&addresses.status_list(3)), Some(3));
        let elsewhere = Addresses::below("https://lingxue.example.com").expect("a base");
        assert_eq!(elsewhere.office(&addresses.issuer(printed.issuer)), None);
    }

    #[test]
    fn verify_page_holds_serial_and_key() {
        let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
        let printed = sample::printed();
        let verify = addresses.verify(&printed.serial, VerifyKey::from_random([0; 5]));
        assert_eq!(verify, format!("https://lingxue.example.org/verify/{}?k=00000000", printed.serial));
    }

    #[test]
    fn only_plain_web_addresses_are_bases() {
        for wrong in
            ["", "lingxue.example.org", "ftp://x.org", "https://", "https://x.org/?a=b", "https://a b"]
        {
            assert_eq!(Addresses::below(wrong), Err(AddressError), "{wrong}");
        }
        assert!(Addresses::below("http://[::1]:8080").is_ok());
        assert!(Addresses::below("https://x.org/lingxue").is_ok());
    }
}

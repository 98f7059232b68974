//! The credential as it stands in the JWT: the fields of Open Badges 3.0, and the registered claims that repeat some.
//! The order of the fields is the order of the signed bytes.
#![expect(clippy::struct_field_names, reason = "the standard names these fields")]

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Number;

/// Contexts by name only: a verifier has them built in, and nothing is ever fetched.
pub(super) const CONTEXT_VC: &str = "https://www.w3.org/ns/credentials/v2";
pub(super) const CONTEXT_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The form in which credentials are written today. A release that writes anything else raises it, and keeps reading the older ones; what
/// an older release reserved is signed as it was written.
pub const CLAIMS_VERSION: u32 = 1;

/// The whole payload of a certificate's token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    #[serde(rename = "@context")]
    pub(super) context: Vec<String>,
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) name: String,
    pub(super) issuer: Profile,
    pub(super) valid_from: Timestamp,
    pub(super) awarded_date: String,
    pub(super) credential_subject: Subject,
    pub(super) credential_status: StatusEntry,
    #[serde(flatten)]
    pub(super) registered: Registered,
}

/// The registered claims of the JWT, each equal to a field of the credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Registered {
    pub(super) iss: String,
    pub(super) jti: String,
    pub(super) sub: String,
    pub(super) nbf: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) identifier: Vec<Identity>,
    pub(super) license_number: String,
    pub(super) activity_start_date: String,
    pub(super) activity_end_date: String,
    pub(super) credits_earned: Number,
    pub(super) achievement: Achievement,
    pub(super) result: Vec<ResultValue>,
    pub(super) source: Profile,
}

/// The learner's name in the clear: the certificate is theirs to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) hashed: bool,
    pub(super) identity_hash: String,
    pub(super) identity_type: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Achievement {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) achievement_type: String,
    pub(super) name: String,
    pub(super) in_language: String,
    pub(super) description: String,
    pub(super) criteria: Criteria,
    pub(super) credits_available: Number,
    pub(super) result_description: Vec<ResultDescription>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Criteria {
    pub(super) narrative: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultDescription {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) name: String,
    pub(super) result_type: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) allowed_value: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultValue {
    #[serde(rename = "type")]
    pub(super) types: Vec<String>,
    pub(super) result_description: String,
    pub(super) value: String,
}

/// Where to look whether the certificate is revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatusEntry {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) status_purpose: String,
    pub(super) status_list_index: String,
    pub(super) status_list_credential: String,
}

/// A credential with a good signature whose content is not one of our certificates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the credential's {0} is not what this installation writes")]
pub struct MalformedBadge(pub &'static str);

impl Claims {
    /// The rules that tie the registered claims to the credential, and the types that make it a badge.
    pub(super) fn check_form(&self) -> Result<(), MalformedBadge> {
        let checks = [
            (self.context == [CONTEXT_VC, CONTEXT_BADGES], "@context"),
            (self.types == ["VerifiableCredential", "OpenBadgeCredential"], "type"),
            (self.registered.iss == self.issuer.id, "iss"),
            (self.registered.jti == self.id, "jti"),
            (self.registered.sub == self.credential_subject.id, "sub"),
            (self.valid_from.micros() == self.registered.nbf.saturating_mul(1_000_000), "nbf"),
        ];
        match checks.into_iter().find(|(good, _)| !good) {
            Some((_, name)) => Err(MalformedBadge(name)),
            None => Ok(()),
        }
    }
}

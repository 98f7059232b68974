//! An altered credential never verifies: not one changed byte, not one changed field, not another key.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use certificate_issuer::credential::{
    self, Addresses, Issuance, OpenBadge, StatusIndex, StatusList, StatusPointer, VerifyError,
};
use certificate_issuer::keys::{KeyRing, PublicKeys};
use kernel::Timestamp;
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::sample;

/// One issuer with one signed certificate.
struct Issuer {
    keys: KeyRing,
    addresses: Addresses,
    badge: OpenBadge,
    token: String,
    now: Timestamp,
    folder: TempDir,
}

fn issuer() -> Issuer {
    let folder = tempfile::tempdir().expect("a folder");
    let certificate = sample::certificate();
    let now = certificate.issued_at;
    let keys = KeyRing::open_or_make(folder.path(), now).expect("keys");
    let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
    let status = StatusPointer { list: 1, index: StatusIndex::from_random([0, 0, 16, 146]) };
    let badge = OpenBadge { certificate, issuance: Issuance::new([7; 16], status) };
    let token = credential::sign(&badge, &addresses, keys.newest()).expect("signed");
    Issuer { keys, addresses, badge, token, now, folder }
}

static ISSUER: LazyLock<Issuer> = LazyLock::new(issuer);

impl Issuer {
    fn verify(&self, token: &str) -> Result<OpenBadge, VerifyError> {
        credential::verify(token, &self.addresses, self.keys.public(), self.now)
    }
    fn parts(&self) -> [&str; 3] {
        let mut parts = self.token.split('.');
        [(); 3].map(|()| parts.next().expect("three parts"))
    }
    fn payload(&self) -> Value {
        let json = URL_SAFE_NO_PAD.decode(self.parts()[1]).expect("base64url");
        serde_json::from_slice(&json).expect("JSON")
    }
}

#[test]
fn untouched_credential_verifies_and_shows_every_field() {
    assert_eq!(ISSUER.verify(&ISSUER.token), Ok(ISSUER.badge.clone()));
}

/// Every leaf of the credential: changed, removed, and doubled into an array.
#[test]
fn every_changed_field_is_refused() {
    fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    leaves(inner, &format!("{at}/{}", name.replace('/', "~1")), found);
                }
            }
            Value::Array(items) => {
                for (number, inner) in items.iter().enumerate() {
                    leaves(inner, &format!("{at}/{number}"), found);
                }
            }
            _ => found.push(at.to_owned()),
        }
    }
    let mut pointers = Vec::new();
    leaves(&ISSUER.payload(), "", &mut pointers);
    assert!(pointers.len() > 40, "{pointers:?}");
    let [header, _, signature] = ISSUER.parts();
    for pointer in pointers {
        for change in [
            |value: &Value| match value {
                Value::String(text) => Value::String(format!("{text}x")),
                Value::Bool(truth) => Value::Bool(!truth),
                other => Value::String(other.to_string()),
            },
            |_: &Value| Value::Null,
            |value: &Value| Value::Array(vec![value.clone()]),
        ] {
            let mut payload = ISSUER.payload();
            let leaf = payload.pointer_mut(&pointer).expect("a leaf");
            *leaf = change(leaf);
            let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
            let altered = format!("{header}.{payload}.{signature}");
            assert_eq!(ISSUER.verify(&altered), Err(VerifyError::Altered), "{pointer}");
        }
    }
}

#[test]
fn every_changed_byte_is_refused() {
    for place in 0..ISSUER.token.len() {
        for other in [b'A', b'B'] {
            let mut altered = ISSUER.token.clone().into_bytes();
            if altered[place] == other {
                continue;
            }
            altered[place] = other;
            let altered = String::from_utf8(altered).expect("ASCII");
            assert!(ISSUER.verify(&altered).is_err(), "byte {place} as {}", char::from(other));
        }
    }
}

#[test]
fn another_key_is_never_trusted_even_when_it_is_embedded() {
    let forger = issuer();
    assert_eq!(forger.verify(&forger.token), Ok(forger.badge.clone()));
    assert_eq!(ISSUER.verify(&forger.token), Err(VerifyError::UnknownKey));
    // The forger claims the issuer's key in the header and signs with another.
    let [_, payload, signature] = forger.parts();
    let claimed = format!("{}.{payload}.{signature}", ISSUER.parts()[0]);
    assert_eq!(ISSUER.verify(&claimed), Err(VerifyError::Altered));
    assert_eq!(
        credential::verify(&ISSUER.token, &ISSUER.addresses, &PublicKeys::default(), ISSUER.now),
        Err(VerifyError::UnknownKey)
    );
}

#[test]
fn weak_and_unknown_headers_are_refused() {
    let [header, payload, signature] = ISSUER.parts();
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).expect("base64url")).expect("JSON");
    for (name, value) in [
        ("alg", "none"),
        ("alg", "HS256"),
        ("alg", "RS256"),
        ("typ", "vc+jwt"),
        ("kid", "https://evil.example/keys/1"),
        ("kid", "https://lingxue.example.org/keys/"),
        ("jku", "https://evil.example/keys"),
        ("x5u", "https://evil.example/chain"),
    ] {
        let mut header = header.clone();
        header[name] = Value::String(value.to_owned());
        let token = format!("{}.{payload}.{signature}", URL_SAFE_NO_PAD.encode(header.to_string()));
        assert_eq!(ISSUER.verify(&token), Err(VerifyError::NotAToken), "{name} {value}");
    }
}

#[test]
fn strange_embedded_keys_are_refused() {
    let [header, payload, signature] = ISSUER.parts();
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).expect("base64url")).expect("JSON");
    for jwk in [
        serde_json::json!(null),
        serde_json::json!({}),
        serde_json::json!("EC"),
        serde_json::json!({"kty": "oct", "k": "AAAA"}),
        serde_json::json!({"kty": "EC", "crv": "P-256", "x": "", "y": ""}),
        serde_json::json!({"kty": "EC", "crv": "Ed25519", "x": "AA", "y": "AA"}),
        serde_json::json!({"kty": "OKP", "crv": "P-256", "x": "AA"}),
        serde_json::json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}),
    ] {
        let mut header = header.clone();
        header["jwk"] = jwk.clone();
        let token = format!("{}.{payload}.{signature}", URL_SAFE_NO_PAD.encode(header.to_string()));
        let refused = ISSUER.verify(&token);
        assert!(
            matches!(refused, Err(VerifyError::NotAToken | VerifyError::UnknownKey)),
            "{jwk}: {refused:?}"
        );
    }
}

#[test]
fn signing_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<KeyRing>();
}

#[test]
fn credential_from_the_future_is_refused() {
    let early = |seconds: i64| {
        let now = ISSUER.now.plus_seconds(-seconds);
        credential::verify(&ISSUER.token, &ISSUER.addresses, ISSUER.keys.public(), now)
    };
    assert_eq!(early(60), Ok(ISSUER.badge.clone()));
    assert_eq!(early(61), Err(VerifyError::FromTheFuture));
}

#[test]
fn old_credentials_verify_after_rotation() {
    let issuer = issuer();
    let rotated = KeyRing::rotate(issuer.folder.path(), issuer.now).expect("a second key");
    assert_ne!(rotated.newest().id(), issuer.keys.newest().id());
    let signed_now = credential::sign(&issuer.badge, &issuer.addresses, rotated.newest()).expect("signed");
    for token in [&issuer.token, &signed_now] {
        let read = credential::verify(token, &issuer.addresses, rotated.public(), issuer.now);
        assert_eq!(read, Ok(issuer.badge.clone()));
    }
    assert_eq!(issuer.verify(&signed_now), Err(VerifyError::UnknownKey));
    // What is published is enough to verify.
    let published = serde_json::to_string(&rotated.public().jwks()).expect("JSON");
    let published = PublicKeys::from_jwks(&serde_json::from_str(&published).expect("a JWK set"));
    assert!(credential::verify(&signed_now, &issuer.addresses, &published, issuer.now).is_ok());
}

#[test]
fn revocation_is_seen_in_the_signed_list() {
    let status = ISSUER.badge.issuance.status;
    for revoked in [false, true] {
        let list = StatusList::revoking(revoked.then_some(status.index));
        let office = ISSUER.badge.certificate.issuer;
        let list = list.credential(status.list, office, &ISSUER.addresses, ISSUER.now);
        let token =
            credential::sign_status_list(&list, &ISSUER.addresses, ISSUER.keys.newest()).expect("signed");
        let (read, address, issuer) =
            credential::verify_status_list(&token, ISSUER.keys.public(), ISSUER.now).expect("our own list");
        assert_eq!(read.is_revoked(status.index), revoked);
        assert_eq!(address, ISSUER.addresses.status_list(status.list));
        assert_eq!(issuer, ISSUER.addresses.issuer(office));
        // One kind of token is never taken for the other.
        assert!(ISSUER.verify(&token).is_err());
        assert!(credential::verify_status_list(&ISSUER.token, ISSUER.keys.public(), ISSUER.now).is_err());
        let other = if token.ends_with('A') { "Q" } else { "A" };
        let altered = format!("{}{other}", &token[..token.len() - 1]);
        assert!(credential::verify_status_list(&altered, ISSUER.keys.public(), ISSUER.now).is_err());
    }
}

proptest! {
    #[test]
    fn any_edit_anywhere_is_refused(start: prop::sample::Index, removed in 0_usize..5, inserted in "[A-Za-z0-9_.=-]{0,5}") {
        let start = start.index(ISSUER.token.len());
        let end = (start + removed).min(ISSUER.token.len());
        let mut altered = ISSUER.token.clone();
        altered.replace_range(start..end, &inserted);
        prop_assume!(altered != ISSUER.token);
        prop_assert!(ISSUER.verify(&altered).is_err());
    }

    #[test]
    fn any_text_is_refused_without_a_crash(text in "\\PC{0,200}", parts in prop::collection::vec("[A-Za-z0-9_-]{0,40}", 0..5)) {
        prop_assert!(ISSUER.verify(&text).is_err());
        prop_assert!(ISSUER.verify(&parts.join(".")).is_err());
    }

    #[test]
    fn what_differs_on_paper_differs_in_the_signature(name in "[一-龥]{2,4}", hours in 1_u16..200) {
        let mut printed = sample::printed();
        printed.learner_name = name;
        printed.hours = hours;
        prop_assume!(printed != sample::printed());
        let certificate = certificate_issuer::model::Certificate::new(printed).expect("printable");
        let other = OpenBadge { certificate, issuance: ISSUER.badge.issuance.clone() };
        let other = credential::sign(&other, &ISSUER.addresses, ISSUER.keys.newest()).expect("signed");
        let payload = other.split('.').nth(1).expect("three parts");
        let [header, _, signature] = ISSUER.parts();
        let swapped = format!("{header}.{payload}.{signature}");
        prop_assert_eq!(ISSUER.verify(&swapped), Err(VerifyError::Altered));
    }
}

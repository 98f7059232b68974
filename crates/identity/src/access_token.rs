//! Access tokens: who, in which session, for ten minutes. Algorithm, type, issuer and audience are fixed.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::Timestamp;
use kernel::id::{PersonId, SessionId};
use serde::{Deserialize, Serialize};

use crate::vault::Vault;

const ISSUER: &str = "lingxue";
const AUDIENCE: &str = "lingxue-api";
const TYPE: &str = "at+jwt";
pub(crate) const LIFE_SECONDS: i64 = 600;

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: PersonId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

/// Whom a token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub person: PersonId,
    pub session: SessionId,
    pub expires_at: Timestamp,
}

/// The token and when it ends.
pub(crate) fn issue(
    vault: &Vault,
    person: PersonId,
    session: SessionId,
    now: Timestamp,
) -> (String, Timestamp) {
    let (number, key) = vault.signing_key(now);
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(number.to_string());
    let expires_at = now.whole_seconds().plus_seconds(LIFE_SECONDS);
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: person,
        sid: session,
        iat: now.seconds(),
        exp: expires_at.seconds(),
    };
    let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(key.bytes()))
        .expect("claims of ids and numbers encode, and HMAC takes any key");
    (token, expires_at)
}

/// Reads a token that we signed, also one whose time is over; nothing else.
pub(crate) fn read(vault: &Vault, token: &str) -> Option<Bearer> {
    let header = jsonwebtoken::decode_header(token).ok()?;
    let number = header.kid.as_deref()?.parse().ok()?;
    let key = vault.verifying_key(number)?;
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The library reads the machine's clock; ours is an argument, see `is_over`.
    rules.validate_exp = false;
    let data = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(key.bytes()), &rules).ok()?;
    (data.header.typ.as_deref() == Some(TYPE)).then_some(Bearer {
        person: data.claims.sub,
        session: data.claims.sid,
        expires_at: Timestamp::from_micros(data.claims.exp.saturating_mul(1_000_000)),
    })
}

impl Bearer {
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at <= now
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    fn setup() -> (tempfile::TempDir, Vault, String, Timestamp) {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::open_or_make(folder.path()).expect("a vault");
        let now = Timestamp::from_micros(1_790_000_000_000_000);
        let person = PersonId::from_uuid(Uuid::from_u128(1));
        let (token, _) = issue(&vault, person, SessionId::from_uuid(Uuid::from_u128(2)), now);
        (folder, vault, token, now)
    }

    #[test]
    fn ours_is_read_and_ends_after_ten_minutes() {
        let (_folder, vault, token, now) = setup();
        let bearer = read(&vault, &token).expect("ours");
        assert_eq!(bearer.person.uuid(), Uuid::from_u128(1));
        assert!(!bearer.is_over(now.plus_seconds(599)));
        assert!(bearer.is_over(now.plus_seconds(600)));
    }

    #[test]
    fn anything_else_is_refused() {
        let (_folder, vault, token, now) = setup();
        let other = tempfile::tempdir().expect("a folder");
        let stranger = Vault::open_or_make(other.path()).expect("a vault");
        let person = PersonId::from_uuid(Uuid::from_u128(1));
        let (forged, _) = issue(&stranger, person, SessionId::from_uuid(Uuid::from_u128(2)), now);
        assert_eq!(read(&vault, &forged), None, "another key");

        let mut altered = token.clone();
        altered.replace_range(token.len() - 3.., "AAA");
        for wrong in ["", "a.b.c", &altered, &token[..token.len() / 2]] {
            assert_eq!(read(&vault, wrong), None, "{wrong}");
        }

        let (_, key) = vault.signing_key(now);
        let claims = |aud: &str| Claims {
            iss: ISSUER.into(),
            aud: aud.into(),
            sub: person,
            sid: SessionId::from_uuid(Uuid::from_u128(2)),
            iat: now.seconds(),
            exp: now.seconds() + 600,
        };
        let key = EncodingKey::from_secret(key.bytes());
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        for (algorithm, kind, audience, is_ours) in [
            ("HS256", TYPE, AUDIENCE, true),
            ("HS512", TYPE, AUDIENCE, false),
            ("none", TYPE, AUDIENCE, false),
            ("HS256", "JWT", AUDIENCE, false),
            ("HS256", TYPE, "another", false),
        ] {
            let header = part(json!({ "alg": algorithm, "typ": kind, "kid": "1" }));
            let text = format!("{header}.{}", part(serde_json::to_value(claims(audience)).expect("JSON")));
            let signature = jsonwebtoken::crypto::sign(text.as_bytes(), &key, Algorithm::HS256);
            let token = format!("{text}.{}", signature.expect("a signature"));
            assert_eq!(read(&vault, &token).is_some(), is_ours, "{algorithm} {kind} {audience}");
        }
    }
}

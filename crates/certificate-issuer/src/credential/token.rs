//! Signing and checking: a compact JWT with ES256, verified only against keys that the issuer has published.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, Header, Validation};
use kernel::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    Addresses, Claims, MalformedBadge, OpenBadge, StatusList, StatusListCredential, StatusListError,
};
use crate::keys::{PublicKeys, SigningKey};

/// A token of ours has some 3 kB; nothing longer than this is even looked at.
pub const LONGEST_TOKEN: usize = 64 * 1024;
/// An ES256 signature is two numbers of 32 bytes.
const SIGNATURE_BYTES: usize = 64;
/// A verifier's clock may be behind the signer's by this much.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// Signs a certificate's credential.
pub fn sign(badge: &OpenBadge, at: &Addresses, key: &SigningKey) -> Result<String, SignError> {
    encode(&badge.claims(at), at, key)
}

/// Signs the text of a credential byte for byte as it was written, perhaps by another release.
pub fn sign_written(payload: &str, at: &Addresses, key: &SigningKey) -> Result<String, SignError> {
    let header = serde_json::to_vec(&header_of(at, key)).map_err(jsonwebtoken::errors::Error::from)?;
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key.encoding(), Algorithm::ES256)?;
    Ok(format!("{message}.{signature}"))
}

/// Signs a status list.
pub fn sign_status_list(
    list: &StatusListCredential,
    at: &Addresses,
    key: &SigningKey,
) -> Result<String, SignError> {
    encode(list, at, key)
}

/// Accepts a token only if one of the published keys signed it, its claims agree, and this installation wrote it.
/// Needs no network. Whether the certificate is revoked is another question: ask the status list.
pub fn verify(
    token: &str,
    at: &Addresses,
    keys: &PublicKeys,
    now: Timestamp,
) -> Result<OpenBadge, VerifyError> {
    let claims: Claims = decode(token, keys)?;
    let badge = OpenBadge::read(&claims, at)?;
    not_from_the_future(badge.certificate.issued_at, now)?;
    Ok(badge)
}

/// Accepts a signed status list, and gives its bits, its address and its issuer's address.
pub fn verify_status_list(
    token: &str,
    keys: &PublicKeys,
    now: Timestamp,
) -> Result<(StatusList, String, String), VerifyError> {
    let credential: StatusListCredential = decode(token, keys)?;
    let list = credential.list()?;
    not_from_the_future(credential.valid_from, now)?;
    Ok((list, credential.id, credential.issuer))
}

/// Which key a token says that it is signed by.
pub fn key_id(token: &str) -> Option<String> {
    let header = jsonwebtoken::decode_header(token).ok()?;
    header.jwk?.thumbprint(ThumbprintHash::SHA256).ok()
}

/// The signature could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the credential could not be signed")]
pub struct SignError(#[from] jsonwebtoken::errors::Error);

/// Why a token is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    #[error("this is not a signed credential")]
    NotAToken,
    #[error("the credential is signed by a key that is not the issuer's")]
    UnknownKey,
    #[error("the signature does not fit: the credential was altered")]
    Altered,
    #[error(transparent)]
    Malformed(#[from] MalformedBadge),
    #[error(transparent)]
    List(#[from] StatusListError),
    #[error("the credential is dated in the future")]
    FromTheFuture,
}

fn encode<T: Serialize>(claims: &T, at: &Addresses, key: &SigningKey) -> Result<String, SignError> {
    Ok(jsonwebtoken::encode(&header_of(at, key), claims, key.encoding())?)
}

/// The key itself, and the address where anybody finds it published.
fn header_of(at: &Addresses, key: &SigningKey) -> Header {
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(at.key(key.id()));
    header.jwk = Some(key.embedded_jwk());
    header
}

fn decode<T: DeserializeOwned>(token: &str, keys: &PublicKeys) -> Result<T, VerifyError> {
    if token.len() > LONGEST_TOKEN {
        return Err(VerifyError::NotAToken);
    }
    check_header_names(token)?;
    check_parts(token)?;
    let header = jsonwebtoken::decode_header(token).map_err(|_| VerifyError::NotAToken)?;
    let embedded = header.jwk.filter(|_| header.alg == Algorithm::ES256).ok_or(VerifyError::NotAToken)?;
    if header.kid.is_some_and(|kid| !is_address_of(&kid, &embedded)) {
        return Err(VerifyError::NotAToken);
    }
    // The embedded key only says which of the pinned keys to try. It is never used to check anything itself.
    let key = keys.pinned(&embedded).ok_or(VerifyError::UnknownKey)?;
    let mut validation = Validation::new(Algorithm::ES256);
    // The library compares times with the machine's clock; we compare with the `now` that we are given.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.set_required_spec_claims(&["iss", "sub", "nbf"]);
    jsonwebtoken::decode(token, key, &validation).map(|data| data.claims).map_err(|error| {
        match error.kind() {
            // The signature was good when the library got as far as reading the JSON.
            ErrorKind::Json(_) | ErrorKind::MissingRequiredClaim(_) => MalformedBadge("content").into(),
            _ => VerifyError::Altered,
        }
    })
}

/// The standard allows no headers beside these.
fn check_header_names(token: &str) -> Result<(), VerifyError> {
    let header = token.split('.').next().and_then(|header| URL_SAFE_NO_PAD.decode(header).ok());
    let header: Option<Map<String, Value>> = header.and_then(|json| serde_json::from_slice(&json).ok());
    let header = header.ok_or(VerifyError::NotAToken)?;
    let known = header.keys().all(|name| ["alg", "typ", "kid", "jwk"].contains(&name.as_str()));
    let typed = header.get("typ").is_none_or(|typ| typ == "JWT");
    if known && typed { Ok(()) } else { Err(VerifyError::NotAToken) }
}

/// What was cut off or is no text cannot be read, and says nothing about who changed it.
fn check_parts(token: &str) -> Result<(), VerifyError> {
    let parts: Vec<Option<Vec<u8>>> =
        token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).ok()).collect();
    let [Some(_), Some(payload), Some(signature)] = &parts[..] else { return Err(VerifyError::NotAToken) };
    let is_object = serde_json::from_slice::<Map<String, Value>>(payload).is_ok();
    if is_object && signature.len() == SIGNATURE_BYTES { Ok(()) } else { Err(VerifyError::NotAToken) }
}

/// Whether the address ends in the id of the key beside it.
fn is_address_of(kid: &str, key: &Jwk) -> bool {
    key.thumbprint(ThumbprintHash::SHA256).is_ok_and(|id| kid.ends_with(&format!("/keys/{id}")))
}

fn not_from_the_future(valid_from: Timestamp, now: Timestamp) -> Result<(), VerifyError> {
    if valid_from > now.plus_seconds(CLOCK_SKEW_SECONDS) { Err(VerifyError::FromTheFuture) } else { Ok(()) }
}

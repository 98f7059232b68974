//! What signs and verifies our tokens: ring, for the two algorithms that we use, of which jsonwebtoken knows nothing by itself.
//!
//! HS256 is for access tokens, which only we read; ES256 for certificates, which anybody may verify (RFC 7518, sections 3.2 and 3.4).

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind, Result};
use jsonwebtoken::jwk::{EllipticCurve, ThumbprintHash};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use ring::{digest, hmac};
use signature::{Error as Failed, Signer, Verifier};

static RING: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| signer(*algorithm, key),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    key_utils: KeyUtils {
        ec_pub_components_from_private_key: public_half,
        compute_digest: hash,
        ..KeyUtils::new_unimplemented()
    },
};

/// Call it before a key of jsonwebtoken is made; as often as you like.
pub fn ready() {
    // Somebody else's would be jsonwebtoken's own, which is not compiled in: the second call finds ours.
    let _ = RING.install_default();
}

fn signer(algorithm: Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => Ok(Box::new(hs256(key.as_bytes()))),
        (Algorithm::ES256, AlgorithmFamily::Ec) => Ok(Box::new(Es256Signer(key_pair(key.as_bytes())?))),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => Ok(Box::new(hs256(key.try_get_as_bytes()?))),
        (Algorithm::ES256, AlgorithmFamily::Ec) => {
            let public = key.try_get_as_bytes()?.to_vec();
            Ok(Box::new(Es256Verifier(UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public))))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

/// Signs and verifies.
struct Hs256(hmac::Key);

fn hs256(secret: &[u8]) -> Hs256 {
    Hs256(hmac::Key::new(hmac::HMAC_SHA256, secret))
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Failed> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}
impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Failed> {
        hmac::verify(&self.0, message, signature).map_err(|_| Failed::new())
    }
}
impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

struct Es256Signer(EcdsaKeyPair);

impl Signer<Vec<u8>> for Es256Signer {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Failed> {
        let signed = self.0.sign(&SystemRandom::new(), message).map_err(|_| Failed::new())?;
        Ok(signed.as_ref().to_vec())
    }
}
impl JwtSigner for Es256Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}

struct Es256Verifier(UnparsedPublicKey<Vec<u8>>);

impl Verifier<Vec<u8>> for Es256Verifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Failed> {
        self.0.verify(message, signature).map_err(|_| Failed::new())
    }
}
impl JwtVerifier for Es256Verifier {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}

/// The key of a PKCS#8 document.
fn key_pair(document: &[u8]) -> Result<EcdsaKeyPair> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document, &SystemRandom::new())
        .map_err(|_| Error::from(ErrorKind::InvalidEcdsaKey))
}

/// The curve and the coordinates of the point, 32 bytes each.
fn public_half(document: &[u8], algorithm: Algorithm) -> Result<(EllipticCurve, Vec<u8>, Vec<u8>)> {
    if algorithm != Algorithm::ES256 {
        return Err(ErrorKind::InvalidAlgorithm.into());
    }
    let pair = key_pair(document)?;
    // 4 says that both coordinates follow (SEC 1, section 2.3.3).
    let [4, point @ ..] = pair.public_key().as_ref() else { return Err(ErrorKind::InvalidEcdsaKey.into()) };
    let (x, y) = point.split_at(point.len() / 2);
    Ok((EllipticCurve::P256, x.to_vec(), y.to_vec()))
}

fn hash(data: &[u8], function: ThumbprintHash) -> Result<Vec<u8>> {
    if function != ThumbprintHash::SHA256 {
        return Err(ErrorKind::InvalidAlgorithm.into());
    }
    Ok(digest::digest(&digest::SHA256, data).as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::Jwk;
    use jsonwebtoken::{Header, Validation};
    use serde_json::{Value, json};

    use super::*;

    /// The claims of the examples in RFC 7515, whose time is long over.
    fn rules(algorithm: Algorithm) -> Validation {
        let mut rules = Validation::new(algorithm);
        rules.validate_exp = false;
        rules
    }

    fn read(token: &str, key: &DecodingKey, algorithm: Algorithm) -> Option<Value> {
        ready();
        jsonwebtoken::decode::<Value>(token, key, &rules(algorithm)).ok().map(|data| data.claims)
    }

    const CLAIMS: &str =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    /// RFC 7515, appendix A.1.
    #[test]
    fn hs256_reads_the_example_of_its_standard_and_nothing_else() {
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = DecodingKey::from_jwk(&jwk(&json!({ "kty": "oct", "k": secret }))).expect("a key");
        let good = format!(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
        assert_eq!(read(&good, &key, Algorithm::HS256).expect("ours")["iss"], "joe");
        assert_eq!(read(&good.replace("OEjXk", "OEjXl"), &key, Algorithm::HS256), None);
        assert_eq!(read(&good.replace("dBjf", "dBjg"), &key, Algorithm::HS256), None);
        assert_eq!(read(&good, &DecodingKey::from_secret(b"another"), Algorithm::HS256), None);
    }

    /// RFC 7515, appendix A.3.
    #[test]
    fn es256_reads_the_example_of_its_standard_and_nothing_else() {
        let point = |y: &str| json!({ "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": y });
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
        let key = DecodingKey::from_jwk(&jwk(&point(y))).expect("a key");
        let signature =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        let good = format!("eyJhbGciOiJFUzI1NiJ9.{CLAIMS}.{signature}");
        assert_eq!(read(&good, &key, Algorithm::ES256).expect("signed")["iss"], "joe");
        assert_eq!(read(&good.replace("DtEh", "DtEi"), &key, Algorithm::ES256), None);
        assert_eq!(read(&good.replace("eyJpc3", "eyJpc4"), &key, Algorithm::ES256), None);
        let elsewhere = DecodingKey::from_jwk(&jwk(&point(&y.replace("x_F", "x_G")))).expect("a key");
        assert_eq!(read(&good, &elsewhere, Algorithm::ES256), None, "no point of the curve");
    }

    #[test]
    fn what_is_signed_here_is_read_with_the_public_half() {
        ready();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let key = EncodingKey::from_ec_der(made.expect("a key").as_ref());
        let public = Jwk::from_encoding_key(&key, Algorithm::ES256).expect("its public half");
        let token = jsonwebtoken::encode(&Header::new(Algorithm::ES256), &json!({ "a": 1, "exp": 1 }), &key);
        let public = DecodingKey::from_jwk(&public).expect("a key");
        assert_eq!(read(&token.expect("a token"), &public, Algorithm::ES256).expect("ours")["a"], 1);
    }

    #[test]
    fn no_other_algorithm_and_no_key_of_another_kind() {
        ready();
        let secret = EncodingKey::from_secret(b"secret");
        for algorithm in [Algorithm::HS384, Algorithm::HS512, Algorithm::ES256, Algorithm::EdDSA] {
            assert!(signer(algorithm, &secret).is_err(), "{algorithm:?}");
            assert!(verifier(algorithm, &DecodingKey::from_secret(b"secret")).is_err(), "{algorithm:?}");
        }
        assert!(signer(Algorithm::ES256, &EncodingKey::from_ec_der(b"no key")).is_err());
        assert!(public_half(b"no key", Algorithm::ES256).is_err());
    }

    fn jwk(text: &Value) -> Jwk {
        serde_json::from_value(text.clone()).expect("a key in its published form")
    }
}

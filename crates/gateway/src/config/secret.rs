//! A setting that nothing prints: passwords, keys, and addresses that may carry one.

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, de};

/// Text that is asked for by name and shown nowhere else.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into().into())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => Ok(text.into()),
            // A number could not be put back as it was written (0123), and the usual words would quote it.
            _ => Err(de::Error::custom("a secret stands in quotes")),
        }
    }
}

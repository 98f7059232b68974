//! What a process issues certificates with: its keys, its public address, its fonts, the name of its office.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use kernel::{TimeZone, Timestamp};
use storage::keys::RegisteredKey;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::credential::{AddressError, Addresses};
use crate::keys::{KeyError, KeyRing, SigningKey};
use crate::model::{Certificate, CertificateError, Frozen, SerialNumber, TrainingCode};
use crate::pdf::{Coverage, FontError, FontFile, FontFiles, PrintError, Printer};

const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How a process is to issue.
#[derive(Debug)]
pub struct IssuingOptions<'a> {
    pub keys: KeyRing,
    /// Where the public reaches this installation; it is signed into every certificate.
    pub public_url: &'a str,
    /// Fonts to take (text, then display) instead of the known ones.
    pub fonts: &'a [FontFile],
    /// The name that is printed and signed as the issuer; the province's own when absent.
    pub issuer_name: Option<String>,
}

/// Everything that issuing needs beside the database. Cheap to clone.
#[derive(Clone)]
pub struct Issuing(Arc<Inner>);

struct Inner {
    keys: RwLock<Arc<KeyRing>>,
    looked: Mutex<Option<Instant>>,
    addresses: Addresses,
    fonts: Option<(FontFiles, Coverage)>,
    issuer_name: Option<String>,
    /// One printer at a time: each holds whole fonts.
    printing: Semaphore,
}

/// Why a process cannot issue.
#[derive(Debug, thiserror::Error)]
pub enum IssuingError {
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error(transparent)]
    Font(#[from] FontError),
}

/// Why a certificate with these fields cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    MissingGlyphs(Vec<char>),
    Fields(CertificateError),
}

/// No Chinese font is installed, so that nothing can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no Chinese font is installed")]
pub struct NoFont;

impl Issuing {
    /// Reads the fonts. Without any font everything but making batches works.
    pub fn open(options: IssuingOptions<'_>) -> Result<Self, IssuingError> {
        let fonts = match FontFiles::find(options.fonts) {
            Ok(files) => {
                let coverage = Coverage::read(&files)?;
                Some((files, coverage))
            }
            Err(error @ FontError::None) => {
                tracing::warn!(%error, "certificates cannot be printed");
                None
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self(Arc::new(Inner {
            keys: RwLock::new(Arc::new(options.keys)),
            looked: Mutex::default(),
            addresses: Addresses::below(options.public_url)?,
            fonts,
            issuer_name: options.issuer_name,
            printing: Semaphore::new(1),
        })))
    }

    pub fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
    /// The key that signs at an instant.
    pub(crate) fn signing_key(&self, now: Timestamp) -> SigningKey {
        self.keys().signing_at(now).clone()
    }

    /// Reads the folder of keys again, and takes over from when on each signs.
    pub fn take_up(&self, registered: &[RegisteredKey]) -> Result<(), KeyError> {
        self.put(self.keys().reopened()?.planned(registered));
        Ok(())
    }

    /// Looks whether keys came into the folder, at most once in a while: strangers can ask for it.
    pub(crate) fn looked_again(&self) -> bool {
        let mut looked = self.0.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if looked.is_some_and(|at| now.duration_since(at) < LOOK_AGAIN) {
            return false;
        }
        *looked = Some(now);
        match self.keys().reopened() {
            Ok(ring) => {
                self.put(ring);
                true
            }
            Err(error) => {
                tracing::error!(
                    error = %kernel::Causes(&error),
                    "the certificate keys cannot be read again"
                );
                false
            }
        }
    }

    fn put(&self, ring: KeyRing) {
        *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
    }
    pub fn addresses(&self) -> &Addresses {
        &self.0.addresses
    }
    /// Which fonts certificates are printed with.
    pub fn fonts(&self) -> Result<String, NoFont> {
        let (files, _) = self.0.fonts.as_ref().ok_or(NoFont)?;
        Ok(format!("{}, {}", files.text.path.display(), files.display.path.display()))
    }
    pub fn issuer_name(&self) -> Option<&str> {
        self.0.issuer_name.as_deref()
    }

    /// What would keep a certificate with these fields from being issued at this moment.
    pub fn flaw(&self, frozen: &Frozen, zone: &TimeZone, now: Timestamp) -> Result<Option<Flaw>, NoFont> {
        let (_, coverage) = self.0.fonts.as_ref().ok_or(NoFont)?;
        let missing = coverage.missing_glyphs(&frozen.texts().concat());
        if !missing.is_empty() {
            return Ok(Some(Flaw::MissingGlyphs(missing)));
        }
        // The number comes later and is always good; this one stands in for it.
        let today = now.date_in(zone);
        let serial = SerialNumber::new(&TrainingCode::of(frozen.training, today.year()), 1);
        let printed = frozen.printed(serial, today, now);
        Ok(Certificate::new(printed).err().map(Flaw::Fields))
    }

    /// The turn to hold a printer.
    pub(crate) async fn turn(&self) -> SemaphorePermit<'_> {
        self.0.printing.acquire().await.expect("the semaphore is never closed")
    }

    /// Reads the whole fonts: some 50 MB, on a blocking thread.
    pub(crate) fn printer(&self) -> Result<Printer, PrintError> {
        let (files, _) = self.0.fonts.as_ref().ok_or_else(|| PrintError::NotWritten(NoFont.to_string()))?;
        Printer::open(files).map_err(|error| PrintError::NotWritten(error.to_string()))
    }
}

//! What this area keeps for one process: keys, the password queue, counted failures, the reader of workbooks.

use std::sync::Arc;

use kernel::Ambient;
use storage::Db;

use crate::model::probes::Probes;
use crate::model::throttle::Throttle;
use crate::passwords::Passwords;
use crate::roster::{RosterReader, Turns};
use crate::vault::Vault;

/// Built once by the binary; cheap to clone. It is the platform's `Authenticator`.
#[derive(Clone)]
pub struct Identity(Arc<Parts>);

struct Parts {
    db: Db,
    ambient: Ambient,
    vault: Vault,
    passwords: Passwords,
    throttle: Throttle,
    probes: Probes,
    roster_reader: RosterReader,
    workbooks: Turns,
    secure: bool,
}

impl Identity {
    /// `public_url` is where people reach the server: with https, cookies travel by https alone. Workbooks are read by the running
    /// program itself, as `<program> parse-xlsx`.
    pub fn new(db: Db, ambient: Ambient, vault: Vault, public_url: &str) -> Self {
        let reader = std::env::current_exe().map_or_else(|_| RosterReader::in_process(), RosterReader::child);
        Self::with_reader(db, ambient, vault, public_url, reader)
    }

    /// The same with another reader of workbooks.
    pub fn with_reader(
        db: Db,
        ambient: Ambient,
        vault: Vault,
        public_url: &str,
        roster_reader: RosterReader,
    ) -> Self {
        let secure = public_url.starts_with("https://");
        let (passwords, throttle, probes) = (Passwords::default(), Throttle::default(), Probes::default());
        let workbooks = Turns::default();
        Self(Arc::new(Parts {
            db,
            ambient,
            vault,
            passwords,
            throttle,
            probes,
            roster_reader,
            workbooks,
            secure,
        }))
    }

    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }
    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }
    pub(crate) fn ambient(&self) -> &Ambient {
        &self.0.ambient
    }
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }
    pub(crate) fn probes(&self) -> &Probes {
        &self.0.probes
    }
    pub(crate) fn roster_reader(&self) -> &RosterReader {
        &self.0.roster_reader
    }
    /// The line of who has a workbook written.
    pub(crate) fn workbooks(&self) -> &Turns {
        &self.0.workbooks
    }
    pub(crate) fn is_secure(&self) -> bool {
        self.0.secure
    }
}

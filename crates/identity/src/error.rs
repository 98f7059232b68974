//! What can go wrong, in the words of this area.

use kernel::Timestamp;
use storage::StorageError;

use crate::model::password::WeakPassword;
use crate::model::probes::Enough;
use crate::model::roster::SheetError;
use crate::passwords::Busy;
use crate::roster::{OneAtATime, ReadError};
use crate::vault::VaultError;

/// Somebody did not get in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("login or password is wrong, or too many guessed")]
    Refused,
    #[error("the account is disabled")]
    Disabled,
    #[error("the phone of the account was changed at {0}; what was typed opened it until then")]
    PhoneChanged(Timestamp),
    #[error("too many failures; {0} seconds to wait")]
    Wait(u32),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A one-time link did not work.
#[derive(Debug, thiserror::Error)]
pub enum FirstUseError {
    #[error("the link is unknown, used or over")]
    NoSuchLink,
    #[error("the password is too weak")]
    Weak(#[from] WeakPassword),
    #[error("too many tries with the link; {0} seconds to wait")]
    Wait(u32),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody's own password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("the current password is wrong")]
    Wrong,
    #[error("the new password is the current one")]
    Same,
    #[error("the session is over")]
    SignedOut,
    #[error(transparent)]
    SignIn(#[from] SignInError),
    #[error(transparent)]
    New(#[from] FirstUseError),
}

impl From<Busy> for PasswordError {
    fn from(busy: Busy) -> Self {
        Self::SignIn(busy.into())
    }
}

impl From<StorageError> for PasswordError {
    fn from(error: StorageError) -> Self {
        Self::SignIn(error.into())
    }
}

/// A person could not be seen or changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    #[error("no such person within reach")]
    NoSuchPerson,
    #[error("the person stands as high or higher")]
    NotBelow,
    #[error("no such unit within reach")]
    NoSuchUnit,
    #[error("somebody else has this phone number")]
    PhoneTaken,
    #[error("somebody else has this identity number")]
    IdentityNumberTaken,
    #[error("nobody of our time was born when this identity number says")]
    BornAtNoTime,
    #[error("somebody else has this account name")]
    AccountNameTaken,
    #[error(transparent)]
    Enough(#[from] Enough),
    #[error("that would leave the system without an administrator")]
    LastAdministrator,
    #[error("nobody disables themselves")]
    Oneself,
    #[error("the account is disabled")]
    Disabled,
    #[error("somebody above disabled the account")]
    DisabledAbove,
    #[error("somebody else changed the person meanwhile")]
    Stale,
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for PersonError {
    fn from(error: StorageError) -> Self {
        match error.constraint() {
            Some("people_phone_hash_key") => Self::PhoneTaken,
            Some("people_identity_number_hash_key") => Self::IdentityNumberTaken,
            Some("people_account_name_key") => Self::AccountNameTaken,
            _ => Self::Storage(error),
        }
    }
}

/// A unit could not be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum OrgUnitError {
    #[error("no such unit within reach")]
    NoSuchUnit,
    #[error("only the administrator changes this unit")]
    NotYours,
    #[error("a unit of this level cannot stand there")]
    WrongLevel,
    #[error("a unit of this name stands there already")]
    NameTaken,
    #[error("another unit has this code")]
    CodeTaken,
    #[error("somebody else changed the unit meanwhile")]
    Stale,
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for OrgUnitError {
    fn from(error: StorageError) -> Self {
        match error.constraint() {
            Some("org_units_parent_id_name_key" | "org_units_name_key") => Self::NameTaken,
            Some("org_units_code_key") => Self::CodeTaken,
            _ => Self::Storage(error),
        }
    }
}

/// A grant could not be given or taken.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    #[error("no such grant within reach")]
    NoSuchGrant,
    #[error("no such person within reach")]
    NoSuchPerson,
    #[error("no such unit within reach")]
    NoSuchUnit,
    #[error("this role does not fit this scope")]
    WrongScope,
    #[error("this role is not held over units of this kind")]
    WrongKind,
    #[error("the caller may not name this role here")]
    NotYours,
    #[error("that would leave the system without an administrator")]
    LastAdministrator,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A roster could not be read, applied or handed out.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    #[error("the file cannot be read")]
    Read(#[from] ReadError),
    #[error("the sheet is no roster")]
    Sheet(#[from] SheetError),
    #[error("the request brings no file")]
    NoFile,
    #[error("no such unit within reach")]
    NoSuchUnit,
    #[error("{0} new units look like others, and nobody decided about them")]
    UnitsUndecided(i64),
    #[error(transparent)]
    Enough(#[from] Enough),
    #[error("no such import")]
    NoSuchImport,
    #[error("{0} rows are wrong")]
    HasErrors(i64),
    #[error("{0} known people would be renamed, moved, named or get another phone, which was not confirmed")]
    Unconfirmed(i64),
    #[error("known people would be changed otherwise than was shown")]
    CheckAgain,
    #[error("no row can be applied")]
    NothingGood,
    #[error("the import was applied before")]
    AlreadyApplied,
    #[error("the import was not applied yet")]
    NotApplied,
    #[error("the links were handed out before")]
    LinksTaken,
    #[error("links were made again too often; {0} seconds to wait")]
    LinksTooOften(u32),
    #[error(transparent)]
    OneAtATime(#[from] OneAtATime),
    #[error("somebody changed the same people meanwhile")]
    ChangedMeanwhile,
    #[error("the workbook could not be written")]
    Write(#[from] rust_xlsxwriter::XlsxError),
    #[error("the thread that writes workbooks ended")]
    Thread(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Storage(StorageError),
}

impl RosterError {
    /// Whether a roster was refused after its rows were checked, which is what it costs.
    pub(crate) fn is_after_check(&self) -> bool {
        matches!(
            self,
            Self::HasErrors(_)
                | Self::NothingGood
                | Self::Unconfirmed(_)
                | Self::CheckAgain
                | Self::ChangedMeanwhile
                | Self::UnitsUndecided(_)
        )
    }
}

impl From<StorageError> for RosterError {
    fn from(error: StorageError) -> Self {
        match error.constraint() {
            Some(
                "people_phone_hash_key"
                | "people_identity_number_hash_key"
                | "people_account_name_key"
                | "org_units_parent_id_name_key"
                | "org_units_name_key",
            ) => Self::ChangedMeanwhile,
            _ => Self::Storage(error),
        }
    }
}

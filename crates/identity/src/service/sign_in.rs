//! Signing in with phone or account name and password.
//!
//! Failures are counted by `model::throttle`: per name and device that knows its account, or per name and network; and per account, of
//! which nobody is told. Right passwords are counted too, so that nobody keeps the server busy with their own.

use std::net::IpAddr;

use http_kit::Platform;
use kernel::spelling;
use realtime::Hub;
use storage::StorageError;

use super::session::{self, Renewed};
use crate::device_marks::{DeviceMarks, Marked};
use crate::error::SignInError;
use crate::identity::Identity;
use crate::model::lanes::Lane;
use crate::model::phone::Phone;
use crate::model::throttle::Origin;
use crate::store::accounts::{self, AccountRow};
use crate::vault::{Vault, digest};

/// Where an attempt comes from, and what its browser remembers.
pub(crate) struct Place {
    pub address: IpAddr,
    pub marks: DeviceMarks,
}

/// What was typed.
pub(crate) struct Typed<'a> {
    pub login: &'a str,
    pub password: &'a str,
}

/// A session and what the browser is to remember, when the password is right. Whether there is such an account, and which names
/// belong to one, shows neither in the answer nor in its time.
#[tracing::instrument(name = "identity.sign_in", skip_all)]
pub(crate) async fn sign_in(
    platform: &Platform,
    identity: &Identity,
    hub: &Hub,
    Typed { login, password }: Typed<'_>,
    from: Place,
) -> Result<(Renewed, String), SignInError> {
    let (ambient, vault) = (&platform.ambient, identity.vault());
    let login = normalised(login);
    let account = account(platform, vault, &login).await?;
    let marked = account.as_ref().and_then(as_marked);
    let device = marked.and_then(|marked| from.marks.device(vault, marked, ambient.now()));
    let origin = device.map_or(Origin::Address(from.address), Origin::KnownDevice);
    let whose = account.as_ref().map(|account| hashed(&account.id.to_string()));
    let attempt =
        identity.throttle().begin(hashed(&login), whose, origin, ambient.now()).map_err(SignInError::Wait)?;
    // What is not looked at takes the time of what is.
    let looked_at = account.as_ref().filter(|_| attempt.is_checked());
    let stored = looked_at.and_then(|account| account.password_hash.clone());
    let lane = device.map_or(Lane::Anywhere, |_| Lane::Known);
    let right = match identity.passwords().is_right(lane, password, stored).await {
        Ok(right) => right,
        Err(busy) => {
            attempt.not_made();
            return Err(busy.into());
        }
    };
    let Some(account) = account.filter(|_| right) else {
        tracing::info!("a sign-in was refused");
        return Err(SignInError::Refused);
    };
    attempt.succeeded();
    if account.disabled_at.is_some() {
        return Err(SignInError::Disabled);
    }
    let mut tx = platform.db.begin_write().await?;
    // Once more, as the world may have moved while the password was checked. Whoever sets a new one or disables the person ends the
    // sessions that they find: this one is among them, or is not opened.
    let hash = account.password_hash.as_deref().unwrap_or_default();
    if !accounts::rely_on_password(&mut tx, account.id, hash).await? {
        let is_disabled =
            accounts::by_id(&mut tx, account.id).await?.is_some_and(|now| now.disabled_at.is_some());
        return Err(if is_disabled { SignInError::Disabled } else { SignInError::Refused });
    }
    let renewed = session::open(&mut tx, ambient, vault, hub, account.id).await?;
    tx.commit().await?;
    tracing::info!(person.id = %account.id, session.id = %renewed.session, "signed in");
    let marks = as_marked(&account).map(|marked| from.marks.with(vault, ambient, marked)).unwrap_or_default();
    Ok((renewed, marks))
}

fn as_marked(account: &AccountRow) -> Option<Marked<'_>> {
    Some(Marked { person: account.id, password_hash: account.password_hash.as_deref()? })
}

pub(super) fn hashed(name: &str) -> [u8; 32] {
    digest(name).try_into().expect("SHA-256 is 32 bytes")
}

/// The same person however they spell their number, so that spellings do not multiply guesses.
fn normalised(login: &str) -> String {
    Phone::parse(login)
        .map_or_else(|| spelling::name(login).to_lowercase(), |phone| phone.as_str().to_owned())
}

async fn account(
    platform: &Platform,
    vault: &Vault,
    login: &str,
) -> Result<Option<AccountRow>, StorageError> {
    let mut conn = platform.db.read().await?;
    match Phone::parse(login) {
        Some(phone) => accounts::by_phone(&mut conn, &vault.lookup("phone", phone.as_str())).await,
        None => accounts::by_account_name(&mut conn, login).await,
    }
}

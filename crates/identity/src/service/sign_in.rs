//! Signing in with phone or account name and password.
//!
//! Whoever types what opened an account until its phone was changed gets no session and is told so, as they may be its owner, shut out by
//! somebody else; a wrong password learns nothing.
//!
//! Failures are counted by `model::throttle`: per name and device that knows its account, or per name and network; and per account, of
//! which nobody is told. Right passwords are counted too, so that nobody keeps the server busy with their own.

use std::net::IpAddr;

use http_kit::Platform;
use kernel::spelling;
use realtime::Hub;
use serde_json::json;
use storage::{StorageError, jobs};

use super::session::{self, Renewed};
use crate::chores::FORMER_SIGN_INS_KEPT_DAYS;
use crate::device_marks::{DeviceMarks, Marked};
use crate::error::SignInError;
use crate::identity::Identity;
use crate::model::lanes::Lane;
use crate::model::org_unit::ids_of_path;
use crate::model::phone::Phone;
use crate::model::throttle::Origin;
use crate::phone_changed::{FORMER_SIGN_IN, FormerSignIn};
use crate::store::accounts::{self, AccountRow};
use crate::store::former_sign_ins::{self, FormerRow};
use crate::store::grants;
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
    let (account, former) = account(platform, vault, &login).await?;
    let former = former.filter(|_| account.as_ref().is_none_or(|account| account.password_hash.is_none()));
    let marked = former.as_ref().map(FormerRow::as_marked).or_else(|| account.as_ref().and_then(as_marked));
    let device = marked.and_then(|marked| from.marks.device(vault, marked, ambient.now()));
    let origin = device.map_or(Origin::Address(from.address), Origin::KnownDevice);
    // What opens nothing costs only itself: not the owner's way in by the new phone, nor their link.
    let whose = former.as_ref().map(|former| format!("former:{}", former.id));
    let whose =
        whose.or_else(|| account.as_ref().map(|account| account.id.to_string())).map(|key| hashed(&key));
    let attempt =
        identity.throttle().begin(hashed(&login), whose, origin, ambient.now()).map_err(SignInError::Wait)?;
    // What is not looked at takes the time of what is.
    let known = former.as_ref().map(|former| former.password_hash.clone());
    let known = known.or_else(|| account.as_ref().and_then(|account| account.password_hash.clone()));
    let stored = known.filter(|_| attempt.is_checked());
    let lane = device.map_or(Lane::Anywhere, |_| Lane::Known);
    let right = match identity.passwords().is_right(lane, password, stored).await {
        Ok(right) => right,
        Err(busy) => {
            attempt.not_made();
            return Err(busy.into());
        }
    };
    if let Some(former) = former.filter(|_| right) {
        attempt.succeeded();
        if former.disabled_at.is_some() {
            return Err(SignInError::Disabled);
        }
        tell(platform, &former).await?;
        return Err(SignInError::PhoneChanged(former.changed_at));
    }
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

/// The first time that somebody comes with what opened the account before: those who see the person hear of it.
async fn tell(platform: &Platform, former: &FormerRow) -> Result<(), StorageError> {
    let (ambient, now) = (&platform.ambient, platform.ambient.now());
    let mut tx = platform.db.begin_write().await?;
    if !former_sign_ins::note_told(&mut tx, former.id, now).await? {
        return Ok(());
    }
    let person = former.person_id;
    let above = ids_of_path(former.org_path.as_deref().unwrap_or_default());
    let tell = grants::overseers(&mut tx, person, above).await?;
    let payload = FormerSignIn { person, name: former.name.clone(), changed_at: former.changed_at, tell };
    jobs::enqueue(&mut tx, ambient, FORMER_SIGN_IN, &payload, now).await?;
    let detail = json!({ "changed_at": former.changed_at });
    session::entry(&mut tx, ambient, None, "identity.former_sign_in", person, detail).await?;
    tx.commit().await?;
    tracing::info!(person.id = %person, "somebody came with what opened the account before its phone was changed");
    Ok(())
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

/// Whose account a name opens, and whose it opened before its phone was changed. Both are always sought, so that neither shows in the time.
async fn account(
    platform: &Platform,
    vault: &Vault,
    login: &str,
) -> Result<(Option<AccountRow>, Option<FormerRow>), StorageError> {
    let mut conn = platform.db.read().await?;
    let changed_after = platform.ambient.now().plus_days(-FORMER_SIGN_INS_KEPT_DAYS);
    Ok(if let Some(phone) = Phone::parse(login) {
        let hash = vault.lookup("phone", phone.as_str());
        let account = accounts::by_phone(&mut conn, &hash).await?;
        (account, former_sign_ins::by_phone(&mut conn, &hash, changed_after).await?)
    } else {
        let account = accounts::by_account_name(&mut conn, login).await?;
        (account, former_sign_ins::by_account_name(&mut conn, login, changed_after).await?)
    })
}

impl FormerRow {
    fn as_marked(&self) -> Marked<'_> {
        Marked { person: self.person_id, password_hash: &self.password_hash }
    }
}

//! A signed-in person sets a new password by the one they have.

use http_kit::Platform;
use kernel::Actor;
use realtime::Hub;
use serde_json::json;

use super::first_use::check;
use super::session::entry;
use super::sign_in::hashed;
use crate::device_marks::{DeviceMarks, Marked};
use crate::error::{PasswordError, SignInError};
use crate::identity::Identity;
use crate::model::lanes::Lane;
use crate::model::throttle::Origin;
use crate::store::{accounts, first_use, sessions};

/// The password that somebody has, and the one that they want.
pub(crate) struct Wish<'a> {
    pub current: &'a str,
    pub new: &'a str,
}

/// Every other session of the person ends, with its sockets and tickets; the one that asks stays. A wrong current password counts as
/// a failed sign-in on a device that knows the account, so that whoever finds an open device guesses no faster than at the door.
/// Gives what the device is to remember.
#[tracing::instrument(name = "identity.change_password", skip_all, fields(person.id = %actor.person))]
pub(crate) async fn change_password(
    platform: &Platform,
    identity: &Identity,
    hub: &Hub,
    actor: &Actor,
    Wish { current, new }: Wish<'_>,
) -> Result<String, PasswordError> {
    let ambient = &platform.ambient;
    let account = accounts::by_id(&mut platform.db.read().await?, actor.person).await?;
    let account = account.ok_or(PasswordError::SignedOut)?;
    // A session is a device that knows the account: whoever guesses elsewhere does not hold its owner up.
    let device = hashed(&actor.session.to_string());
    let origin = Origin::KnownDevice(std::array::from_fn(|at| device[at]));
    let attempt = identity
        .throttle()
        .begin(hashed(&account.account_name), Some(hashed(&account.id.to_string())), origin, ambient.now())
        .map_err(SignInError::Wait)?;
    let hash = match identity.passwords().is_right(Lane::Known, current, account.password_hash.clone()).await
    {
        Ok(right) => account.password_hash.clone().filter(|_| right).ok_or(PasswordError::Wrong)?,
        Err(busy) => {
            attempt.not_made();
            return Err(busy.into());
        }
    };
    attempt.succeeded();
    if current == new {
        return Err(PasswordError::Same);
    }
    check(identity.vault(), &account, new)?;
    let new_hash = identity.passwords().hash(ambient, new).await?;

    let mut tx = platform.db.begin_write().await?;
    let now = ambient.now();
    accounts::hold(&mut tx, account.id).await?;
    // Once more, as the world may have moved while passwords were hashed.
    if sessions::living(&mut tx, actor.session, account.id, now).await?.is_none() {
        return Err(PasswordError::SignedOut);
    }
    if !accounts::rely_on_password(&mut tx, account.id, &hash).await? {
        return Err(PasswordError::Wrong);
    }
    accounts::set_password(&mut tx, account.id, &new_hash).await?;
    first_use::void(&mut tx, account.id).await?;
    let ended = sessions::end_others(&mut tx, account.id, actor.session, "password", now).await?;
    let detail = json!({ "sessions": ended.len() });
    entry(&mut tx, ambient, Some(account.id), "identity.password_changed", account.id, detail).await?;
    let (hub, person) = (hub.clone(), account.id);
    tx.on_commit(move || ended.into_iter().for_each(|session| hub.close_session(person, session)));
    tx.commit().await?;
    let marked = Marked { person: account.id, password_hash: &new_hash };
    Ok(DeviceMarks::default().with(identity.vault(), ambient, marked))
}

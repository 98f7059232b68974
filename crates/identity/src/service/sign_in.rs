//! Signing in with phone or account name and password.

use std::net::IpAddr;

use http_kit::Platform;
use storage::StorageError;

use super::session::{self, Renewed};
use crate::error::SignInError;
use crate::identity::Identity;
use crate::model::phone::Phone;
use crate::store::accounts::{self, AccountRow};
use crate::vault::{Vault, digest};

/// A session when the password is right. Whether there is such an account shows neither in the answer nor in its time.
#[tracing::instrument(name = "identity.sign_in", skip_all)]
pub(crate) async fn sign_in(
    platform: &Platform,
    identity: &Identity,
    login: &str,
    password: &str,
    from: IpAddr,
) -> Result<Renewed, SignInError> {
    let ambient = &platform.ambient;
    let login = normalised(login);
    let attempt =
        identity.throttle().begin(&digest(&login), from, ambient.now()).map_err(SignInError::Wait)?;
    let account = match account(platform, identity.vault(), &login).await {
        Ok(account) => account,
        Err(error) => {
            attempt.not_made();
            return Err(error.into());
        }
    };
    let stored = account.as_ref().and_then(|a| a.password_hash.clone());
    let right = match identity.passwords().is_right(password, stored).await {
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
    let renewed = session::open(&mut tx, ambient, identity.vault(), account.id).await?;
    tx.commit().await?;
    tracing::info!(person.id = %account.id, session.id = %renewed.session, "signed in");
    Ok(renewed)
}

/// The same person however they spell their number, so that spellings do not multiply guesses.
fn normalised(login: &str) -> String {
    Phone::parse(login).map_or_else(|| login.trim().to_lowercase(), |phone| phone.as_str().to_owned())
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

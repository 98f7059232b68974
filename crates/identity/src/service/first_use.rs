//! One-time links: by them a person sets their first password, or a new one. Nothing else opens an account.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_kit::Platform;
use kernel::id::PersonId;
use kernel::{Ambient, Timestamp};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, StorageError, Tx};

use super::session::entry;
use super::sign_in::hashed;
use crate::access::{Overseer, stored_reach};
use crate::device_marks::{DeviceMarks, Marked};
use crate::error::{FirstUseError, PersonError};
use crate::identity::Identity;
use crate::model::lanes::Lane;
use crate::model::password::{self, Known};
use crate::model::reach::Reach;
use crate::service::people;
use crate::store::accounts::{self, AccountRow};
use crate::store::{self, first_use, sessions};
use crate::vault::{Place, Vault, VaultError, digest};

const DAYS: i64 = 14;

/// A new link. Its token is known to whoever holds this value and to nobody else: the database has a digest.
#[derive(Debug, Clone)]
pub struct FirstUseLink {
    pub token: String,
    pub expires_at: Timestamp,
}

impl FirstUseLink {
    fn new(ambient: &Ambient, now: Timestamp) -> Self {
        let token = URL_SAFE_NO_PAD.encode(ambient.random_bytes::<32>());
        Self { token, expires_at: now.plus_days(DAYS) }
    }

    /// The address to hand out.
    pub fn address(&self, public_url: &str) -> String {
        format!("{public_url}/first-use?token={}", self.token)
    }
}

/// Makes a link for somebody; earlier ones stop working. Who may ask for it is the caller's rule, weighed while the person is held.
pub(crate) async fn issue(
    tx: &mut Tx,
    ambient: &Ambient,
    person: PersonId,
    by: Option<PersonId>,
) -> Result<FirstUseLink, StorageError> {
    let now = ambient.now();
    let link = FirstUseLink::new(ambient, now);
    accounts::hold(tx, person).await?;
    first_use::void(tx, person).await?;
    first_use::insert(tx, digest(&link.token), person, by, now, link.expires_at).await?;
    Ok(link)
}

/// The same for several people, each of whom is held and weighed by the caller.
pub(super) async fn issue_all(
    tx: &mut Tx,
    ambient: &Ambient,
    people: Vec<PersonId>,
    by: Option<PersonId>,
) -> Result<Vec<FirstUseLink>, StorageError> {
    let now = ambient.now();
    first_use::void_all(tx, people.clone()).await?;
    let mut links = Vec::with_capacity(people.len());
    for person in people {
        let link = FirstUseLink::new(ambient, now);
        first_use::insert(tx, digest(&link.token), person, by, now, link.expires_at).await?;
        links.push(link);
    }
    Ok(links)
}

/// A link for one person, asked for by somebody who stands above them.
#[tracing::instrument(name = "identity.issue_first_use_link", skip_all, fields(person.id = %person))]
pub(crate) async fn issue_for(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    person: PersonId,
) -> Result<FirstUseLink, PersonError> {
    let reach = reach_of_maker(tx, overseer).await?.ok_or(PersonError::NotBelow)?;
    let row = people::held_managed(tx, overseer, person).await?;
    if !people::may_manage(tx, &reach, &row).await? {
        return Err(PersonError::NotBelow);
    }
    if row.disabled_at.is_some() {
        return Err(PersonError::Disabled);
    }
    let link = issue(tx, ambient, person, Some(overseer.actor.person)).await?;
    let detail = json!({ "expires_at": link.expires_at });
    entry(tx, ambient, Some(overseer.actor.person), "identity.first_use_link_issued", person, detail).await?;
    Ok(link)
}

/// What the maker of links oversees at this moment, and until the end of the transaction; nothing when they were disabled meanwhile.
pub(super) async fn reach_of_maker(tx: &mut Tx, maker: &Overseer) -> Result<Option<Reach>, StorageError> {
    let person = maker.actor.person;
    if accounts::rely_on(tx, person).await? { stored_reach(tx, person).await.map(Some) } else { Ok(None) }
}

/// Whose account a link opens.
///
/// Invariant: a link opens an account only while whoever made it may still manage that account. What voids links (a new grant,
/// another school, a disabled issuer) deletes them too, so that none comes back to life.
pub(crate) async fn look(conn: &mut Conn, token: &str, now: Timestamp) -> Result<AccountRow, FirstUseError> {
    let link = first_use::find(conn, &digest(token), now).await?.ok_or(FirstUseError::NoSuchLink)?;
    if let Some(issuer) = link.issued_by {
        still_above(conn, issuer, link.person_id).await?;
    }
    accounts::by_id(conn, link.person_id).await?.ok_or(FirstUseError::NoSuchLink)
}

async fn still_above(conn: &mut Conn, issuer: PersonId, person: PersonId) -> Result<(), FirstUseError> {
    let who = accounts::by_id(conn, issuer).await?.filter(|issuer| issuer.disabled_at.is_none());
    let about = store::people::find(conn, person).await?;
    let (Some(_), Some(about)) = (who, about) else { return Err(FirstUseError::NoSuchLink) };
    let reach = stored_reach(conn, issuer).await?;
    if people::may_manage(conn, &reach, &about).await? { Ok(()) } else { Err(FirstUseError::NoSuchLink) }
}

/// A link, the password that its person chose, and what tells this request from another.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    pub token: &'a str,
    pub password: &'a str,
    pub key: Option<&'a str>,
}

/// Sets the password and uses the link up; every session that the person had ends, and what it opened.
/// Gives what the device is to remember: whoever came by a link is known there. Whoever asks once more, as the answer was lost on
/// the way, is answered alike.
#[tracing::instrument(name = "identity.first_use", skip_all)]
pub(crate) async fn set_password(
    platform: &Platform,
    identity: &Identity,
    hub: &Hub,
    wish: Wish<'_>,
) -> Result<String, FirstUseError> {
    match take(platform, identity, hub, wish).await {
        Err(FirstUseError::NoSuchLink) => {
            set_before(platform, identity, wish).await?.ok_or(FirstUseError::NoSuchLink)
        }
        other => other,
    }
}

/// The answer to a request that was carried out before: under the same key, and with the password that it set.
async fn set_before(
    platform: &Platform,
    identity: &Identity,
    Wish { token, password, key }: Wish<'_>,
) -> Result<Option<String>, FirstUseError> {
    let Some(key) = key else { return Ok(None) };
    let ambient = &platform.ambient;
    let account = {
        let mut conn = platform.db.read().await?;
        let used = first_use::used(&mut conn, &digest(token), &digest(key), ambient.now()).await?;
        let Some(person) = used else { return Ok(None) };
        accounts::by_id(&mut conn, person).await?
    };
    let Some(AccountRow { id, password_hash: Some(hash), .. }) = account else { return Ok(None) };
    identity.throttle().has_link(hashed(&id.to_string()), ambient.now()).map_err(FirstUseError::Wait)?;
    let is_right = identity.passwords().is_right(Lane::Anywhere, password, Some(hash.clone())).await?;
    let marked = Marked { person: id, password_hash: &hash };
    Ok(is_right.then(|| DeviceMarks::default().with(identity.vault(), ambient, marked)))
}

async fn take(
    platform: &Platform,
    identity: &Identity,
    hub: &Hub,
    Wish { token, password: new_password, key }: Wish<'_>,
) -> Result<String, FirstUseError> {
    let ambient = &platform.ambient;
    let account = {
        let mut conn = platform.db.read().await?;
        look(&mut conn, token, ambient.now()).await?
    };
    check(identity.vault(), &account, new_password)?;
    // A link is used up by the last step: until then many may come with it.
    let whose = hashed(&account.id.to_string());
    identity.throttle().has_link(whose, ambient.now()).map_err(FirstUseError::Wait)?;
    let hash = identity.passwords().hash(ambient, new_password).await?;

    let mut tx = platform.db.begin_write().await?;
    let now = ambient.now();
    // Once more, as the world may have moved while the password was hashed.
    accounts::hold(&mut tx, account.id).await?;
    look(&mut tx, token, now).await?;
    if !first_use::take(&mut tx, &digest(token), key.map(digest), now).await? {
        return Err(FirstUseError::NoSuchLink);
    }
    accounts::set_password(&mut tx, account.id, &hash).await?;
    first_use::void(&mut tx, account.id).await?;
    sessions::end_all(&mut tx, account.id, "password", now).await?;
    entry(&mut tx, ambient, Some(account.id), "identity.password_set", account.id, json!({})).await?;
    let (hub, person) = (hub.clone(), account.id);
    tx.on_commit(move || hub.close_person(person));
    tx.commit().await?;
    let marked = Marked { person: account.id, password_hash: &hash };
    Ok(DeviceMarks::default().with(identity.vault(), ambient, marked))
}

pub(super) fn check(vault: &Vault, account: &AccountRow, new_password: &str) -> Result<(), FirstUseError> {
    let row = account.id.uuid();
    let open = |column, sealed: &Option<Vec<u8>>| -> Result<Option<String>, VaultError> {
        sealed.as_ref().map(|s| vault.unseal(Place { column, row }, s)).transpose()
    };
    let phone = open(people::PHONE, &account.phone_cipher)?;
    let identity_number = open(people::IDENTITY_NUMBER, &account.identity_number_cipher)?;
    let known = Known {
        name: &account.name,
        account_name: &account.account_name,
        phone: phone.as_deref(),
        identity_number: identity_number.as_deref(),
    };
    Ok(password::check(new_password, &known)?)
}

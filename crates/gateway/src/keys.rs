//! The keys of an installation: made once, registered in the database by their fingerprints, compared at every start, rotated while it runs.

use std::path::Path;

use anyhow::{Context as _, ensure};
use certificate_issuer::Issuing;
use certificate_issuer::keys::{self as certificate_keys, KeyRing};
use identity::vault::{self, Purpose, Vault};
use kernel::{Ambient, Timestamp};
use storage::audit::{self, AnchorKey, Entry};
use storage::keys::{self as register, FoundKey, RegisteredKey};
use storage::{Conn, Db, processes};

use crate::config::Config;
use crate::world::open_database_as_it_is;

/// Every process looks for new keys each minute; a new key is used only when all have had time to look.
const TAKEN_UP_SECONDS: i64 = 120;

/// The opened keys.
pub struct Keys {
    pub vault: Vault,
    pub ring: KeyRing,
}

/// Opens the keys that the database expects. On an empty database they are made and registered in one go: of two processes that start
/// together one makes them, and a second host with another folder is refused.
pub async fn open(config: &Config, db: &Db, now: Timestamp) -> anyhow::Result<Keys> {
    let folder = config.keys_folder();
    let mut registered = register::registered(&mut db.read().await?).await?;
    if registered.is_empty() {
        registered = make_and_register(&folder, db, now).await?;
    }
    open_registered(&folder, &registered)
}

/// Opens the keys without making any: what the doctor and other onlookers do.
pub async fn look(config: &Config, conn: &mut Conn) -> anyhow::Result<Keys> {
    let registered = register::registered(conn).await?;
    ensure!(
        !registered.is_empty(),
        "the database knows no keys yet: they are made when the server first starts"
    );
    open_registered(&config.keys_folder(), &registered)
}

/// Takes up what came into the folder and what the database says of it.
pub async fn take_up(db: &Db, vault: &Vault, issuing: &Issuing) -> anyhow::Result<()> {
    let registered = register::registered(&mut db.read().await?).await?;
    vault.reload()?;
    vault.plan(&registered);
    issuing.take_up(&registered)?;
    let found: Vec<FoundKey> = [vault.found(), issuing.keys().found()].concat();
    register::compare(&registered, &found, "of this process")?;
    Ok(())
}

/// The keys that sign and check anchors of the audit chains.
pub fn anchor_keys(vault: &Vault) -> Vec<AnchorKey> {
    vault.audit_keys().iter().map(|(_, seed)| AnchorKey::from_seed(seed.bytes())).collect()
}

fn open_registered(folder: &Path, registered: &[RegisteredKey]) -> anyhow::Result<Keys> {
    let certificates = folder.join(certificate_keys::PURPOSE);
    let found = [vault::found(folder)?, certificate_keys::found(&certificates)?].concat();
    register::compare(registered, &found, &name(folder))?;
    let vault = Vault::open(folder)?;
    vault.plan(registered);
    let ring = KeyRing::open(&certificates)?.planned(registered);
    Ok(Keys { vault, ring })
}

async fn make_and_register(folder: &Path, db: &Db, now: Timestamp) -> anyhow::Result<Vec<RegisteredKey>> {
    let mut tx = db.begin_write().await?;
    register::hold(&mut tx).await?;
    let registered = register::registered(&mut tx).await?;
    if !registered.is_empty() {
        return Ok(registered);
    }
    let vault = Vault::open_or_make(folder)?;
    // Keys that come to a database that holds something sealed must open it.
    identity::sealed::check(&mut tx, &vault, 1).await.with_context(|| {
        format!("the database holds personal data that was not sealed with the keys in {}", folder.display())
    })?;
    let ring = KeyRing::open_or_make(&folder.join(certificate_keys::PURPOSE), now)?;
    for key in [vault.found(), ring.found()].concat() {
        register::register(&mut tx, &key, &name(folder), now, now).await?;
    }
    let registered = register::registered(&mut tx).await?;
    tx.commit().await?;
    tracing::info!(folder = %folder.display(), "the first keys were made: back them up, apart from the database");
    Ok(registered)
}

/// `lingxue keys list`.
pub async fn list(config: &Config) -> anyhow::Result<()> {
    let db = open_database_as_it_is(config).await?;
    let mut conn = db.read().await?;
    let registered = register::registered(&mut conn).await?;
    drop(conn);
    db.close().await;
    let folder = config.keys_folder();
    let found =
        [vault::found(&folder)?, certificate_keys::found(&folder.join(certificate_keys::PURPOSE))?].concat();
    let now = Ambient::system().now();
    for key in &registered {
        let is_here = found.iter().any(|found| found.fingerprint == key.fingerprint);
        let state = match key {
            RegisteredKey { retired_at: Some(at), .. } => format!("retired since {at}"),
            key if register::in_use(&registered, &key.purpose, now) == Some(key) => "in use".to_owned(),
            key if key.used_from > now => format!("used from {}", key.used_from),
            _ => "reads only".to_owned(),
        };
        let here = if is_here { "" } else { ", NOT IN THE FOLDER" };
        println!(
            "{:<13} {:<44} {}  made {}  {state}{here}",
            key.purpose,
            key.key_id,
            key.short(),
            key.made_at
        );
    }
    for key in
        found.iter().filter(|found| registered.iter().all(|known| known.fingerprint != found.fingerprint))
    {
        println!(
            "{:<13} {:<44} {}  not registered, so not used",
            key.purpose,
            key.key_id,
            register::short(&key.fingerprint)
        );
    }
    if let Ok(vault) = Vault::open(&folder) {
        for key in anchor_keys(&vault) {
            println!("anchors are signed by {}", key.public());
        }
    }
    Ok(())
}

/// `lingxue keys rotate`: a new key of each purpose, used in `after` minutes; the older ones go on reading.
pub async fn rotate(config: &Config, purposes: &[String], after: Option<u32>) -> anyhow::Result<()> {
    let ambient = Ambient::system();
    let db = open_database_as_it_is(config).await?;
    let now = ambient.now();
    let keys = look(config, &mut db.read().await?).await?;
    let used_from = now.plus_seconds(after.map_or(TAKEN_UP_SECONDS, |minutes| i64::from(minutes) * 60));
    for purpose in wanted(purposes)? {
        let made = match purpose {
            Some(purpose) => keys.vault.make_next(purpose)?,
            None => new_certificate_key(config, now)?,
        };
        let mut tx = db.begin_write().await?;
        register::register(&mut tx, &made, &name(&config.keys_folder()), now, used_from).await?;
        note(&mut tx, &ambient, "gateway.rotate_key", &made).await?;
        tx.commit().await?;
        println!(
            "{} key {} ({}) is used from {used_from}",
            made.purpose,
            made.key_id,
            register::short(&made.fingerprint)
        );
    }
    println!(
        "Hosts with a key folder of their own need a copy of the new files before that; then back the folder up."
    );
    db.close().await;
    Ok(())
}

/// `lingxue keys reseal`: seals all personal data with the key in use, so that the older ones can be retired.
pub async fn reseal(config: &Config) -> anyhow::Result<()> {
    let ambient = Ambient::system();
    let db = open_database_as_it_is(config).await?;
    let keys = look(config, &mut db.read().await?).await?;
    let registered = register::registered(&mut db.read().await?).await?;
    let purpose = Purpose::Personal.name();
    let now = ambient.now();
    let used = register::in_use(&registered, purpose, now).context("no personal key is in use")?;
    let is_settled = now.seconds_since(used.used_from) >= TAKEN_UP_SECONDS;
    ensure!(
        is_settled,
        "the key in use is not two minutes old: a running server may still seal with the one before"
    );
    let without = processes::without_keys_of(&mut db.read().await?, used.used_from, now).await?;
    ensure!(
        without == 0,
        "{without} running servers do not have the key in use and still seal with the one before: copy the new files into their key \
         folders (their log names what is missing) and ask again in two minutes"
    );
    let resealed = identity::sealed::reseal(&db, &ambient, &keys.vault).await?;
    println!("{resealed} values were sealed anew");
    let older = |key: &&RegisteredKey| {
        key.purpose == purpose && key.retired_at.is_none() && key.used_from < used.used_from
    };
    for key in registered.iter().filter(older) {
        let mut tx = db.begin_write().await?;
        register::retire(&mut tx, purpose, &key.key_id, now).await?;
        let found = FoundKey { purpose, key_id: key.key_id.clone(), fingerprint: key.fingerprint.clone() };
        note(&mut tx, &ambient, "gateway.retire_key", &found).await?;
        tx.commit().await?;
        println!(
            "personal key {} is retired: keep its file for as long as a backup from before may be restored",
            key.key_id
        );
    }
    db.close().await;
    Ok(())
}

/// Every purpose whose keys rotate, or those that are named; none stands for the certificates' own ring.
fn wanted(names: &[String]) -> anyhow::Result<Vec<Option<Purpose>>> {
    let rotating = Purpose::ALL.into_iter().filter(|purpose| purpose.rotates()).map(Some).chain([None]);
    let name_of = |purpose: &Option<Purpose>| purpose.map_or(certificate_keys::PURPOSE, Purpose::name);
    let all: Vec<_> = rotating.collect();
    for name in names {
        ensure!(
            all.iter().any(|purpose| name_of(purpose) == name),
            "{name} is no purpose whose key rotates: {}",
            all.iter().map(name_of).collect::<Vec<_>>().join(", ")
        );
    }
    Ok(all
        .into_iter()
        .filter(|purpose| names.is_empty() || names.iter().any(|name| name == name_of(purpose)))
        .collect())
}

fn new_certificate_key(config: &Config, now: Timestamp) -> anyhow::Result<FoundKey> {
    let ring = KeyRing::rotate(&config.keys_folder().join(certificate_keys::PURPOSE), now)?;
    let id = ring.newest().id().to_owned();
    ring.found().into_iter().find(|key| key.key_id == id).context("the new key is in its ring")
}

async fn note(tx: &mut storage::Tx, ambient: &Ambient, action: &str, key: &FoundKey) -> anyhow::Result<()> {
    let entry = Entry {
        chain: "system".to_owned(),
        person: None,
        action,
        object: format!("{} {}", key.purpose, key.key_id),
        detail: serde_json::json!({ "fingerprint": hex::encode(&key.fingerprint) }),
    };
    audit::append(tx, ambient, entry).await?;
    Ok(())
}

/// The folder as people find it again.
fn name(folder: &Path) -> String {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).display().to_string()
}

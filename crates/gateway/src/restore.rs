//! `lingxue restore`: puts a backup into an empty place, and ends what must not come back to life with it.

use std::fs;
use std::path::Path;

use anyhow::{bail, ensure};
use certificate_issuer::keys as certificate_keys;
use identity::restored::Ended;
use identity::vault::{self, Vault};
use kernel::Ambient;
use storage::audit::{self, Entry};
use storage::backup::{Restoring, begin_restore, hash_file};
use storage::blobs::Blobs;

use crate::backup::{self, ANCHORS, MANIFEST, Manifest, content_of, file_lines};
use crate::config::Config;
use crate::world::place;

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    pub ended: Ended,
}

/// Puts a backup into the empty place that the settings name. The database comes last, so that a restore that is cut short leaves
/// none; then the place has to be emptied before the next attempt.
pub async fn restore(config: &Config, folder: &Path) -> anyhow::Result<Restored> {
    let manifest = backup::check(folder)?;
    let known: Vec<i64> = storage::known_migrations().map(|(number, _)| number).collect();
    ensure!(
        manifest.database.migrations == known,
        "the backup was made by version {} with another schema: restore it with that version, then migrate",
        manifest.version
    );
    needs_keys(config, &manifest)?;
    let anchors = config.anchor_file();
    ensure!(
        anchors.text()?.is_none(),
        "there is an anchor file at {}: move it aside and keep it, it shows what the audit chains were",
        anchors.path().display()
    );
    fs::create_dir_all(&config.data.folder)?;
    let mut restoring = begin_restore(&manifest.database, folder, config.database_url().expose()).await?;
    put_files_back(config, &restoring, folder).await?;
    let ambient = Ambient::system();
    let ended = identity::restored::end_what_is_open(&mut restoring.tx, ambient.now()).await?;
    realtime::renew_epoch(&mut restoring.tx, &ambient).await?;
    note(&mut restoring, &ambient, &manifest, folder).await?;
    if manifest.anchors.is_some() {
        fs::copy(folder.join(ANCHORS), anchors.path())?;
    }
    restoring.finish().await?;
    Ok(Restored { manifest, ended })
}

/// A restored database is of no use without its keys, and nobody should find that out later.
fn needs_keys(config: &Config, manifest: &Manifest) -> anyhow::Result<()> {
    let folder = config.keys_folder();
    let found =
        [vault::found(&folder)?, certificate_keys::found(&folder.join(certificate_keys::PURPOSE))?].concat();
    let missing = manifest.keys.iter().find(|key| !key.retired && !found.iter().any(|found| key.is(found)));
    if let Some(key) = missing {
        bail!(
            "the key folder {} does not hold the keys of this backup, such as the {} key {} made on {} in {}: put that folder back \
             first, or name it in data.keys",
            folder.display(),
            key.purpose,
            key.key_id,
            key.made_at,
            key.folder
        );
    }
    Ok(())
}

async fn put_files_back(config: &Config, restoring: &Restoring, folder: &Path) -> anyhow::Result<()> {
    let vault = Vault::open(&config.keys_folder())?;
    let files = Blobs::new(restoring.db().clone(), place(config)?, vault.address_key().bytes());
    ensure!(files.is_empty().await?, "the place for files (blobs, data.folder) is not empty");
    files.prepare().await?;
    for line in file_lines(folder)? {
        files.put_back(line.id, &hex::decode(&line.sha256)?, content_of(folder, line.id)?).await?;
    }
    Ok(())
}

async fn note(
    restoring: &mut Restoring,
    ambient: &Ambient,
    manifest: &Manifest,
    folder: &Path,
) -> anyhow::Result<()> {
    let entry = Entry {
        chain: "system".to_owned(),
        person: None,
        action: "gateway.restore",
        object: hash_file(folder, MANIFEST)?.sha256,
        detail: serde_json::json!({ "begun_at": manifest.begun_at, "ended_at": manifest.ended_at }),
    };
    audit::append(&mut restoring.tx, ambient, entry).await?;
    Ok(())
}

/// `lingxue restore`.
pub async fn run(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let Restored { manifest, ended } = restore(config, folder).await?;
    println!(
        "Everything acknowledged before {} is here, as are {} files",
        manifest.begun_at, manifest.files.count
    );
    println!("What was done after {} is lost", manifest.ended_at);
    println!("{} sessions were ended and {} unused one-time links are void", ended.sessions, ended.links);
    println!("Look with lingxue verify before you serve");
    Ok(())
}

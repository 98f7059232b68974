//! `lingxue backup`: everything that is kept outside of the key folder, as it was at one instant, copied while the server runs.
//!
//! A folder: the database's copy, the files, the anchors of the audit chains, the manifest that names them all with their hashes,
//! and last the manifest's own hash. A folder without these two is no backup. The keys are never in it; their fingerprints are.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use futures_util::{StreamExt as _, stream};
use kernel::Ambient;
use kernel::id::BlobId;
use serde::{Deserialize, Serialize};
use storage::Db;
use storage::backup::{self, DatabaseCopy, HashedFile, Hasher, hash_file};
use storage::blobs::{Blob, Blobs, begin_hold, end_hold};
use storage::keys::{FoundKey, RegisteredKey, registered};

use crate::config::Config;
use crate::keys;
use crate::world::{open_database_as_it_is, place};

pub(crate) const MANIFEST: &str = "manifest.json";
/// What `sha256sum --check` reads.
const MANIFEST_HASH: &str = "manifest.json.sha256";
pub(crate) const FILES: &str = "files.jsonl";
pub(crate) const ANCHORS: &str = "audit-anchors.log";
const FORMAT: u32 = 1;

/// What a backup holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// By which program.
    pub version: String,
    /// Everything acknowledged before this instant is in it.
    pub begun_at: String,
    pub ended_at: String,
    pub database: DatabaseCopy,
    pub files: Files,
    pub anchors: Option<HashedFile>,
    pub keys: Vec<KeyName>,
}

/// The uploaded files of a backup.
#[derive(Debug, Serialize, Deserialize)]
pub struct Files {
    pub count: u64,
    pub bytes: u64,
    /// A line for each, with its own hash.
    pub list: HashedFile,
}

/// A line of the list of files.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileLine {
    pub id: BlobId,
    pub size: u64,
    pub sha256: String,
}

/// A key that the backup needs.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeyName {
    pub purpose: String,
    pub key_id: String,
    pub fingerprint: String,
    pub retired: bool,
    pub folder: String,
    pub made_at: String,
}

/// Makes a backup in a new or empty folder.
pub async fn make(config: &Config, folder: &Path) -> anyhow::Result<Manifest> {
    prepare(folder)?;
    let begun_at = Ambient::system().now();
    let db = open_database_as_it_is(config).await?;
    let applied = storage::applied_migrations(&db).await?;
    let missing = storage::known_migrations().any(|(number, _)| !applied.contains(&number));
    ensure!(
        !missing,
        "the schema is not up to date: run lingxue migrate, or back up with the version that serves"
    );
    let mut conn = db.read().await?;
    let opened = keys::look(config, &mut conn).await?;
    let keys = registered(&mut conn).await?;
    drop(conn);
    // Before the database: what the file holds, the database holds then too.
    let anchors = copy_anchors(config, folder)?;
    let place = Blobs::new(db.clone(), place(config)?, opened.vault.address_key().bytes());
    let ambient = Ambient::system();
    let hold = begin_hold(&db, &ambient).await?;
    let copied = copy(config, &db, &place, folder).await;
    end_hold(&db, &ambient, hold).await?;
    let (database, copied) = copied?;
    db.close().await;
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        begun_at: begun_at.to_string(),
        ended_at: Ambient::system().now().to_string(),
        database,
        files: copied,
        anchors,
        keys: keys.iter().map(KeyName::of).collect(),
    };
    let mut file = Hasher::create(folder, MANIFEST)?;
    file.write(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    let hash = hash_line(&file.finish()?);
    let mut file = Hasher::create(folder, MANIFEST_HASH)?;
    file.write(hash.as_bytes())?;
    file.finish()?;
    fs::File::open(folder)?.sync_all()?;
    Ok(manifest)
}

fn hash_line(file: &HashedFile) -> String {
    format!("{}  {}\n", file.sha256, file.name)
}

/// Reads a backup's manifest and checks every byte that it names, and its own.
pub fn check(folder: &Path) -> anyhow::Result<Manifest> {
    let read = |name| {
        fs::read_to_string(folder.join(name))
            .with_context(|| format!("{} holds no finished backup", folder.display()))
    };
    let (text, hash) = (read(MANIFEST)?, read(MANIFEST_HASH)?);
    ensure!(hash == hash_line(&hash_file(folder, MANIFEST)?), "the manifest was cut or altered");
    let manifest: Manifest = serde_json::from_str(&text).context("the manifest does not read as one")?;
    ensure!(
        manifest.format == FORMAT,
        "the backup has format {}, this program reads {FORMAT}",
        manifest.format
    );
    let named = manifest.database.files.iter().chain([&manifest.files.list]).chain(&manifest.anchors);
    for file in named {
        ensure!(!file.name.contains(['/', '\\']), "the manifest names a file outside of the backup");
        let found = hash_file(folder, &file.name)?;
        ensure!(found == *file, "{} is not what the manifest says: it was cut or altered", file.name);
    }
    let lines = file_lines(folder)?;
    ensure!(
        lines.len() as u64 == manifest.files.count,
        "the list of files has not as many as the manifest says"
    );
    for line in &lines {
        let found = hash_file(folder, &path_of(line.id))?;
        ensure!(
            found.sha256 == line.sha256 && found.size == line.size,
            "the file {} was cut or altered",
            line.id
        );
    }
    Ok(manifest)
}

/// The uploaded files of a backup.
pub(crate) fn file_lines(folder: &Path) -> anyhow::Result<Vec<FileLine>> {
    let text = fs::read_to_string(folder.join(FILES))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Where a file's bytes lie in the backup. The folders come from the random end of the id.
pub(crate) fn path_of(id: BlobId) -> String {
    let bytes = id.uuid().into_bytes();
    format!("files/{:02x}/{id}", bytes[15])
}

impl KeyName {
    fn of(key: &RegisteredKey) -> Self {
        Self {
            purpose: key.purpose.clone(),
            key_id: key.key_id.clone(),
            fingerprint: hex::encode(&key.fingerprint),
            retired: key.retired_at.is_some(),
            folder: key.folder.clone(),
            made_at: key.made_at.to_string(),
        }
    }

    pub(crate) fn is(&self, found: &FoundKey) -> bool {
        self.purpose == found.purpose
            && self.key_id == found.key_id
            && self.fingerprint == hex::encode(&found.fingerprint)
    }
}

fn prepare(folder: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
    builder.create(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let is_empty = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .next()
        .is_none();
    ensure!(is_empty, "{} is not empty: a backup goes into a folder of its own", folder.display());
    Ok(())
}

fn copy_anchors(config: &Config, folder: &Path) -> anyhow::Result<Option<HashedFile>> {
    let Some(text) = config.anchor_file().text()? else { return Ok(None) };
    let mut file = Hasher::create(folder, ANCHORS)?;
    file.write(text.as_bytes())?;
    Ok(Some(file.finish()?))
}

/// The database, and then the files that it keeps; none of them goes meanwhile.
async fn copy(
    config: &Config,
    db: &Db,
    place: &Blobs,
    folder: &Path,
) -> anyhow::Result<(DatabaseCopy, Files)> {
    let (database, blobs) = backup::copy(db, config.database_url().expose(), folder).await?;
    Ok((database, copy_files(place, &blobs, folder).await?))
}

async fn copy_files(place: &Blobs, blobs: &[Blob], folder: &Path) -> anyhow::Result<Files> {
    let mut list = Hasher::create(folder, FILES)?;
    let (mut count, mut bytes) = (0, 0);
    for blob in blobs {
        match copy_file(place, blob, folder).await {
            Ok(()) => {}
            // Nobody kept it, so it may be collected while we copy.
            Err(_) if !blob.kept => {
                let _ = fs::remove_file(folder.join(path_of(blob.id)));
                continue;
            }
            Err(error) => return Err(error.context(format!("the file {} cannot be copied", blob.id))),
        }
        let line = FileLine { id: blob.id, size: blob.size, sha256: hex::encode(&blob.sha256) };
        list.write(serde_json::to_string(&line)?.as_bytes())?;
        list.write(b"\n")?;
        count += 1;
        bytes += blob.size;
    }
    Ok(Files { count, bytes, list: list.finish()? })
}

async fn copy_file(place: &Blobs, blob: &Blob, folder: &Path) -> anyhow::Result<()> {
    let name = path_of(blob.id);
    let path = folder.join(&name);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    let mut content = place.get(blob, None).await?;
    let mut file = Hasher::create(folder, &name)?;
    while let Some(chunk) = content.next().await {
        file.write(&chunk?)?;
    }
    if file.finish()?.sha256 != hex::encode(&blob.sha256) {
        bail!("its bytes are not those that it had");
    }
    Ok(())
}

/// A file's bytes on their way back.
pub(crate) fn content_of(folder: &Path, id: BlobId) -> anyhow::Result<storage::blobs::Content> {
    let file = fs::File::open(folder.join(path_of(id)))?;
    let file = tokio::fs::File::from_std(file);
    let chunks = stream::try_unfold(file, async |mut file| {
        let mut chunk = bytes::BytesMut::with_capacity(1 << 18);
        let count = tokio::io::AsyncReadExt::read_buf(&mut file, &mut chunk).await?;
        Ok((count > 0).then(|| (chunk.freeze(), file)))
    });
    Ok(chunks.boxed())
}

/// `lingxue backup`.
pub async fn run(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let manifest = make(config, folder).await?;
    let rows: u64 = manifest.database.tables.iter().map(|table| table.rows).sum();
    println!(
        "{} rows in {} tables and {} files ({} bytes), as they were after {}",
        rows,
        manifest.database.tables.len(),
        manifest.files.count,
        manifest.files.bytes,
        manifest.begun_at
    );
    println!("The keys are not in it: back up {} apart from this", config.keys_folder().display());
    Ok(())
}

//! Anchors the audit chains each hour, and keeps this process's anchor file up to what the database holds.

use anyhow::bail;
use identity::vault::Vault;
use kernel::Ambient;
use storage::Db;
use storage::audit::{
    AnchorError, AnchorFile, AnchorKey, anchor_lines, make_anchor_when_due, read_anchor_lines,
};

use crate::config::Config;
use crate::keys;
use crate::world::open_database_as_it_is;

/// Makes the anchor that is due, if another process has not, and continues the file. Its hash goes to the log, where it is out of
/// reach of who can write database and file.
pub async fn anchor(db: &Db, ambient: &Ambient, vault: &Vault, file: &AnchorFile) -> Result<(), AnchorError> {
    let now = ambient.now();
    let (_, seed) = vault.audit_key(now);
    if let Some(made) = make_anchor_when_due(db, now, &AnchorKey::from_seed(seed.bytes())).await? {
        tracing::info!(
            number = made.number,
            heads = made.heads,
            hash = made.hash,
            "the audit chains are anchored"
        );
    }
    file.follow(db).await.map(drop)
}

/// `lingxue anchors begin`: writes the file from the database, whose lines must be signed by our keys.
pub async fn begin(config: &Config) -> anyhow::Result<()> {
    let db = open_database_as_it_is(config).await?;
    let mut conn = db.read().await?;
    let keys = keys::anchor_keys(&keys::look(config, &mut conn).await?.vault);
    let lines = anchor_lines(&mut conn).await?;
    drop(conn);
    if let Err(number) = read_anchor_lines(&lines, &keys) {
        bail!("anchor {number} of the database is missing, was changed or is not signed by us");
    }
    let file = config.anchor_file();
    let written = file.begin(&db).await?;
    println!("{written} lines were added to {}", file.path().display());
    db.close().await;
    Ok(())
}

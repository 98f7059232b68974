//! SQLite copies itself into one new file, page by page in one read transaction, while others write.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{
    BackupError, CopiedTable, DatabaseCopy, DatabaseKind, Restoring, compare_rows, count, hash_file,
};
use crate::aside::aside;
use crate::blobs::{self, Blob};
use crate::conn::{Conn, Kind};
use crate::db::{Bounds, Db, DbOptions};
use crate::lender::Lender;
use crate::query::{Val, sql};
use crate::sqlite::Place;

const FILE: &str = "lingxue.db";

pub(super) async fn copy(
    address: &str,
    folder: &Path,
    migrations: Vec<i64>,
) -> Result<(DatabaseCopy, Vec<Blob>), BackupError> {
    let path = folder.join(FILE);
    let refused = |source| BackupError::File { path: path.clone(), source };
    // Made by us beforehand, so that nobody else may read it from its first byte on.
    super::Hasher::create(folder, FILE)?.finish()?;
    let target = path.to_str().ok_or_else(|| refused(io::ErrorKind::InvalidFilename.into()))?;
    let place = Place::new(Place::file_of(address), false, true, Duration::MAX);
    let mut source = place.visitor()?;
    aside(|| source.each("vacuum into $1", &[Val::from(target)], &mut |_| ()))?;
    drop(source);
    fs::File::open(&path).and_then(|file| file.sync_all()).map_err(refused)?;

    let lender = Lender::new(1, Duration::ZERO);
    let lent = lender.seat().await?.with(Place::open_at_rest(&path)?);
    let mut conn = Conn::new(Kind::SqliteReader(lent));
    let names: Vec<String> =
        sql("select name as value from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
            .all(&mut conn)
            .await?;
    let mut tables = Vec::new();
    for name in names {
        let rows = count(&mut conn, &name).await?;
        tables.push(CopiedTable { name, rows });
    }
    let blobs = blobs::all_measured(&mut conn).await?;
    drop(conn);
    let files = vec![hash_file(folder, FILE)?];
    Ok((DatabaseCopy { kind: DatabaseKind::Sqlite, migrations, tables, files }, blobs))
}

pub(super) async fn begin_restore(
    copy: &DatabaseCopy,
    folder: &Path,
    address: &str,
) -> Result<Restoring, BackupError> {
    let place = Place::file_of(address);
    if place.exists() {
        return Err(BackupError::NotEmpty(format!("there is a database at {}", place.display())));
    }
    let draft = beside(&place, ".restoring");
    let refused = |source| BackupError::File { path: draft.clone(), source };
    for leftover in [draft.clone(), beside(&draft, "-wal"), beside(&draft, "-shm"), beside(&place, "-wal")] {
        match fs::remove_file(&leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused(error)),
            _ => {}
        }
    }
    fs::copy(folder.join(FILE), &draft).map_err(refused)?;
    fs::File::open(&draft).and_then(|file| file.sync_all()).map_err(refused)?;
    let endless = Bounds { statement: Duration::MAX, ..Bounds::default() };
    let options = DbOptions { bounds: endless, ..DbOptions::default() };
    let db = Db::open(&format!("sqlite:{}", draft.display()), &options).await?;
    let mut conn = db.read().await?;
    let said: String =
        sql("select integrity_check as value from pragma_integrity_check limit 1").one(&mut conn).await?;
    if said != "ok" {
        return Err(BackupError::Damaged(said));
    }
    let orphan: Option<String> =
        sql("select \"table\" as value from pragma_foreign_key_check limit 1").opt(&mut conn).await?;
    if let Some(table) = orphan {
        return Err(BackupError::Damaged(format!("a row of {table} names one that is not there")));
    }
    drop(conn);
    let mut tx = db.begin_write().await?;
    compare_rows(&mut tx, copy).await?;
    Ok(Restoring { tx, db, place: Some((draft, place)) })
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

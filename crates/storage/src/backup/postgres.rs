//! PostgreSQL is read in one repeatable-read transaction: a file a table, a line of JSON a row, which it reads back by itself.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Row as _};

use super::{BackupError, CopiedTable, DatabaseCopy, DatabaseKind, Hasher, Restoring, compare_rows, count};
use crate::blobs::{self, Blob};
use crate::conn::{Conn, Tx};
use crate::db::{Db, DbOptions};
use crate::error::StorageError;
use crate::query::{Text, Val, sql};

/// Rows go back in portions of about this many bytes.
const PORTION: usize = 1 << 20;

pub(super) async fn copy(
    db: &Db,
    folder: &Path,
    migrations: Vec<i64>,
) -> Result<(DatabaseCopy, Vec<Blob>), BackupError> {
    let mut snapshot = db.snapshot().await?;
    let (mut tables, mut files) = (Vec::new(), Vec::new());
    for name in tables_of(&mut snapshot).await? {
        let mut file = Hasher::create(folder, &file_name(&name))?;
        let rows = write_rows(&mut snapshot, &name, &mut file).await?;
        files.push(file.finish()?);
        tables.push(CopiedTable { name, rows });
    }
    let blobs = blobs::all_measured(&mut snapshot).await?;
    Ok((DatabaseCopy { kind: DatabaseKind::Postgres, migrations, tables, files }, blobs))
}

async fn write_rows(conn: &mut Conn, table: &str, file: &mut Hasher) -> Result<u64, BackupError> {
    let text = format!("select row_to_json(t)::text as value from \"{table}\" t");
    let mut rows = sqlx::query(AssertSqlSafe(text)).fetch(conn.pg()?);
    let mut count = 0;
    // JSON writes a line break inside of a text as two letters, so a row is a line.
    while let Some(row) = rows.try_next().await.map_err(StorageError::from)? {
        let line: String = row.try_get("value").map_err(StorageError::from)?;
        file.write(line.as_bytes())?;
        file.write(b"\n")?;
        count += 1;
    }
    Ok(count)
}

pub(super) async fn begin_restore(
    copy: &DatabaseCopy,
    folder: &Path,
    address: &str,
) -> Result<Restoring, BackupError> {
    let db = Db::open(address, &DbOptions::default()).await?;
    if !crate::applied_migrations(&db).await?.is_empty() {
        // An earlier attempt may have got as far as the empty schema.
        for table in ["audit_entries", "key_fingerprints", "blobs"] {
            if count(&mut db.read().await?, table).await? > 0 {
                return Err(BackupError::NotEmpty("the database (database.url) is in use".to_owned()));
            }
        }
    }
    crate::migrate(&db).await?;
    let mut tx = db.begin_write().await?;
    tx.without_bounds().await?;
    let known = tables_of(&mut tx).await?;
    // All foreign keys are taken away and put back, which checks them over everything that came.
    let keys: Vec<ForeignKeyRow> =
        sql("select conrelid::regclass::text as owner, conname::text as name, pg_get_constraintdef(oid) as definition \
             from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace")
        .all(&mut tx)
        .await?;
    for ForeignKeyRow { owner, name, .. } in &keys {
        run(&mut tx, format!("alter table {owner} drop constraint \"{name}\""), Vec::new()).await?;
    }
    // What migrations filled is in the copy too.
    for table in &known {
        run(&mut tx, format!("delete from \"{table}\""), Vec::new()).await?;
    }
    for table in &copy.tables {
        if !known.contains(&table.name) {
            return Err(BackupError::Damaged(format!("there is no table {}", table.name)));
        }
        read_rows(&mut tx, &table.name, folder).await?;
    }
    for ForeignKeyRow { owner, name, definition } in &keys {
        run(&mut tx, format!("alter table {owner} add constraint \"{name}\" {definition}"), Vec::new())
            .await?;
    }
    compare_rows(&mut tx, copy).await?;
    Ok(Restoring { tx, db, place: None })
}

async fn read_rows(tx: &mut Tx, table: &str, folder: &Path) -> Result<(), BackupError> {
    let path = folder.join(file_name(table));
    let refused = |source| BackupError::File { path: path.clone(), source };
    let mut portion = String::new();
    for line in BufReader::new(File::open(&path).map_err(refused)?).lines() {
        let line = line.map_err(refused)?;
        portion.push(if portion.is_empty() { '[' } else { ',' });
        portion.push_str(&line);
        if portion.len() > PORTION {
            insert(tx, table, std::mem::take(&mut portion)).await?;
        }
    }
    if portion.is_empty() { Ok(()) } else { insert(tx, table, portion).await }
}

async fn insert(tx: &mut Tx, table: &str, mut rows: String) -> Result<(), BackupError> {
    rows.push(']');
    let text = format!(
        "insert into \"{table}\" select * from json_populate_recordset(null::\"{table}\", $1::text::json)"
    );
    run(tx, text, vec![Val::from(rows)]).await
}

async fn run(tx: &mut Tx, text: String, args: Vec<Val>) -> Result<(), BackupError> {
    tx.exec(Text::Owned(text), args).await?;
    Ok(())
}

/// Every table but the migrator's own, which it fills by itself.
async fn tables_of(conn: &mut Conn) -> Result<Vec<String>, StorageError> {
    sql("select tablename::text as value from pg_tables where schemaname = current_schema() and tablename <> 'schema_migrations' \
         order by tablename")
    .all(conn)
    .await
}

fn file_name(table: &str) -> String {
    format!("{table}.jsonl")
}

crate::from_row! {
    struct ForeignKeyRow { owner: String, name: String, definition: String }
}

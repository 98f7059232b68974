//! The one ordered history of the schema, run on either database.

use sha2::{Digest as _, Sha256};

use crate::conn::Tx;
use crate::db::Db;
use crate::error::StorageError;
use crate::query::sql;

const FILES: &[(i64, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

crate::from_row! {
    struct AppliedRow { number: i64, checksum: Vec<u8> }
}

/// Number and name of every migration of this build.
pub fn known_migrations() -> impl Iterator<Item = (i64, &'static str)> {
    FILES.iter().map(|(number, name, _)| (*number, *name))
}

/// Brings the schema up to date, in one transaction: all of what is missing, or nothing. Several processes may start together: one
/// migrates, the others wait for it (on SQLite five seconds).
///
/// A database is refused that has a migration of which this program knows nothing, or another text.
pub async fn migrate(db: &Db) -> Result<(), StorageError> {
    let mut tx = db.begin_write().await?;
    if !tx.is_sqlite() {
        tx.without_bounds().await?;
        tx.batch("select pg_advisory_xact_lock(7301)").await?;
    }
    let applied = applied(&mut tx).await?;
    for AppliedRow { number, checksum } in &applied {
        let known = FILES.iter().find(|(known, ..)| known == number);
        let (_, _, text) = known.ok_or(StorageError::MigrationUnknown(*number))?;
        if *checksum != sum(text) {
            return Err(StorageError::MigrationChanged(*number));
        }
    }
    for (number, name, text) in FILES {
        if applied.iter().any(|applied| applied.number == *number) {
            continue;
        }
        tx.batch(text).await?;
        sql("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)")
            .bind(*number)
            .bind(*name)
            .bind(sum(text))
            .exec(&mut tx)
            .await?;
    }
    tx.commit().await
}

async fn applied(tx: &mut Tx) -> Result<Vec<AppliedRow>, StorageError> {
    tx.batch(
        "create table if not exists schema_migrations (number bigint not null, name text not null, checksum bytea not null, \
         constraint schema_migrations_number_key primary key (number))",
    )
    .await?;
    sql("select number, checksum from schema_migrations order by number").all(tx).await
}

fn sum(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

/// The numbers of the migrations that a database has; empty when it was never migrated.
pub async fn applied_migrations(db: &Db) -> Result<Vec<i64>, StorageError> {
    let mut conn = db.read().await?;
    let exists: i64 = sql(conn.pick(
        "select count(*) as value from sqlite_master where name = 'schema_migrations'",
        "select count(*) as value from pg_tables where tablename = 'schema_migrations' and schemaname = current_schema()",
    ))
    .one(&mut conn)
    .await?;
    if exists == 0 {
        return Ok(Vec::new());
    }
    sql("select number as value from schema_migrations order by number").all(&mut conn).await
}

/// One text that changes whenever any migration does.
pub fn migrations_seal() -> String {
    let parts = FILES.iter().flat_map(|(_, name, text)| [*name, *text]);
    parts.collect::<Vec<_>>().join("\n")
}

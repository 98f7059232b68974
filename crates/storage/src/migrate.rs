//! The one ordered history of the schema, run on either database.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Executor, SqlSafeStr};

use crate::db::{Db, Which};
use crate::error::StorageError;
use crate::query::sql;

const FILES: &[(i64, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Number and name of every migration of this build.
pub fn known_migrations() -> impl Iterator<Item = (i64, &'static str)> {
    FILES.iter().map(|(number, name, _)| (*number, *name))
}

/// Brings the schema up to date; does nothing when it is. Several PostgreSQL processes may start together: one migrates,
/// the others wait for its lock.
pub async fn migrate(db: &Db) -> Result<(), StorageError> {
    let migrations = FILES
        .iter()
        .map(|(number, name, text)| {
            Migration::new(
                *number,
                Cow::Borrowed(*name),
                MigrationType::Simple,
                (*text).into_sql_str(),
                false,
            )
        })
        .collect();
    let migrator = Migrator::with_migrations(migrations);
    match &db.which {
        Which::Sqlite { writer, .. } => {
            writer.with_conn(async |conn| Ok(migrator.run_direct(None, conn, false).await?)).await
        }
        Which::Pg { pool, .. } => {
            let mut conn = pool.acquire().await?;
            // It may write outside our transactions and holds a lock, so nobody gets it after us.
            conn.close_on_drop();
            conn.execute(
                "set default_transaction_read_only = off; set lock_timeout = 0; set statement_timeout = 0; \
                 set idle_in_transaction_session_timeout = 0",
            )
            .await?;
            Ok(migrator.run_direct(None, &mut *conn, false).await?)
        }
    }
}

/// The numbers of the migrations that a database has; empty when it was never migrated.
pub async fn applied_migrations(db: &Db) -> Result<Vec<i64>, StorageError> {
    let mut conn = db.read().await?;
    let exists: i64 = sql(conn.pick(
        "select count(*) as value from sqlite_master where name = '_sqlx_migrations'",
        "select count(*) as value from pg_tables where tablename = '_sqlx_migrations'",
    ))
    .one(&mut conn)
    .await?;
    if exists == 0 {
        return Ok(Vec::new());
    }
    sql("select version as value from _sqlx_migrations where success order by version").all(&mut conn).await
}

/// One text that changes whenever any migration does.
pub fn migrations_seal() -> String {
    let parts = FILES.iter().flat_map(|(_, name, text)| [*name, *text]);
    parts.collect::<Vec<_>>().join("\n")
}

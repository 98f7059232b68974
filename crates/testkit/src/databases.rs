//! A fresh, migrated database for one test, on either system.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::{Connection, Executor, PgConnection};
use storage::{Bounds, Db, DbOptions};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Sqlite,
    Postgres,
}

/// A database of one test's own; gone when dropped (SQLite) or with the throwaway server (PostgreSQL).
pub struct TestDb {
    pub db: Db,
    /// The address it was opened by, for a second process on the same data.
    pub address: String,
    folder: Option<PathBuf>,
}

impl TestDb {
    pub async fn fresh(which: Which) -> Self {
        match which {
            Which::Sqlite => Self::sqlite().await,
            Which::Postgres => Self::postgres().await,
        }
    }

    async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("lingxue-test-{}", unique()));
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        let address = format!("sqlite:{}", folder.join("lingxue.db").display());
        let options = DbOptions { durable: false, patience: Duration::from_secs(30), ..DbOptions::default() };
        let db = Db::open(&address, &options).await.expect("a new SQLite file opens");
        storage::migrate(&db).await.expect("migrations run on SQLite");
        Self { db, address, folder: Some(folder) }
    }

    async fn postgres() -> Self {
        let admin = std::env::var("LINGXUE_TEST_POSTGRES_URL").expect(
            "LINGXUE_TEST_POSTGRES_URL names no PostgreSQL: run through scripts/with-test-servers.sh",
        );
        let template = template(&admin).await;
        let name = format!("lingxue_{}", unique());
        let mut conn = PgConnection::connect(&admin).await.expect("the test PostgreSQL answers");
        create(&mut conn, &name, &format!("template {template}")).await;
        let address = address_of(&admin, &name);
        // A busy machine is no reason to give up.
        let long = Duration::from_mins(1);
        let bounds = Bounds { lock: long, statement: long, silence: long };
        let options = DbOptions { patience: Duration::from_secs(30), bounds, ..DbOptions::default() };
        let db = Db::open(&address, &options).await.expect("the new database opens");
        Self { db, address, folder: None }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A migrated database that others are copied from, made once per set of migrations and server.
async fn template(admin: &str) -> String {
    let mut seal = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(&storage::migrations_seal(), &mut seal);
    let name = format!("lingxue_template_{:x}", std::hash::Hasher::finish(&seal));
    let mut conn = PgConnection::connect(admin).await.expect("the test PostgreSQL answers");
    // Many test processes start at once: one makes the template, the others wait for the lock.
    conn.execute("select pg_advisory_lock(7305)").await.expect("the lock is given");
    let exists: bool = sqlx::query_scalar("select exists(select 1 from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut conn)
        .await
        .expect("the catalogue answers");
    if !exists {
        let making = format!("{name}_making");
        let drop = format!("drop database if exists {making}");
        conn.execute(sqlx::AssertSqlSafe(drop)).await.expect("a leftover is dropped");
        create(&mut conn, &making, "template template0 lc_collate 'C' lc_ctype 'C' encoding 'UTF8'").await;
        let db =
            Db::open(&address_of(admin, &making), &DbOptions::default()).await.expect("the template opens");
        storage::migrate(&db).await.expect("migrations run on PostgreSQL");
        db.close().await;
        let rename = format!("alter database {making} rename to {name}");
        conn.execute(sqlx::AssertSqlSafe(rename)).await.expect("the template gets its name");
    }
    conn.execute("select pg_advisory_unlock(7305)").await.expect("the lock is released");
    name
}

async fn create(conn: &mut PgConnection, name: &str, how: &str) {
    conn.execute(sqlx::AssertSqlSafe(format!("create database {name} {how}")))
        .await
        .expect("the database is made");
}

/// The same server, another database: only the path of the address changes.
fn address_of(admin: &str, name: &str) -> String {
    let (base, query) = admin.split_once('?').map_or((admin, None), |(b, q)| (b, Some(q)));
    let scheme_end = base.find("://").map_or(0, |i| i + 3);
    let host_end = base[scheme_end..].find('/').map_or(base.len(), |i| scheme_end + i);
    let mut address = format!("{}/{name}", &base[..host_end]);
    if let Some(query) = query {
        address.push('?');
        address.push_str(query);
    }
    address
}

fn unique() -> String {
    let id: kernel::id::JobId = kernel::Ambient::system().new_id();
    id.uuid().simple().to_string()
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn only_the_database_changes() {
        assert_eq!(address_of("postgres://u@h:5/postgres?a=b", "x"), "postgres://u@h:5/x?a=b");
        assert_eq!(address_of("postgres:///postgres?host=/tmp/s", "x"), "postgres:///x?host=/tmp/s");
        assert_eq!(address_of("postgres://u@h:5", "x"), "postgres://u@h:5/x");
    }
}

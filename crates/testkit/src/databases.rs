//! A fresh, migrated database for one test, on either system.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::{Connection, Executor, PgConnection};
use storage::{Bounds, Db, DbOptions};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Sqlite,
    Postgres,
}

/// A database of one test's own; gone when dropped.
pub struct TestDb {
    pub db: Db,
    /// The address it was opened by, for a second process on the same data.
    pub address: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    /// On the server of that address, by that name.
    Server {
        admin: String,
        name: String,
    },
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
        let file = folder.join("lingxue.db");
        let address = format!("sqlite:{}", file.display());
        if let Ok(shared) = std::env::var("LINGXUE_TEST_FOLDER") {
            let template = sqlite_template(Path::new(&shared)).await;
            std::fs::copy(template, &file).expect("the temporary folder is writable");
        }
        let options = DbOptions { durable: false, patience: Duration::from_secs(30), ..DbOptions::default() };
        let db = Db::open(&address, &options).await.expect("a new SQLite file opens");
        storage::migrate(&db).await.expect("migrations run on SQLite");
        Self { db, address, place: Place::Folder(folder) }
    }

    async fn postgres() -> Self {
        let admin = std::env::var("LINGXUE_TEST_POSTGRES_URL").expect(
            "LINGXUE_TEST_POSTGRES_URL names no PostgreSQL: run through scripts/with-test-servers.sh",
        );
        let template = template(&admin).await;
        let name = format!("lingxue_{}", unique());
        let mut conn = PgConnection::connect(&admin).await.expect("the test PostgreSQL answers");
        // Copying its files costs half of what writing them down once more does.
        create(&mut conn, &name, &format!("template {template} strategy file_copy")).await;
        let address = address_of(&admin, &name);
        // A busy machine is no reason to give up.
        let long = Duration::from_mins(1);
        let bounds = Bounds { lock: long, statement: long, silence: long, ..Bounds::default() };
        let options = DbOptions { patience: Duration::from_secs(30), bounds, ..DbOptions::default() };
        let db = Db::open(&address, &options).await.expect("the new database opens");
        Self { db, address, place: Place::Server { admin, name } }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Server { admin, name } => remove(admin, name),
        }
    }
}

/// Takes a database away, whoever is still connected. A run makes hundreds, in memory where there is room for some.
fn remove(admin: &str, name: &str) {
    let removal = async {
        let mut conn = PgConnection::connect(admin).await?;
        conn.execute(sqlx::AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    // Its own thread: nothing waits inside the runtime of the test. A server that is gone has taken it along.
    std::thread::scope(|scope| {
        scope.spawn(|| runtime.map(|runtime| runtime.block_on(removal).map(drop))).join()
    })
    .map(drop)
    .unwrap_or_default();
}

/// A migrated file that others are copied from, made once per set of migrations and run.
async fn sqlite_template(folder: &Path) -> PathBuf {
    let file = folder.join(format!("template-{:x}.db", seal()));
    if !file.exists() {
        // Several test processes may make it at once: each renames a whole one over the others'.
        let making = folder.join(format!("making-{}.db", unique()));
        let options = DbOptions { durable: false, ..DbOptions::default() };
        let address = format!("sqlite:{}", making.display());
        let db = Db::open(&address, &options).await.expect("a new SQLite file opens");
        storage::migrate(&db).await.expect("migrations run on SQLite");
        db.close().await;
        // The log goes into the file, whoever still lets go of it.
        let conn = rusqlite::Connection::open(&making).expect("the file opens again");
        conn.execute_batch("pragma wal_checkpoint(truncate)").expect("the log goes into the file");
        std::fs::rename(&making, &file).expect("the template gets its name");
    }
    file
}

/// One number for a set of migrations.
fn seal() -> u64 {
    let mut seal = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(&storage::migrations_seal(), &mut seal);
    std::hash::Hasher::finish(&seal)
}

/// A migrated database that others are copied from, made once per set of migrations and server.
async fn template(admin: &str) -> String {
    let name = format!("lingxue_template_{:x}", seal());
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

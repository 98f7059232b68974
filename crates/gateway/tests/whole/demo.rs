//! The demo fills an empty database of either kind, and leaves one in use alone; an evening in it asks the database little.

use gateway::config::Config;
use testkit::{TestDb, Which};

use crate::evening::sends_few_statements;

async fn fills(which: Which) {
    let database = TestDb::fresh(which).await;
    let folder = std::env::temp_dir().join(format!("lingxue-demo-{which:?}-{}", std::process::id()));
    let mut config = Config::default();
    config.data.folder.clone_from(&folder);
    config.database.url = Some(database.address.clone().into());
    config.database.durable = false;
    gateway::demo::fill(&config, false).await.expect("the demo is filled");
    gateway::demo::fill(&config, true).await.expect("a database in use is left alone");
    let again =
        gateway::demo::fill(&config, false).await.expect_err("the demo goes into an empty database only");
    assert!(again.to_string().contains("in use"), "{again}");
    let mut conn = database.db.read().await.expect("a reader");
    assert!(storage::audit::first_broken(&mut conn, "system").await.expect("a chain").is_none());
    drop(conn);
    sends_few_statements(&config).await;
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    fills(Which::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    fills(Which::Postgres).await;
}

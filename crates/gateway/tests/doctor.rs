//! `lingxue doctor` finds a healthy server healthy, names what is wrong, and changes nothing.

use gateway::config::Config;
use gateway::doctor::{Finding, look};
use gateway::world::migrate;
use storage::audit::{self, Entry};
use storage::sql;
use testkit::{TestBed, on_both_databases};

on_both_databases!(healthy_server_is_found_healthy, |bed: TestBed| async move {
    let house = House::of(&bed);
    write_entries(&bed).await;
    let findings = look(&house.config).await;
    assert!(wrong(&findings).is_empty(), "{findings:?}");
    for about in ["schema", "audit chain system", "files", "certificate keys", "certificate fonts"] {
        assert!(findings.iter().any(|finding| finding.about == about), "{about}: {findings:?}");
    }
});

on_both_databases!(changed_audit_entry_is_named, |bed: TestBed| async move {
    let house = House::of(&bed);
    write_entries(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update audit_entries set object = 'another' where number = 2")
        .exec(&mut tx)
        .await
        .expect("a change");
    tx.commit().await.expect("a commit");
    let findings = look(&house.config).await;
    assert_eq!(wrong(&findings), ["audit chain system: entry 2 is missing or was changed"]);
});

#[tokio::test]
async fn missing_schema_is_named_and_left_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    for _ in 0..2 {
        let findings = look(&config).await;
        let wrong = wrong(&findings);
        assert!(wrong.len() == 1 && wrong[0].contains("run lingxue migrate"), "{wrong:?}");
    }
    migrate(&config).await.expect("the schema is made");
    assert!(wrong(&look(&config).await).is_empty());
}

#[tokio::test]
async fn database_that_does_not_open_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    config.database.url = Some("postgres://127.0.0.1:1/nothing".to_owned());
    let findings = look(&config).await;
    assert!(wrong(&findings)[0].starts_with("database: "), "{findings:?}");
}

/// A server's settings on the bed's database, with files and keys of its own.
struct House {
    config: Config,
    _folder: tempfile::TempDir,
}

impl House {
    fn of(bed: &TestBed) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default();
        folder.path().clone_into(&mut config.data.folder);
        config.database.url = Some(bed.database.address.clone());
        Self { config, _folder: folder }
    }
}

fn wrong(findings: &[Finding]) -> Vec<String> {
    let said = |finding: &Finding| Some(format!("{}: {}", finding.about, finding.outcome.as_ref().err()?));
    findings.iter().filter_map(said).collect()
}

async fn write_entries(bed: &TestBed) {
    for number in 0..3 {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let entry = Entry {
            chain: "system".to_owned(),
            person: None,
            action: "probe.act",
            object: format!("thing-{number}"),
            detail: serde_json::json!({}),
        };
        audit::append(&mut tx, &bed.ambient, entry).await.expect("an entry");
        tx.commit().await.expect("a commit");
    }
}

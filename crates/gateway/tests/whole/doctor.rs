//! `lingxue doctor` finds a healthy server healthy, names what is wrong, and changes nothing.

use std::sync::Arc;

use certificate_issuer::ISSUE_BATCH;
use gateway::config::Config;
use gateway::doctor::{Depth, Finding, look};
use gateway::world::migrate;
use gateway::{World, queue};
use kernel::Ambient;
use serde_json::json;
use storage::audit::{self, Entry};
use storage::blobs::COLLECT_ORPHANS;
use storage::jobs::{self, Job, JobHandler, Kind, Lane};
use storage::sql;
use testkit::{TestBed, on_both_databases};

use crate::settings::{settings_on, wrong};

on_both_databases!(healthy_server_is_found_healthy, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.first_start().await;
    write_entries(&bed).await;
    let findings = look(&house.config, Depth::Sample).await;
    assert!(wrong(&findings).is_empty(), "{findings:?}");
    for about in [
        "open files",
        "schema",
        "audit chain system",
        "files",
        "jobs quick",
        "jobs heavy",
        "certificate keys",
        "certificate fonts",
    ] {
        assert!(findings.iter().any(|finding| finding.about == about), "{about}: {findings:?}");
    }
});

on_both_databases!(full_disk_is_named, |bed: TestBed| async move {
    let mut house = House::of(&bed);
    house.first_start().await;
    house.config.blobs.free_space_floor_mb = u64::MAX;
    let found = wrong(&look(&house.config, Depth::Sample).await);
    assert!(
        found.iter().any(|text| text.starts_with("files: ") && text.contains("free_space_floor_mb")),
        "{found:?}"
    );
});

on_both_databases!(changed_audit_entry_is_named, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.first_start().await;
    write_entries(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update audit_entries set object = 'another' where number = 2")
        .exec(&mut tx)
        .await
        .expect("a change");
    tx.commit().await.expect("a commit");
    let findings = look(&house.config, Depth::Sample).await;
    assert_eq!(wrong(&findings), ["audit chain system: entry 2 is missing or was changed"]);
});

on_both_databases!(queue_is_told_in_figures_and_what_is_wrong_in_words, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.first_start().await;
    let now = Ambient::system().now();
    let unknown = Kind::quick("probe.of_another_release");
    for (kind, seconds_ago, given_up) in
        [(ISSUE_BATCH, 7 * 3_600, false), (COLLECT_ORPHANS, 10, true), (unknown, 60, false)]
    {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let due = now.plus_seconds(-seconds_ago);
        let id = jobs::enqueue(&mut tx, &bed.ambient, kind, &json!({}), due).await.expect("a job");
        let given_up = given_up.then_some(now);
        sql("update jobs set given_up_at = $2, last_error = 'the disk is full' where id = $1")
            .bind(id)
            .bind(given_up)
            .exec(&mut tx)
            .await
            .expect("a change");
        tx.commit().await.expect("a commit");
    }
    let wrong = wrong(&look(&house.config, Depth::Sample).await);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].starts_with("jobs heavy: 1 of storage.collect_orphans given up (the disk is full)"));
    assert!(
        wrong[0].contains("; one has been due for 25") && wrong[0].ends_with("does a server run?"),
        "{}",
        wrong[0]
    );
    assert_eq!(wrong[1], "jobs unknown: 1 of probe.of_another_release that this program does not know");

    let world = World::open(&house.config).await.expect("the world opens");
    let standing =
        queue::standing(&world.platform, &world.areas.runner().kinds()).await.expect("the queue answers");
    let mut kinds = world.areas.runner().kinds();
    kinds.sort_unstable_by_key(|kind| kind.name);
    let mut listed = gateway::areas::KINDS;
    listed.sort_unstable_by_key(|kind| kind.name);
    assert_eq!(kinds, listed, "the doctor knows every kind");
    let figures = queue::figures(&standing);
    for line in [
        "# TYPE jobs_given_up gauge",
        "jobs_given_up{kind=\"storage.collect_orphans\",lane=\"heavy\"} 1",
        "jobs_waiting{kind=\"certificate_issuer.issue_batch\",lane=\"heavy\"} 1",
        "jobs_running{kind=\"identity.tidy\",lane=\"quick\"} 0",
        "jobs_waiting{kind=\"unknown\",lane=\"none\"} 1",
    ] {
        assert!(figures.lines().any(|found| found == line), "{line} is not in\n{figures}");
    }
    assert!(!figures.contains("probe."), "what is in rows makes no label");
    world.platform.db.close().await;

    queue::discard(&house.config, COLLECT_ORPHANS.name).await.expect("they are deleted");
    queue::discard(&house.config, unknown.name).await.expect("only given-up ones are deleted");
    assert_eq!(wrong_about(&look(&house.config, Depth::Sample).await), ["jobs heavy", "jobs unknown"]);
});

/// Takes as long as it takes.
struct Printing;

#[async_trait::async_trait]
impl JobHandler for Printing {
    async fn run(&self, _: &Job) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        std::future::pending().await
    }
}

on_both_databases!(what_is_short_is_done_while_what_is_long_is_under_way, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.first_start().await;
    let world = World::open(&house.config).await.expect("the world opens");
    let of = |lane: Lane| gateway::areas::KINDS.into_iter().filter(move |kind| kind.lane == lane);
    // As long as there is work, or as a store takes.
    assert_eq!(of(Lane::Heavy).collect::<Vec<Kind>>(), [COLLECT_ORPHANS, ISSUE_BATCH]);
    let printing = Kind::heavy("probe.print");
    let runner = world.areas.runner().handle(printing, Arc::new(Printing));
    // Somebody whom nobody would miss.
    let person = bed.person("卓玛", &[]).await.id;
    let put = async |kind: Kind| {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let about = json!({ "person": person, "from": "138****0001", "to": "139****0002", "name": "卓玛",
            "changed_at": "2026-11-02T01:00:00Z", "tell": [person] });
        let now = Ambient::system().now();
        jobs::enqueue(&mut tx, &bed.ambient, kind, &about, now).await.expect("a job");
        tx.commit().await.expect("a commit");
    };
    for _ in 0..3 {
        put(printing).await;
    }
    let mut shift = runner.shift();
    assert_eq!(shift.look().await.expect("a look"), 2, "both places are taken");
    let quick: Vec<Kind> = of(Lane::Quick).collect();
    for kind in &quick {
        assert!(kind.timeout_seconds <= 60, "{}", kind.name);
        put(*kind).await;
    }
    // As many at once as there are places for what is short; none waits for what is long.
    let mut left = quick.len();
    while left > 0 {
        let begun = shift.look().await.expect("a look");
        assert_eq!(begun, left.min(house.config.jobs.quick));
        for _ in 0..begun {
            shift.one_ended().await;
        }
        left -= begun;
    }
    let count = async |statement: &'static str| -> i64 {
        sql(statement).one(&mut bed.db().read().await.expect("a reader")).await.expect("a count")
    };
    let done = count("select count(*) as value from jobs where done_at is not null").await;
    assert_eq!(done, i64::try_from(quick.len()).expect("a few"));
    assert_eq!(count("select count(*) as value from jobs where leased_until is not null").await, 2);
    drop(shift);
    world.platform.db.close().await;
});

#[tokio::test]
async fn missing_schema_is_named_and_left_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    for _ in 0..2 {
        let findings = look(&config, Depth::Sample).await;
        let wrong = wrong(&findings);
        assert!(wrong.len() == 1 && wrong[0].contains("run lingxue migrate"), "{wrong:?}");
    }
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none(), "nothing was made");
    migrate(&config).await.expect("the schema is made");
    let findings = look(&config, Depth::Sample).await;
    assert!(wrong(&findings)[0].starts_with("keys: the database knows no keys yet"), "{findings:?}");
    first_start(&config).await;
    assert!(wrong(&look(&config, Depth::Sample).await).is_empty());
}

#[tokio::test]
async fn database_that_does_not_open_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    config.database.url = Some("postgres://lingxue:90441387@127.0.0.1:1/nothing".into());
    let findings = look(&config, Depth::Sample).await;
    assert!(wrong(&findings)[0].starts_with("database: "), "{findings:?}");
    assert!(!format!("{findings:?} {config:?}").contains("90441387"), "the password stays inside");
}

/// A server's settings on the bed's database, with files and keys of its own.
struct House {
    config: Config,
    _folder: tempfile::TempDir,
}

impl House {
    fn of(bed: &TestBed) -> Self {
        let (config, folder) = settings_on(bed);
        Self { config, _folder: folder }
    }

    async fn first_start(&self) {
        first_start(&self.config).await;
    }
}

async fn first_start(config: &Config) {
    World::open(config).await.expect("the first start").platform.db.close().await;
}

fn wrong_about(findings: &[Finding]) -> Vec<&str> {
    findings.iter().filter(|finding| finding.outcome.is_err()).map(|finding| finding.about.as_str()).collect()
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
        // By the clock that the doctor looks at.
        audit::append(&mut tx, &Ambient::system(), entry).await.expect("an entry");
        tx.commit().await.expect("a commit");
    }
}

//! A backup that is taken under load and restored elsewhere holds everything acknowledged before it, and nothing that should have ended.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gateway::config::Config;
use gateway::doctor::{Depth, look};
use gateway::{World, backup, restore};
use kernel::Ambient;
use kernel::id::{BlobId, PersonId};
use storage::blobs::{Blobs, Limits, Share};
use storage::{Db, sql};
use testkit::{TestBed, TestDb, Which, on_both_databases};

use crate::settings::{settings_on, wrong};

const LIMITS: Limits = Limits {
    area: "certificate_issuer",
    most_bytes: 1 << 20,
    share: Share { purpose: "test", bytes_a_day: 1 << 40 },
    content_types: &["application/pdf"],
};

on_both_databases!(everything_acknowledged_before_comes_back, |bed: TestBed| async move {
    let house = House::of(&bed);
    let (world, kept, pending) = house.fill(&bed).await;
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let writers: Vec<_> =
        (0..3).map(|n| tokio::spawn(write(world.platform.db.clone(), n, acknowledged.clone()))).collect();
    while acknowledged.lock().expect("no panic").len() < 20 {
        tokio::task::yield_now().await;
    }
    let before = acknowledged.lock().expect("no panic").clone();
    let folder = house.folder.path().join("backup");
    let made = backup::make(&house.config, &folder).await.expect("a backup");
    for writer in writers {
        writer.abort();
    }
    assert_eq!(made.files.count, 2);
    assert!(backup::check(&folder).is_ok());
    let text = std::fs::read_to_string(folder.join("manifest.json")).expect("the manifest");
    let secret = std::fs::read_to_string(house.keys().join("personal-1.key")).expect("the key");
    assert!(!text.contains(&secret) && text.contains("fingerprint"));
    let epoch = epoch_of(&world.platform.db).await;
    world.platform.db.close().await;

    let other = Other::of(&bed, &house).await;
    let restored = restore::restore(&other.config, &folder).await.expect("it goes back");
    assert_eq!((restored.ended.sessions, restored.ended.links), (1, 1));
    let world = World::open(&other.config).await.expect("a server");
    let db = &world.platform.db;
    let mut conn = db.read().await.expect("a reader");
    for id in &before {
        let found: i64 = sql("select count(*) as value from people where id = $1")
            .bind(*id)
            .one(&mut conn)
            .await
            .expect("a count");
        assert_eq!(found, 1, "{id} was acknowledged");
    }
    let open: i64 = sql("select count(*) as value from sessions where revoked_at is null")
        .one(&mut conn)
        .await
        .expect("a count");
    let links: i64 = sql("select count(*) as value from first_use_links where used_at is null")
        .one(&mut conn)
        .await
        .expect("a count");
    let tickets: i64 =
        sql("select count(*) as value from realtime_tickets").one(&mut conn).await.expect("a count");
    assert_eq!((open, links, tickets), (0, 0, 0));
    drop(conn);
    assert_ne!(epoch_of(db).await, epoch, "clients start anew");
    for (id, bytes) in [(kept, "%PDF-1.7 kept"), (pending, "%PDF-1.7 on its way")] {
        assert_eq!(read(&world.areas.blobs, id).await, bytes);
    }
    world.areas.look_after_keys().await;
    db.close().await;
    let findings = look(&other.config, Depth::Everything).await;
    assert!(wrong(&findings).is_empty(), "{findings:?}");
    for about in ["every file", "every certificate", "personal data", "audit chain system"] {
        assert!(findings.iter().any(|finding| finding.about == about), "{about}: {findings:?}");
    }
});

on_both_databases!(altered_or_cut_backup_is_found_whole_and_not_restored, |bed: TestBed| async move {
    let house = House::of(&bed);
    let (world, ..) = house.fill(&bed).await;
    world.platform.db.close().await;
    let folder = house.folder.path().join("backup");
    backup::make(&house.config, &folder).await.expect("a backup");
    let other = Other::of(&bed, &house).await;
    for path in files_below(&folder) {
        let whole = std::fs::read(&path).expect("a file");
        let Some(last) = whole.len().checked_sub(1) else { continue };
        let mut altered = whole.clone();
        altered[last / 2] ^= 0x20;
        for wrong in [&altered[..], &whole[..last]] {
            std::fs::write(&path, wrong).expect("written");
            assert!(backup::check(&folder).is_err(), "{}", path.display());
            assert!(restore::restore(&other.config, &folder).await.is_err(), "{}", path.display());
        }
        std::fs::write(&path, &whole).expect("mended");
    }
    std::fs::rename(folder.join("manifest.json"), folder.join("kept")).expect("taken away");
    let said = format!("{:#}", restore::restore(&other.config, &folder).await.expect_err("no manifest"));
    assert!(said.contains("no finished backup"), "{said}");
    std::fs::rename(folder.join("kept"), folder.join("manifest.json")).expect("put back");
    restore::restore(&other.config, &folder).await.expect("it goes back after all");
});

on_both_databases!(place_that_is_not_empty_is_left_as_it_is, |bed: TestBed| async move {
    let house = House::of(&bed);
    let (world, ..) = house.fill(&bed).await;
    world.platform.db.close().await;
    let folder = house.folder.path().join("backup");
    backup::make(&house.config, &folder).await.expect("a backup");
    let again = backup::make(&house.config, &folder).await.expect_err("it is there already");
    assert!(again.to_string().contains("is not empty"), "{again}");

    let said = format!("{:#}", restore::restore(&house.config, &folder).await.expect_err("its own place"));
    assert!(said.contains("move it aside"), "{said}");
    std::fs::remove_file(house.folder.path().join("audit-anchors.log")).expect("moved aside");
    let said = format!("{:#}", restore::restore(&house.config, &folder).await.expect_err("its own place"));
    assert!(said.contains("not empty"), "{said}");

    let other = Other::of(&bed, &house).await;
    let files = other.config.data.folder.join("blobs/ab");
    std::fs::create_dir_all(&files).expect("a folder");
    let said = format!("{:#}", restore::restore(&other.config, &folder).await.expect_err("somebody's files"));
    assert!(said.contains("place for files"), "{said}");
    assert!(other.config.sqlite_file().is_none_or(|file| !file.exists()), "no database");
    std::fs::remove_dir(&files).expect("emptied");
    restore::restore(&other.config, &folder).await.expect("now it is empty");
});

on_both_databases!(backup_without_its_keys_is_not_restored, |bed: TestBed| async move {
    let house = House::of(&bed);
    let (world, ..) = house.fill(&bed).await;
    world.platform.db.close().await;
    let folder = house.folder.path().join("backup");
    backup::make(&house.config, &folder).await.expect("a backup");
    let mut other = Other::of(&bed, &house).await;
    other.config.data.keys = Some(other.config.data.folder.join("nothing"));
    let said = restore::restore(&other.config, &folder).await.expect_err("no keys").to_string();
    assert!(
        said.contains("does not hold the keys of this backup")
            && said.contains(&house.keys().display().to_string()),
        "{said}"
    );
});

/// A server's settings on the bed's database, with a folder of its own.
struct House {
    config: Config,
    folder: tempfile::TempDir,
}

impl House {
    fn of(bed: &TestBed) -> Self {
        let (config, folder) = settings_on(bed);
        Self { config, folder }
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    /// A kept file, one on its way, a session, a link, a ticket, entries that are anchored.
    async fn fill(&self, bed: &TestBed) -> (World, BlobId, BlobId) {
        let world = World::open(&self.config).await.expect("a server");
        let (blobs, ambient) = (&world.areas.blobs, &world.platform.ambient);
        let put = async |text: &'static str| {
            blobs
                .put_bytes(ambient, &LIMITS, "a.pdf", Bytes::from_static(text.as_bytes()))
                .await
                .expect("a file")
                .id
        };
        let (kept, pending) = (put("%PDF-1.7 kept").await, put("%PDF-1.7 on its way").await);
        let mut tx = world.platform.db.begin_write().await.expect("a transaction");
        Blobs::keep(&mut tx, ambient, LIMITS.area, kept).await.expect("an answer").expect("kept");
        let vault = world.areas.identity.vault();
        identity::admin::create(&mut tx, ambient, vault, "gao.zhiyuan", "高志远").await.expect("a link");
        let person: PersonId = ambient.new_id();
        insert_person(&mut tx, person, "li").await;
        let now = bed.ambient.now();
        sql("insert into sessions (id, person_id, created_at, renewed_at, expires_at) values ($1, $2, $3, $3, $4)")
            .bind(uuid::Uuid::from_u128(5))
            .bind(person)
            .bind(now)
            .bind(now.plus_days(9999))
            .exec(&mut tx)
            .await
            .expect("a session");
        tx.commit().await.expect("a commit");
        world.areas.look_after_keys().await;
        (world, kept, pending)
    }
}

/// An empty place with the keys of the first.
struct Other {
    config: Config,
    _folder: tempfile::TempDir,
    _database: Option<TestDb>,
}

impl Other {
    async fn of(bed: &TestBed, house: &House) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default();
        folder.path().clone_into(&mut config.data.folder);
        config.data.keys = Some(house.keys());
        let database = match bed.which {
            Which::Sqlite => None,
            Which::Postgres => Some(TestDb::fresh(Which::Postgres).await),
        };
        config.database.url = database.as_ref().map(|database| database.address.clone().into());
        Self { config, _folder: folder, _database: database }
    }
}

async fn write(db: Db, writer: u32, acknowledged: Arc<Mutex<Vec<PersonId>>>) {
    let ambient = Ambient::system();
    for n in 0.. {
        let id: PersonId = ambient.new_id();
        let mut tx = db.begin_write().await.expect("a transaction");
        insert_person(&mut tx, id, &format!("w{writer}-{n}")).await;
        tx.commit().await.expect("a commit");
        acknowledged.lock().expect("no panic").push(id);
    }
}

async fn insert_person(tx: &mut storage::Tx, id: PersonId, account: &str) {
    let now = Ambient::system().now();
    sql("insert into people (id, name, account_name, created_at) values ($1, '李老师\n\"', $2, $3)")
        .bind(id)
        .bind(account)
        .bind(now)
        .exec(tx)
        .await
        .expect("a person");
}

async fn epoch_of(db: &Db) -> String {
    let mut conn = db.read().await.expect("a reader");
    sql("select epoch as value from realtime_epochs").one(&mut conn).await.expect("an epoch")
}

async fn read(blobs: &Blobs, id: BlobId) -> String {
    use futures_util::TryStreamExt as _;
    let blob = blobs.find(id).await.expect("an answer").expect("a row");
    let parts: Vec<Bytes> =
        blobs.get(&blob, None).await.expect("bytes").try_collect().await.expect("to the end");
    String::from_utf8(parts.concat()).expect("text")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files.extend(files_below(&entry));
        } else {
            files.push(entry);
        }
    }
    files
}

//! The keys are made once and registered; a database and a folder that do not belong together are told so; keys rotate while servers run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gateway::World;
use gateway::config::Config;
use gateway::doctor::{Depth, look};
use gateway::presence::Presence;
use identity::vault::{Place, Purpose};
use kernel::Ambient;
use kernel::id::{PersonId, RosterImportId};
use storage::keys::{RegisteredKey, registered};
use storage::sql;
use testkit::{TestBed, on_both_databases};

use crate::settings::{settings_on, wrong};

on_both_databases!(first_start_makes_and_registers_one_set, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.open().await.expect("the first start");
    let keys = house.registered().await;
    let mut purposes: Vec<&str> = keys.iter().map(|key| key.purpose.as_str()).collect();
    purposes.sort_unstable();
    assert_eq!(purposes, ["address", "audit", "certificates", "lookup", "personal", "token"]);
    assert!(keys.iter().all(|key| key.folder == house.keys().display().to_string()), "{keys:?}");
    let files = files_of(&house.keys());
    house.open().await.expect("the second start");
    assert_eq!(house.registered().await, keys);
    assert_eq!(files_of(&house.keys()), files);
});

on_both_databases!(
    processes_that_start_at_once_on_an_empty_database_make_one_set,
    |bed: TestBed| async move {
        let house = House::of(&bed);
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let config = house.config.clone();
                tokio::spawn(async move { open(&config).await })
            })
            .collect();
        for start in starts {
            start.await.expect("no panic").expect("each starts");
        }
        assert_eq!(house.registered().await.len(), 6);
        house.open().await.expect("and again");
    }
);

on_both_databases!(second_host_with_a_folder_of_its_own_is_refused, |bed: TestBed| async move {
    let (one, other) = (House::of(&bed), House::of(&bed));
    let (first, second) = tokio::join!(one.open(), other.open());
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let said = &refused[0];
    let (expected, wrong) = if said.contains(&format!("the key folder {}", one.keys().display())) {
        (other.keys(), one.keys())
    } else {
        (one.keys(), other.keys())
    };
    assert!(said.contains(&format!("from the folder {}", expected.display())), "{said}");
    assert!(!wrong.exists(), "nothing was made");
    assert_eq!(one.registered().await.len(), 6);
});

on_both_databases!(missing_folder_refuses_to_start_and_stays_missing, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.open().await.expect("the first start");
    let away = house.folder.path().join("away");
    std::fs::rename(house.keys(), &away).expect("taken away");
    let said = house.open().await.expect_err("no keys");
    for word in ["personal key 1", "is missing", "certificates key", "Put that folder back", "data.keys"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(!house.keys().exists(), "nothing was made");
    std::fs::rename(&away, house.keys()).expect("put back");
    house.open().await.expect("the right keys");
});

on_both_databases!(replaced_key_refuses_to_start, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.open().await.expect("the first start");
    let path = house.keys().join("lookup.key");
    let right = std::fs::read(&path).expect("the key");
    std::fs::write(&path, "ab".repeat(32)).expect("another");
    let said = house.open().await.expect_err("another key");
    assert!(said.contains("lookup key 1 has the fingerprint"), "{said}");
    std::fs::write(&path, right).expect("the right one");
    house.open().await.expect("the right keys");
});

on_both_databases!(doctor_opens_a_sample_and_writes_nothing, |bed: TestBed| async move {
    let house = House::of(&bed);
    let fresh = look(&house.config, Depth::Sample).await;
    assert!(wrong(&fresh)[0].contains("knows no keys yet"), "{fresh:?}");
    assert!(files_of(house.folder.path()).is_empty(), "{:?}", files_of(house.folder.path()));
    assert!(house.registered().await.is_empty());

    house.open().await.expect("the first start");
    let person = house.seal_a_phone(&bed, 1).await;
    let before = files_of(house.folder.path());
    for depth in [Depth::Sample, Depth::Everything] {
        let findings = look(&house.config, depth).await;
        assert!(wrong(&findings).is_empty(), "{findings:?}");
        assert!(
            findings
                .iter()
                .any(|f| f.about == "personal data" && f.outcome.as_deref() == Ok("1 values open"))
        );
    }
    assert_eq!(files_of(house.folder.path()), before);

    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let damaged = sql("update people set phone_cipher = $2 where id = $1").bind(person).bind(vec![1_u8; 60]);
    damaged.exec(&mut tx).await.expect("a change");
    tx.commit().await.expect("a commit");
    let findings = look(&house.config, Depth::Sample).await;
    assert!(wrong(&findings)[0].starts_with("personal data: people.phone of per_"), "{findings:?}");
});

on_both_databases!(rotated_keys_are_taken_up_without_a_restart, |bed: TestBed| async move {
    let house = House::of(&bed);
    let world = World::open(&house.config).await.expect("a server");
    let vault = world.areas.identity.vault().clone();
    let place = Place { column: "people.phone", row: uuid::Uuid::nil() };
    let ambient = &world.platform.ambient;
    let old = vault.seal(ambient, place, "13812345678");
    gateway::keys::rotate(&house.config, &[], Some(0)).await.expect("new keys");
    let keys = house.registered().await;
    assert_eq!(keys.len(), 10, "one more of four purposes");

    assert!(world.areas.look_after_keys().await, "all are at hand");
    let new = vault.seal(ambient, place, "13812345678");
    assert_eq!((old[0], new[0]), (1, 2));
    assert_eq!(vault.unseal(place, &old).expect("the old one reads"), "13812345678");
    let of_certificates = |key: &&RegisteredKey| key.purpose == "certificates";
    let newest = keys.iter().filter(of_certificates).max_by_key(|key| key.used_from).expect("two keys");
    assert_eq!(world.areas.certificate_key(), newest.key_id);
    world.platform.db.close().await;
    house.open().await.expect("a restart");
    assert!(wrong(&look(&house.config, Depth::Everything).await).is_empty());
});

on_both_databases!(key_of_later_is_not_used_yet_and_named_purposes_alone_rotate, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.open().await.expect("the first start");
    gateway::keys::rotate(&house.config, &["personal".to_owned()], Some(60)).await.expect("a new key");
    let said =
        gateway::keys::rotate(&house.config, &["lookup".to_owned()], None).await.expect_err("it stays");
    assert!(said.to_string().contains("lookup is no purpose whose key rotates"), "{said}");
    assert_eq!(house.registered().await.len(), 7);
    let world = World::open(&house.config).await.expect("a server");
    let place = Place { column: "people.phone", row: uuid::Uuid::nil() };
    let sealed = world.areas.identity.vault().seal(&world.platform.ambient, place, "x");
    assert_eq!(sealed[0], 1);
    world.platform.db.close().await;
});

on_both_databases!(resealed_data_lets_the_older_key_retire, |bed: TestBed| async move {
    let house = House::of(&bed);
    house.open().await.expect("the first start");
    let person = house.seal_a_phone(&bed, 450).await;
    house.seal_a_number_and_a_row(&bed, person).await;
    gateway::keys::rotate(&house.config, &["personal".to_owned()], Some(0)).await.expect("a new key");
    let said =
        gateway::keys::reseal(&house.config).await.expect_err("a server may still seal with the old one");
    assert!(said.to_string().contains("two minutes"), "{said}");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let earlier = Ambient::system().now().plus_seconds(-300);
    let settled = sql("update key_fingerprints set used_from = $1 where key_id = '2'").bind(earlier);
    settled.exec(&mut tx).await.expect("a change");
    let before =
        sql("update key_fingerprints set used_from = $1 where key_id = '1'").bind(earlier.plus_days(-1));
    before.exec(&mut tx).await.expect("a change");
    tx.commit().await.expect("a commit");

    let elsewhere = Presence::new(bed.db().clone(), Ambient::system(), true);
    elsewhere.look_around(false).await;
    let said = gateway::keys::reseal(&house.config).await.expect_err("a host has no copy of the new key");
    assert!(said.to_string().contains("1 running servers do not have the key in use"), "{said}");
    assert!(house.registered().await.iter().all(|key| key.retired_at.is_none()));
    elsewhere.look_around(true).await;
    gateway::keys::reseal(&house.config).await.expect("sealed anew");
    let retired: Vec<_> =
        house.registered().await.into_iter().filter(|key| key.retired_at.is_some()).collect();
    assert_eq!(
        retired.iter().map(|key| (key.purpose.as_str(), key.key_id.as_str())).collect::<Vec<_>>(),
        [("personal", "1")]
    );
    std::fs::remove_file(house.keys().join("personal-1.key")).expect("the file may go");
    let world = World::open(&house.config).await.expect("a server without the old key");
    let mut conn = bed.db().read().await.expect("a reader");
    assert_eq!(
        identity::sealed::check(&mut conn, world.areas.identity.vault(), i64::MAX).await.expect("all open"),
        452
    );
    let sealed = sql("select phone_cipher as value from people where id = $1").bind(person);
    let sealed: Vec<u8> = sealed.one(&mut conn).await.expect("bytes");
    assert_eq!(sealed[0], 2);
    world.platform.db.close().await;
});

/// On a machine that waits for `lingxue restore`, looking at keys or jobs must not put a database in its way.
#[tokio::test]
async fn where_there_is_no_database_none_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    gateway::keys::list(&config).await.expect_err("no keys are known");
    gateway::keys::rotate(&config, &[], None).await.expect_err("nothing to rotate");
    gateway::keys::reseal(&config).await.expect_err("nothing to seal");
    gateway::queue::retry(&config, "storage.tidy").await.expect_err("no jobs");
    gateway::queue::discard(&config, "storage.tidy").await.expect_err("no jobs");
    assert!(files_of(folder.path()).is_empty(), "{:?}", files_of(folder.path()));
}

#[test]
fn purposes_of_the_vault_and_of_certificates_have_their_own_names() {
    assert!(Purpose::ALL.iter().all(|purpose| purpose.name() != certificate_issuer::keys::PURPOSE));
}

/// A server's settings on the bed's database, with a folder of its own.
struct House {
    config: Config,
    address: String,
    folder: tempfile::TempDir,
}

impl House {
    fn of(bed: &TestBed) -> Self {
        let (config, folder) = settings_on(bed);
        Self { config, address: bed.database.address.clone(), folder }
    }

    fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    async fn open(&self) -> Result<(), String> {
        open(&self.config).await
    }

    async fn registered(&self) -> Vec<RegisteredKey> {
        let db =
            storage::Db::open(&self.address, &storage::DbOptions::default()).await.expect("the database");
        let keys = registered(&mut db.read().await.expect("a reader")).await.expect("the keys");
        db.close().await;
        keys
    }

    /// People whose phones are sealed with the keys of this house; the last of them.
    async fn seal_a_phone(&self, bed: &TestBed, people: usize) -> PersonId {
        let world = World::open(&self.config).await.expect("a server");
        let (vault, ambient) = (world.areas.identity.vault(), &world.platform.ambient);
        let mut last = None;
        let mut tx = world.platform.db.begin_write().await.expect("a transaction");
        for n in 0..people {
            let id: PersonId = ambient.new_id();
            let phone = format!("138{n:08}");
            let place = Place { column: "people.phone", row: id.uuid() };
            sql("insert into people (id, name, account_name, phone_cipher, phone_hash, phone_masked, created_at) \
                 values ($1, '王老师', $2, $3, $4, '138****0000', $5)")
            .bind(id)
            .bind(format!("teacher{n}"))
            .bind(vault.seal(ambient, place, &phone))
            .bind(vault.lookup("phone", &phone))
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a person");
            last = Some(id);
        }
        tx.commit().await.expect("a commit");
        world.platform.db.close().await;
        last.expect("somebody")
    }

    /// What else is sealed: an identity number, and a row of a roster as it was typed.
    async fn seal_a_number_and_a_row(&self, bed: &TestBed, person: PersonId) {
        let world = World::open(&self.config).await.expect("a server");
        let (vault, ambient) = (world.areas.identity.vault(), &world.platform.ambient);
        let import: RosterImportId = ambient.new_id();
        let number = Place { column: "people.identity_number", row: person.uuid() };
        let cells = Place { column: "roster_rows.cells", row: import.uuid() };
        let mut tx = world.platform.db.begin_write().await.expect("a transaction");
        sql("update people set identity_number_cipher = $2 where id = $1")
            .bind(person)
            .bind(vault.seal(ambient, number, "62010119850712003X"))
            .exec(&mut tx)
            .await
            .expect("a number");
        sql("insert into roster_imports (id, person_id, file_name, state, created_at, row_count, wrong_count, new_count, changed_count, \
             unit_count, confirm_count, hidden_count, unit_choices, findings, new_units) values ($1, $2, 'a.xlsx', 'checked', $3, 1, 0, 1, 0, 0, 0, 0, $4, $4, $4)")
        .bind(import)
        .bind(person)
        .bind(bed.ambient.now())
        .bind(serde_json::json!({}))
        .exec(&mut tx)
        .await
        .expect("an import");
        sql("insert into roster_rows (import_id, row_no, cells_cipher, errors, outcome, to_confirm, hidden) values ($1, 1, $2, $3, 'new', false, false)")
            .bind(import)
            .bind(vault.seal(ambient, cells, "{}"))
            .bind(serde_json::json!([]))
            .exec(&mut tx)
            .await
            .expect("a row");
        tx.commit().await.expect("a commit");
        world.platform.db.close().await;
    }
}

async fn open(config: &Config) -> Result<(), String> {
    let world = World::open(config).await.map_err(|error| format!("{error:#}"))?;
    world.platform.db.close().await;
    Ok(())
}

/// Every file below a folder with its bytes, but for the database's own, whose journal comes and goes with connections.
fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry")) {
        if entry.path().is_dir() {
            files.insert(entry.path(), Vec::new());
            files.extend(files_of(&entry.path()));
        } else {
            files.insert(entry.path(), std::fs::read(entry.path()).expect("a file"));
        }
    }
    files
}

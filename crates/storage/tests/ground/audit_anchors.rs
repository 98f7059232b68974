//! What was anchored cannot be cut, rewound or rewritten unnoticed, and what is written meanwhile is no false alarm.

use std::path::PathBuf;

use serde_json::json;
use sha2::{Digest as _, Sha256};
use storage::audit::{self, AnchorError, AnchorFile, AnchorKey, Entry, Looked};
use storage::{Query, sql};
use testkit::{TestBed, on_both_databases};

const CHAIN: &str = "trn_probe";
const SEED: [u8; 32] = [7; 32];

on_both_databases!(anchored_chains_that_go_on_are_found_good, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    assert_eq!(house.wrong().await, Vec::<String>::new());
    house.append(CHAIN, 3).await;
    assert_eq!(house.wrong().await, Vec::<String>::new(), "entries after the anchor");
    house.anchor().await;
    let said = house.look().await;
    let of_chain =
        said.iter().find(|looked| looked.about == format!("audit chain {CHAIN}")).expect("the chain");
    assert_eq!(of_chain.outcome.as_deref(), Ok("unbroken, anchored up to entry 10"));
});

on_both_databases!(anchor_is_made_once_an_hour_however_many_ask, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    let key = AnchorKey::from_seed(&SEED);
    let now = bed.ambient.now();
    let made = async |seconds: i64| {
        audit::make_anchor_when_due(bed.db(), now.plus_seconds(seconds), &key)
            .await
            .expect("an answer")
            .is_some()
    };
    assert!(!made(3_599).await);
    let at_once: Vec<_> = (0..8)
        .map(|_| {
            let (db, now) = (bed.db().clone(), now.plus_seconds(3_600));
            tokio::spawn(async move {
                let key = AnchorKey::from_seed(&SEED);
                audit::make_anchor_when_due(&db, now, &key).await.expect("an answer").is_some()
            })
        })
        .collect();
    let mut count = 0;
    for task in at_once {
        count += u32::from(task.await.expect("no panic"));
    }
    assert_eq!(count, 1);
    assert_eq!(house.file.follow(bed.db()).await.expect("the file follows"), 1);
});

on_both_databases!(clock_that_was_ahead_stops_no_anchors_and_is_named, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    let right = bed.ambient.now();
    bed.clock.advance_seconds(3 * 86_400);
    house.append(CHAIN, 1).await;
    house.anchor().await;
    bed.clock.set(right.plus_seconds(60));
    let wrong: Vec<String> = house.look_at(bed.ambient.now()).await;
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].starts_with("audit anchors: anchor 2 lies in the future"), "{wrong:?}");
    assert!(wrong[1].starts_with(&format!("audit chain {CHAIN}: entry 8 lies in the future")), "{wrong:?}");
    let key = AnchorKey::from_seed(&SEED);
    let made = async |seconds: i64| {
        audit::make_anchor_when_due(bed.db(), right.plus_seconds(seconds), &key).await.expect("an answer")
    };
    assert!(made(60).await.is_some(), "the next hour is not three days away");
    assert!(made(120).await.is_none(), "and is an hour again");
    assert!(made(60 + 3_600).await.is_some());
    house.file.follow(bed.db()).await.expect("the file follows");
    house.append(CHAIN, 1).await;
    assert_eq!(house.wrong().await, Vec::<String>::new());
});

on_both_databases!(cut_tail_with_a_rewound_head_is_found, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    house.tamper(sql("delete from audit_entries where chain = 'trn_probe' and number > 4")).await;
    house
        .tamper(sql("update audit_heads set number = 4, hash = \
             (select hash from audit_entries where chain = 'trn_probe' and number = 4) where chain = 'trn_probe'"))
        .await;
    assert_eq!(house.broken().await, None, "the chain alone shows nothing");
    house.is_named_as_rewritten().await;
    house.append(CHAIN, 9).await;
    house.is_named_as_rewritten().await;
});

on_both_databases!(chain_hashed_anew_from_some_entry_on_is_found, |bed: TestBed| async move {
    for from in [1, 5, 7] {
        let house = House::of(&bed).await;
        house.hash_anew_from(from).await;
        assert_eq!(house.broken().await, None, "from {from}: the chain alone shows nothing");
        house.is_named_as_rewritten().await;
        house.clear().await;
    }
});

on_both_databases!(chain_that_went_as_a_whole_is_found, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    house.tamper(sql("delete from audit_heads where chain = 'trn_probe'")).await;
    assert_eq!(
        house.wrong().await,
        [format!("audit chain {CHAIN}: entry 8 is missing or was changed")],
        "the head alone"
    );
    house.tamper(sql("delete from audit_entries where chain = 'trn_probe'")).await;
    house.is_named_as_rewritten().await;
    house.tamper(sql("delete from audit_anchors where number > 0")).await;
    house.tamper(sql("delete from audit_anchored where number > 0")).await;
    let wrong = house.wrong().await;
    assert!(wrong.iter().any(|said| said.contains("no longer holds its anchors")), "{wrong:?}");
    assert!(wrong.iter().any(|said| said.contains("cut or rewritten")), "{wrong:?}");
});

on_both_databases!(
    missing_cut_and_altered_file_is_found_and_not_mended_in_silence,
    |bed: TestBed| async move {
        let house = House::of(&bed).await;
        house.append(CHAIN, 1).await;
        house.anchor().await;
        let whole = std::fs::read_to_string(&house.path).expect("the file");
        let lines: Vec<&str> = whole.lines().collect();
        assert_eq!(lines.len(), 2);

        std::fs::write(&house.path, format!("{}\n", lines[0])).expect("cut");
        assert!(house.wrong().await[0].contains("it ends before line 2"), "{:?}", house.wrong().await);

        let altered = whole.replacen("\"number\":1", "\"number\":3", 1);
        std::fs::write(&house.path, altered).expect("altered");
        assert!(house.wrong().await[0].contains("line 1 was changed"), "{:?}", house.wrong().await);
        assert!(matches!(house.file.follow(bed.db()).await, Err(AnchorError::Differs { line: 1, .. })));

        std::fs::remove_file(&house.path).expect("it goes");
        assert!(house.wrong().await[0].contains("it is not there, though 2"), "{:?}", house.wrong().await);
        assert!(matches!(house.file.follow(bed.db()).await, Err(AnchorError::Missing { lines: 2, .. })));
        assert!(!house.path.exists());
        assert_eq!(house.file.begin(bed.db()).await.expect("written anew"), 2);
        assert_eq!(std::fs::read_to_string(&house.path).expect("the file"), whole);
        assert_eq!(house.wrong().await, Vec::<String>::new());
    }
);

on_both_databases!(half_a_line_of_a_process_that_died_is_continued, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    let whole = std::fs::read_to_string(&house.path).expect("the file");
    std::fs::write(&house.path, &whole[..whole.len() / 2]).expect("half a line");
    house.file.follow(bed.db()).await.expect("it goes on");
    assert_eq!(std::fs::read_to_string(&house.path).expect("the file"), whole);
});

on_both_databases!(line_that_another_key_signed_is_found, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    let forger = AnchorKey::from_seed(&[8; 32]);
    audit::make_anchor(bed.db(), bed.ambient.now(), &forger).await.expect("an answer").expect("made");
    house.file.follow(bed.db()).await.expect("it follows");
    let wrong = house.wrong().await;
    assert_eq!(wrong, ["audit anchors: anchor 2 is missing, was changed or is not signed by us"]);
});

on_both_databases!(writing_during_a_check_is_no_false_alarm, |bed: TestBed| async move {
    let house = House::of(&bed).await;
    let mut snapshot = bed.db().snapshot().await.expect("a snapshot");
    assert_eq!(audit::chains(&mut snapshot).await.expect("chains"), [CHAIN]);
    house.append(CHAIN, 5).await;
    house.append("later", 1).await;
    assert_eq!(
        audit::page(&mut snapshot, CHAIN, i64::MAX, 99).await.expect("a page").len(),
        7,
        "as it began"
    );
    assert_eq!(audit::first_broken(&mut snapshot, CHAIN).await.expect("an answer"), None);
    drop(snapshot);

    let (db, ambient) = (bed.db().clone(), bed.ambient.clone());
    let writer = tokio::spawn(async move {
        for n in 0..200 {
            append(&db, &ambient, CHAIN, n).await;
        }
    });
    let mut checks = 0;
    while !writer.is_finished() || checks == 0 {
        assert_eq!(house.wrong().await, Vec::<String>::new());
        checks += 1;
    }
    writer.await.expect("no panic");
});

struct House<'a> {
    bed: &'a TestBed,
    file: AnchorFile,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl<'a> House<'a> {
    /// Seven entries in one chain, anchored.
    async fn of(bed: &'a TestBed) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("anchors.log");
        let house = Self { bed, file: AnchorFile::new(path.clone()), path, _folder: folder };
        house.append(CHAIN, 7).await;
        house.anchor().await;
        house
    }

    async fn append(&self, chain: &str, count: i64) {
        for n in 1..=count {
            append(self.bed.db(), &self.bed.ambient, chain, n).await;
        }
    }

    async fn anchor(&self) {
        let key = AnchorKey::from_seed(&SEED);
        audit::make_anchor(self.bed.db(), self.bed.ambient.now(), &key)
            .await
            .expect("an answer")
            .expect("made");
        self.file.follow(self.bed.db()).await.expect("the file follows");
    }

    async fn look_at(&self, now: kernel::Timestamp) -> Vec<String> {
        let keys = [AnchorKey::from_seed(&SEED)];
        let looked = audit::check(self.bed.db(), &self.file, &keys, now).await.expect("an answer");
        looked.into_iter().filter_map(|l| Some(format!("{}: {}", l.about, l.outcome.err()?))).collect()
    }

    async fn look(&self) -> Vec<Looked> {
        // Late enough that no line is still on its way into the file.
        let later = self.bed.ambient.now().plus_days(1);
        audit::check(self.bed.db(), &self.file, &[AnchorKey::from_seed(&SEED)], later)
            .await
            .expect("an answer")
    }

    async fn wrong(&self) -> Vec<String> {
        let said = |looked: Looked| Some(format!("{}: {}", looked.about, looked.outcome.err()?));
        self.look().await.into_iter().filter_map(said).collect()
    }

    async fn is_named_as_rewritten(&self) {
        let wrong = self.wrong().await;
        assert!(wrong.len() == 1 && wrong[0].ends_with("it was cut or rewritten"), "{wrong:?}");
    }

    async fn broken(&self) -> Option<i64> {
        let mut conn = self.bed.db().read().await.expect("a reader");
        audit::first_broken(&mut conn, CHAIN).await.expect("an answer")
    }

    async fn tamper(&self, query: Query) {
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        assert!(query.exec(&mut tx).await.expect("a change") > 0);
        tx.commit().await.expect("a commit");
    }

    /// Changes an entry and makes every hash after it fit, as somebody would who knows how the chain is made.
    async fn hash_anew_from(&self, from: i64) {
        self.tamper(
            sql("update audit_entries set object = 'forged' where chain = 'trn_probe' and number = $1")
                .bind(from),
        )
        .await;
        let mut conn = self.bed.db().read().await.expect("a reader");
        let mut entries = audit::page(&mut conn, CHAIN, i64::MAX, 99).await.expect("a page");
        entries.reverse();
        drop(conn);
        let mut previous: Vec<u8> = Vec::new();
        for entry in entries {
            let hash = hash(&previous, &entry);
            let fit = sql(
                "update audit_entries set previous_hash = $2, hash = $3 where chain = 'trn_probe' and number = $1",
            );
            self.tamper(fit.bind(entry.number).bind(previous.clone()).bind(hash.clone())).await;
            previous = hash;
        }
        self.tamper(sql("update audit_heads set hash = $1 where chain = 'trn_probe'").bind(previous)).await;
    }

    async fn clear(&self) {
        for statement in [
            "delete from audit_entries where number > 0",
            "delete from audit_heads where number > 0",
            "delete from audit_anchors where number > 0",
            "delete from audit_anchored where number > 0",
        ] {
            self.tamper(sql(statement)).await;
        }
    }
}

async fn append(db: &storage::Db, ambient: &kernel::Ambient, chain: &str, n: i64) {
    let mut tx = db.begin_write().await.expect("a transaction");
    let entry = Entry {
        chain: chain.to_owned(),
        person: None,
        action: "probe.act",
        object: format!("thing-{n}"),
        detail: json!({ "n": n }),
    };
    audit::append(&mut tx, ambient, entry).await.expect("an entry");
    tx.commit().await.expect("a commit");
}

/// The chain's own hash, written down a second time: whoever has the source has it too.
fn hash(previous: &[u8], entry: &audit::Recorded) -> Vec<u8> {
    let person = entry.person.map(|p| p.to_string()).unwrap_or_default();
    let mut hasher = Sha256::new();
    for field in [
        previous,
        CHAIN.as_bytes(),
        &entry.number.to_be_bytes(),
        entry.id.uuid().as_bytes(),
        &entry.at.micros().to_be_bytes(),
        person.as_bytes(),
        entry.action.as_bytes(),
        entry.object.as_bytes(),
        entry.detail.as_bytes(),
        entry.address.as_deref().unwrap_or_default().as_bytes(),
    ] {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().to_vec()
}

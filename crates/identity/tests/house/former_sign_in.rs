//! Who is shut out by another phone learns it at the door, and those who see them hear of it; nobody else learns anything.

use identity::chores::{TIDY, Tidy};
use identity::phone_changed::{FORMER_SIGN_IN, FormerSignIn};
use kernel::{Grant, Role, Scope};
use serde_json::json;
use std::sync::Arc;
use storage::jobs::{self, Runner};
use testkit::rows::identity as rows;
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::support::{House, PASSWORD};

const OLD: &str = "16000001001";
const NEW: &str = "16000009999";
const KEPT: &str = "select count(*) as value from former_sign_ins";
const SESSIONS: &str = "select count(*) as value from sessions where revoked_at is null";

impl House {
    async fn give_phone(
        &self,
        by: &TestPerson,
        person: kernel::id::PersonId,
        unit: kernel::id::OrgUnitId,
        phone: &str,
    ) {
        let desk = self.app.as_person(by);
        let path = format!("/api/v1/people/{person}");
        let version = desk.get(&path).await.expect(200).json()["version"].as_i64().expect("a version");
        let body = json!({ "name": "何秀兰", "phone": phone, "org_unit_id": unit });
        desk.put_version(&path, body, version).await.expect(200);
    }

    /// Whom the jobs would tell.
    async fn former_sign_ins(&self) -> Vec<FormerSignIn> {
        let mut conn = self.bed.db().read().await.expect("a reader");
        let text = "select payload as value from jobs where kind = $1";
        let told: Vec<String> =
            storage::sql("select cast(payload as text) as value from jobs where kind = $1")
                .bind(FORMER_SIGN_IN.name)
                .all(&mut conn)
                .await
                .unwrap_or_else(|error| panic!("{text}: {error}"));
        told.iter().map(|payload| serde_json::from_str(payload).expect("a payload")).collect()
    }
}

on_both_databases!(the_owner_of_the_former_phone_is_told_at_the_door, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    let lead = house.bed.person("宋玉梅", &[]).await;
    let head = house.bed.person("常耀东", &[]).await;
    let elsewhere = rows::org_unit(&house.bed, Some(units.province), "county", "渭源县").await;
    let other = house.bed.person("马文静", &[]).await;
    for (person, role, unit) in [
        (&lead, Role::TrainingLead, units.county),
        (&head, Role::SchoolHead, units.school),
        (&other, Role::TrainingLead, elsewhere),
    ] {
        rows::grant(&house.bed, person.id, Grant { role, scope: Scope::OrgUnit(unit) }).await;
    }
    house.give_phone(&office, he, units.school, NEW).await;
    // Whoever has the new phone sets a password, and the owner comes with what they know.
    let token = house.link_for(&office, he).await;
    house.use_link(&token, "一个新的密码 2026").await.expect(204);

    let wrong = house.try_sign_in(OLD, "wrong password").await.expect_problem(401, "sign_in.refused");
    let unknown =
        house.try_sign_in("16000007777", "wrong password").await.expect_problem(401, "sign_in.refused");
    assert_eq!(wrong.json["title"], unknown.json["title"]);
    assert_eq!(house.former_sign_ins().await.len(), 0);

    let open = house.count(SESSIONS).await;
    for _ in 0..2 {
        let told = house.try_sign_in(OLD, PASSWORD).await.expect_problem(403, "sign_in.phone_changed");
        let title = told.json["title"].as_str().expect("a title");
        assert!(title.contains("2026年11月2日") && title.contains("打电话"), "{title}");
        assert!(told.headers.get("set-cookie").is_none());
    }
    assert_eq!(house.count(SESSIONS).await, open, "and gets no session");
    let told = house.former_sign_ins().await;
    let mut tell = vec![office.id, lead.id];
    tell.sort_unstable();
    assert_eq!(told.len(), 1, "once");
    assert_eq!((told[0].person, told[0].name.as_str(), &told[0].tell), (he, "何秀兰", &tell));
    assert_eq!(house.audited("identity.former_sign_in").await, 1);
    // The new owner's way in is as it was.
    house.try_sign_in(NEW, "一个新的密码 2026").await.expect(200);
    house.try_sign_in(NEW, PASSWORD).await.expect_problem(401, "sign_in.refused");
});

on_both_databases!(who_knows_what_it_was_cannot_shut_the_owner_out, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    house.give_phone(&office, he, units.school, NEW).await;
    let token = house.link_for(&office, he).await;
    // Until they are told to wait, and longer.
    for _ in 0..25 {
        let told = house.try_sign_in(OLD, PASSWORD).await;
        assert!(matches!(told.status, 403 | 429), "{}", told.status);
    }
    house.use_link(&token, "一个新的密码 2026").await.expect(204);
    house.try_sign_in(NEW, "一个新的密码 2026").await.expect(200);
});

on_both_databases!(whoever_is_disabled_is_told_that_alone, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    house.give_phone(&office, he, units.school, NEW).await;
    let desk = house.app.as_person(&office);
    desk.post(&format!("/api/v1/people/{he}/disable"), json!({})).await.expect(200);
    house.try_sign_in(OLD, PASSWORD).await.expect_problem(403, "sign_in.disabled");
    assert_eq!(house.former_sign_ins().await.len(), 0);
});

on_both_databases!(guesses_at_a_former_password_count_for_the_account, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    house.give_phone(&office, he, units.school, NEW).await;
    for _ in 0..5 {
        house.try_sign_in(OLD, "wrong password").await.expect_problem(401, "sign_in.refused");
    }
    house.try_sign_in(OLD, PASSWORD).await.expect_problem(429, "sign_in.wait");
});

on_both_databases!(the_name_of_the_account_tells_its_owner_too, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let he = house.with_password("何秀兰", None, "he.xiulan").await;
    rows::belongs_to(&house.bed, he, units.school).await;
    house.give_phone(&office, he, units.school, NEW).await;
    house.try_sign_in("he.xiulan", "wrong password").await.expect_problem(401, "sign_in.refused");
    house.try_sign_in("he.xiulan", PASSWORD).await.expect_problem(403, "sign_in.phone_changed");
    // Another phone, to an account that nobody opened since, keeps nothing new.
    house.give_phone(&office, he, units.school, OLD).await;
    assert_eq!(house.count(KEPT).await, 1);
    // With a password of its own the account is opened by that alone.
    let token = house.link_for(&office, he).await;
    house.use_link(&token, "一个新的密码 2026").await.expect(204);
    house.try_sign_in("he.xiulan", PASSWORD).await.expect_problem(401, "sign_in.refused");
    house.try_sign_in("he.xiulan", "一个新的密码 2026").await.expect(200);
});

on_both_databases!(where_nobody_oversees_the_administrators_hear_of_it, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let he = house.with_password("何秀兰", Some(OLD), "he.xiulan").await;
    let desk = house.app.as_person(&administrator);
    let path = format!("/api/v1/people/{he}");
    let version = desk.get(&path).await.expect(200).json()["version"].as_i64().expect("a version");
    desk.put_version(&path, json!({ "name": "何秀兰", "phone": NEW }), version).await.expect(200);
    house.try_sign_in(OLD, PASSWORD).await.expect_problem(403, "sign_in.phone_changed");
    assert_eq!(house.former_sign_ins().await[0].tell, [administrator.id]);
});

on_both_databases!(after_a_month_nothing_of_it_is_left, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    house.give_phone(&office, he, units.school, NEW).await;
    let (db, ambient) = (house.bed.db().clone(), house.bed.ambient.clone());
    let tidy = Tidy { db: db.clone(), ambient: ambient.clone() };
    let runner = Runner::new(db.clone(), ambient.clone()).handle(TIDY, Arc::new(tidy));
    for (days, kept) in [(29, 1), (1, 0)] {
        house.bed.clock.advance_seconds(days * 86_400);
        let mut tx = db.begin_write().await.expect("a transaction");
        jobs::enqueue(&mut tx, &ambient, TIDY, &json!({}), ambient.now()).await.expect("a job");
        tx.commit().await.expect("a commit");
        if kept == 0 {
            house.try_sign_in(OLD, PASSWORD).await.expect_problem(401, "sign_in.refused");
        }
        runner.run_due().await.expect("the job runs");
        assert_eq!(house.count(KEPT).await, kept);
    }
});

//! Nobody gets into an account that may do more than they were trusted with: when a link is made, while it waits, when it is used.

use std::sync::Arc;

use http::StatusCode;
use kernel::id::{GrantId, OrgUnitId, PersonId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::{class_allocation, identity as rows, training_plan};
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::support::{House, PASSWORD, Units};

const LINKS: &str = "select count(*) as value from first_use_links";

impl House {
    /// Somebody with a role over a unit, in their token and as a row, who belongs there.
    pub async fn named(&self, name: &str, role: Role, unit: OrgUnitId) -> TestPerson {
        let grant = Grant { role, scope: Scope::OrgUnit(unit) };
        let person = self.bed.person(name, &[grant]).await;
        rows::belongs_to(&self.bed, person.id, unit).await;
        rows::grant(&self.bed, person.id, grant).await;
        person
    }
    async fn teacher(&self, name: &str, unit: OrgUnitId) -> TestPerson {
        let person = self.bed.person(name, &[]).await;
        rows::belongs_to(&self.bed, person.id, unit).await;
        person
    }
    async fn give(&self, by: &TestPerson, person: PersonId, role: &str, unit: Option<OrgUnitId>) -> GrantId {
        let body = json!({ "person_id": person, "role": role, "org_unit_id": unit });
        let given: Value = self.app.as_person(by).post("/api/v1/grants", body).await.expect(201).json();
        given["id"].as_str().expect("an id").parse().expect("an id")
    }
    async fn edit(&self, by: &TestPerson, person: PersonId, unit: OrgUnitId) {
        let (desk, path) = (self.app.as_person(by), format!("/api/v1/people/{person}"));
        let body = json!({ "name": "何秀兰", "org_unit_id": unit });
        let version = desk.get(&path).await.expect(200).version();
        desk.put_version(&path, body, version).await.expect(200);
    }
    async fn disable(&self, by: &TestPerson, person: PersonId, verb: &str) {
        let path = format!("/api/v1/people/{person}/{verb}");
        self.app.as_person(by).post(&path, json!({})).await.expect(200);
    }
    async fn leads_nowhere(&self, token: &str, why: &str) {
        let looked = self.look(token).await;
        assert_eq!(
            (looked.status, looked.json["code"].as_str()),
            (404, Some("first_use.no_such_link")),
            "{why}"
        );
        let used = self.use_link(token, PASSWORD).await;
        assert_eq!((used.status, used.json["code"].as_str()), (404, Some("first_use.no_such_link")), "{why}");
    }
    /// An import of one teacher of the school, applied.
    async fn imported(&self, by: &TestPerson) -> (String, PersonId) {
        let row = ["何秀兰", "16000001001", "", "女", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""];
        let (_, path) = self.check(by, &[row]).await;
        self.apply(by, &path, false).await.expect(200);
        let found = self.app.as_person(by).get("/api/v1/people?name=16000001001").await.expect(200).json();
        let id = found["items"][0]["id"].as_str().expect("an id").parse().expect("an id");
        (path, id)
    }
}

on_both_databases!(a_roster_gives_no_link_to_whoever_stands_higher_by_now, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, Units { province, county, school }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let (path, teacher) = house.imported(&head).await;
    let hand_out = async |by: &TestPerson| {
        let body = json!({ "again": true });
        house.app.as_person(by).post(&format!("{path}/first-use-links"), body).await.expect(200)
    };
    hand_out(&head).await;
    assert_eq!(house.count(LINKS).await, 1, "as long as they are a teacher of the school");

    let promoted = house.give(&administrator, teacher, "provincial_office", Some(province)).await;
    assert_eq!(house.count(LINKS).await, 0, "the promotion voids it");
    hand_out(&head).await;
    assert_eq!(house.count(LINKS).await, 0, "and no new one is made by the head");
    hand_out(&administrator).await;
    assert_eq!(house.count(LINKS).await, 1, "those above may");
    house.app.as_person(&administrator).delete(&format!("/api/v1/grants/{promoted}")).await.expect(204);

    house.edit(&office, teacher, county).await;
    assert_eq!(house.count(LINKS).await, 0, "a changed school voids it");
    hand_out(&head).await;
    assert_eq!(house.count(LINKS).await, 0, "who belongs elsewhere is not the head's any more");
});

on_both_databases!(whatever_moves_meanwhile_voids_a_link, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, Units { county, school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let teacher = house.teacher("何秀兰", school).await;

    let token = house.link_for(&head, teacher.id).await;
    let given = house.give(&administrator, teacher.id, "training_lead", Some(county)).await;
    house.leads_nowhere(&token, "a new grant").await;
    house.app.as_person(&administrator).delete(&format!("/api/v1/grants/{given}")).await.expect(204);
    house.leads_nowhere(&token, "what was void stays void").await;

    let token = house.link_for(&head, teacher.id).await;
    house.edit(&office, teacher.id, county).await;
    house.edit(&office, teacher.id, school).await;
    house.leads_nowhere(&token, "another school and back").await;

    let token = house.link_for(&head, teacher.id).await;
    house.disable(&office, head.id, "disable").await;
    house.leads_nowhere(&token, "a disabled issuer").await;
    house.disable(&office, head.id, "enable").await;
    house.leads_nowhere(&token, "an issuer who was disabled").await;

    let token = house.link_for(&head, teacher.id).await;
    house.disable(&office, teacher.id, "disable").await;
    house.disable(&office, teacher.id, "enable").await;
    house.leads_nowhere(&token, "a person who was disabled").await;

    let token = house.link_for(&head, teacher.id).await;
    let held = house.app.as_person(&office).get("/api/v1/grants?role=school_head").await.expect(200).json();
    let held = held["items"][0]["id"].as_str().expect("an id").to_owned();
    house.app.as_person(&office).delete(&format!("/api/v1/grants/{held}")).await.expect(204);
    house.leads_nowhere(&token, "an issuer who is head no more").await;

    let token = house.link_for(&office, teacher.id).await;
    house.look(&token).await.expect(200);
    house.use_link(&token, PASSWORD).await.expect(204);
});

// The rows are written past the service, so that nothing is voided: the check at the door stands by itself.
on_both_databases!(a_link_is_weighed_again_when_it_is_used, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (_, Units { province, county, school }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let training = training_plan::training(&house.bed, province, "复式教学", "2026-11-02", 8).await;
    let class = class_allocation::class(&house.bed, training, "一班").await;
    for (role, scope) in [
        (Role::ProvincialOffice, Scope::OrgUnit(province)),
        (Role::SchoolHead, Scope::OrgUnit(school)),
        (Role::Expert, Scope::Training(training)),
        (Role::Assistant, Scope::Class(class)),
        (Role::Administrator, Scope::System),
    ] {
        let teacher = house.teacher("何秀兰", school).await;
        let token = house.link_for(&head, teacher.id).await;
        rows::grant(&house.bed, teacher.id, Grant { role, scope }).await;
        house.leads_nowhere(&token, &format!("{role:?} on {scope:?}")).await;
    }
    let teacher = house.teacher("何秀兰", school).await;
    let token = house.link_for(&head, teacher.id).await;
    rows::belongs_to(&house.bed, teacher.id, county).await;
    house.leads_nowhere(&token, "out of reach").await;
    rows::belongs_to(&house.bed, teacher.id, school).await;
    rows::grant(&house.bed, teacher.id, Grant { role: Role::Learner, scope: Scope::Class(class) }).await;
    house.use_link(&token, PASSWORD).await.expect(204);
});

on_both_databases!(who_leads_elsewhere_is_above_in_everything, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (lead, Units { province, county, school }) = house.province("甘肃省", Role::TrainingLead).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let county_lead = house.named("宋玉梅", Role::TrainingLead, county).await;
    let training = training_plan::training(&house.bed, province, "复式教学", "2026-11-02", 8).await;
    let expert = house.teacher("周敏贤", school).await;
    rows::grant(&house.bed, expert.id, Grant { role: Role::Expert, scope: Scope::Training(training) }).await;
    let learner = house.teacher("何秀兰", school).await;
    rows::grant(&house.bed, learner.id, Grant { role: Role::Learner, scope: Scope::Training(training) })
        .await;

    let acts = |id: PersonId| {
        [
            (format!("/api/v1/people/{id}/first-use-link"), json!({})),
            (format!("/api/v1/people/{id}/reveal"), json!({ "reason": "核对证书" })),
            (format!("/api/v1/people/{id}/disable"), json!({})),
            (format!("/api/v1/people/{id}/enable"), json!({})),
        ]
    };
    for by in [&head, &county_lead] {
        let desk = house.app.as_person(by);
        for (path, body) in acts(expert.id) {
            let answer = desk.post(&path, body).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "access.denied"), "{path}");
        }
        for (path, body) in acts(learner.id) {
            assert!(desk.post(&path, body).await.status < 300, "{path}");
        }
        let body = json!({ "name": "改名", "org_unit_id": school });
        let edit = desk.put_version(&format!("/api/v1/people/{}", expert.id), body, 1).await;
        assert_eq!((edit.status, edit.code().as_str()), (403, "access.denied"));
    }
    for (path, body) in acts(expert.id) {
        assert!(house.app.as_person(&lead).post(&path, body).await.status < 300, "{path}");
    }
});

// Once it is enabled again, whoever changed its numbers meanwhile would hold what it may do.
on_both_databases!(a_disabled_account_stands_as_high_as_before, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (_, Units { province, school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let training = training_plan::training(&house.bed, province, "复式教学", "2026-11-02", 8).await;
    let expert = house.teacher("周敏贤", school).await;
    rows::grant(&house.bed, expert.id, Grant { role: Role::Expert, scope: Scope::Training(training) }).await;
    rows::disabled(&house.bed, expert.id).await;
    let (desk, id) = (house.app.as_person(&head), expert.id);
    for (path, body) in [
        (format!("/api/v1/people/{id}/first-use-link"), json!({})),
        (format!("/api/v1/people/{id}/reveal"), json!({ "reason": "核对证书" })),
        (format!("/api/v1/people/{id}/enable"), json!({})),
    ] {
        desk.post(&path, body).await.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    }
    let body = json!({ "name": "改名", "org_unit_id": school });
    let edit = desk.put_version(&format!("/api/v1/people/{id}"), body, 1).await;
    edit.expect_problem(StatusCode::FORBIDDEN, "access.denied");
});

// Two administrators, each way of taking one away, all at once.
on_both_databases!(one_administrator_is_left_whoever_takes_whom_away, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let pair = [house.administrator().await, house.administrator().await];
    let mut refused = 0;
    for round in 0..200 {
        // Each ends the other; in every fourth round one gives up their own grant.
        let mut acts = Vec::new();
        for (at, by) in pair.iter().enumerate() {
            let other = &pair[1 - at];
            let about = if round % 4 == 3 && at == 0 { by } else { other };
            let take = if round % 2 == at { None } else { Some(house.grant_of(about.id).await) };
            let (house, by, about) = (Arc::clone(&house), by.clone(), about.id);
            acts.push(tokio::spawn(async move {
                let desk = house.app.as_person(&by);
                match take {
                    Some(grant) => desk.delete(&format!("/api/v1/grants/{grant}")).await.status,
                    None => desk.post(&format!("/api/v1/people/{about}/disable"), json!({})).await.status,
                }
            }));
        }
        for act in acts {
            let status = act.await.expect("it ends");
            assert!([200, 204, 404, 409].contains(&status), "round {round}: {status}");
            refused += usize::from(status == 409);
        }
        let left = house
            .count("select count(*) as value from grants g join people p on p.id = g.person_id where g.role = 'administrator' and p.disabled_at is null")
            .await;
        assert!(left >= 1, "round {round} left nobody");
        house.both_again(&pair).await;
    }
    assert!(refused > 0, "the rounds never met");
});

impl House {
    async fn grant_of(&self, person: PersonId) -> GrantId {
        let mut conn = self.bed.db().read().await.expect("a reader");
        storage::sql("select id as value from grants where person_id = $1 and role = 'administrator'")
            .bind(person)
            .one(&mut conn)
            .await
            .expect("a grant")
    }
    async fn both_again(&self, pair: &[TestPerson; 2]) {
        for person in pair {
            rows::grant(&self.bed, person.id, Grant { role: Role::Administrator, scope: Scope::System })
                .await;
        }
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        storage::sql("update people set disabled_at = null, disabled_by = null, disabled_as = null, disabled_unit_id = null")
            .exec(&mut tx)
            .await
            .expect("enabled");
        tx.commit().await.expect("a commit");
    }
}

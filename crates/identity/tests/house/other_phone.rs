//! Another phone may be another person's: what the one before opened is closed.

use http::Method;
use identity::phone_changed::PHONE_CHANGED;
use kernel::Role;
use serde_json::json;
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};

use crate::support::{House, PASSWORD};

const OLD: &str = "16000001001";
const NEW: &str = "16000009999";
const NUMBER: &str = "629900198005010021";

impl House {
    async fn told_of_phones(&self) -> i64 {
        let mut conn = self.bed.db().read().await.expect("a reader");
        let text = "select count(*) as value from jobs where kind = $1";
        storage::sql(text).bind(PHONE_CHANGED.name).one(&mut conn).await.expect("a count")
    }

    /// Somebody of the school with a phone, an identity number and a password; their desk.
    pub async fn he_and_office(&self) -> (kernel::id::PersonId, testkit::TestPerson, crate::support::Units) {
        let (office, units) = self.province("甘肃省", Role::ProvincialOffice).await;
        let body =
            json!({ "name": "何秀兰", "phone": OLD, "identity_number": NUMBER, "org_unit_id": units.school });
        let he = self.app.as_person(&office).post("/api/v1/people", body).await.expect(201).json();
        let he = he["id"].as_str().expect("an id").parse().expect("an id");
        let token = self.link_for(&office, he).await;
        self.use_link(&token, PASSWORD).await.expect(204);
        (he, office, units)
    }
}

on_both_databases!(a_password_is_not_carried_to_another_phone_by_a_roster, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, _) = house.he_and_office().await;
    let browser = house.sign_in(OLD).await;
    // The number is known, the name and the phone are another's.
    let row = ["何秀岚", NEW, NUMBER, "", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""];
    let (view, path) = house.check(&office, &[row]).await;
    assert_eq!(view["to_confirm"], 1);
    assert_eq!(house.told_of_phones().await, 0);
    house.get_as(&browser, "/api/v1/me").await.expect(200);
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);

    house.get_as(&browser, "/api/v1/me").await.expect(401);
    house.try_sign_in(NEW, PASSWORD).await.expect_problem(401, "sign_in.refused");
    house.try_sign_in(OLD, PASSWORD).await.expect_problem(403, "sign_in.phone_changed");
    assert_eq!(house.told_of_phones().await, 1, "and the person is told");
    // The list of links holds them, as somebody who has not signed in yet.
    let token = house.link_for(&office, he).await;
    house.use_link(&token, "一个新的密码 2026").await.expect(204);
    house.try_sign_in(NEW, "一个新的密码 2026").await.expect(200);

    // The same roster once more changes nothing.
    let (_, path) = house.check(&office, &[row]).await;
    house.apply(&office, &path, false).await.expect(200);
    assert_eq!(house.told_of_phones().await, 1);
    house.try_sign_in(NEW, "一个新的密码 2026").await.expect(200);
});

on_both_databases!(nor_by_a_desk, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    let desk = house.app.as_person(&office);
    let change = |name: &str, phone: Option<&str>| json!({ "name": name, "phone": phone, "org_unit_id": units.school });
    let path = format!("/api/v1/people/{he}");
    let read = || async { desk.get(&path).await.expect(200).json()["version"].as_i64().expect("a version") };
    // Another name alone, or the same phone in another spelling, leaves the account as it is.
    for (name, phone) in [("何秀岚", None), ("何秀岚", Some("'160 0000 1001"))] {
        desk.put_version(&path, change(name, phone), read().await).await.expect(200);
        house.sign_in(OLD).await;
    }
    desk.put_version(&path, change("何秀岚", Some(NEW)), read().await).await.expect(200);
    house.try_sign_in(NEW, PASSWORD).await.expect_problem(401, "sign_in.refused");
    house.try_sign_in(OLD, PASSWORD).await.expect_problem(403, "sign_in.phone_changed");
    assert_eq!(house.told_of_phones().await, 1);
    assert!(!desk.get(&path).await.expect(200).json()["activated"].as_bool().expect("a bool"));
});

on_both_databases!(nor_in_two_steps, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (he, office, units) = house.he_and_office().await;
    let browser = house.sign_in(OLD).await;
    let desk = house.app.as_person(&office);
    let path = format!("/api/v1/people/{he}");
    let read = || async { desk.get(&path).await.expect(200).json() };
    let version = |person: &serde_json::Value| person["version"].as_i64().expect("a version");
    let body = json!({ "name": "何秀兰", "remove_phone": true, "org_unit_id": units.school });
    desk.put_version(&path, body.clone(), version(&read().await)).await.expect(200);
    house.get_as(&browser, "/api/v1/me").await.expect(401);
    let person = read().await;
    assert_eq!((&person["activated"], &person["phone_masked"]), (&json!(false), &serde_json::Value::Null));
    assert_eq!(house.told_of_phones().await, 1);
    // To take away what is not there takes nothing.
    desk.put_version(&path, body, version(&person)).await.expect(200);
    assert_eq!(house.told_of_phones().await, 1);

    let row = ["何秀兰", NEW, NUMBER, "", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""];
    let (_, import) = house.check(&office, &[row]).await;
    house.apply_as(&office, &import, json!({ "confirm_changes": true })).await.expect(200);
    house.try_sign_in(NEW, PASSWORD).await.expect_problem(401, "sign_in.refused");
    assert_eq!(house.told_of_phones().await, 1, "who could not sign in loses nothing");
});

on_both_databases!(a_first_phone_ends_the_password_too, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    for by_roster in [false, true] {
        let name = if by_roster { "he.xiulan" } else { "li.fang" };
        let person = house.with_password("何秀兰", None, name).await;
        rows::belongs_to(&house.bed, person, units.school).await;
        let browser = house.sign_in(name).await;
        let path = format!("/api/v1/people/{person}");
        let version = desk.get(&path).await.expect(200).json()["version"].as_i64().expect("a version");
        let number = if by_roster { NUMBER } else { "629900198005010048" };
        let numbered = json!({ "name": "何秀兰", "identity_number": number, "org_unit_id": units.school });
        desk.put_version(&path, numbered, version).await.expect(200);
        house.get_as(&browser, "/api/v1/me").await.expect(200);
        if by_roster {
            let row = ["何秀兰", NEW, NUMBER, "", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""];
            let (_, import) = house.check(&office, &[row]).await;
            house.apply_as(&office, &import, json!({ "confirm_changes": true })).await.expect(200);
        } else {
            let body = json!({ "name": "何秀兰", "phone": OLD, "org_unit_id": units.school });
            desk.put_version(&path, body, version + 1).await.expect(200);
        }
        house.get_as(&browser, "/api/v1/me").await.expect(401);
        let phone = if by_roster { NEW } else { OLD };
        house.try_sign_in(phone, PASSWORD).await.expect_problem(401, "sign_in.refused");
        assert!(!desk.get(&path).await.expect(200).json()["activated"].as_bool().expect("a bool"));
    }
    assert_eq!(house.told_of_phones().await, 2);
});

on_both_databases!(signing_in_takes_every_spelling, |bed: TestBed| async move {
    let house = House::build(bed).await;
    rows::org_unit(&house.bed, None, "province", "甘肃省").await;
    house.with_password("何秀兰", Some(OLD), "he.xiulan").await;
    for login in [
        "\u{202d}16000001001\u{202c}",
        "'16000001001",
        "１６０ ００００ １００１",
        "+86-160-0000-1001",
        "ＨＥ.xiulan",
        " he.xiulan\u{200b}",
    ] {
        house.try_sign_in(login, PASSWORD).await.expect(200);
    }
});

on_both_databases!(a_first_use_sent_again_is_answered_alike, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let li = house.bed.person("李芳", &[]).await;
    let token = house.link_for(&administrator, li.id).await;
    let send = |password: &'static str, key: &'static str| {
        let body = json!({ "token": token, "password": password });
        let house = &house;
        async move { house.send(Method::POST, "/api/v1/first-use", Some(body), &[("idempotency-key", key)]).await }
    };
    send(PASSWORD, "first-use-1").await.expect(204);
    let again = send(PASSWORD, "first-use-1").await.expect(204);
    assert!(again.cookie().contains("device"), "and the device is known as before");
    send("another good password", "first-use-1").await.expect_problem(404, "first_use.no_such_link");
    send(PASSWORD, "first-use-2").await.expect_problem(404, "first_use.no_such_link");
    house.use_link(&token, PASSWORD).await.expect_problem(404, "first_use.no_such_link");
    assert_eq!(house.audited("identity.password_set").await, 1);
    // With another password since, the answer of before says nothing any more.
    let next = house.link_for(&administrator, li.id).await;
    house.use_link(&next, "another good password").await.expect(204);
    send(PASSWORD, "first-use-1").await.expect_problem(404, "first_use.no_such_link");
});

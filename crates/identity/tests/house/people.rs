//! People as desks see and change them.

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};

use crate::support::House;

const IDENTITY_NUMBER: &str = "629900198005010021";

fn names(page: &Value) -> Vec<String> {
    page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|p| p["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

on_both_databases!(offices_see_people_below_and_nobody_else, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (elsewhere, _) = house.province("青海省", Role::ProvincialOffice).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        // Ids made later sort later.
        house.bed.clock.advance_seconds(1);
        let teacher = house.bed.person(&format!("教师{n}"), &[]).await;
        rows::belongs_to(&house.bed, teacher.id, if n < 3 { units.school } else { units.county }).await;
        ids.push(teacher.id);
    }
    house.bed.person("没有单位", &[]).await;
    let desk = house.app.as_person(&office);
    let first = desk.get("/api/v1/people?limit=4").await.expect(200).json();
    assert_eq!(names(&first), ["主管", "教师0", "教师1", "教师2"]);
    let next = first["next"].as_str().expect("a second page");
    let second = desk.get(&format!("/api/v1/people?limit=4&after={next}")).await.expect(200).json();
    assert_eq!((names(&second), second.get("next")), (vec!["教师3".into(), "教师4".into()], None));

    let school = desk.get(&format!("/api/v1/people?org_unit_id={}", units.school)).await.expect(200).json();
    assert_eq!(names(&school).len(), 3);
    assert_eq!(
        names(&desk.get("/api/v1/people?name=%E6%95%99%E5%B8%884").await.expect(200).json()),
        ["教师4"]
    );
    assert!(names(&desk.get("/api/v1/people?name=%25").await.expect(200).json()).is_empty(), "no wildcard");

    let other = house.app.as_person(&elsewhere);
    assert_eq!(names(&other.get("/api/v1/people").await.expect(200).json()), ["主管"]);
    let hidden = format!("/api/v1/people?org_unit_id={}", units.school);
    other.get(&hidden).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "person.no_such_unit");
    for path in [format!("/api/v1/people/{}", ids[0]), format!("/api/v1/people/{}/grants", ids[0])] {
        other.get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let administrator = house.administrator().await;
    assert_eq!(
        names(&house.app.as_person(&administrator).get("/api/v1/people").await.expect(200).json()).len(),
        9
    );
    let teacher = house.bed.person("教师", &[]).await;
    house
        .app
        .as_person(&teacher)
        .get("/api/v1/people")
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    house
        .app
        .as_nobody()
        .get("/api/v1/people")
        .await
        .expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
    desk.get("/api/v1/people/per_nonsense").await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    desk.get("/api/v1/people?limit=201").await.expect(422);
});

on_both_databases!(numbers_are_masked_until_they_are_revealed_on_record, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let body = json!({
        "name": " 何 秀兰", "phone": "160 0000 1001", "identity_number": IDENTITY_NUMBER, "org_unit_id": units.school,
        "gender": "female", "subject": "全科", "professional_title": "高级教师", "teaching_since": 2004,
    });
    let made = desk.post("/api/v1/people", body).await.expect(201).json();
    assert_eq!(
        (&made["phone_masked"], &made["identity_number_masked"]),
        (&json!("160****1001"), &json!("6299**********0021"))
    );
    assert_eq!(made["place"], json!(["甘肃省", "通渭县", "青石湾镇中心小学"]));
    assert_eq!(
        (&made["name"], &made["activated"], &made["gender"]),
        (&json!("何秀兰"), &json!(false), &json!("female"))
    );
    let found = desk.get("/api/v1/people?name=16000001001").await.expect(200).json();
    assert_eq!(found["items"][0]["id"], made["id"], "a whole number finds its owner");

    let path = format!("/api/v1/people/{}/reveal", made["id"].as_str().expect("an id"));
    desk.post(&path, json!({})).await.expect(400);
    assert_eq!(house.audited("identity.personal_data_revealed").await, 0);
    let seen = desk.post(&path, json!({ "reason": "核对证书" })).await.expect(200).json();
    assert_eq!(seen, json!({ "phone": "16000001001", "identity_number": IDENTITY_NUMBER }));
    assert_eq!(house.audited("identity.personal_data_revealed").await, 1);
    let (other, _) = house.province("青海省", Role::ProvincialOffice).await;
    house
        .app
        .as_person(&other)
        .post(&path, json!({ "reason": "好奇" }))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
});

on_both_databases!(a_change_keeps_numbers_it_does_not_name_and_nothing_else, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, foreign) = house.province("青海省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let entered = json!({
        "name": "何秀兰", "phone": "16000001001", "identity_number": IDENTITY_NUMBER, "org_unit_id": units.school,
        "subject": "语文", "gender": "female",
    });
    let made = desk.post("/api/v1/people", entered).await.expect(201).json();
    let path = format!("/api/v1/people/{}", made["id"].as_str().expect("an id"));
    let change = json!({ "name": "何秀蓝", "org_unit_id": units.county, "gender": "female" });
    let changed = desk.put_version(&path, change, 1).await.expect(200);
    assert_eq!((changed.version(), changed.json()["version"].as_i64()), (2, Some(2)));
    let changed = changed.json();
    assert_eq!((&changed["name"], &changed["phone_masked"]), (&json!("何秀蓝"), &json!("160****1001")));
    assert_eq!((&changed["subject"], &changed["gender"]), (&json!(null), &json!("female")));
    assert_eq!(changed["org_unit"]["name"], "通渭县");

    let other = json!({ "name": "李芳", "phone": "16000001002", "org_unit_id": units.school });
    desk.post("/api/v1/people", other).await.expect(201);
    let taken = json!({ "name": "何秀蓝", "phone": "16000001002", "org_unit_id": units.county });
    let taken = desk.put_version(&path, taken, 2).await;
    let taken = taken.expect_problem(StatusCode::CONFLICT, "person.phone_taken");
    assert_eq!(taken.json()["errors"][0]["pointer"], "/phone");
    let away = desk.put_version(&path, json!({ "name": "何秀蓝", "org_unit_id": foreign.school }), 2).await;
    away.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "person.no_such_unit");
    let nowhere = desk.put_version(&path, json!({ "name": "何秀蓝" }), 2).await;
    nowhere.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "person.no_such_unit");
    let wrong =
        json!({ "name": "何".repeat(41), "phone": "123", "identity_number": "1", "teaching_since": 1900 });
    let wrong = desk.put_version(&path, wrong, 2).await.expect(422).json();
    let pointers: Vec<_> =
        wrong["errors"].as_array().expect("errors").iter().map(|e| e["pointer"].clone()).collect();
    for pointer in ["/name", "/phone", "/identity_number", "/teaching_since"] {
        assert!(pointers.contains(&json!(pointer)), "{pointer} in {wrong}");
    }
});

on_both_databases!(numbers_are_removed_when_that_is_asked, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let entered = json!({
        "name": "何秀兰", "phone": "16000001001", "identity_number": IDENTITY_NUMBER, "org_unit_id": units.school,
    });
    let made = desk.post("/api/v1/people", entered).await.expect(201).json();
    let path = format!("/api/v1/people/{}", made["id"].as_str().expect("an id"));
    let body = json!({ "name": "何秀兰", "org_unit_id": units.school, "remove_phone": true });
    let changed = desk.put_version(&path, body, 1).await.expect(200).json();
    assert_eq!(
        (&changed["phone_masked"], &changed["identity_number_masked"]),
        (&json!(null), &json!("6299**********0021"))
    );
    let seen = desk.post(&format!("{path}/reveal"), json!({ "reason": "核对" })).await.expect(200).json();
    assert_eq!(seen, json!({ "phone": null, "identity_number": IDENTITY_NUMBER }));
    let found = desk.get("/api/v1/people?name=16000001001").await.expect(200).json();
    assert_eq!(found["items"], json!([]), "nobody is found by it");

    // The number is free for somebody else, and a new one may take its place.
    let other = json!({ "name": "李芳", "phone": "16000001001", "org_unit_id": units.school });
    desk.post("/api/v1/people", other).await.expect(201);
    let body = json!({
        "name": "何秀兰", "org_unit_id": units.school, "phone": "16000001003", "remove_phone": true,
        "remove_identity_number": true,
    });
    let changed = desk.put_version(&path, body, 2).await.expect(200).json();
    assert_eq!(
        (&changed["phone_masked"], &changed["identity_number_masked"]),
        (&json!("160****1003"), &json!(null))
    );
});

on_both_databases!(of_two_desks_that_edit_a_person_the_second_is_told, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let body = json!({ "name": "何秀兰", "org_unit_id": units.school });
    let made = desk.post("/api/v1/people", body.clone()).await.expect(201).json();
    let path = format!("/api/v1/people/{}", made["id"].as_str().expect("an id"));
    desk.put(&path, body.clone())
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    let read = desk.get(&path).await.expect(200).version();
    let phone = json!({ "name": "何秀兰", "org_unit_id": units.school, "phone": "16000001001" });
    desk.put_version(&path, phone, read).await.expect(200);
    let late = json!({ "name": "何秀蓝", "org_unit_id": units.school });
    desk.put_version(&path, late, read)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let kept = desk.get(&path).await.expect(200).json();
    assert_eq!((&kept["name"], &kept["phone_masked"]), (&json!("何秀兰"), &json!("160****1001")));
    assert_eq!(house.audited("identity.person_changed").await, 1);
});

on_both_databases!(a_last_administrator_and_oneself_stay, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (first, second) = (house.administrator().await, house.administrator().await);
    let desk = house.app.as_person(&first);
    let disable = |id| format!("/api/v1/people/{id}/disable");
    desk.post(&disable(first.id), json!({})).await.expect_problem(StatusCode::CONFLICT, "person.oneself");
    let gone = desk.post(&disable(second.id), json!({})).await.expect(200).json();
    assert!(gone["disabled_at"].is_string());
    desk.post(&format!("/api/v1/people/{}/first-use-link", second.id), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "person.disabled");
    // The second's token still speaks for them in this test; the rule holds all the same.
    house
        .app
        .as_person(&second)
        .post(&disable(first.id), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "grant.last_administrator");
});

on_both_databases!(heads_change_teachers_and_not_each_other, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (_, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let grant = Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(units.school) };
    let (head, peer) =
        (house.bed.person("校长甲", &[grant]).await, house.bed.person("校长乙", &[grant]).await);
    let teacher = house.bed.person("教师", &[]).await;
    for person in [&head, &peer, &teacher] {
        rows::belongs_to(&house.bed, person.id, units.school).await;
    }
    rows::grant(&house.bed, peer.id, grant).await;
    let desk = house.app.as_person(&head);
    let body = json!({ "name": "改名", "org_unit_id": units.school });
    desk.put_version(&format!("/api/v1/people/{}", teacher.id), body.clone(), 1).await.expect(200);
    desk.put_version(&format!("/api/v1/people/{}", peer.id), body.clone(), 1)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    desk.get(&format!("/api/v1/people/{}", peer.id)).await.expect(200);
    // Nobody is pushed up and out of the school.
    let up = json!({ "name": "改名", "org_unit_id": units.county });
    desk.put_version(&format!("/api/v1/people/{}", teacher.id), up, 2)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "person.no_such_unit");
});

on_both_databases!(who_disabled_somebody_decides_who_enables_them, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let over = |unit| Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(unit) };
    let head = house.bed.person("校长", &[over(units.school)]).await;
    let wide = house.bed.person("学区校长", &[over(units.county)]).await;
    let teacher = house.bed.person("教师", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, units.school).await;
    let path = format!("/api/v1/people/{}", teacher.id);
    let (disable, enable) = (format!("{path}/disable"), format!("{path}/enable"));
    // From below to above: each one's word is taken back by themselves and those above, and by nobody below.
    let desks = [&head, &wide, &office, &administrator].map(|person| house.app.as_person(person));
    for (by, disabler) in desks.iter().enumerate() {
        for (at, other) in desks.iter().enumerate() {
            let seen = disabler.post(&disable, json!({})).await.expect(200).json();
            assert_eq!(seen["may_enable"], true);
            let seen = other.get(&path).await.expect(200).json();
            assert_eq!(seen["may_enable"], json!(at >= by), "{at} of {by}");
            let answer = other.post(&enable, json!({})).await;
            if at >= by {
                let seen = answer.expect(200).json();
                assert_eq!((&seen["disabled_at"], &seen["may_enable"]), (&json!(null), &json!(false)));
            } else {
                answer.expect_problem(StatusCode::FORBIDDEN, "person.disabled_above");
                disabler.post(&enable, json!({})).await.expect(200);
            }
        }
    }
    // A word from above stands over an earlier one, and one from below changes nothing.
    let [head, _, office, administrator] = desks;
    for desk in [&head, &administrator, &office] {
        desk.post(&disable, json!({})).await.expect(200);
    }
    for desk in [&head, &office] {
        desk.post(&enable, json!({})).await.expect_problem(StatusCode::FORBIDDEN, "person.disabled_above");
    }
    let disabled = house.audited("identity.person_disabled").await;
    administrator.post(&disable, json!({})).await.expect(200);
    assert_eq!(house.audited("identity.person_disabled").await, disabled, "said already");
    administrator.post(&enable, json!({})).await.expect(200);
});

on_both_databases!(of_two_who_disable_at_once_the_higher_word_stands, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let (_, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(units.school) };
    let head = house.bed.person("校长", &[head]).await;
    for round in 0..100 {
        let teacher = house.bed.person(&format!("教师{round}"), &[]).await;
        rows::belongs_to(&house.bed, teacher.id, units.school).await;
        let path = format!("/api/v1/people/{}", teacher.id);
        let acts: Vec<_> = [&head, &administrator]
            .map(|by| {
                let (app, by, path) = (house.app.clone(), by.clone(), format!("{path}/disable"));
                tokio::spawn(async move { app.as_person(&by).post(&path, json!({})).await })
            })
            .into();
        for act in acts {
            act.await.expect("it ends").expect(200);
        }
        let seen = house.app.as_person(&head).get(&path).await.expect(200).json();
        assert_eq!(seen["may_enable"], false, "round {round}");
    }
});

on_both_databases!(stored_words_that_nobody_knows_are_errors, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let (_, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let teacher = house.bed.person("教师", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, units.school).await;
    let desk = house.app.as_person(&administrator);
    let path = format!("/api/v1/people/{}", teacher.id);
    desk.get(&path).await.expect(200);
    let mut tx = house.bed.db().begin_write().await.expect("a transaction");
    storage::sql("update people set gender = 'unheard_of' where id = $1")
        .bind(teacher.id)
        .exec(&mut tx)
        .await
        .expect("a word");
    tx.commit().await.expect("a commit");
    desk.get(&path).await.expect(500);
    desk.get("/api/v1/people").await.expect(500);
});

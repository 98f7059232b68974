//! The tree and who is named over its parts.

use http::StatusCode;
use kernel::{Role, Scope};
use realtime::{Bus as _, Hint};
use serde_json::json;
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};

use crate::support::House;

on_both_databases!(the_tree_is_seen_from_the_top_of_ones_reach, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, foreign) = house.province("青海省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let top = desk.get("/api/v1/org-units").await.expect(200).json();
    assert_eq!(
        (top["items"].as_array().map(Vec::len), &top["items"][0]["name"]),
        (Some(1), &json!("甘肃省"))
    );
    let below = desk.get(&format!("/api/v1/org-units?parent={}", units.county)).await.expect(200).json();
    assert_eq!(below["items"][0]["place"], json!(["甘肃省", "通渭县", "青石湾镇中心小学"]));
    assert_eq!(below["items"][0]["has_children"], false);
    let found = desk.get("/api/v1/org-units?name=%E4%B8%AD%E5%BF%83").await.expect(200).json();
    assert_eq!(
        found["items"].as_array().map(Vec::len),
        Some(1),
        "the other province has one of the same name"
    );
    for path in [
        format!("/api/v1/org-units?parent={}", foreign.county),
        format!("/api/v1/org-units/{}", foreign.county),
    ] {
        desk.get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let administrator = house.administrator().await;
    let all = house.app.as_person(&administrator).get("/api/v1/org-units").await.expect(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
});

on_both_databases!(units_are_added_below_and_named_once, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, foreign) = house.province("青海省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let point = json!({ "parent_id": units.school, "level": "teaching_point", "name": " 柳树坪教学点 ", "code": " S\u{200d}0１" });
    let made = desk.post("/api/v1/org-units", point).await.expect(201).json();
    assert_eq!((&made["name"], made["place"].as_array().map(Vec::len)), (&json!("柳树坪教学点"), Some(4)));
    let namesake = json!({ "parent_id": units.school, "level": "teaching_point", "name": "柳树坪教学点" });
    desk.post("/api/v1/org-units", namesake)
        .await
        .expect_problem(StatusCode::CONFLICT, "org_unit.name_taken");
    for (body, status, code) in [
        (json!({ "parent_id": units.school, "level": "county", "name": "x" }), 422, "org_unit.wrong_level"),
        (json!({ "parent_id": foreign.school, "level": "teaching_point", "name": "x" }), 404, "not_found"),
        (json!({ "level": "province", "name": "青海省" }), 403, "access.denied"),
        (
            json!({ "parent_id": units.school, "level": "teaching_point", "name": "x", "code": "S01" }),
            409,
            "org_unit.code_taken",
        ),
        (json!({ "parent_id": units.school, "level": "teaching_point", "name": "" }), 422, "input.invalid"),
    ] {
        let answer = desk.post("/api/v1/org-units", body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    }
    let path = format!("/api/v1/org-units/{}", made["id"].as_str().expect("an id"));
    let renamed = json!({ "name": "柳树湾教学点" });
    desk.put(&path, renamed.clone())
        .await
        .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    let read = desk.get(&path).await.expect(200).version();
    let saved = desk.put_version(&path, renamed.clone(), read).await.expect(200);
    assert_eq!((saved.version(), &saved.json()["name"]), (read + 1, &renamed["name"]));
    let late = desk.put_version(&path, json!({ "name": "别的名字" }), read).await;
    late.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    let own = format!("/api/v1/org-units/{}", units.province);
    let refused = desk.put_version(&own, json!({ "name": "大甘肃" }), 1).await;
    refused.expect_problem(StatusCode::FORBIDDEN, "access.denied");

    let administrator = house.administrator().await;
    let system = house.app.as_person(&administrator);
    system
        .post("/api/v1/org-units", json!({ "level": "province", "name": "贵州省", "code": "520000" }))
        .await
        .expect(201);
    let twice = system.post("/api/v1/org-units", json!({ "level": "province", "name": "贵州省" })).await;
    twice.expect_problem(StatusCode::CONFLICT, "org_unit.name_taken");
});

on_both_databases!(offices_name_leads_and_heads_below_them, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, foreign) = house.province("青海省", Role::ProvincialOffice).await;
    let head = house.bed.person("常耀东", &[]).await;
    rows::belongs_to(&house.bed, head.id, units.school).await;
    let stranger = house.bed.person("外人", &[]).await;
    rows::belongs_to(&house.bed, stranger.id, foreign.school).await;
    let desk = house.app.as_person(&office);
    let body = json!({ "person_id": head.id, "role": "school_head", "org_unit_id": units.school });
    let given = desk.post("/api/v1/grants", body.clone()).await.expect(201).json();
    assert_eq!((&given["scope_name"], &given["person_name"]), (&json!("青石湾镇中心小学"), &json!("常耀东")));
    assert_eq!(
        desk.post("/api/v1/grants", body).await.expect(201).json()["id"],
        given["id"],
        "again changes nothing"
    );
    assert_eq!(house.audited("identity.role_given").await, 1);
    let listed = desk.get("/api/v1/grants?role=school_head").await.expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    for (body, status, code) in [
        (
            json!({ "person_id": head.id, "role": "provincial_office", "org_unit_id": units.county }),
            403,
            "access.denied",
        ),
        (json!({ "person_id": head.id, "role": "administrator" }), 403, "access.denied"),
        (json!({ "person_id": head.id, "role": "school_head" }), 422, "grant.wrong_scope"),
        (
            json!({ "person_id": head.id, "role": "administrator", "org_unit_id": units.school }),
            422,
            "grant.wrong_scope",
        ),
        (
            json!({ "person_id": head.id, "role": "learner", "org_unit_id": units.school }),
            422,
            "input.invalid",
        ),
        (
            json!({ "person_id": head.id, "role": "school_head", "org_unit_id": foreign.school }),
            422,
            "grant.no_such_unit",
        ),
        (
            json!({ "person_id": stranger.id, "role": "school_head", "org_unit_id": units.school }),
            422,
            "grant.no_such_person",
        ),
    ] {
        let answer = desk.post("/api/v1/grants", body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{body}");
    }
    let path = format!("/api/v1/grants/{}", given["id"].as_str().expect("an id"));
    let (other, _) = house.province("贵州省", Role::ProvincialOffice).await;
    house.app.as_person(&other).delete(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let lead = house
        .bed
        .person(
            "项目负责人",
            &[kernel::Grant { role: Role::TrainingLead, scope: Scope::OrgUnit(units.province) }],
        )
        .await;
    house.app.as_person(&lead).delete(&path).await.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    desk.delete(&path).await.expect(204);
    desk.delete(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");

    // Roles in a training are given by those who run it. To who sees all it is said so, to others there is no such grant.
    let training = kernel::Grant {
        role: Role::Learner,
        scope: Scope::Training(kernel::id::TrainingId::from_uuid(uuid::Uuid::from_u128(7))),
    };
    rows::grant(&house.bed, stranger.id, training).await;
    let mut conn = house.bed.db().read().await.expect("a reader");
    let id: kernel::id::GrantId =
        storage::sql("select id as value from grants where scope_kind = 'training'")
            .one(&mut conn)
            .await
            .expect("the grant");
    drop(conn);
    let path = format!("/api/v1/grants/{id}");
    for person in [&office, &lead, &other] {
        let answer = house.app.as_person(person).delete(&path).await;
        answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let administrator = house.administrator().await;
    let answer = house.app.as_person(&administrator).delete(&path).await;
    answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "grant.wrong_scope");
});

on_both_databases!(the_system_keeps_an_administrator, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let li = house.bed.person("李芳", &[]).await;
    let desk = house.app.as_person(&administrator);
    let own = desk.get(&format!("/api/v1/people/{}/grants", administrator.id)).await.expect(200).json();
    let own = format!("/api/v1/grants/{}", own["items"][0]["id"].as_str().expect("an id"));
    desk.delete(&own).await.expect_problem(StatusCode::CONFLICT, "grant.last_administrator");
    desk.post("/api/v1/grants", json!({ "person_id": li.id, "role": "administrator" })).await.expect(201);
    desk.delete(&own).await.expect(204);
});

on_both_databases!(sockets_hear_of_a_role_that_was_taken, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, units.school).await;
    let desk = house.app.as_person(&office);
    let grants = desk.get("/api/v1/grants?role=school_head").await.expect(200).json();
    let path = format!("/api/v1/grants/{}", grants["items"][0]["id"].as_str().expect("an id"));
    let mut told = house.told.listen();
    desk.delete(&path).await.expect(204);
    let told: Vec<Hint> = std::iter::from_fn(|| told.try_recv().ok()).map(|note| note.hint).collect();
    assert_eq!(told, [Hint::RightsChanged { person: head.id }]);
});

on_both_databases!(a_search_that_shows_not_all_says_so, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    for n in 0..51 {
        let point = json!({ "parent_id": units.school, "level": "teaching_point", "name": format!("柳树坪{n}教学点") });
        desk.post("/api/v1/org-units", point).await.expect(201);
    }
    let administrator = house.administrator().await;
    for desk in [desk, house.app.as_person(&administrator)] {
        let found = desk.get("/api/v1/org-units?name=柳树坪").await.expect(200).json();
        assert_eq!((found["items"].as_array().map(Vec::len), &found["more"]), (Some(50), &json!(true)));
        let found = desk.get("/api/v1/org-units?name=柳树坪1").await.expect(200).json();
        assert_eq!((found["items"].as_array().map(Vec::len), &found["more"]), (Some(11), &json!(false)));
    }
    let all = house.app.as_person(&office).get(&format!("/api/v1/org-units?parent={}", units.school)).await;
    assert_eq!(all.expect(200).json()["items"].as_array().map(Vec::len), Some(51), "a list is whole");
});

//! What the school says.

use http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;
use testkit::rows::identity::belongs_to;

use crate::world::{World, good_answers, grant, my};

testkit::on_both_databases!(the_head_of_the_school_recommends_its_teachers, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.submitted(&bed, "王小明").await;
    let path = format!("/api/v1/applications/{id}/recommend");
    let head = world.app.as_person(&world.head);
    let waiting = head.get("/api/v1/recommendations").await.expect(200).json();
    assert_eq!(waiting["items"][0]["person"]["org_unit_name"], "云炉教学点");

    let no = json!({ "recommended": false, "reason": "本学期要支教" });
    assert_eq!(
        head.post_as_read(path.trim_end_matches("/recommend"), &path, no).await.expect(200).json()["state"],
        "submitted"
    );
    assert_eq!(head.get("/api/v1/recommendations").await.json()["items"], json!([]));
    assert_eq!(
        head.get("/api/v1/recommendations?waiting=false").await.json()["items"].as_array().map(Vec::len),
        Some(1)
    );
    world.decide(id, "admit").await.expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let yes = json!({ "recommended": true, "reason": "支教改期，同意" });
    assert_eq!(
        head.post_as_read(path.trim_end_matches("/recommend"), &path, yes.clone()).await.expect(200).json()["state"],
        "recommended"
    );
    head.post_as_read(path.trim_end_matches("/recommend"), &path, yes)
        .await
        .expect_problem(StatusCode::CONFLICT, "gate.wrong_state");
    let mine = world.app.as_person(&person).get(&my(world.training)).await.json();
    let reasons: Vec<_> = mine["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|s| s["reason"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(reasons, ["", "本学期要支教", "支教改期，同意"]);
});

testkit::on_both_databases!(other_schools_and_oneself_do_not, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (person, id) = world.submitted(&bed, "王小明").await;
    let path = format!("/api/v1/applications/{id}/recommend");
    let yes = json!({ "recommended": true, "reason": "好" });
    let elsewhere =
        bed.person("雪校长", &[grant(Role::SchoolHead, Scope::OrgUnit(world.other_school))]).await;
    for (name, caller) in
        [("another head", &elsewhere), ("the lead", &world.lead), ("the applicant", &person)]
    {
        let answer = world
            .app
            .as_person(caller)
            .post_as_read(path.trim_end_matches("/recommend"), &path, yes.clone())
            .await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{name}");
    }
    assert_eq!(
        world.app.as_person(&elsewhere).get("/api/v1/recommendations").await.json()["items"],
        json!([])
    );
    world
        .app
        .as_person(&person)
        .get("/api/v1/recommendations")
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    // The head of the county is above every school in it.
    let county = bed.person("教育局", &[grant(Role::SchoolHead, Scope::OrgUnit(world.county))]).await;
    world
        .app
        .as_person(&county)
        .post_as_read(path.trim_end_matches("/recommend"), &path, yes.clone())
        .await
        .expect(200);

    // A head who applies is recommended from above, not by themselves.
    belongs_to(&bed, world.head.id, world.school).await;
    let own = world.submit(&world.head, world.training).await;
    let own_path = format!("/api/v1/applications/{own}/recommend");
    world
        .app
        .as_person(&world.head)
        .post_as_read(own_path.trim_end_matches("/recommend"), &own_path, yes.clone())
        .await
        .expect_problem(StatusCode::FORBIDDEN, "gate.own_application");
    assert_eq!(
        world.app.as_person(&world.head).get("/api/v1/recommendations").await.json()["items"],
        json!([])
    );
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let raw = storage::sql("update applications set recommended_by = person_id where id = $1")
        .bind(own)
        .exec(&mut tx)
        .await
        .expect_err("the database refuses it too");
    assert!(raw.breaks("applications_recommended_by_check"), "{raw}");
    drop(tx);
    world
        .app
        .as_person(&county)
        .post_as_read(own_path.trim_end_matches("/recommend"), &own_path, yes)
        .await
        .expect(200);
});

testkit::on_both_databases!(a_draft_is_nobody_elses_business, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let person = world.teacher(&bed, "王小明").await;
    let draft = world
        .app
        .as_person(&person)
        .put_version(&my(world.training), good_answers(), 0)
        .await
        .expect(200)
        .json();
    let id = draft["application_id"].as_str().expect("an id");
    let recommend = json!({ "recommended": true, "reason": "好" });
    let decide = json!({ "decision": "reject", "reason": "不" });
    let head = world
        .app
        .as_person(&world.head)
        .post_version(&format!("/api/v1/applications/{id}/recommend"), recommend, 1)
        .await;
    head.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let lead = world.app.as_person(&world.lead);
    lead.post_version(&format!("/api/v1/applications/{id}/decide"), decide, 1)
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    lead.get(&format!("/api/v1/applications/{id}")).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let list = lead.get(&format!("/api/v1/trainings/{}/applications", world.training)).await.json();
    assert_eq!(list["items"], json!([]));
});

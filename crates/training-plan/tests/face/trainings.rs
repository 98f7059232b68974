//! Who may start a training, and who sees it.

use http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;
use training_plan::training;

use crate::world::{World, grant, new_training};

testkit::on_both_databases!(a_lead_starts_a_training_in_their_unit, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let mut conn = bed.db().read().await.expect("a reader");
    let granted: i64 = storage::sql(
        "select count(*) as value from grants where person_id = $1 and role = 'training_lead' and scope_id = $2",
    )
    .bind(world.lead.id)
    .bind(id)
    .one(&mut conn)
    .await
    .expect("a count");
    assert_eq!(granted, 1);
    let found = training::find(&mut conn, id).await.expect("a look").expect("it is there");
    assert_eq!((found.weeks, found.time_zone.name()), (3, "Asia/Shanghai"));
    assert_eq!(found.week_window(1).opens.to_string(), "2026-11-01T16:00:00Z");

    let view =
        world.app.as_person(&world.lead).get(&format!("/api/v1/trainings/{id}")).await.expect(200).json();
    assert_eq!(view["stages"][0]["next"], "write_plan");
    assert_eq!(view["stages"][1]["state"], "blocked");
    assert_eq!(view["may"]["manage"], true);
    assert_eq!(view["may"]["decide"], false);
    assert_eq!(view["org_unit"]["name"], "威宁县");
});

testkit::on_both_databases!(nobody_else_starts_one_there, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let learner = bed.person("王小明", &[]).await;
    let body = || new_training(world.county);
    for person in [&learner, &world.office] {
        let answer = world.app.as_person(person).post("/api/v1/trainings", body()).await;
        answer.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    }
    let above =
        world.app.as_person(&world.lead).post("/api/v1/trainings", new_training(world.province)).await;
    above.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let nobody = world.app.as_nobody().post("/api/v1/trainings", body()).await;
    nobody.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
    let admin = bed.person("管理员", &[grant(Role::Administrator, Scope::System)]).await;
    world.app.as_person(&admin).post("/api/v1/trainings", body()).await.expect(201);
});

testkit::on_both_databases!(what_does_not_read_changes_nothing, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let lead = world.app.as_person(&world.lead);
    for (field, value, status, code) in [
        ("time_zone", json!("Asia/Atlantis"), 422, "plan.time_zone"),
        ("time_zone", json!("+08:00"), 422, "plan.time_zone"),
        ("weeks", json!(0), 422, "input.invalid"),
        ("weeks", json!(53), 422, "input.invalid"),
        ("title", json!(""), 422, "input.invalid"),
        ("title", json!("长".repeat(81)), 422, "input.invalid"),
        ("starts_on", json!("2026-02-30"), 400, "request.malformed"),
        ("starts_on", json!("0000-01-01"), 422, "input.invalid"),
        ("starts_on", json!("1999-12-31"), 422, "input.invalid"),
        ("starts_on", json!("2101-01-01"), 422, "input.invalid"),
        ("starts_on", json!("9999-12-31"), 422, "input.invalid"),
    ] {
        let mut body = new_training(world.county);
        body[field] = value.clone();
        let answer = lead.post("/api/v1/trainings", body).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{field} {value}");
    }
    assert_eq!(lead.get("/api/v1/trainings").await.json()["items"], json!([]));
});

testkit::on_both_databases!(everybody_lists_what_they_may_see, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let (first, second) = (world.training(&bed).await, {
        bed.regrant(&world.lead, &[grant(Role::TrainingLead, Scope::OrgUnit(world.county))]);
        bed.clock.advance_seconds(1);
        world.submitted(&bed).await
    });
    let ids = async |person: &testkit::TestPerson, query: &str| -> Vec<String> {
        let path = format!("/api/v1/trainings{query}");
        let items = world.app.as_person(person).get(&path).await.expect(200).json()["items"].clone();
        items
            .as_array()
            .expect("a list")
            .iter()
            .map(|i| i["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let (first, second) = (first.to_string(), second.to_string());
    assert_eq!(ids(&world.lead, "").await, [second.as_str()]);
    assert_eq!(ids(&world.office, "").await, [second.as_str(), first.as_str()]);
    assert_eq!(ids(&world.office, "?plan_state=submitted").await, [second.as_str()]);
    assert_eq!(ids(&world.office, &format!("?after={second}")).await, [first.as_str()]);
    assert_eq!(ids(&world.stranger, "").await, Vec::<String>::new());
    let admin = bed.person("管理员", &[grant(Role::Administrator, Scope::System)]).await;
    assert_eq!(ids(&admin, "?limit=1").await, [second.as_str()]);
});

testkit::on_both_databases!(a_training_opens_once_after_approval_and_closes, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let early = world.training(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let refused = training::open(&mut tx, &bed.ambient, early, world.lead.id).await;
    assert!(matches!(refused, Err(training_plan::TrainingError::PlanNotApproved)), "{refused:?}");
    drop(tx);
    bed.regrant(&world.lead, &[grant(Role::TrainingLead, Scope::OrgUnit(world.county))]);
    let id = world.approved(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    assert!(training::close(&mut tx, &bed.ambient, id, world.lead.id).await.is_err());
    training::open(&mut tx, &bed.ambient, id, world.lead.id).await.expect("it opens");
    assert!(training::open(&mut tx, &bed.ambient, id, world.lead.id).await.is_err());
    training::close(&mut tx, &bed.ambient, id, world.lead.id).await.expect("it closes");
    tx.commit().await.expect("a commit");
    let mut conn = bed.db().read().await.expect("a reader");
    assert_eq!(storage::audit::first_broken(&mut conn, &id.to_string()).await.expect("a check"), None);
});

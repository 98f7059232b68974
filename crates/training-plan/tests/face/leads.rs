//! Who leads a training: the office names and releases, and a training is never without a lead.

use std::sync::Arc;

use http::StatusCode;
use kernel::id::TrainingId;
use kernel::{Role, Scope};
use realtime::{Bus as _, Hint, InProcessBus};
use serde_json::{Value, json};
use testkit::rows::identity;
use testkit::{Answered, TestBed, TestPerson, Which};

use crate::world::{World, grant, notices, plan_path};

fn path(training: TrainingId) -> String {
    format!("/api/v1/trainings/{training}/leads")
}

/// Somebody whom the office has named as a lead of the county.
async fn of_county(bed: &TestBed, world: &World, name: &str) -> TestPerson {
    let over = grant(Role::TrainingLead, Scope::OrgUnit(world.county));
    let person = bed.person(name, &[over]).await;
    identity::grant(bed, person.id, over).await;
    person
}

async fn leads(world: &World, training: TrainingId) -> Vec<Value> {
    let page = world.app.as_person(&world.office).get(&path(training)).await.expect(200).json();
    page["items"].as_array().expect("a list").clone()
}

async fn end(world: &World, by: &TestPerson, part: &Value, body: Value) -> Answered {
    let path = format!("/api/v1/training-leads/{}/end", part["id"].as_str().expect("an id"));
    world.app.as_person(by).post(&path, body).await
}

/// How many hold the grant on the training.
async fn keys(bed: &TestBed, training: TrainingId) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql("select count(*) as value from v_grant where role = 'training_lead' and scope_id = $1")
        .bind(training)
        .one(&mut conn)
        .await
        .expect("a count")
}

testkit::on_both_databases!(whoever_led_keeps_no_key_and_another_takes_over, |bed: TestBed| async move {
    let told = Arc::new(InProcessBus::default());
    let hub = bed.hub_on(Arc::<InProcessBus>::clone(&told)).await;
    let mut world = World::new(&bed).await;
    let router = training_plan::router(bed.platform(), hub.clone());
    world.app = bed.serve(router.merge(notification::router(bed.platform(), hub)));
    let id = world.approved(&bed).await;
    let first = leads(&world, id).await.remove(0);
    assert_eq!((&first["person"]["name"], &first["ended_at"]), (&json!("李项目"), &Value::Null));
    let next = of_county(&bed, &world, "苗副主任").await;
    bed.clock.advance_seconds(1);
    let mut hints = told.listen();
    let body = json!({ "reason": "调到县教研室", "next_person_id": next.id });
    let ended = end(&world, &world.office, &first, body).await.expect(200).json();
    assert_eq!((&ended["end_reason"], &ended["ended_by_name"]), (&json!("调到县教研室"), &json!("省厅")));
    assert_eq!(keys(&bed, id).await, 1, "the next one's");
    let hints: Vec<Hint> = std::iter::from_fn(|| hints.try_recv().ok()).map(|note| note.hint).collect();
    assert!(hints.contains(&Hint::RightsChanged { person: world.lead.id }), "{hints:?}");
    assert_eq!(notices(&world, &next).await, ["lead_named"]);
    let page = world.app.as_person(&world.lead).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(page["items"][0]["kind"], "lead_ended");
    assert!(page["items"][0]["text"].as_str().expect("a sentence").contains("调到县教研室"));

    let now = leads(&world, id).await;
    let names: Vec<_> =
        now.iter().map(|lead| (&lead["person"]["name"], lead["ended_at"].is_null())).collect();
    assert_eq!(names, [(&json!("李项目"), false), (&json!("苗副主任"), true)]);
    let again = end(&world, &world.office, &first, json!({ "reason": "再来一次" })).await;
    again.expect_problem(StatusCode::CONFLICT, "lead.ended");
    // What the database holds is what the next request may do.
    let without = bed.regrant(&world.lead, &[]);
    assert_eq!(world.app.as_person(&without).get(&plan_path(id)).await.status, 404);
    let mut conn = bed.db().read().await.expect("a reader");
    let entries = storage::audit::page(&mut conn, &id.to_string(), i64::MAX, 200).await.expect("entries");
    for action in ["training_plan.name_lead", "training_plan.end_lead"] {
        assert_eq!(entries.iter().filter(|entry| entry.action == action).count(), 1, "{action}");
    }
});

testkit::on_both_databases!(a_training_is_never_without_a_lead, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let first = leads(&world, id).await.remove(0);
    let why = || json!({ "reason": "调动" });
    end(&world, &world.office, &first, why()).await.expect_problem(StatusCode::CONFLICT, "lead.last");
    let second = of_county(&bed, &world, "苗副主任").await;
    let office = world.app.as_person(&world.office);
    let named = office.post(&path(id), json!({ "person_id": second.id })).await.expect(201).json();
    office
        .post(&path(id), json!({ "person_id": second.id }))
        .await
        .expect_problem(StatusCode::CONFLICT, "lead.leads_already");
    // Who cannot sign in leads nothing.
    disable(&bed, &second).await;
    let shown = leads(&world, id).await;
    let marked: Vec<_> = shown.iter().filter(|lead| !lead["disabled_at"].is_null()).collect();
    assert_eq!(marked.len(), 1, "whoever leads in name only is marked");
    assert_eq!(marked[0]["id"], named["id"]);
    end(&world, &world.office, &first, why()).await.expect_problem(StatusCode::CONFLICT, "lead.last");
    assert_eq!(keys(&bed, id).await, 2, "nothing was taken");
    end(&world, &world.office, &named, why()).await.expect(200);
    end(&world, &world.office, &first, json!({ "reason": " " }))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
});

async fn disable(bed: &TestBed, person: &TestPerson) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql(
        "update people set disabled_at = $2, disabled_by = id, disabled_as = 'administrator' where id = $1",
    )
    .bind(person.id)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a person is disabled");
    tx.commit().await.expect("a commit");
}

testkit::on_both_databases!(of_two_last_leads_one_stays, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let office = world.app.as_person(&world.office);
    let (one, other) = (of_county(&bed, &world, "甲").await, of_county(&bed, &world, "乙").await);
    let first = leads(&world, id).await.remove(0);
    let body = json!({ "reason": "轮换", "next_person_id": one.id });
    end(&world, &world.office, &first, body).await.expect(200);
    office.post(&path(id), json!({ "person_id": other.id })).await.expect(201);
    for round in 0..30 {
        let both: Vec<_> =
            leads(&world, id).await.into_iter().filter(|lead| lead["ended_at"].is_null()).collect();
        assert_eq!(both.len(), 2, "round {round}");
        let (left, right) = tokio::join!(
            end(&world, &world.office, &both[round % 2], json!({ "reason": "轮换" })),
            end(&world, &world.office, &both[1 - round % 2], json!({ "reason": "轮换" })),
        );
        let mut codes = [left.status, right.status];
        codes.sort_unstable();
        assert_eq!(codes, [200, 409], "round {round}");
        assert_eq!(keys(&bed, id).await, 1, "round {round}");
        let gone = if left.status == 200 { left } else { right }.json();
        office.post(&path(id), json!({ "person_id": gone["person"]["id"] })).await.expect(201);
    }
});

testkit::on_both_databases!(whoever_is_named_may_lead_there, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.training(&bed).await;
    let office = world.app.as_person(&world.office);
    let named = async |person| office.post(&path(id), json!({ "person_id": person })).await;
    let nobody: kernel::id::PersonId = bed.ambient.new_id();
    named(nobody).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "lead.no_such_person");
    let elsewhere = identity::org_unit(&bed, None, "province", "青海省").await;
    for (name, role, scope) in [
        ("别省负责人", Role::TrainingLead, Scope::OrgUnit(elsewhere)),
        ("校长", Role::SchoolHead, Scope::OrgUnit(world.county)),
        ("别的培训", Role::TrainingLead, Scope::Training(bed.ambient.new_id())),
    ] {
        let person = bed.person(name, &[]).await;
        identity::grant(&bed, person.id, grant(role, scope)).await;
        let refused = named(person.id).await;
        refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "lead.not_of_this_unit");
    }
    let gone = of_county(&bed, &world, "已停用").await;
    disable(&bed, &gone).await;
    named(gone.id).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "lead.no_such_person");
    let learner = of_county(&bed, &world, "学员").await;
    identity::grant(&bed, learner.id, grant(Role::Learner, Scope::Training(id))).await;
    named(learner.id).await.expect_problem(StatusCode::CONFLICT, "lead.is_learner");
    for (name, role, scope) in [
        ("省级负责人", Role::TrainingLead, Scope::OrgUnit(world.province)),
        ("管理员", Role::Administrator, Scope::System),
    ] {
        let person = bed.person(name, &[]).await;
        identity::grant(&bed, person.id, grant(role, scope)).await;
        named(person.id).await.expect(201);
    }
    let next = of_county(&bed, &world, "苗副主任").await;
    let body = json!({ "person_id": next.id });
    for (caller, status) in [(&world.lead, 403), (&world.stranger, 404), (&next, 404)] {
        assert_eq!(world.app.as_person(caller).post(&path(id), body.clone()).await.status, status);
    }
});

testkit::on_both_databases!(the_hundredth_naming_is_not_the_last, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.approved(&bed).await;
    let first = leads(&world, id).await.remove(0);
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    for _ in 0..120 {
        let part: kernel::id::TrainingLeadId = bed.ambient.new_id();
        storage::sql("insert into training_leads (id, training_id, person_id, named_by, named_at, ended_by, end_reason, ended_at) \
             values ($1, $2, $3, $3, $4, $3, '轮换', $4)")
        .bind(part)
        .bind(id)
        .bind(world.lead.id)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a part that has ended");
    }
    tx.commit().await.expect("a commit");
    let next = of_county(&bed, &world, "苗副主任").await;
    let body = json!({ "reason": "调到县教研室", "next_person_id": next.id });
    end(&world, &world.office, &first, body).await.expect(200);
    let shown = leads(&world, id).await;
    assert_eq!(shown.len(), 101, "who leads now, and those who left last");
    assert!(shown.iter().any(|lead| lead["ended_at"].is_null() && lead["person"]["name"] == "苗副主任"));

    // As many as may lead at once; the place of one who goes is free for the next.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    for _ in 1..100 {
        let (part, person): (kernel::id::TrainingLeadId, kernel::id::PersonId) =
            (bed.ambient.new_id(), bed.ambient.new_id());
        storage::sql("insert into people (id, name, account_name, created_at) values ($1, '同事', $2, $3)")
            .bind(person)
            .bind(person.to_string())
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a person");
        storage::sql("insert into training_leads (id, training_id, person_id, named_by, named_at) values ($1, $2, $3, $3, $4)")
            .bind(part)
            .bind(id)
            .bind(person)
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a part");
    }
    tx.commit().await.expect("a commit");
    let more = of_county(&bed, &world, "何副主任").await;
    world
        .app
        .as_person(&world.office)
        .post(&path(id), json!({ "person_id": more.id }))
        .await
        .expect_problem(StatusCode::CONFLICT, "lead.too_many");
    let leading = leads(&world, id).await;
    let last = leading.iter().find(|lead| lead["person"]["name"] == "苗副主任").expect("a part");
    let body = json!({ "reason": "退休", "next_person_id": more.id });
    end(&world, &world.office, last, body).await.expect(200);
});

// Seen where there is more than one writer.
#[test]
fn nobody_waits_for_a_part_that_does_not_end_or_begin() {
    TestBed::run(Which::Postgres, |bed| async move {
        let world = World::new(&bed).await;
        let id = world.approved(&bed).await;
        let first = leads(&world, id).await.remove(0);
        let other = bed.person("路人", &[]).await;
        let asks = async |busy: &TestPerson, path: String, body: Value, code: &str| {
            let tx = bed.in_use(busy.id).await;
            let (app, office) = (world.app.clone(), world.office.clone());
            let asked = async move { app.as_person(&office).post(&path, body).await };
            assert_eq!(bed.at_once(asked).await.code(), code);
            drop(tx);
        };
        let ends = format!("/api/v1/training-leads/{}/end", first["id"].as_str().expect("an id"));
        let why = |next: Option<&TestPerson>| json!({ "reason": "轮换", "next_person_id": next.map(|next| next.id) });
        asks(&world.lead, ends.clone(), why(None), "lead.last").await;
        asks(&world.lead, ends.clone(), why(Some(&world.lead)), "lead.leads_already").await;
        asks(&world.lead, ends.clone(), why(Some(&other)), "lead.not_of_this_unit").await;
        asks(&other, path(id), json!({ "person_id": other.id }), "lead.not_of_this_unit").await;
        let next = of_county(&bed, &world, "苗副主任").await;
        end(&world, &world.office, &first, why(Some(&next))).await.expect(200);
        asks(&world.lead, ends, why(None), "lead.ended").await;
        asks(&next, path(id), json!({ "person_id": next.id }), "lead.leads_already").await;
    });
}

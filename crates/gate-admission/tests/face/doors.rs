//! Every kind of caller at every door of the gate.

use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;

use crate::world::{World, good_answers, grant, my, notice};

testkit::on_both_databases!(desks_are_closed_to_others, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (applicant, id) = world.submitted(&bed, "王小明").await;
    let learner = bed.person("周学员", &[grant(Role::Learner, Scope::Training(world.training))]).await;
    let expert = bed.person("钱专家", &[grant(Role::Expert, Scope::Training(world.training))]).await;
    let office = bed.person("省厅", &[grant(Role::ProvincialOffice, Scope::OrgUnit(world.county))]).await;
    let passer_by = bed.person("路人", &[]).await;
    let base = format!("/api/v1/trainings/{}", world.training);
    for path in
        [format!("{base}/applications"), format!("{base}/admission-summary"), format!("{base}/notice")]
    {
        for (name, expected) in [("nobody", 401)] {
            assert_eq!(world.app.as_nobody().get(&path).await.status, expected, "{name} {path}");
        }
        for (name, person, expected) in [
            ("applicant", &applicant, 404),
            ("passer-by", &passer_by, 404),
            ("school head", &world.head, 404),
            ("learner", &learner, 403),
            ("expert", &expert, 403),
            ("office", &office, 200),
            ("lead", &world.lead, 200),
        ] {
            assert_eq!(world.app.as_person(person).get(&path).await.status, expected, "{name} {path}");
        }
    }
    let one = format!("/api/v1/applications/{id}");
    for (name, person, expected) in [
        ("applicant", &applicant, 404),
        ("learner", &learner, 404),
        ("passer-by", &passer_by, 404),
        ("school head", &world.head, 200),
        ("office", &office, 200),
        ("lead", &world.lead, 200),
    ] {
        assert_eq!(world.app.as_person(person).get(&one).await.status, expected, "{name}");
    }
    let detail = world.app.as_person(&world.lead).get(&one).await.json();
    assert_eq!(detail["answers"]["statement"], good_answers()["statement"]);
    assert_eq!(detail["willingness"][0]["choices"][0], "想改进课堂");

    let decide = json!({ "decision": "reject", "reason": "不" });
    for (name, person, expected) in [
        ("learner", &learner, 403),
        ("office", &office, 403),
        ("applicant", &applicant, 404),
        ("head", &world.head, 404),
    ] {
        let answer =
            world.app.as_person(person).post_version(&format!("{one}/decide"), decide.clone(), 2).await;
        assert_eq!(answer.status, expected, "{name}");
        let many = json!({ "applications": [{ "application_id": id, "version": 2 }], "decision": "reject", "reason": "不" });
        let answer =
            world.app.as_person(person).post(&format!("{base}/applications/decide-many"), many).await;
        assert_eq!(answer.status, expected, "{name}");
    }
    let answer = world.app.as_person(&office).put_version(&format!("{base}/notice"), notice(3), 2).await;
    assert_eq!(answer.status, 403);
    assert_eq!(world.app.as_nobody().get(&my(world.training)).await.status, 401);
    let nothing: kernel::id::TrainingId = bed.ambient.new_id();
    assert_eq!(world.app.as_person(&applicant).get(&my(nothing)).await.status, 404);
    assert_eq!(world.app.as_person(&applicant).put_version(&my(nothing), json!({}), 0).await.status, 404);
});

testkit::on_both_databases!(a_lead_does_not_admit_themselves, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let id = {
        let person = bed.person("自荐人", &[]).await;
        testkit::rows::identity::belongs_to(&bed, person.id, world.point).await;
        let id = world.submit(&person, world.training).await;
        world.recommend(id).await;
        let lead = bed.regrant(&person, &[grant(Role::TrainingLead, Scope::Training(world.training))]);
        let body = json!({ "decision": "admit", "reason": "我" });
        let answer = world
            .app
            .as_person(&lead)
            .post_as_read(
                &format!("/api/v1/applications/{id}"),
                &format!("/api/v1/applications/{id}/decide"),
                body,
            )
            .await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "gate.own_application"));
        id
    };
    // Somebody else who leads may still reject them.
    world.decide(id, "reject").await.expect(200);
});

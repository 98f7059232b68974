//! Every kind of caller at every door.

use kernel::{Role, Scope};
use serde_json::json;
use testkit::{TestBed, rows};
use training_plan::access::{Access, Assist, Decide, Granted, Guide, Manage, Oversee, Read, Supervise};

use crate::world::{World, grant, plan_path, whole_plan};

async fn status<A: Access>(bed: &TestBed, person: &testkit::TestPerson, id: kernel::id::TrainingId) -> u16 {
    use http_kit::Authenticator as _;
    let mut conn = bed.db().read().await.expect("a reader");
    let actor = bed.callers.actor(&person.token).await.expect("a caller");
    match Granted::<A>::check(&mut conn, &actor, id).await {
        Ok(granted) => {
            assert_eq!(granted.training, id);
            200
        }
        Err(problem) => problem.status.as_u16(),
    }
}

testkit::on_both_databases!(each_role_opens_its_doors_alone, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = rows::training_plan::training(&bed, world.county, "研修", "2026-11-02", 6).await;
    let other = rows::training_plan::training(&bed, world.county, "另一个", "2026-11-02", 6).await;
    let on = |role| [grant(role, Scope::Training(id))];
    let lead = bed.person("李", &on(Role::TrainingLead)).await;
    let expert = bed.person("钱", &on(Role::Expert)).await;
    let assistant = bed.person("赵", &on(Role::Assistant)).await;
    let learner = bed.person("王", &on(Role::Learner)).await;
    let elsewhere = bed.person("吴", &[grant(Role::TrainingLead, Scope::Training(other))]).await;
    let head = bed.person("校长", &[grant(Role::SchoolHead, Scope::OrgUnit(world.county))]).await;
    let admin = bed.person("管理员", &[grant(Role::Administrator, Scope::System)]).await;
    // Manage, Supervise, Oversee, Decide, Guide, Assist, Read
    for (name, person, expected) in [
        ("lead", &lead, [200, 403, 200, 403, 200, 200, 200]),
        ("expert", &expert, [403, 403, 403, 403, 200, 200, 200]),
        ("assistant", &assistant, [403, 403, 403, 403, 403, 200, 200]),
        ("learner", &learner, [403, 403, 403, 403, 403, 403, 200]),
        ("office", &world.office, [403, 200, 200, 200, 403, 403, 200]),
        ("administrator", &admin, [200, 200, 200, 403, 403, 403, 200]),
        ("another office", &world.stranger, [404; 7]),
        ("another lead", &elsewhere, [404; 7]),
        ("school head", &head, [404; 7]),
    ] {
        let got = [
            status::<Manage>(&bed, person, id).await,
            status::<Supervise>(&bed, person, id).await,
            status::<Oversee>(&bed, person, id).await,
            status::<Decide>(&bed, person, id).await,
            status::<Guide>(&bed, person, id).await,
            status::<Assist>(&bed, person, id).await,
            status::<Read>(&bed, person, id).await,
        ];
        assert_eq!(got, expected, "{name}");
    }
    let nothing: kernel::id::TrainingId = bed.ambient.new_id();
    assert_eq!(status::<Read>(&bed, &admin, nothing).await, 404);
});

testkit::on_both_databases!(what_is_not_ones_own_is_not_there, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let id = world.submitted(&bed).await;
    let learner = bed.person("王", &[grant(Role::Learner, Scope::Training(id))]).await;
    let passer_by = bed.person("路人", &[]).await;
    let plan = plan_path(id);
    let training = format!("/api/v1/trainings/{id}");
    for path in [
        training.clone(),
        plan.clone(),
        format!("{plan}/submissions"),
        format!("{training}/staff-invitations"),
    ] {
        let app = &world.app;
        assert_eq!(app.as_nobody().get(&path).await.status, 401, "{path}");
        assert_eq!(app.as_person(&passer_by).get(&path).await.status, 404, "{path}");
        assert_eq!(app.as_person(&world.stranger).get(&path).await.status, 404, "{path}");
        let expected = if path == training { 200 } else { 403 };
        assert_eq!(app.as_person(&learner).get(&path).await.status, expected, "{path}");
        assert_eq!(app.as_person(&world.office).get(&path).await.status, 200, "{path}");
    }
    for path in [format!("{plan}/submit"), format!("{plan}/return"), format!("{training}/staff-invitations")]
    {
        let body = json!({ "reasons": "不", "person_id": learner.id, "role": "expert" });
        assert_eq!(world.app.as_person(&learner).post(&path, body.clone()).await.status, 403, "{path}");
        assert_eq!(world.app.as_person(&passer_by).post(&path, body).await.status, 404, "{path}");
    }
    let answer = world.app.as_person(&world.office).put_version(&plan, whole_plan(), 3).await;
    assert_eq!(answer.status, 403);
    assert_eq!(world.app.as_person(&world.lead).get("/api/v1/trainings/nonsense/plan").await.status, 404);
});

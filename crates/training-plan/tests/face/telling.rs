//! Who is told what.

use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;
use testkit::rows::identity;

use crate::world::{World, grant, notices, plan_path};

testkit::on_both_databases!(whoever_acts_next_is_told, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let over = grant(Role::ProvincialOffice, Scope::OrgUnit(world.province));
    identity::grant(&bed, world.office.id, over).await;
    let colleague = bed.person("停用的省厅人员", &[]).await;
    identity::grant(&bed, colleague.id, over).await;
    identity::disabled(&bed, colleague.id).await;
    let id = world.submitted(&bed).await;
    assert_eq!(notices(&world, &world.office).await, ["plan_submitted"]);
    for nobody in [&world.stranger, &colleague] {
        assert_eq!(notices(&world, nobody).await, Vec::<String>::new());
    }
    let office = world.app.as_person(&world.office);
    office.post_as_read(&plan_path(id), &format!("{}/approve", plan_path(id)), json!({})).await.expect(200);
    assert_eq!(notices(&world, &world.lead).await, ["plan_approved"]);

    let assistant = bed.person("赵助教", &[]).await;
    let body = json!({ "person_id": assistant.id, "role": "assistant" });
    let path = format!("/api/v1/trainings/{id}/staff-invitations");
    let invited = world.app.as_person(&world.lead).post(&path, body).await.expect(201).json();
    assert_eq!(notices(&world, &assistant).await, ["staff_invited"]);
    let accept = format!("/api/v1/staff-invitations/{}/accept", invited["id"].as_str().expect("an id"));
    bed.clock.advance_seconds(1);
    world.app.as_person(&assistant).post_version(&accept, json!({}), 1).await.expect(200);
    assert_eq!(notices(&world, &world.lead).await, ["invitation_accepted", "plan_approved"]);
});

//! Who is told what.

use kernel::{Role, Scope};
use serde_json::json;
use testkit::TestBed;
use testkit::rows::identity;

use crate::world::{World, grant, my, notices, read};

testkit::on_both_databases!(the_school_and_the_applicant_are_told, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let county = bed.person("教育局", &[]).await;
    identity::grant(&bed, world.head.id, grant(Role::SchoolHead, Scope::OrgUnit(world.school))).await;
    identity::grant(&bed, county.id, grant(Role::SchoolHead, Scope::OrgUnit(world.county))).await;
    let (person, id) = world.recommended(&bed, "王小明").await;
    // The nearest head is asked, not everybody above.
    assert_eq!(notices(&world, &world.head).await, ["recommendation_wanted"]);
    assert_eq!(notices(&world, &county).await, Vec::<String>::new());
    // Of a head who cannot sign in the next one above is asked.
    identity::disabled(&bed, world.head.id).await;
    world.submitted(&bed, "李老师").await;
    assert_eq!(notices(&world, &world.head).await, ["recommendation_wanted"]);
    assert_eq!(notices(&world, &county).await, ["recommendation_wanted"]);
    world.decide(id, "waitlist").await.expect(200);
    bed.clock.advance_seconds(1);
    world.decide(id, "admit").await.expect(200);
    assert_eq!(notices(&world, &person).await, ["admitted", "waitlisted"]);

    let (other, second) = world.submitted(&bed, "陈小红").await;
    let path = format!("/api/v1/trainings/{}/applications/decide-many", world.training);
    let many =
        json!({ "applications": read(&[(second, 2), (id, 5)]), "decision": "reject", "reason": "名额有限" });
    world.app.as_person(&world.lead).post(&path, many).await.expect(200);
    assert_eq!(notices(&world, &other).await, ["rejected"]);
    assert_eq!(notices(&world, &person).await, ["admitted", "waitlisted"], "a refusal tells nobody");
});

testkit::on_both_databases!(leads_are_told_when_somebody_admitted_withdraws, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    identity::grant(&bed, world.lead.id, grant(Role::TrainingLead, Scope::Training(world.training))).await;
    let withdraw = async |person: &testkit::TestPerson| {
        let path = my(world.training);
        let own = world.app.as_person(person);
        own.post_as_read(&path, &format!("{path}/withdraw"), json!({})).await.expect(200);
    };
    let (undecided, _) = world.recommended(&bed, "陈小红").await;
    withdraw(&undecided).await;
    assert_eq!(notices(&world, &world.lead).await, Vec::<String>::new(), "no seat was theirs");
    let (admitted, id) = world.recommended(&bed, "王小明").await;
    world.decide(id, "admit").await.expect(200);
    let disabled = bed.person("停用的负责人", &[]).await;
    identity::grant(&bed, disabled.id, grant(Role::TrainingLead, Scope::Training(world.training))).await;
    identity::disabled(&bed, disabled.id).await;
    withdraw(&admitted).await;
    assert_eq!(notices(&world, &world.lead).await, ["learner_left"]);
    assert_eq!(notices(&world, &disabled).await, Vec::<String>::new());
    assert_eq!(notices(&world, &admitted).await, ["admitted"], "they know it themselves");
});

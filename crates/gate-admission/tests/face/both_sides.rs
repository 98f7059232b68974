//! Two hundred times at once: nobody becomes learner and staff of one training, and nobody hands in under rules that have gone.

use kernel::id::{PersonId, StaffInvitationId, TrainingId};
use serde_json::json;
use testkit::rows::training_plan;
use testkit::{TestBed, TestPerson};

use crate::world::{World, good_answers, learner_grants, my, notice, waiting};

const ROUNDS: usize = 200;

testkit::on_both_databases!(nobody_learns_in_and_leads_one_training, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let hub = bed.hub().await;
    let staff_app = bed.serve(::training_plan::router(bed.platform(), hub));
    let (mut admitted, mut accepted) = (0, 0);
    for round in 0..ROUNDS {
        let person = bed.person(&format!("两边都要{round}"), &[]).await;
        let application = waiting(&bed, world.training, person.id).await;
        let invitation = invited(&bed, world.training, person.id).await;
        let (app, lead) = (world.app.clone(), world.lead.clone());
        let admission = async move {
            let body = json!({ "decision": "admit", "reason": "通过" });
            let path = format!("/api/v1/applications/{application}/decide");
            app.as_person(&lead).post_version(&path, body, 1).await
        };
        let (app, invitee) = (staff_app.clone(), person.clone());
        let acceptance = async move {
            let path = format!("/api/v1/staff-invitations/{invitation}/accept");
            app.as_person(&invitee).post_version(&path, json!({}), 1).await
        };
        let (admission, acceptance) = testkit::both(round % 2 == 0, admission, acceptance).await;
        match (admission.status, acceptance.status) {
            (200, 409) => {
                assert_eq!(acceptance.code(), "staff.is_learner");
                admitted += 1;
            }
            (409, 200) => {
                assert_eq!(admission.code(), "gate.is_staff");
                accepted += 1;
            }
            both => panic!("round {round}: {both:?}"),
        }
        let learns = learner_grants(&bed, person.id, world.training).await;
        assert_eq!(learns + leads(&bed, person.id, world.training).await, 1, "round {round}");
    }
    assert!(admitted > 0 && accepted > 0, "{admitted} admitted, {accepted} accepted");
});

testkit::on_both_databases!(handed_in_is_judged_by_the_rules_that_stand, |bed: TestBed| async move {
    let world = World::new(&bed).await;
    let (mut judged, mut refused) = (0, 0);
    for round in 0..ROUNDS {
        let training =
            training_plan::training(&bed, world.county, &format!("研修{round}"), "2026-11-16", 6).await;
        let lead = bed.regrant(
            &world.lead,
            &[crate::world::grant(kernel::Role::TrainingLead, kernel::Scope::Training(training))],
        );
        world.publish(&lead, training, notice(500)).await;
        let person = world.teacher(&bed, &format!("老师{round}")).await;
        world.app.as_person(&person).put_version(&my(training), good_answers(), 0).await.expect(200);
        let mut harder = notice(500);
        harder["least_hours"] = json!(40);
        let submission = submits(&world, &person, training);
        let (app, path) = (world.app.clone(), format!("/api/v1/trainings/{training}/notice"));
        let saving = async move { app.as_person(&lead).put_version(&path, harder, 2).await };
        let (submission, saving) = testkit::both(round % 2 == 0, submission, saving).await;
        match (submission.status, saving.status) {
            (200, 409) => {
                assert_eq!(saving.code(), "notice.rules_fixed");
                judged += 1;
            }
            (422, 200) => {
                assert_eq!(submission.code(), "gate.not_met");
                refused += 1;
            }
            both => panic!("round {round}: {both:?}"),
        }
    }
    assert!(judged > 0 && refused > 0, "{judged} judged by the old rules, {refused} refused by the new ones");
});

fn submits(
    world: &World,
    person: &TestPerson,
    training: TrainingId,
) -> impl Future<Output = testkit::Answered> + use<> {
    let (app, person) = (world.app.clone(), person.clone());
    async move { app.as_person(&person).post_version(&format!("{}/submit", my(training)), json!({}), 1).await }
}

async fn invited(bed: &TestBed, training: TrainingId, person: PersonId) -> StaffInvitationId {
    let id: StaffInvitationId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql(
        "insert into staff_invitations (id, training_id, person_id, role, message, state, version, invited_at) \
         values ($1, $2, $3, 'assistant', '', 'invited', 1, $4)",
    )
    .bind(id)
    .bind(training)
    .bind(person)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an invitation is stored");
    tx.commit().await.expect("a commit");
    id
}

async fn leads(bed: &TestBed, person: PersonId, training: TrainingId) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql(
        "select count(*) as value from v_grant where person_id = $1 and role = 'assistant' and scope_id = $2",
    )
    .bind(person)
    .bind(training)
    .one(&mut conn)
    .await
    .expect("a count")
}

//! Many decisions at once around the last seats; what the database refuses by itself.

use kernel::id::{AdmissionId, ApplicationId, PersonId, TrainingId};
use serde_json::json;
use testkit::{TestBed, rows};

use crate::world::{World, admitted, waiting};

/// People with an application in this state, by rows: the way there is tested elsewhere.
async fn applicants(bed: &TestBed, training: TrainingId, count: usize) -> Vec<ApplicationId> {
    let mut ids = Vec::new();
    for n in 0..count {
        let person: PersonId = bed.ambient.new_id();
        rows::identity::person(bed, person, &format!("申请人{n}")).await;
        ids.push(waiting(bed, training, person).await);
    }
    ids
}

testkit::on_both_databases!(of_fifty_at_once_the_last_twenty_seats_go_to_twenty, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    for seat in 1..=480 {
        let person: PersonId = bed.ambient.new_id();
        rows::identity::person(&bed, person, &format!("学员{seat}")).await;
        rows::gate_admission::admitted(&bed, world.training, person, seat).await;
    }
    let decisions: Vec<_> = applicants(&bed, world.training, 50)
        .await
        .into_iter()
        .map(|id| {
            let (app, lead) = (world.app.clone(), world.lead.clone());
            tokio::spawn(async move {
                let body = json!({ "decision": "admit", "reason": "通过" });
                let path = format!("/api/v1/applications/{id}/decide");
                let answer = app.as_person(&lead).post_version(&path, body, 1).await;
                if answer.status == 200 { "admitted".to_owned() } else { answer.code() }
            })
        })
        .collect();
    let mut results = Vec::new();
    for decision in decisions {
        results.push(decision.await.expect("it ends"));
    }
    assert_eq!(results.iter().filter(|r| *r == "admitted").count(), 20, "{results:?}");
    assert_eq!(results.iter().filter(|r| *r == "gate.full").count(), 30, "{results:?}");
    assert_eq!(admitted(&bed, world.training).await, 500);
    let mut conn = bed.db().read().await.expect("a reader");
    let last: i64 =
        storage::sql("select max(seat_no) as value from admissions").one(&mut conn).await.expect("a seat");
    assert_eq!(last, 500);
    let states: i64 = storage::sql("select count(*) as value from applications where state = 'admitted'")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(states, 500);
});

testkit::on_both_databases!(
    the_database_itself_refuses_seat_501_and_a_doubled_seat,
    |bed: TestBed| async move {
        let world = World::open(&bed).await;
        let first: PersonId = bed.ambient.new_id();
        rows::identity::person(&bed, first, "王小明").await;
        rows::gate_admission::admitted(&bed, world.training, first, 500).await;
        let second: PersonId = bed.ambient.new_id();
        rows::identity::person(&bed, second, "陈小红").await;
        let application = waiting(&bed, world.training, second).await;
        for (seat, person, constraint) in [
            (501_i64, second, "admissions_seat_no_check"),
            (0, second, "admissions_seat_no_check"),
            (500, second, "admissions_training_id_seat_no_key"),
            (7, first, "admissions_training_id_person_id_key"),
        ] {
            let id: AdmissionId = bed.ambient.new_id();
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            let refused = storage::sql(
                "insert into admissions (id, training_id, person_id, application_id, seat_no, admitted_at) \
             values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(world.training)
            .bind(person)
            .bind(application)
            .bind(seat)
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect_err("the database refuses it");
            assert!(refused.breaks(constraint), "{refused}");
        }
    }
);

testkit::on_both_databases!(two_trainings_cannot_take_one_person_at_once, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let (second, other_lead) = world.second_training(&bed, "2026-11-16").await;
    for round in 0..10 {
        let person: PersonId = bed.ambient.new_id();
        rows::identity::person(&bed, person, &format!("抢手{round}")).await;
        let here = waiting(&bed, world.training, person).await;
        let there = waiting(&bed, second, person).await;
        let decide = |id: ApplicationId, lead: &testkit::TestPerson| {
            let (app, lead) = (world.app.clone(), lead.clone());
            tokio::spawn(async move {
                let body = json!({ "decision": "admit", "reason": "通过" });
                app.as_person(&lead)
                    .post_version(&format!("/api/v1/applications/{id}/decide"), body, 1)
                    .await
                    .status
            })
        };
        let (a, b) = (decide(here, &world.lead), decide(there, &other_lead));
        let mut statuses = [a.await.expect("it ends"), b.await.expect("it ends")];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
    }
});

testkit::on_both_databases!(one_decision_wins_over_its_copies, |bed: TestBed| async move {
    let world = World::open(&bed).await;
    let ids = applicants(&bed, world.training, 1).await;
    let decisions: Vec<_> = (0..50)
        .map(|n| {
            let (app, lead, id) = (world.app.clone(), world.lead.clone(), ids[0]);
            tokio::spawn(async move {
                let decision = ["admit", "reject", "waitlist"][n % 3];
                let body = json!({ "decision": decision, "reason": "通过" });
                app.as_person(&lead)
                    .post_version(&format!("/api/v1/applications/{id}/decide"), body, 1)
                    .await
                    .status
            })
        })
        .collect();
    let mut decided = 0;
    for decision in decisions {
        let status = decision.await.expect("it ends");
        // Decided already, or waitlisted meanwhile: then it is another version than the one that was read.
        assert!(matches!(status, 200 | 409 | 412), "{status}");
        decided += usize::from(status == 200);
    }
    assert_eq!(decided, 1);
    assert!(admitted(&bed, world.training).await <= 1);
});

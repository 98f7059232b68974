//! Only who agreed to lead along leads a class, whatever a draft says that was worked out before.

use http::StatusCode;
use kernel::Role;
use serde_json::json;
use storage::sql;
use testkit::{TestBed, rows};

use crate::ground::{Ground, grants, rule};

testkit::on_both_databases!(
    a_draft_seats_nobody_who_left_while_it_was_worked_out,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        ground.admit(15).await;
        let gone = ground.staff("李婷", Role::Assistant).await;
        ground.staff("周敏贤", Role::Expert).await;
        // The lead asks for classes while the assistant's end is being written down.
        let mut tx = ground.bed.db().begin_write().await.expect("a transaction");
        training_plan::training::hold(&mut tx, ground.training).await.expect("the training is held");
        let (app, lead, path) = (ground.app.clone(), ground.lead.clone(), ground.of_training("allocation"));
        let asked = tokio::spawn(async move { app.as_person(&lead).post_version(&path, json!({}), 0).await });
        ground.bed.until_waiting(1, &[&asked]).await;
        sql("update staff_invitations set state = 'ended', ended_by = $1, end_reason = '调动', ended_at = $2, \
         version = version + 1 where person_id = $1")
    .bind(gone.id)
    .bind(ground.bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("they stop leading along");
        tx.commit().await.expect("a commit");
        let board = asked.await.expect("it ends").expect(201).json();
        assert_eq!(board["classes"][0]["without"], json!(["assistant"]));
        let seated = "select count(*) as value from staff_assignments where training_id = $1";
        assert_eq!(ground.count(seated).await, 1, "the expert alone");
        assert_eq!(rule(&ground.opening().await, "assistants")["is_met"], false);
    }
);

testkit::on_both_databases!(
    an_assignment_without_a_yes_neither_counts_nor_gives_a_right,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        ground.admit(15).await;
        ground.staff("周敏贤", Role::Expert).await;
        let board = ground.run().await;
        let class = board["classes"][0]["id"].as_str().expect("an id").parse().expect("a class");
        let stranger = ground.bed.person("没答应的", &[]).await;
        rows::class_allocation::assign(&ground.bed, class, stranger.id, Role::Assistant).await;
        assert_eq!(rule(&ground.opening().await, "assistants")["is_met"], false);
        let (lock, publish) =
            (ground.of_training("allocation/lock"), ground.of_training("allocation/publish"));
        ground.change(&lock, json!({})).await.expect(200);
        let refused = ground.change(&publish, json!({})).await;
        refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open");
        // Somebody who agreed leads the class now; the other is let go of.
        let assistant = ground.staff("李婷", Role::Assistant).await;
        let body = json!({ "person_id": assistant.id, "role": "assistant" });
        ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
        ground.change(&publish, json!({})).await.expect(200);
        assert_eq!(grants(&ground, stranger.id).await, 0);
        let members =
            "select count(*) as value from v_class_member where training_id = $1 and role <> 'learner'";
        assert_eq!(ground.count(members).await, 2);
    }
);

//! Grading while a training is closed: what is acknowledged is part of the final results, and what is not part of them is refused.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use http::{Request, StatusCode, header};
use kernel::id::TrainingId;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::{Tx, sql};
use testkit::{TestBed, rows};
use tokio::sync::Notify;

use crate::world::{World, answer, paper_body, submission};

/// Weeks and days of grace are over: seconds after the test's first morning.
const ENDS: i64 = (20 * 24 + 15) * 3600;

fn finish_of(work: &Value) -> String {
    format!("/api/v1/submissions/{}/review/finish", work["work_id"].as_str().expect("an id"))
}

fn judged(work: &Value) -> Value {
    json!({"decision": "grade", "hand_in": work["hand_in"], "based_on": 0, "comment": "好",
        "levels": {"real": "a", "design": "a", "tasks": "a", "use": "a"}})
}

async fn close_by_hand(tx: &mut Tx, bed: &TestBed, training: TrainingId) {
    sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(training)
        .bind(bed.ambient.now())
        .exec(tx)
        .await
        .expect("the training is closed");
}

/// The records in somebody's result.
async fn records(w: &World, who: &testkit::TestPerson) -> Vec<Value> {
    let at = format!("/api/v1/trainings/{}/results/{}", w.training, who.id);
    let result = w.app.as_person(&w.lead).get(&at).await.expect(200).json();
    let components = result["components"].as_array().expect("components").clone();
    let evidence = components.iter().flat_map(|c| c["evidence"].as_array().expect("evidence").clone());
    evidence.flat_map(|e| e["records"].as_array().expect("records").clone()).collect()
}

testkit::on_both_databases!(nobody_judges_work_once_the_training_is_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    let (app, expert, draft) = (w.app.clone(), w.expert.clone(), judged(&work));
    let at = finish_of(&work);
    let path = at.trim_end_matches("/finish").to_owned();
    let save = tokio::spawn(async move { app.as_person(&expert).put(&path, draft).await });
    let (app, assistant, body) = (w.app.clone(), w.assistant.clone(), judged(&work));
    let finish = tokio::spawn(async move { app.as_person(&assistant).post(&at, body).await });
    bed.until_waiting(2, &[&save, &finish]).await;
    tx.commit().await.expect("a commit");
    for request in [save, finish] {
        let answered = request.await.expect("the request ends");
        answered.expect_problem(StatusCode::CONFLICT, "training.closed");
    }
    let kept: i64 = sql("select count(*) as value from reviews")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(kept, 0);
});

testkit::on_both_databases!(
    review_acknowledged_while_the_training_closes_counts,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let task = w.task(&bed, "assignment", None).await;
        let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
        bed.clock.advance_seconds(ENDS);
        // A review waits with all that it wrote for its learner's channel; then the lead closes.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("insert into realtime_channels (name, number) values ($1, 1)")
            .bind(format!("person:{}", w.learner.id))
            .exec(&mut tx)
            .await
            .expect("a channel");
        let (app, assistant, body, at) =
            (w.app.clone(), w.assistant.clone(), judged(&work), finish_of(&work));
        let finish = tokio::spawn(async move { app.as_person(&assistant).post(&at, body).await.status });
        bed.until_waiting(1, &[&finish]).await;
        let (app, lead, at) =
            (w.app.clone(), w.lead.clone(), format!("/api/v1/trainings/{}/close", w.training));
        let close = tokio::spawn(async move {
            app.as_person(&lead).post_version(&at, json!({"confirm": true}), 0).await.status
        });
        bed.until_waiting(2, &[&close]).await;
        drop(tx);
        let (finish, close) = (finish.await.expect("it ends"), close.await.expect("it ends"));
        assert_eq!(close, 200);
        let counts = records(&w, &w.learner).await.iter().any(|record| record["kind"] == "review");
        assert_eq!((finish == 204, finish == 409), (counts, !counts), "{finish}");
    }
);

testkit::on_both_databases!(
    attempt_sent_after_the_end_shows_the_score_that_counts,
    |bed: TestBed| async move {
        let mut w = World::new(&bed).await;
        w.list = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
        rows::task_board::claim(&bed, w.list, w.class, w.learner.id).await;
        let (paper, task) = w.test(&bed, json!({"minutes": null})).await;
        bed.clock.advance_seconds(8 * 86_400);
        let attempt = w.start(&w.learner, paper, task).await;
        let at = format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"));
        let me = w.app.as_person(&w.learner);
        let first = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
        me.put(&format!("{at}/answers"), first).await.expect(200);
        // The time is up, and nothing that counts is on its way any more.
        bed.clock.advance_seconds(ENDS - 8 * 86_400 + 86_405);
        let close = format!("/api/v1/trainings/{}/close", w.training);
        w.app.as_person(&w.lead).post_version(&close, json!({"confirm": true}), 0).await.expect(200);
        let more = json!({"answers": [answer(&attempt, 3, 2, &["a"])]});
        let shown = me.post(&format!("{at}/submit"), more).await.expect(200).json();
        let counted = records(&w, &w.learner).await;
        let counted = counted.iter().find(|record| record["kind"] == "attempt").expect("the attempt counts");
        assert_eq!((counted["score"].as_i64(), shown["result"]["score"].as_i64()), (Some(1000), Some(1000)));
    }
);

testkit::on_both_databases!(nothing_is_prepared_for_a_training_that_is_over, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let lead = Grant { role: Role::TrainingLead, scope: Scope::Training(w.training) };
    let other_lead = bed.person("另一位项目负责人", &[lead]).await;
    let made = w.app.as_person(&w.expert).post(&w.papers(), paper_body()).await.expect(201).json();
    let paper = format!("{}/{}", w.papers(), made["id"].as_str().expect("an id"));
    let of_training = |rest: &str| format!("/api/v1/trainings/{}/{rest}", w.training);
    let level = |key: &str, points: u8| json!({"key": key, "title": key, "points": points});
    let rubric = json!({"work_kind": "assignment", "title": "表", "criteria": [
        {"key": "clear", "title": "清楚", "levels": [level("low", 0), level("high", 5)]}]});
    let scheme = crate::schemes::scheme(json!([{"kind": "tasks", "weight": 100}]));
    let changes = [
        (&w.expert, http::Method::POST, w.papers(), paper_body()),
        (&w.expert, http::Method::PUT, paper.clone(), made["content"].clone()),
        (&w.expert, http::Method::POST, format!("{paper}/publish"), json!({"version": 1})),
        (&w.expert, http::Method::POST, of_training("rubrics"), rubric),
        (&w.lead, http::Method::PUT, of_training("evaluation-scheme"), scheme),
        (&w.lead, http::Method::POST, of_training("results/compute"), json!({})),
        // Each of them has one evaluation at a time.
        (&other_lead, http::Method::POST, of_training("close"), json!({})),
    ];
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    let asked: Vec<_> = changes
        .into_iter()
        .enumerate()
        .map(|(n, (who, method, path, body))| {
            let (app, who, key) = (w.app.clone(), who.clone(), format!("change-{n}"));
            tokio::spawn(async move {
                let headers = [("if-match", "\"v1\""), ("idempotency-key", key.as_str())];
                app.as_person(&who).request(method, &path, Some(body), &headers).await
            })
        })
        .collect();
    bed.until_waiting(1, &asked.iter().collect::<Vec<_>>()).await;
    tx.commit().await.expect("a commit");
    for answer in asked {
        answer.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
    }
});

testkit::on_both_databases!(closing_grades_every_test_that_is_still_open, |bed: TestBed| async move {
    let mut w = World::new(&bed).await;
    w.list = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
    rows::task_board::claim(&bed, w.list, w.class, w.learner.id).await;
    let (paper, task) = w.test(&bed, json!({"minutes": null})).await;
    bed.clock.advance_seconds(8 * 86_400);
    let attempt = w.start(&w.learner, paper, task).await;
    let at = format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"));
    let me = w.app.as_person(&w.learner);
    let first = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
    me.put(&format!("{at}/answers"), first.clone()).await.expect(200);
    // The days of grace for which the test was begun are taken away: what it was begun with still holds for it.
    bed.clock.advance_seconds(ENDS - 15 * 86_400);
    let lead = w.app.as_person(&w.lead);
    let settings = format!("/api/v1/trainings/{}/board-settings", w.training);
    let read = lead.get(&settings).await.expect(200).version();
    lead.put_version(&settings, json!({"grace_days": 0, "revision_days": 7}), read).await.expect(200);
    let close = format!("/api/v1/trainings/{}/close", w.training);
    let waits = lead.post_version(&close, json!({"confirm": true}), 0).await;
    let waits = waits.expect_problem(StatusCode::CONFLICT, "training.tests_open").json();
    assert_eq!(waits["extra"]["open_tests"], 1);
    let said = "有 1 份测试没有交，时间到以前选的答案可能还没有传到。最晚等到 2026年11月24日 00:01，之后再结束培训。";
    assert_eq!(waits["detail"], said);
    let compute = format!("/api/v1/trainings/{}/results/compute", w.training);
    let early = lead.post_version(&compute, json!({}), 0).await;
    let early = early.expect_problem(StatusCode::CONFLICT, "evaluation.not_over").json();
    assert_eq!(
        (&early["extra"]["open_tests"], &early["extra"]["ends_at"]),
        (&json!(1), &json!("2026-11-23T16:00:05Z"))
    );
    lead.post_version(&compute, json!({"confirm": true}), 0).await.expect(200);
    assert!(me.get(&at).await.expect(200).json()["result"].is_null(), "its learner has time until then");
    // A phone without a network brings the rest in the morning after its time.
    bed.clock.advance_seconds(7 * 86_400 + 8 * 3600);
    let mut more = answer(&attempt, 3, 2, &["a"]);
    more["chosen_at"] = json!("2026-11-22T15:50:00Z");
    me.put(&format!("{at}/answers"), json!({"answers": [more]})).await.expect(200);
    lead.post_version(&close, json!({"confirm": true}), 0)
        .await
        .expect_problem(StatusCode::CONFLICT, "training.tests_open");
    bed.clock.advance_seconds(16 * 3600 + 5);
    lead.post_version(&close, json!({"confirm": true}), 0).await.expect(200);

    me.put(&format!("{at}/answers"), first).await.expect_problem(StatusCode::CONFLICT, "training.closed");
    let shown = me.get(&at).await.expect(200).json();
    let counted = records(&w, &w.learner).await;
    let counted = counted.iter().find(|record| record["kind"] == "attempt").expect("the attempt counts");
    assert_eq!((counted["score"].as_i64(), shown["result"]["score"].as_i64()), (Some(2000), Some(2000)));
    // Nor is it otherwise when its time is over.
    bed.clock.advance_seconds(30 * 86_400);
    let later = me.get(&at).await.expect(200).json();
    assert_eq!(later["result"]["score"], shown["result"]["score"]);
});

testkit::on_both_databases!(a_test_of_who_has_left_keeps_no_training_open, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({"minutes": null})).await;
    w.start(&w.learner, paper, task).await;
    rows::class_allocation::departed(&bed, w.training, w.class, w.learner.id).await;
    let lead = w.app.as_person(&w.lead);
    let settings = format!("/api/v1/trainings/{}/board-settings", w.training);
    let read = lead.get(&settings).await.expect(200).version();
    lead.put_version(&settings, json!({"grace_days": 0, "revision_days": 7}), read).await.expect(200);
    bed.clock.advance_seconds(ENDS - 7 * 86_400);
    let close = format!("/api/v1/trainings/{}/close", w.training);
    lead.post_version(&close, json!({"confirm": true}), 0).await.expect(200);
    let open: i64 = sql("select count(*) as value from attempts where state = 'open'")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(open, 0);
});

testkit::on_both_databases!(no_answer_is_saved_once_the_training_is_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    let at = format!("/api/v1/attempts/{}/answers", attempt["id"].as_str().expect("an id"));
    let body = json!({"answers": [answer(&attempt, 0, 1, &["b"])]});
    let (app, me) = (w.app.clone(), w.learner.clone());
    let save = tokio::spawn(async move { app.as_person(&me).put(&at, body).await });
    bed.until_waiting(1, &[&save]).await;
    tx.commit().await.expect("a commit");
    save.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
});

testkit::on_both_databases!(no_test_is_begun_once_the_training_is_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    let at = format!("/api/v1/test-papers/{paper}/attempts");
    let (app, me) = (w.app.clone(), w.learner.clone());
    let start = tokio::spawn(async move { app.as_person(&me).post(&at, json!({"task_id": task})).await });
    bed.until_waiting(1, &[&start]).await;
    tx.commit().await.expect("a commit");
    start.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
    let begun: i64 = sql("select count(*) as value from attempts")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(begun, 0);
});

testkit::on_both_databases!(no_test_is_submitted_once_the_training_is_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    let at = format!("/api/v1/attempts/{}/submit", attempt["id"].as_str().expect("an id"));
    let (app, me) = (w.app.clone(), w.learner.clone());
    let submit = tokio::spawn(async move { app.as_person(&me).post(&at, json!({})).await });
    bed.until_waiting(1, &[&submit]).await;
    tx.commit().await.expect("a commit");
    submit.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
});

testkit::on_both_databases!(no_work_is_written_once_the_training_is_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let at = submission(task);
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    // Each has found the task open; on PostgreSQL it then waits for who is closing.
    let save = {
        let (app, me, at) = (w.app.clone(), w.learner.clone(), at.clone());
        tokio::spawn(async move { app.as_person(&me).put(&at, json!({"text": "草稿", "based_on": 0})).await })
    };
    let hand_in = {
        let (app, me, at) = (w.app.clone(), w.learner.clone(), format!("{at}/hand-in"));
        let body = json!({"text": "一年级和三年级的同科安排", "based_on": 0, "files": []});
        tokio::spawn(async move { app.as_person(&me).post(&at, body).await })
    };
    let remove = {
        let (app, me, at) = (w.app.clone(), w.learner.clone(), format!("{at}/file"));
        tokio::spawn(async move { app.as_person(&me).delete_version(&at, 0).await })
    };
    // One person writes two things at once: the third waits for them.
    bed.until_waiting(2, &[&save, &hand_in, &remove]).await;
    tx.commit().await.expect("a commit");
    for request in [save, hand_in, remove] {
        request.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
    }
    let kept: i64 = sql("select count(*) as value from submissions")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(kept, 0);
});

testkit::on_both_databases!(file_that_arrives_after_the_end_changes_nothing, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let at = format!("{}/file", submission(task));
    // The head and half of the file are there, and the training ends before the rest.
    let half = Bytes::from_static(
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"late.pdf\"\r\n\r\n%PDF-1.7\n",
    );
    let (asked, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let rest = {
        let (asked, end) = (Arc::clone(&asked), Arc::clone(&end));
        stream::once(async move {
            asked.notify_one();
            end.notified().await;
            Bytes::from_static(b"%%EOF\r\n--x--\r\n")
        })
    };
    let body = stream::iter([half]).chain(rest).map(Ok::<_, std::io::Error>);
    let request = Request::post(&at)
        .header(header::AUTHORIZATION, format!("Bearer {}", w.learner.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("idempotency-key", "upload-late")
        .header(header::IF_MATCH, "\"v0\"")
        .body(Body::from_stream(body))
        .expect("a request");
    let app = w.app.clone();
    let late = tokio::spawn(async move { app.send(request).await });
    asked.notified().await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    close_by_hand(&mut tx, &bed, w.training).await;
    tx.commit().await.expect("a commit");
    end.notify_one();
    late.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
    let page = w.app.as_person(&w.learner).get(&submission(task)).await.expect(200).json();
    assert!(page["work"].is_null(), "{page}");
});

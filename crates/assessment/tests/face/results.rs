//! Final results: computed by the lead, the same from the same records, opened down to them.

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, rows};

use crate::schemes::scheme;
use crate::world::World;

/// A test, a discussion and an assignment; the learner did all of it, the classmate nothing.
async fn worked(bed: &TestBed) -> World {
    let w = World::new(bed).await;
    let (paper, test) = w.test(bed, json!({})).await;
    rows::assessment::attempt(bed, paper, test, w.class, w.learner.id, (36, 40)).await;
    let assignment = w.task(bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, assignment, "一年级和三年级的同科安排").await;
    let at = format!("/api/v1/submissions/{}/review/finish", work["work_id"].as_str().expect("an id"));
    let levels = json!({"real": "b", "design": "b", "tasks": "b", "use": "b"});
    let body = json!({"decision": "grade", "hand_in": work["hand_in"], "based_on": 0, "levels": levels});
    w.app.as_person(&w.assistant).post(&at, body).await.expect(204);
    let discuss = w.task(bed, "discuss", None).await;
    post(bed, &w, discuss).await;
    let scheme = scheme(json!([
        {"kind": "tests", "weight": 50, "minimum": 60}, {"kind": "assignments", "weight": 30, "minimum": null},
        {"kind": "discussion", "weight": 20, "minimum": null}]));
    let at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    w.app.as_person(&w.lead).put_version(&at, scheme, 0).await.expect(200);
    w
}

async fn post(bed: &TestBed, w: &World, task: kernel::id::TaskId) {
    let topic: kernel::id::TopicId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into topics (id, class_id, training_id, task_id, author_id, kind, title, pinned, posts, last_post_at, created_at) \
         values ($1, $2, $3, $4, $5, 'discussion', '议一议', false, 1, $6, $6)")
    .bind(topic).bind(w.class).bind(w.training).bind(task).bind(w.assistant.id).bind(bed.ambient.now())
    .exec(&mut tx).await.expect("a topic");
    for (number, removed) in [(1_i64, false), (2, true)] {
        let id: kernel::id::PostId = bed.ambient.new_id();
        sql("insert into posts (id, topic_id, class_id, author_id, author_role, number, version, client_id, body_source, body_html, at, removed_at) \
             values ($1, $2, $3, $4, 'learner', $5, 1, $6, '好', '好', $7, $8)")
        .bind(id).bind(topic).bind(w.class).bind(w.learner.id).bind(number).bind(number.to_string()).bind(bed.ambient.now())
        .bind(removed.then(|| bed.ambient.now())).exec(&mut tx).await.expect("a post");
    }
    tx.commit().await.expect("a commit");
}

async fn count(bed: &TestBed, statement: &'static str) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    sql(statement).one(&mut conn).await.expect("a count")
}

fn results(w: &World) -> String {
    format!("/api/v1/trainings/{}/results", w.training)
}

testkit::on_both_databases!(result_opens_down_to_its_records, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let compute = format!("{}/compute", results(&w));
    let early = lead
        .post_version(&compute, json!({}), 1)
        .await
        .expect_problem(StatusCode::CONFLICT, "evaluation.not_over")
        .json();
    assert_eq!(
        (early["extra"]["ends_at"].as_str(), early["extra"]["waiting"].as_i64()),
        (Some("2026-11-22T16:00:00Z"), Some(0))
    );
    let computed = lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200).json();
    assert_eq!(computed, json!({"learners": 3, "passed": 1, "changed": 3}));

    let list = lead.get(&results(&w)).await.expect(200).json();
    let mine = list["items"]
        .as_array()
        .expect("results")
        .iter()
        .find(|r| r["learner"]["name"] == "王小明")
        .expect("mine")
        .clone();
    // 50 % of 90.00, 30 % of 80.00, 20 % of 50.00
    assert_eq!(
        (mine["score"].as_i64(), mine["grade"].as_str(), mine["credits_tenths"].as_i64()),
        (Some(7900), Some("pass"), Some(320))
    );
    let at = format!("{}/{}", results(&w), w.learner.id);
    let opened = w.app.as_person(&w.learner).get(&at).await.expect(200).json();
    let kinds: Vec<Value> = opened["components"]
        .as_array()
        .expect("components")
        .iter()
        .map(|c| c["evidence"][0]["records"][0]["kind"].clone())
        .collect();
    assert_eq!(kinds, ["attempt", "review", "post"]);
    assert_eq!(
        opened["components"][2]["evidence"][0]["records"].as_array().map(Vec::len),
        Some(1),
        "a removed post does not count"
    );
    for (who, status) in [
        (&w.lead, 200),
        (&w.office, 200),
        (&w.assistant, 200),
        (&w.classmate, 404),
        (&w.neighbour, 404),
        (&w.other_assistant, 404),
        (&w.outsider, 404),
    ] {
        assert_eq!(w.app.as_person(who).get(&at).await.status, status);
    }
    for (who, status) in [(&w.office, 200), (&w.assistant, 403), (&w.learner, 403), (&w.outsider, 404)] {
        assert_eq!(w.app.as_person(who).get(&results(&w)).await.status, status);
    }
    assert_eq!(
        w.app.as_person(&w.expert).post_version(&compute, json!({"confirm": true}), 1).await.status,
        403
    );
});

testkit::on_both_databases!(same_records_give_the_same_bytes, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let compute = format!("{}/compute", results(&w));
    lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200);
    let before = lead.get(&results(&w)).await.expect(200).bytes;
    bed.clock.advance_seconds(3600);
    let again = lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200).json();
    assert_eq!(again["changed"], 0);
    assert_eq!(lead.get(&results(&w)).await.expect(200).bytes, before);
    let at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let other = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
    lead.put_version(&at, other, 1).await.expect_problem(StatusCode::CONFLICT, "evaluation.scheme_fixed");
});

testkit::on_both_databases!(computing_at_once_gives_one_result_each, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let sends: Vec<_> = (0..8)
        .map(|_| {
            let (app, who, at) = (w.app.clone(), w.lead.clone(), format!("{}/compute", results(&w)));
            tokio::spawn(
                async move { app.as_person(&who).post_version(&at, json!({"confirm": true}), 1).await },
            )
        })
        .collect();
    let mut changed = 0;
    for send in sends {
        let answer = send.await.expect("the request ends");
        if answer.status == 200 {
            changed += answer.json()["changed"].as_i64().expect("a number");
        } else {
            answer.expect_problem(StatusCode::TOO_MANY_REQUESTS, "evaluation.one_at_a_time");
        }
    }
    assert_eq!(changed, 3);
});

testkit::on_both_databases!(
    waiting_work_and_open_attempts_are_seen_before_computing,
    |bed: TestBed| async move {
        let w = worked(&bed).await;
        let (paper, test) = w.test(&bed, json!({})).await;
        let open = w.start(&w.classmate, paper, test).await;
        let answers = json!({"answers": [crate::world::answer(&open, 0, 1, &["b"])]});
        w.app
            .as_person(&w.classmate)
            .put(&format!("/api/v1/attempts/{}/answers", open["id"].as_str().expect("an id")), answers)
            .await
            .expect(200);
        let assignment = w.task(&bed, "assignment", None).await;
        w.handed_in(&w.classmate, assignment, "二年级和四年级的同科安排").await;
        bed.clock.advance_seconds(40 * 86_400);
        let lead = w.app.as_person(&w.lead);
        let compute = format!("{}/compute", results(&w));
        let refused = lead
            .post_version(&compute, json!({}), 1)
            .await
            .expect_problem(StatusCode::CONFLICT, "evaluation.not_over")
            .json();
        assert_eq!(refused["extra"]["waiting"], 1);
        lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200);
        let at = format!("{}/{}", results(&w), w.classmate.id);
        let theirs = lead.get(&at).await.expect(200).json();
        let records: Vec<&Value> = theirs["components"]
            .as_array()
            .expect("components")
            .iter()
            .flat_map(|c| c["evidence"].as_array().expect("evidence"))
            .flat_map(|e| e["records"].as_array().expect("records"))
            .collect();
        assert!(records.iter().any(|r| r["kind"] == "waiting_for_review"), "{records:?}");
        assert!(
            records.iter().any(|r| r["kind"] == "attempt" && r["score"] == 1000),
            "an attempt left open is graded: {records:?}"
        );
    }
);

testkit::on_both_databases!(training_ends_once_with_results_that_stand, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let close = format!("/api/v1/trainings/{}/close", w.training);
    let early = lead.post_version(&close, json!({"confirm": true}), 1).await;
    let early = early.expect_problem(StatusCode::CONFLICT, "training.not_over").json();
    assert_eq!(early["detail"], "学员可以补交到 2026年11月22日，之后再结束培训。");
    let early = w.app.as_person(&w.lead).in_english().post_version(&close, json!({"confirm": true}), 1).await;
    assert_eq!(early.json()["detail"], "Learners may hand in until Nov 22, 2026; end it after that.");

    let unread = w.task(&bed, "assignment", None).await;
    w.handed_in(&w.learner, unread, "第二份作业，还没有人评").await;
    // Two weeks and seven days of grace after 2 November.
    bed.clock.advance_seconds(21 * 86_400);
    let waits = lead
        .post_version(&close, json!({}), 1)
        .await
        .expect_problem(StatusCode::CONFLICT, "evaluation.not_over")
        .json();
    assert_eq!(waits["extra"]["waiting"], 1);
    assert_eq!(
        w.app.as_person(&w.expert).post_version(&close, json!({"confirm": true}), 1).await.status,
        403
    );
    let computed = lead.post_version(&close, json!({"confirm": true}), 1).await.expect(200).json();
    assert_eq!(computed["learners"], 3);
    lead.post_version(&close, json!({"confirm": true}), 1)
        .await
        .expect_problem(StatusCode::CONFLICT, "training.closed");
    let compute = format!("{}/compute", results(&w));
    lead.post_version(&compute, json!({"confirm": true}), 1)
        .await
        .expect_problem(StatusCode::CONFLICT, "training.closed");
});

testkit::on_both_databases!(nobody_closes_by_rules_that_they_have_not_read, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let (scheme_at, close) = (
        format!("/api/v1/trainings/{}/evaluation-scheme", w.training),
        format!("/api/v1/trainings/{}/close", w.training),
    );
    let compute = format!("{}/compute", results(&w));
    let read = lead.get(&scheme_at).await.expect(200).version();
    let admin = Grant { role: Role::Administrator, scope: Scope::System };
    let admin = bed.person("管理员", &[admin]).await;
    let lenient = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
    w.app.as_person(&admin).put_version(&scheme_at, lenient, read).await.expect(200);
    bed.clock.advance_seconds(21 * 86_400);
    for path in [&compute, &close] {
        let body = json!({"confirm": true});
        lead.post(path, body.clone())
            .await
            .expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
        let stale = lead.post_version(path, body, read).await;
        let stale = stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
        assert_eq!(stale["extra"]["version"], read + 1);
    }
    assert_eq!(count(&bed, "select count(*) as value from final_results").await, 0);
    let now = lead.get(&scheme_at).await.expect(200);
    assert!(now.json()["evaluated_at"].is_null(), "a refused computation fixes nothing");
    lead.post_version(&close, json!({"confirm": true}), now.version()).await.expect(200);
});

testkit::on_both_databases!(the_default_that_nobody_saved_has_a_version_too, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let scheme_at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let compute = format!("{}/compute", results(&w));
    for _ in 0..2 {
        assert_eq!(lead.get(&scheme_at).await.expect(200).version(), 0);
        lead.post_version(&compute, json!({"confirm": true}), 0).await.expect(200);
    }
    let other = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
    lead.put_version(&scheme_at, other, 0)
        .await
        .expect_problem(StatusCode::CONFLICT, "evaluation.scheme_fixed");
});

// As while a newer version of the program runs beside this one.
testkit::on_both_databases!(
    a_task_of_an_unknown_kind_is_in_no_ones_way_and_in_no_result,
    |bed: TestBed| async move {
        let w = worked(&bed).await;
        let standings = async || {
            let mine = format!("/api/v1/my/standing?training_id={}", w.training);
            let mine = w.app.as_person(&w.learner).get(&mine).await.expect(200).json();
            let all = format!("/api/v1/classes/{}/standings", w.class);
            let all = w.app.as_person(&w.assistant).get(&all).await.expect(200).json();
            (mine["total"].clone(), mine["components"].clone(), all)
        };
        let before = standings().await;
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("insert into task_kinds (word) values ('moonlight')").exec(&mut tx).await.expect("a later word");
        tx.commit().await.expect("a commit");
        let task = w.task(&bed, "moonlight", None).await;
        assert_eq!(standings().await, before, "it counts for nothing that this version knows");
        let lead = w.app.as_person(&w.lead);
        let scheme_at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
        let tried = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
        lead.post(&format!("{scheme_at}/what-if"), tried).await.expect(200);
        // A result leaves nothing out.
        let compute = format!("{}/compute", results(&w));
        let refused = lead.post_version(&compute, json!({"confirm": true}), 1).await;
        refused.expect_problem(StatusCode::CONFLICT, "evaluation.new_kind");
        assert_eq!(count(&bed, "select count(*) as value from final_results").await, 0);
        let brief = w.app.as_person(&w.learner).get(&crate::world::submission(task)).await;
        brief.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
);

testkit::on_both_databases!(days_of_grace_are_the_trainings_own, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into board_settings (training_id, grace_days, version, updated_by, updated_at) values ($1, 2, 1, $2, $3)")
        .bind(w.training)
        .bind(w.lead.id)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("settings");
    tx.commit().await.expect("a commit");
    let early =
        w.app.as_person(&w.lead).post_version(&format!("{}/compute", results(&w)), json!({}), 1).await;
    let early = early.expect_problem(StatusCode::CONFLICT, "evaluation.not_over").json();
    assert_eq!(early["extra"]["ends_at"], "2026-11-17T16:00:00Z");
    let lead = w.app.as_person(&w.lead).in_english();
    let early = lead.post_version(&format!("{}/compute", results(&w)), json!({}), 1).await.json();
    let said = early["detail"].as_str().expect("a detail");
    assert!(said.starts_with("Late work is taken until Nov 17, 2026;"), "{said}");
});

testkit::on_both_databases!(who_left_has_withdrawn_and_not_failed, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let lead = w.app.as_person(&w.lead);
    let compute = format!("{}/compute", results(&w));
    let assignment = w.task(&bed, "assignment", None).await;
    w.handed_in(&w.classmate, assignment, "这份作业还没有人批改过呢").await;
    lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200);
    let before = lead.get(&results(&w)).await.expect(200).json()["items"].as_array().map_or(0, Vec::len);
    let kept = count(&bed, "select count(*) as value from final_results").await;
    rows::class_allocation::departed(&bed, w.training, w.class, w.classmate.id).await;
    let after = lead.get(&results(&w)).await.expect(200).json();
    let names: Vec<_> =
        after["items"].as_array().expect("a list").iter().map(|r| &r["learner"]["id"]).collect();
    assert_eq!(names.len(), before - 1);
    assert!(!names.contains(&&json!(w.classmate.id)));
    let queue = format!("/api/v1/classes/{}/grading-queue", w.class);
    let waiting = w.app.as_person(&w.assistant).get(&queue).await.expect(200).json();
    assert_eq!(waiting["items"], json!([]), "nobody needs to review it any more");
    let computed = lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200).json();
    assert_eq!(computed["learners"].as_u64(), Some(before as u64 - 1));
    assert_eq!(count(&bed, "select count(*) as value from v_final_result").await, kept - 1);
    assert_eq!(count(&bed, "select count(*) as value from final_results").await, kept, "what was is kept");
});

testkit::on_both_databases!(nobody_has_a_second_evaluation_beside_the_first, |bed: TestBed| async move {
    let w = worked(&bed).await;
    let (compute, close) =
        (format!("{}/compute", results(&w)), format!("/api/v1/trainings/{}/close", w.training));
    let tries = format!("/api/v1/trainings/{}/evaluation-scheme/what-if", w.training);
    let other = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
    let lead = w.app.as_person(&w.lead);
    // Somebody grades at this moment: who computes waits for that.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    training_plan::training::hold(&mut tx, w.training).await.expect("it is held");
    let (app, who, at) = (w.app.clone(), w.lead.clone(), compute.clone());
    let first =
        tokio::spawn(async move { app.as_person(&who).post_version(&at, json!({"confirm": true}), 1).await });
    while bed.db().is_sqlite() && bed.db().waiting_writers() == 0 && !first.is_finished() {
        tokio::task::yield_now().await;
    }
    bed.until_waiting(1, &[&first]).await;
    for second in [
        lead.post_version(&compute, json!({"confirm": true}), 1).await,
        lead.post_version(&close, json!({"confirm": true}), 1).await,
        lead.post(&tries, other.clone()).await,
    ] {
        let second = second.expect_problem(StatusCode::TOO_MANY_REQUESTS, "evaluation.one_at_a_time");
        assert_eq!(second.headers["retry-after"], "5");
    }
    drop(tx);
    first.await.expect("it ends").expect(200);
    lead.post(&tries, other).await.expect(200);
    lead.post_version(&compute, json!({"confirm": true}), 1).await.expect(200);
});

// Where a reader can be made to wait.
#[test]
fn nobody_tries_a_second_scheme_beside_the_first() {
    TestBed::run(testkit::Which::Postgres, |bed| async move {
        let w = worked(&bed).await;
        let tries = format!("/api/v1/trainings/{}/evaluation-scheme/what-if", w.training);
        let other = scheme(json!([{"kind": "tests", "weight": 100, "minimum": null}]));
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let text = "lock table evaluation_schemes in access exclusive mode";
        storage::sql(text).exec(&mut tx).await.expect("a lock");
        let asked = || {
            let (app, who, at, other) = (w.app.clone(), w.lead.clone(), tries.clone(), other.clone());
            async move { app.as_person(&who).post(&at, other).await }
        };
        let first = tokio::spawn(asked());
        bed.until_waiting(1, &[&first]).await;
        assert!(!first.is_finished());
        asked().await.expect_problem(StatusCode::TOO_MANY_REQUESTS, "evaluation.one_at_a_time");
        drop(tx);
        first.await.expect("it ends").expect(200);
        asked().await.expect(200);
    });
}

//! A training that is over: its board stays as it is, and nothing more is learned.

use http::{Method, StatusCode};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::{Tx, sql};
use testkit::{Answered, TestBed, TestPerson, rows};
use tokio::task::JoinHandle;

use crate::world;
use crate::world::{World, text};

type Change<'a> = (&'a TestPerson, Method, String, Value);

fn send(w: &World, n: usize, (who, method, path, body): &Change<'_>) -> JoinHandle<Answered> {
    let (app, who, method) = (w.app.clone(), (*who).clone(), method.clone());
    let (path, body, key) = (path.clone(), body.clone(), format!("change-{n}"));
    tokio::spawn(async move {
        let headers = [("if-match", "\"v0\""), ("idempotency-key", key.as_str())];
        let body = (!body.is_null()).then_some(body);
        app.as_person(&who).request(method, &path, body, &headers).await
    })
}

async fn ends(tx: &mut Tx, bed: &TestBed, w: &World) {
    sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(w.training)
        .bind(bed.ambient.now())
        .exec(tx)
        .await
        .expect("a training closes");
}

testkit::on_both_databases!(
    nothing_changes_on_the_board_of_a_training_that_is_over,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (list, next) = (w.published_list(1).await, w.ready_list(2).await);
        let learner = w.app.as_person(&w.learner);
        let of_list = |list: &Value, rest: &str| format!("/api/v1/task-lists/{}{rest}", text(&list["id"]));
        let of_task = |n: usize, rest: &str| format!("/api/v1/tasks/{}{rest}", text(&list["tasks"][n]["id"]));
        learner.post(&of_list(&list, "/claim"), json!({})).await.expect(201);
        let opened = learner.post(&of_task(1, "/playbacks"), json!({})).await.expect(201).json();
        bed.clock.advance_seconds(30);
        let (post, put) = (Method::POST, Method::PUT);
        let read = json!({"kind": "read", "title": "读", "minutes": 5, "body_markdown": "读一读", "correction": "补"});
        let words = json!({"week": 1, "goal": "换个说法"});
        let evidence = json!({"playback_id": opened["id"], "records": [{"counter": 0, "from_ms": 0, "to_ms": 20_000,
        "rate_hundredths": 100, "wall_ms": 20_000, "is_visible": true}]});
        let (lead, expert, assistant) = (&w.lead, &w.expert, &w.assistant);
        // What writes beside the training's end waits for it.
        let behind: Vec<Change<'_>> = vec![
            (expert, post.clone(), w.training_path("task-lists"), json!({"week": 3, "goal": "又一周"})),
            (expert, put.clone(), of_list(&list, ""), words),
            (expert, put.clone(), of_list(&next, "/state"), json!({"state": "draft"})),
            (expert, put.clone(), of_list(&next, "/order"), json!({"task_ids": []})),
            (expert, post.clone(), of_list(&next, "/tasks"), read.clone()),
            (expert, put.clone(), of_task(0, ""), read),
            (expert, Method::DELETE, of_task(0, ""), Value::Null),
            (expert, post.clone(), of_task(0, "/withdraw"), json!({"correction": "不用了"})),
            (
                assistant,
                post.clone(),
                w.class_path("announcements"),
                json!({"title": "通知", "body": "明天见。"}),
            ),
            (
                lead,
                put.clone(),
                w.training_path("board-settings"),
                json!({"grace_days": 3, "revision_days": 7}),
            ),
            (&w.learner, post.clone(), of_task(1, "/watch-evidence"), evidence),
        ];
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        ends(&mut tx, &bed, &w).await;
        let asked: Vec<_> = behind.iter().enumerate().map(|(n, change)| send(&w, n, change)).collect();
        bed.until_waiting(1, &asked.iter().collect::<Vec<_>>()).await;
        tx.commit().await.expect("a commit");
        for answer in asked {
            answer.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
        }
        // Work proves that its week is open, which it is no more when a training can be ended.
        let unclaimed = rows::task_board::list(&bed, w.training, 4, &[w.class]).await;
        let work: Vec<Change<'_>> = vec![
            (&w.learner, post.clone(), format!("/api/v1/task-lists/{unclaimed}/claim"), json!({})),
            (&w.learner, post.clone(), of_task(0, "/start"), json!({})),
            (&w.learner, post.clone(), of_task(0, "/read"), json!({})),
            (&w.learner, post, of_task(1, "/playbacks"), json!({})),
            (&w.learner, put, of_task(0, "/reflection"), json!({"draft": "写一点", "based_on": 0})),
        ];
        for (n, change) in work.iter().enumerate() {
            let answer = send(&w, 100 + n, change).await.expect("it ends");
            answer.expect_problem(StatusCode::CONFLICT, "training.closed");
        }
        // Strangers are told nothing.
        let hidden = (&w.outsider, Method::POST, of_task(1, "/watch-evidence"), behind[10].3.clone());
        assert_eq!(send(&w, 200, &hidden).await.expect("it ends").status, 404);
        let credited: i64 = sql("select cast(sum(credited_ms) as bigint) as value from task_progress")
            .one(&mut bed.db().read().await.expect("a reader"))
            .await
            .expect("a sum");
        assert_eq!(credited, 0);
    }
);

/// Whether a row is free to be taken by the transaction that asks. SQLite has one writer and no rows that are held.
async fn is_free(bed: &TestBed, tx: &mut Tx, statement: &'static str, id: uuid::Uuid) {
    if bed.db().is_sqlite() {
        return;
    }
    let taken: Result<Option<i64>, _> = sql(statement).bind(id).opt(tx).await;
    taken.expect("whoever waits holds nothing that comes later");
}

testkit::on_both_databases!(
    a_correction_waits_for_the_training_before_it_takes_the_list,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.published_list(1).await;
        let path = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
        let body = json!({"kind": "read", "title": "读：三本账", "minutes": 15, "body_markdown": "四本账", "correction": "少了"});
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        training_plan::training::hold(&mut tx, w.training).await.expect("the training is held");
        let (app, expert, version) =
            (w.app.clone(), w.expert.clone(), list["version"].as_i64().expect("a version"));
        let asked =
            tokio::spawn(async move { app.as_person(&expert).put_version(&path, body, version).await });
        bed.until_waiting(1, &[&asked]).await;
        let id: kernel::id::TaskListId = text(&list["id"]).parse().expect("an id");
        is_free(
            &bed,
            &mut tx,
            "select version as value from task_lists where id = $1 for update nowait",
            id.uuid(),
        )
        .await;
        tx.commit().await.expect("a commit");
        asked.await.expect("it ends").expect(200);
    }
);

testkit::on_both_databases!(who_writes_a_reflection_takes_it_before_the_claim, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "reflect", "反思", None).await;
    let claim = rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let learner = w.app.as_person(&w.learner);
    let path = format!("/api/v1/tasks/{task}/reflection");
    learner.put(&path, json!({"draft": "四年级先做三道题", "based_on": 0})).await.expect(200);
    let words = "四年级先做三道题，二年级听讲。";
    for (method, path, body) in [
        (Method::PUT, path.clone(), json!({"draft": words, "based_on": 1})),
        (Method::POST, format!("{path}/hand-in"), json!({"body": words, "based_on": 2})),
    ] {
        // Staff are giving it back: the work first, then what the learner has claimed.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("update reflections set version = version where task_id = $1")
            .bind(task)
            .exec(&mut tx)
            .await
            .expect("the reflection is held");
        let asked = send(&w, body.to_string().len(), &(&w.learner, method, path, body));
        bed.until_waiting(1, &[&asked]).await;
        is_free(
            &bed,
            &mut tx,
            "select cast(1 as bigint) as value from claims where id = $1 for update nowait",
            claim.uuid(),
        )
        .await;
        tx.commit().await.expect("a commit");
        asked.await.expect("it ends").expect(200);
    }
});

testkit::on_both_databases!(
    work_that_waited_for_the_end_of_a_seat_is_judged_without_it,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.published_list(1).await;
        let reflect =
            rows::task_board::task(&bed, text(&list["id"]).parse().expect("an id"), "reflect", "反思", None)
                .await;
        let learner = w.app.as_person(&w.learner);
        let of_task = |n: usize, rest: &str| format!("/api/v1/tasks/{}{rest}", text(&list["tasks"][n]["id"]));
        learner.post(&format!("/api/v1/task-lists/{}/claim", text(&list["id"])), json!({})).await.expect(201);
        let opened = learner.post(&of_task(1, "/playbacks"), json!({})).await.expect(201).json();
        bed.clock.advance_seconds(20);
        let left_at = bed.ambient.now();
        let played = json!({"counter": 0, "from_ms": 0, "to_ms": 50_000, "rate_hundredths": 100, "wall_ms": 50_000, "is_visible": true});
        let post = Method::POST;
        let work: Vec<Change<'_>> = vec![
            (
                &w.learner,
                post.clone(),
                of_task(1, "/watch-evidence"),
                json!({"playback_id": opened["id"], "records": [played]}),
            ),
            (&w.learner, post.clone(), of_task(0, "/start"), json!({})),
            (&w.learner, post, of_task(1, "/playbacks"), json!({})),
            (
                &w.learner,
                Method::PUT,
                format!("/api/v1/tasks/{reflect}/reflection"),
                json!({"draft": "写一点", "based_on": 0}),
            ),
        ];
        for (n, change) in work.iter().enumerate() {
            bed.clock.set(left_at);
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            training_plan::training::hold(&mut tx, w.training).await.expect("the training is held");
            rows::class_allocation::departs(&mut tx, &bed, w.training, w.class, w.learner.id).await;
            bed.clock.advance_seconds(30);
            let asked = send(&w, 300 + n, change);
            bed.until_waiting(1, &[&asked]).await;
            tx.commit().await.expect("a commit");
            let answer = asked.await.expect("it ends");
            if n == 0 {
                let report = answer.expect(200).json();
                assert_eq!((&report["credited_ms"], &report["is_ended"]), (&json!(20_000), &json!(true)));
            } else {
                answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
            }
            rows::class_allocation::place(&bed, w.class, w.learner.id, false).await;
        }
    }
);

testkit::on_both_databases!(
    a_training_that_is_over_asks_nobody_to_sign_and_shows_what_it_showed,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.published_list(1).await;
        let never = world::learner(&bed, w.training, w.class, "未签", false).await;
        let link = json!({"title": "手册", "kind": "article", "url": "https://example.org/", "source": "自编", "licence": "CC"});
        w.app.as_person(&w.assistant).post(&w.training_path("resources"), link).await.expect(201);
        let (read, watch) = (text(&list["tasks"][0]["id"]), text(&list["tasks"][1]["id"]));
        let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
        let learner = w.app.as_person(&w.learner);
        learner.post(&claim, json!({})).await.expect(201);
        learner.post(&format!("/api/v1/tasks/{read}/start"), json!({})).await.expect(204);
        rows::class_allocation::settled_anew(&bed, w.class).await;

        let material = [
            (format!("/api/v1/tasks/{read}"), "task_board.charter_unsigned"),
            (format!("/api/v1/tasks/{read}/wordings"), "task_board.charter_unsigned"),
            (w.training_path("resources"), "course_library.charter_unsigned"),
            (format!("/api/v1/micro-videos/{}/playback", w.video), "not_found"),
        ];
        let work = [claim, format!("/api/v1/tasks/{read}/start"), format!("/api/v1/tasks/{watch}/playbacks")];
        let week = w.class_path("this-week");
        for who in [&w.learner, &never].map(|who| w.app.as_person(who)) {
            let seen = who.get(&week).await.expect(200).json();
            assert_eq!((&seen["list"], &seen["next"]), (&Value::Null, &json!({"kind": "sign_charter"})));
            for (path, code) in &material {
                assert_eq!(who.get(path).await.code(), *code, "{path}");
            }
            for path in &work {
                let refused = who.post(path, json!({})).await;
                refused.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
            }
        }
        rows::training_plan::closed(&bed, w.training).await;
        for who in [&w.learner, &never].map(|who| w.app.as_person(who)) {
            let seen = who.get(&week).await.expect(200).json();
            assert_eq!((&seen["list"]["id"], &seen["next"]), (&list["id"], &json!({"kind": "closed"})));
            assert_eq!(seen["is_signed"], false, "they have not, and nobody asks");
            let later = who.get(&w.class_path("weeks/2")).await.expect(200).json();
            assert_eq!((&later["list"], &later["next"]), (&Value::Null, &json!({"kind": "closed"})));
            for (path, _) in &material {
                who.get(path).await.expect(200);
            }
            for path in &work {
                who.post(path, json!({})).await.expect_problem(StatusCode::CONFLICT, "training.closed");
            }
        }
        let mine = learner.get(&format!("/api/v1/tasks/{read}")).await.expect(200).json();
        assert_eq!(mine["state"], "started");
        let seatless = Grant { role: Role::Learner, scope: Scope::Training(w.training) };
        let seatless = bed.person("未分班", &[seatless]).await;
        w.app.as_person(&seatless).get(&w.training_path("resources")).await.expect(404);
        for (path, _) in &material {
            assert_eq!(w.app.as_person(&w.outsider).get(path).await.status, 404, "{path}");
        }
        // Nor is shown what their class was never given, or what had yet to begin.
        assert_eq!(w.app.as_person(&w.neighbour).get(&material[0].0).await.status, 404);
        let next = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
        let next = rows::task_board::task(&bed, next, "read", "下周", None).await;
        let early = learner.get(&format!("/api/v1/tasks/{next}")).await;
        early.expect_problem(StatusCode::CONFLICT, "task_board.week_not_open");
    }
);

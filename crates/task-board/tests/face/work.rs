//! Watching and writing through the routes.

use http::StatusCode;
use kernel::Timestamp;
use kernel::id::TaskId;
use serde_json::{Value, json};
use storage::sql;
use testkit::{AsPerson, TestBed, TestPerson, rows};

use crate::world::{self, World, text};

/// A stretch played at normal speed with the page in sight.
fn record(counter: u32, from: u32, to: u32) -> Value {
    json!({"counter": counter, "from_ms": from, "to_ms": to, "rate_hundredths": 100, "wall_ms": to - from, "is_visible": true})
}

async fn open(learner: &AsPerson<'_>, task: &str) -> String {
    let opened = learner.post(&format!("{task}/playbacks"), json!({})).await.expect(201).json();
    text(&opened["id"]).to_owned()
}

async fn report(learner: &AsPerson<'_>, task: &str, playback: &str, records: Vec<Value>) -> Value {
    let body = json!({"playback_id": playback, "records": records});
    learner.post(&format!("{task}/watch-evidence"), body).await.expect(200).json()
}

/// The list's watch task, claimed by the learner.
async fn watch_task(w: &World) -> String {
    let list = w.published_list(1).await;
    let learner = w.app.as_person(&w.learner);
    learner.post(&format!("/api/v1/task-lists/{}/claim", text(&list["id"])), json!({})).await.expect(201);
    format!("/api/v1/tasks/{}", text(&list["tasks"][1]["id"]))
}

testkit::on_both_databases!(
    what_was_watched_in_time_is_in_time_when_it_is_told_late,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let list = w.published_list(1).await;
        let (watch, claim) = (&list["tasks"][1], format!("/api/v1/task-lists/{}/claim", text(&list["id"])));
        let task = format!("/api/v1/tasks/{}", text(&watch["id"]));
        let second = world::learner(&bed, w.training, w.class, "陈老师", true).await;
        let third = world::learner(&bed, w.training, w.class, "赵老师", true).await;
        // (who, when they open it, when their device says that it was watched, whether that is late, when it is done)
        let closes: Timestamp = "2026-11-08T16:00:00Z".parse().expect("an instant");
        let before = |seconds: i64| closes.plus_seconds(-seconds);
        let said = |ms: u32| Some(ms);
        let watched = [
            (&w.learner, before(7_200), said(60_000), false, before(7_140)),
            // Nobody plays a minute in half of one, whatever their device says.
            (&second, before(30), said(10), true, before(-24)),
            // And a device that says nothing has watched when it says so.
            (&third, before(7_200), None, true, before(-36_000)),
        ];
        for (who, opened, ended_ms, is_late, done_at) in watched {
            bed.clock.set(opened);
            let me = w.app.as_person(who);
            me.post(&claim, json!({})).await.expect(201);
            let playback = open(&me, &task).await;
            bed.clock.set(before(-36_000));
            let mut played = record(0, 0, 54_000);
            if let Some(ended_ms) = ended_ms {
                played["ended_ms"] = json!(ended_ms);
            }
            let told = report(&me, &task, &playback, vec![played]).await;
            assert_eq!((&told["is_done"], &told["is_ended"]), (&json!(true), &json!(false)), "{told}");
            let page = me.get(&task).await.expect(200).json();
            assert_eq!((&page["is_late"], &page["done_at"]), (&json!(is_late), &json!(done_at)), "{opened}");
        }
    }
);

testkit::on_both_databases!(watching_is_credited_as_time_passes, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let playback = open(&learner, &task).await;
    let early = report(&learner, &task, &playback, vec![record(0, 0, 60_000)]).await;
    assert_eq!((early["gained_ms"].as_i64(), text(&early["refused"][0]["reason"])), (Some(0), "over_budget"));
    bed.clock.advance_seconds(30);
    let half =
        report(&learner, &task, &playback, vec![record(1, 0, 10_000), record(2, 10_000, 30_000)]).await;
    assert_eq!((half["credited_ms"].as_i64(), half["is_done"].as_bool()), (Some(30_000), Some(false)));
    let replayed =
        report(&learner, &task, &playback, vec![record(1, 0, 10_000), record(2, 10_000, 30_000)]).await;
    assert_eq!((replayed["gained_ms"].as_i64(), &replayed["refused"]), (Some(0), &json!([])));

    // The network is away for two hours; what was watched meanwhile counts when it comes.
    bed.clock.advance_seconds(7_200);
    let late =
        report(&learner, &task, &playback, vec![record(4, 45_000, 54_000), record(3, 30_000, 45_000)]).await;
    assert_eq!((late["credited_ms"].as_i64(), late["is_done"].as_bool()), (Some(54_000), Some(true)));
    assert_eq!(late["covered"], json!([[0, 54_000]]));
    let week = w.this_week().await;
    assert_eq!(
        (text(&week["list"]["tasks"][1]["state"]), week["list"]["tasks"][1]["credited_seconds"].as_i64()),
        ("done", Some(54))
    );

    let mut conn = bed.db().read().await.expect("a reader");
    let credited: i64 =
        sql("select credited_ms as value from v_task_progress where person_id = $1 and state = 'done'")
            .bind(w.learner.id)
            .one(&mut conn)
            .await
            .expect("seconds");
    assert_eq!(credited, 54_000);
    let kept: i64 = sql("select count(*) as value from watch_evidence where person_id = $1")
        .bind(w.learner.id)
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(kept, 4);
    let records: Vec<String> =
        sql("select verb as value from v_learning_record where actor_id = $1 order by verb")
            .bind(w.learner.id)
            .all(&mut conn)
            .await
            .expect("records");
    // What earned nothing is evidence and no progress.
    assert_eq!(records, ["completed", "launched", "progressed", "progressed", "registered"]);
});

testkit::on_both_databases!(a_report_stores_no_more_than_it_may, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let playback = open(&learner, &task).await;
    bed.clock.advance_seconds(60);
    let mut scattered = 0;
    for batch in 0..6 {
        let records = (0..200).map(|n| record((batch * 200 + n) * 2, 0, 10)).collect();
        let told = report(&learner, &task, &playback, records).await;
        let refused = told["refused"].as_array().expect("a list");
        scattered += refused.iter().filter(|stretch| stretch["reason"] == "too_scattered").count();
    }
    assert_eq!(scattered, 699);
    let mut conn = bed.db().read().await.expect("a reader");
    let newest: SeenRow =
        sql("select seen from watch_evidence where person_id = $1 order by number desc limit 1")
            .bind(w.learner.id)
            .one(&mut conn)
            .await
            .expect("the newest evidence");
    assert_eq!(newest.seen.0.len(), 501);
});

storage::from_row! {
    struct SeenRow { seen: storage::Json<Vec<(u32, u32)>> }
}

testkit::on_both_databases!(reports_at_once_earn_no_more_than_the_clock, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let earlier = open(&learner, &task).await;
    bed.clock.advance_seconds(10);
    let newer = open(&learner, &task).await;
    bed.clock.advance_seconds(20);
    // Of each playback ten reports of six seconds each: the minute is reported twice, where half of it can have been watched.
    let sends: Vec<_> = (0..20)
        .map(|n| {
            let (app, person, path) = (w.app.clone(), w.learner.clone(), format!("{task}/watch-evidence"));
            let playback = if n % 2 == 0 { &earlier } else { &newer };
            let records = [record(n, n / 2 * 6_000, n / 2 * 6_000 + 6_000)];
            let body = json!({"playback_id": playback, "records": records});
            tokio::spawn(async move { app.as_person(&person).post(&path, body).await.expect(200).json() })
        })
        .collect();
    let mut gained = 0;
    for send in sends {
        gained += send.await.expect("the request ends")["gained_ms"].as_i64().expect("milliseconds");
    }
    let week = w.this_week().await;
    let credited = week["list"]["tasks"][1]["credited_seconds"].as_i64().expect("seconds");
    assert_eq!(gained / 1_000, credited);
    assert!((20..=30).contains(&credited), "{credited} seconds of 30 that passed");
    let mut conn = bed.db().read().await.expect("a reader");
    let kept: i64 = sql("select count(*) as value from watch_evidence where playback_id in (select id from playbacks) and number <= 10")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(kept, 20, "each is counted within its playback");
});

testkit::on_both_databases!(who_left_the_class_is_credited_until_then, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let playback = open(&w.app.as_person(&w.learner), &task).await;
    bed.clock.advance_seconds(20);
    rows::class_allocation::departed(&bed, w.training, w.class, w.learner.id).await;
    // What they hold in the class is taken with the seat.
    let gone = bed.callers.enter(&bed.ambient, w.learner.id, &[]);
    let gone = w.app.as_person(&gone);
    bed.clock.advance_seconds(40);
    // The phone had no network; what it played before the end counts, and nothing it plays on.
    let told = report(&gone, &task, &playback, vec![record(0, 0, 15_000), record(1, 15_000, 45_000)]).await;
    assert_eq!((told["credited_ms"].as_i64(), told["is_ended"].as_bool()), (Some(20_000), Some(true)));
    assert_eq!(told["is_done"], false);
    bed.clock.advance_seconds(600);
    let later = report(&gone, &task, &playback, vec![record(2, 20_000, 60_000)]).await;
    assert_eq!((later["gained_ms"].as_i64(), later["credited_ms"].as_i64()), (Some(0), Some(20_000)));
    gone.post(&format!("{task}/playbacks"), json!({}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");

    // With a seat again another playback counts, and the old one still does not.
    rows::class_allocation::place(&bed, w.class, w.learner.id, false).await;
    let back = w.app.as_person(&w.learner);
    let old = report(&back, &task, &playback, vec![record(3, 20_000, 60_000)]).await;
    assert_eq!(old["gained_ms"], 0);
    bed.clock.advance_seconds(1);
    let again = open(&back, &task).await;
    bed.clock.advance_seconds(40);
    let done = report(&back, &task, &again, vec![record(0, 20_000, 60_000)]).await;
    assert_eq!((done["credited_ms"].as_i64(), done["is_done"].as_bool()), (Some(60_000), Some(true)));
});

testkit::on_both_databases!(clock_that_is_set_back_stops_no_playback, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let right = bed.ambient.now();
    bed.clock.advance_seconds(7_200);
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let playback = open(&learner, &task).await;
    bed.clock.advance_seconds(10);
    let before = report(&learner, &task, &playback, vec![record(0, 0, 10_000)]).await;
    assert_eq!(before["credited_ms"].as_i64(), Some(10_000));
    bed.clock.set(right.plus_seconds(600));
    // Nobody knows how long it has been: this one earns nothing, and no later one is free either.
    let at_once = report(&learner, &task, &playback, vec![record(1, 10_000, 20_000)]).await;
    assert_eq!(
        (at_once["gained_ms"].as_i64(), text(&at_once["refused"][0]["reason"])),
        (Some(0), "over_budget")
    );
    bed.clock.advance_seconds(15);
    let after =
        report(&learner, &task, &playback, vec![record(2, 20_000, 35_000), record(3, 35_000, 50_000)]).await;
    assert_eq!(
        (after["gained_ms"].as_i64(), after["refused"][0]["ms"].as_i64()),
        (Some(15_000), Some(15_000))
    );
});

testkit::on_both_databases!(two_devices_do_not_watch_twice, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let phone = open(&learner, &task).await;
    bed.clock.advance_seconds(10);
    let tablet = open(&learner, &task).await;
    bed.clock.advance_seconds(20);
    // Thirty seconds have passed in all; both devices claim that they played them.
    let first = report(&learner, &task, &phone, vec![record(0, 0, 30_000)]).await;
    assert_eq!((first["gained_ms"].as_i64(), first["is_ended"].as_bool()), (Some(10_000), Some(true)));
    let second = report(&learner, &task, &tablet, vec![record(0, 30_000, 60_000)]).await;
    assert_eq!(second["gained_ms"].as_i64(), Some(20_000));

    let sends: Vec<_> = (0..20)
        .map(|_| {
            let (app, person, path) = (w.app.clone(), w.learner.clone(), format!("{task}/playbacks"));
            tokio::spawn(async move { app.as_person(&person).post(&path, json!({})).await.status })
        })
        .collect();
    for send in sends {
        assert_eq!(send.await.expect("the request ends"), 201);
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let open: i64 = sql("select count(*) as value from playbacks where person_id = $1 and ended_at is null")
        .bind(w.learner.id)
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(open, 1);
});

testkit::on_both_databases!(playback_is_its_viewers_alone, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = watch_task(&w).await;
    let learner = w.app.as_person(&w.learner);
    let playback = open(&learner, &task).await;
    let body = json!({"playback_id": playback, "records": [record(0, 0, 10)]});
    let evidence = format!("{task}/watch-evidence");
    w.app.as_person(&w.neighbour).post(&evidence, body.clone()).await.expect(404);
    w.app.as_person(&w.assistant).post(&evidence, body).await.expect(404);
    let unknown = json!({"playback_id": "plb_01h455vb4pex5vsknk084sn02q", "records": [record(0, 0, 10)]});
    learner.post(&evidence, unknown).await.expect(404);
    let many: Vec<_> = (0..201).map(|n| record(n, 0, 10)).collect();
    learner.post(&evidence, json!({"playback_id": playback, "records": many})).await.expect(422);
    learner.post(&evidence, json!({"playback_id": playback, "records": []})).await.expect(422);
    let list = w.this_week().await;
    let read = format!("/api/v1/tasks/{}/playbacks", text(&list["list"]["tasks"][0]["id"]));
    learner.post(&read, json!({})).await.expect_problem(StatusCode::CONFLICT, "task_board.other_kind");
    bed.clock.advance_seconds(20 * 86_400);
    let closed = learner.post(&format!("{task}/playbacks"), json!({})).await;
    closed.expect_problem(StatusCode::CONFLICT, "task_board.week_closed");
});

testkit::on_both_databases!(a_reflection_is_handed_in_twenty_times, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "reflect", "写一写", None).await;
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let learner = w.app.as_person(&w.learner);
    let path = format!("/api/v1/tasks/{task}/reflection");
    let hand_in = format!("{path}/hand-in");
    let words =
        |n: i64| json!({"body": format!("第{n}次：今天我看见一个孩子自己找到了办法。"), "based_on": n - 1});
    assert_eq!(learner.get(&path).await.expect(200).json()["hand_ins_left"], 20);
    for n in 1..=20 {
        let made = learner.post(&hand_in, words(n)).await.expect(200).json();
        assert_eq!(made["hand_ins_left"], 20 - n);
    }
    learner
        .post(&hand_in, words(21))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.no_hand_in_left");
    let kept = learner.get(&path).await.expect(200).json();
    assert_eq!((kept["version"].as_i64(), kept["hand_ins_left"].as_i64()), (Some(20), Some(0)));
    // What somebody sent back must be able to come again.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let text = "update reflections set returned_at = submitted_at where task_id = $1";
    storage::sql(text).bind(task).exec(&mut tx).await.expect("sent back");
    tx.commit().await.expect("a commit");
    assert_eq!(learner.get(&path).await.expect(200).json()["hand_ins_left"], 1);
    let once_more = learner.post(&hand_in, words(21)).await.expect(200).json();
    assert_eq!(once_more["hand_ins_left"], 0);
});

testkit::on_both_databases!(reflection_is_saved_handed_in_and_closed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = rows::task_board::list(&bed, w.training, 1, &[w.class]).await;
    let task = rows::task_board::task(&bed, list, "reflect", "写一写", None).await;
    rows::task_board::claim(&bed, list, w.class, w.learner.id).await;
    let learner = w.app.as_person(&w.learner);
    let path = format!("/api/v1/tasks/{task}/reflection");
    assert_eq!(learner.get(&path).await.expect(200).json()["version"], 0);
    let first = learner.put(&path, json!({"draft": "今天", "based_on": 0})).await.expect(200).json();
    assert_eq!(first["version"], 1);
    learner.put(&path, json!({"draft": "今天我看见", "based_on": 1})).await.expect(200);
    let conflict = learner.put(&path, json!({"draft": "另一台", "based_on": 1})).await;
    let conflict = conflict.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
    assert_eq!(conflict["extra"], json!({"version": 2, "draft": "今天我看见"}));

    let hand_in = format!("{path}/hand-in");
    learner
        .post(&hand_in, json!({"body": "太短", "based_on": 2}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "task_board.too_short");
    learner.post(&hand_in, json!({"body": "长".repeat(2_001), "based_on": 2})).await.expect(422);
    let body = "今天我看见一个孩子自己找到了办法。";
    learner
        .post(&hand_in, json!({"body": "手机上的旧稿，很久以前写的一段话。", "based_on": 1}))
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    learner.post(&hand_in, json!({"body": body, "based_on": 2})).await.expect(200);
    assert_eq!(w.this_week().await["done"], 1);
    let first = learner.get(&path).await.expect(200).json();
    bed.clock.advance_seconds(60);
    let copy = learner.post(&hand_in, json!({"body": body, "based_on": 2})).await.expect(200).json();
    assert_eq!(copy["submitted_at"], first["submitted_at"], "the same words again are no new hand-in");
    let better = format!("{body}明天再看。");
    let again = learner.post(&hand_in, json!({"body": better, "based_on": 3})).await.expect(200).json();
    assert_eq!(again["body"], better.as_str());

    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let id = text(&again["id"]).parse().expect("an id");
    assert!(task_board::reflections::close(&mut tx, id, bed.ambient.now()).await.expect("closed"));
    tx.commit().await.expect("a commit");
    for refused in [
        learner.post(&hand_in, json!({"body": better, "based_on": 4})).await,
        learner.put(&path, json!({"draft": "再改", "based_on": 4})).await,
    ] {
        refused.expect_problem(StatusCode::CONFLICT, "task_board.reflection_closed");
    }
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    assert!(task_board::reflections::reopen(&mut tx, id).await.expect("opened"));
    tx.commit().await.expect("a commit");
    learner.post(&hand_in, json!({"body": better, "based_on": 4})).await.expect(200);

    w.app.as_person(&w.neighbour).get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    w.app.as_person(&w.neighbour).put(&path, json!({"draft": "我的", "based_on": 0})).await.expect(404);
    let mut conn = bed.db().read().await.expect("a reader");
    let handed_in: String = sql("select body as value from v_reflection where task_id = $1")
        .bind(task)
        .one(&mut conn)
        .await
        .expect("a reflection");
    assert_eq!(handed_in, better);
});

testkit::on_both_databases!(a_reflection_is_there_for_who_may_write_it_or_has, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
    let mut tasks = Vec::new();
    for (week, kind, classes, claimed) in [
        (1, "reflect", &[w.class][..], true),
        (1, "reflect", &[w.class], true),
        (1, "read", &[w.class], true),
        (2, "reflect", &[w.class], true),
        (3, "reflect", &[w.class], false),
        (4, "reflect", &[], false),
    ] {
        let list = match tasks.last() {
            Some((last, of, _)) if *of == week => *last,
            _ => rows::task_board::list(&bed, w.training, week, classes).await,
        };
        if claimed && tasks.iter().all(|(last, _, _)| *last != list) {
            for learner in [&w.learner, &unsigned] {
                rows::task_board::claim(&bed, list, w.class, learner.id).await;
            }
        }
        tasks.push((list, week, rows::task_board::task(&bed, list, kind, "写一写", None).await));
    }
    let tasks: Vec<_> = tasks.into_iter().map(|(_, _, task)| task).collect();
    let [written, open, read, next, unclaimed, unpublished] = tasks[..] else { panic!("six tasks") };
    let invented = bed.ambient.new_id();
    let status = async |person: &TestPerson, task: TaskId| {
        let answer = w.app.as_person(person).get(&format!("/api/v1/tasks/{task}/reflection")).await;
        let code = if answer.status == 200 { String::new() } else { answer.code() };
        (answer.status, code)
    };
    let draft = json!({"draft": "今天", "based_on": 0});
    w.app.as_person(&w.learner).put(&format!("/api/v1/tasks/{written}/reflection"), draft).await.expect(200);
    let (here, none) = ((200, String::new()), (404, "not_found".to_owned()));
    for (task, learner) in [
        (written, &here),
        (open, &here),
        (read, &none),
        (next, &none),
        (unclaimed, &none),
        (unpublished, &none),
        (invented, &none),
    ] {
        assert_eq!(&status(&w.learner, task).await, learner, "{task}");
        for other in [&unsigned, &w.neighbour, &w.outsider, &w.expert, &w.assistant, &w.lead] {
            assert_eq!(status(other, task).await, none, "{task}");
        }
    }
    // The second week: what was not written in the first stays away, and what was written is read.
    bed.clock.set("2026-11-08T16:00:00Z".parse().expect("an instant"));
    assert_eq!(status(&w.learner, next).await, here);
    bed.clock.set("2026-11-22T16:00:00Z".parse().expect("an instant"));
    assert_eq!((status(&w.learner, open).await, status(&w.learner, written).await), (none, here));
});

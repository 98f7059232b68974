//! Notices through their face, on both databases.

use std::sync::Arc;

use http::StatusCode;
use identity::phone_changed::{FORMER_SIGN_IN, FormerSignIn, PHONE_CHANGED, PhoneChanged};
use kernel::id::{NoticeId, PersonId};
use notification::jobs::{TellOfFormerSignIn, TellOfPhone};
use notification::{Happened, Notice};
use realtime::{Channel, Hub};
use serde_json::{Value, json};
use storage::jobs::{self, Runner};
use storage::sql;
use testkit::{AsPerson, TestApp, TestBed, TestPerson, on_both_databases};

struct Desk {
    bed: TestBed,
    hub: Hub,
    app: TestApp,
}

impl Desk {
    async fn open(bed: TestBed) -> Self {
        let hub = bed.hub().await;
        let routes = notification::router(bed.platform(), hub.clone()).merge(realtime::router(hub.clone()));
        let app = bed.serve(routes);
        Self { bed, hub, app }
    }

    fn somebody(&self) -> TestPerson {
        let id: PersonId = self.bed.ambient.new_id();
        self.bed.callers.enter(&self.bed.ambient, id, &[])
    }

    async fn notify(&self, people: &[&TestPerson], notice: &Notice) {
        self.bed.clock.advance_seconds(1);
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        let ids = people.iter().map(|person| person.id);
        notification::notify_all(&mut tx, &self.bed.ambient, &self.hub, ids, notice)
            .await
            .expect("notices are written");
        tx.commit().await.expect("the commit succeeds");
    }

    async fn events(&self, person: &TestPerson, after: i64) -> Vec<Value> {
        let channel = Channel::Person(person.id);
        let path = format!("/api/v1/live/events?channel={channel}&after={after}&epoch={}", self.hub.epoch());
        let answer = self.app.as_person(person).get(&path).await.expect(200).json();
        answer["events"].as_array().expect("events").clone()
    }
}

async fn unread(person: &AsPerson<'_>) -> i64 {
    let answer = person.get("/api/v1/notices/unread-count").await.expect(200).json();
    answer["unread"].as_i64().expect("a number")
}

fn week(week: u16) -> Notice {
    Notice::new(Happened::ListPublished { training: "复式教学".into(), week }, "/learn")
}

on_both_databases!(notice_is_listed_counted_and_told_live, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let (me, other) = (desk.somebody(), desk.somebody());
    desk.notify(&[&me, &me], &week(3)).await;
    let seen = desk.app.as_person(&me);
    let page = seen.get("/api/v1/notices").await.expect(200).json();
    let notice = &page["items"][0];
    assert_eq!(notice["kind"], "list_published");
    assert_eq!(notice["text"], "“复式教学”第 3 周任务单已发布");
    assert_eq!(notice["text_en"], "The tasks of week 3 of “复式教学” are published");
    assert_eq!((&notice["link"], &notice["read"]), (&json!("/learn"), &json!(false)));
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "each person once");
    assert_eq!(unread(&seen).await, 1);
    let events = desk.events(&me, 0).await;
    assert_eq!(events[0]["kind"], "notice_added");
    assert_eq!(&events[0]["data"], notice, "the event shows what the list shows");

    let others = desk.app.as_person(&other);
    assert_eq!(unread(&others).await, 0);
    assert_eq!(others.get("/api/v1/notices").await.expect(200).json()["items"], json!([]));
});

on_both_databases!(reading_counts_once_and_is_told_to_other_devices, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let (me, other) = (desk.somebody(), desk.somebody());
    for number in 1..=3 {
        desk.notify(&[&me], &week(number)).await;
    }
    let seen = desk.app.as_person(&me);
    let list = async || seen.get("/api/v1/notices").await.expect(200).json();
    let id = list().await["items"][1]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/notices/{id}/read");
    for _ in 0..2 {
        seen.post(&path, json!({})).await.expect(204);
        assert_eq!(unread(&seen).await, 2);
    }
    let read: Vec<_> =
        list().await["items"].as_array().expect("items").iter().map(|n| n["read"].clone()).collect();
    assert_eq!(read, [false, true, false]);

    let hidden = desk.app.as_person(&other).post(&path, json!({})).await;
    hidden.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let unknown: NoticeId = desk.bed.ambient.new_id();
    let missing = seen.post(&format!("/api/v1/notices/{unknown}/read"), json!({})).await;
    missing.expect_problem(StatusCode::NOT_FOUND, "not_found");

    for _ in 0..2 {
        seen.post("/api/v1/notices/read-all", json!({})).await.expect(204);
        assert_eq!(unread(&seen).await, 0);
    }
    let events = desk.events(&me, 3).await;
    let told: Vec<_> = events.iter().map(|e| (e["kind"].clone(), e["data"].clone())).collect();
    let unread = |count: i64| (json!("notices_read"), json!({"unread": count}));
    assert_eq!(told, [unread(2), unread(0)], "only what changed something is told");
});

on_both_databases!(pages_go_back_in_time_without_repeating, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let me = desk.somebody();
    for number in 1..=5 {
        desk.notify(&[&me], &week(number)).await;
    }
    let seen = desk.app.as_person(&me);
    let (mut path, mut weeks) = ("/api/v1/notices?limit=2".to_owned(), Vec::new());
    loop {
        let page = seen.get(&path).await.expect(200).json();
        weeks.extend(page["items"].as_array().expect("items").iter().map(|n| n["text"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/notices?limit=2&after={next}");
    }
    assert_eq!(weeks, [5, 4, 3, 2, 1].map(|n| format!("“复式教学”第 {n} 周任务单已发布")));
    let nonsense = seen.get("/api/v1/notices?after=nonsense").await;
    nonsense.expect_problem(StatusCode::BAD_REQUEST, "notices.no_such_page");
});

on_both_databases!(action_that_fails_leaves_no_notice, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let me = desk.somebody();
    let mut tx = desk.bed.db().begin_write().await.expect("a transaction");
    notification::notify(&mut tx, &desk.bed.ambient, &desk.hub, me.id, &week(1))
        .await
        .expect("a notice is written");
    drop(tx);
    assert_eq!(unread(&desk.app.as_person(&me)).await, 0);

    let mut tx = desk.bed.db().begin_write().await.expect("a transaction");
    let elsewhere =
        Notice::new(Happened::Admitted { training: "复式教学".into() }, "https://elsewhere.example");
    let refused = notification::notify(&mut tx, &desk.bed.ambient, &desk.hub, me.id, &elsewhere).await;
    assert!(refused.expect_err("a notice leads into the application").breaks("person_notices_link_check"));
});

// As while a newer version of the program runs beside this one.
on_both_databases!(notice_of_an_unknown_kind_is_shown_plainly, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let me = desk.somebody();
    for (kind, params) in [("moon_rose", json!({})), ("list_published", json!({"renamed": 3}))] {
        desk.bed.clock.advance_seconds(1);
        let mut tx = desk.bed.db().begin_write().await.expect("a transaction");
        sql("insert into notice_kinds (word) values ($1) on conflict (word) do nothing")
            .bind(kind)
            .exec(&mut tx)
            .await
            .expect("a later migration adds the kind");
        sql("insert into person_notices (id, person_id, kind, params, link, at) values ($1, $2, $3, $4, $5, $6)")
            .bind(desk.bed.ambient.new_id::<kernel::id::kind::Notice>())
            .bind(me.id)
            .bind(kind)
            .bind(params)
            .bind("/learn")
            .bind(desk.bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a newer version writes a notice");
        tx.commit().await.expect("the commit succeeds");
    }
    desk.notify(&[&me], &week(3)).await;
    let page = desk.app.as_person(&me).get("/api/v1/notices").await.expect(200).json();
    let texts: Vec<_> = page["items"].as_array().expect("items").iter().map(|n| n["text"].clone()).collect();
    let plain = "有一条新通知，请点开查看。";
    assert_eq!(texts, ["“复式教学”第 3 周任务单已发布", plain, plain]);
    assert_eq!(page["items"][2]["kind"], "moon_rose");
});

on_both_databases!(notices_are_for_the_signed_in, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let nobody = desk.app.as_nobody();
    for path in ["/api/v1/notices", "/api/v1/notices/unread-count"] {
        nobody.get(path).await.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
    }
    let answer = nobody.post("/api/v1/notices/read-all", json!({})).await;
    answer.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
});

on_both_databases!(whoever_signs_in_by_another_phone_is_told, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let me = desk.somebody();
    let (db, ambient) = (desk.bed.db().clone(), desk.bed.ambient.clone());
    let masked = |number: &str| Some(number.to_owned());
    let mut tx = db.begin_write().await.expect("a transaction");
    for (from, to) in [
        (masked("160****1001"), None),
        (None, masked("160****9999")),
        (masked("160****1001"), masked("160****9999")),
    ] {
        let changed = PhoneChanged { person: me.id, from, to };
        jobs::enqueue(&mut tx, &ambient, PHONE_CHANGED, &changed, ambient.now()).await.expect("a job");
    }
    tx.commit().await.expect("the commit succeeds");
    let tell = TellOfPhone::new(desk.bed.platform(), desk.hub.clone());
    let runner = Runner::new(db, ambient).handle(PHONE_CHANGED, Arc::new(tell));
    assert_eq!(runner.run_due().await.expect("the jobs run"), 3);
    let page = desk.app.as_person(&me).get("/api/v1/notices").await.expect(200).json();
    for (kind, numbers) in [
        ("phone_taken", &["160****1001"][..]),
        ("phone_given", &["160****9999"]),
        ("phone_changed", &["160****1001", "160****9999"]),
    ] {
        let notices = page["items"].as_array().expect("notices");
        let notice = notices.iter().find(|notice| notice["kind"] == kind).expect(kind);
        assert_eq!(notice["link"], "/my/password");
        let text = notice["text"].as_str().expect("a text");
        assert!(numbers.iter().all(|number| text.contains(number)), "{text}");
    }
});

on_both_databases!(those_who_see_somebody_hear_of_their_former_sign_in, |bed: TestBed| async move {
    let desk = Desk::open(bed).await;
    let (me, office) = (desk.somebody(), desk.somebody());
    let (db, ambient) = (desk.bed.db().clone(), desk.bed.ambient.clone());
    let happened = FormerSignIn {
        person: me.id,
        name: "何秀兰".to_owned(),
        changed_at: ambient.now(),
        tell: vec![office.id],
    };
    let mut tx = db.begin_write().await.expect("a transaction");
    jobs::enqueue(&mut tx, &ambient, FORMER_SIGN_IN, &happened, ambient.now()).await.expect("a job");
    tx.commit().await.expect("the commit succeeds");
    let tell = TellOfFormerSignIn::new(desk.bed.platform(), desk.hub.clone());
    let runner = Runner::new(db, ambient).handle(FORMER_SIGN_IN, Arc::new(tell));
    assert_eq!(runner.run_due().await.expect("the job runs"), 1);
    let page = desk.app.as_person(&office).get("/api/v1/notices").await.expect(200).json();
    let notice = &page["items"][0];
    assert_eq!(notice["link"], format!("/office/people/{}", me.id));
    let text = notice["text"].as_str().expect("a text");
    assert!(text.contains("何秀兰") && text.contains("2026年11月2日"), "{text}");
    let page = desk.app.as_person(&me).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(page["items"], json!([]));
});

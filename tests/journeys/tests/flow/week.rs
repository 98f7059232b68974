//! The week: made by the expert, published by the assistant, worked through by a learner who watches honestly.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::classes::Class;
use crate::client::{Person, Request, list, text};
use crate::people::{People, notices};
use crate::plan::Training;
use crate::refusals::{refused, told};

const VIDEO: &[u8] = include_bytes!("files/two-seconds.mp4");

/// The tasks of the first week, one of each kind.
pub struct Week {
    pub read: String,
    pub watch: String,
    pub discuss: String,
    pub test: String,
    pub assignment: String,
    pub reflect: String,
    pub paper: String,
}

/// What the expert has ready before the training opens.
pub struct Prepared {
    video: String,
    paper: String,
    list: Value,
}

pub async fn prepare(people: &People, training: &Training) -> Prepared {
    let video = upload_video(people, training).await;
    let paper = write_paper(&people.expert, training).await;
    let list = make_list(people, training, &video, &paper).await;
    Prepared { video, paper, list }
}

/// A list of the first week with one thing to read, ready to be published.
pub async fn prepare_little(expert: &Person, training: &Training) {
    let body = json!({ "week": 1, "goal": "认识彼此" });
    let list = expert.post(&training.path("task-lists"), body).await.expect(201).json();
    let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
    let task = json!({ "kind": "read", "title": "读：开班的话", "minutes": 5, "body_markdown": "欢迎。" });
    expert.post_as_read(&path, &format!("{path}/tasks"), task).await.expect(201);
    let version = expert.version_of(&path).await;
    expert.put_version(&format!("{path}/state"), json!({ "state": "ready" }), version).await.expect(200);
}

/// The first learner reads, watches and reflects; the second only reads.
pub async fn work_through_the_week(people: &People, class: &Class, prepared: Prepared) -> Week {
    let Prepared { video, paper, list } = prepared;
    let tasks: Vec<String> = self::list(&list["tasks"]).iter().map(|task| text(&task["id"])).collect();
    let [read, watch, discuss, test, assignment, reflect] =
        <[String; 6]>::try_from(tasks).expect("six tasks");
    let week = Week { read, watch, discuss, test, assignment, reflect, paper };

    let [first, second, unsigned, _] = &people.teachers[..] else { panic!("four teachers") };
    told(first, &Request::get(week_task(&week.read, "")), 404, "not_found").await;
    publish(people, class, &list).await;
    play(first, &video).await;
    let playback = format!("/api/v1/micro-videos/{video}/playback");
    for hidden in [unsigned, &people.neighbour] {
        told(hidden, &Request::get(&*playback), 404, "not_found").await;
    }
    correct(people, &list, first).await;
    told(unsigned, &Request::get(week_task(&week.read, "")), 409, "task_board.charter_unsigned").await;
    told(&people.neighbour, &Request::get(week_task(&week.read, "")), 404, "not_found").await;

    let this_week = class.path("this-week");
    let start = Request::post(week_task(&week.read, "/start"), json!({}));
    refused(first, &start, 409, "task_board.not_claimed", (first, &this_week)).await;
    for learner in [first, second] {
        let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
        learner.post(&claim, json!({})).await.expect(201);
        learner.send(&start).await.expect(204);
        learner.post(&week_task(&week.read, "/read"), json!({})).await.expect(204);
    }
    watch_honestly(first, &week.watch, &video).await;
    reflect_on_it(first, &week.reflect, &this_week).await;
    let seen = first.get(&this_week).await.expect(200).json();
    assert_eq!(
        (seen["done"].as_i64(), seen["total"].as_i64(), text(&seen["phase"])),
        (Some(3), Some(6), "open".into())
    );
    let matrix = people.assistant.get(&class.path("matrix")).await.expect(200).json();
    let done: Vec<_> = self::list(&matrix["learners"]).iter().map(|l| l["done"].as_i64()).collect();
    assert_eq!(done.iter().copied().flatten().sum::<i64>(), 4, "{matrix}");
    week
}

/// A path below a task.
pub fn week_task(task: &str, rest: &str) -> String {
    format!("/api/v1/tasks/{task}{rest}")
}

/// The expert uploads a micro-video; a learner plays it in ranges.
async fn upload_video(people: &People, training: &Training) -> String {
    let videos = training.path("micro-videos");
    let expert = &people.expert;
    let text_file = Request::upload(&*videos, &[("title", "一天")], "一天.mp4", b"not a video at all");
    refused(expert, &text_file, 422, "course_library.wrong_kind", (expert, &videos)).await;
    let upload = Request::upload(&*videos, &[("title", "一师一校的一天")], "一天.mp4", VIDEO);
    told(&people.teachers[0], &upload, 403, "access.denied").await;
    let made = expert.send(&upload).await.expect(201).json();
    assert_eq!((made["seconds"].as_i64(), made["width"].as_i64()), (Some(2), Some(320)));

    let id = text(&made["id"]);
    let playback = format!("/api/v1/micro-videos/{id}/playback");
    told(&people.teachers[0], &Request::get(&*playback), 404, "not_found").await;
    told(&people.teachers[0], &Request::get(&*videos), 403, "access.denied").await;
    people.assistant.get(&playback).await.expect(200);
    id
}

/// Published with its week, the video plays in ranges.
async fn play(learner: &Person, id: &str) {
    let playback = learner.get(&format!("/api/v1/micro-videos/{id}/playback")).await.expect(200).json();
    let range = Request::get(text(&playback["url"])).with("range", "bytes=4-7");
    let part = learner.send(&range).await.expect(206);
    assert_eq!((&part.bytes[..], part.header("content-type").as_str()), (&b"ftyp"[..], "video/mp4"));
    assert_eq!(part.header("content-range"), format!("bytes 4-7/{}", VIDEO.len()));
}

async fn write_paper(expert: &Person, training: &Training) -> String {
    let papers = training.path("test-papers");
    let item = |kind: &str, keys: &[&str], right: &[&str]| {
        let options: Vec<Value> =
            keys.iter().map(|key| json!({ "key": key, "text": format!("选项{key}") })).collect();
        json!({ "kind": kind, "stem": "同一节课教两个年级，叫什么？", "options": options, "right": right,
            "explanation": "这就是复式教学。", "points": 10 })
    };
    let body = json!({
        "title": "复式教学入门", "minutes": 30, "attempts_allowed": 1,
        "multiple_rule": "partial", "show_answers": "after_last",
        "items": [
            item("single", &["a", "b"], &["b"]),
            item("multiple", &["a", "b", "c"], &["a", "c"]),
            item("true_false", &["true", "false"], &["true"]),
        ],
    });
    let made = expert.post(&papers, body).await.expect(201).json();
    let id = text(&made["id"]);
    let publish = json!({ "version": made["version"] });
    expert.post(&format!("{papers}/{id}/publish"), publish).await.expect(200);
    id
}

/// A list with all six kinds of task, ready to be published.
async fn make_list(people: &People, training: &Training, video: &str, paper: &str) -> Value {
    let expert = &people.expert;
    let body = json!({ "week": 1, "goal": "弄清楚时间花在哪里", "goal_en": "Find out where the day goes" });
    let mut list = expert.post(&training.path("task-lists"), body).await.expect(201).json();
    let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
    let without_video = json!({ "kind": "watch", "title": "看：一天", "minutes": 5 });
    let add = |list: &Value, task: Value| {
        Request::post(format!("{path}/tasks"), task).version(list["version"].as_i64().expect("a version"))
    };
    refused(expert, &add(&list, without_video), 422, "task_board.wrong_reference", (expert, &path)).await;
    for task in [
        json!({ "kind": "read", "title": "读：三本账", "minutes": 10, "body_markdown": "**三本账**" }),
        json!({ "kind": "watch", "title": "看：一天", "minutes": 5, "ref_id": video }),
        json!({ "kind": "discuss", "title": "谈：四十分钟怎么分", "minutes": 20 }),
        json!({ "kind": "test", "title": "测：入门", "minutes": 10, "ref_id": paper }),
        json!({ "kind": "assignment", "title": "做：一份动静搭配表", "minutes": 40, "least_chars": 10,
            "body_markdown": "排一节课的表。" }),
        json!({ "kind": "reflect", "title": "写：这一周", "minutes": 20, "least_chars": 10 }),
    ] {
        list = expert.send(&add(&list, task)).await.expect(201).json();
    }
    let version = list["version"].as_i64().expect("a version");
    expert
        .put_version(&format!("{path}/state"), json!({ "state": "ready" }), version)
        .await
        .expect(200)
        .json()
}

/// The assistant tells the class, and the class has its week.
async fn publish(people: &People, class: &Class, list: &Value) {
    let announcements = class.path("announcements");
    let body = json!({ "list_id": list["id"], "title": "第一周", "body": "**先看视频**，再写一写。" });
    let publish = Request::post(&*announcements, body);
    refused(&people.teachers[0], &publish, 403, "access.denied", (&people.assistant, &announcements)).await;
    people.assistant.send(&publish).await.expect(201);
    let again = Request::post(
        &*announcements,
        json!({ "list_id": list["id"], "title": "再说一次", "body": "还是这一周。" }),
    );
    refused(
        &people.assistant,
        &again,
        409,
        "task_board.published_before",
        (&people.assistant, &announcements),
    )
    .await;
    assert_eq!(notices(&people.teachers[0]).await[0], "list_published");
    let page = people.teachers[0].get("/api/v1/notices").await.expect(200).json();
    let link = text(&page["items"][0]["link"]);
    assert!(link.starts_with("/learn/weeks/") && link.contains("?class=cls_"), "{link}");
}

/// What was wrong is corrected in the open: the expert says why, and learners read what it said before.
async fn correct(people: &People, list: &Value, learner: &Person) {
    let expert = &people.expert;
    let read = week_task(&text(&list["tasks"][0]["id"]), "");
    let path = format!("/api/v1/task-lists/{}", text(&list["id"]));
    let version = expert.get(&path).await.expect(200).version();
    let mut body = json!({ "kind": "read", "title": "读：三本账", "minutes": 10, "body_markdown": "**三本账**，各有各的用处" });
    let unsaid = Request::put(&*read, body.clone()).version(version);
    refused(expert, &unsaid, 422, "task_board.correction_unsaid", (expert, &path)).await;
    body["correction"] = json!("少了半句话");
    expert.put_version(&read, body, version).await.expect(200);
    let seen = learner.get(&read).await.expect(200).json();
    assert_eq!(
        (text(&seen["correction"]["made_as"]), text(&seen["correction"]["note"])),
        ("changed".into(), "少了半句话".into())
    );
    assert_eq!(notices(learner).await[0], "list_corrected");
    let wordings = learner.get(&format!("{read}/wordings")).await.expect(200).json();
    assert_eq!(wordings["items"][1]["body_markdown"], "**三本账**");
}

/// A forged report earns no more than the time that has passed; who really waits has watched it all.
async fn watch_honestly(learner: &Person, task: &str, video: &str) {
    let started = Instant::now();
    let opened = learner.post(&week_task(task, "/playbacks"), json!({})).await.expect(201).json();
    let length = opened["length_ms"].as_u64().expect("a length");
    let report = |counter: u32, rate: u64, wall_ms: u64| {
        json!({ "playback_id": opened["id"], "records": [{ "counter": counter, "from_ms": 0, "to_ms": length,
            "rate_hundredths": rate, "wall_ms": wall_ms, "is_visible": true }] })
    };
    let evidence = week_task(task, "/watch-evidence");
    // It says that two seconds have passed, a moment after the playback was opened; and that it played 16 times as fast.
    let forged = learner.post(&evidence, report(0, 100, length)).await.expect(200).json();
    let passed = u64::try_from(started.elapsed().as_millis()).expect("a short time");
    let earned = forged["credited_ms"].as_u64().expect("a figure");
    assert!(earned <= passed, "{earned} ms were credited within {passed} ms");
    let too_fast = learner.post(&evidence, report(1, 1600, length / 16)).await.expect(200).json();
    assert_eq!(
        (too_fast["gained_ms"].as_u64(), text(&too_fast["refused"][0]["reason"])),
        (Some(0), "too_fast".into())
    );
    let replayed = learner.post(&evidence, report(0, 100, length)).await.expect(200).json();
    assert_eq!(replayed["gained_ms"].as_u64(), Some(0), "a report counts once");

    // The video plays at double speed, and the test waits while it does.
    tokio::time::sleep(Duration::from_millis(length / 2 + 100)).await;
    let watched = learner.post(&evidence, report(2, 200, length / 2)).await.expect(200).json();
    assert_eq!(
        (watched["credited_ms"].as_u64(), watched["is_done"].as_bool()),
        (Some(length), Some(true)),
        "{watched}"
    );
    let mine = learner.get(&week_task(task, "")).await.expect(200).json();
    assert_eq!((text(&mine["state"]), text(&mine["ref_id"])), ("done".to_owned(), video.to_owned()));
}

async fn reflect_on_it(learner: &Person, task: &str, this_week: &str) {
    let path = week_task(task, "/reflection");
    learner.put(&path, json!({ "draft": "今天我先让四年级", "based_on": 0 })).await.expect(200);
    let short = Request::post(format!("{path}/hand-in"), json!({ "body": "很好", "based_on": 1 }));
    refused(learner, &short, 422, "task_board.too_short", (learner, this_week)).await;
    let body = "今天我先让四年级做三道题，十分钟里给二年级讲新课，两个年级都没有等。";
    let handed_in = learner
        .post(&format!("{path}/hand-in"), json!({ "body": body, "based_on": 1 }))
        .await
        .expect(200)
        .json();
    assert_eq!((text(&handed_in["body"]), handed_in["submitted_at"].is_string()), (body.to_owned(), true));
}

//! Assignments: written, saved, handed in, handed in again, graded.

use axum::body::Body;
use http::{Request, StatusCode, header};
use kernel::id::TaskId;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::{Answered, TestBed, TestPerson, rows};

use crate::world::{World, submission};

/// Over the file that is there.
pub async fn upload(w: &World, who: &TestPerson, at: &str, name: &str, bytes: &[u8]) -> Answered {
    let page = w.app.as_person(who).get(at.trim_end_matches("/file")).await;
    let seen = if page.status == 200 { file_version(&page.json()["work"]) } else { 0 };
    upload_over(w, who, at, name, bytes, seen).await
}

fn file_version(work: &Value) -> i64 {
    work["file_version"].as_i64().unwrap_or(0)
}

async fn upload_over(w: &World, who: &TestPerson, at: &str, name: &str, bytes: &[u8], seen: i64) -> Answered {
    let mut body =
        format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
            .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(at)
        .header(header::AUTHORIZATION, format!("Bearer {}", who.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("idempotency-key", format!("upload-{}", name.escape_unicode()))
        .header(header::IF_MATCH, format!("\"v{seen}\""));
    w.app.send(request.body(Body::from(body)).expect("a request")).await
}

testkit::on_both_databases!(assignment_is_saved_and_handed_in_again, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let me = w.app.as_person(&w.learner);
    let page = me.get(&submission(task)).await.expect(200).json();
    assert!(page["work"].is_null() && page["rubric"]["is_default"] == true && page["open"]["late"] == false);
    me.put(&submission(task), json!({"text": "草稿", "based_on": 0})).await.expect(200);
    let hand_in = format!("{}/hand-in", submission(task));
    let short = me.post(&hand_in, json!({"text": "太短", "based_on": 1, "files": []})).await;
    assert_eq!(
        short.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid").json()["errors"][0]["pointer"],
        "/text"
    );
    me.put(&submission(task), json!({"text": "长".repeat(20_001), "based_on": 1}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");

    // What a learner types is no markup: not a sign of it is taken away.
    let text = "# 一年级**动**，3*4*5 题\n三年级静。<script>alert(1)</script>";
    let made = me.post(&hand_in, json!({"text": text, "based_on": 1, "files": []})).await.expect(200).json();
    assert_eq!((made["state"].as_str(), made["has_changes"].as_bool()), (Some("submitted"), Some(false)));
    assert_eq!(made["body"], text);
    let changed = json!({"text": "改过的一年级和三年级的安排", "based_on": made["version"], "files": []});
    let again = me.put(&submission(task), changed.clone()).await.expect(200).json();
    assert_eq!(
        (again["has_changes"].as_bool(), &again["body"]),
        (Some(true), &made["body"]),
        "what was handed in stays"
    );
    let replaced = me.post(&hand_in, changed).await.expect(200).json();
    assert_ne!(replaced["body"], made["body"]);
});

testkit::on_both_databases!(file_goes_with_the_work, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let at = format!("{}/file", submission(task));
    let pdf = upload(&w, &w.learner, &at, "教案.pdf", b"%PDF-1.7\n").await.expect(200).json();
    assert_eq!((pdf["draft_file"]["name"].as_str(), pdf["file"].is_null()), (Some("教案.pdf"), true));
    upload(&w, &w.learner, &at, "x.html", b"<!DOCTYPE html><script>1</script>")
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "submission.file_type");
    // Whose file is of a kind near to one that is taken is told the way there.
    for (name, bytes, way) in [
        ("教案.doc", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"[..], "另存为 .docx"),
        ("IMG_0001.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "改为 JPEG"),
        ("录音.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", "转换成 MP3"),
    ] {
        let told = upload(&w, &w.learner, &at, name, bytes).await;
        let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "submission.file_type").json();
        let detail = told["detail"].as_str().expect("a way");
        assert!(detail.contains(way) && detail.contains("可以上传：PDF、Word（.docx）"), "{detail}");
    }
    assert_eq!(upload(&w, &w.outsider, &at, "y.pdf", b"%PDF-1.7\n").await.status, 404);
    let work = w.handed_in(&w.learner, task, "").await;
    assert_eq!(work["file"]["name"], "教案.pdf");
    // It opens for staff while they see the works of the class, and for who wrote it while they can sign in.
    let is_bound = |file: &Value, of: &str| {
        let url = file["url"].as_str().expect("an address");
        assert!(url.starts_with("/blob/") && url.contains(&format!("&of={of}&")), "{url}");
    };
    is_bound(&work["file"], &w.class.to_string());
    is_bound(
        &w.app.as_person(&w.learner).get(&submission(task)).await.expect(200).json()["work"]["file"],
        "own",
    );
    let me = w.app.as_person(&w.learner);
    let seen = file_version(&me.get(&submission(task)).await.expect(200).json()["work"]);
    let without = me.delete_version(&at, seen).await.expect(200).json();
    assert_eq!(
        (without["draft_file"].is_null(), without["file"]["name"].as_str()),
        (true, Some("教案.pdf")),
        "what was handed in keeps its file"
    );
    // Handed in once more without it: what somebody may have judged still opens.
    let again = w.handed_in(&w.learner, task, "这次只写在这里：一年级和三年级的安排").await;
    assert!(again["file"].is_null());
    let kept = format!("/api/v1/submissions/{}/hand-ins", again["work_id"].as_str().expect("an id"));
    let kept = w.app.as_person(&w.assistant).get(&kept).await.expect(200).json();
    assert!(kept["items"][0]["file"].is_null());
    assert_eq!(kept["items"][1]["file"]["name"], "教案.pdf");
    is_bound(&kept["items"][1]["file"], &w.class.to_string());
    let mut conn = bed.db().read().await.expect("a reader");
    let kept: i64 =
        storage::sql("select count(*) as value from blobs where file_name = '教案.pdf' and state = 'kept'")
            .one(&mut conn)
            .await
            .expect("a count");
    assert_eq!(kept, 1, "its file is not released");
});

testkit::on_both_databases!(another_file_than_the_one_seen_is_not_handed_in, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let (me, at) = (w.app.as_person(&w.learner), submission(task));
    let (file, hand_in) = (format!("{at}/file"), format!("{at}/hand-in"));
    let text = "一年级和三年级的同科安排";
    let naming = |files: &[&Value]| json!({"text": text, "based_on": 0, "files": files});
    me.post(&hand_in, json!({"text": text, "based_on": 0}))
        .await
        .expect_problem(StatusCode::BAD_REQUEST, "request.malformed");
    let attach = async |name: &str, bytes: &[u8]| -> Value {
        upload(&w, &w.learner, &file, name, bytes).await.expect(200).json()["draft_file"]["id"].clone()
    };
    let refused = async |files: &[&Value]| {
        let told = me.post(&hand_in, naming(files)).await;
        let told = told.expect_problem(StatusCode::CONFLICT, "submission.files_changed").json();
        assert!(told["detail"].as_str().expect("a way").contains("请看一看现在的附件"));
        let work = me.get(&at).await.expect(200).json()["work"].clone();
        assert!(work["submitted_at"].is_null() && work["hand_ins_left"] == 20, "nothing was handed in");
        assert_eq!(work["draft"], "", "and nothing was changed");
    };

    // Seen without a file, while another device attached one; then another in its place; then none.
    let first = attach("教案.pdf", b"%PDF-1.7\n").await;
    refused(&[]).await;
    let second = attach("教案改.pdf", b"%PDF-1.7\n%%\n").await;
    assert_ne!(first, second);
    for files in [&[&first][..], &[&first, &second], &[&second, &second]] {
        refused(files).await;
    }
    let seen = file_version(&me.get(&at).await.expect(200).json()["work"]);
    me.delete_version(&file, seen).await.expect(200);
    refused(&[&second]).await;

    let third = attach("教案三.pdf", b"%PDF-1.7\n%%%\n").await;
    let made = me.post(&hand_in, naming(&[&third])).await.expect(200).json();
    assert_eq!((&made["file"]["id"], made["hand_ins_left"].as_i64()), (&third, Some(19)));
    // Whose answer was lost asks again, and is told the same.
    let again = me.post(&hand_in, naming(&[&third])).await.expect(200).json();
    assert_eq!((&again["submitted_at"], again["hand_ins_left"].as_i64()), (&made["submitted_at"], Some(19)));
    // The same words with another file are another handing in.
    let fourth = attach("教案四.pdf", b"%PDF-1.7\n%%%%\n").await;
    me.post(&hand_in, naming(&[&third]))
        .await
        .expect_problem(StatusCode::CONFLICT, "submission.files_changed");
    let made = me.post(&hand_in, naming(&[&fourth])).await.expect(200).json();
    assert_eq!((&made["file"]["id"], made["hand_ins_left"].as_i64()), (&fourth, Some(18)));
});

testkit::on_both_databases!(nobody_replaces_or_removes_a_file_unseen, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let (me, at) = (w.app.as_person(&w.learner), submission(task));
    let (file, hand_in) = (format!("{at}/file"), format!("{at}/hand-in"));
    let pdf = b"%PDF-1.7\n";
    let put = async |name: &str, seen: i64| upload_over(&w, &w.learner, &file, name, pdf, seen).await;
    let stale = |told: Answered, now: i64| {
        let told = told.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
        assert_eq!(told["extra"]["file_version"], now);
        assert!(told["detail"].as_str().expect("a way").contains("请看一看现在的附件"));
    };
    let kept = async |name: &str| {
        let work = me.get(&at).await.expect(200).json()["work"].clone();
        assert_eq!(work["draft_file"]["name"], name);
        work
    };
    me.delete(&file).await.expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");

    // Two devices see no file. What the one adds, the other neither replaces nor takes away.
    let first = put("手机.pdf", 0).await.expect(200).json();
    assert_eq!(file_version(&first), 1);
    stale(put("电脑.pdf", 0).await, 1);
    stale(me.delete_version(&file, 0).await, 1);
    kept("手机.pdf").await;
    // Whose answer was lost sends again what it saw then, and is told the same.
    assert_eq!(put("手机.pdf", 0).await.expect(200).json()["draft_file"]["id"], first["draft_file"]["id"]);
    put("电脑改.pdf", 1).await.expect(200);
    stale(me.delete_version(&file, 1).await, 2);
    let seen = kept("电脑改.pdf").await;

    // Text has a version of its own: neither holds up the other.
    let text = "一年级和三年级的同科安排";
    me.put(&at, json!({"text": text, "based_on": 0})).await.expect(200);
    let named = json!({"text": text, "based_on": 1, "files": [seen["draft_file"]["id"]]});
    let made = me.post(&hand_in, named.clone()).await.expect(200).json();
    assert_eq!(file_version(&made), 3);
    // A page of before the hand-in takes nothing out of it, and the same words again are no new hand-in.
    stale(me.delete_version(&file, 2).await, 3);
    stale(put("旧页面.pdf", 2).await, 3);
    assert_eq!(kept("电脑改.pdf").await["has_changes"], false);
    assert_eq!(file_version(&me.post(&hand_in, named).await.expect(200).json()), 3);
    let without = me.delete_version(&file, 3).await.expect(200).json();
    assert_eq!((file_version(&without), without["has_changes"].as_bool()), (4, Some(true)));

    // At once, from ten windows that saw the same: one of them is right.
    let windows: Vec<_> = (0..10)
        .map(|_| {
            let (app, who, file) = (w.app.clone(), w.learner.clone(), file.clone());
            tokio::spawn(async move { app.as_person(&who).delete_version(&file, 4).await.status })
        })
        .collect();
    let mut answers = Vec::new();
    for window in windows {
        answers.push(window.await.expect("the request ends"));
    }
    answers.sort_unstable();
    assert_eq!(answers, [vec![200], vec![412; 9]].concat());
});

testkit::on_both_databases!(
    a_work_is_handed_in_twenty_times_and_once_more_when_it_comes_back,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let task = w.task(&bed, "assignment", None).await;
        let me = w.app.as_person(&w.learner);
        let hand_in = format!("{}/hand-in", submission(task));
        let mut version = 0;
        let words = |n: i64| json!({"text": format!("第{n}次写的一年级和三年级的安排"), "based_on": n - 1, "files": []});
        for n in 1..=20 {
            let made = me.post(&hand_in, words(n)).await.expect(200).json();
            assert_eq!(made["hand_ins_left"], 20 - n);
            version = made["version"].as_i64().expect("a version");
        }
        me.post(&hand_in, words(21)).await.expect_problem(StatusCode::CONFLICT, "submission.no_hand_in_left");
        let page = me.get(&submission(task)).await.expect(200).json();
        assert_eq!(
            (page["work"]["version"].as_i64(), &page["work"]["hand_ins_left"]),
            (Some(version), &json!(0))
        );

        // The list comes in pieces.
        let work = page["work"]["id"].as_str().expect("an id");
        let list = format!("/api/v1/submissions/{work}/hand-ins");
        let mut numbers = Vec::new();
        let mut next = Some(list.clone());
        while let Some(at) = next {
            let piece = me.get(&at).await.expect(200).json();
            let items = piece["items"].as_array().expect("a list");
            assert!(items.len() <= 5);
            numbers.extend(items.iter().filter_map(|item| item["number"].as_i64()));
            next = piece["next"].as_str().map(|after| format!("{list}?after={after}"));
        }
        assert_eq!(numbers, (1..=20).rev().collect::<Vec<i64>>());
        me.get(&format!("{list}?limit=21"))
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");

        // Somebody judged the last one and wants more.
        let back = json!({"hand_in": 20, "based_on": 0, "decision": "send_back", "comment": "请补上时间"});
        let sent_back = w
            .app
            .as_person(&w.assistant)
            .post(&format!("/api/v1/submissions/{work}/review/finish"), back)
            .await;
        sent_back.expect(204);
        let again = me.post(&hand_in, words(21)).await.expect(200).json();
        assert_eq!(again["hand_ins_left"], 0);
        me.post(&hand_in, words(22)).await.expect_problem(StatusCode::CONFLICT, "submission.no_hand_in_left");
    }
);

testkit::on_both_databases!(who_sends_too_much_hears_when_it_goes_on, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let at = format!("{}/file", submission(task));
    let blobs = async || -> i64 {
        let mut conn = bed.db().read().await.expect("a reader");
        storage::sql("select count(*) as value from blobs").one(&mut conn).await.expect("a count")
    };
    upload(&w, &w.learner, &at, "教案.pdf", b"%PDF-1.7\n").await.expect(200);
    assert_eq!(blobs().await, 1);
    // Sent again, it has its answer; another file under the same key has none. Neither is put anywhere.
    let again = upload_over(&w, &w.learner, &at, "教案.pdf", b"%PDF-1.7\n", 0).await.expect(200).json();
    assert_eq!(again["draft_file"]["name"], "教案.pdf");
    let other = upload_over(&w, &w.learner, &at, "教案.pdf", b"%PDF-1.4 another\n", 0).await;
    other.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
    assert_eq!(blobs().await, 1);

    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let counted: i64 = storage::sql("select bytes as value from upload_days where person_id = $1")
        .bind(w.learner.id)
        .one(&mut tx)
        .await
        .expect("a row");
    assert_eq!(counted, 9, "what arrived, and neither the form around it nor what had its answer");
    storage::sql("update upload_days set bytes = 419430000 where person_id = $1")
        .bind(w.learner.id)
        .exec(&mut tx)
        .await
        .expect("a change");
    tx.commit().await.expect("a commit");
    let more = upload(&w, &w.learner, &at, "再来.pdf", b"%PDF-1.7\n").await;
    let seconds: i64 = more.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=86_400).contains(&seconds), "{seconds}");
    let told = more.expect_problem(StatusCode::TOO_MANY_REQUESTS, "upload.share_used").json().to_string();
    assert!(told.contains("400 MB"), "{told}");
    assert_eq!(blobs().await, 1);
});

testkit::on_both_databases!(work_belongs_to_its_learner, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let work = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    let at = format!("/api/v1/submissions/{}", work["work_id"].as_str().expect("an id"));
    for (who, status) in [
        (&w.assistant, 200),
        (&w.expert, 200),
        (&w.lead, 200),
        (&w.learner, 403),
        (&w.classmate, 403),
        (&w.neighbour, 404),
        (&w.other_assistant, 404),
        (&w.outsider, 404),
    ] {
        assert_eq!(w.app.as_person(who).get(&at).await.status, status);
    }
    assert!(w.app.as_person(&w.classmate).get(&submission(task)).await.expect(200).json()["work"].is_null());
    w.app.as_person(&w.outsider).get(&submission(task)).await.expect(404);
    let read = w.task(&bed, "read", None).await;
    w.app
        .as_person(&w.learner)
        .put(&submission(read), json!({"text": "x", "based_on": 0}))
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.other_kind");
});

testkit::on_both_databases!(newer_words_of_another_device_stay, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let (me, at) = (w.app.as_person(&w.learner), submission(task));
    me.put(&at, json!({"text": "没有版本"}))
        .await
        .expect_problem(StatusCode::BAD_REQUEST, "request.malformed");
    let first = me.put(&at, json!({"text": "手机上写的", "based_on": 0})).await.expect(200).json();
    assert_eq!(first["version"], 1);
    let newer = json!({"text": "电脑上接着写的一年级和三年级", "based_on": 1});
    me.put(&at, newer.clone()).await.expect(200);
    let kept = me.put(&at, newer).await.expect(200).json();
    assert_eq!(kept["version"], 2, "the same words sent again are kept already");

    let older = json!({"text": "手机上写的，又加了一句不一样的话", "based_on": 1, "files": []});
    for answer in [me.put(&at, older.clone()).await, me.post(&format!("{at}/hand-in"), older).await] {
        let problem = answer.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict").json();
        assert_eq!(problem["extra"], json!({"version": 2, "draft": "电脑上接着写的一年级和三年级"}));
    }
    let file =
        upload(&w, &w.learner, &format!("{at}/file"), "教案.pdf", b"%PDF-1.7\n").await.expect(200).json();
    let files = [&file["draft_file"]["id"]];
    let settled = json!({"text": "两段合在一起的一年级和三年级", "based_on": 2, "files": files});
    let handed_in = me.post(&format!("{at}/hand-in"), settled).await.expect(200).json();
    assert_eq!(handed_in["version"], 3, "a file changes no words");
});

testkit::on_both_databases!(
    handings_in_of_one_instant_have_numbers_of_their_own,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let task = w.task(&bed, "assignment", None).await;
        let mut id = String::new();
        for n in 1..=10 {
            let work = w.handed_in(&w.learner, task, &format!("一年级和三年级的同科安排，第{n}稿")).await;
            id = work["work_id"].as_str().expect("an id").to_owned();
        }
        let at = format!("/api/v1/submissions/{id}");
        let kept =
            w.app.as_person(&w.learner).get(&format!("{at}/hand-ins?limit=20")).await.expect(200).json();
        let kept = kept["items"].as_array().expect("hand-ins");
        let numbers: Vec<_> = kept.iter().map(|hand_in| hand_in["number"].as_i64()).collect();
        assert_eq!(numbers, (1..=10).rev().map(Some).collect::<Vec<_>>());
        assert!(kept.iter().all(|hand_in| hand_in["handed_in_at"] == json!(bed.ambient.now())));
        assert_eq!(w.app.as_person(&w.assistant).get(&at).await.expect(200).json()["hand_in"], 10);
    }
);

testkit::on_both_databases!(nothing_is_shown_before_its_time, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let grants = [
        Grant { role: Role::Learner, scope: Scope::Training(w.training) },
        Grant { role: Role::Learner, scope: Scope::Class(w.class) },
    ];
    let unsigned = bed.person("未签", &grants).await;
    rows::class_allocation::place(&bed, w.class, unsigned.id, false).await;
    let (paper, test) = w.test(&bed, json!({})).await;
    let assignment = w.task(&bed, "assignment", None).await;
    let next_week = rows::task_board::list(&bed, w.training, 2, &[w.class]).await;
    let hidden = rows::task_board::list(&bed, w.training, 3, &[]).await;
    let task = async |list, kind: &str| {
        let reference = (kind == "test").then_some(paper.uuid());
        rows::task_board::task(&bed, list, kind, kind, reference).await
    };
    let brief = |task| submission(task);
    let sheet = |task: TaskId| format!("/api/v1/tasks/{task}/test");
    for (who, status, code, paths) in [
        (&unsigned, StatusCode::CONFLICT, "task_board.charter_unsigned", [brief(assignment), sheet(test)]),
        (
            &w.learner,
            StatusCode::CONFLICT,
            "task_board.week_not_open",
            [brief(task(next_week, "assignment").await), sheet(task(next_week, "test").await)],
        ),
        (
            &w.learner,
            StatusCode::NOT_FOUND,
            "not_found",
            [brief(task(hidden, "assignment").await), sheet(task(hidden, "test").await)],
        ),
    ] {
        for path in paths {
            w.app.as_person(who).get(&path).await.expect_problem(status, code);
        }
    }
    let standing = format!("/api/v1/my/standing?training_id={}", w.training);
    w.app
        .as_person(&unsigned)
        .get(&standing)
        .await
        .expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
    // Rubrics are the staff's; learners see the one that grades a task with that task, which is refused above.
    let rubrics = format!("/api/v1/trainings/{}/rubrics", w.training);
    let refused = w.app.as_person(&w.learner).get(&rubrics).await;
    refused.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    for path in [brief(assignment), sheet(test), standing] {
        w.app.as_person(&w.learner).get(&path).await.expect(200);
    }
});

testkit::on_both_databases!(same_words_again_are_no_new_hand_in, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let task = w.task(&bed, "assignment", None).await;
    let first = w.handed_in(&w.learner, task, "一年级和三年级的同科安排").await;
    bed.clock.advance_seconds(60);
    let sends: Vec<_> = (0..10)
        .map(|_| {
            let (app, who, at) = (w.app.clone(), w.learner.clone(), format!("{}/hand-in", submission(task)));
            let body = json!({"text": "一年级和三年级的同科安排", "based_on": 0, "files": []});
            tokio::spawn(async move { app.as_person(&who).post(&at, body).await.expect(200).json() })
        })
        .collect();
    for send in sends {
        assert_eq!(send.await.expect("the request ends")["submitted_at"], first["submitted_at"]);
    }
    let kept: i64 = storage::sql("select count(*) as value from submission_hand_ins")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(kept, 1);
});

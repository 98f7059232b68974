//! The exchange area through its face, on both databases.

use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases, rows};

use crate::place::{Place, place, posts_of};

on_both_databases!(question_waits_until_staff_answer, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    assert_eq!(topic["posts"], 1);
    let queue = format!("/api/v1/classes/{}/unanswered", place.class);
    let waiting = place.app.as_person(&place.assistant).get(&queue).await.expect(200).json();
    assert_eq!(waiting[0]["id"], topic["id"]);
    place
        .app
        .as_person(&place.learner)
        .get(&queue)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");

    bed.clock.advance_seconds(600);
    let reply = json!({"body": "先动后静。", "client_id": "device-2-reply"});
    let post = place.app.as_person(&place.assistant).post(&posts_of(&topic), reply).await.expect(201).json();
    assert_eq!((post["number"].as_i64(), post["author_role"].as_str()), (Some(2), Some("assistant")));
    let waiting = place.app.as_person(&place.assistant).get(&queue).await.expect(200).json();
    assert_eq!(waiting, json!([]));

    let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
    let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
    assert_eq!(page["posts"][0]["body_html"], "<p>怎么分配 <strong>两个年级</strong> 的时间？</p>\n");
    assert_eq!(page["topic"]["first_response_at"], json!(bed.ambient.now()));
});

on_both_databases!(answer_is_never_before_its_question, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    // The clock was ahead, and is set back.
    bed.clock.advance_seconds(-7_200);
    let reply = json!({"body": "先动后静。", "client_id": "device-2-reply"});
    place.app.as_person(&place.assistant).post(&posts_of(&topic), reply).await.expect(201);
    let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
    let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
    assert_eq!(page["topic"]["first_response_at"], page["topic"]["asked_at"]);
});

on_both_databases!(
    question_is_told_to_the_staff_and_its_first_answer_to_the_asker,
    |bed: TestBed| async move {
        let place = place(&bed).await;
        let notices = async |who: &TestPerson| {
            place.app.as_person(who).get("/api/v1/notices").await.expect(200).json()["items"].clone()
        };
        let disabled = bed.person("停用的助教", &[]).await;
        rows::class_allocation::assign(&bed, place.class, disabled.id, Role::Assistant).await;
        rows::identity::disabled(&bed, disabled.id).await;
        let topic = place.ask(&place.learner, "四十分钟怎么分").await;
        let id = topic["id"].as_str().expect("an id");
        let told = notices(&place.assistant).await;
        assert_eq!(told.as_array().map(Vec::len), Some(1));
        assert_eq!(told[0]["kind"], "question_asked");
        assert_eq!(told[0]["text"], "一班有人提问：四十分钟怎么分");
        assert_eq!(told[0]["link"], format!("/teach/topics/{id}"));
        for nobody in [&place.learner, &place.stranger, &disabled] {
            assert_eq!(notices(nobody).await, json!([]));
        }

        let say = async |who: &TestPerson, words: &str, client_id: &str| {
            let body = json!({"body": words, "client_id": client_id});
            place.app.as_person(who).post(&posts_of(&topic), body).await.expect(201);
        };
        say(&place.learner, "补充一点", "device-1-more").await;
        assert_eq!(notices(&place.learner).await, json!([]), "a learner's word is no answer yet");
        say(&place.assistant, "先动后静。", "device-2-reply").await;
        say(&place.assistant, "再分组。", "device-2-again").await;
        let told = notices(&place.learner).await;
        assert_eq!(told.as_array().map(Vec::len), Some(1), "the first answer, and no other");
        assert_eq!(
            (&told[0]["kind"], &told[0]["link"]),
            (&json!("question_answered"), &json!(format!("/learn/topics/{id}")))
        );

        // Staff who ask hear nothing of their own question, and are led to the page of their own desk.
        place.ask(&place.assistant, "谁来值班").await;
        assert_eq!(notices(&place.assistant).await.as_array().map(Vec::len), Some(1));
    }
);

on_both_databases!(discussion_is_no_question, |bed: TestBed| async move {
    let place = place(&bed).await;
    let body = json!({"kind": "discussion", "title": "闲聊", "body": "大家好", "client_id": "device-1-chat"});
    let path = format!("/api/v1/classes/{}/topics", place.class);
    place.app.as_person(&place.learner).post(&path, body).await.expect(201);
    let unread =
        place.app.as_person(&place.assistant).get("/api/v1/notices/unread-count").await.expect(200).json();
    assert_eq!(unread["unread"], 0);
});

on_both_databases!(authors_retry_is_the_same_post, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let body = json!({"body": "再说一句", "client_id": "device-1-0001"});
    let first =
        place.app.as_person(&place.learner).post(&posts_of(&topic), body.clone()).await.expect(201).json();
    let again = place.app.as_person(&place.learner).post(&posts_of(&topic), body).await.expect(201).json();
    assert_eq!(first["id"], again["id"]);
});

on_both_databases!(parallel_posts_are_numbered_without_gaps, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let path = posts_of(&topic);
    let sends: Vec<_> = (0..50)
        .map(|n| {
            let (app, who, path) = (place.app.clone(), place.learner.clone(), path.clone());
            tokio::spawn(async move {
                let body = json!({"body": format!("第{n}条"), "client_id": format!("device-1-{n:04}")});
                app.as_person(&who).post(&path, body).await.expect(201).json()["number"].as_i64()
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for send in sends {
        numbers.push(send.await.expect("the request ends").expect("a number"));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (2..=51).collect::<Vec<_>>());
    let read = format!("/api/v1/topics/{}?limit=25", topic["id"].as_str().expect("an id"));
    let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
    assert_eq!((page["posts"].as_array().map(Vec::len), page["next"].as_i64()), (Some(25), Some(25)));
});

on_both_databases!(other_classes_find_nothing, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
    let stranger = place.app.as_person(&place.stranger);
    stranger.get(&read).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    stranger
        .get(&format!("/api/v1/classes/{}/topics", place.class))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    let body = json!({"body": "进来看看", "client_id": "device-3-0001"});
    stranger.post(&posts_of(&topic), body).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    place.app.as_nobody().get(&read).await.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
});

on_both_databases!(
    over_long_post_is_refused_in_both_languages_and_changes_nothing,
    |bed: TestBed| async move {
        let place = place(&bed).await;
        let topic = place.ask(&place.learner, "问题").await;
        let body = json!({"body": "长".repeat(4001), "client_id": "device-1-0001"});
        let zh = place.app.as_person(&place.learner).post(&posts_of(&topic), body.clone()).await;
        let en = place.app.as_person(&place.learner).in_english().post(&posts_of(&topic), body).await;
        for (answer, word) in [(zh, "4001 个字"), (en, "4001 characters")] {
            let problem = answer.expect(422).json();
            assert_eq!(problem["errors"][0]["code"], "post.too_long");
            assert!(problem["errors"][0]["detail"].as_str().is_some_and(|d| d.contains(word)), "{problem}");
        }
        let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
        let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
        assert_eq!(page["topic"]["posts"], 1);
    }
);

on_both_databases!(authors_correct_for_half_an_hour_and_staff_remove, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let body = json!({"body": "写错了", "client_id": "device-1-0001"});
    let post = place.app.as_person(&place.learner).post(&posts_of(&topic), body).await.expect(201).json();
    let path = format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"));
    let (learner, assistant) = (place.app.as_person(&place.learner), place.app.as_person(&place.assistant));
    assistant.put_version(&path, json!({"body": "替你改"}), 1).await.expect(403);
    let edited = learner.put_version(&path, json!({"body": "改好了"}), 1).await.expect(200);
    assert_eq!((edited.version(), &edited.json()["version"]), (2, &json!(2)));
    assert_eq!(edited.json()["body_html"], "<p>改好了</p>\n");
    bed.clock.advance_seconds(31 * 60);
    let late = learner.put_version(&path, json!({"body": "太晚"}), 2).await;
    late.expect_problem(StatusCode::CONFLICT, "post.too_late");
    let removed = assistant.delete_version(&path, 2).await.expect(200);
    assert_eq!(removed.version(), 3);
    let removed = removed.json();
    assert_eq!((removed["removed"].as_bool(), removed["body_source"].as_str()), (Some(true), Some("")));
    let gone = learner.put_version(&path, json!({"body": "还在写"}), 2).await;
    gone.expect_problem(StatusCode::CONFLICT, "post.removed");
});

on_both_databases!(closed_topics_take_posts_from_staff_alone, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let id = topic["id"].as_str().expect("an id");
    let path = format!("/api/v1/topics/{id}/closed");
    place.app.as_person(&place.learner).put(&path, json!({"closed": true})).await.expect(403);
    place.app.as_person(&place.assistant).put(&path, json!({"closed": true})).await.expect(200);
    let pin = format!("/api/v1/topics/{id}/pinned");
    let pinned =
        place.app.as_person(&place.assistant).put(&pin, json!({"pinned": true})).await.expect(200).json();
    assert_eq!(pinned["pinned"], true);
    let body = json!({"body": "还想说", "client_id": "device-1-0001"});
    let learner = place.app.as_person(&place.learner);
    learner.post(&posts_of(&topic), body.clone()).await.expect_problem(StatusCode::CONFLICT, "topic.closed");
    place.app.as_person(&place.assistant).post(&posts_of(&topic), body).await.expect(201);
});

on_both_databases!(pinned_topic_comes_first_however_old_it_is, |bed: TestBed| async move {
    let place = place(&bed).await;
    let old = place.ask(&place.learner, "旧").await;
    bed.clock.advance_seconds(60);
    place.ask(&place.assistant, "新").await;
    let pin = format!("/api/v1/topics/{}/pinned", old["id"].as_str().expect("an id"));
    place.app.as_person(&place.assistant).put(&pin, json!({"pinned": true})).await.expect(200);
    let list = format!("/api/v1/classes/{}/topics?limit=1", place.class);
    let learner = place.app.as_person(&place.learner);
    let first = learner.get(&list).await.expect(200).json();
    assert_eq!(first["items"][0]["title"], "旧");
    let rest = format!("{list}&after={}", first["next"].as_str().expect("another page"));
    let second = learner.get(&rest).await.expect(200).json();
    assert_eq!(second["items"][0]["title"], "新");
    assert!(second["next"].is_null());
});

on_both_databases!(a_post_that_shows_nothing_is_refused, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "怎么分组").await;
    let learner = place.app.as_person(&place.learner);
    for body in ["---", "> ", "- ", "#", "** **", "&#8203;", "\u{200b}", "```\n```"] {
        let post = json!({"body": body, "client_id": "device-1-empty"});
        let refused = learner.post(&posts_of(&topic), post).await.expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/body", "{body}");
        let asked = json!({"kind": "question", "title": "问", "body": body, "client_id": "device-1-empty"});
        learner.post(&format!("/api/v1/classes/{}/topics", place.class), asked).await.expect(422);
    }
});

on_both_databases!(later_post_is_never_of_an_earlier_time, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let learner = place.app.as_person(&place.learner);
    let say = async |said: &str| {
        let body = json!({"body": said, "client_id": format!("device-1-{said}")});
        learner.post(&posts_of(&topic), body).await.expect(201).json()
    };
    bed.clock.advance_seconds(60);
    let before = say("先说的话").await;
    // Whoever read the clock first may come to the topic last.
    bed.clock.advance_seconds(-30);
    let after = say("后说的话").await;
    assert_eq!((&before["number"], &after["number"]), (&json!(2), &json!(3)));
    assert_eq!(after["at"], before["at"]);
    let path = format!("/api/v1/topics/{}?limit=10", topic["id"].as_str().expect("an id"));
    let read = learner.get(&path).await.expect(200).json();
    assert_eq!(read["topic"]["last_post_at"], after["at"], "{read}");
    bed.clock.advance_seconds(90);
    assert_ne!(say("又说的话").await["at"], after["at"]);
});

on_both_databases!(post_in_a_tasks_topic_is_the_task_done, |bed: TestBed| async move {
    let place = place(&bed).await;
    let training = place.training;
    rows::training_plan::running(&bed, training).await;
    let list = rows::task_board::list(&bed, training, 1, &[place.class]).await;
    let task = rows::task_board::task(&bed, list, "discuss", "说说你的课堂", None).await;
    rows::task_board::claim(&bed, list, place.class, place.learner.id).await;
    let open = format!("/api/v1/classes/{}/tasks/{task}/topic", place.class);
    let topic = place.app.as_person(&place.learner).put(&open, json!({})).await.expect(200).json();
    let again = place.app.as_person(&place.assistant).put(&open, json!({})).await.expect(200).json();
    assert_eq!((topic["id"].clone(), topic["title"].clone()), (again["id"].clone(), json!("说说你的课堂")));
    let body = json!({"body": "我一个人教两个年级", "client_id": "device-1-0001"});
    place.app.as_person(&place.learner).post(&posts_of(&topic), body).await.expect(201);
    let mut conn = bed.db().read().await.expect("a reader");
    let state: String =
        storage::sql("select state as value from v_task_progress where task_id = $1 and person_id = $2")
            .bind(task)
            .bind(place.learner.id)
            .one(&mut conn)
            .await
            .expect("progress");
    assert_eq!(state, "done");
});

storage::from_row! {
    struct ChangedRow { data: storage::Json<Value> }
}

on_both_databases!(who_changes_a_post_says_which_version_they_read, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let body = json!({"body": "写错了", "client_id": "device-1-0001"});
    let (learner, assistant) = (place.app.as_person(&place.learner), place.app.as_person(&place.assistant));
    let post = learner.post(&posts_of(&topic), body).await.expect(201).json();
    let path = format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"));
    for unread in [learner.put(&path, json!({"body": "改好了"})).await, assistant.delete(&path).await] {
        unread.expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    }
    learner.put_version(&path, json!({"body": "改好了"}), 1).await.expect(200);
    // Staff who read the first words do not take away others unseen.
    for stale in [
        learner.put_version(&path, json!({"body": "再改"}), 1).await,
        assistant.delete_version(&path, 1).await,
    ] {
        stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
    let kept = learner.get(&read).await.expect(200).json()["posts"][1].clone();
    assert_eq!((&kept["body_source"], &kept["version"]), (&json!("改好了"), &json!(2)));

    assistant.delete_version(&path, 2).await.expect(200);
    // Whoever wanted it gone has what they wanted.
    let again = learner.delete_version(&path, 2).await.expect(200);
    assert_eq!((again.version(), &again.json()["removed"]), (3, &json!(true)));
    let mut conn = bed.db().read().await.expect("a reader");
    let removals: i64 =
        storage::sql("select count(*) as value from audit_entries where action = 'forum.remove_post'")
            .one(&mut conn)
            .await
            .expect("a count");
    assert_eq!(removals, 1);
});

on_both_databases!(of_two_corrections_at_once_one_stands, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    let read = format!("/api/v1/topics/{}?limit=100", topic["id"].as_str().expect("an id"));
    for round in 0..50 {
        let body = json!({"body": "写错了", "client_id": format!("device-1-{round:04}")});
        let post = place.app.as_person(&place.learner).post(&posts_of(&topic), body).await.expect(201).json();
        let path = format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"));
        let corrections = ["电脑上改的", "手机上改的"].map(|words| {
            let (app, who, path) = (place.app.clone(), place.learner.clone(), path.clone());
            tokio::spawn(async move {
                (words, app.as_person(&who).put_version(&path, json!({"body": words}), 1).await)
            })
        });
        let mut stands = None;
        for correction in corrections {
            let (words, answer) = correction.await.expect("it ends");
            if answer.status == 200 {
                assert_eq!(stands.replace(words), None, "round {round}: both say that they stand");
            } else {
                answer.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
            }
        }
        let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
        let kept = page["posts"].as_array().and_then(|posts| posts.last()).expect("a post").clone();
        let kept = (kept["body_source"].as_str(), kept["version"].as_i64());
        assert_eq!(kept, (stands, Some(2)), "round {round}");
    }
});

on_both_databases!(correction_and_removal_at_once_never_bring_the_text_back, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "问题").await;
    for round in 0..100 {
        let body = json!({"body": "写错了", "client_id": format!("device-1-{round:04}")});
        let post = place.app.as_person(&place.learner).post(&posts_of(&topic), body).await.expect(201).json();
        let path = format!("/api/v1/posts/{}", post["id"].as_str().expect("an id"));
        let edit = {
            let (app, who, path) = (place.app.clone(), place.learner.clone(), path.clone());
            tokio::spawn(async move {
                app.as_person(&who).put_version(&path, json!({"body": "改好了"}), 1).await.status
            })
        };
        let remove = {
            let (app, who, path) = (place.app.clone(), place.assistant.clone(), path.clone());
            tokio::spawn(async move { app.as_person(&who).delete_version(&path, 1).await.status })
        };
        let (edit, remove) = (edit.await.expect("it ends"), remove.await.expect("it ends"));
        match (edit, remove) {
            (409, 200) => {}
            // What staff saw is no longer there: they look again, and take that away.
            (200, 412) => {
                place.app.as_person(&place.assistant).delete_version(&path, 2).await.expect(200);
            }
            other => panic!("round {round}: {other:?}"),
        }
    }
    let mut conn = bed.db().read().await.expect("a reader");
    let events: Vec<ChangedRow> =
        storage::sql("select data from realtime_events where kind = 'post_changed' order by number")
            .all(&mut conn)
            .await
            .expect("events");
    let mut removed = std::collections::HashSet::new();
    for ChangedRow { data: storage::Json(event) } in &events {
        let is_gone = event["removed"].as_bool().expect("a flag");
        assert!(is_gone || !removed.contains(&event["id"]), "the text came back: {event}");
        assert_eq!(event["body_source"].as_str().expect("a text").is_empty(), is_gone, "{event}");
        if is_gone {
            removed.insert(event["id"].clone());
        }
    }
    assert_eq!(removed.len(), 100);
});

on_both_databases!(stored_word_that_nobody_knows_is_an_error, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.assistant, "公告").await;
    let read = format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id"));
    let page = place.app.as_person(&place.learner).get(&read).await.expect(200).json();
    assert_eq!(page["posts"][0]["author_role"], "assistant");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("insert into roles (word) values ('guest')").exec(&mut tx).await.expect("a newer word");
    storage::sql("update posts set author_role = 'guest'").exec(&mut tx).await.expect("a strange word");
    tx.commit().await.expect("a commit");
    // Not silently a learner: whoever keeps the database is told.
    place.app.as_person(&place.learner).get(&read).await.expect(500);
});

/// Twenty requests at once; the statuses and answers.
async fn at_once(place: &Place, who: &TestPerson, path: &str, body: &Value) -> Vec<(u16, Value)> {
    let sends: Vec<_> = (0..20)
        .map(|_| {
            let (app, who, path, body) = (place.app.clone(), who.clone(), path.to_owned(), body.clone());
            tokio::spawn(async move {
                let answered = app.as_person(&who).post(&path, body).await;
                (answered.status, answered.json())
            })
        })
        .collect();
    let mut answers = Vec::new();
    for send in sends {
        answers.push(send.await.expect("the request ends"));
    }
    answers
}

on_both_databases!(copies_under_one_client_id_are_one_topic_and_one_post, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topics = format!("/api/v1/classes/{}/topics", place.class);
    let ask =
        json!({"kind": "question", "title": "怎么分", "body": "四十分钟怎么分", "client_id": "device-1-ask"});
    let started = at_once(&place, &place.learner, &topics, &ask).await;
    let reply = json!({"body": "先动后静。", "client_id": "device-2-reply"});
    let posted = at_once(&place, &place.assistant, &posts_of(&started[0].1), &reply).await;
    for answers in [started, posted] {
        let first = answers[0].1["id"].clone();
        for (status, answer) in answers {
            assert_eq!((status, &answer["id"]), (201, &first), "{answer}");
        }
    }
    let listed = place.app.as_person(&place.learner).get(&topics).await.expect(200).json();
    assert_eq!(
        (listed["items"].as_array().map(Vec::len), listed["items"][0]["posts"].as_i64()),
        (Some(1), Some(2))
    );
    let told = place.app.as_person(&place.learner).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(told["items"].as_array().map(Vec::len), Some(1), "told of the first answer once");
    let told = place.app.as_person(&place.assistant).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(told["items"].as_array().map(Vec::len), Some(1), "told of the question once");
});

on_both_databases!(posts_are_judged_by_the_topic_as_it_is_when_they_are_written, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    // While somebody writes, another answers the question and closes it.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update topics set closed_at = $1, first_response_at = $1, first_response_by = $2")
        .bind(bed.ambient.now())
        .bind(place.assistant.id)
        .exec(&mut tx)
        .await
        .expect("the topic is closed");
    let send = |who: &TestPerson, client_id: &str| {
        let (app, who, path) = (place.app.clone(), who.clone(), posts_of(&topic));
        let body = json!({"body": "我也想问", "client_id": client_id});
        tokio::spawn(async move { app.as_person(&who).post(&path, body).await })
    };
    let (late, again) = (send(&place.learner, "device-1-late"), send(&place.assistant, "device-2-again"));
    bed.until_waiting(2, &[&late, &again]).await;
    tx.commit().await.expect("a commit");
    late.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "topic.closed");
    again.await.expect("it ends").expect(201);
    let told = place.app.as_person(&place.learner).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(told["items"], json!([]), "the first answer was another's");
});

//! Micro-videos, files in ranges and the extension library, through the routes.

mod files;
mod world;

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::json;
use storage::blobs::{Disposition, GivenTo, PartOf};
use testkit::{TestBed, rows};

use crate::world::{World, mp4, policy};

testkit::on_both_databases!(micro_video_plays_in_ranges_by_a_signed_address, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let file = mp4(80, 100_000);
    let made = w
        .upload(&w.expert, &w.videos(), &[("title", "一师一校的一天")], "一天.mp4", &file)
        .await
        .expect(201)
        .json();
    assert_eq!((made["seconds"].as_i64(), made["width"].as_i64()), (Some(80), Some(640)));
    assert_eq!(made["bytes"].as_u64(), Some(file.len() as u64));
    let id = made["id"].as_str().expect("an id");
    let vtt = b"WEBVTT\n\n00:00.000 --> 00:02.000\n\xe4\xbd\xa0\xe5\xa5\xbd\n";
    w.upload(&w.expert, &format!("/api/v1/micro-videos/{id}/subtitles"), &[], "a.vtt", vtt).await.expect(200);
    w.upload(
        &w.expert,
        &format!("/api/v1/micro-videos/{id}/subtitles"),
        &[],
        "b.vtt",
        &[&vtt[..], b"\n"].concat(),
    )
    .await
    .expect(200);
    let poster = include_bytes!("../../../gateway/demo/videos/v1-one-day.jpg");
    w.upload(&w.expert, &format!("/api/v1/micro-videos/{id}/poster"), &[], "a.jpg", poster).await.expect(200);

    let (learner, at) = (w.app.as_person(&w.learner), format!("/api/v1/micro-videos/{id}/playback"));
    w.app.as_person(&w.assistant).get(&at).await.expect(200);
    learner.get(&at).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    learner.get(&w.videos()).await.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    w.shown.0.lock().expect("a lock").insert(id.parse().expect("an id"));
    let playback = learner.get(&at).await.expect(200).json();
    let url = playback["url"].as_str().expect("an address");
    let whole = w.fetch(url, &[]).await.expect(200);
    assert_eq!(whole.bytes, file);
    assert_eq!(whole.headers["content-type"], "video/mp4");
    assert_eq!(whole.headers["x-content-type-options"], "nosniff");
    let part = w.fetch(url, &[("range", "bytes=10-19")]).await.expect(206);
    assert_eq!(part.bytes, &file[10..20]);
    assert_eq!(part.headers["content-range"], format!("bytes 10-19/{}", file.len()).as_str());
    assert_eq!(part.headers["content-length"], "10");
    let beyond = w.fetch(url, &[("range", "bytes=999999999-")]).await;
    beyond.expect_problem(StatusCode::RANGE_NOT_SATISFIABLE, "request.range");
    let tag = whole.headers["etag"].to_str().expect("a tag").to_owned();
    w.fetch(url, &[("if-none-match", &tag)]).await.expect(304);
    w.fetch(url, &[("range", "bytes=10-19"), ("if-range", "\"older\"")]).await.expect(200);
    let subtitles = w.fetch(playback["subtitles_url"].as_str().expect("subtitles"), &[]).await.expect(200);
    assert_eq!(subtitles.headers["content-type"], "text/vtt; charset=utf-8");
    assert!(policy(&subtitles).ends_with("sandbox"));

    w.fetch(&url.replace("sig=", "sig=00"), &[]).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    bed.clock.advance_seconds(13 * 3600);
    w.fetch(url, &[]).await.expect_problem(StatusCode::GONE, "course_library.address_expired");
});

testkit::on_both_databases!(
    an_address_opens_for_whom_it_was_given_while_they_have_a_part,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let made = w
            .upload(&w.expert, &w.videos(), &[("title", "一天")], "a.mp4", &mp4(80, 100))
            .await
            .expect(201)
            .json();
        let id = made["id"].as_str().expect("an id");
        w.shown.0.lock().expect("a lock").insert(id.parse().expect("an id"));
        let fields =
            [("title", "课堂单"), ("kind", "worksheet"), ("source", "自编"), ("licence", "CC BY-SA 4.0")];
        let files = format!("/api/v1/trainings/{}/resource-files", w.training);
        let file = w.upload(&w.assistant, &files, &fields, "课堂单.txt", b"one").await.expect(201).json();
        let file = format!("/api/v1/resources/{}/file", file["id"].as_str().expect("an id"));
        let expired = async |url: &str| {
            let refused = w.fetch(url, &[("range", "bytes=0-9")]).await;
            refused.expect_problem(StatusCode::GONE, "course_library.address_expired");
        };
        for person in [&w.learner, &w.assistant, &w.expert] {
            let me = w.app.as_person(person);
            let video = me.get(&format!("/api/v1/micro-videos/{id}/playback")).await.expect(200).json();
            let saved = me.get(&file).await.expect(200).json();
            let urls =
                [video["url"].as_str().expect("an address"), saved["url"].as_str().expect("an address")];
            for url in urls {
                w.fetch(url, &[("range", "bytes=0-1")]).await.expect(206);
                // Nobody makes it an address of their own.
                let stolen = url.replace(&person.id.to_string(), &w.outsider.id.to_string());
                w.fetch(&stolen, &[]).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
            }
            // In the middle of a video their part ends; and they have it again.
            bed.regrant(person, &[]);
            for url in urls {
                expired(url).await;
            }
            let as_learner = Grant { role: Role::Learner, scope: Scope::Training(w.training) };
            bed.regrant(person, &[as_learner]);
            for url in urls {
                w.fetch(url, &[("range", "bytes=0-1")]).await.expect(206);
            }
            // They sign out.
            bed.callers.sign_out(person.id);
            for url in urls {
                expired(url).await;
            }
        }
    }
);

testkit::on_both_databases!(
    a_file_of_a_class_opens_for_its_members_and_ones_own_for_oneself,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (one, other) = (
            rows::class_allocation::class(&bed, w.training, "二班").await,
            rows::class_allocation::class(&bed, w.training, "三班").await,
        );
        let as_assistant = |class| Grant { role: Role::Assistant, scope: Scope::Class(class) };
        let assistant = bed.person("马助教", &[as_assistant(one)]).await;
        let blobs = bed.blobs().await;
        let limits = storage::blobs::Limits {
            area: "assessment",
            most_bytes: 1_000,
            share: storage::blobs::Share { purpose: "test", bytes_a_day: 1_000 },
            content_types: &["application/pdf"],
        };
        let blob = blobs
            .put_bytes(&bed.ambient, &limits, "教案.pdf", b"%PDF-1.7\n".as_slice().into())
            .await
            .expect("it is taken");
        let address = async |of| {
            let to = GivenTo { person: assistant.id, session: bed.ambient.new_id(), of };
            let now = bed.ambient.now();
            blobs.address(&blob, now, 600, Disposition::Inline, to).await.expect("an address")
        };
        let (of_class, own) = (address(PartOf::Class(one)).await, address(PartOf::Nothing).await);
        for url in [&of_class, &own] {
            let shown = w.fetch(url, &[]).await.expect(200);
            // Older browsers draw no PDF under `sandbox`. It has no right all the same.
            assert!(policy(&shown).starts_with("default-src 'none';") && !policy(&shown).contains("sandbox"));
            assert!(shown.headers["content-disposition"].to_str().expect("text").starts_with("inline;"));
        }
        // Who was taken from the class leads another; what they wrote themselves is theirs.
        bed.regrant(&assistant, &[as_assistant(other)]);
        w.fetch(&of_class, &[]).await.expect_problem(StatusCode::GONE, "course_library.address_expired");
        w.fetch(&own, &[]).await.expect(200);
        bed.callers.sign_out(assistant.id);
        w.fetch(&own, &[]).await.expect_problem(StatusCode::GONE, "course_library.address_expired");
    }
);

testkit::on_both_databases!(what_is_no_micro_video_is_refused, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let title = [("title", "一天")];
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    for (file, code) in [
        (b"<html><script>alert(1)</script></html>".to_vec(), "course_library.wrong_kind"),
        (Vec::new(), "course_library.empty_file"),
        (mp4(80, 10)[..60].to_vec(), "course_library.not_playable"),
        (mp4(0, 10), "course_library.no_length"),
        (mp4(15 * 60 + 1, 10), "course_library.too_long"),
    ] {
        w.upload(&w.expert, &w.videos(), &title, "a.mp4", &file).await.expect_problem(unprocessable, code);
    }
    let film = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ";
    let told = w.upload(&w.expert, &w.videos(), &title, "a.mov", film).await;
    let told = told.expect_problem(unprocessable, "course_library.wrong_kind").json();
    let detail = told["detail"].as_str().expect("a way");
    assert!(detail.contains("转换成 MP4") && detail.ends_with("可以上传：MP4 视频（.mp4）。"), "{detail}");
    let untitled = w.upload(&w.expert, &w.videos(), &[], "a.mp4", &mp4(5, 5)).await;
    untitled.expect_problem(unprocessable, "input.invalid");
    let long = "长".repeat(81);
    let long = w.upload(&w.expert, &w.videos(), &[("title", &long)], "a.mp4", &mp4(5, 6)).await;
    assert_eq!(long.expect(422).json()["errors"][0]["pointer"], "/title");
    for (person, status) in [(&w.learner, 403), (&w.assistant, 403), (&w.outsider, 404)] {
        w.upload(person, &w.videos(), &title, "a.mp4", &mp4(5, 7)).await.expect(status);
    }
    let listed = w.app.as_person(&w.expert).get(&w.videos()).await.expect(200).json();
    assert_eq!(listed["items"], json!([]));
});

testkit::on_both_databases!(the_same_upload_twice_is_one_micro_video, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let send = async |title: &str| {
        w.upload_with_key(&w.expert, &w.videos(), &[("title", title)], "a.mp4", &mp4(5, 5), "the-same-key")
            .await
    };
    let first = send("一天").await.expect(201).json();
    assert_eq!(send("一天").await.expect(201).json(), first);
    send("两天").await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");

    let path = format!("/api/v1/micro-videos/{}", first["id"].as_str().expect("an id"));
    let body = json!({"title": "一天之后", "is_withdrawn": true});
    let expert = w.app.as_person(&w.expert);
    let edited = expert.put_version(&path, body.clone(), 1).await.expect(200);
    assert_eq!((edited.version(), edited.json()["is_withdrawn"].as_bool()), (2, Some(true)));
    expert
        .put_version(&path, body.clone(), 1)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    w.app.as_person(&w.learner).put_version(&path, body.clone(), 2).await.expect(403);
    w.app.as_person(&w.outsider).put_version(&path, body, 2).await.expect(404);
    w.app.as_person(&w.outsider).get(&format!("{path}/playback")).await.expect(404);
});

testkit::on_both_databases!(resources_are_links_or_files_with_their_source, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let path = format!("/api/v1/trainings/{}/resources", w.training);
    let link = json!({"title": "复式教学手册", "kind": "article", "url": "https://www.example.cn/a",
        "source": "省教科院", "licence": "CC BY 4.0"});
    w.app.as_person(&w.assistant).post(&path, link.clone()).await.expect(201);
    let mut wrong = link.clone();
    wrong["url"] = "javascript:alert(1)".into();
    let wrong = w.app.as_person(&w.assistant).post(&path, wrong).await.expect(422).json();
    assert_eq!(wrong["errors"][0]["pointer"], "/url");
    w.app
        .as_person(&w.learner)
        .post(&path, link)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");

    let fields =
        [("title", "课堂单"), ("kind", "worksheet"), ("source", "自编"), ("licence", "CC BY-SA 4.0")];
    // Newest first is by the time in their ids.
    bed.clock.advance_seconds(1);
    let files = format!("/api/v1/trainings/{}/resource-files", w.training);
    let file =
        w.upload(&w.assistant, &files, &fields, "课堂单.txt", "第一步".as_bytes()).await.expect(201).json();
    let id = file["id"].as_str().expect("an id");
    let learner = w.app.as_person(&w.learner);
    let listed = learner.get(&format!("{path}?limit=1")).await.expect(200).json();
    assert_eq!(listed["items"][0]["id"], file["id"]);
    let next = listed["next"].as_str().expect("a second page");
    let second = learner.get(&format!("{path}?limit=1&after={next}")).await.expect(200).json();
    assert_eq!(second["items"][0]["title"], "复式教学手册");

    let address = learner.get(&format!("/api/v1/resources/{id}/file")).await.expect(200).json();
    let saved = w.fetch(address["url"].as_str().expect("an address"), &[]).await.expect(200);
    assert!(saved.headers["content-disposition"].to_str().expect("text").starts_with("attachment;"));
    for stranger in [&w.outsider, &w.unsigned] {
        w.app.as_person(stranger).get(&format!("/api/v1/resources/{id}/file")).await.expect(404);
    }
    w.app.as_person(&w.outsider).get(&path).await.expect(404);
    w.app
        .as_person(&w.unsigned)
        .get(&path)
        .await
        .expect_problem(StatusCode::CONFLICT, "course_library.charter_unsigned");

    learner.delete(&format!("/api/v1/resources/{id}")).await.expect(403);
    w.app.as_person(&w.assistant).delete(&format!("/api/v1/resources/{id}")).await.expect(204);
    w.app.as_person(&w.assistant).delete(&format!("/api/v1/resources/{id}")).await.expect(404);
});

testkit::on_both_databases!(nobody_replaces_a_piece_of_a_video_unseen, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let movie = mp4(60, 1000);
    let made =
        w.upload(&w.expert, &w.videos(), &[("title", "一天")], "a.mp4", &movie).await.expect(201).json();
    let at = format!("/api/v1/micro-videos/{}", made["id"].as_str().expect("an id"));
    let (subtitles, poster) = (format!("{at}/subtitles"), format!("{at}/poster"));
    let vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\n好\n".as_bytes();
    let jpg = include_bytes!("../../../gateway/demo/videos/v1-one-day.jpg");
    let put = async |path: &str, name: &str, file: &[u8], version: i64| {
        w.upload_over(&w.expert, path, &[], (name, file), &format!("over-{name}-{version}"), version).await
    };
    let first = put(&subtitles, "a.vtt", vtt, 1).await.expect(200).json();
    assert_eq!(first["version"], 2);
    // Of a page that was opened before.
    for (path, name, file) in [(&subtitles, "b.vtt", vtt), (&poster, "b.jpg", &jpg[..])] {
        let stale = put(path, name, file, 1).await;
        stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    // Whose answer was lost is told the same.
    assert_eq!(put(&subtitles, "a.vtt", vtt, 1).await.expect(200).json(), first);
    let dressed = put(&poster, "b.jpg", jpg, 2).await.expect(200).json();
    assert_eq!((&dressed["version"], &dressed["has_subtitles"]), (&json!(3), &json!(true)));
    let edit = json!({"title": "又一天", "is_withdrawn": false});
    w.app.as_person(&w.expert).put_version(&at, edit, 3).await.expect(200);
});

testkit::on_both_databases!(
    library_of_a_training_that_is_over_takes_nothing_more,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let fields =
            [("title", "课堂单"), ("kind", "worksheet"), ("source", "自编"), ("licence", "CC BY-SA 4.0")];
        let resources = format!("/api/v1/trainings/{}/resources", w.training);
        let files = format!("/api/v1/trainings/{}/resource-files", w.training);
        let movie = mp4(60, 1000);
        let video =
            w.upload(&w.expert, &w.videos(), &[("title", "一天")], "a.mp4", &movie).await.expect(201).json();
        let kept = w.upload(&w.assistant, &files, &fields, "a.txt", b"one").await.expect(201).json();
        let video = format!("/api/v1/micro-videos/{}", video["id"].as_str().expect("an id"));
        let link = json!({"title": "复式教学手册", "kind": "article", "url": "https://www.example.cn/a",
        "source": "省教科院", "licence": "CC BY 4.0"});
        let subtitles = "WEBVTT\n\n00:00.000 --> 00:01.000\n好\n";
        let all = async |round: &str| {
            let edit = json!({"title": "又一天", "is_withdrawn": false});
            let again = [("title", round)];
            let (of_video, of_subtitles) = (w.videos(), format!("{video}/subtitles"));
            let (assistant, expert) = (w.app.as_person(&w.assistant), w.app.as_person(&w.expert));
            let (track, text) = (format!("{round}.vtt"), format!("{round}.txt"));
            let (link, edit, movie, subtitles, file) = tokio::join!(
                assistant.post(&resources, link.clone()),
                expert.put_version(&video, edit, 1),
                w.upload(&w.expert, &of_video, &again, "b.mp4", &movie),
                w.upload(&w.expert, &of_subtitles, &[], &track, subtitles.as_bytes()),
                w.upload(&w.assistant, &files, &fields, &text, b"two"),
            );
            [link, edit, movie, subtitles, file]
        };
        // Before the end is written down nobody knows of it, and each waits for it.
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        storage::sql("update trainings set state = 'closed', closed_at = $1")
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("the training ends");
        let (during, committed) = tokio::join!(all("during"), async {
            // The uploads are under way, or wait: what they meet is what is committed.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            tx.commit().await
        });
        committed.expect("a commit");
        let after = all("after").await;
        for answer in during.into_iter().chain(after) {
            answer.expect_problem(StatusCode::CONFLICT, "training.closed");
        }
        // What may not be shown is taken down at any time.
        let kept = format!("/api/v1/resources/{}", kept["id"].as_str().expect("an id"));
        w.app.as_person(&w.assistant).delete(&kept).await.expect(204);
    }
);

//! Files as phones, cameras and older editors write them: put right, or refused with a way.

use http::StatusCode;
use testkit::TestBed;

use crate::world::{World, coded_mp4, mp4, with_box_last};

testkit::on_both_databases!(a_video_begins_before_all_of_it_has_come, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let right = include_bytes!("../../../gateway/demo/videos/v1-one-day.mp4");
    let late = with_box_last(right);
    assert_ne!(&late[..], right);
    let send = async || {
        w.upload_with_key(&w.expert, &w.videos(), &[("title", "一天")], "一天.mp4", &late, "late-index").await
    };
    let made = send().await.expect(201).json();
    assert_eq!(made["bytes"].as_u64(), Some(right.len() as u64));
    let id = made["id"].as_str().expect("an id");
    let at = format!("/api/v1/micro-videos/{id}/playback");
    let playback = w.app.as_person(&w.expert).get(&at).await.expect(200).json();
    let kept = w.fetch(playback["url"].as_str().expect("an address"), &[]).await.expect(200);
    assert!(kept.bytes == right, "the box stands first, and says where everything is");
    assert!(kept.headers["content-disposition"].to_str().expect("text").contains("%E4%B8%80%E5%A4%A9.mp4"));
    // Whoever sends it again, as the answer was lost, gets that answer; and what was sent is not left behind.
    assert_eq!(send().await.expect(201).json(), made);
    let mut conn = bed.db().read().await.expect("a connection");
    let files: i64 =
        storage::sql("select count(*) as value from blobs").one(&mut conn).await.expect("a count");
    assert_eq!(files, 1);
});

testkit::on_both_databases!(
    phone_clips_stand_as_they_are_seen_or_are_refused_with_a_way,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let title = [("title", "一天")];
        let upright = coded_mp4(80, 1000, "avc1", true);
        let made = w.upload(&w.expert, &w.videos(), &title, "a.mp4", &upright).await.expect(201).json();
        assert_eq!((made["width"].as_i64(), made["height"].as_i64()), (Some(360), Some(640)));
        for (coding, code) in [
            ("hvc1", "course_library.hevc"),
            ("hev1", "course_library.hevc"),
            ("mp4v", "course_library.coding"),
            ("av01", "course_library.coding"),
        ] {
            let file = coded_mp4(80, 1001, coding, true);
            let told = w.upload(&w.expert, &w.videos(), &title, "a.mp4", &file).await;
            let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code).json();
            assert!(told["detail"].as_str().is_some_and(|detail| detail.contains("H.264")), "{told}");
        }
    }
);

testkit::on_both_databases!(a_video_of_the_library_is_one_that_plays, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let files = format!("/api/v1/trainings/{}/resource-files", w.training);
    let fields = [("title", "公开课"), ("kind", "video"), ("source", "自编"), ("licence", "CC BY-SA 4.0")];
    let right = include_bytes!("../../../gateway/demo/videos/v1-one-day.mp4");
    let late = with_box_last(right);
    let send =
        async || w.upload_with_key(&w.assistant, &files, &fields, "公开课.mp4", &late, "late-resource").await;
    let made = send().await.expect(201).json();
    assert_eq!(made["bytes"].as_u64(), Some(right.len() as u64));
    let at = format!("/api/v1/resources/{}/file", made["id"].as_str().expect("an id"));
    let address = w.app.as_person(&w.learner).get(&at).await.expect(200).json();
    let kept = w.fetch(address["url"].as_str().expect("an address"), &[]).await.expect(200);
    assert!(kept.bytes == right, "its box stands first");
    assert_eq!(send().await.expect(201).json(), made, "the same request, the same answer");
    // A lesson is longer than a micro-video may be, and turned as the phone was held.
    let lesson = coded_mp4(40 * 60, 1002, "avc1", true);
    w.upload(&w.assistant, &files, &fields, "a.mp4", &lesson).await.expect(201);
    for (coding, code) in
        [("hvc1", "course_library.hevc"), ("hev1", "course_library.hevc"), ("mp4v", "course_library.coding")]
    {
        let file = coded_mp4(80, 1003, coding, true);
        let told = w.upload(&w.assistant, &files, &fields, "a.mp4", &file).await;
        let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code).json();
        assert!(told["detail"].as_str().is_some_and(|detail| detail.contains("H.264")), "{told}");
    }
    let mut conn = bed.db().read().await.expect("a connection");
    let kept: i64 = storage::sql("select count(*) as value from blobs where state = 'kept'")
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(kept, 2, "what was refused is nobody's");
});

testkit::on_both_databases!(subtitles_are_put_right_or_refused_with_their_line, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w
        .upload(&w.expert, &w.videos(), &[("title", "一天")], "a.mp4", &mp4(80, 10))
        .await
        .expect(201)
        .json();
    let id = made["id"].as_str().expect("an id");
    let at = format!("/api/v1/micro-videos/{id}/subtitles");
    let expected = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.500\n你好，老师\n";
    let (srt, _, _) = encoding_rs::GB18030.encode("1\r\n00:00:00,000 --> 00:00:02,500\r\n你好，老师\r\n");
    for (name, file) in [
        ("a.vtt", "\u{feff}WEBVTT\n\n1\n00:00.000 --> 00:02.500\n你好，老师\n".as_bytes()),
        ("a.vtt", "WEBVTT\n\n1\n00:00,000 --> 00:02,500\n你好，老师".as_bytes()),
        ("a.srt", "1\n00:00:00,000 --> 00:00:02,500\n你好，老师\n\n".as_bytes()),
        ("a.srt", &srt),
    ] {
        w.upload(&w.expert, &at, &[], name, file).await.expect(200);
        let playback = format!("/api/v1/micro-videos/{id}/playback");
        let playback = w.app.as_person(&w.expert).get(&playback).await.expect(200).json();
        let kept = w.fetch(playback["subtitles_url"].as_str().expect("an address"), &[]).await.expect(200);
        assert_eq!(String::from_utf8(kept.bytes).as_deref(), Ok(expected), "{name}");
        assert_eq!(kept.headers["content-type"], "text/vtt; charset=utf-8");
        assert!(kept.headers["content-disposition"].to_str().expect("text").ends_with("a.vtt"));
    }
    for (file, code, said) in [
        ("WEBVTT\n\n00:02.000 --> 00:01.000\n好\n", "course_library.subtitle_line", "第 3 行"),
        ("1\n00:00:0x,000 --> 00:00:02,000\n好\n", "course_library.subtitle_line", "第 2 行"),
        ("你好", "course_library.wrong_kind", "字幕（.vtt、.srt）"),
        ("", "course_library.empty_file", ""),
    ] {
        let told = w.upload(&w.expert, &at, &[], "a.vtt", file.as_bytes()).await;
        let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code).json();
        assert!(told["detail"].as_str().unwrap_or_default().contains(said), "{told}");
    }
    let large = vec![b'x'; 600 * 1024];
    let told = w.upload(&w.expert, &at, &[], "a.vtt", &large).await;
    told.expect_problem(StatusCode::PAYLOAD_TOO_LARGE, "course_library.too_large");
});

testkit::on_both_databases!(texts_of_older_editors_can_be_read_by_everybody, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let files = format!("/api/v1/trainings/{}/resource-files", w.training);
    let fields =
        [("title", "课堂单"), ("kind", "worksheet"), ("source", "自编"), ("licence", "CC BY-SA 4.0")];
    let text = "BM 分组：第一步，同学们自己读。\r\n";
    let (gb, _, _) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [text.as_bytes(), &gb, &utf16] {
        let key = format!("a-text-of-{}", file.len());
        let send = async || w.upload_with_key(&w.assistant, &files, &fields, "课堂单.txt", file, &key).await;
        let made = send().await.expect(201).json();
        assert_eq!(send().await.expect(201).json(), made, "the same request, the same answer");
        let id = made["id"].as_str().expect("an id");
        let address = w.app.as_person(&w.learner).get(&format!("/api/v1/resources/{id}/file")).await;
        let address = address.expect(200).json();
        let kept = w.fetch(address["url"].as_str().expect("an address"), &[]).await.expect(200);
        assert_eq!(String::from_utf8(kept.bytes).as_deref(), Ok(text));
        assert_eq!(kept.headers["content-type"], "text/plain; charset=utf-8");
    }
    // Which encoding it is tells the first character, wherever it stands.
    let plain = "a line of a table, 1, 2, 3\r\n".repeat(5000);
    for (at, file) in
        [[plain.as_bytes(), &gb].concat(), [plain.as_bytes(), text.as_bytes()].concat()].iter().enumerate()
    {
        let key = format!("a-late-text-{at}");
        let made = w
            .upload_with_key(&w.assistant, &files, &fields, "课堂单.txt", file, &key)
            .await
            .expect(201)
            .json();
        let id = made["id"].as_str().expect("an id");
        let address = w.app.as_person(&w.learner).get(&format!("/api/v1/resources/{id}/file")).await;
        let kept =
            w.fetch(address.expect(200).json()["url"].as_str().expect("an address"), &[]).await.expect(200);
        assert!(String::from_utf8(kept.bytes).is_ok_and(|kept| kept == format!("{plain}{text}")), "{at}");
    }
    // Where it breaks off in the middle of a character far behind its start.
    for broken in [
        [&gb.repeat(4000)[..], b"\xCE"].concat(),
        [plain.as_bytes(), &gb, b"\xCE"].concat(),
        [text.repeat(4000).as_bytes(), b"\xCE\xC4"].concat(),
    ] {
        let told = w.upload(&w.assistant, &files, &fields, "a.txt", &broken).await;
        let told = told.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "course_library.wrong_kind").json();
        assert!(told["detail"].as_str().is_some_and(|detail| detail.contains("编码选 UTF-8")), "{told}");
    }
});

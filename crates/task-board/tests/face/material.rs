//! What a learner can open follows the publication of lists, the week and the signed charter.

use http::StatusCode;
use testkit::TestBed;

use crate::world;
use crate::world::{World, text};

testkit::on_both_databases!(video_plays_for_those_whose_week_shows_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let play = format!("/api/v1/micro-videos/{}/playback", w.video);
    let gets = async |person, status: u16| {
        w.app.as_person(person).get(&play).await.expect(status);
    };
    for staff in [&w.lead, &w.expert, &w.assistant] {
        gets(staff, 200).await;
    }
    gets(&w.learner, 404).await;
    // A ready list shows nothing before staff of the class published it.
    let list = w.ready_list(2).await;
    gets(&w.learner, 404).await;
    let body = serde_json::json!({"list_id": list["id"], "title": "下周", "body": "准备好了"});
    w.app.as_person(&w.assistant).post(&w.class_path("announcements"), body).await.expect(201);
    gets(&w.learner, 404).await;
    let task = format!("/api/v1/tasks/{}", text(&list["tasks"][1]["id"]));
    let learner = w.app.as_person(&w.learner);
    learner.get(&task).await.expect_problem(StatusCode::CONFLICT, "task_board.week_not_open");

    bed.clock.advance_seconds(7 * 86_400);
    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
    gets(&w.learner, 200).await;
    for hidden in [&unsigned, &w.neighbour, &w.outsider] {
        gets(hidden, 404).await;
    }
    w.app.as_person(&w.learner).get(&w.training_path("micro-videos")).await.expect(403);
    w.app.as_person(&w.assistant).get(&w.training_path("micro-videos")).await.expect(200);
});

testkit::on_both_databases!(week_holds_nothing_before_the_charter_is_signed, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let list = w.published_list(1).await;
    let unsigned = world::learner(&bed, w.training, w.class, "未签", false).await;
    let unsigned = w.app.as_person(&unsigned);
    let week = unsigned.get(&w.class_path("this-week")).await.expect(200).json();
    assert_eq!((&week["list"], week["total"].as_i64()), (&serde_json::Value::Null, Some(0)));
    assert_eq!(week["next"]["kind"], "sign_charter");
    let task = format!("/api/v1/tasks/{}", text(&list["tasks"][0]["id"]));
    let refused =
        unsigned.get(&task).await.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
    assert_eq!(refused.json()["extra"]["class_id"], serde_json::json!(w.class), "whose charter it is");
    let claim = format!("/api/v1/task-lists/{}/claim", text(&list["id"]));
    let refused = unsigned.post(&claim, serde_json::json!({})).await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
    assert_eq!(refused.json()["extra"]["class_id"], serde_json::json!(w.class));
    let resources = w.training_path("resources");
    let refused = unsigned.get(&resources).await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "course_library.charter_unsigned");
    assert_eq!(refused.json()["extra"]["class_id"], serde_json::json!(w.class));
    w.app.as_person(&w.learner).get(&resources).await.expect(200);
    assert!(!w.this_week().await["list"].is_null());
});

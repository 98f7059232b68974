//! The evaluation scheme and the weekly standing.

use http::StatusCode;
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::world::World;

pub fn scheme(components: Value) -> Value {
    json!({"components": components, "pass_from": 60, "good_from": 80, "excellent_from": 90, "credits_tenths": 320,
        "hours": 32, "late_percent": 80, "posts_wanted": 2})
}

testkit::on_both_databases!(scheme_is_kept_by_version, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let lead = w.app.as_person(&w.lead);
    let read = lead.get(&at).await.expect(200);
    assert_eq!((read.version(), read.json()["scheme"]["components"].as_array().map(Vec::len)), (0, Some(6)));
    let new = scheme(
        json!([{"kind": "tests", "weight": 60, "minimum": 50}, {"kind": "tasks", "weight": 40, "minimum": null}]),
    );
    for unread in [1, 7, 1 << 53] {
        lead.put_version(&at, new.clone(), unread)
            .await
            .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    for malformed in [-1, i64::MAX] {
        lead.put_version(&at, new.clone(), malformed)
            .await
            .expect_problem(StatusCode::BAD_REQUEST, "edit.version_malformed");
    }
    assert_eq!(lead.put_version(&at, new.clone(), 0).await.expect(200).version(), 1);
    lead.put_version(&at, new.clone(), 0)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    assert_eq!(lead.put_version(&at, new.clone(), 1).await.expect(200).version(), 2);
    for (components, code) in [
        (json!([{"kind": "tests", "weight": 99, "minimum": null}]), "evaluation.weights"),
        (
            json!([{"kind": "tests", "weight": 50, "minimum": null}, {"kind": "tests", "weight": 50, "minimum": null}]),
            "evaluation.component_twice",
        ),
        (json!([{"kind": "tests", "weight": 101, "minimum": null}]), "input.invalid"),
    ] {
        lead.put_version(&at, scheme(components), 2)
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code);
    }
    for (field, value) in [("credits_tenths", 0), ("credits_tenths", 3601), ("hours", 0), ("hours", 2001)] {
        let mut body = new.clone();
        body[field] = json!(value);
        let refused = lead.put_version(&at, body, 2).await;
        refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    }
    assert_eq!(w.app.as_person(&w.expert).put_version(&at, new.clone(), 2).await.status, 403);
    assert_eq!(w.app.as_person(&w.outsider).get(&at).await.status, 404);
    assert_eq!(w.app.as_person(&w.learner).get(&at).await.status, 200);
});

testkit::on_both_databases!(what_if_changes_nothing, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    rows::assessment::attempt(&bed, paper, task, w.class, w.learner.id, (34, 40)).await;
    let at = format!("/api/v1/trainings/{}/evaluation-scheme", w.training);
    let lead = w.app.as_person(&w.lead);
    let gated = scheme(json!([{"kind": "tests", "weight": 100, "minimum": 90}]));
    let seen = lead.post(&format!("{at}/what-if"), gated).await.expect(200).json();
    let learners = seen["learners"].as_array().expect("learners");
    let mine = learners.iter().find(|l| l["learner"]["name"] == "王小明").expect("the learner");
    assert_eq!((mine["grade_now"].as_str(), mine["total_now"].as_i64()), (Some("good"), Some(8500)));
    assert_eq!((mine["grade_then"].as_str(), &mine["missed_then"]), (Some("fail"), &json!(["tests"])));
    assert_eq!(seen["grades_then"]["fail"], 3);
    assert_eq!(lead.get(&at).await.expect(200).version(), 0);
    assert_eq!(
        w.app.as_person(&w.expert).post(&format!("{at}/what-if"), scheme(json!([]))).await.status,
        403
    );
});

testkit::on_both_databases!(what_is_exactly_at_a_gate_has_reached_it, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    for earned in [10, 20, 24] {
        let (paper, task) = w.test(&bed, json!({})).await;
        rows::assessment::attempt(&bed, paper, task, w.class, w.learner.id, (earned, 30)).await;
    }
    let at = format!("/api/v1/my/standing?training_id={}", w.training);
    let standing = w.app.as_person(&w.learner).get(&at).await.expect(200).json();
    let tests = standing["components"].as_array().expect("components").iter().find(|c| c["kind"] == "tests");
    let tests = tests.expect("the component");
    assert_eq!((tests["minimum"].as_i64(), tests["score"].as_i64()), (Some(60), Some(6000)));
    assert_eq!(tests["missed"], false);
    let told: Vec<i64> =
        tests["evidence"].as_array().expect("evidence").iter().filter_map(|e| e["score"].as_i64()).collect();
    assert_eq!(told, [3333, 6666, 8000]);
});

testkit::on_both_databases!(standing_opens_to_its_records, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let reading = w.task(&bed, "read", None).await;
    let attempt = rows::assessment::attempt(&bed, paper, task, w.class, w.learner.id, (20, 40)).await;
    let at = format!("/api/v1/my/standing?training_id={}", w.training);
    let standing = w.app.as_person(&w.learner).get(&at).await.expect(200).json();
    let component = |standing: &Value, kind: &str| {
        let all = standing["components"].as_array().expect("components").clone();
        all.into_iter().find(|c| c["kind"] == kind).expect("the component")
    };
    let tests = component(&standing, "tests");
    assert_eq!((tests["score"].as_i64(), tests["missed"].as_bool()), (Some(5000), Some(true)));
    assert_eq!(
        tests["evidence"][0]["records"][0],
        json!({"kind": "attempt", "id": attempt, "score": 2000, "most": 4000})
    );
    assert!(component(&standing, "tasks")["score"].is_null(), "nothing is due yet");
    let next: Vec<(&str, String)> = standing["next"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|s| (s["state"].as_str().expect("a state"), s["task"]["id"].to_string()))
        .collect();
    assert!(next.contains(&("claimed", json!(reading).to_string())), "{next:?}");

    bed.clock.advance_seconds(7 * 86_400);
    let later = w.app.as_person(&w.learner).get(&at).await.expect(200).json();
    assert_eq!(component(&later, "tasks")["score"], 0);
    for (who, status) in [(&w.expert, 404), (&w.outsider, 404)] {
        assert_eq!(w.app.as_person(who).get(&at).await.status, status);
    }
    let class = format!("/api/v1/classes/{}/standings", w.class);
    let all = w.app.as_person(&w.assistant).get(&class).await.expect(200).json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
    for (who, status) in [(&w.lead, 200), (&w.learner, 403), (&w.other_assistant, 404), (&w.outsider, 404)] {
        assert_eq!(w.app.as_person(who).get(&class).await.status, status);
    }
});

//! Assessment: a test graded at once, work graded by a rubric, the standing, the scheme, and a result that opens to its records.

use serde_json::{Value, json};

use crate::classes::Class;
use crate::client::{Person, Request, list, text};
use crate::people::People;
use crate::plan::Training;
use crate::refusals::{pointers, refused, told};
use crate::week::{Week, week_task};

/// The first learner passes with everything; the others, who did little or nothing, do not. Gives the result that passed.
pub async fn grade_and_evaluate(people: &People, training: &Training, class: &Class, week: &Week) -> Value {
    let learner = &people.teachers[0];
    take_the_test(people, week).await;
    hand_in_and_grade(people, class, week).await;
    let standing = format!("/api/v1/my/standing?training_id={}", training.id);
    let mine = learner.get(&standing).await.expect(200).json();
    assert!(mine["total"].as_u64().is_some_and(|total| total >= 9_000), "{mine}");
    assert_eq!(mine["next"], json!([]), "nothing is left to do");
    let second = people.teachers[1].get(&standing).await.expect(200).json();
    assert_eq!(list(&second["next"]).len(), 4, "watch, test, assignment and reflect are left: {second}");
    told(&people.neighbour, &Request::get(&*standing), 404, "not_found").await;
    agree_on_the_scheme(people, training).await;
    compute(people, training).await
}

async fn take_the_test(people: &People, week: &Week) {
    let learner = &people.teachers[0];
    let start = Request::post(
        format!("/api/v1/test-papers/{}/attempts", week.paper),
        json!({ "task_id": week.test }),
    );
    let attempt = learner.send(&start).await.expect(201).json();
    let path = format!("/api/v1/attempts/{}", text(&attempt["id"]));
    assert!(!attempt.to_string().contains("explanation"), "right answers stay at home: {attempt}");
    let item = |at: usize| text(&attempt["items"][at]["id"]);
    let answer =
        |at: usize, seq: u8, chosen: &[&str]| json!({ "item_id": item(at), "seq": seq, "chosen": chosen });
    let save = |answers: Value| Request::put(format!("{path}/answers"), json!({ "answers": answers }));
    learner.send(&save(json!([answer(0, 2, &["b"]), answer(1, 1, &["a", "c"])]))).await.expect(200);
    // An older save comes late and overwrites nothing.
    let saved = learner.send(&save(json!([answer(0, 1, &["a"])]))).await.expect(200).json();
    let kept = list(&saved["answers"]).iter().find(|answer| answer["item_id"] == *item(0));
    assert_eq!(kept.map(|answer| answer["chosen"].clone()), Some(json!(["b"])));
    for stranger in [&people.teachers[1], &people.neighbour] {
        told(stranger, &Request::get(&*path), 404, "not_found").await;
        refused(stranger, &save(json!([])), 404, "not_found", (learner, &path)).await;
    }
    let last = json!({ "answers": [answer(2, 1, &["true"])] });
    let submitted = learner.post(&format!("{path}/submit"), last).await.expect(200).json();
    let result = &submitted["result"];
    assert_eq!(
        (result["score"].as_u64(), result["most"].as_u64()),
        (Some(3_000), Some(3_000)),
        "{submitted}"
    );
    // What another device brings after it was handed in is kept, and changes nothing that counts.
    let late = learner.send(&save(json!([answer(0, 9, &["a"])]))).await.expect(200).json();
    assert_eq!(
        (&late["late_answers"][0]["why"], &late["submitted_at"]),
        (&json!("handed_in"), &result["submitted_at"])
    );
    assert_eq!(learner.get(&path).await.expect(200).json()["result"], *result);
    let again = json!({ "task_id": week.test });
    learner
        .post(&format!("/api/v1/test-papers/{}/attempts", week.paper), again)
        .await
        .expect_problem(409, "attempt.none_left");
}

async fn hand_in_and_grade(people: &People, class: &Class, week: &Week) {
    let (learner, assistant) = (&people.teachers[0], &people.assistant);
    let submission = week_task(&week.assignment, "/submission");
    learner.put(&submission, json!({ "text": "时间 | 二年级", "based_on": 0 })).await.expect(200);
    let short = json!({ "text": "短", "based_on": 1, "files": [] });
    let short = Request::post(format!("{submission}/hand-in"), short);
    let problem = refused(learner, &short, 422, "input.invalid", (learner, &submission)).await;
    assert_eq!(pointers(&problem), ["/text too_short"]);
    let words = "0–10 分：四年级自学，二年级听讲；10–25 分：交换；25–40 分：一起总结。";
    let stale = Request::put(&*submission, json!({ "text": "手机上的旧稿", "based_on": 0 }));
    refused(learner, &stale, 412, "edit.conflict", (learner, &submission)).await;
    let words = json!({ "text": words, "based_on": 1, "files": [] });
    learner.post(&format!("{submission}/hand-in"), words).await.expect(200);

    let queue = class.path("grading-queue");
    told(learner, &Request::get(&*queue), 403, "access.denied").await;
    told(&people.neighbour, &Request::get(&*queue), 404, "not_found").await;
    let waiting = assistant.get(&queue).await.expect(200).json();
    assert_eq!(list(&waiting["items"]).len(), 2, "the assignment and the reflection: {waiting}");
    for work in list(&waiting["items"]) {
        let id = text(&work["work_id"]);
        let (page, review) = match work["work_kind"].as_str() {
            Some("assignment") => {
                (format!("/api/v1/submissions/{id}"), format!("/api/v1/submissions/{id}/review"))
            }
            _ => (format!("/api/v1/reflections/{id}/work"), format!("/api/v1/reflections/{id}/review")),
        };
        grade(assistant, learner, &page, &review).await;
    }
    let mine = learner.get(&submission).await.expect(200).json();
    let kept = format!("/api/v1/submissions/{}/hand-ins", text(&mine["work"]["id"]));
    let kept = learner.get(&kept).await.expect(200).json();
    assert_eq!((&kept["items"][0]["body"], list(&kept["items"]).len()), (&mine["work"]["draft"], 1));
    assert_eq!(list(&kept["items"][0]["reviews"]).len(), 1);
    told(
        &people.neighbour,
        &Request::get(format!("/api/v1/submissions/{}/hand-ins", text(&mine["work"]["id"]))),
        404,
        "not_found",
    )
    .await;
    let left = assistant.get(&queue).await.expect(200).json();
    assert_eq!(left["items"], json!([]));
    let reviews = learner.get(&week_task(&week.assignment, "/reviews")).await.expect(200).json();
    assert_eq!(
        (&reviews[0]["points"], text(&reviews[0]["comment"])),
        (&reviews[0]["most"], "写得很具体。".to_owned())
    );
}

/// Work beside its rubric: a draft is saved, an unfinished judgement is refused, the best level of each criterion is given.
async fn grade(assistant: &Person, learner: &Person, page: &str, review: &str) {
    let work = assistant.get(page).await.expect(200).json();
    told(learner, &Request::get(page), 403, "access.denied").await;
    let hand_in = &work["hand_in"];
    let draft = json!({ "hand_in": hand_in, "based_on": 0, "levels": {}, "comment": "写得很" });
    assistant.put(review, draft).await.expect(200);
    let finish = format!("{review}/finish");
    let unjudged =
        json!({ "decision": "grade", "hand_in": hand_in, "based_on": 1, "levels": {}, "comment": "" });
    refused(assistant, &Request::post(&*finish, unjudged), 422, "review.unjudged", (assistant, page)).await;
    let mut levels = json!({});
    for criterion in list(&work["rubric"]["criteria"]) {
        let best = list(&criterion["levels"]).iter().max_by_key(|level| level["points"].as_u64());
        levels[text(&criterion["key"])] = best.expect("a level")["key"].clone();
    }
    let judgement = json!({ "decision": "grade", "hand_in": hand_in, "based_on": 1, "levels": levels, "comment": "写得很具体。" });
    assistant.post(&finish, judgement.clone()).await.expect(204);
    let twice = Request::post(&*finish, judgement);
    refused(assistant, &twice, 409, "review.already_graded", (assistant, page)).await;
}

/// The lead sets weights and gates; what does not add up is refused.
async fn agree_on_the_scheme(people: &People, training: &Training) {
    let lead = &people.lead;
    let path = training.path("evaluation-scheme");
    let read = lead.get(&path).await.expect(200);
    let mut scheme = read.json()["scheme"].clone();
    scheme["components"][0]["weight"] =
        json!(scheme["components"][0]["weight"].as_u64().expect("a weight") + 1);
    let heavy = Request::put(&*path, scheme.clone()).version(read.version());
    refused(lead, &heavy, 422, "evaluation.weights", (lead, &path)).await;
    scheme["components"][0]["weight"] = read.json()["scheme"]["components"][0]["weight"].clone();
    scheme["credits_tenths"] = json!(200);
    told(
        &people.assistant,
        &Request::put(&*path, scheme.clone()).version(read.version()),
        403,
        "access.denied",
    )
    .await;
    let what_if = lead.post(&format!("{path}/what-if"), scheme.clone()).await.expect(200).json();
    assert_eq!(list(&what_if["learners"]).len(), 3, "{what_if}");
    lead.put_version(&path, scheme, read.version()).await.expect(200);
}

async fn compute(people: &People, training: &Training) -> Value {
    let (lead, learner) = (&people.lead, &people.teachers[0]);
    let (compute, results) = (training.path("results/compute"), training.path("results"));
    let scheme = training.path("evaluation-scheme");
    told(lead, &Request::post(&*compute, json!({})), 428, "edit.version_missing").await;
    let version = lead.version_of(&scheme).await;
    let unread = Request::post(&*compute, json!({ "confirm": true })).version(version - 1);
    refused(lead, &unread, 412, "edit.conflict", (lead, &results)).await;
    let too_early = Request::post(&*compute, json!({})).version(version);
    refused(lead, &too_early, 409, "evaluation.not_over", (lead, &results)).await;
    told(learner, &too_early, 403, "access.denied").await;
    let computed = lead.post_as_read(&scheme, &compute, json!({ "confirm": true })).await.expect(200).json();
    assert_eq!(
        (computed["learners"].as_u64(), computed["passed"].as_u64()),
        (Some(3), Some(1)),
        "{computed}"
    );
    let again = lead.post_as_read(&scheme, &compute, json!({ "confirm": true })).await.expect(200).json();
    assert_eq!(again["changed"].as_u64(), Some(0), "the same records give the same result");

    let mine = training.path(&format!("results/{}", learner.id));
    let result = learner.get(&mine).await.expect(200).json();
    assert_eq!((result["passed"].as_bool(), result["credits_tenths"].as_u64()), (Some(true), Some(200)));
    for component in list(&result["components"]) {
        for evidence in list(&component["evidence"]) {
            assert!(!list(&evidence["records"]).is_empty(), "every point opens its records: {evidence}");
        }
    }
    assert!(result.to_string().contains("\"evidence\":[{"), "{result}");
    told(&people.teachers[1], &Request::get(&*mine), 404, "not_found").await;
    assert_eq!(people.office.get(&mine).await.expect(200).json()["result_hash"], result["result_hash"]);
    result
}

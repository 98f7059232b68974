//! Papers: written by experts, published once, asked without their answers.

use http::StatusCode;
use serde_json::{Value, json};
use testkit::TestBed;

use crate::world::{World, paper_body};

testkit::on_both_databases!(paper_is_edited_until_it_is_published, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let expert = w.app.as_person(&w.expert);
    let made = expert.post(&w.papers(), paper_body()).await.expect(201).json();
    assert_eq!((made["points"].as_i64(), made["state"].as_str()), (Some(40), Some("draft")));
    let path = format!("{}/{}", w.papers(), made["id"].as_str().expect("an id"));
    let mut body = made["content"].clone();
    body["items"][0]["stem"] = json!("复式教学是什么？");
    expert
        .put_version(&path, body.clone(), 7)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    assert_eq!(expert.put_version(&path, body.clone(), 1).await.expect(200).version(), 2);
    expert
        .post(&format!("{path}/publish"), json!({"version": 1}))
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    expert.post(&format!("{path}/publish"), json!({"version": 2})).await.expect(200);
    expert.put_version(&path, body, 3).await.expect_problem(StatusCode::CONFLICT, "paper.published");

    let bank =
        expert.get(&format!("/api/v1/trainings/{}/items?limit=3", w.training)).await.expect(200).json();
    assert_eq!(bank["items"].as_array().map(Vec::len), Some(3));
    let next = bank["next"].as_str().expect("more");
    let rest = expert
        .get(&format!("/api/v1/trainings/{}/items?limit=3&after={next}", w.training))
        .await
        .expect(200)
        .json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    // Items that were made at once stand in any order.
    let mut pages = [&bank, &rest].into_iter().filter_map(|page| page["items"].as_array()).flatten();
    assert!(pages.any(|item| item["stem"] == "复式教学是什么？"));
    let list = w.app.as_person(&w.assistant).get(&w.papers()).await.expect(200).json();
    assert_eq!(list["items"][0]["state"], "published");
});

testkit::on_both_databases!(paper_with_gaps_is_not_published, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let expert = w.app.as_person(&w.expert);
    let mut body = paper_body();
    body["items"][1]["right"] = json!([]);
    body["items"][3]["right"] = json!(["a", "b"]);
    let made = expert.post(&w.papers(), body).await.expect(201).json();
    let path = format!("{}/{}/publish", w.papers(), made["id"].as_str().expect("an id"));
    let refused = expert.in_english().post(&path, json!({"version": 1})).await;
    let refused = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "paper.incomplete").json();
    assert_eq!(refused["errors"][0]["pointer"], "/items/1");
    assert_eq!(
        (refused["errors"][1]["pointer"].as_str(), refused["errors"][1]["code"].as_str()),
        (Some("/items/3"), Some("several_right"))
    );

    let mut long = paper_body();
    long["title"] = json!("长".repeat(121));
    w.app
        .as_person(&w.expert)
        .post(&w.papers(), long)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
});

testkit::on_both_databases!(only_staff_see_papers, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, _) = w.test(&bed, json!({})).await;
    let path = format!("{}/{paper}", w.papers());
    for (who, list, whole, write) in [
        (&w.expert, 200, 200, 201),
        (&w.lead, 200, 200, 201),
        (&w.assistant, 200, 403, 403),
        (&w.learner, 403, 403, 403),
        (&w.outsider, 404, 404, 404),
    ] {
        let app = w.app.as_person(who);
        assert_eq!(app.get(&w.papers()).await.status, list);
        assert_eq!(app.get(&path).await.status, whole);
        assert_eq!(app.post(&w.papers(), paper_body()).await.status, write);
    }
    let preview = w.app.as_person(&w.assistant).get(&format!("{path}/preview")).await.expect(200);
    let text = String::from_utf8(preview.bytes).expect("text");
    assert!(!text.contains("right") && !text.contains("explanation"), "{text}");
});

testkit::on_both_databases!(item_of_another_training_is_refused, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let made = w.app.as_person(&w.expert).post(&w.papers(), paper_body()).await.expect(201).json();
    let other = World::of_province(&bed, "贵州省").await;
    let refused = other.app.as_person(&other.expert).post(&other.papers(), made["content"].clone()).await;
    refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "paper.strange_item");
});

testkit::on_both_databases!(saving_an_old_paper_takes_nothing_back, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let expert = w.app.as_person(&w.expert);
    let bank = format!("/api/v1/trainings/{}/items", w.training);
    let save = async |id: &str, content: &Value, version: i64| {
        expert.put_version(&format!("{}/{id}", w.papers()), content.clone(), version).await.expect(200).json()
    };
    let old = expert.post(&w.papers(), paper_body()).await.expect(201).json();
    let old_id = old["id"].as_str().expect("an id");
    let mut newer = old["content"].clone();
    newer["items"][0]["stem"] = json!("更清楚的说法");
    let newer = expert.post(&w.papers(), newer).await.expect(201).json();
    assert_eq!(newer["content"]["items"][0]["id"], old["content"]["items"][0]["id"]);
    assert_eq!(newer["content"]["items"][0]["version"], 2);
    let stems = async || -> Vec<String> {
        let items = expert.get(&bank).await.expect(200).json()["items"].clone();
        let items = items.as_array().expect("items").clone();
        items.iter().map(|item| item["stem"].as_str().expect("a stem").to_owned()).collect()
    };
    assert!(stems().await.contains(&"更清楚的说法".to_owned()));

    // The old paper keeps asking what it asked, and the bank keeps its newest wording.
    let mut content = old["content"].clone();
    content["title"] = json!("只改了标题");
    let saved = save(old_id, &content, 1).await;
    assert_eq!(saved["content"]["items"], old["content"]["items"]);
    assert!(stems().await.contains(&"更清楚的说法".to_owned()));

    // What is made of an older version becomes an item of its own.
    content["items"][0]["stem"] = json!("从旧的说法改来的");
    let forked = save(old_id, &content, 2).await;
    let item = &forked["content"]["items"][0];
    assert_ne!(item["id"], old["content"]["items"][0]["id"]);
    assert_eq!((item["version"].as_i64(), item["stem"].as_str()), (Some(1), Some("从旧的说法改来的")));
    let all = stems().await;
    assert!(
        all.contains(&"更清楚的说法".to_owned()) && all.contains(&"从旧的说法改来的".to_owned()),
        "{all:?}"
    );

    let mut unknown = forked["content"].clone();
    unknown["items"][1]["version"] = json!(9);
    expert
        .put_version(&format!("{}/{old_id}", w.papers()), unknown, 3)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "paper.strange_item");
});

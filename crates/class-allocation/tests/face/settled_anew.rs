//! A charter that is settled is signed by everybody, and signed again when it is settled anew: whoever has to sign is told, and where.

use http::StatusCode;
use serde_json::json;
use testkit::{TestBed, TestPerson};

use crate::ground::class::Class;
use crate::ground::kinds;

const KIND: &str = "charter_changed";
const FIRST: &str = "charter_settled";

async fn told(class: &Class, person: &TestPerson) -> usize {
    told_of(class, person, KIND).await
}

async fn told_of(class: &Class, person: &TestPerson, which: &str) -> usize {
    kinds(&class.ground, person).await.iter().filter(|kind| *kind == which).count()
}

testkit::on_both_databases!(
    of_the_first_text_every_member_is_told_where_to_sign,
    |bed: TestBed| async move {
        let class = Class::new(bed).await;
        class.ground.bed.clock.advance_seconds(1);
        class.settle("互相帮助", &["按时完成任务"]).await;
        let places =
            class.learners.iter().map(|learner| (learner, "learn")).chain([(&class.expert, "teach")]);
        for (member, place) in places {
            let page = class.ground.app.as_person(member).get("/api/v1/notices").await.expect(200).json();
            let newest = &page["items"][0];
            assert_eq!((&newest["kind"], told_of(&class, member, FIRST).await), (&json!(FIRST), 1));
            assert_eq!(newest["link"], format!("/{place}/classes/{}", class.id));
            let said = newest["text"].as_str().expect("a sentence");
            assert!(said.contains("1班") && said.contains("签署"), "{said}");
        }
        class.ground.bed.clock.advance_seconds(3_601);
        class.settle("互相提醒", &["按时完成任务"]).await;
        for person in [&class.learners[0], &class.assistant, &class.ground.lead, &class.ground.office] {
            let expected = usize::from(person.id == class.learners[0].id);
            assert_eq!(
                told_of(&class, person, FIRST).await,
                expected,
                "once, and not who settled it or only looks on"
            );
        }
    }
);

testkit::on_both_databases!(the_same_words_are_settled_once, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let (one, assistant) = (&class.learners[0], class.ground.app.as_person(&class.assistant));
    let proposal = class.read(one).await;
    let text = |extra: &[&str]| {
        let mut clauses = proposal["clauses"].as_array().expect("clauses").clone();
        clauses.extend(extra.iter().map(|clause| json!(clause)));
        json!({ "vision": proposal["vision"], "clauses": clauses })
    };
    let settled = assistant.put_version(&class.path(""), text(&[]), 0).await.expect(200);
    assert_eq!(settled.version(), 1, "what was only proposed is settled by the same words");
    class.sign(one, 1).await;
    let clause = class.ground.app.as_person(one);
    let clause = clause.post(&class.path("/clauses"), json!({ "body": "按时完成" })).await.expect(201).json();
    class.ground.bed.clock.advance_seconds(3_601);

    let mut same = text(&[]);
    same["taken"] = json!([clause["id"]]);
    let again = assistant.put_version(&class.path(""), same.clone(), 1).await.expect(200);
    assert_eq!(
        (again.version(), again.json()["settled_at"].clone()),
        (1, settled.json()["settled_at"].clone())
    );
    assert_eq!(again.json()["proposals"][0]["taken_in_version"], 1, "it is said already");
    assert_eq!(again.json()["signatures"].as_array().map(Vec::len), Some(1));
    assert!(class.signed_at(one.id).await.is_some(), "nobody signs the same twice");
    assert_eq!(told(&class, one).await, 0);
    assert_eq!(class.texts(&class.assistant).await.len(), 1);
    let mut conn = class.ground.bed.db().read().await.expect("a reader");
    let chain = class.ground.training.to_string();
    let entries = storage::audit::page(&mut conn, &chain, i64::MAX, 200).await.expect("entries");
    drop(conn);
    let settlings = entries.iter().filter(|entry| entry.action == "class_allocation.settle_charter");
    assert_eq!(settlings.count(), 1);
    assistant
        .put_version(&class.path(""), same, 0)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");

    // A blank at the edge is another text, for what is signed is kept to the byte; an order of clauses is too.
    assistant.put_version(&class.path(""), text(&["多读书"]), 1).await.expect(200);
    class.sign(one, 2).await;
    let other = assistant.put_version(&class.path(""), text(&["多读书 "]), 2).await.expect(200);
    assert_eq!((other.version(), class.signed_at(one.id).await), (3, None));
    // And words that held before, after others did, are settled and signed anew.
    let back = assistant.put_version(&class.path(""), text(&[]), 3).await.expect(200);
    assert_eq!((back.version(), class.signed_at(one.id).await), (4, None));
});

testkit::on_both_databases!(whoever_signed_is_told_where_to_sign_again, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let [one, two, three] = &class.learners[..] else { panic!("three learners") };
    let first = class.settle("互相帮助", &["按时完成任务"]).await;
    assert_eq!(told(&class, one).await, 0, "nobody had signed anything");
    for member in [one, two, &class.assistant] {
        class.sign(member, first).await;
    }
    class.ground.bed.clock.advance_seconds(1);
    class.settle("互相帮助，互相提醒", &["按时完成任务"]).await;
    let page = class.ground.app.as_person(one).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(page["items"][0]["kind"], KIND);
    assert_eq!(page["items"][0]["link"], format!("/learn/classes/{}", class.id));
    assert_eq!(told(&class, two).await, 1);
    // Who had not signed has been told of the first, and who settled it knows.
    for untold in [three, &class.assistant, &class.ground.lead, &class.ground.office] {
        assert_eq!(told(&class, untold).await, 0);
    }
});

testkit::on_both_databases!(staff_who_signed_are_told_of_what_another_settled, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let first = class.settle("互相帮助", &["按时完成任务"]).await;
    class.sign(&class.assistant, first).await;
    class.ground.bed.clock.advance_seconds(1);
    let text = json!({ "vision": "互相提醒", "clauses": ["按时完成任务"] });
    let lead = class.ground.app.as_person(&class.ground.lead);
    lead.put_version(&class.path(""), text, first).await.expect(200);
    let page = class.ground.app.as_person(&class.assistant).get("/api/v1/notices").await.expect(200).json();
    assert_eq!(page["items"][0]["kind"], KIND);
    assert_eq!(page["items"][0]["link"], format!("/teach/classes/{}", class.id));
});

testkit::on_both_databases!(settled_again_at_once_tells_nobody_twice, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let [one, two, _] = &class.learners[..] else { panic!("three learners") };
    let first = class.settle("一", &["按时完成任务"]).await;
    class.sign(one, first).await;
    let second = class.settle("二", &["按时完成任务"]).await;
    class.sign(two, second).await;
    class.settle("三", &["按时完成任务"]).await;
    assert_eq!(
        (told(&class, one).await, told(&class, two).await),
        (1, 1),
        "the first has yet to read theirs"
    );
    class.ground.bed.clock.advance_seconds(3_601);
    class.settle("四", &["按时完成任务"]).await;
    assert_eq!(told(&class, one).await, 2, "a text is waiting that they have not heard of");
});

testkit::on_both_databases!(the_count_of_signatures_is_of_present_members, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let [one, two, _] = &class.learners[..] else { panic!("three learners") };
    let first = class.settle("互相帮助", &["按时完成任务"]).await;
    for member in [one, two] {
        class.sign(member, first).await;
    }
    class.remove(two).await;
    let charter = class.read(&class.assistant).await;
    let signers: Vec<_> =
        charter["signatures"].as_array().expect("a list").iter().map(|s| &s["person_id"]).collect();
    assert_eq!(signers, [&json!(one.id)], "so many sign again when it is settled anew");
    assert_eq!(
        class.texts(&class.assistant).await[0]["signatures"].as_array().map(Vec::len),
        Some(2),
        "it stays signed"
    );
    class.ground.bed.clock.advance_seconds(1);
    class.settle("互相提醒", &["按时完成任务"]).await;
    assert_eq!((told(&class, one).await, told(&class, two).await), (1, 0));
});

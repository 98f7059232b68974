//! A charter that is settled anew is signed again: whoever signed an earlier text is told, and where.

mod ground;

use ground::class::Class;
use ground::kinds;
use serde_json::json;
use testkit::{TestBed, TestPerson};

const KIND: &str = "charter_changed";

async fn told(class: &Class, person: &TestPerson) -> usize {
    kinds(&class.ground, person).await.iter().filter(|kind| *kind == KIND).count()
}

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
    // Who had not signed is asked as before, and who settled it knows.
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

//! What somebody signed is there as they signed it, whatever is settled afterwards, for them and for whoever leads the class.

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, rows};

use crate::ground::class::Class;

/// Spaces and line breaks at every edge, and signs that one database or the other might write differently.
const SIGNED: (&str, [&str; 3]) = (
    "  一起把课上好\r\n每天进步一点 \n\n",
    [" 按时完成任务\t", "第一行\n\n  第二行\r\n", "\u{3000}“引号”\\ / é e\u{301} 𠮷 \u{200b}"],
);

fn versions(texts: &[Value]) -> Vec<i64> {
    texts.iter().map(|text| text["version"].as_i64().expect("a version")).collect()
}

testkit::on_both_databases!(
    what_was_signed_is_shown_byte_for_byte_after_three_settlings,
    |bed: TestBed| async move {
        let class = Class::new(bed).await;
        let [one, two, ..] = &class.learners[..] else { panic!("three learners") };
        assert_eq!(class.texts(&class.assistant).await, [Value::Null; 0], "a proposal is no settled text");

        let first = class.settle(SIGNED.0, &SIGNED.1).await;
        class.sign(one, first).await;
        class.ground.bed.clock.advance_seconds(60);
        let second = class.settle("一起把课上好", &["按时完成任务"]).await;
        class.sign(two, second).await;
        let third = class.settle("又一个愿景", &["又一条"]).await;
        class.sign(one, third).await;
        class.settle("最后一个愿景", &["最后一条"]).await;

        let mine = class.texts(one).await;
        assert_eq!(versions(&mine), [3, 1], "what they signed and nothing else");
        assert_eq!((&mine[1]["vision"], &mine[1]["clauses"]), (&json!(SIGNED.0), &json!(SIGNED.1)));
        assert_eq!(mine[1]["settled_by"], json!(class.assistant.id));
        assert_eq!(mine[1]["settled_by_name"], "李婷");
        assert_eq!(mine[1]["my_signature_at"], mine[1]["signatures"][0]["signed_at"]);
        assert_eq!(versions(&class.texts(two).await), [2]);
        assert_eq!(class.texts(&class.learners[2]).await, [Value::Null; 0], "nothing was signed");

        for reader in [&class.assistant, &class.ground.lead, &class.ground.office] {
            let all = class.texts(reader).await;
            assert_eq!(versions(&all), [4, 3, 2, 1]);
            assert_eq!((&all[3]["vision"], &all[3]["clauses"]), (&json!(SIGNED.0), &json!(SIGNED.1)));
            let signers = |text: &Value| -> Vec<Value> {
                let signatures = text["signatures"].as_array().expect("a list");
                signatures.iter().map(|signature| signature["person_id"].clone()).collect()
            };
            assert_eq!(
                all.iter().map(signers).collect::<Vec<_>>(),
                [vec![], vec![json!(one.id)], vec![json!(two.id)], vec![json!(one.id)]]
            );
        }
    }
);

testkit::on_both_databases!(texts_come_page_by_page, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    for vision in ["一", "二", "三"] {
        class.settle(vision, &["按时完成任务"]).await;
    }
    let staff = class.ground.app.as_person(&class.assistant);
    let page = staff.get(&class.path("/texts?limit=2")).await.expect(200).json();
    assert_eq!(
        (versions(page["items"].as_array().expect("a list")), &page["next"]),
        (vec![3, 2], &json!("2"))
    );
    let last = staff.get(&class.path("/texts?limit=2&after=2")).await.expect(200).json();
    assert_eq!((versions(last["items"].as_array().expect("a list")), &last["next"]), (vec![1], &Value::Null));
    for nowhere in [i64::MIN.to_string(), "0".to_owned()] {
        let empty = staff.get(&class.path(&format!("/texts?after={nowhere}"))).await.expect(200).json();
        assert_eq!(empty["items"], json!([]));
    }
    staff.get(&class.path("/texts?after=x")).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

testkit::on_both_databases!(people_of_another_class_read_no_text, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let signed = class.settle("互相帮助", &["按时完成任务"]).await;
    class.sign(&class.learners[0], signed).await;
    let bed = &class.ground.bed;
    let other = rows::class_allocation::class(bed, class.ground.training, "二班").await;
    let of_other = |role| [Grant { role, scope: Scope::Class(other) }];
    let learner = bed.person("邻班老师", &of_other(Role::Learner)).await;
    let assistant = bed.person("邻班助教", &of_other(Role::Assistant)).await;
    let stranger = bed.person("路人", &[]).await;
    for outsider in [&learner, &assistant, &stranger] {
        let texts = class.ground.app.as_person(outsider).get(&class.path("/texts")).await;
        texts.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    class
        .ground
        .app
        .as_nobody()
        .get(&class.path("/texts"))
        .await
        .expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
});

testkit::on_both_databases!(
    the_database_itself_refuses_a_signature_without_its_text,
    |bed: TestBed| async move {
        let class = Class::new(bed).await;
        class.settle("互相帮助", &["按时完成任务"]).await;
        let bed = &class.ground.bed;
        let sign = async |version: i64| {
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            sql("insert into charter_signatures (class_id, version, person_id, signed_at) values ($1, $2, $3, $4)")
                .bind(class.id)
                .bind(version)
                .bind(class.assistant.id)
                .bind(bed.ambient.now())
                .exec(&mut tx)
                .await
                .expect_err("the database refuses")
        };
        let nothing = sign(2).await;
        assert!(nothing.is_foreign_key(), "{nothing}");
        let proposal = sign(0).await;
        assert!(proposal.breaks("charter_signatures_version_check"), "{proposal}");
        // A text that somebody signed stays.
        class.sign(&class.assistant, 1).await;
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let gone = sql("delete from charter_texts where class_id = $1 and version = 1")
            .bind(class.id)
            .exec(&mut tx)
            .await
            .expect_err("it is signed");
        assert!(gone.is_foreign_key(), "{gone}");
    }
);

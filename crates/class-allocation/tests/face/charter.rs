//! How a class agrees on its charter, and what members see of their class.

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::json;
use testkit::{TestBed, rows};

use crate::ground::class::Class;

testkit::on_both_databases!(a_new_settled_version_is_signed_again, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let [one, two, ..] = &class.learners[..] else { panic!("three learners") };
    let app = &class.ground.app;
    let proposal = class.read(one).await;
    assert_eq!((proposal["version"].as_i64(), proposal["settled_at"].is_null()), (Some(0), true));
    assert_eq!(
        (proposal["may_sign"].as_bool(), proposal["may_settle"].as_bool()),
        (Some(false), Some(false))
    );
    app.as_person(one)
        .post(&class.path("/sign"), json!({"version": 1}))
        .await
        .expect_problem(StatusCode::CONFLICT, "charter.not_settled");

    let clause = "谁家里忙、信号断了，跟助教说一声。";
    let body = json!({"body": clause});
    let id = app.as_person(one).post(&class.path("/clauses"), body).await.expect(201).json()["id"].clone();
    let text = json!({"vision": "互相帮助", "clauses": ["按时完成任务", clause], "taken": [id]});
    app.as_person(one)
        .put_version(&class.path(""), text.clone(), 0)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let settled =
        app.as_person(&class.assistant).put_version(&class.path(""), text.clone(), 0).await.expect(200);
    assert_eq!(settled.version(), 1);
    assert_eq!(settled.json()["proposals"][0]["taken_in_version"], 1);
    app.as_person(&class.assistant)
        .put_version(&class.path(""), text.clone(), 0)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");

    let first = app.as_person(one).post(&class.path("/sign"), json!({"version": 1})).await.expect(201).json();
    class.ground.bed.clock.advance_seconds(60);
    let again = app.as_person(one).post(&class.path("/sign"), json!({"version": 1})).await.expect(201).json();
    assert_eq!(first, again);
    app.as_person(&class.assistant).post(&class.path("/sign"), json!({"version": 1})).await.expect(201);
    assert!(class.signed_at(one.id).await.is_some() && class.signed_at(two.id).await.is_none());
    assert_eq!(class.read(two).await["signatures"].as_array().map(Vec::len), Some(2));

    let text = json!({"vision": "互相帮助，互相提醒", "clauses": ["按时完成任务"]});
    app.as_person(&class.assistant).put_version(&class.path(""), text, 1).await.expect(200);
    assert_eq!(class.signed_at(one.id).await, None);
    app.as_person(one)
        .post(&class.path("/sign"), json!({"version": 1}))
        .await
        .expect_problem(StatusCode::CONFLICT, "charter.other_version");
    app.as_person(one).post(&class.path("/sign"), json!({"version": 2})).await.expect(201);
    assert!(class.signed_at(one.id).await.is_some());
    let mine = app.as_person(one).get("/api/v1/my/classes").await.expect(200).json();
    assert!(mine["items"][0]["charter_signed_at"].is_string());
    assert_eq!(
        class
            .ground
            .count("select count(*) as value from learning_records where training_id = $1 and object_kind = 'chr'")
            .await,
        3
    );
});

testkit::on_both_databases!(wrong_texts_and_outsiders_change_nothing, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let app = &class.ground.app;
    let stranger = class.ground.bed.person("路人", &[]).await;
    let other = rows::class_allocation::class(&class.ground.bed, class.ground.training, "二班").await;
    let neighbour = class
        .ground
        .bed
        .person("邻班老师", &[Grant { role: Role::Learner, scope: Scope::Class(other) }])
        .await;
    for person in [&stranger, &neighbour] {
        let caller = app.as_person(person);
        caller.get(&class.path("")).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
        caller
            .post(&class.path("/clauses"), json!({"body": "一"}))
            .await
            .expect_problem(StatusCode::NOT_FOUND, "not_found");
        caller
            .post(&class.path("/sign"), json!({"version": 1}))
            .await
            .expect_problem(StatusCode::NOT_FOUND, "not_found");
        caller
            .get(&format!("/api/v1/classes/{}/members", class.id))
            .await
            .expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let office = app.as_person(&class.ground.office);
    office.get(&class.path("")).await.expect(200);
    office
        .post(&class.path("/clauses"), json!({"body": "一"}))
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    office
        .put_version(&class.path(""), json!({"vision": "一", "clauses": ["二"]}), 0)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    // The lead settles but does not belong to the class.
    let lead = app.as_person(&class.ground.lead);
    lead.put_version(&class.path(""), json!({"vision": "一", "clauses": ["二"]}), 0).await.expect(200);
    lead.post(&class.path("/sign"), json!({"version": 1}))
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");

    let learner = app.as_person(&class.learners[0]);
    for body in [json!({"body": ""}), json!({"body": "长".repeat(201)})] {
        learner
            .post(&class.path("/clauses"), body)
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    }
    let assistant = app.as_person(&class.assistant);
    let empty = json!({"vision": "  ", "clauses": ["  "]});
    assistant
        .put_version(&class.path(""), empty, 1)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    let many = json!({"vision": "愿景", "clauses": vec!["一"; 21]});
    assistant
        .put_version(&class.path(""), many, 1)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    for _ in 0..10 {
        learner.post(&class.path("/clauses"), json!({"body": "再加一条"})).await.expect(201);
    }
    learner
        .post(&class.path("/clauses"), json!({"body": "第十一条"}))
        .await
        .expect_problem(StatusCode::CONFLICT, "charter.too_many_proposals");
    assert_eq!(class.read(&class.assistant).await["version"], 1);
});

testkit::on_both_databases!(staff_name_their_class, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let app = &class.ground.app;
    let path = format!("/api/v1/classes/{}", class.id);
    let read = app.as_person(&class.assistant).get(&path).await.expect(200);
    let version = read.version();
    let named = app
        .as_person(&class.assistant)
        .put_version(&path, json!({"name": "一班（渭水班）"}), version)
        .await
        .expect(200);
    assert_eq!((named.json()["name"].as_str(), named.version()), (Some("一班（渭水班）"), version + 1));
    app.as_person(&class.assistant)
        .put_version(&path, json!({"name": "二班"}), version)
        .await
        .expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    app.as_person(&class.learners[0])
        .put_version(&path, json!({"name": "三班"}), version + 1)
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
});

testkit::on_both_databases!(a_class_proposes_no_more_than_its_page_shows, |bed: TestBed| async move {
    let class = Class::new(bed).await;
    let (one, two) = (&class.learners[0], &class.learners[1]);
    assert_eq!(class.settle("互相帮助", &["不懂就问"]).await, 1);
    let mut tx = class.ground.bed.db().begin_write().await.expect("a transaction");
    for n in 0..199 {
        let id: kernel::id::CharterClauseId = class.ground.bed.ambient.new_id();
        storage::sql(
            "insert into charter_clauses (id, class_id, body, proposed_by, proposed_at, taken_in_version) \
             values ($1, $2, $3, $4, $5, 1)",
        )
        .bind(id)
        .bind(class.id)
        .bind(format!("第{n}条"))
        .bind(one.id)
        .bind(class.ground.bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a proposal is stored");
    }
    tx.commit().await.expect("a commit");
    let app = &class.ground.app;
    let propose = async |who, n: u8| {
        app.as_person(who).post(&class.path("/clauses"), json!({"body": format!("又{n}条")})).await
    };
    propose(one, 1).await.expect(201);
    propose(two, 2).await.expect_problem(StatusCode::CONFLICT, "charter.too_many_clauses");
    assert_eq!(class.read(two).await["proposals"].as_array().map(Vec::len), Some(200));
});

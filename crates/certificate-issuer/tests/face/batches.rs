//! From passed learners to certificates, through the face, on both databases.

use http::StatusCode;
use serde_json::{Value, json};
use testkit::{TestBed, on_both_databases, rows};

use crate::office::{Office, approving, text};

on_both_databases!(batch_runs_from_passed_learners_to_certificates_and_credits, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "才仁·卓玛"]).await;
    let waiting = office.app.as_person(&office.lead).get(&office.batches()).await.expect(200).json();
    assert_eq!((waiting["waiting"].as_i64(), waiting["items"].as_array().map(Vec::len)), (Some(2), Some(0)));

    let (address, batch) = office.submitted().await;
    assert_eq!(
        (text(&batch["batch"]["state"]), batch["submitted_by_you"].as_bool()),
        ("submitted".into(), Some(true))
    );
    let entry = &batch["entries"][1];
    assert_eq!(
        entry["printed"],
        json!({
            "learner_name": "王晓兰", "training_title": "复式教学入门", "starts_on": "2026-11-02", "ends_on": "2026-12-27",
            "hours": 32, "credits": "32", "grade": "excellent", "assessed_by": "威宁县教师发展中心",
            "issuer_name": "贵州省教师培训办公室",
        })
    );
    let queue =
        office.app.as_person(&office.officer).get("/api/v1/certificate-batches?state=submitted").await;
    assert_eq!(queue.expect(200).json()["items"][0]["id"], batch["batch"]["id"]);

    let half = json!({ "entries": [{ "entry_id": entry["id"], "decision": "approve" }] });
    let after = office.decide_batch(&office.officer, &address, half).await.expect(200).json();
    assert_eq!(text(&after["batch"]["state"]), "submitted");
    let rest = json!({ "entries": [
        { "entry_id": batch["entries"][0]["id"], "decision": "return", "reason": "缺第三周作业" }
    ] });
    let after = office.decide_batch(&office.colleague, &address, rest).await.expect(200).json();
    assert_eq!(text(&after["batch"]["state"]), "decided");

    office.runner(&bed).run_due().await.expect("jobs run");
    let done = office.app.as_person(&office.lead).get(&address).await.expect(200).json();
    assert_eq!((text(&done["batch"]["state"]), done["batch"]["issued"].as_i64()), ("issued".into(), Some(1)));
    assert_eq!(done["entries"][0]["reason"], "缺第三周作业");

    let certificate = office.certificate_of(&office.learners[0]).await;
    assert_eq!(
        (text(&certificate["status"]), text(&certificate["issued_on"])),
        ("valid".into(), "2026-11-02".into())
    );
    let credits =
        office.app.as_person(&office.learners[0]).get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!((text(&credits["counted"]), text(&credits["missing"])), ("32".into(), "328".into()));
    assert_eq!(office.certificate_of(&office.learners[1]).await, Value::Null);
    let ledger =
        office.app.as_person(&office.officer).get("/api/v1/credit-entries?find=晓").await.expect(200).json();
    assert_eq!(ledger["items"][0]["serial"], certificate["serial"]);

    // Whoever was returned can be proposed again.
    let again =
        office.app.as_person(&office.lead).post(&office.batches(), json!({})).await.expect(201).json();
    assert_eq!(again["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(again["entries"][0]["printed"]["learner_name"], "才仁·卓玛");

    let mut conn = bed.db().read().await.expect("a reader");
    let chain = office.training.to_string();
    assert_eq!(storage::audit::first_broken(&mut conn, &chain).await.expect("a chain"), None);
    let notices: i64 = storage::sql("select count(*) as value from person_notices where person_id = $1")
        .bind(office.officer.id)
        .one(&mut conn)
        .await
        .expect("a count");
    assert_eq!(notices, 1);
});

on_both_databases!(who_submitted_never_decides, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    // One person who is both lead and office.
    let both = bed.regrant(
        &office.lead,
        &[
            kernel::Grant {
                role: kernel::Role::TrainingLead,
                scope: kernel::Scope::Training(office.training),
            },
            kernel::Grant {
                role: kernel::Role::ProvincialOffice,
                scope: kernel::Scope::OrgUnit(office.unit),
            },
        ],
    );
    let (address, batch) = office.submitted().await;
    office
        .decide_batch(&both, &address, approving(&batch))
        .await
        .expect_problem(StatusCode::FORBIDDEN, "certificate.own_batch");
    // The database refuses it too, whatever a program does.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let refused =
        storage::sql("update batch_entries set decision = 'approved', decided_by = $1, decided_at = $2")
            .bind(both.id)
            .bind(bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect_err("a check");
    assert!(refused.breaks("batch_entries_decided_by_check"), "{refused}");
    drop(tx);
    office.approve(&address, &batch).await.expect(200);
});

on_both_databases!(only_the_right_people_see_and_decide, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let (address, batch) = office.submitted().await;
    let learner = &office.learners[0];
    for nobody in [learner, &office.stranger] {
        office.app.as_person(nobody).get(&address).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
        let decide = office.decide_batch(nobody, &address, approving(&batch)).await;
        decide.expect_problem(StatusCode::NOT_FOUND, "not_found");
        for list in ["/api/v1/certificate-batches", "/api/v1/credit-entries"] {
            office
                .app
                .as_person(nobody)
                .get(list)
                .await
                .expect_problem(StatusCode::FORBIDDEN, "access.denied");
        }
    }
    let decide = office.decide_batch(&office.lead, &address, approving(&batch)).await;
    decide.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let make = office.app.as_person(&office.officer).post(&office.batches(), json!({})).await;
    make.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    office.app.as_nobody().get(&address).await.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");

    office.approve(&address, &batch).await.expect(200);
    office.runner(&bed).run_due().await.expect("jobs run");
    let certificate = office.certificate_of(learner).await;
    let files = format!("/api/v1/certificates/{}", text(&certificate["id"]));
    for who in [learner, &office.lead, &office.officer] {
        for file in ["", "/pdf", "/credential.jwt"] {
            office.app.as_person(who).get(&format!("{files}{file}")).await.expect(200);
        }
    }
    let stranger = office.app.as_person(&office.stranger);
    stranger.get(&format!("{files}/pdf")).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let revoke = json!({ "cause": "misconduct", "reason": "代学" });
    let by_lead =
        office.app.as_person(&office.lead).post(&format!("{files}/propose-revocation"), revoke).await;
    by_lead.expect_problem(StatusCode::FORBIDDEN, "access.denied");
});

on_both_databases!(draft_can_be_changed_and_dropped, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李䶮"]).await;
    let lead = office.app.as_person(&office.lead);
    let made = lead.post(&office.batches(), json!({})).await.expect(201).json();
    let address = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
    lead.post(&office.batches(), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.nobody_waiting");
    let entry = text(&made["entries"][0]["id"]);
    lead.delete(&format!("{address}/entries/{entry}")).await.expect(204);
    lead.delete(&format!("{address}/entries/{entry}"))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    let waiting = lead.get(&office.batches()).await.expect(200).json();
    assert_eq!(waiting["waiting"], 1);
    lead.delete(&address).await.expect(204);
    lead.get(&address).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let (address, _) = office.submitted().await;
    lead.delete(&address).await.expect_problem(StatusCode::CONFLICT, "certificate.not_draft");
    office.submit(&address).await.expect_problem(StatusCode::CONFLICT, "certificate.not_draft");
});

on_both_databases!(name_that_cannot_be_printed_blocks_handing_in, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "王🙂"]).await;
    let lead = office.app.as_person(&office.lead);
    let made = lead.post(&office.batches(), json!({})).await.expect(201).json();
    assert_eq!(made["entries"][1]["missing_glyphs"], json!(["🙂"]));
    let address = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
    let refused = office.submit(&address).await;
    let refused = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.unprintable").json();
    assert_eq!(refused["errors"][0]["code"], "missing_glyphs");
    assert!(text(&refused["errors"][0]["detail"]).contains('🙂'), "{refused}");
    lead.delete(&format!("{address}/entries/{}", text(&made["entries"][1]["id"]))).await.expect(204);
    office.submit(&address).await.expect(200);
});

on_both_databases!(changed_result_blocks_handing_in_and_approval, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let (address, batch) = office.submitted().await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update final_results set result_hash = $1")
        .bind("1".repeat(64))
        .exec(&mut tx)
        .await
        .expect("a result computed anew");
    tx.commit().await.expect("a commit");
    let refused = office.approve(&address, &batch).await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "certificate.results_changed").json();
    assert!(text(&refused["errors"][0]["detail"]).contains("王晓兰"));
    let returned = json!({ "entries": [
        { "entry_id": batch["entries"][0]["id"], "decision": "return", "reason": "成绩有变动" }
    ] });
    let done = office.decide_batch(&office.officer, &address, returned).await.expect(200).json();
    assert_eq!(done["batch"]["state"], "decided");
    office
        .app
        .as_person(&office.officer)
        .post(&format!("{address}/issue"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.nothing_approved");
});

on_both_databases!(wrong_decisions_are_refused_in_words, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let (address, batch) = office.submitted().await;
    let officer = office.app.as_person(&office.officer);
    let decide = async |body: Value| office.decide_batch(&office.officer, &address, body).await;
    let entry = &batch["entries"][0]["id"];
    let without_reason = json!({ "entries": [{ "entry_id": entry, "decision": "return" }] });
    decide(without_reason).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.reason");
    let long =
        json!({ "entries": [{ "entry_id": entry, "decision": "return", "reason": "长".repeat(501) }] });
    decide(long).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
    let unknown: kernel::id::BatchEntryId = bed.ambient.new_id();
    let unknown = json!({ "entries": [{ "entry_id": unknown, "decision": "approve" }] });
    decide(unknown).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    officer
        .post(&format!("{address}/issue"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.not_decided");
    office.approve(&address, &batch).await.expect(200);
    let again = office.approve(&address, &batch).await;
    again.expect_problem(StatusCode::CONFLICT, "certificate.already_decided");
    // Put to work once more before the first work was done: still one certificate.
    officer.post(&format!("{address}/issue"), json!({})).await.expect(200);
    office.runner(&bed).run_due().await.expect("jobs run");
    officer
        .post(&format!("{address}/issue"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.already_decided");
    let mine =
        office.app.as_person(&office.learners[0]).get("/api/v1/my/certificates").await.expect(200).json();
    assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
});

on_both_databases!(batch_is_made_of_the_results_of_a_closed_training_only, |bed: TestBed| async move {
    let office = Office::running(&bed, &["王晓兰"]).await;
    let lead = office.app.as_person(&office.lead);
    let state = lead.get(&office.batches()).await.expect(200).json();
    assert_eq!((state["waiting"].as_i64(), state["is_over"].as_bool()), (Some(1), Some(false)));
    lead.post(&office.batches(), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.training_runs");
    rows::training_plan::closed(&bed, office.training).await;
    assert_eq!(lead.get(&office.batches()).await.expect(200).json()["is_over"], true);
    lead.post(&office.batches(), json!({})).await.expect(201);
});

on_both_databases!(office_of_another_province_sees_nothing, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let elsewhere = rows::identity::org_unit(&bed, None, "province", "云南省").await;
    let grant =
        kernel::Grant { role: kernel::Role::ProvincialOffice, scope: kernel::Scope::OrgUnit(elsewhere) };
    let other = bed.person("孙外省", &[grant]).await;
    let address = office.issued(&bed).await;
    let other = office.app.as_person(&other);
    other.get(&address).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    for list in ["/api/v1/certificate-batches", "/api/v1/credit-entries", "/api/v1/certificate-changes"] {
        assert_eq!(other.get(list).await.expect(200).json()["items"], json!([]));
    }
});

on_both_databases!(decisions_about_a_batch_carry_the_version_that_was_read, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    let lead = office.app.as_person(&office.lead);
    let made = lead.post(&office.batches(), json!({})).await.expect(201).json();
    let address = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
    let version = |batch: &Value| batch["batch"]["version"].as_i64().expect("a version");
    assert_eq!(lead.get(&address).await.expect(200).version(), version(&made));

    // Another lead took somebody out after this one read it.
    let submit = format!("{address}/submit");
    lead.delete(&format!("{address}/entries/{}", text(&made["entries"][0]["id"]))).await.expect(204);
    let missing = lead.post(&submit, json!({})).await;
    missing.expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    let stale = lead.post_version(&submit, json!({}), version(&made)).await;
    stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    assert_eq!(lead.get(&address).await.expect(200).json()["batch"]["state"], "draft");
    let now = lead.get(&address).await.expect(200).version();
    let submitted = lead.post_version(&submit, json!({}), now).await.expect(200).json();
    assert_eq!(submitted["entries"].as_array().map(Vec::len), Some(1));

    // The officer decides what they read; a refused decision leaves the version as it was.
    let (decide, officer) = (format!("{address}/decide"), office.app.as_person(&office.officer));
    let missing = officer.post(&decide, approving(&submitted)).await;
    missing.expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    for stale in [now, version(&submitted) + 1] {
        let stale = officer.post_version(&decide, approving(&submitted), stale).await;
        stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    }
    let done = officer.post_version(&decide, approving(&submitted), version(&submitted)).await;
    assert_eq!(done.expect(200).json()["batch"]["state"], "decided");
});

on_both_databases!(batch_says_who_may_decide_it, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let deciders =
        |batch: &Value| (batch["deciders"]["names"].clone(), batch["deciders"]["includes_you"].clone());
    let (address, submitted) = office.submitted().await;
    assert_eq!(deciders(&submitted), (json!(["赵处长", "钱科长"]), json!(false)));
    let read = office.app.as_person(&office.officer).get(&address).await.expect(200).json();
    assert_eq!(read["deciders"]["includes_you"], true);
    let done = office.approve(&address, &read).await.expect(200).json();
    assert_eq!(done["deciders"], Value::Null, "nothing waits any more");
});

on_both_databases!(a_name_that_was_corrected_is_taken_over_by_a_draft, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰🙂", "才仁·卓玛"]).await;
    let lead = office.app.as_person(&office.lead);
    let made = lead.post(&office.batches(), json!({})).await.expect(201).json();
    let address = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
    let of = |view: &Value, learner: &testkit::TestPerson| {
        let entries = view["entries"].as_array().expect("entries");
        entries.iter().find(|entry| entry["person_id"] == json!(learner.id)).expect("an entry").clone()
    };
    let rename = async |name: &str| {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        storage::sql("update people set name = $2 where id = $1")
            .bind(office.learners[0].id)
            .bind(name.to_owned())
            .exec(&mut tx)
            .await
            .expect("a name");
        tx.commit().await.expect("a commit");
    };
    assert_eq!(of(&made, &office.learners[0])["missing_glyphs"], json!(["🙂"]));
    rename("王晓兰").await;
    let draft = lead.get(&address).await.expect(200).json();
    let entry = of(&draft, &office.learners[0]);
    assert_eq!(
        (&entry["printed"]["learner_name"], &entry["name_was"]),
        (&json!("王晓兰"), &json!("王小兰🙂"))
    );
    assert_eq!(entry["missing_glyphs"], json!([]));
    assert_eq!(of(&draft, &office.learners[1])["name_was"], Value::Null);

    lead.post_as_read(&address, &format!("{address}/submit"), json!({})).await.expect(200);
    // The office sees what was changed, and decides on what stands there: a later correction is another matter.
    rename("王小岚").await;
    let read = office.app.as_person(&office.officer).get(&address).await.expect(200).json();
    let entry = of(&read, &office.learners[0]);
    assert_eq!(
        (&entry["printed"]["learner_name"], &entry["name_was"]),
        (&json!("王晓兰"), &json!("王小兰🙂"))
    );
    office.approve(&address, &read).await.expect(200);
    office.runner(&bed).run_due().await.expect("jobs run");
    let certificate = office.certificate_of(&office.learners[0]).await;
    assert_eq!(certificate["printed"]["learner_name"], "王晓兰");
});

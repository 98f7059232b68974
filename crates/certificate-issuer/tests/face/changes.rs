//! Four eyes on what is taken back or corrected: one officer proposes, another decides, and the database holds them to it.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases, rows};

use crate::office::{Office, text};

async fn id_of(office: &Office, learner: &TestPerson) -> String {
    text(&office.certificate_of(learner).await["id"])
}
async fn status_of(office: &Office, learner: &TestPerson) -> String {
    text(&office.certificate_of(learner).await["status"])
}
fn misconduct() -> Value {
    json!({ "cause": "misconduct", "reason": "经查由他人代学" })
}
async fn noted(bed: &TestBed, action: &'static str) -> Vec<kernel::id::PersonId> {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql("select person_id as value from audit_entries where action = $1 order by id")
        .bind(action)
        .all(&mut conn)
        .await
        .expect("the audit")
}

async fn noticed(bed: &TestBed, officer: kernel::id::PersonId) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql(
        "select count(*) as value from person_notices where person_id = $1 and kind = 'change_proposed'",
    )
    .bind(officer)
    .one(&mut conn)
    .await
    .expect("a count")
}

on_both_databases!(certificate_stays_valid_until_another_officer_confirms, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    let batch = office.issued(&bed).await;
    let learner = &office.learners[0];
    let certificate = id_of(&office, learner).await;
    let change = office.proposed(&certificate, "revocation", misconduct()).await;
    assert_eq!((text(&change["state"]), change["proposed_by_you"].as_bool()), ("open".into(), Some(true)));
    // To its holder, to a stranger and offline of us.
    let mine = office.certificate_of(learner).await;
    let valid = async || {
        assert_eq!(status_of(&office, learner).await, "valid");
        let told = office.told(&mine).await;
        assert_eq!((text(&told["status"]), told.get("revocation")), ("valid".into(), None));
        assert_eq!(office.listed_as_revoked(&bed).await, 0);
    };
    valid().await;

    // The other officer is told, finds it in the list and at the certificate; the one who proposed is not told.
    let colleague = office.app.as_person(&office.colleague);
    assert_eq!(noticed(&bed, office.colleague.id).await, 1);
    assert_eq!(noticed(&bed, office.officer.id).await, 0);
    let list = colleague.get("/api/v1/certificate-changes?state=open").await.expect(200).json();
    assert_eq!(list["items"][0]["id"], change["id"]);
    let detail = colleague.get(&batch).await.expect(200).json();
    let entries = detail["entries"].as_array().expect("entries");
    assert!(entries.iter().any(|entry| entry["certificate"]["open_change_id"] == change["id"]));

    // Not the one who proposed it, not the lead, not a stranger.
    let own = office.decide(&office.officer, &change, "confirm", json!({})).await;
    own.expect_problem(StatusCode::FORBIDDEN, "certificate.own_change");
    let own = office.decide(&office.officer, &change, "refuse", json!({ "reason": "不妥" })).await;
    own.expect_problem(StatusCode::FORBIDDEN, "certificate.own_change");
    let lead = office.decide(&office.lead, &change, "confirm", json!({})).await;
    lead.expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let stranger = office.decide(&office.stranger, &change, "confirm", json!({})).await;
    stranger.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let other = office.decide(&office.colleague, &change, "withdraw", json!({})).await;
    other.expect_problem(StatusCode::FORBIDDEN, "certificate.not_proposer");
    valid().await;

    let read =
        colleague.get(&format!("/api/v1/certificate-changes/{}", text(&change["id"]))).await.expect(200);
    assert_eq!(read.version(), 1);
    let done = office.decide(&office.colleague, &change, "confirm", json!({})).await.expect(200).json();
    assert_eq!((text(&done["state"]), text(&done["decided_by"])), ("confirmed".into(), "钱科长".into()));
    assert_eq!(status_of(&office, learner).await, "revoked");
    assert_eq!(text(&office.told(&mine).await["status"]), "revoked");
    assert_eq!(office.listed_as_revoked(&bed).await, 1);
    assert_eq!(noted(&bed, "certificate_issuer.propose_change").await, [office.officer.id]);
    assert_eq!(noted(&bed, "certificate_issuer.confirm_change").await, [office.colleague.id]);
});

on_both_databases!(proposal_is_refused_or_withdrawn_and_another_may_follow, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let learner = &office.learners[0];
    let certificate = id_of(&office, learner).await;
    let first = office.proposed(&certificate, "revocation", misconduct()).await;
    let path = format!("/api/v1/certificates/{certificate}/propose-correction");
    let second = json!({ "grade": "good", "reason": "等级有误" });
    let second = office.app.as_person(&office.colleague).post(&path, second).await;
    second.expect_problem(StatusCode::CONFLICT, "certificate.change_pending");
    let refused = office.decide(&office.colleague, &first, "refuse", json!({ "reason": "证据不足" })).await;
    assert_eq!(text(&refused.expect(200).json()["refusal"]), "证据不足");
    let next = office.proposed(&certificate, "revocation", misconduct()).await;
    let withdrawn = office.decide(&office.officer, &next, "withdraw", json!({})).await.expect(200).json();
    assert_eq!(text(&withdrawn["state"]), "withdrawn");
    let told = office.told(&office.certificate_of(learner).await).await;
    assert_eq!((text(&told["status"]), office.listed_as_revoked(&bed).await), ("valid".into(), 0));
    let late = json!({ "id": next["id"], "version": 2 });
    let late = office.decide(&office.colleague, &late, "confirm", json!({})).await;
    late.expect_problem(StatusCode::CONFLICT, "certificate.already_decided");
    assert_eq!(status_of(&office, learner).await, "valid");
});

on_both_databases!(decision_carries_the_version_that_was_read, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = id_of(&office, &office.learners[0]).await;
    let change = office.proposed(&certificate, "revocation", misconduct()).await;
    let path = format!("/api/v1/certificate-changes/{}/confirm", text(&change["id"]));
    let colleague = office.app.as_person(&office.colleague);
    let missing =
        colleague.request(Method::POST, &path, Some(json!({})), &[("idempotency-key", "a-decision")]).await;
    missing.expect_problem(StatusCode::PRECONDITION_REQUIRED, "edit.version_missing");
    let stale = json!({ "id": change["id"], "version": 7 });
    let stale = office.decide(&office.colleague, &stale, "confirm", json!({})).await;
    stale.expect_problem(StatusCode::PRECONDITION_FAILED, "edit.conflict");
    office.decide(&office.colleague, &change, "confirm", json!({})).await.expect(200);
});

on_both_databases!(nobody_changes_their_own_certificate, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let scope = kernel::Scope::OrgUnit(office.unit);
    let seat = kernel::Grant { role: kernel::Role::ProvincialOffice, scope };
    let holder = bed.regrant(&office.learners[0], &[seat]);
    let certificate = id_of(&office, &holder).await;
    let path = format!("/api/v1/certificates/{certificate}/propose-correction");
    let body = json!({ "grade": "good", "reason": "等级有误" });
    let own = office.app.as_person(&holder).post(&path, body.clone()).await;
    own.expect_problem(StatusCode::FORBIDDEN, "certificate.own");
    let change = office.proposed(&certificate, "correction", body).await;
    let own = office.decide(&holder, &change, "confirm", json!({})).await;
    own.expect_problem(StatusCode::FORBIDDEN, "certificate.own");
});

on_both_databases!(database_refuses_one_person_on_both_sides, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let learner = office.learners[0].id;
    let certificate = id_of(&office, &office.learners[0]).await;
    office.proposed(&certificate, "revocation", misconduct()).await;
    for (statement, constraint) in [
        (
            "update certificate_changes set state = 'confirmed', decided_by = proposed_by, decided_at = proposed_at, \
               confirmed_by = proposed_by",
            "certificate_changes_decided_by_check",
        ),
        (
            "update certificate_changes set state = 'confirmed', decided_by = person_id, decided_at = proposed_at, \
               confirmed_by = person_id",
            "certificate_changes_decided_by_check",
        ),
        ("update certificate_changes set proposed_by = person_id", "certificate_changes_proposed_by_check"),
        (
            "update certificates set revoked_at = issued_at, revoked_by = person_id, revocation_cause = 'misconduct', \
               revocation_reason = '无'",
            "certificates_revoked_at_check",
        ),
    ] {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let refused = storage::sql(statement).exec(&mut tx).await.expect_err("a constraint");
        assert!(refused.breaks(constraint), "{statement}: {refused}");
    }
    // Nor is a certificate ended by a change that nobody confirmed.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let unconfirmed = storage::sql(
        "update certificates set revoked_at = issued_at, revoked_by = $1, revocation_cause = 'misconduct', \
           revocation_reason = '无', revocation_change_id = (select id from certificate_changes)",
    )
    .bind(learner)
    .exec(&mut tx)
    .await;
    assert!(unconfirmed.is_err(), "a foreign key refuses it");
});

on_both_databases!(printed_figures_keep_within_the_bounds_of_a_scheme, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = id_of(&office, &office.learners[0]).await;
    let path = format!("/api/v1/certificates/{certificate}/propose-correction");
    let officer = office.app.as_person(&office.officer);
    for (field, value, pointer, code) in [
        ("hours", json!(0), "/hours", "input.invalid"),
        ("hours", json!(2001), "/hours", "input.invalid"),
        ("hours", json!(65_535), "/hours", "input.invalid"),
        ("credits", json!("0"), "/credits", "certificate.credits"),
        ("credits", json!("360.1"), "/credits", "certificate.credits"),
        ("credits", json!("999999.9"), "/credits", "certificate.credits"),
        ("starts_on", json!("0000-01-01"), "/starts_on", "input.invalid"),
        ("ends_on", json!("9999-12-31"), "/ends_on", "input.invalid"),
    ] {
        let mut body = json!({ "reason": "印错了" });
        body[field] = value.clone();
        let answer = officer.post(&path, body).await;
        assert_eq!((answer.status, answer.code().as_str()), (422, code), "{field} {value}");
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{field} {value}");
    }
    let most = json!({ "hours": 2000, "credits": "360", "reason": "印错了" });
    officer.post(&path, most).await.expect(201);
});

// What no certificate may say is refused when it is proposed, with what is wrong with it, and once more when it is confirmed.
on_both_databases!(dates_are_compared_with_the_day_of_issue, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let learner = &office.learners[0];
    let certificate = id_of(&office, learner).await;
    let path = format!("/api/v1/certificates/{certificate}/propose-correction");
    let officer = office.app.as_person(&office.officer).in_english();
    for (starts_on, ends_on, pointer, says) in [
        ("2026-11-03", "2027-03-01", "/starts_on", "after the day of issue"),
        ("2027-01-01", "2027-03-01", "/starts_on", "after the day of issue"),
        ("2026-10-05", "2026-10-04", "/ends_on", "before it starts"),
    ] {
        let body = json!({ "starts_on": starts_on, "ends_on": ends_on, "reason": "日期有误" });
        let refused = officer.post(&path, body).await;
        let refused =
            refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.unprintable").json();
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{starts_on} {ends_on}");
        assert!(text(&refused["errors"][0]["detail"]).contains(says), "{refused}");
    }
    let today = json!({ "starts_on": "2026-11-02", "ends_on": "2027-03-01", "reason": "日期有误" });
    let change = office.proposed(&certificate, "correction", today).await;

    // By whichever clock it is confirmed: yesterday nothing could have begun today.
    bed.clock.advance_seconds(-86_400);
    let refused = office.decide(&office.colleague, &change, "confirm", json!({})).await;
    refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.unprintable");
    assert_eq!(status_of(&office, learner).await, "valid");
    bed.clock.advance_seconds(86_400);
    let path = format!("/api/v1/certificate-changes/{}/confirm", text(&change["id"]));
    office.app.as_person(&office.colleague).post_version(&path, json!({}), 1).await.expect(200);
});

on_both_databases!(fifty_decisions_at_once_are_one, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = id_of(&office, &office.learners[0]).await;
    let body = json!({ "credits": "20", "reason": "学分有误" });
    let change = office.proposed(&certificate, "correction", body).await;
    let path = format!("/api/v1/certificate-changes/{}", text(&change["id"]));
    let asked: Vec<_> = (0..50)
        .map(|turn| {
            let (app, path) = (office.app.clone(), path.clone());
            let (who, word) = match turn % 3 {
                0 => (office.colleague.clone(), "confirm"),
                1 => (office.colleague.clone(), "refuse"),
                _ => (office.officer.clone(), "withdraw"),
            };
            tokio::spawn(async move {
                let (key, body) = (format!("decision-{turn}"), json!({ "reason": "不妥" }));
                let body = if word == "refuse" { body } else { json!({}) };
                let headers = [("if-match", "\"v1\""), ("idempotency-key", key.as_str())];
                let path = format!("{path}/{word}");
                app.as_person(&who).request(Method::POST, &path, Some(body), &headers).await.status
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for answer in asked {
        statuses.push(answer.await.expect("the request ends"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 49, "{statuses:?}");
});

on_both_databases!(change_says_who_may_decide_it_and_nobody_stands_in, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = id_of(&office, &office.learners[0]).await;
    let change = office.proposed(&certificate, "revocation", misconduct()).await;
    let path = format!("/api/v1/certificate-changes/{}", text(&change["id"]));
    assert_eq!(change["deciders"], json!({ "names": ["钱科长"], "includes_you": false }));
    let seen = office.app.as_person(&office.colleague).get(&path).await.expect(200).json();
    assert_eq!(seen["deciders"], json!({ "names": ["钱科长"], "includes_you": true }));

    // The second officer leaves: nobody else can decide, and the administrator does not stand in.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let left = storage::sql(
        "update people set disabled_at = $2, disabled_by = $3, disabled_as = 'administrator' where id = $1",
    );
    let left = left.bind(office.colleague.id).bind(bed.ambient.now()).bind(office.officer.id);
    left.exec(&mut tx).await.expect("a person");
    tx.commit().await.expect("a commit");
    let seen = office.app.as_person(&office.officer).get(&path).await.expect(200).json();
    assert_eq!(seen["deciders"], json!({ "names": [], "includes_you": false }));
    let system = kernel::Grant { role: kernel::Role::Administrator, scope: kernel::Scope::System };
    let administrator = bed.person("管理员", &[system]).await;
    let seen = office.app.as_person(&administrator).get(&path).await.expect(200).json();
    assert_eq!(seen["deciders"], json!({ "names": [], "includes_you": false }));
    let stands_in = office.decide(&administrator, &change, "confirm", json!({})).await;
    stands_in.expect_problem(StatusCode::FORBIDDEN, "access.denied");

    // A second officer is appointed and confirms what was proposed before.
    let seat =
        kernel::Grant { role: kernel::Role::ProvincialOffice, scope: kernel::Scope::OrgUnit(office.unit) };
    let second = bed.person("孙科员", &[seat]).await;
    rows::identity::grant(&bed, second.id, seat).await;
    let done = office.decide(&second, &change, "confirm", json!({})).await.expect(200).json();
    assert_eq!((text(&done["decided_by"]), &done["deciders"]), ("孙科员".into(), &Value::Null));
});

on_both_databases!(stored_words_that_cannot_be_read_are_errors, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let address = office.issued(&bed).await;
    let learner = &office.learners[0];
    let certificate = id_of(&office, learner).await;
    let correction = json!({ "grade": "good", "reason": "等级有误" });
    let change = office.changed(&certificate, "correction", correction).await;
    let change = format!("/api/v1/certificate-changes/{}", text(&change["id"]));
    let mine = "/api/v1/my/certificates";
    for (broken, mended, who, path) in [
        (
            "replaced_by = 'ABC' where replaced_by is not null",
            "replaced_by = (select max(serial) from certificates) where replaced_by is not null",
            learner,
            mine,
        ),
        ("public_base = 'nowhere'", "public_base = 'https://lingxue.example.org'", learner, mine),
        ("serial = 'X-' || serial", "serial = substr(serial, 3)", &office.officer, &address),
    ] {
        for (words, status) in [(broken, 500), (mended, 200)] {
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            storage::sql(format!("update certificates set {words}").leak())
                .exec(&mut tx)
                .await
                .expect("a row");
            tx.commit().await.expect("a commit");
            assert_eq!(office.app.as_person(who).get(path).await.status, status, "{words}");
        }
    }
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update certificate_changes set reason = ' '").exec(&mut tx).await.expect("a row");
    tx.commit().await.expect("a commit");
    assert_eq!(office.app.as_person(&office.officer).get(&change).await.status, 500);
});

on_both_databases!(nothing_is_proposed_about_a_certificate_that_is_just_ended, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = id_of(&office, &office.learners[0]).await;
    let change = office.proposed(&certificate, "revocation", misconduct()).await;
    // The confirmation waits for the certificate, and so does the next proposal.
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("update certificates set edition = edition").exec(&mut tx).await.expect("a certificate");
    let (app, who, version) = (office.app.clone(), office.colleague.clone(), change["version"].as_i64());
    let path = format!("/api/v1/certificate-changes/{}/confirm", text(&change["id"]));
    let version = version.expect("a version");
    let confirm =
        tokio::spawn(async move { app.as_person(&who).post_version(&path, json!({}), version).await });
    bed.until_waiting(1, &[&confirm]).await;
    let (app, who) = (office.app.clone(), office.officer.clone());
    let path = format!("/api/v1/certificates/{certificate}/propose-revocation");
    let propose = tokio::spawn(async move { app.as_person(&who).post(&path, misconduct()).await.status });
    bed.until_waiting(2, &[&propose]).await;
    drop(tx);
    confirm.await.expect("it ends").expect(200);
    assert_eq!(propose.await.expect("it ends"), 409);
    let open: i64 = storage::sql("select count(*) as value from certificate_changes where state = 'open'")
        .one(&mut bed.db().read().await.expect("a reader"))
        .await
        .expect("a count");
    assert_eq!(open, 0, "nobody could decide about it");
});

//! Every certificate that was asked for ends issued or void, by itself or by what the office is offered.

use certificate_issuer::model::TrainingCode;
use http::StatusCode;
use serde_json::{Value, json};
use storage::jobs::{Job, JobHandler};
use testkit::{TestBed, TestPerson, on_both_databases, rows};

use crate::office::{Office, text};

async fn change_rows(bed: &TestBed, statement: &'static str) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql(statement).exec(&mut tx).await.expect("a statement");
    tx.commit().await.expect("a commit");
}
async fn text_of(bed: &TestBed, statement: &'static str) -> String {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql(statement).one(&mut conn).await.expect("a text")
}
/// What counts, and the lines: the test's clock stands still, so they have no order but that of their words.
async fn ledger_of(office: &Office, learner: &TestPerson) -> (String, Vec<String>) {
    let credits = office.app.as_person(learner).get("/api/v1/my/credits").await.expect(200).json();
    let lines = credits["entries"].as_array().expect("entries").iter();
    let lines = lines.map(|line| format!("{} {}", text(&line["kind"]), text(&line["credits"])));
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    (text(&credits["counted"]), lines)
}
async fn batch(office: &Office, address: &str) -> Value {
    office.app.as_person(&office.officer).get(address).await.expect(200).json()
}
/// Runs the job of a batch once, as its runner would.
async fn run(bed: &TestBed, office: &Office, batch: &Value) -> Result<(), String> {
    let payload = json!({ "batch": batch["batch"]["id"] });
    let job = Job {
        id: bed.ambient.new_id(),
        kind: certificate_issuer::ISSUE_BATCH.name.to_owned(),
        payload,
        attempts: 1,
    };
    office.worker(bed, office.issuing.clone()).run(&job).await.map_err(|error| error.to_string())
}
/// Does the work while the place for files is gone.
async fn run_without_files(bed: &TestBed, office: &Office, batch: &Value) {
    let (place, away) = (bed.folder().join("blobs"), bed.folder().join("away"));
    std::fs::rename(&place, &away).expect("moved away");
    std::fs::write(&place, b"in the way").expect("written");
    run(bed, office, batch).await.expect_err("no place for files");
    std::fs::remove_file(&place).expect("out of the way");
    std::fs::rename(&away, &place).expect("back again");
}
/// Jobs that gave up: nobody comes again by himself.
async fn give_up(bed: &TestBed) {
    change_rows(bed, "delete from jobs").await;
}

on_both_databases!(correction_whose_work_gave_up_is_taken_up_again, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰"]).await;
    let address = office.issued(&bed).await;
    let learner = &office.learners[0];
    let certificate = text(&office.certificate_of(learner).await["id"]);
    office
        .changed(&certificate, "correction", json!({ "learner_name": "王晓兰", "reason": "姓名有误" }))
        .await;
    run_without_files(&bed, &office, &batch(&office, &address).await).await;
    give_up(&bed).await;
    let stuck = batch(&office, &address).await;
    assert_eq!(
        (text(&stuck["batch"]["state"]), stuck["batch"]["unfinished"].as_i64()),
        ("issued".into(), Some(1))
    );

    let officer = office.app.as_person(&office.officer);
    officer.post(&format!("{address}/issue"), json!({})).await.expect(200);
    office.runner(&bed).run_due().await.expect("jobs run");
    let done = office.certificate_of(learner).await;
    assert_eq!(
        (text(&done["status"]), text(&done["printed"]["learner_name"])),
        ("valid".into(), "王晓兰".into())
    );
    assert_eq!(batch(&office, &address).await["batch"]["unfinished"], 0);
    officer
        .post(&format!("{address}/issue"), json!({}))
        .await
        .expect_problem(StatusCode::CONFLICT, "certificate.already_decided");
});

on_both_databases!(
    text_that_an_older_release_reserved_is_signed_as_it_was_written,
    |bed: TestBed| async move {
        let office = Office::new(&bed, &["王晓兰"]).await;
        let (address, made) = office.submitted().await;
        office.approve(&address, &made).await.expect(200);
        run_without_files(&bed, &office, &made).await;
        // The release before called the learning by another name.
        change_rows(
            &bed,
            "update certificates set payload = replace(payload, '按评价方案完成', '按考核方案完成')",
        )
        .await;
        let payload = text_of(&bed, "select payload as value from certificates").await;
        assert!(payload.contains("按考核方案完成"));
        run(&bed, &office, &made).await.expect("it is finished");
        let certificate = office.certificate_of(&office.learners[0]).await;
        let files = format!("/api/v1/certificates/{}", text(&certificate["id"]));
        let mine = office.app.as_person(&office.learners[0]);
        let token = mine.get(&format!("{files}/credential.jwt")).await.expect(200).bytes;
        assert!(written_in(&token).contains("按考核方案完成"));
        office.verify(&token).await.expect(200);
        office.verify(&mine.get(&format!("{files}/pdf")).await.expect(200).bytes).await.expect(200);
    }
);

fn written_in(token: &[u8]) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let token = std::str::from_utf8(token).expect("a token");
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).expect("a payload")).expect("base64url");
    String::from_utf8(payload).expect("JSON")
}

on_both_databases!(one_that_cannot_be_finished_does_not_hold_up_the_others, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏", "张红"]).await;
    let (address, made) = office.submitted().await;
    office.approve(&address, &made).await.expect(200);
    run_without_files(&bed, &office, &made).await;
    change_rows(
        &bed,
        "update certificates set payload = replace(payload, '李敏', '李明'), claims_version = 1 where learner_name = '李敏'",
    )
    .await;
    run(&bed, &office, &made).await.expect_err("one of them");
    give_up(&bed).await;
    let seen = batch(&office, &address).await;
    let states = (
        text(&seen["batch"]["state"]),
        seen["batch"]["issued"].as_i64(),
        seen["batch"]["unfinished"].as_i64(),
    );
    assert_eq!(states, ("decided".into(), Some(2), Some(1)));

    // The office voids it; the batch is done, and the learner can be proposed again.
    let entries = seen["entries"].as_array().expect("entries");
    let stuck = entries.iter().find(|entry| entry["certificate"]["is_issued"] == false).expect("one");
    let stuck = text(&stuck["certificate"]["id"]);
    office.changed(&stuck, "revocation", json!({ "cause": "issued_in_error", "reason": "无法签发" })).await;
    office.runner(&bed).run_due().await.expect("jobs run");
    let done = batch(&office, &address).await;
    assert_eq!(
        (text(&done["batch"]["state"]), done["batch"]["unfinished"].as_i64()),
        ("issued".into(), Some(0))
    );
    assert_eq!(office.certificate_of(&office.learners[1]).await, Value::Null);
    let lead = office.app.as_person(&office.lead);
    assert_eq!(lead.get(&office.batches()).await.expect(200).json()["waiting"], 1);
});

on_both_databases!(reservation_of_a_newer_release_waits_for_it, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    let (address, made) = office.submitted().await;
    office.approve(&address, &made).await.expect(200);
    run_without_files(&bed, &office, &made).await;
    change_rows(&bed, "update certificates set claims_version = 99").await;
    let refused = run(&bed, &office, &made).await.expect_err("a form of tomorrow");
    assert!(refused.contains("99"), "{refused}");
    assert_eq!(batch(&office, &address).await["batch"]["unfinished"], 1);
});

on_both_databases!(reservation_can_be_corrected_while_it_stands_still, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰"]).await;
    let (address, made) = office.submitted().await;
    office.approve(&address, &made).await.expect(200);
    run_without_files(&bed, &office, &made).await;
    give_up(&bed).await;
    let stuck = text(&batch(&office, &address).await["entries"][0]["certificate"]["id"]);
    office.changed(&stuck, "correction", json!({ "learner_name": "王晓兰", "reason": "姓名有误" })).await;
    office.runner(&bed).run_due().await.expect("jobs run");
    let certificate = office.certificate_of(&office.learners[0]).await;
    assert_eq!(
        (text(&certificate["status"]), text(&certificate["printed"]["learner_name"])),
        ("valid".into(), "王晓兰".into())
    );
    assert_eq!(ledger_of(&office, &office.learners[0]).await, ("32".into(), vec!["earned 32".into()]));
    assert_eq!(batch(&office, &address).await["batch"]["state"], "issued");
});

on_both_databases!(
    every_printed_field_can_be_corrected_and_the_ledger_follows_once,
    |bed: TestBed| async move {
        let office = Office::new(&bed, &["王小兰"]).await;
        office.issued(&bed).await;
        let learner = &office.learners[0];
        for (corrections, counted, ledger) in [
            (
                json!({
                    "learner_name": "王晓兰", "training_title": "复式教学进阶", "starts_on": "2026-11-01", "ends_on": "2026-12-28",
                    "hours": 40, "credits": "36.5", "grade": "good", "assessed_by": "毕节市教师发展中心",
                    "issuer_name": "贵州省教育厅",
                }),
                "36.5",
                vec!["earned 32", "raised 4.5"],
            ),
            (json!({ "credits": "30" }), "30", vec!["earned 32", "lowered 6.5", "raised 4.5"]),
            (json!({ "hours": 41 }), "30", vec!["earned 32", "lowered 6.5", "raised 4.5"]),
        ] {
            let old = office.certificate_of(learner).await;
            let mut body = corrections.clone();
            body["reason"] = json!("登记有误");
            office.changed(&text(&old["id"]), "correction", body).await;
            office.runner(&bed).run_due().await.expect("jobs run");
            let new = office.certificate_of(learner).await;
            assert_ne!(new["serial"], old["serial"]);
            for (field, value) in corrections.as_object().expect("fields") {
                assert_eq!(&new["printed"][field], value, "{field}");
            }
            assert_eq!(
                ledger_of(&office, learner).await,
                (counted.into(), ledger.iter().map(ToString::to_string).collect())
            );
        }
        let last = text(&office.certificate_of(learner).await["id"]);
        office.changed(&last, "revocation", json!({ "cause": "misconduct", "reason": "代学" })).await;
        let (counted, lines) = ledger_of(&office, learner).await;
        assert_eq!((counted.as_str(), lines.last().map(String::as_str)), ("0", Some("taken_back 30")));
        let lead = office.app.as_person(&office.lead);
        assert_eq!(
            lead.get(&office.batches()).await.expect(200).json()["waiting"],
            0,
            "who cheated is not proposed again"
        );
    }
);

on_both_databases!(
    who_got_a_certificate_in_error_is_proposed_again_and_earns_once_more,
    |bed: TestBed| async move {
        let office = Office::new(&bed, &["王晓兰"]).await;
        office.issued(&bed).await;
        let learner = &office.learners[0];
        let first = text(&office.certificate_of(learner).await["id"]);
        office
            .changed(&first, "revocation", json!({ "cause": "issued_in_error", "reason": "选错了培训" }))
            .await;
        assert_eq!(
            ledger_of(&office, learner).await,
            ("0".into(), vec!["earned 32".into(), "taken_back 32".into()])
        );
        office.issued(&bed).await;
        let again = office.certificate_of(learner).await;
        assert_eq!(text(&again["status"]), "valid");
        assert_eq!(
            ledger_of(&office, learner).await,
            ("32".into(), vec!["earned 32".into(), "earned 32".into(), "taken_back 32".into()])
        );
    }
);

async fn has_mark(bed: &TestBed, training: kernel::id::TrainingId, mark: &str) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql("insert into certificate_counters (training_id, mark, last_ordinal) values ($1, $2, 1)")
        .bind(training)
        .bind(mark)
        .exec(&mut tx)
        .await
        .expect("a mark");
    tx.commit().await.expect("a commit");
}

on_both_databases!(trainings_that_share_their_mark_get_longer_ones, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    let elsewhere = rows::training_plan::training(&bed, office.unit, "另一个培训", "2026-11-02", 8).await;
    let marks = TrainingCode::marks(office.training);
    has_mark(&bed, elsewhere, &marks[0]).await;
    office.issued(&bed).await;
    let serial = text(&office.certificate_of(&office.learners[0]).await["serial"]);
    assert!(serial.starts_with(&format!("2026-{}-", marks[1])), "{serial}");
    let second = text(&office.certificate_of(&office.learners[1]).await["serial"]);
    assert!(second.starts_with(&format!("2026-{}-", marks[1])), "{second}");
    let known =
        office.app.as_nobody().get(&format!("/api/v1/public/certificates/{serial}?key=00000000")).await;
    known.expect_problem(StatusCode::NOT_FOUND, "certificate.not_found");
});

on_both_databases!(training_all_of_whose_marks_are_taken_draws_one, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    for (number, mark) in TrainingCode::marks(office.training).into_iter().enumerate() {
        let other =
            rows::training_plan::training(&bed, office.unit, &format!("培训{number}"), "2026-11-02", 8).await;
        has_mark(&bed, other, &mark).await;
    }
    office.issued(&bed).await;
    let certificate = office.certificate_of(&office.learners[0]).await;
    let serial = text(&certificate["serial"]);
    assert_eq!(
        (serial.len(), text(&certificate["status"])),
        ("2026-XXXXXXXX-0001-C".len(), "valid".into()),
        "{serial}"
    );
});

on_both_databases!(who_cannot_be_given_a_number_holds_nobody_up, |bed: TestBed| async move {
    let office = Office::new(&bed, &["何秀英", "李敏", "王晓兰"]).await;
    let (address, made) = office.submitted().await;
    office.approve(&address, &made).await.expect(200);
    // By the clock of this server, the first one's training has not begun yet.
    let later =
        "update batch_entries set starts_on = '2027-01-01', ends_on = '2027-03-01' where person_id = $1";
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql(later).bind(office.learners[0].id).exec(&mut tx).await.expect("an entry");
    tx.commit().await.expect("a commit");
    run(&bed, &office, &made).await.expect_err("it has to come again");
    for (learner, certificates) in [(0, 0), (1, 1), (2, 1)] {
        let mine = office.app.as_person(&office.learners[learner]).get("/api/v1/my/certificates").await;
        let mine = mine.expect(200).json();
        let statuses: Vec<String> =
            mine["items"].as_array().expect("items").iter().map(|item| text(&item["status"])).collect();
        assert_eq!(statuses, vec!["valid".to_owned(); certificates], "{learner}");
    }
    let waiting = batch(&office, &address).await;
    assert_eq!(
        (text(&waiting["batch"]["state"]), &waiting["batch"]["issued"]),
        ("decided".into(), &json!(2))
    );

    bed.clock.advance_seconds(70 * 86_400);
    run(&bed, &office, &made).await.expect("all of it");
    let done = batch(&office, &address).await;
    assert_eq!((text(&done["batch"]["state"]), &done["batch"]["issued"]), ("issued".into(), &json!(3)));
});

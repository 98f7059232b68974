//! Many at once, and a machine that dies in between: one decision, one certificate, one credit entry.

use std::sync::Arc;

use serde_json::{Value, json};
use storage::jobs::{Job, JobHandler};
use testkit::{TestBed, on_both_databases};

use crate::office::{Office, approving, issuing, text};

async fn count(bed: &TestBed, table: &'static str) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql(table).one(&mut conn).await.expect("a count")
}
const CERTIFICATES: &str = "select count(*) as value from certificates where state = 'issued'";
const CREDITS: &str = "select count(*) as value from credit_entries";
const EARNED: &str = "select count(*) as value from learning_records where verb = 'earned'";

fn job(bed: &TestBed, batch: &Value) -> Job {
    let payload = json!({ "batch": batch["batch"]["id"] });
    Job { id: bed.ambient.new_id(), kind: certificate_issuer::ISSUE_BATCH.name.into(), payload, attempts: 1 }
}

on_both_databases!(fifty_approvals_at_once_are_one_decision, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    let (address, batch) = office.submitted().await;
    let decide = format!("{address}/decide");
    let asked: Vec<_> = (0..50)
        .map(|turn| {
            let (app, decide, body) = (office.app.clone(), decide.clone(), approving(&batch));
            let version = batch["batch"]["version"].as_i64().expect("a version");
            let who = if turn % 2 == 0 { office.officer.clone() } else { office.colleague.clone() };
            tokio::spawn(async move { app.as_person(&who).post_version(&decide, body, version).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for answer in asked {
        statuses.push(answer.await.expect("the request ends"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 49, "{statuses:?}");
    assert_eq!(
        count(&bed, "select count(*) as value from jobs where kind = 'certificate_issuer.issue_batch'").await,
        1
    );
});

on_both_databases!(fifty_issuers_at_once_make_one_certificate_each, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏", "张红"]).await;
    let (address, batch) = office.submitted().await;
    office.approve(&address, &batch).await.expect(200);
    // Four processes with the same keys, and many runs in each.
    let keys = office.folder.path().join("keys");
    let processes: Vec<_> = (0..4).map(|_| Arc::new(office.worker(&bed, issuing(&bed, &keys)))).collect();
    let runs: Vec<_> = (0..50)
        .map(|turn| {
            let (worker, job) = (Arc::clone(&processes[turn % 4]), job(&bed, &batch));
            tokio::spawn(async move { worker.run(&job).await.map_err(|error| error.to_string()) })
        })
        .collect();
    for run in runs {
        run.await.expect("the run ends").expect("no run fails");
    }
    for (what, table) in [("certificates", CERTIFICATES), ("credits", CREDITS), ("records", EARNED)] {
        assert_eq!(count(&bed, table).await, 3, "{what}");
    }
    let done = office.app.as_person(&office.lead).get(&address).await.expect(200).json();
    assert_eq!(text(&done["batch"]["state"]), "issued");
    let mut serials: Vec<String> = done["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|e| text(&e["certificate"]["serial"]))
        .collect();
    serials.sort();
    let ordinals: Vec<&str> = serials.iter().map(|serial| &serial[11..15]).collect();
    assert_eq!(ordinals, ["0001", "0002", "0003"], "no gaps");
});

on_both_databases!(issuing_goes_on_where_it_broke_off, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    let (address, batch) = office.submitted().await;
    office.approve(&address, &batch).await.expect(200);
    // The place for files is gone: numbers are reserved, then the work breaks off.
    let (place, away) = (bed.folder().join("blobs"), bed.folder().join("away"));
    std::fs::rename(&place, &away).expect("moved away");
    std::fs::write(&place, b"in the way").expect("written");
    let worker = office.worker(&bed, office.issuing.clone());
    worker.run(&job(&bed, &batch)).await.expect_err("no place for files");
    assert_eq!((count(&bed, CERTIFICATES).await, count(&bed, CREDITS).await), (0, 0));
    let seen = office.app.as_person(&office.lead).get(&address).await.expect(200).json();
    assert_eq!(text(&seen["batch"]["state"]), "decided");
    let serial = text(&seen["entries"][0]["certificate"]["serial"]);
    assert_eq!(seen["entries"][0]["certificate"]["is_issued"], false);

    std::fs::remove_file(&place).expect("out of the way");
    std::fs::rename(&away, &place).expect("back again");
    worker.run(&job(&bed, &batch)).await.expect("the place is back");
    worker.run(&job(&bed, &batch)).await.expect("once more does no harm");
    assert_eq!((count(&bed, CERTIFICATES).await, count(&bed, CREDITS).await), (2, 2));
    let done = office.app.as_person(&office.lead).get(&address).await.expect(200).json();
    assert_eq!(text(&done["entries"][0]["certificate"]["serial"]), serial, "the reserved number is kept");
});

on_both_databases!(constraints_refuse_a_second_certificate_and_a_second_credit, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let certificate = text(&office.certificate_of(&office.learners[0]).await["id"]);
    office.proposed(&certificate, "correction", json!({ "hours": 33, "reason": "学时有误" })).await;
    for (statement, constraints) in [
        (
            "insert into credit_entries \
               (id, person_id, training_id, entry_id, certificate_id, kind, credits, entered_on, entered_at) \
             select $1, person_id, training_id, entry_id, certificate_id, kind, credits, entered_on, entered_at \
             from credit_entries",
            ["credit_entries_certificate_id_kind_key", "credit_entries_entry_id_kind_key"],
        ),
        (
            "insert into certificates (id, serial, ordinal, training_id, person_id, batch_id, entry_id, edition, change_id, state, \
               learner_name, training_title, starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, \
               issued_on, issued_at, verify_key, subject, public_base, status_list, status_index, claims_version, payload) \
             select $1, 'X', 99, training_id, person_id, batch_id, entry_id, 2, (select id from certificate_changes), 'reserved', \
               learner_name, training_title, starts_on, ends_on, hours, credits, grade, assessed_by, issuer_id, issuer_name, \
               issued_on, issued_at, verify_key, subject, public_base, status_list, 131072, claims_version, payload \
             from certificates",
            ["certificates_training_id_person_id_key"; 2],
        ),
    ] {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        let id: kernel::id::CreditEntryId = bed.ambient.new_id();
        let refused = storage::sql(statement).bind(id).exec(&mut tx).await.expect_err("a constraint");
        assert!(constraints.iter().any(|constraint| refused.breaks(constraint)), "{refused}");
    }
});

//! Certification: the lead proposes, the office decides, a stranger verifies, and what was altered is refused.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::client::{Person, Request, list, text};
use crate::people::{People, notices};
use crate::plan::Training;
use crate::refusals::{refused, told};
use crate::server::Site;

/// Nothing takes this long; it only turns a hanging job into a failing test.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who passed gets a certificate; a stranger believes it, its altered copies, and at last its revocation.
pub async fn certify(site: &Site, people: &People, training: &Training, result: &Value) {
    let learner = &people.teachers[0];
    let early = Request::post(training.path("certificate-batches"), json!({}));
    let batches = training.path("certificate-batches");
    refused(&people.lead, &early, 409, "certificate.training_runs", (&people.lead, &batches)).await;
    end_the_training(site, people, training, result).await;
    let batch = propose(people, training).await;
    approve(people, &batch).await;
    wait_until_issued(&people.office, &batch).await;
    assert_eq!(notices(learner).await[0], "certificate_issued");
    assert_eq!(
        people.teachers[1].get("/api/v1/my/certificates").await.expect(200).json()["items"],
        json!([])
    );

    let mine = learner.get("/api/v1/my/certificates").await.expect(200).json();
    let certificate = &list(&mine["items"])[0];
    assert_eq!(
        (text(&certificate["printed"]["learner_name"]), &certificate["printed"]["grade"]),
        (learner.name.clone(), &result["grade"])
    );
    let files = format!("/api/v1/certificates/{}", text(&certificate["id"]));
    let pdf = learner.get(&format!("{files}/pdf")).await.expect(200).bytes;
    let credential = learner.get(&format!("{files}/credential.jwt")).await.expect(200).bytes;
    assert!(pdf.starts_with(b"%PDF-"));
    told(&people.teachers[1], &Request::get(format!("{files}/pdf")), 404, "not_found").await;
    told(&site.nobody(), &Request::get(format!("{files}/pdf")), 401, "sign_in.required").await;

    let public = believed_by_a_stranger(site, certificate, [&pdf[..], &credential[..]]).await;
    altered_copies_are_refused(site, &public, &pdf, &credential, &learner.name).await;
    let credits = learner.get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!((text(&credits["counted"]), text(&credits["target"])), ("20".to_owned(), "360".to_owned()));
    revoke(site, people, &files, &public).await;
}

/// The lead ends the training when its weeks are over, by the scheme that they read; the results then stand.
async fn end_the_training(site: &Site, people: &People, training: &Training, result: &Value) {
    let (lead, learner) = (&people.lead, &people.teachers[0]);
    let (scheme, close) = (training.path("evaluation-scheme"), training.path("close"));
    let page = format!("/api/v1/trainings/{}", training.id);
    let version = lead.version_of(&scheme).await;
    let end = Request::post(&*close, json!({ "confirm": true }));
    told(lead, &end, 428, "edit.version_missing").await;
    refused(lead, &end.clone().version(version), 409, "training.not_over", (lead, &page)).await;
    site.weeks_pass().await;
    refused(lead, &end.clone().version(version + 1), 412, "edit.conflict", (lead, &page)).await;
    let end = end.version(version);
    refused(learner, &end, 403, "access.denied", (lead, &page)).await;
    refused(&people.office, &end, 403, "access.denied", (lead, &page)).await;
    let ended = lead.send(&end).await.expect(200).json();
    assert_eq!((ended["learners"].as_u64(), ended["passed"].as_u64()), (Some(3), Some(1)), "{ended}");
    assert_eq!(lead.get(&page).await.expect(200).json()["state"], "closed");
    let mine = learner.get(&training.path(&format!("results/{}", learner.id))).await.expect(200).json();
    assert_eq!(mine["result_hash"], result["result_hash"], "the same records give the same result");
    told(lead, &end, 409, "training.closed").await;
}

async fn propose(people: &People, training: &Training) -> String {
    let (lead, batches) = (&people.lead, training.path("certificate-batches"));
    told(&people.office, &Request::post(&*batches, json!({})), 403, "access.denied").await;
    let made = lead.post(&batches, json!({})).await.expect(201).json();
    assert_eq!(
        (text(&made["batch"]["state"]), list(&made["entries"]).len()),
        ("draft".to_owned(), 1),
        "{made}"
    );
    let batch = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
    let again = Request::post(&*batches, json!({}));
    refused(lead, &again, 409, "certificate.nobody_waiting", (lead, &batches)).await;
    let submit = Request::post(format!("{batch}/submit"), json!({}));
    told(lead, &submit, 428, "edit.version_missing").await;
    let submit = submit.version(lead.get(&batch).await.expect(200).version());
    let submitted = lead.send(&submit).await.expect(200).json();
    assert_eq!(
        (text(&submitted["batch"]["state"]), submitted["submitted_by_you"].as_bool()),
        ("submitted".to_owned(), Some(true))
    );
    assert_eq!(notices(&people.office).await[0], "batch_submitted");
    batch
}

/// The lead's own approval is refused, even when the lead sits in the office too.
async fn approve(people: &People, batch: &str) {
    let (lead, office) = (&people.lead, &people.office);
    let seen = office.get(batch).await.expect(200);
    let (version, read) = (seen.version(), seen.json());
    let entry = &read["entries"][0]["id"];
    let decide = format!("{batch}/decide");
    let body = json!({ "entries": [{ "entry_id": entry, "decision": "approve" }] });
    let approve_at = |version| Request::post(&*decide, body.clone()).version(version);
    let approval = approve_at(version);
    refused(lead, &approval, 403, "access.denied", (office, batch)).await;
    refused(&people.other_office, &approval, 404, "not_found", (office, batch)).await;
    let province = text(&office.get("/api/v1/me").await.expect(200).json()["grants"][0]["scope_id"]);
    let seat = json!({ "person_id": lead.id, "role": "provincial_office", "org_unit_id": province });
    let seat = people.administrator.post("/api/v1/grants", seat).await.expect(201).json();
    refused(lead, &approval, 403, "certificate.own_batch", (office, batch)).await;
    people.administrator.delete(&format!("/api/v1/grants/{}", text(&seat["id"]))).await.expect(204);

    let unexplained = json!({ "entries": [{ "entry_id": entry, "decision": "return", "reason": "" }] });
    let unexplained = Request::post(&*decide, unexplained).version(version);
    refused(office, &unexplained, 422, "certificate.reason", (office, batch)).await;
    let decided = office.send(&approval).await.expect(200).json();
    assert_eq!(decided["batch"]["approved"].as_i64(), Some(1), "{decided}");
    office.send(&approval).await.expect_problem(412, "edit.conflict");
    let late = approve_at(office.get(batch).await.expect(200).version());
    office.send(&late).await.expect_problem(409, "certificate.already_decided");
}

async fn wait_until_issued(office: &Person, batch: &str) {
    let issued = async {
        let mut look = tokio::time::interval(Duration::from_millis(50));
        while office.get(batch).await.expect(200).json()["batch"]["state"] != "issued" {
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, issued).await.expect("the certificates are issued");
}

/// Verification by number and key and by either file shows every printed field; gives the public address.
async fn believed_by_a_stranger(site: &Site, certificate: &Value, files: [&[u8]; 2]) -> String {
    let stranger = site.nobody();
    let serial = text(&certificate["serial"]);
    let verify_url = text(&certificate["verify_url"]);
    let key = verify_url.rsplit_once("?k=").expect("the key is in the QR code's address").1;
    let public = format!("/api/v1/public/certificates/{serial}?key={key}");
    let shown = stranger.get(&public).await.expect(200).json();
    assert_eq!((text(&shown["status"]), &shown["printed"]), ("valid".to_owned(), &certificate["printed"]));
    for file in files {
        let upload = Request::upload("/api/v1/public/certificates/verify", &[], "证书", file);
        let verified = stranger.send(&upload).await.expect(200).json();
        assert_eq!((&verified["serial"], &verified["printed"]), (&shown["serial"], &shown["printed"]));
    }
    let guessed = Request::get(format!("/api/v1/public/certificates/{serial}?key=00000000"));
    told(&stranger, &guessed, 404, "certificate.not_found").await;
    let keys = stranger.get("/.well-known/jwks.json").await.expect(200).json();
    assert_eq!(list(&keys["keys"]).len(), 1);
    public
}

/// Another name under the same signature is refused; a page with something painted over is told from the one that was issued.
async fn altered_copies_are_refused(site: &Site, public: &str, pdf: &[u8], credential: &[u8], name: &str) {
    let stranger = site.nobody();
    let token = std::str::from_utf8(credential).expect("a token");
    let [head, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON");
    assert!(payload.contains(name), "the credential names its holder");
    let renamed = URL_SAFE_NO_PAD.encode(payload.replace(name, "赵无名"));
    let renamed = format!("{head}.{renamed}.{signature}");
    let renamed = Request::upload("/api/v1/public/certificates/verify", &[], "证书", renamed.as_bytes());
    refused(&stranger, &renamed, 422, "certificate.altered", (&stranger, public)).await;
    let repainted = [pdf, b"\n% something more\n"].concat();
    for (file, paper) in [(pdf, "as_issued"), (&repainted[..], "differs")] {
        let upload = Request::upload("/api/v1/public/certificates/verify", &[], "证书", file);
        let verified = stranger.send(&upload).await.expect(200).json();
        assert_eq!(
            (text(&verified["paper"]), text(&verified["printed"]["learner_name"])),
            (paper.to_owned(), name.to_owned())
        );
    }
    let scan = Request::upload("/api/v1/public/certificates/verify", &[], "扫描.pdf", b"%PDF-1.7 a scan");
    told(&stranger, &scan, 422, "certificate.no_credential").await;
}

/// One officer proposes to take it back, another confirms: then everybody sees that, and the credits are gone.
async fn revoke(site: &Site, people: &People, files: &str, public: &str) {
    let learner = &people.teachers[0];
    let body = json!({ "cause": "issued_in_error", "reason": "登记时选错了培训。" });
    let revocation = Request::post(format!("{files}/propose-revocation"), body);
    refused(&people.lead, &revocation, 403, "access.denied", (learner, files)).await;
    let change = people.office.send(&revocation).await.expect(201).json();
    let change = format!("/api/v1/certificate-changes/{}", text(&change["id"]));
    let confirm = Request::post(format!("{change}/confirm"), json!({})).version(1);
    refused(&people.office, &confirm, 403, "certificate.own_change", (learner, files)).await;
    assert_eq!(text(&site.nobody().get(public).await.expect(200).json()["status"]), "valid");
    assert_eq!(notices(&people.colleague).await[0], "change_proposed");
    people.colleague.send(&confirm).await.expect(200);
    let shown = site.nobody().get(public).await.expect(200).json();
    assert_eq!(
        (text(&shown["status"]), text(&shown["revocation"]["reason"])),
        ("revoked".to_owned(), "登记时选错了培训。".to_owned())
    );
    let credits = learner.get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!(
        (text(&credits["counted"]), list(&credits["entries"]).len()),
        ("0".to_owned(), 2),
        "{credits}"
    );
}

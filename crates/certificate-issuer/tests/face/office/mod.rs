//! A training whose learners passed, its lead, its office, and everything that issues.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use certificate_issuer::credential::{self, StatusIndex};
use certificate_issuer::keys::{KeyRing, PublicKeys};
use certificate_issuer::{ISSUE_BATCH, IssueBatch, Issuing, IssuingOptions, router};
use http::{Method, Request, header};
use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Grant, Role, Scope};
use realtime::Hub;
use serde_json::{Value, json};
use storage::blobs::Blobs;
use storage::jobs::Runner;
use testkit::{Answered, TestApp, TestBed, TestPerson, rows};

pub struct Office {
    pub app: TestApp,
    pub training: TrainingId,
    pub unit: OrgUnitId,
    pub lead: TestPerson,
    pub officer: TestPerson,
    pub colleague: TestPerson,
    pub learners: Vec<TestPerson>,
    pub stranger: TestPerson,
    pub hub: Hub,
    pub blobs: Blobs,
    pub issuing: Issuing,
    pub folder: tempfile::TempDir,
}

pub fn issuing(bed: &TestBed, keys: &Path) -> Issuing {
    let options = IssuingOptions {
        keys: KeyRing::open_or_make(keys, bed.ambient.now()).expect("keys"),
        public_url: "https://lingxue.example.org",
        fonts: &[],
        issuer_name: Some("贵州省教师培训办公室".to_owned()),
    };
    Issuing::open(options).expect("a Chinese font")
}

impl Office {
    /// `names` passed; one more learner failed; the training is closed.
    pub async fn new(bed: &TestBed, names: &[&str]) -> Self {
        let office = Self::running(bed, names).await;
        rows::training_plan::closed(bed, office.training).await;
        office
    }

    /// The same while the training still runs.
    pub async fn running(bed: &TestBed, names: &[&str]) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", "贵州省").await;
        let unit = rows::identity::org_unit(bed, Some(province), "county", "威宁县教师发展中心").await;
        let training = rows::training_plan::training(bed, unit, "复式教学入门", "2026-11-02", 8).await;
        rows::training_plan::running(bed, training).await;
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let on = |role, scope| [Grant { role, scope }];
        let lead = bed.person("陈负责", &on(Role::TrainingLead, Scope::Training(training))).await;
        let office = on(Role::ProvincialOffice, Scope::OrgUnit(province));
        let officer = bed.person("赵处长", &office).await;
        let colleague = bed.person("钱科长", &office).await;
        rows::identity::grant(bed, officer.id, office[0]).await;
        rows::identity::grant(bed, colleague.id, office[0]).await;
        let mut learners = Vec::new();
        for name in names {
            let learner = bed.person(name, &on(Role::Learner, Scope::Training(training))).await;
            rows::identity::belongs_to(bed, learner.id, unit).await;
            rows::class_allocation::place(bed, class, learner.id, true).await;
            rows::assessment::final_result(bed, training, class, learner.id, 9150, "excellent").await;
            learners.push(learner);
        }
        let failed = bed.person("未通过", &on(Role::Learner, Scope::Training(training))).await;
        rows::assessment::final_result(bed, training, class, failed.id, 4000, "fail").await;
        let stranger = bed.person("路人", &[]).await;

        let folder = tempfile::tempdir().expect("a folder");
        let blobs = bed.blobs().await;
        let hub = bed.hub().await;
        let issuing = issuing(bed, &folder.path().join("keys"));
        let app = bed.serve(router(bed.platform(), hub.clone(), blobs.clone(), issuing.clone()));
        Self {
            app,
            training,
            unit,
            lead,
            officer,
            colleague,
            learners,
            stranger,
            hub,
            blobs,
            issuing,
            folder,
        }
    }

    pub fn batches(&self) -> String {
        format!("/api/v1/trainings/{}/certificate-batches", self.training)
    }

    /// The lead makes a batch and hands it in; its address and the batch.
    pub async fn submitted(&self) -> (String, Value) {
        let lead = self.app.as_person(&self.lead);
        let made = lead.post(&self.batches(), json!({})).await.expect(201).json();
        let address = format!("/api/v1/certificate-batches/{}", text(&made["batch"]["id"]));
        let submitted = self.submit(&address).await.expect(200).json();
        (address, submitted)
    }

    /// The lead hands a batch in as it is now.
    pub async fn submit(&self, address: &str) -> Answered {
        self.app.as_person(&self.lead).post_as_read(address, &format!("{address}/submit"), json!({})).await
    }

    /// Somebody decides about entries of a batch as it is now.
    pub async fn decide_batch(&self, who: &TestPerson, address: &str, body: Value) -> Answered {
        self.app.as_person(who).post_as_read(address, &format!("{address}/decide"), body).await
    }

    /// The officer approves all entries of a batch.
    pub async fn approve(&self, address: &str, batch: &Value) -> Answered {
        self.decide_batch(&self.officer, address, approving(batch)).await
    }

    pub fn worker(&self, bed: &TestBed, issuing: Issuing) -> IssueBatch {
        IssueBatch::new(bed.platform(), self.hub.clone(), self.blobs.clone(), issuing)
    }

    pub fn runner(&self, bed: &TestBed) -> Runner {
        let worker = Arc::new(self.worker(bed, self.issuing.clone()));
        Runner::new(bed.db().clone(), bed.ambient.clone()).handle(ISSUE_BATCH, worker)
    }

    /// Everything approved and issued; the batch's address.
    pub async fn issued(&self, bed: &TestBed) -> String {
        let (address, batch) = self.submitted().await;
        self.approve(&address, &batch).await.expect(200);
        self.runner(bed).run_due().await.expect("jobs run");
        let done = self.app.as_person(&self.officer).get(&address).await.expect(200).json();
        assert_eq!(done["batch"]["state"], "issued", "{done}");
        address
    }

    /// The first certificate of a learner, as they see it.
    pub async fn certificate_of(&self, learner: &TestPerson) -> Value {
        let mine = self.app.as_person(learner).get("/api/v1/my/certificates").await.expect(200).json();
        mine["items"][0].clone()
    }

    /// What the register tells a stranger who holds number and key of a certificate.
    pub async fn told(&self, certificate: &Value) -> Value {
        let address = text(&certificate["verify_url"]);
        let key = address.rsplit("?k=").next().expect("a key");
        let path = format!("/api/v1/public/certificates/{}?key={key}", text(&certificate["serial"]));
        self.app.as_nobody().get(&path).await.expect(200).json()
    }

    /// How many certificates the published status list calls revoked, offline of us.
    pub async fn listed_as_revoked(&self, bed: &TestBed) -> usize {
        let list = self.app.as_nobody().get("/credentials/status/1").await.expect(200);
        let keys = self.app.as_nobody().get("/.well-known/jwks.json").await.expect(200);
        let keys = PublicKeys::from_jwks(&serde_json::from_slice(&keys.bytes).expect("a JWK set"));
        let token = String::from_utf8(list.bytes).expect("a token");
        let (bits, id, _) =
            credential::verify_status_list(&token, &keys, bed.ambient.now()).expect("signed by us");
        assert_eq!(id, "https://lingxue.example.org/credentials/status/1");
        let is_revoked = |index: &u32| StatusIndex::new(*index).is_some_and(|index| bits.is_revoked(index));
        (0..131_072).filter(is_revoked).count()
    }

    /// The officer proposes to take a certificate back or to correct it; the proposal.
    pub async fn proposed(&self, certificate: &str, what: &str, body: Value) -> Value {
        let path = format!("/api/v1/certificates/{certificate}/propose-{what}");
        self.app.as_person(&self.officer).post(&path, body).await.expect(201).json()
    }

    /// Somebody decides about a proposal as they read it.
    pub async fn decide(&self, who: &TestPerson, change: &Value, word: &str, body: Value) -> Answered {
        let path = format!("/api/v1/certificate-changes/{}/{word}", text(&change["id"]));
        let version = change["version"].as_i64().expect("a version");
        let key = format!("{}-{word}-{version}-{}", text(&change["id"]), who.id);
        let tag = format!("\"v{version}\"");
        let headers = [("if-match", tag.as_str()), ("idempotency-key", &key)];
        self.app.as_person(who).request(Method::POST, &path, Some(body), &headers).await
    }

    /// The officer proposes and the colleague confirms.
    pub async fn changed(&self, certificate: &str, what: &str, body: Value) -> Value {
        let change = self.proposed(certificate, what, body).await;
        self.decide(&self.colleague, &change, "confirm", json!({})).await.expect(200).json()
    }

    /// A stranger verifies a file.
    pub async fn verify(&self, bytes: &[u8]) -> Answered {
        self.app.send(presenting(bytes)).await
    }

    /// The same from an address.
    pub async fn verify_from(&self, address: [u8; 4], bytes: &[u8]) -> Answered {
        self.app.send(from(address, presenting(bytes))).await
    }

    pub fn other_keys(&self, bed: &TestBed) -> KeyRing {
        KeyRing::open_or_make(&self.folder.path().join("strangers"), bed.ambient.now()).expect("keys")
    }
}

/// A stranger's request to verify a file.
pub fn presenting(bytes: &[u8]) -> Request<Body> {
    let mut body =
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    Request::builder()
        .method(Method::POST)
        .uri("/api/v1/public/certificates/verify")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .expect("a request")
}

/// The request as it comes from an address.
pub fn from(address: [u8; 4], mut request: Request<Body>) -> Request<Body> {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 1))));
    request
}

pub fn approving(batch: &Value) -> Value {
    let entries = batch["entries"].as_array().expect("entries");
    let said: Vec<Value> =
        entries.iter().map(|entry| json!({ "entry_id": entry["id"], "decision": "approve" })).collect();
    json!({ "entries": said })
}

/// In full width, as an input method for Chinese writes letters and digits.
pub fn wide(text: &str) -> String {
    text.chars().filter_map(|sign| char::from_u32(u32::from(sign) + 0xfee0)).collect()
}

/// As it stands in an address.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |address, byte| address + &format!("%{byte:02X}"))
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

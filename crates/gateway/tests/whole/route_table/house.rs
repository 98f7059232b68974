//! The product with two prepared places in it, opened again from a copy whenever a request may have changed it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use gateway::World;
use gateway::config::Config;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use kernel::Ambient;
use serde_json::Value;
use tempfile::TempDir;
use testkit::{CallerBook, TestBed, Which};
use tower::ServiceExt as _;

use super::bodies;
use super::furnish::furnish;
use super::place::{Caller, Place};

/// Which place's things are asked about.
#[derive(Debug, Clone, Copy)]
pub enum Whose {
    Ours,
    Theirs,
}

pub struct House {
    folder: TempDir,
    config: Config,
    ambient: Ambient,
    callers: CallerBook,
    here: Place,
    elsewhere: Place,
    world: World,
    router: Router,
    copies: u32,
    asked: u32,
    is_changed: bool,
    is_over: bool,
    bed: TestBed,
}

impl House {
    /// Two provinces with everything that routes speak of, each with its people.
    pub async fn prepare() -> Self {
        Self::on(TestBed::new(Which::Sqlite).await).await
    }

    /// The same on either database. What requests change in PostgreSQL stays: it has no file to copy.
    pub async fn on(bed: TestBed) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = config_of(&bed, &folder);
        let (ambient, callers) = (bed.ambient.clone(), bed.callers.clone());
        let world = open(&config, &ambient, &callers).await;
        let router = world.router();
        let here = furnish(&bed, &world, &router, "甘肃省").await;
        let elsewhere = furnish(&bed, &world, &router, "贵州省").await;
        let file = bed.database.address.strip_prefix("sqlite:").map(PathBuf::from);
        if let Some(file) = &file {
            world.platform.db.close().await;
            bed.db().close().await;
            copy(file, &original(&folder));
        }
        let mut house = Self {
            folder,
            config,
            ambient,
            callers,
            here,
            elsewhere,
            world,
            router,
            copies: 0,
            asked: 0,
            is_changed: false,
            is_over: false,
            bed,
        };
        if file.is_some() {
            house.open_a_copy().await;
        }
        house
    }

    /// From now on the trainings are over, as if their leads had ended them.
    pub async fn end_the_trainings(&mut self) {
        self.is_over = true;
        self.world.platform.db.close().await;
        self.open_a_copy().await;
    }

    /// Forgets what requests have changed.
    pub async fn afresh(&mut self) {
        if self.is_changed && self.bed.which == Which::Sqlite {
            self.world.platform.db.close().await;
            self.open_a_copy().await;
        }
    }

    async fn open_a_copy(&mut self) {
        self.copies += 1;
        let fresh = self.folder.path().join(format!("copy-{}.db", self.copies));
        copy(&original(&self.folder), &fresh);
        self.config.database.url = Some(format!("sqlite:{}", fresh.display()).into());
        self.world = open(&self.config, &self.ambient, &self.callers).await;
        self.router = self.world.router();
        self.is_changed = false;
        if self.is_over {
            let mut tx = self.world.platform.db.begin_write().await.expect("a transaction");
            storage::sql("update trainings set state = 'closed', closed_at = $1")
                .bind(self.ambient.now())
                .exec(&mut tx)
                .await
                .expect("the trainings end");
            tx.commit().await.expect("a commit");
        }
    }

    /// What this caller is answered about the things of a place. All callers are of the place here, whatever they ask about.
    pub async fn ask(&mut self, method: &str, path: &str, caller: Caller, about: Whose) -> StatusCode {
        self.answer(method, path, caller, about).await.status
    }

    /// The same with the problem in it.
    pub async fn answer(&mut self, method: &str, path: &str, caller: Caller, about: Whose) -> Answer {
        let about = match about {
            Whose::Ours => &self.here,
            Whose::Theirs => &self.elsewhere,
        };
        let (content_type, body) = bodies::body(method, path, about, self.asked + 1);
        let address = about.fill(&format!("{path}{}", bodies::query(path)));
        let answer = self.send(method, &address, caller, Some("\"v0\""), (content_type, body)).await;
        let is_form = content_type.starts_with("multipart");
        if !is_form && [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY].contains(&answer.status) {
            let is_ours = ["request.malformed", "input.invalid"].contains(&answer.code().as_str());
            assert!(!is_ours, "{method} {path} is sent a body that does not read: {}", answer.problem);
        }
        // That is an answer before the question who may: `SPECIAL` names a task of the right kind.
        assert_ne!(
            answer.code(),
            "task_board.other_kind",
            "{method} {path} is asked of a task of another kind"
        );
        answer
    }

    /// What our learner is answered who does this to a task of that kind.
    pub async fn ask_of_kind(&mut self, method: &str, path: &str, kind: &str) -> Answer {
        let body = bodies::body(method, path, &self.here, self.asked + 1);
        let address = path.replace("{task_id}", self.here.thing(kind));
        self.send(method, &address, Caller::Learner, Some("\"v0\""), body).await
    }

    /// What is answered about our own things when no version is named.
    pub async fn ask_without_version(&mut self, method: &str, path: &str, caller: Caller) -> StatusCode {
        let body = bodies::body(method, path, &self.here, self.asked + 1);
        let address = self.here.fill(&format!("{path}{}", bodies::query(path)));
        self.send(method, &address, caller, None, body).await.status
    }

    /// The JSON that is sent about our own things.
    pub fn body(&self, method: &str, path: &str) -> Option<Value> {
        let (content_type, body) = bodies::body(method, path, &self.here, self.asked);
        (content_type == "application/json").then(|| serde_json::from_str(&body).expect("JSON"))
    }

    /// What is answered when this JSON is sent about our own things.
    pub async fn ask_with(&mut self, method: &str, path: &str, caller: Caller, body: &Value) -> Answer {
        let address = self.here.fill(&format!("{path}{}", bodies::query(path)));
        self.send(method, &address, caller, Some("\"v0\""), ("application/json", body.to_string())).await
    }

    /// The address of this route about our own things.
    pub fn address(&self, path: &str) -> String {
        self.here.fill(&format!("{path}{}", bodies::query(path)))
    }

    /// A request of this caller, about our own things, with a key and a version unless the headers name others.
    pub async fn ask_raw(
        &mut self,
        method: &str,
        address: &str,
        caller: Caller,
        headers: &[(&str, &[u8])],
        (content_type, body): (&str, Vec<u8>),
    ) -> Answer {
        self.asked += 1;
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let key = format!("route-table-{}", self.asked);
        let token = self.here.token(caller).map(|token| format!("Bearer {token}"));
        let usual = [
            ("idempotency-key", Some(key.as_str())),
            ("if-match", Some("\"v0\"")),
            ("authorization", token.as_deref()),
            ("content-type", Some(content_type)),
        ];
        for (name, value) in usual {
            let is_named = headers.iter().any(|(named, _)| *named == name);
            if let Some(value) = value.filter(|_| !is_named) {
                request = request.header(name, value);
            }
        }
        self.sent(request.body(Body::from(body)).expect("a request")).await
    }

    async fn send(
        &mut self,
        method: &str,
        address: &str,
        caller: Caller,
        version: Option<&str>,
        (content_type, body): (&str, String),
    ) -> Answer {
        self.asked += 1;
        let mut request = Request::builder().method(method).uri(address);
        request = request.header("idempotency-key", format!("route-table-{}", self.asked));
        if let Some(version) = version {
            request = request.header("if-match", version);
        }
        if let Some(token) = self.here.token(caller) {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.header(header::CONTENT_TYPE, content_type).body(Body::from(body));
        self.sent(request.expect("a request")).await
    }

    async fn sent(&mut self, request: Request<Body>) -> Answer {
        let is_reading = request.method() == Method::GET;
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        self.is_changed |= !is_reading && status.is_success();
        if !status.is_client_error() {
            return Answer { status, problem: Value::Null };
        }
        let bytes = response.into_body().collect().await.expect("the body arrives").to_bytes();
        Answer { status, problem: serde_json::from_slice(&bytes).unwrap_or_default() }
    }
}

/// A status, and the problem when there is one.
pub struct Answer {
    pub status: StatusCode,
    pub problem: Value,
}

impl Answer {
    pub fn code(&self) -> String {
        self.problem["code"].as_str().unwrap_or_default().to_owned()
    }
}

async fn open(config: &Config, ambient: &Ambient, callers: &CallerBook) -> World {
    let callers = Arc::new(callers.clone());
    World::open_for_demo(config, ambient.clone(), |_| callers).await.expect("the world opens")
}

fn original(folder: &TempDir) -> PathBuf {
    folder.path().join("prepared.db")
}

/// A database's file, and what it has not yet taken from its log.
fn copy(from: &Path, to: &Path) {
    std::fs::copy(from, to).expect("the database is copied");
    let log = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    if log(from).exists() {
        std::fs::copy(log(from), log(to)).expect("its log is copied");
    }
}

/// One province with everything that routes speak of, on either database. The folder is removed with what is given back.
pub async fn one_place(bed: &TestBed) -> (TempDir, World, Place) {
    let folder = tempfile::tempdir().expect("a folder");
    let world = open(&config_of(bed, &folder), &bed.ambient, &bed.callers).await;
    let place = furnish(bed, &world, &world.router(), "甘肃省").await;
    (folder, world, place)
}

fn config_of(bed: &TestBed, folder: &TempDir) -> Config {
    let mut config = Config::default();
    config.data.folder = folder.path().join("data");
    config.database.url = Some(bed.database.address.clone().into());
    config.database.durable = false;
    config.server.requests_per_second = 0;
    config
}

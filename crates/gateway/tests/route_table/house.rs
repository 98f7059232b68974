//! The product with two prepared places in it, opened again from a copy whenever a request may have changed it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use gateway::World;
use gateway::config::Config;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use kernel::Ambient;
use tempfile::TempDir;
use testkit::{CallerBook, TestBed, Which};
use tower::ServiceExt as _;

use crate::bodies;
use crate::furnish::furnish;
use crate::place::{Caller, Place};

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
}

impl House {
    /// Two provinces with everything that routes speak of, each with its people.
    pub async fn prepare() -> Self {
        let bed = TestBed::new(Which::Sqlite).await;
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::default();
        config.data.folder = folder.path().join("data");
        config.database.url = Some(bed.database.address.clone().into());
        config.database.durable = false;
        config.server.requests_per_second = 0;
        let (ambient, callers) = (bed.ambient.clone(), bed.callers.clone());
        let world = open(&config, &ambient, &callers).await;
        let router = world.router();
        let here = furnish(&bed, &world, &router, "甘肃省").await;
        let elsewhere = furnish(&bed, &world, &router, "贵州省").await;
        world.platform.db.close().await;
        bed.db().close().await;
        copy(Path::new(bed.database.address.trim_start_matches("sqlite:")), &original(&folder));
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
        };
        house.open_a_copy().await;
        house
    }

    /// Forgets what requests have changed.
    pub async fn afresh(&mut self) {
        if self.is_changed {
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
    }

    /// What this caller is answered about the things of a place. All callers are of the place here, whatever they ask about.
    pub async fn ask(&mut self, method: &str, path: &str, caller: Caller, about: Whose) -> StatusCode {
        let about = match about {
            Whose::Ours => &self.here,
            Whose::Theirs => &self.elsewhere,
        };
        self.asked += 1;
        let address = about.fill(&format!("{path}{}", bodies::query(path)));
        let mut request = Request::builder().method(method).uri(&address).header("if-match", "\"v0\"");
        request = request.header("idempotency-key", format!("route-table-{}", self.asked));
        if let Some(token) = self.here.token(caller) {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let (content_type, body) = bodies::body(method, path, about, self.asked);
        let request = request.header(header::CONTENT_TYPE, content_type).body(Body::from(body));
        let response = self.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let status = response.status();
        self.is_changed |= method != "GET" && status.is_success();
        let is_form = content_type.starts_with("multipart");
        if !is_form && (status == StatusCode::BAD_REQUEST || status == StatusCode::UNPROCESSABLE_ENTITY) {
            let bytes = response.into_body().collect().await.expect("the body arrives").to_bytes();
            let problem = String::from_utf8_lossy(&bytes);
            let is_ours = ["request.malformed", "input.invalid"].iter().any(|code| problem.contains(code));
            assert!(!is_ours, "{method} {path} is sent a body that does not read: {problem}");
        }
        status
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

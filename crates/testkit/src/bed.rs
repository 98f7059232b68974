//! Everything one test stands on.

use std::path::Path;
use std::sync::Arc;

use http_kit::{KeyShares, LayerOptions, Platform, WriteShares};
use kernel::ambient::{FixedClock, SeededEntropy};
use kernel::id::PersonId;
use kernel::{Ambient, Grant, Timestamp};
use storage::Db;
use storage::blobs::{Blobs, Place};
use tempfile::TempDir;
use utoipa_axum::router::OpenApiRouter;

use crate::caller::{CallerBook, TestPerson};
use crate::client::TestApp;
use crate::databases::{TestDb, Which};

/// A database, a clock, randomness and callers.
pub struct TestBed {
    pub database: TestDb,
    pub clock: FixedClock,
    pub ambient: Ambient,
    pub callers: CallerBook,
    pub which: Which,
    folder: TempDir,
}

/// Monday 2 November 2026, 09:00 in Shanghai: a training's first morning.
const FIRST_MORNING: &str = "2026-11-02T01:00:00Z";

impl TestBed {
    pub async fn new(which: Which) -> Self {
        let clock = FixedClock::at(FIRST_MORNING.parse::<Timestamp>().expect("a timestamp"));
        let ambient = Ambient::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(20_261_102)));
        Self {
            database: TestDb::fresh(which).await,
            clock,
            ambient,
            callers: CallerBook::default(),
            which,
            folder: tempfile::tempdir().expect("the temporary folder is writable"),
        }
    }

    /// Runs a test on a runtime with two workers, so that races are real.
    pub fn run<F, Fut>(which: Which, test: F)
    where
        F: FnOnce(Self) -> Fut,
        Fut: Future<Output = ()>,
    {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async { test(Self::new(which).await).await });
    }

    pub fn db(&self) -> &Db {
        &self.database.db
    }

    /// A folder that goes with the bed.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Files, in `blobs/` of the bed's folder.
    pub async fn blobs(&self) -> Blobs {
        let place = Place::Folder { root: self.folder.path().join("blobs"), free_space_floor: 0 };
        let blobs = Blobs::new(self.db().clone(), place, &[7; 32]);
        blobs.prepare().await.expect("a place for files");
        blobs
    }

    /// What the product's routers get; callers are this test's own.
    pub fn platform(&self) -> Platform {
        Platform {
            db: self.database.db.clone(),
            ambient: self.ambient.clone(),
            authenticator: Arc::new(self.callers.clone()),
            public_url: "http://localhost:8080".into(),
            keys: KeyShares::default(),
            writes: WriteShares::default(),
        }
    }

    /// A person with a row in `people` and these grants in their token.
    pub async fn person(&self, name: &str, grants: &[Grant]) -> TestPerson {
        let id: PersonId = self.ambient.new_id();
        crate::rows::identity::person(self, id, name).await;
        self.callers.enter(&self.ambient, id, grants)
    }

    /// Gives somebody other grants (in their token; rows are the areas' own business).
    pub fn regrant(&self, person: &TestPerson, grants: &[Grant]) -> TestPerson {
        self.callers.enter(&self.ambient, person.id, grants)
    }

    /// The router of one or several areas, with the layers that the product puts around it.
    pub fn serve(&self, router: OpenApiRouter) -> TestApp {
        self.serve_on(self.platform(), router, &LayerOptions::default())
    }

    /// [`serve`](Self::serve) on another platform, or with other bounds.
    pub fn serve_on(&self, platform: Platform, router: OpenApiRouter, options: &LayerOptions) -> TestApp {
        let (router, _) = router.split_for_parts();
        TestApp::new(http_kit::surround(router, platform, options), self.ambient.clone())
    }
}

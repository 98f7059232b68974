//! The areas of one process: their routes, their jobs, and what the doctor asks them.

use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use certificate_issuer::pdf::FontFile;
use certificate_issuer::{ISSUE_BATCH, IssueBatch, Issuing, IssuingOptions};
use http_kit::Platform;
use identity::Identity;
use realtime::Hub;
use storage::blobs::{Blobs, COLLECT_ORPHANS, CollectOrphans};
use storage::jobs::{self, Every, Runner};
use utoipa_axum::router::OpenApiRouter;

use crate::config::{Config, Jobs};

/// What the areas are built from. Cheap to clone.
#[derive(Clone)]
pub struct Areas {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub identity: Identity,
    issuing: Issuing,
    places: Jobs,
}

impl Areas {
    pub fn new(
        platform: Platform,
        hub: Hub,
        blobs: Blobs,
        identity: Identity,
        config: &Config,
    ) -> anyhow::Result<Self> {
        let fonts: Vec<FontFile> = config.certificates.fonts.iter().map(|font| font_file(font)).collect();
        let options = IssuingOptions {
            keys: &config.keys_folder().join("certificates"),
            public_url: &platform.public_url,
            fonts: &fonts,
            issuer_name: config.certificates.issuer_name.clone(),
        };
        let issuing =
            Issuing::open(&options, platform.ambient.now()).context("certificates cannot be issued")?;
        Ok(Self { platform, hub, blobs, identity, issuing, places: config.jobs.clone() })
    }

    /// Who does which jobs, and what is done by the clock.
    pub fn runner(&self) -> Runner {
        let Self { platform, hub, blobs, issuing, places, .. } = self.clone();
        let (db, ambient) = (|| platform.db.clone(), || platform.ambient.clone());
        let (tidy, events, people) = (
            jobs::Tidy { db: db(), ambient: ambient() },
            realtime::Tidy { db: db(), ambient: ambient() },
            identity::chores::Tidy { db: db(), ambient: ambient() },
        );
        let orphans = CollectOrphans { blobs: blobs.clone(), ambient: ambient() };
        Runner::new(db(), ambient())
            .places(places.quick, places.heavy)
            .every(Every::Hour, jobs::TIDY, Arc::new(tidy))
            .every(Every::Hour, COLLECT_ORPHANS, Arc::new(orphans))
            .every(Every::Hour, realtime::TIDY, Arc::new(events))
            .every(Every::Hour, identity::chores::TIDY, Arc::new(people))
            .handle(ISSUE_BATCH, Arc::new(IssueBatch::new(platform, hub, blobs, issuing)))
    }

    /// What each area says of itself: a name, and what is right or wrong.
    pub fn check(&self) -> Vec<(String, Result<String, String>)> {
        let newest = self.issuing.keys().newest().id().to_owned();
        vec![
            ("certificate keys".to_owned(), Ok(format!("newest {newest}"))),
            ("certificate fonts".to_owned(), self.issuing.fonts().map_err(|e| e.to_string())),
        ]
    }
}

/// `PATH`, or `PATH#2` for the third face of a collection.
fn font_file(text: &str) -> FontFile {
    let (path, face) = text.rsplit_once('#').unwrap_or((text, "0"));
    FontFile { path: path.into(), face: face.parse().unwrap_or(0) }
}

/// All routes, with their contract.
pub fn router(areas: &Areas) -> OpenApiRouter {
    let Areas { platform, hub, blobs, identity, issuing, .. } = areas;
    OpenApiRouter::new()
        .merge(realtime::router(hub.clone()))
        .merge(notification::router(platform.clone(), hub.clone()))
        .merge(identity::router(platform.clone(), hub.clone(), identity.clone()))
        .merge(training_plan::router(platform.clone(), hub.clone()))
        .merge(gate_admission::router(platform.clone(), hub.clone()))
        .merge(class_allocation::router(platform.clone(), hub.clone()))
        .merge(course_library::router(platform.clone(), blobs.clone()))
        .merge(task_board::router(platform.clone(), hub.clone()))
        .merge(forum_websocket::router(platform.clone(), hub.clone()))
        .merge(assessment::router(platform.clone(), hub.clone(), blobs.clone()))
        .merge(certificate_issuer::router(platform.clone(), hub.clone(), blobs.clone(), issuing.clone()))
}

/// Parts the routes from the finished OpenAPI document.
pub fn split(router: OpenApiRouter) -> (Router, String) {
    let (router, document) = router.split_for_parts();
    let document = http_kit::finish_document(document, env!("CARGO_PKG_VERSION"));
    // A document of plain strings and numbers always serialises.
    let text = document.to_pretty_json().unwrap_or_default();
    (router, text)
}

/// The OpenAPI document alone, for its snapshot; it needs no configuration.
pub async fn document() -> anyhow::Result<String> {
    let folder = std::env::temp_dir().join(format!("lingxue-document-{}", std::process::id()));
    let mut config = Config::default();
    config.data.folder.clone_from(&folder);
    config.database.durable = false;
    let world = crate::World::open(&config).await?;
    let (_, document) = split(router(&world.areas));
    world.platform.db.close().await;
    std::fs::remove_dir_all(&folder)?;
    Ok(document)
}

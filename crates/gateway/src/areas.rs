//! The areas of one process: their routes, their jobs, and what the doctor asks them.

use axum::Router;
use http_kit::Platform;
use identity::Identity;
use realtime::Hub;
use storage::blobs::Blobs;
use storage::jobs::Runner;
use utoipa_axum::router::OpenApiRouter;

use crate::config::Config;

/// What the areas are built from. Cheap to clone.
#[derive(Clone)]
pub struct Areas {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub identity: Identity,
}

impl Areas {
    pub fn new(
        platform: Platform,
        hub: Hub,
        blobs: Blobs,
        identity: Identity,
        _config: &Config,
    ) -> anyhow::Result<Self> {
        Ok(Self { platform, hub, blobs, identity })
    }

    /// Who does which jobs.
    pub fn runner(&self) -> Runner {
        Runner::new(self.platform.db.clone(), self.platform.ambient.clone())
    }

    /// What each area says of itself: a name, and what is right or wrong.
    pub async fn check(&self) -> Vec<(String, Result<String, String>)> {
        Vec::new()
    }
}

/// All routes, with their contract.
pub fn router(areas: &Areas) -> OpenApiRouter {
    let Areas { platform, hub, blobs, identity } = areas;
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
        .merge(assessment::router(platform.clone(), blobs.clone()))
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

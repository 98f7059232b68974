//! The areas of one process: their routes, their jobs, and what the doctor asks them.

use std::sync::Arc;

use anyhow::Context as _;
use assessment::references::{TaskPapers, TaskRubrics};
use assessment::{SETTLE_ATTEMPTS, SettleAttempts};
use axum::Router;
use certificate_issuer::keys::KeyRing;
use certificate_issuer::pdf::FontFile;
use certificate_issuer::{ISSUE_BATCH, IssueBatch, Issuing, IssuingOptions};
use class_allocation::jobs::TellWhatIsMissing;
use http_kit::Platform;
use identity::Identity;
use identity::disabled::DISABLED;
use identity::phone_changed::{FORMER_SIGN_IN, PHONE_CHANGED};
use notification::jobs::{TellOfFormerSignIn, TellOfPhone};
use realtime::Hub;
use storage::audit::AnchorFile;
use storage::blobs::{Blobs, COLLECT_ORPHANS, CollectOrphans};
use storage::jobs::{self, Every, Kind, Runner};
use task_board::library::WeekLists;
use task_board::opening::FirstLists;
use task_board::references::References;
use utoipa_axum::router::OpenApiRouter;

use crate::config::{Config, Jobs};
use crate::{anchoring, keys};

/// The kinds of jobs that a server does.
pub const KINDS: [Kind; 9] = [
    jobs::TIDY,
    COLLECT_ORPHANS,
    realtime::TIDY,
    identity::chores::TIDY,
    SETTLE_ATTEMPTS,
    DISABLED,
    PHONE_CHANGED,
    FORMER_SIGN_IN,
    ISSUE_BATCH,
];

/// What the areas are built from. Cheap to clone.
#[derive(Clone)]
pub struct Areas {
    pub platform: Platform,
    pub hub: Hub,
    pub blobs: Blobs,
    pub identity: Identity,
    issuing: Issuing,
    places: Jobs,
    anchor_file: AnchorFile,
}

impl Areas {
    pub fn new(
        platform: Platform,
        hub: Hub,
        blobs: Blobs,
        identity: Identity,
        ring: KeyRing,
        config: &Config,
    ) -> anyhow::Result<Self> {
        let issuing = issuing(config, ring)?;
        let anchor_file = config.anchor_file();
        Ok(Self { platform, hub, blobs, identity, issuing, places: config.jobs.clone(), anchor_file })
    }

    /// Takes up new keys, and anchors the audit chains with them. What is wrong here waits for a person, and the server goes on.
    /// Answers whether every registered key is at hand.
    pub async fn look_after_keys(&self) -> bool {
        let Self { platform, identity, issuing, anchor_file, .. } = self;
        let taken_up = keys::take_up(&platform.db, identity.vault(), issuing).await;
        if let Err(error) = &taken_up {
            tracing::error!(error = format!("{error:#}"), "new keys cannot be taken up");
        }
        let anchored =
            anchoring::anchor(&platform.db, &platform.ambient, identity.vault(), anchor_file).await;
        if let Err(error) = anchored {
            tracing::error!(error = %kernel::Causes(&error), "the audit chains are not anchored");
        }
        taken_up.is_ok()
    }

    /// Which key signs certificates now.
    pub fn certificate_key(&self) -> String {
        self.issuing.keys().signing_at(self.platform.ambient.now()).id().to_owned()
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
        let phone = TellOfPhone::new(platform.clone(), hub.clone());
        let former = TellOfFormerSignIn::new(platform.clone(), hub.clone());
        let missing = TellWhatIsMissing::new(platform.clone(), hub.clone());
        let attempts = SettleAttempts { db: db(), ambient: ambient() };
        let orphans = CollectOrphans { blobs: blobs.clone(), ambient: ambient() };
        Runner::new(db(), ambient())
            .places(places.quick, places.heavy)
            .every(Every::Hour, jobs::TIDY, Arc::new(tidy))
            .every(Every::Hour, COLLECT_ORPHANS, Arc::new(orphans))
            .every(Every::Hour, realtime::TIDY, Arc::new(events))
            .every(Every::Hour, identity::chores::TIDY, Arc::new(people))
            .every(Every::Hour, SETTLE_ATTEMPTS, Arc::new(attempts))
            .handle(DISABLED, Arc::new(missing))
            .handle(PHONE_CHANGED, Arc::new(phone))
            .handle(FORMER_SIGN_IN, Arc::new(former))
            .handle(ISSUE_BATCH, Arc::new(IssueBatch::new(platform, hub, blobs, issuing)))
    }
}

/// What certificates are issued with.
pub(crate) fn issuing(config: &Config, ring: KeyRing) -> anyhow::Result<Issuing> {
    let fonts: Vec<FontFile> = config.certificates.fonts.iter().map(|font| font_file(font)).collect();
    let public_url = config.public_url();
    let issuer_name = config.certificates.issuer_name.clone();
    let options = IssuingOptions { keys: ring, public_url: &public_url, fonts: &fonts, issuer_name };
    Issuing::open(options).context("certificates cannot be issued")
}

/// `PATH`, or `PATH#2` for the third face of a collection.
fn font_file(text: &str) -> FontFile {
    let (path, face) = text.rsplit_once('#').unwrap_or((text, "0"));
    FontFile { path: path.into(), face: face.parse().unwrap_or(0) }
}

/// The routes of each area, with their contract.
const ROUTES: [fn(&Areas) -> OpenApiRouter; 11] = [
    |own| realtime::router(own.hub.clone()),
    |own| notification::router(own.platform.clone(), own.hub.clone()),
    |own| identity::router(own.platform.clone(), own.hub.clone(), own.identity.clone()),
    |own| training_plan::router(own.platform.clone(), own.hub.clone()),
    |own| gate_admission::router(own.platform.clone(), own.hub.clone()),
    |own| class_allocation::router(own.platform.clone(), own.hub.clone(), Arc::new(FirstLists)),
    |own| {
        let weeks = Arc::new(WeekLists { ambient: own.platform.ambient.clone() });
        course_library::router(own.platform.clone(), own.blobs.clone(), weeks)
    },
    |own| {
        let references = References { papers: Arc::new(TaskPapers), rubrics: Arc::new(TaskRubrics) };
        task_board::router(own.platform.clone(), own.hub.clone(), references)
    },
    |own| forum_websocket::router(own.platform.clone(), own.hub.clone()),
    |own| assessment::router(own.platform.clone(), own.hub.clone(), own.blobs.clone()),
    |own| {
        let (platform, hub, blobs) = (own.platform.clone(), own.hub.clone(), own.blobs.clone());
        certificate_issuer::router(platform, hub, blobs, own.issuing.clone())
    },
];

/// All routes, without their contract: it goes area by area, so that a starting server never holds the whole of it.
pub fn router(areas: &Areas) -> Router {
    ROUTES.iter().fold(Router::new(), |all, routes| all.merge(routes(areas).split_for_parts().0))
}

/// The OpenAPI document of the code, for its snapshot in `docs`, which is what a server tells; it needs no configuration.
pub async fn document() -> anyhow::Result<String> {
    let folder = std::env::temp_dir().join(format!("lingxue-document-{}", std::process::id()));
    let mut config = Config::default();
    config.data.folder.clone_from(&folder);
    config.database.durable = false;
    let world = crate::World::open(&config).await?;
    let all = ROUTES.iter().fold(OpenApiRouter::new(), |all, routes| all.merge(routes(&world.areas)));
    let (_, document) = all.split_for_parts();
    world.platform.db.close().await;
    std::fs::remove_dir_all(&folder)?;
    let document = http_kit::finish_document(document, env!("CARGO_PKG_VERSION"));
    Ok(document.to_pretty_json()?)
}

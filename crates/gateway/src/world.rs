//! Everything that one process holds open, and the order in which it starts and stops.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::middleware::from_fn;
use http_kit::{Authenticator, KeyShares, LayerOptions, Platform, RateLimit, WriteShares};
use kernel::Ambient;
use realtime::{Bus, Hub, HubOptions};
use storage::blobs::{Blobs, Place};
use storage::{Db, DbOptions};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::areas::{self, Areas};
use crate::chores;
use crate::config::{self, Config};
use crate::guard::MembersOnly;
use crate::health::{self, Health};
use crate::keys::{self, Keys};
use crate::presence::Presence;
use crate::{server, web_assets};

/// One process: its database, files, sockets and routes.
pub struct World {
    pub platform: Platform,
    pub areas: Areas,
    health: Health,
    presence: Presence,
    layers: LayerOptions,
    bounds: server::Bounds,
}

/// Where a process listens.
#[derive(Debug)]
pub struct Doors {
    pub public: TcpListener,
    /// Apart, and on loopback unless somebody says otherwise.
    pub metrics: Option<TcpListener>,
}

impl Doors {
    pub async fn open(config: &config::Server) -> anyhow::Result<Self> {
        let public = listen(config.listen, "server.listen").await?;
        let metrics = match config.metrics_listen {
            Some(address) => Some(listen(address, "server.metrics_listen").await?),
            None => None,
        };
        Ok(Self { public, metrics })
    }
}

async fn listen(address: SocketAddr, key: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address} ({key})"))
}

/// A few that ask now and then.
const FIGURES_CONNECTIONS: usize = 32;

async fn serve_figures(listener: Option<TcpListener>, router: Router, stop: CancellationToken) {
    let Some(listener) = listener else { return };
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "figures at /metrics");
    }
    let bounds = server::Bounds { connections: FIGURES_CONNECTIONS, ..server::Bounds::default() };
    server::serve(listener, router, stop, async {}, bounds).await;
}

/// Opens the database with the configured bounds.
pub async fn open_database(config: &Config) -> anyhow::Result<Db> {
    std::fs::create_dir_all(&config.data.folder).with_context(|| {
        format!("the folder {} (data.folder) cannot be made", config.data.folder.display())
    })?;
    let options = DbOptions {
        connections: config.database.connections,
        durable: config.database.durable,
        ..DbOptions::default()
    };
    Db::open(config.database_url().expose(), &options)
        .await
        .context("the database (database.url) does not open")
}

/// Opens the database if it is there.
pub(crate) async fn open_database_as_it_is(config: &Config) -> anyhow::Result<Db> {
    let options = DbOptions { create: false, durable: config.database.durable, ..DbOptions::default() };
    Db::open(config.database_url().expose(), &options)
        .await
        .context("the database (database.url) does not open")
}

/// `lingxue migrate`.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    let db = open_database(config).await?;
    storage::migrate(&db).await?;
    let count = storage::applied_migrations(&db).await?.len();
    tracing::info!(migrations = count, "the schema is up to date");
    db.close().await;
    Ok(())
}

impl World {
    /// Opens everything with the machine's clock and randomness.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        Self::open_with(config, Ambient::system(), None::<fn(Db) -> Arc<dyn Authenticator>>).await
    }

    /// Opens everything for the demo, which brings its own clock, randomness and callers.
    pub async fn open_for_demo(
        config: &Config,
        ambient: Ambient,
        callers: impl FnOnce(Db) -> Arc<dyn Authenticator>,
    ) -> anyhow::Result<Self> {
        Self::open_with(config, ambient, Some(callers)).await
    }

    async fn open_with(
        config: &Config,
        ambient: Ambient,
        callers: Option<impl FnOnce(Db) -> Arc<dyn Authenticator>>,
    ) -> anyhow::Result<Self> {
        let db = open_database(config).await?;
        storage::migrate(&db).await?;
        let Keys { vault, ring } =
            keys::open(config, &db, ambient.now()).await.context("the keys (data.keys) are not usable")?;
        let blobs = Blobs::new(db.clone(), place(config)?, vault.address_key().bytes());
        blobs.prepare().await.context("the place for files (blobs, data.folder) is not usable")?;
        let bus = bus(config).await?;
        let public_url: Arc<str> = config.public_url().into();
        let identity = identity::Identity::new(db.clone(), ambient.clone(), vault, &public_url);
        let guard = Arc::new(MembersOnly { db: db.clone(), identity: identity.clone() });
        let hub = Hub::open(db.clone(), ambient.clone(), bus, guard, HubOptions::default()).await?;
        let authenticator = match callers {
            Some(callers) => callers(db.clone()),
            None => Arc::new(identity.clone()),
        };
        let platform = Platform {
            db: db.clone(),
            ambient,
            authenticator,
            public_url,
            keys: KeyShares::default(),
            writes: WriteShares::default(),
        };
        let rate_limit = NonZeroU32::new(config.server.requests_per_second).map(RateLimit::new);
        let layers = LayerOptions {
            rate_limit,
            trusted_proxies: config.server.trusted_proxies,
            media_origin: config.media_origin(),
            ..LayerOptions::default()
        };
        let bounds = server::Bounds {
            connections: config.server.connections,
            connections_per_address: per_address(&config.server),
            ..server::Bounds::default()
        };
        let areas = Areas::new(platform.clone(), hub, blobs.clone(), identity, ring, config)?;
        let presence = Presence::new(db, platform.ambient.clone(), config.bus.nats_url.is_some());
        let health = Health::new(platform.clone(), blobs, areas.runner().kinds(), presence.clone())?;
        Ok(Self { platform, areas, health, presence, layers, bounds })
    }

    /// The routes of all areas, health pages and the web application, with the layers around them.
    pub fn router(&self) -> Router {
        let router = areas::router(&self.areas)
            .merge(crate::api_page::router())
            .layer(from_fn(health::measure))
            .merge(self.health.router())
            .fallback(web_assets::serve);
        http_kit::surround(router, self.platform.clone(), &self.layers)
    }

    /// What monitoring asks, for a listener of its own.
    pub fn figures_router(&self) -> Router {
        self.health.figures_router()
    }

    /// Serves until told to stop, then ends in order: not ready, sockets away, requests and jobs finished, database closed.
    pub async fn serve(self, doors: Doors, stop: CancellationToken) -> anyhow::Result<()> {
        let router = self.router();
        let figures = tokio::spawn(serve_figures(doors.metrics, self.figures_router(), stop.clone()));
        let runner = self.areas.runner();
        let jobs = tokio::spawn({
            let stop = stop.clone();
            async move { runner.run(stop).await }
        });
        let chores = tokio::spawn(chores::run(
            self.areas.clone(),
            self.health.clone(),
            self.presence.clone(),
            self.layers.rate_limit.clone(),
            stop.clone(),
        ));
        tracing::info!(address = %doors.public.local_addr()?, url = %self.platform.public_url, "serving");
        let (health, hub) = (self.health.clone(), self.areas.hub.clone());
        let before_finish = async move {
            health.drain();
            hub.shutdown().await;
        };
        server::serve(doors.public, router, stop, before_finish, self.bounds).await;
        let _ = tokio::time::timeout(Duration::from_secs(20), async { tokio::join!(jobs, chores, figures) })
            .await;
        self.platform.db.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}

/// What connects several processes; alone, none is needed.
pub(crate) async fn bus(config: &Config) -> anyhow::Result<Arc<dyn Bus>> {
    #[cfg(feature = "nats")]
    if let Some(url) = &config.bus.nats_url {
        let bus = realtime::NatsBus::connect(url.expose());
        return Ok(Arc::new(bus.await.context("the bus (bus.nats_url) does not answer")?));
    }
    built_with(cfg!(feature = "nats"), config.bus.nats_url.is_some(), "bus.nats_url", "nats")?;
    Ok(Arc::new(realtime::InProcessBus::default()))
}

pub(crate) fn place(config: &Config) -> anyhow::Result<Place> {
    #[cfg(feature = "s3")]
    if let Some(endpoint) = config.blobs.s3_endpoint.clone() {
        return Ok(Place::S3(storage::blobs::S3Options {
            endpoint,
            public_endpoint: config.blobs.s3_public_endpoint.clone(),
            bucket: config.blobs.s3_bucket.clone().unwrap_or_default(),
            region: config.blobs.s3_region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
            access_key: exposed(config.blobs.s3_access_key.as_ref()),
            secret_key: exposed(config.blobs.s3_secret_key.as_ref()),
        }));
    }
    built_with(cfg!(feature = "s3"), config.blobs.s3_endpoint.is_some(), "blobs.s3_endpoint", "s3")?;
    let free_space_floor = config.blobs.free_space_floor_mb.saturating_mul(1024 * 1024);
    Ok(Place::Folder { root: config.data.folder.join("blobs"), free_space_floor })
}

/// Nobody's files or events may go another way than the settings say.
fn built_with(is_built: bool, is_named: bool, setting: &str, feature: &str) -> anyhow::Result<()> {
    let is_right = is_built || !is_named;
    anyhow::ensure!(is_right, "{setting} is set, but this program was built without the feature {feature}");
    Ok(())
}

fn per_address(server: &config::Server) -> Option<usize> {
    Some(server.connections_per_address).filter(|most| *most > 0 && server.trusted_proxies == 0)
}

#[cfg(feature = "s3")]
fn exposed(secret: Option<&config::Secret>) -> String {
    secret.map(|secret| secret.expose().to_owned()).unwrap_or_default()
}

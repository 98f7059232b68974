//! The whole product on an empty SQLite database, within this process.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use gateway::World;
use gateway::config::Config;
use gateway::server::{self, Bounds};
use http_kit::Authenticator;
use kernel::Ambient;
use kernel::id::PersonId;
use tempfile::TempDir;
use testkit::{CallerBook, TestPerson};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub struct House {
    pub router: Router,
    /// The same routes behind a listening port.
    pub address: SocketAddr,
    /// Somebody who may sign in and nothing else.
    pub somebody: TestPerson,
    world: World,
    stop: CancellationToken,
    _folder: TempDir,
}

impl House {
    pub async fn open() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut config = Config::default();
        folder.path().clone_into(&mut config.data.folder);
        config.database.durable = false;
        // What one request may cost is asked here, not how many may come.
        config.server.requests_per_second = 0;
        config.server.trusted_proxies = 1;
        let ambient = Ambient::system();
        let callers = CallerBook::default();
        let id: PersonId = ambient.new_id();
        let somebody = callers.enter(&ambient, id, &[]);
        let callers: Arc<dyn Authenticator> = Arc::new(callers);
        let world = World::open_for_demo(&config, ambient, |_| callers).await?;
        let router = world.router();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        tokio::spawn(server::serve(listener, router.clone(), stop.clone(), async {}, Bounds::default()));
        Ok(Self { router, address, somebody, world, stop, _folder: folder })
    }

    pub async fn close(self) {
        self.stop.cancel();
        self.world.areas.hub.shutdown().await;
        self.world.platform.db.close().await;
    }
}

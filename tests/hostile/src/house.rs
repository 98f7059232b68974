//! The whole product on an empty SQLite database, within this process.

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use gateway::World;
use gateway::config::Config;
use gateway::server::{self, Bounds};
use http::{Request, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

const PASSWORD: &str = "daishui-chuanshan-2046";

pub struct House {
    pub router: Router,
    /// The same routes behind a listening port.
    pub address: SocketAddr,
    /// Somebody who is signed in.
    pub somebody: Somebody,
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
        let world = World::open(&config).await?;
        let router = world.router();
        let somebody = sign_in(&world, &router).await?;
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

pub struct Somebody {
    pub id: String,
    pub token: String,
}

/// Makes an administrator as the program does, and signs in.
async fn sign_in(world: &World, router: &Router) -> anyhow::Result<Somebody> {
    const NAME: &str = "gao.zhiyuan";
    let platform = &world.platform;
    let mut tx = platform.db.begin_write().await?;
    let vault = world.areas.identity.vault();
    let link = identity::admin::create(&mut tx, &platform.ambient, vault, NAME, "管理员").await?;
    tx.commit().await?;
    let address = link.address(&platform.public_url);
    let (_, token) = address.split_once("?token=").context("a link with a token")?;
    ask(router, "/api/v1/first-use", None, Some(json!({ "token": token, "password": PASSWORD }))).await?;
    let sign_in = json!({ "login": NAME, "password": PASSWORD });
    let session = ask(router, "/api/v1/sign-in", None, Some(sign_in)).await?;
    let token = session["access_token"].as_str().context("an access token")?.to_owned();
    let me = ask(router, "/api/v1/me", Some(&token), None).await?;
    let id = me["person"]["id"].as_str().context("an id")?.to_owned();
    Ok(Somebody { id, token })
}

async fn ask(router: &Router, path: &str, token: Option<&str>, body: Option<Value>) -> anyhow::Result<Value> {
    let mut request = match body {
        Some(_) => Request::post(path).header(header::CONTENT_TYPE, "application/json"),
        None => Request::get(path),
    };
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))?;
    let Ok(answer) = router.clone().oneshot(request).await;
    let bytes = answer.into_body().collect().await?.to_bytes();
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

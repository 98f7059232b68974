//! One process of the product, as far as live events go: a hub, its routes, a listening port.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use http::StatusCode;
use http_kit::{Authenticator as _, LayerOptions, Problem};
use kernel::Actor;
use kernel::id::{ClassId, PersonId, SessionId};
use realtime::{Bus, Channel, ChannelGuard, Hub, HubOptions, InProcessBus};
use serde_json::json;
use testkit::{TestApp, TestBed, TestPerson};

use crate::client::Client;

pub struct Site {
    pub hub: Hub,
    pub app: TestApp,
    pub address: SocketAddr,
    pub guard: Arc<TestGuard>,
    callers: testkit::CallerBook,
    ambient: kernel::Ambient,
    db: storage::Db,
}

/// Lets everybody in everywhere, but for the channels it was told to close and the people it was told are gone.
#[derive(Default)]
pub struct TestGuard {
    closed: Mutex<HashSet<Channel>>,
    closing: Mutex<HashSet<Channel>>,
    gone: Mutex<HashSet<PersonId>>,
    /// Whether who may join is not known at this moment.
    pub away: AtomicBool,
}

impl TestGuard {
    pub fn close(&self, channel: Channel) {
        self.closed.lock().expect("no test panics while it holds this").insert(channel);
    }
    /// Says yes once more, and then no.
    pub fn close_after_next(&self, channel: Channel) {
        self.closing.lock().expect("no test panics while it holds this").insert(channel);
    }
    pub fn sign_out(&self, person: &TestPerson) {
        self.gone.lock().expect("no test panics while it holds this").insert(person.id);
    }
}

#[async_trait]
impl ChannelGuard for TestGuard {
    async fn may_join(&self, _: &Actor, channel: &Channel) -> Result<bool, Problem> {
        if self.away.load(Ordering::SeqCst) {
            return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "database.unavailable", "忙", "Busy"));
        }
        if self.closing.lock().expect("no test panics while it holds this").remove(channel) {
            self.close(*channel);
            return Ok(true);
        }
        Ok(!self.closed.lock().expect("no test panics while it holds this").contains(channel))
    }
    async fn is_signed_in(&self, actor: &Actor) -> bool {
        !self.gone.lock().expect("no test panics while it holds this").contains(&actor.person)
    }
}

impl Site {
    pub async fn open(bed: &TestBed) -> Self {
        Self::with(bed, HubOptions::default(), Arc::new(InProcessBus::default())).await
    }

    pub async fn with(bed: &TestBed, options: HubOptions, bus: Arc<dyn Bus>) -> Self {
        let guard = Arc::new(TestGuard::default());
        let hub =
            Hub::open(bed.db().clone(), bed.ambient.clone(), bus, Arc::<TestGuard>::clone(&guard), options)
                .await
                .expect("the hub opens");
        let (router, _) = realtime::router(hub.clone()).split_for_parts();
        let router = http_kit::surround(router, bed.platform(), &LayerOptions::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let app = bed.serve(realtime::router(hub.clone()));
        let (callers, ambient, db) = (bed.callers.clone(), bed.ambient.clone(), bed.db().clone());
        Self { hub, app, address, guard, callers, ambient, db }
    }

    pub async fn ticket(&self, person: &TestPerson) -> String {
        let answer = self.app.as_person(person).post("/api/v1/live/ticket", json!({})).await.expect(201);
        answer.json()["ticket"].as_str().expect("a ticket").to_owned()
    }

    /// The session that somebody's token stands for.
    pub async fn session(&self, person: &TestPerson) -> SessionId {
        self.callers.actor(&person.token).await.expect("a test person").session
    }

    pub async fn connect(&self, person: &TestPerson) -> Client {
        let ticket = self.ticket(person).await;
        Client::open(self.address, &ticket, None).await.expect("the socket opens")
    }

    /// Publishes `count` events in one transaction; the number of the last.
    pub async fn publish(&self, channel: Channel, count: usize) -> i64 {
        self.publish_sized(channel, count, 0).await
    }

    pub async fn publish_sized(&self, channel: Channel, count: usize, bytes: usize) -> i64 {
        let mut tx = self.db.begin_write().await.expect("the database takes writes");
        for _ in 0..count {
            let data = json!({"text": "x".repeat(bytes)});
            realtime::publish(&mut tx, &self.ambient, &self.hub, &channel, "happened", &data)
                .expect("data that can be written");
        }
        tx.commit().await.expect("the commit succeeds");
        self.head(channel).await
    }

    /// The number of the channel's last event.
    pub async fn head(&self, channel: Channel) -> i64 {
        let mut conn = self.db.read().await.expect("a reader");
        let head = storage::sql("select number as value from realtime_channels where name = $1");
        let head: Option<i64> = head.bind(channel.to_string()).opt(&mut conn).await.expect("a number");
        head.unwrap_or(0)
    }
}

pub fn somebody(bed: &TestBed) -> TestPerson {
    let id: PersonId = bed.ambient.new_id();
    bed.callers.enter(&bed.ambient, id, &[])
}

pub fn some_class(bed: &TestBed) -> Channel {
    let id: ClassId = bed.ambient.new_id();
    Channel::Class(id)
}

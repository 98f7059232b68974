//! How sockets end: the process stops, the client is slow or silent, the database is away.

use std::sync::Arc;
use std::time::Duration;

use realtime::{HubOptions, InProcessBus};
use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::client::{Client, until};
use crate::site::{Site, some_class, somebody};

on_both_databases!(stop_tells_every_socket_to_resume_elsewhere, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    let mut clients = Vec::new();
    for _ in 0..5 {
        let mut client = site.connect(&me).await;
        client.subscribe(class).await;
        assert_eq!(client.hear().await["type"], "resync");
        clients.push(client);
    }
    let ticket = site.ticket(&me).await;
    let closes = async {
        for client in &mut clients {
            assert_eq!(client.closed().await, 1001);
        }
    };
    tokio::join!(site.hub.shutdown(), closes);
    assert_eq!(site.hub.open_sockets(), 0);
    assert_eq!(
        Client::open(site.address, &ticket, None).await.err(),
        Some(503),
        "no new ones while stopping"
    );
});

on_both_databases!(client_that_does_not_read_is_dropped_and_others_are_not, |bed: TestBed| async move {
    let options = HubOptions { write_timeout: Duration::from_millis(300), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    let mut reader = site.connect(&me).await;
    reader.subscribe(class).await;
    assert_eq!(reader.hear().await["type"], "resync");
    let ticket = site.ticket(&me).await;
    let mut stalled = Client::open_narrow(site.address, &ticket).await.expect("the socket opens");
    stalled.subscribe(class).await;
    assert_eq!(stalled.hear().await["type"], "resync");
    // More than the kernel buffers for a connection, so that the server's write has to wait.
    for round in 0..6 {
        site.publish_sized(class, 100, 16_000).await;
        for number in 1..=100 {
            assert_eq!(reader.hear_brief().await, ("event".to_owned(), round * 100 + number));
        }
    }
    until("the stalled socket is gone", || site.hub.open_sockets() == 1).await;
    reader.say(json!({"type": "ping"})).await;
    assert_eq!(reader.hear().await["type"], "pong");
});

on_both_databases!(client_that_is_silent_to_pings_is_gone, |bed: TestBed| async move {
    let options = HubOptions { ping_every: Duration::from_millis(50), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    // Nobody polls this client, so it answers no ping, as a phone that left the network.
    let _half_open = site.connect(&me).await;
    until("the socket is open", || site.hub.open_sockets() == 1).await;
    until("the silent socket is gone", || site.hub.open_sockets() == 0).await;
});

on_both_databases!(socket_ends_with_try_again_when_the_database_is_away, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let mut client = site.connect(&somebody(&bed)).await;
    bed.db().close().await;
    client.subscribe(some_class(&bed)).await;
    assert_eq!(client.closed().await, 1013);
});

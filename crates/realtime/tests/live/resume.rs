//! Nothing is lost and nothing comes twice, however often the connection ends.

use std::sync::Arc;
use std::time::Duration;

use kernel::Ambient;
use realtime::{HubOptions, InProcessBus};
use testkit::{TestBed, on_both_databases};

use crate::client::Client;
use crate::site::{Site, some_class, somebody};

fn brief(kind: &str, number: i64) -> (String, i64) {
    (kind.to_owned(), number)
}

async fn expect_events(client: &mut Client, numbers: std::ops::RangeInclusive<i64>) {
    for number in numbers {
        assert_eq!(client.hear_brief().await, brief("event", number));
    }
}

on_both_databases!(client_without_memory_resyncs_and_then_hears_events, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    site.publish(class, 3).await;
    let mut client = site.connect(&somebody(&bed)).await;
    client.subscribe(class).await;
    let answer = client.hear().await;
    assert_eq!(answer["type"], "resync");
    assert_eq!(answer["channel"], class.to_string());
    assert_eq!(answer["epoch"], site.hub.epoch());
    assert_eq!(answer["number"], 3);
    site.publish(class, 1).await;
    let event = client.hear().await;
    assert_eq!(event["type"], "event");
    assert_eq!(event["channel"], class.to_string());
    assert_eq!(event["number"], 4);
    assert_eq!(event["kind"], "happened");
    assert_eq!(event["data"]["text"], "");
});

on_both_databases!(returning_client_hears_what_it_missed, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    site.publish(class, 100).await;
    for (after, reason) in [(100, "nothing missed"), (97, "a few missed"), (0, "all missed")] {
        let mut client = site.connect(&me).await;
        client.resume(class, after, site.hub.epoch()).await;
        assert_eq!(client.hear_brief().await, brief("recovered", 100), "{reason}");
        expect_events(&mut client, after + 1..=100).await;
    }
});

on_both_databases!(what_left_the_ring_is_read_from_the_database, |bed: TestBed| async move {
    let options = HubOptions { ring: 8, batch: 5, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    let mut listener = site.connect(&me).await;
    listener.subscribe(class).await;
    listener.hear().await;
    site.publish(class, 60).await;
    let mut client = site.connect(&me).await;
    client.resume(class, 10, site.hub.epoch()).await;
    assert_eq!(client.hear_brief().await, brief("recovered", 60));
    expect_events(&mut client, 11..=60).await;
    expect_events(&mut listener, 1..=60).await;
});

on_both_databases!(memory_that_cannot_be_continued_resyncs, |bed: TestBed| async move {
    let options = HubOptions { ring: 4, most_missed: 20, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    site.publish(class, 30).await;
    let epoch = site.hub.epoch().to_owned();
    let mut client = site.connect(&me).await;
    for (after, epoch, reason) in [
        (29, "another history", "another epoch"),
        (31, epoch.as_str(), "numbers that never were"),
        (-1, epoch.as_str(), "no number at all"),
        (9, epoch.as_str(), "too much was missed"),
    ] {
        client.resume(class, after, epoch).await;
        assert_eq!(client.hear_brief().await, brief("resync", 30), "{reason}");
    }
    client.resume(class, 10, &epoch).await;
    assert_eq!(client.hear_brief().await, brief("recovered", 30), "just as much as can be told");
    expect_events(&mut client, 11..=30).await;
});

on_both_databases!(removed_events_are_not_passed_over_in_silence, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    site.publish(class, 5).await;
    bed.clock.advance_seconds(20 * 86_400);
    site.publish(class, 5).await;
    bed.clock.advance_seconds(20 * 86_400);
    assert_eq!(
        realtime::remove_old_events(bed.db(), bed.ambient.now()).await.expect("events are removed").rows,
        5
    );
    for (after, answer) in [(3, "resync"), (4, "resync"), (5, "recovered"), (7, "recovered")] {
        let mut client = site.connect(&me).await;
        client.resume(class, after, site.hub.epoch()).await;
        assert_eq!(client.hear_brief().await, brief(answer, 10), "after {after}");
    }
    bed.clock.advance_seconds(20 * 86_400);
    realtime::remove_old_events(bed.db(), bed.ambient.now()).await.expect("events are removed");
    // A process that has seen none of them: what a ring still holds need not be asked of the database.
    site.hub.shutdown().await;
    let site = Site::open(&bed).await;
    let mut client = site.connect(&me).await;
    client.resume(class, 9, site.hub.epoch()).await;
    assert_eq!(client.hear_brief().await, brief("resync", 10));
    assert_eq!(site.publish(class, 1).await, 11, "numbers go on");
    expect_events(&mut client, 11..=11).await;
});

on_both_databases!(renewed_epoch_makes_everybody_resync, |bed: TestBed| async move {
    let class = some_class(&bed);
    let before = Site::open(&bed).await;
    before.publish(class, 2).await;
    let remembered = before.hub.epoch().to_owned();
    before.hub.shutdown().await;
    let unchanged = Site::open(&bed).await;
    assert_eq!(unchanged.hub.epoch(), remembered, "a restart loses nothing");
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    realtime::renew_epoch(&mut tx, &bed.ambient).await.expect("a new epoch begins");
    tx.commit().await.expect("a commit");
    let after = Site::open(&bed).await;
    let mut client = after.connect(&somebody(&bed)).await;
    client.resume(class, 2, &remembered).await;
    let answer = client.hear().await;
    assert_eq!(answer["type"], "resync");
    assert_ne!(answer["epoch"], remembered.as_str());
});

on_both_databases!(rolled_back_action_leaves_no_event_and_no_gap, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    let mut client = site.connect(&somebody(&bed)).await;
    client.subscribe(class).await;
    assert_eq!(client.hear_brief().await, brief("resync", 0));
    site.publish(class, 1).await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let data = serde_json::json!({});
    realtime::publish(&mut tx, &bed.ambient, &site.hub, &class, "happened", &data).expect("data");
    drop(tx);
    assert_eq!(site.publish(class, 1).await, 2);
    expect_events(&mut client, 1..=2).await;
});

on_both_databases!(reconnects_neither_lose_nor_double_nor_reorder, |bed: TestBed| async move {
    const PUBLISHERS: i64 = 4;
    const EACH: i64 = 60;
    let options =
        HubOptions { ring: 16, batch: 7, look_every: Duration::from_millis(200), ..HubOptions::default() };
    let site = Arc::new(Site::with(&bed, options, Arc::new(InProcessBus::default())).await);
    let class = some_class(&bed);
    let mut work = tokio::task::JoinSet::new();
    for _ in 0..PUBLISHERS {
        let site = Arc::clone(&site);
        work.spawn(async move {
            for _ in 0..EACH {
                site.publish(class, 1).await;
            }
        });
    }
    for _ in 0..6 {
        let site = Arc::clone(&site);
        let (me, ambient) = (somebody(&bed), bed.ambient.clone());
        work.spawn(
            async move { hear_all_with_reconnects(&site, &me, &ambient, class, PUBLISHERS * EACH).await },
        );
    }
    while let Some(done) = work.join_next().await {
        done.expect("publishers and listeners end well");
    }
});

/// Reads a few events, drops the connection without a word, comes back; until all `count` events were heard in order.
async fn hear_all_with_reconnects(
    site: &Site,
    me: &testkit::TestPerson,
    ambient: &Ambient,
    channel: realtime::Channel,
    count: i64,
) {
    let mut heard = 0;
    while heard < count {
        let mut client = site.connect(me).await;
        client.resume(channel, heard, site.hub.epoch()).await;
        let (answer, number) = client.hear_brief().await;
        assert_eq!(answer, "recovered");
        assert!(number >= heard);
        let few = i64::from(ambient.random_bytes::<1>()[0] % 20);
        for _ in 0..few.min(count - heard) {
            heard += 1;
            assert_eq!(client.hear_brief().await, brief("event", heard));
        }
    }
}

on_both_databases!(channels_on_one_socket_keep_their_own_order, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let channels = [some_class(&bed), some_class(&bed), some_class(&bed)];
    let mut client = site.connect(&somebody(&bed)).await;
    for channel in channels {
        client.subscribe(channel).await;
        assert_eq!(client.hear_brief().await, brief("resync", 0));
    }
    for _ in 0..20 {
        for channel in channels {
            site.publish(channel, 2).await;
        }
    }
    let mut heard = std::collections::HashMap::new();
    for _ in 0..120 {
        let event = client.hear().await;
        let last = heard.entry(event["channel"].to_string()).or_insert(0);
        *last += 1;
        assert_eq!(event["number"], *last);
    }
    client.say(serde_json::json!({"type": "unsubscribe", "channel": channels[0].to_string()})).await;
    client.say(serde_json::json!({"type": "ping"})).await;
    assert_eq!(client.hear().await["type"], "pong");
    site.publish(channels[0], 1).await;
    site.publish(channels[1], 1).await;
    assert_eq!(client.hear().await["channel"], channels[1].to_string(), "the other was given up");
});

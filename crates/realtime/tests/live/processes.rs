//! Several processes on one database: who publishes where does not matter to those who listen.

use std::sync::Arc;
use std::time::Duration;

use realtime::{Bus, Hint, HubOptions, InProcessBus, Note, Tidy};
use storage::jobs::{Job, JobHandler as _};
use storage::sql;
use testkit::{TestBed, on_both_databases};
use tokio::sync::broadcast;

use crate::client::{Client, until};
use crate::site::{Site, some_class, somebody};

/// Two processes joined by a bus that loses nothing.
#[derive(Default)]
pub struct Joined(InProcessBus);

impl Bus for Joined {
    fn tell(&self, note: Note) {
        self.0.tell(note);
    }
    fn listen(&self) -> broadcast::Receiver<Note> {
        self.0.listen()
    }
    fn has_others(&self) -> bool {
        true
    }
}

/// No look within the test: what is heard came over the bus.
fn bus_only() -> HubOptions {
    HubOptions { look_every: Duration::from_hours(1), ring: 32, ..HubOptions::default() }
}

async fn two_sites(bed: &TestBed, buses: [Arc<dyn Bus>; 2]) -> [Site; 2] {
    let [first, second] = buses;
    [Site::with(bed, bus_only(), first).await, Site::with(bed, bus_only(), second).await]
}

async fn both_hear_all(bed: TestBed, sites: [Site; 2]) {
    const EACH: i64 = 60;
    let [a, b] = &sites;
    assert_eq!(a.hub.epoch(), b.hub.epoch());
    let class = some_class(&bed);
    let mut clients = [a.connect(&somebody(&bed)).await, b.connect(&somebody(&bed)).await];
    for client in &mut clients {
        client.subscribe(class).await;
        assert_eq!(client.hear().await["type"], "resync");
    }
    let publish = async |site: &Site| {
        for _ in 0..EACH {
            site.publish(class, 1).await;
        }
    };
    let [first, second] = &mut clients;
    tokio::join!(publish(a), publish(b), hear(first, 2 * EACH), hear(second, 2 * EACH));

    // What a client heard from one process, it can continue at the other.
    let mut moved = a.connect(&somebody(&bed)).await;
    b.publish(class, 1).await;
    moved.resume(class, 2 * EACH + 1, a.hub.epoch()).await;
    assert_eq!(moved.hear_brief().await, ("recovered".to_owned(), 2 * EACH + 1));
}

async fn hear(client: &mut Client, count: i64) {
    for number in 1..=count {
        assert_eq!(client.hear_brief().await, ("event".to_owned(), number));
    }
}

async fn ticket_and_sign_out_cross_over(bed: TestBed, sites: [Site; 2]) {
    let [a, b] = &sites;
    let me = somebody(&bed);
    let ticket = a.ticket(&me).await;
    let mut client =
        Client::open(b.address, &ticket, None).await.expect("the other process takes the ticket");
    for site in [a, b] {
        assert_eq!(Client::open(site.address, &ticket, None).await.err(), Some(401), "once, wherever");
    }
    until("the socket is open", || b.hub.open_sockets() == 1).await;
    a.hub.close_person(me.id);
    assert_eq!(client.closed().await, 4401);

    // One session of two: the other device stays.
    let phone = somebody(&bed);
    let phone_session = a.session(&phone).await;
    let mut on_phone = b.connect(&phone).await;
    let desk = bed.regrant(&phone, &[]);
    let mut on_desk = b.connect(&desk).await;
    a.hub.close_session(phone.id, phone_session);
    assert_eq!(on_phone.closed().await, 4401);
    on_desk.say(serde_json::json!({"type": "ping"})).await;
    assert_eq!(on_desk.hear().await["type"], "pong");
}

on_both_databases!(events_cross_over_the_bus_in_order, |bed: TestBed| async move {
    let bus: Arc<dyn Bus> = Arc::new(Joined::default());
    let sites = two_sites(&bed, [Arc::clone(&bus), bus]).await;
    both_hear_all(bed, sites).await;
});

on_both_databases!(tickets_and_sign_outs_cross_over_the_bus, |bed: TestBed| async move {
    let bus: Arc<dyn Bus> = Arc::new(Joined::default());
    let sites = two_sites(&bed, [Arc::clone(&bus), bus]).await;
    ticket_and_sign_out_cross_over(bed, sites).await;
});

on_both_databases!(false_notes_do_no_harm, |bed: TestBed| async move {
    let bus: Arc<dyn Bus> = Arc::new(Joined::default());
    let [a, b] = two_sites(&bed, [Arc::clone(&bus), Arc::clone(&bus)]).await;
    let class = some_class(&bed);
    let mut client = a.connect(&somebody(&bed)).await;
    client.subscribe(class).await;
    assert_eq!(client.hear().await["type"], "resync");
    // As a copy of the database on the same bus would tell.
    bus.tell(Note { epoch: a.hub.epoch().to_owned(), hint: Hint::Reached { channel: class, number: 1000 } });
    b.publish(class, 3).await;
    hear(&mut client, 3).await;
});

on_both_databases!(a_sign_out_lost_on_the_way_is_found_when_notes_may_be_missed, |bed: TestBed| async move {
    let bus: Arc<dyn Bus> = Arc::new(Joined::default());
    let site = Site::with(&bed, bus_only(), Arc::clone(&bus)).await;
    let (me, other) = (somebody(&bed), somebody(&bed));
    let (mut client, mut others) = (site.connect(&me).await, site.connect(&other).await);
    site.guard.sign_out(&me);
    bus.tell(Note { epoch: String::new(), hint: Hint::MayHaveMissed });
    assert_eq!(client.closed().await, 4401);
    others.say(serde_json::json!({"type": "ping"})).await;
    assert_eq!(others.hear().await["type"], "pong");
});

on_both_databases!(lost_notes_are_found_by_looking, |bed: TestBed| async move {
    let options =
        HubOptions { look_every: Duration::from_millis(20), most_missed: 50, ..HubOptions::default() };
    let deaf = || Arc::new(InProcessBus::default());
    let a = Site::with(&bed, options.clone(), deaf()).await;
    let b = Site::with(&bed, options, deaf()).await;
    let class = some_class(&bed);
    let mut client = a.connect(&somebody(&bed)).await;
    client.subscribe(class).await;
    assert_eq!(client.hear().await["type"], "resync");
    b.publish(class, 3).await;
    hear(&mut client, 3).await;
    b.publish(class, 60).await;
    assert_eq!(client.hear_brief().await, ("resync".to_owned(), 63), "too much at once to tell");
    b.publish(class, 1).await;
    assert_eq!(client.hear_brief().await, ("event".to_owned(), 64));
});

#[cfg(feature = "nats")]
mod over_nats {
    use realtime::NatsBus;

    use super::*;

    /// The server is shared with other tests: what the bed repeats for each (epoch, ids) must not meet there.
    async fn joined(bed: &mut TestBed) -> [Site; 2] {
        bed.ambient = kernel::Ambient::system();
        let address = std::env::var("LINGXUE_TEST_NATS_URL")
            .expect("LINGXUE_TEST_NATS_URL names no NATS server: run through scripts/with-test-servers.sh");
        let bus = async || Arc::new(NatsBus::connect(&address).await.expect("the NATS server answers"));
        two_sites(bed, [bus().await, bus().await]).await
    }

    on_both_databases!(events_cross_over_in_order, |mut bed: TestBed| async move {
        let sites = joined(&mut bed).await;
        both_hear_all(bed, sites).await;
    });

    on_both_databases!(tickets_and_sign_outs_cross_over, |mut bed: TestBed| async move {
        let sites = joined(&mut bed).await;
        ticket_and_sign_out_cross_over(bed, sites).await;
    });
}

on_both_databases!(tickets_that_nobody_used_are_tidied_away, |bed: TestBed| async move {
    let site = Site::with(&bed, bus_only(), Arc::new(Joined::default())).await;
    site.ticket(&somebody(&bed)).await;
    site.ticket(&somebody(&bed)).await;
    bed.clock.advance_seconds(600);
    site.ticket(&somebody(&bed)).await;
    let kept = async || -> i64 {
        let mut conn = bed.db().read().await.expect("a reader");
        sql("select count(*) as value from realtime_tickets").one(&mut conn).await.expect("a count")
    };
    assert_eq!(kept().await, 3);
    let job = Job {
        id: bed.ambient.new_id(),
        kind: realtime::TIDY.name.to_owned(),
        payload: serde_json::json!({}),
        attempts: 1,
    };
    let tidy = Tidy { db: bed.db().clone(), ambient: bed.ambient.clone() };
    tidy.run(&job).await.expect("it is tidied");
    assert_eq!(kept().await, 1, "the new one may still open its socket");
});

//! Who gets in, who is refused, who is sent away.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::SinkExt as _;
use http::StatusCode;
use kernel::id::PersonId;
use realtime::{Bus, Channel, HubOptions, InProcessBus};
use serde_json::json;
use testkit::{TestBed, TestPerson, on_both_databases};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Client, until};
use crate::processes::Joined;
use crate::site::{Site, some_class, somebody};

on_both_databases!(ticket_opens_one_socket_within_its_time, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let ticket = site.ticket(&me).await;
    assert!(Client::open(site.address, &ticket, None).await.is_ok());
    assert_eq!(Client::open(site.address, &ticket, None).await.err(), Some(401), "used");
    assert_eq!(Client::open(site.address, "guess", None).await.err(), Some(401), "never issued");
    let late = site.ticket(&me).await;
    bed.clock.advance_seconds(31);
    assert_eq!(Client::open(site.address, &late, None).await.err(), Some(401), "expired");
    let voided = site.ticket(&me).await;
    site.hub.close_person(me.id);
    assert_eq!(Client::open(site.address, &voided, None).await.err(), Some(401), "signed out meanwhile");
    bed.clock.advance_seconds(1);
    let again = site.ticket(&me).await;
    assert!(Client::open(site.address, &again, None).await.is_ok(), "signed in again");
});

on_both_databases!(ticket_is_for_the_signed_in, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let answer = site.app.as_nobody().post("/api/v1/live/ticket", json!({})).await;
    answer.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
    let answer = site.app.as_nobody().get("/api/v1/live").await;
    answer.expect_problem(StatusCode::BAD_REQUEST, "live.not_a_socket");
});

on_both_databases!(pages_of_other_sites_stay_outside, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let ticket = site.ticket(&me).await;
    assert_eq!(Client::open(site.address, &ticket, Some("https://evil.example")).await.err(), Some(403));
    let origin = format!("http://{}", site.address);
    assert!(
        Client::open(site.address, &ticket, Some(&origin)).await.is_ok(),
        "the refusal did not use it up"
    );
});

on_both_databases!(channels_that_are_not_mine_do_not_exist, |bed: TestBed| async move {
    let options = HubOptions { subscriptions_per_socket: 2, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    let closed = some_class(&bed);
    site.guard.close(closed);
    let stranger: PersonId = bed.ambient.new_id();
    let mut client = site.connect(&me).await;
    for name in
        [closed.to_string(), Channel::Person(stranger).to_string(), "class:nonsense".into(), String::new()]
    {
        client.subscribe(&name).await;
        assert_eq!(
            client.hear().await,
            json!({"type": "refused", "channel": name, "code": "no_such_channel"})
        );
    }
    let mine = Channel::Person(me.id);
    client.subscribe(mine).await;
    assert_eq!(client.hear().await["type"], "resync");
    client.subscribe(some_class(&bed)).await;
    assert_eq!(client.hear().await["type"], "resync");
    let third = some_class(&bed).to_string();
    client.subscribe(&third).await;
    assert_eq!(
        client.hear().await,
        json!({"type": "refused", "channel": third, "code": "too_many_subscriptions"})
    );
    client.subscribe(mine).await;
    assert_eq!(client.hear().await["type"], "resync", "subscribing again takes no further place");
});

on_both_databases!(ones_own_channel_passes_the_guard_too, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let mine = Channel::Person(me.id);
    let mut client = site.connect(&me).await;
    site.guard.close(mine);
    client.subscribe(mine).await;
    assert_eq!(client.hear().await["type"], "refused");
    let poll = format!("/api/v1/live/events?channel={mine}");
    site.app.as_person(&me).get(&poll).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

on_both_databases!(a_session_that_ends_takes_what_it_opened_and_no_more, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let phone = site.session(&me).await;
    let (mut on_phone, phone_ticket) = (site.connect(&me).await, site.ticket(&me).await);
    let path =
        format!("/api/v1/live/events?channel={}&after=0&epoch={}", Channel::Person(me.id), site.hub.epoch());
    let (app, poller) = (site.app.clone(), me.clone());
    let waiting = tokio::spawn(async move { app.as_person(&poller).get(&path).await });

    // The poll has taken its place with the phone's session when it ends; then the same person comes with another.
    until("the phone's poll is over", || {
        site.hub.close_session(me.id, phone);
        waiting.is_finished()
    })
    .await;
    waiting.await.expect("it ends").expect_problem(StatusCode::UNAUTHORIZED, "sign_in.expired");
    assert_eq!(on_phone.closed().await, 4401);
    assert_eq!(Client::open(site.address, &phone_ticket, None).await.err(), Some(401));

    let me = bed.regrant(&me, &[]);
    let (mut on_desk, desk_ticket) = (site.connect(&me).await, site.ticket(&me).await);
    site.hub.close_session(me.id, phone);
    on_desk.say(json!({"type": "ping"})).await;
    assert_eq!(on_desk.hear().await["type"], "pong");
    assert!(Client::open(site.address, &desk_ticket, None).await.is_ok());
});

on_both_databases!(a_ticket_opens_nothing_once_its_session_has_ended, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let ticket = site.ticket(&me).await;
    // No hub was told; the guard knows.
    site.guard.sign_out(&me);
    assert_eq!(Client::open(site.address, &ticket, None).await.err(), Some(401));
    assert_eq!(site.hub.open_sockets(), 0);
});

on_both_databases!(polls_of_one_person_are_bounded, |bed: TestBed| async move {
    let options = HubOptions { polls_per_person: 0, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let path = format!("/api/v1/live/events?channel={}", some_class(&bed));
    let answer = site.app.as_person(&somebody(&bed)).get(&path).await;
    answer.expect_problem(StatusCode::TOO_MANY_REQUESTS, "live.too_many_sockets");
});

on_both_databases!(who_may_no_longer_listen_is_told_and_hears_no_more, |bed: TestBed| async move {
    let options = HubOptions { recheck_every: Duration::from_millis(20), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let (left, kept) = (some_class(&bed), some_class(&bed));
    let mut client = site.connect(&somebody(&bed)).await;
    for channel in [left, kept] {
        client.subscribe(channel).await;
        assert_eq!(client.hear().await["type"], "resync");
    }
    site.guard.close(left);
    let refused = json!({"type": "refused", "channel": left.to_string(), "code": "no_such_channel"});
    assert_eq!(client.hear().await, refused);
    site.publish(left, 1).await;
    site.publish(kept, 1).await;
    assert_eq!(client.hear().await["channel"], kept.to_string());
});

on_both_databases!(a_database_that_is_away_refuses_nobody, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let (me, class) = (somebody(&bed), some_class(&bed));
    let [mut asks, mut hears] = [site.connect(&me).await, site.connect(&me).await];
    hears.subscribe(class).await;
    assert_eq!(hears.hear().await["type"], "resync");
    site.guard.away.store(true, Ordering::SeqCst);
    // A refusal would be for good: the page would never ask again.
    asks.subscribe(class).await;
    assert_eq!(asks.closed().await, 1013);
    site.hub.rights_changed(me.id);
    assert_eq!(hears.closed().await, 1013);
    let path = format!("/api/v1/live/events?channel={class}");
    let poll = site.app.as_person(&me).get(&path).await;
    poll.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "database.unavailable");
});

on_both_databases!(who_lost_a_right_hears_no_more_at_once, |bed: TestBed| async move {
    // The regular look is minutes away: only the word of the action makes the sockets ask.
    let site = Site::open(&bed).await;
    let (left, kept) = (some_class(&bed), some_class(&bed));
    let (me, other) = (somebody(&bed), somebody(&bed));
    let mut sockets = [site.connect(&me).await, site.connect(&me).await];
    let mut others = site.connect(&other).await;
    for client in sockets.iter_mut().chain([&mut others]) {
        for channel in [left, kept] {
            client.subscribe(channel).await;
            assert_eq!(client.hear().await["type"], "resync");
        }
    }
    site.guard.close(left);
    site.hub.rights_changed(me.id);
    let refused = json!({"type": "refused", "channel": left.to_string(), "code": "no_such_channel"});
    for client in &mut sockets {
        assert_eq!(client.hear().await, refused);
    }
    site.publish(left, 1).await;
    site.publish(kept, 1).await;
    for client in &mut sockets {
        assert_eq!(client.hear().await["channel"], kept.to_string(), "what is still theirs goes on");
    }
    assert_eq!(others.hear().await["channel"], left.to_string(), "nobody else is asked");
});

on_both_databases!(signed_out_person_loses_all_sockets_and_nobody_else, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let (me, other) = (somebody(&bed), somebody(&bed));
    let mut mine = [site.connect(&me).await, site.connect(&me).await];
    let mut others = site.connect(&other).await;
    until("three sockets are open", || site.hub.open_sockets() == 3).await;
    site.hub.close_person(me.id);
    for client in &mut mine {
        assert_eq!(client.closed().await, 4401);
    }
    until("two sockets are gone", || site.hub.open_sockets() == 1).await;
    others.say(json!({"type": "ping"})).await;
    assert_eq!(others.hear().await["type"], "pong");
});

on_both_databases!(sign_out_nobody_told_of_is_found_at_the_recheck, |bed: TestBed| async move {
    let options = HubOptions { recheck_every: Duration::from_millis(20), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    let mut client = site.connect(&me).await;
    site.guard.sign_out(&me);
    assert_eq!(client.closed().await, 4401);
});

on_both_databases!(sockets_of_one_person_are_bounded, |bed: TestBed| async move {
    let options = HubOptions { sockets_per_person: 1, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    let first = site.connect(&me).await;
    let ticket = site.ticket(&me).await;
    assert_eq!(Client::open(site.address, &ticket, None).await.err(), Some(429));
    drop(first);
    until("the first is gone", || site.hub.open_sockets() == 0).await;
    site.connect(&me).await;
});

on_both_databases!(what_is_not_the_protocol_ends_the_socket, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    for nonsense in [json!("hello"), json!({"type": "shout"}), json!({"type": "subscribe"})] {
        let mut client = site.connect(&me).await;
        client.say(nonsense).await;
        assert_eq!(client.closed().await, 1008);
    }
    let mut client = site.connect(&me).await;
    client.say(json!({"type": "subscribe", "channel": "x".repeat(101)})).await;
    assert_eq!(client.closed().await, 1008, "no refusal repeats what is no name");
    let mut client = site.connect(&me).await;
    client.say(json!({"type": "subscribe", "channel": "x".repeat(70_000)})).await;
    assert_ne!(client.closed().await, 1000, "a message over the limit is not read");
    until("all sockets are gone", || site.hub.open_sockets() == 0).await;
});

on_both_databases!(subscriptions_of_one_person_are_bounded_over_all_sockets, |bed: TestBed| async move {
    let options = HubOptions { subscriptions_per_person: 3, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let (me, other) = (somebody(&bed), somebody(&bed));
    let mut sockets = [site.connect(&me).await, site.connect(&me).await];
    let kept = some_class(&bed);
    for (socket, class) in [(0, kept), (1, some_class(&bed)), (1, some_class(&bed))] {
        sockets[socket].subscribe(class).await;
        assert_eq!(sockets[socket].hear().await["type"], "resync");
    }
    let fourth = some_class(&bed);
    for socket in &mut sockets {
        socket.subscribe(fourth).await;
        assert_eq!(socket.hear().await["code"], "too_many_subscriptions");
    }
    let mut others = site.connect(&other).await;
    others.subscribe(fourth).await;
    assert_eq!(others.hear().await["type"], "resync", "another person has places of their own");
    sockets[0].say(json!({"type": "unsubscribe", "channel": kept.to_string()})).await;
    sockets[0].subscribe(fourth).await;
    assert_eq!(sockets[0].hear().await["type"], "resync", "a place that was given back is free");
});

on_both_databases!(client_that_talks_too_fast_is_sent_away, |bed: TestBed| async move {
    let options =
        HubOptions { messages_at_once: 10, message_every: Duration::from_hours(1), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    let mut client = site.connect(&me).await;
    for _ in 0..10 {
        client.say(json!({"type": "ping"})).await;
        assert_eq!(client.hear().await["type"], "pong");
    }
    client.say(json!({"type": "ping"})).await;
    assert_eq!(client.closed().await, 4429);
    // Frames that the protocol answers by itself are messages too.
    let mut client = site.connect(&me).await;
    for _ in 0..11 {
        client.0.send(Message::Ping(Vec::new().into())).await.expect("it goes out");
    }
    assert_eq!(client.closed().await, 4429);
});

on_both_databases!(unused_tickets_of_one_person_are_bounded, |bed: TestBed| async move {
    let options = HubOptions { tickets_per_person: 2, ..HubOptions::default() };
    for bus in [Arc::new(InProcessBus::default()) as Arc<dyn Bus>, Arc::new(Joined::default())] {
        let site = Site::with(&bed, options.clone(), bus).await;
        let (me, other) = (somebody(&bed), somebody(&bed));
        let ask = async |person: &TestPerson| {
            site.app.as_person(person).post("/api/v1/live/ticket", json!({})).await
        };
        let first = site.ticket(&me).await;
        site.ticket(&me).await;
        ask(&me).await.expect_problem(StatusCode::TOO_MANY_REQUESTS, "live.too_many_sockets");
        ask(&other).await.expect(201);
        assert!(Client::open(site.address, &first, None).await.is_ok());
        ask(&me).await.expect(201);
        bed.clock.advance_seconds(31);
        ask(&me).await.expect(201);
        ask(&me).await.expect(201);
    }
});

//! The same events by long poll.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use kernel::id::PersonId;
use realtime::{Channel, HubOptions, InProcessBus};
use testkit::{TestBed, on_both_databases};

use crate::site::{Site, some_class, somebody};

on_both_databases!(poll_resyncs_first_and_then_tells_what_followed, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let class = some_class(&bed);
    let me = somebody(&bed);
    site.publish(class, 2).await;
    let ask = |query: String| {
        let (app, me) = (site.app.clone(), me.clone());
        async move { app.as_person(&me).get(&format!("/api/v1/live/events?{query}")).await.expect(200).json() }
    };
    let first = ask(format!("channel={class}")).await;
    assert_eq!(first["outcome"], "resync");
    assert_eq!(first["number"], 2);
    let epoch = first["epoch"].as_str().expect("an epoch").to_owned();

    site.publish(class, 3).await;
    let second = ask(format!("channel={class}&after=2&epoch={epoch}")).await;
    assert_eq!(second["outcome"], "recovered");
    assert_eq!(second["number"], 5);
    let numbers: Vec<_> =
        second["events"].as_array().expect("events").iter().map(|e| e["number"].clone()).collect();
    assert_eq!(numbers, [3, 4, 5]);
    assert_eq!(second["events"][0]["type"], "event");

    let waiting = tokio::spawn(ask(format!("channel={class}&after=5&epoch={epoch}")));
    site.publish(class, 1).await;
    let third = waiting.await.expect("the poll ends");
    assert_eq!(third["number"], 6);
    assert_eq!(third["events"].as_array().map(Vec::len), Some(1));

    let other = ask(format!("channel={class}&after=6&epoch=another")).await;
    assert_eq!(other["outcome"], "resync");
});

on_both_databases!(poll_ends_empty_in_time_and_at_a_stop, |bed: TestBed| async move {
    let options = HubOptions { poll_time: Duration::from_millis(30), ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let me = somebody(&bed);
    let path = format!("/api/v1/live/events?channel={}&after=0&epoch={}", some_class(&bed), site.hub.epoch());
    let answer = site.app.as_person(&me).get(&path).await.expect(200).json();
    assert_eq!((&answer["outcome"], &answer["number"]), (&"recovered".into(), &0.into()));
    assert_eq!(answer["events"].as_array().map(Vec::len), Some(0));

    let patient = Site::open(&bed).await;
    let app = patient.app.clone();
    let waiting = tokio::spawn(async move { app.as_person(&me).get(&path).await.expect(200).json() });
    patient.hub.shutdown().await;
    assert_eq!(waiting.await.expect("the poll ends")["events"].as_array().map(Vec::len), Some(0));
});

on_both_databases!(poll_asks_the_same_guard, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let me = somebody(&bed);
    let closed = some_class(&bed);
    site.guard.close(closed);
    let stranger: PersonId = bed.ambient.new_id();
    for channel in [closed.to_string(), Channel::Person(stranger).to_string(), "nonsense".into()] {
        let answer = site.app.as_person(&me).get(&format!("/api/v1/live/events?channel={channel}")).await;
        answer.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    let answer = site.app.as_nobody().get(&format!("/api/v1/live/events?channel={closed}")).await;
    answer.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
});

on_both_databases!(waiting_polls_are_bounded, |bed: TestBed| async move {
    let options = HubOptions { polls: 0, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let path = format!("/api/v1/live/events?channel={}", some_class(&bed));
    let answer = site.app.as_person(&somebody(&bed)).get(&path).await;
    answer.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "live.too_many_polls");
});

on_both_databases!(poll_tells_nothing_to_who_may_no_longer_listen, |bed: TestBed| async move {
    let site = Site::open(&bed).await;
    let (class, me) = (some_class(&bed), somebody(&bed));
    site.publish(class, 1).await;
    let path = format!("/api/v1/live/events?channel={class}&after=0&epoch={}", site.hub.epoch());
    let told = site.app.as_person(&me).get(&path).await.expect(200).json();
    assert_eq!(told["events"].as_array().map(Vec::len), Some(1));
    // The right ends while the poll waits: after the question at its start, before its answer.
    site.guard.close_after_next(class);
    site.app.as_person(&me).get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

on_both_databases!(polls_of_one_person_are_bounded_and_nobody_else_is_held_up, |bed: TestBed| async move {
    let options = HubOptions { polls_per_person: 2, ..HubOptions::default() };
    let site = Site::with(&bed, options, Arc::new(InProcessBus::default())).await;
    let (me, other) = (somebody(&bed), somebody(&bed));
    let class = some_class(&bed);
    let epoch = site.hub.epoch().to_owned();
    let waits = format!("/api/v1/live/events?channel={class}&after=0&epoch={epoch}");
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (app, me, waits) = (site.app.clone(), me.clone(), waits.clone());
        waiting.spawn(async move { app.as_person(&me).get(&waits).await });
    }
    // The two that are let in wait for something to happen: the refused one is the first to have its answer.
    let refused = waiting.join_next().await.expect("three were asked").expect("it ends");
    refused.expect_problem(StatusCode::TOO_MANY_REQUESTS, "live.too_many_sockets");
    let news = format!("/api/v1/live/events?channel={class}");
    site.app.as_person(&other).get(&news).await.expect(200);
    site.publish(class, 1).await;
    while let Some(answer) = waiting.join_next().await {
        assert_eq!(answer.expect("it ends").expect(200).json()["number"], 1);
    }
    site.app.as_person(&me).get(&news).await.expect(200);
});

//! Sessions: renewing, reuse, ending, and what a request proves.

use std::collections::BTreeSet;
use std::sync::Arc;

use http::{Method, StatusCode};
use kernel::id::PersonId;
use kernel::{Grant, Role, Scope};
use serde_json::json;
use storage::jobs::{Every, Runner};
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};
use tokio::task::JoinHandle;

use crate::support::{Browser, House, Reply};

on_both_databases!(twenty_tabs_that_refresh_at_once_get_one_successor, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    house.with_password("王小明", None, "wangxm").await;
    let cookie = house.sign_in("wangxm").await.cookie;
    house.bed.clock.advance_seconds(300);
    let tabs: Vec<_> = (0..20)
        .map(|_| {
            let (house, cookie) = (Arc::clone(&house), cookie.clone());
            tokio::spawn(async move { house.refresh(&cookie).await.browser().cookie })
        })
        .collect();
    let mut successors = BTreeSet::new();
    for tab in tabs {
        successors.insert(tab.await.expect("the tab ends"));
    }
    assert_eq!(successors.len(), 1);
    assert!(!successors.contains(&cookie));
    assert_eq!(house.count("select count(*) as value from refresh_tokens").await, 2);
    house.refresh(successors.first().expect("one")).await.expect(200);
    assert_eq!(house.count("select count(*) as value from sessions where revoked_at is not null").await, 0);
});

on_both_databases!(reuse_after_the_grace_ends_the_family, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let first = house.sign_in("wangxm").await;
    let other_device = house.sign_in("wangxm").await;
    house.bed.clock.advance_seconds(300);
    let second = house.refresh(&first.cookie).await.browser();
    house.bed.clock.advance_seconds(30);
    assert_eq!(house.refresh(&first.cookie).await.browser().cookie, second.cookie, "within the grace");
    house.bed.clock.advance_seconds(1);
    let reused = house.refresh(&first.cookie).await.expect_problem(401, "sign_in.expired");
    assert!(reused.headers["set-cookie"].to_str().expect("ASCII").contains("Max-Age=0"));
    house.refresh(&second.cookie).await.expect_problem(401, "sign_in.expired");
    house.get_as(&second, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    assert_eq!(house.audited("identity.refresh_token_reused").await, 1);
    house.get_as(&other_device, "/api/v1/me").await.expect(200);
    house.refresh(&other_device.cookie).await.expect(200);
});

// The writer of SQLite is held meanwhile: who asked for it would wait, and not be answered.
on_both_databases!(a_made_up_refresh_token_takes_nobodys_turn_to_write, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let cookie = house.sign_in("wangxm").await.cookie;
    let (name, token) = cookie.split_once('=').expect("a cookie");
    let made_up = format!("{name}={}", token.replacen(|letter| letter != 'A', "A", 1));
    assert_ne!(made_up, cookie);
    let held = house.bed.db().begin_write().await.expect("a transaction");
    house.refresh(&made_up).await.expect_problem(401, "sign_in.expired");
    drop(held);
    house.refresh(&cookie).await.expect(200);
});

on_both_databases!(a_used_token_that_many_show_at_once_is_on_record_once, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let wang = house.with_password("王小明", None, "wangxm").await;
    let first = house.sign_in("wangxm").await;
    house.bed.clock.advance_seconds(300);
    house.refresh(&first.cookie).await.expect(200);
    house.bed.clock.advance_seconds(31);
    // Something is being done in the session: all of them have found it alive when it ends.
    let tx = house.bed.in_use(wang).await;
    let shown: Vec<JoinHandle<Reply>> = (0..4)
        .map(|_| {
            let (house, cookie) = (Arc::clone(&house), first.cookie.clone());
            tokio::spawn(async move { house.refresh(&cookie).await })
        })
        .collect();
    house.bed.until_waiting(4, &shown.iter().collect::<Vec<_>>()).await;
    drop(tx);
    for one in shown {
        one.await.expect("it ends").expect_problem(401, "sign_in.expired");
    }
    assert_eq!(house.audited("identity.refresh_token_reused").await, 1);
});

on_both_databases!(a_loop_of_renewals_makes_no_heap_of_tokens, |bed: TestBed| async move {
    const TOKENS: &str = "select count(*) as value from refresh_tokens";
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let first = house.sign_in("wangxm").await;
    let mut last = first.clone();
    // As fast as it goes, for an hour; and every answer opens the door.
    for _ in 0..720 {
        last = house.refresh(&last.cookie).await.browser();
        house.bed.clock.advance_seconds(5);
    }
    house.get_as(&last, "/api/v1/me").await.expect(200);
    let kept = house.count(TOKENS).await;
    assert!((12..=13).contains(&kept), "one for five minutes, and {kept} in an hour");
    // Who stole the first of them cannot hide it behind any number of renewals.
    house.refresh(&first.cookie).await.expect_problem(401, "sign_in.expired");
    house.refresh(&last.cookie).await.expect_problem(401, "sign_in.expired");
    assert_eq!(house.audited("identity.refresh_token_reused").await, 1);
    // Of what has ended nothing more can be told.
    tidy(&house).await;
    assert_eq!(house.count(TOKENS).await, 0);
    assert_eq!(house.count("select count(*) as value from sessions").await, 1);
});

on_both_databases!(a_young_token_that_two_hold_is_found_out_once_it_is_older, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let stolen = house.sign_in("wangxm").await.cookie;
    house.bed.clock.advance_seconds(299);
    for _ in 0..2 {
        assert_eq!(house.refresh(&stolen).await.browser().cookie, stolen, "it rests");
    }
    house.bed.clock.advance_seconds(1);
    let thief = house.refresh(&stolen).await.browser();
    assert_ne!(thief.cookie, stolen);
    house.bed.clock.advance_seconds(31);
    house.refresh(&stolen).await.expect_problem(401, "sign_in.expired");
    house.refresh(&thief.cookie).await.expect_problem(401, "sign_in.expired");
    assert_eq!(house.audited("identity.refresh_token_reused").await, 1);
});

on_both_databases!(access_tokens_end_after_ten_minutes, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let browser = house.sign_in("wangxm").await;
    house.bed.clock.advance_seconds(599);
    house.get_as(&browser, "/api/v1/me").await.expect(200);
    house.bed.clock.advance_seconds(1);
    let over = house.get_as(&browser, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    assert_eq!(over.json["title"], "登录已过期，请重新登录。");
    let renewed = house.refresh(&browser.cookie).await.browser();
    house.get_as(&renewed, "/api/v1/me").await.expect(200);
});

// As while a newer version of the program runs beside this one.
on_both_databases!(a_grant_of_an_unknown_kind_gives_nothing_and_takes_nothing, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let me = house.with_password("王小明", None, "wangxm").await;
    rows::belongs_to(&house.bed, me, units.school).await;
    rows::grant(&house.bed, me, Grant { role: Role::Learner, scope: Scope::System }).await;
    let link = format!("/api/v1/people/{me}/first-use-link");
    house.app.as_person(&office).post(&link, json!({})).await.expect(201);
    let browser = house.sign_in("wangxm").await;
    let before = house.get_as(&browser, "/api/v1/me").await.expect(200).json;
    let mut tx = house.bed.db().begin_write().await.expect("a transaction");
    for later in
        ["insert into roles (word) values ('moon_walker')", "insert into scope_kinds (word) values ('moon')"]
    {
        storage::sql(later).exec(&mut tx).await.expect("a later migration adds the word");
    }
    for (role, scope) in [("moon_walker", "system"), ("expert", "moon")] {
        storage::sql("insert into grants (id, person_id, role, scope_kind, scope_id, given_at) values ($1, $2, $3, $4, $5, $6)")
            .bind(house.bed.ambient.new_id::<kernel::id::kind::Grant>())
            .bind(me)
            .bind(role)
            .bind(scope)
            .bind(uuid::Uuid::nil())
            .bind(house.bed.ambient.now())
            .exec(&mut tx)
            .await
            .expect("a newer version grants it");
    }
    tx.commit().await.expect("a commit");
    assert_eq!(house.get_as(&browser, "/api/v1/me").await.expect(200).json, before);
    let renewed = house.refresh(&browser.cookie).await.browser();
    assert_eq!(house.get_as(&renewed, "/api/v1/me").await.expect(200).json, before);
    let administrator = house.administrator().await;
    let seen = house.app.as_person(&administrator);
    let of_me = seen.get(&format!("/api/v1/people/{me}/grants")).await.expect(200).json();
    assert_eq!(of_me["items"].as_array().map(Vec::len), before["grants"].as_array().map(Vec::len));
    // What is not known may be more than what the asker is.
    let refused = house.app.as_person(&office).post(&link, json!({})).await;
    refused.expect_problem(StatusCode::FORBIDDEN, "access.denied");
});

on_both_databases!(nobody_renews_for_ever, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let idle = house.sign_in("wangxm").await;
    let mut busy = house.sign_in("wangxm").await;
    for _ in 0..3 {
        house.bed.clock.advance_seconds(29 * 86_400);
        busy = house.refresh(&busy.cookie).await.browser();
    }
    house.refresh(&idle.cookie).await.expect_problem(401, "sign_in.expired");
    house.bed.clock.advance_seconds(4 * 86_400);
    house.refresh(&busy.cookie).await.expect_problem(401, "sign_in.expired");

    house.bed.clock.advance_seconds(31 * 86_400);
    tidy(&house).await;
    assert_eq!(house.count("select count(*) as value from sessions").await, 0);
});

/// The hourly chores, when the next hour has come.
async fn tidy(house: &House) {
    let (db, ambient) = (house.bed.db().clone(), house.bed.ambient.clone());
    let tidy = identity::chores::Tidy { db: db.clone(), ambient: ambient.clone() };
    let chores = Runner::new(db, ambient).every(Every::Hour, identity::chores::TIDY, Arc::new(tidy));
    assert_eq!(chores.run_due().await.expect("nothing is due"), 0);
    house.bed.clock.advance_seconds(3_600);
    assert_eq!(chores.run_due().await.expect("tidied"), 1);
}

on_both_databases!(signing_out_ends_this_session_or_all, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let (phone, desk) = (house.sign_in("wangxm").await, house.sign_in("wangxm").await);
    house.bed.clock.advance_seconds(601);
    let bearer = format!("Bearer {}", phone.token);
    // Also with a token whose time is over: somebody who leaves is let go.
    let out =
        house.send(Method::POST, "/api/v1/sign-out", None, &[("authorization", &bearer)]).await.expect(204);
    assert!(out.headers["set-cookie"].to_str().expect("ASCII").contains("Max-Age=0"));
    house.refresh(&phone.cookie).await.expect_problem(401, "sign_in.expired");
    house.send(Method::POST, "/api/v1/sign-out", None, &[]).await.expect(204);

    let (desk, third) = (house.refresh(&desk.cookie).await.browser(), house.sign_in("wangxm").await);
    house.post_as(&desk, "/api/v1/sign-out-everywhere", json!({})).await.expect(204);
    for browser in [&desk, &third] {
        house.get_as(browser, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
        house.refresh(&browser.cookie).await.expect_problem(401, "sign_in.expired");
    }
    assert_eq!(house.audited("identity.signed_out_everywhere").await, 1);
});

/// Waits for what concerns a person from now on, until it happens or the session behind it ends; how it ended.
pub async fn listening(house: &Arc<House>, person: PersonId, browser: &Browser) -> JoinHandle<Reply> {
    let before = house.hub.waiting_polls();
    let after = house.count("select coalesce(max(number), 0) as value from realtime_channels").await;
    let path =
        format!("/api/v1/live/events?channel=person:{person}&after={after}&epoch={}", house.hub.epoch());
    let (house_too, browser) = (Arc::clone(house), browser.clone());
    let waiting = tokio::spawn(async move { house_too.get_as(&browser, &path).await });
    while house.hub.waiting_polls() == before {
        tokio::task::yield_now().await;
    }
    waiting
}

/// Something happens to a person, and who is listening hears it.
pub async fn hears(house: &House, person: PersonId, listener: JoinHandle<Reply>) {
    let mut tx = house.bed.db().begin_write().await.expect("a transaction");
    let channel = realtime::Channel::Person(person);
    realtime::publish(&mut tx, &house.bed.ambient, &house.hub, &channel, "happened", &json!({}))
        .expect("an event");
    tx.commit().await.expect("a commit");
    let heard = listener.await.expect("it ends").expect(200).json;
    assert_eq!((&heard["outcome"], &heard["events"][0]["kind"]), (&json!("recovered"), &json!("happened")));
}

on_both_databases!(whatever_ends_a_session_ends_what_it_listens_to, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let administrator = house.administrator().await;
    let wang = house.with_password("王小明", None, "wangxm").await;
    for (way, others_end) in
        [("sign-out", false), ("reuse", false), ("everywhere", true), ("password", true), ("disable", true)]
    {
        let (phone, desk) = (house.sign_in("wangxm").await, house.sign_in("wangxm").await);
        let (on_phone, on_desk) =
            (listening(&house, wang, &phone).await, listening(&house, wang, &desk).await);
        match way {
            "sign-out" => {
                let bearer = format!("Bearer {}", phone.token);
                let headers = [("authorization", bearer.as_str())];
                house.send(Method::POST, "/api/v1/sign-out", None, &headers).await.expect(204);
            }
            "reuse" => {
                house.bed.clock.advance_seconds(300);
                house.refresh(&phone.cookie).await.expect(200);
                house.bed.clock.advance_seconds(31);
                house.refresh(&phone.cookie).await.expect(401);
            }
            "everywhere" => {
                house.post_as(&phone, "/api/v1/sign-out-everywhere", json!({})).await.expect(204);
            }
            "password" => {
                let token = house.link_for(&administrator, wang).await;
                house.use_link(&token, crate::support::PASSWORD).await.expect(204);
            }
            _ => {
                let path = format!("/api/v1/people/{wang}/disable");
                house.app.as_person(&administrator).post(&path, json!({})).await.expect(200);
            }
        }
        on_phone.await.expect("it ends").expect_problem(401, "sign_in.expired");
        if others_end {
            on_desk.await.expect("it ends").expect_problem(401, "sign_in.expired");
        } else {
            // This session's alone: the other still hears.
            hears(&house, wang, on_desk).await;
        }
    }
});

on_both_databases!(
    somebody_has_twenty_sessions_and_the_longest_unused_makes_room,
    |bed: TestBed| async move {
        let house = Arc::new(House::build(bed).await);
        let wang = house.with_password("王小明", None, "wangxm").await;
        house.with_password("李芳", None, "lifang").await;
        let li = house.sign_in("lifang").await;
        let mut browsers = Vec::new();
        for _ in 0..20 {
            browsers.push(house.sign_in("wangxm").await);
            house.bed.clock.advance_seconds(30);
        }
        // The oldest is still in use, the second is what was longest unused.
        let oldest = house.refresh(&browsers[0].cookie).await.browser();
        let second = house.refresh(&browsers[1].cookie).await.browser();
        house.bed.clock.advance_seconds(30);
        for browser in &browsers[2..] {
            house.refresh(&browser.cookie).await.expect(200);
        }
        house.bed.clock.advance_seconds(1);
        let oldest = house.refresh(&oldest.cookie).await.browser();
        let (on_oldest, on_second) =
            (listening(&house, wang, &oldest).await, listening(&house, wang, &second).await);
        let next = house.sign_in("wangxm").await;
        on_second.await.expect("it ends").expect_problem(401, "sign_in.expired");
        house.refresh(&second.cookie).await.expect_problem(401, "sign_in.expired");
        hears(&house, wang, on_oldest).await;
        house.get_as(&next, "/api/v1/me").await.expect(200);
        house.refresh(&li.cookie).await.expect(200);

        // Also when many sign in at once.
        house.bed.clock.advance_seconds(600);
        let both: Vec<_> = (0..5)
            .map(|_| {
                let house = Arc::clone(&house);
                tokio::spawn(async move { house.sign_in("wangxm").await })
            })
            .collect();
        for one in both {
            let browser = one.await.expect("they are in");
            house.get_as(&browser, "/api/v1/me").await.expect(200);
        }
        let open = "select count(*) as value from sessions where revoked_at is null";
        assert_eq!(house.count(open).await, 20 + 1);
        let ended = "select count(*) as value from sessions where revoked_why = 'made_room'";
        assert_eq!(house.count(ended).await, 1 + 5);
    }
);

on_both_databases!(disabled_people_are_refused_at_once, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let wang = house.with_password("王小明", None, "wangxm").await;
    let browser = house.sign_in("wangxm").await;
    let administrator = house.administrator().await;
    let office = house.app.as_person(&administrator);
    office.post(&format!("/api/v1/people/{wang}/disable"), json!({})).await.expect(200);
    house.get_as(&browser, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    house.refresh(&browser.cookie).await.expect_problem(401, "sign_in.expired");
    house.try_sign_in("wangxm", crate::support::PASSWORD).await.expect_problem(403, "sign_in.disabled");
    house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    office.post(&format!("/api/v1/people/{wang}/enable"), json!({})).await.expect(200);
    house.get_as(&browser, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    house.sign_in("wangxm").await;
    assert_eq!(house.audited("identity.person_disabled").await, 1);
});

on_both_databases!(grants_count_from_the_next_request, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let wang = house.with_password("王小明", None, "wangxm").await;
    let browser = house.sign_in("wangxm").await;
    house.get_as(&browser, "/api/v1/people").await.expect_problem(403, "access.denied");
    let grant = Grant { role: Role::Administrator, scope: Scope::System };
    for (give, status) in [(true, 200), (false, 403)] {
        let mut tx = house.bed.db().begin_write().await.expect("a transaction");
        if give {
            assert!(
                identity::grants::give(&mut tx, &house.bed.ambient, wang, grant, None).await.expect("given")
            );
            assert!(
                !identity::grants::give(&mut tx, &house.bed.ambient, wang, grant, None).await.expect("given")
            );
        } else {
            assert!(identity::grants::take(&mut tx, &house.hub, wang, grant).await.expect("taken"));
            assert!(!identity::grants::take(&mut tx, &house.hub, wang, grant).await.expect("taken"));
        }
        tx.commit().await.expect("a commit");
        house.get_as(&browser, "/api/v1/people").await.expect(status);
    }
});

on_both_databases!(forged_and_foreign_tokens_are_refused, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let browser = house.sign_in("wangxm").await;
    let mut altered = browser.clone();
    altered.token.truncate(altered.token.len() - 4);
    altered.token.push_str("AAAA");
    house.get_as(&altered, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    house.send(Method::GET, "/api/v1/me", None, &[]).await.expect_problem(401, "sign_in.required");
    house.refresh("lingxue_refresh=AAAA").await.expect_problem(401, "sign_in.expired");
    house.refresh("other=1").await.expect_problem(401, "sign_in.expired");
    let cross = [("cookie", browser.cookie.as_str()), ("sec-fetch-site", "cross-site")];
    house
        .send(Method::POST, "/api/v1/session/refresh", None, &cross)
        .await
        .expect_problem(403, "request.cross_site");
});

//! People change their own password.

use std::sync::Arc;

use http::Method;
use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::sessions::{hears, listening};
use crate::support::{Browser, House, PASSWORD, Reply};

const NEW: &str = "a quite different one";

impl House {
    async fn change_password(&self, browser: &Browser, current: &str, password: &str) -> Reply {
        let body = json!({ "current": current, "password": password });
        let bearer = format!("Bearer {}", browser.token);
        self.send(Method::POST, "/api/v1/me/password", Some(body), &[("authorization", &bearer)]).await
    }
}

on_both_databases!(a_new_password_ends_every_other_session_and_no_link_stays, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let wang = house.with_password("王小明", None, "wangxm").await;
    let (own, other) = (house.sign_in("wangxm").await, house.sign_in("wangxm").await);
    let link = house.link_for(&administrator, wang).await;
    let done = house.change_password(&own, PASSWORD, NEW).await.expect(204);
    assert!(done.headers["set-cookie"].to_str().expect("ASCII").starts_with("lingxue_device="));
    house.get_as(&own, "/api/v1/me").await.expect(200);
    house.refresh(&own.cookie).await.expect(200);
    house.get_as(&other, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    house.refresh(&other.cookie).await.expect_problem(401, "sign_in.expired");
    house.look(&link).await.expect_problem(404, "first_use.no_such_link");
    house.try_sign_in("wangxm", PASSWORD).await.expect_problem(401, "sign_in.refused");
    house.try_sign_in("wangxm", NEW).await.expect(200);
    assert_eq!(house.audited("identity.password_changed").await, 1);
});

on_both_databases!(what_other_devices_listen_to_ends_at_once, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let wang = house.with_password("王小明", None, "wangxm").await;
    let (own, other) = (house.sign_in("wangxm").await, house.sign_in("wangxm").await);
    let on_other = listening(&house, wang, &other).await;
    let on_own = listening(&house, wang, &own).await;
    house.change_password(&own, PASSWORD, NEW).await.expect(204);
    on_other.await.expect("it ends").expect_problem(401, "sign_in.expired");
    hears(&house, wang, on_own).await;
});

on_both_databases!(a_wrong_current_password_counts_as_at_the_door, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", None, "wangxm").await;
    let own = house.sign_in("wangxm").await;
    for _ in 0..5 {
        let refused = house.change_password(&own, "wrong password", NEW).await;
        let said = refused.expect_problem(422, "password.wrong").json;
        assert_eq!(said["errors"][0]["pointer"], "/current");
    }
    house.change_password(&own, PASSWORD, NEW).await.expect_problem(429, "sign_in.wait");
    // As on any device that knows the account: the door elsewhere is not held up.
    house.sign_in("wangxm").await;
    house.bed.clock.advance_seconds(5);
    house.change_password(&own, PASSWORD, NEW).await.expect(204);
    assert_eq!(house.audited("identity.password_changed").await, 1);
});

on_both_databases!(weak_and_same_passwords_are_refused_and_change_nothing, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    let (own, other) = (house.sign_in("wangxm").await, house.sign_in("wangxm").await);
    for (new, code) in [
        ("short", "first_use.weak_password"),
        ("1234567890", "first_use.weak_password"),
        ("13812345678", "first_use.weak_password"),
        (PASSWORD, "password.same"),
    ] {
        let said = house.change_password(&own, PASSWORD, new).await.expect_problem(422, code).json;
        assert_eq!(said["errors"][0]["pointer"], "/password");
    }
    house.get_as(&other, "/api/v1/me").await.expect(200);
    assert_eq!(house.audited("identity.password_changed").await, 0);
});

on_both_databases!(of_two_changes_at_once_one_is_made, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    house.with_password("王小明", None, "wangxm").await;
    let mut browsers = Vec::new();
    for _ in 0..2 {
        browsers.push(house.sign_in("wangxm").await);
    }
    let both: Vec<_> = browsers
        .into_iter()
        .map(|browser| {
            let house = Arc::clone(&house);
            tokio::spawn(async move { house.change_password(&browser, PASSWORD, NEW).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for one in both {
        statuses.push(one.await.expect("it ends"));
    }
    statuses.sort_unstable();
    assert!([[204, 401], [204, 422]].contains(&[statuses[0], statuses[1]]), "{statuses:?}");
    assert_eq!(house.audited("identity.password_changed").await, 1);
});

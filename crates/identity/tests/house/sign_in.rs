//! Signing in: who gets in, who waits, what an answer gives away.

use std::net::IpAddr;

use http::Method;
use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::support::{House, PASSWORD};

on_both_databases!(phone_and_account_name_both_sign_in, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let wang = house.with_password("王小明", Some("13812345678"), "wangxm").await;
    for login in ["13812345678", "138 1234 5678", "+8613812345678", "wangxm", " WangXM "] {
        let reply = house.try_sign_in(login, PASSWORD).await.expect(200);
        assert_eq!(reply.json["person"]["id"], wang.to_string(), "{login}");
        assert_eq!(reply.json["person"]["name"], "王小明");
        assert_eq!(reply.json["expires_at"], "2026-11-02T01:10:00Z");
    }
    let browser = house.sign_in("wangxm").await;
    let me = house.get_as(&browser, "/api/v1/me").await.expect(200).json;
    assert_eq!(me["person"]["phone_masked"], "138****5678");
    assert_eq!((&me["places"], &me["grants"]), (&json!([]), &json!([])));
});

on_both_databases!(cookie_is_for_the_browser_alone, |bed: TestBed| async move {
    let house = House::build_at(bed, "https://training.example.cn").await;
    house.with_password("王小明", None, "wangxm").await;
    let reply = house.try_sign_in("wangxm", PASSWORD).await.expect(200);
    let cookie = reply.headers["set-cookie"].to_str().expect("ASCII");
    assert!(cookie.starts_with("__Secure-lingxue_refresh="), "{cookie}");
    for part in ["Path=/api/v1/session", "HttpOnly", "SameSite=Strict", "Secure", "Max-Age=2592000"] {
        assert!(cookie.split("; ").any(|p| p == part), "{part} in {cookie}");
    }
});

on_both_databases!(wrong_password_and_unknown_account_answer_alike, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    let wrong = house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    let nobody = house.try_sign_in("nobody", PASSWORD).await.expect_problem(401, "sign_in.refused");
    assert_eq!(wrong.json["title"], nobody.json["title"]);
    assert!(wrong.headers.get("set-cookie").is_none());
    let body = json!({ "login": "wangxm", "password": "x".repeat(129) });
    let long = house.send(Method::POST, "/api/v1/sign-in", Some(body), &[("accept-language", "en")]).await;
    long.expect_problem(422, "input.invalid");
    assert_eq!(house.count("select count(*) as value from sessions").await, 0);
});

on_both_databases!(failures_are_slowed_and_time_forgives, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    for _ in 0..5 {
        house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    }
    let wait = house.try_sign_in("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
    assert_eq!(wait.headers["retry-after"], "5");
    house.bed.clock.advance_seconds(5);
    house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    let wait = house.try_sign_in("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
    assert_eq!(wait.headers["retry-after"], "10");

    // The owner is somewhere else and gets in: strangers cannot lock an account.
    let elsewhere: IpAddr = "10.7.7.7".parse().expect("an address");
    let body = json!({ "login": "wangxm", "password": PASSWORD });
    house.send_from(elsewhere, Method::POST, "/api/v1/sign-in", Some(body), &[]).await.expect(200);

    house.bed.clock.advance_seconds(10);
    house.try_sign_in("wangxm", PASSWORD).await.expect(200);
    for _ in 0..5 {
        house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    }
});

on_both_databases!(nobody_gets_in_without_a_password_of_their_own, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let li = house.bed.person("李芳", &[]).await;
    house.try_sign_in(&li.id.to_string(), "").await.expect_problem(422, "input.invalid");
    house
        .try_sign_in(&li.id.to_string(), "nobody has this password")
        .await
        .expect_problem(401, "sign_in.refused");
});

on_both_databases!(a_hall_behind_one_address_is_let_in, |bed: TestBed| async move {
    let house = House::build(bed).await;
    for name in ["wang", "li", "zhao"] {
        house.with_password("教师", None, name).await;
    }
    for n in 0..70 {
        house
            .try_sign_in(&format!("nobody{n}"), "wrong password")
            .await
            .expect_problem(401, "sign_in.refused");
    }
    for name in ["wang", "li", "zhao"] {
        house.try_sign_in(name, PASSWORD).await.expect(200);
    }
});

on_both_databases!(who_signed_in_on_this_device_before_is_not_held_up, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    let first = house.try_sign_in("wangxm", PASSWORD).await.expect(200);
    let cookie = first.headers.get_all("set-cookie").iter().nth(1).expect("a second cookie");
    let cookie = cookie.to_str().expect("ASCII").to_owned();
    for part in ["Path=/api/v1/sign-in", "HttpOnly", "SameSite=Strict", "Max-Age=15552000"] {
        assert!(cookie.split("; ").any(|p| p == part), "{part} in {cookie}");
    }
    let device = cookie.split(';').next().expect("a pair").to_owned();
    let with_mark = async |login: &str, password: &str| {
        let body = json!({ "login": login, "password": password });
        house.send(Method::POST, "/api/v1/sign-in", Some(body), &[("cookie", &device)]).await
    };
    // A neighbour guesses; each name that is typed has its own wait.
    for _ in 0..5 {
        house.try_sign_in("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    }
    house.try_sign_in("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
    with_mark("wangxm", PASSWORD).await.expect(200);

    // Whoever took the device guesses no faster, and for another account it says nothing.
    for _ in 0..5 {
        with_mark("wangxm", "wrong password").await.expect_problem(401, "sign_in.refused");
    }
    with_mark("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
    house.with_password("李芳", None, "lifang").await;
    for _ in 0..5 {
        house.try_sign_in("lifang", "wrong password").await.expect_problem(401, "sign_in.refused");
    }
    with_mark("lifang", PASSWORD).await.expect_problem(429, "sign_in.wait");
});

on_both_databases!(own_phone_answers_like_a_strangers, |bed: TestBed| async move {
    let house = House::build(bed).await;
    house.with_password("王小明", Some("13812345678"), "wangxm").await;
    house.with_password("李芳", Some("13812345679"), "lifang").await;
    let guess = async |from: [u8; 4], login: &str| {
        let body = json!({ "login": login, "password": "wrong password" });
        let reply =
            house.send_from(IpAddr::from(from), Method::POST, "/api/v1/sign-in", Some(body), &[]).await;
        (
            reply.status,
            reply.headers.get("retry-after").cloned(),
            reply.json["code"].clone(),
            reply.json["title"].clone(),
        )
    };
    for network in 0..11 {
        // Not under attack at first, and from the seventh network on with nothing left to be looked at.
        for _ in 0..6 {
            guess([10, 1, network, 1], "wangxm").await;
        }
        let phones = ["13812345678", "13812345679", "13812345670"];
        let mut answers = Vec::new();
        for phone in phones {
            answers.push(guess([10, 1, network, 1], phone).await);
        }
        assert_eq!(answers[0].0, 401);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
    // The owner on a new device is refused like a guesser and is told what may be; another account is not touched.
    let sign_in = async |from: [u8; 4], login: &str| {
        let body = json!({ "login": login, "password": PASSWORD });
        let headers = [("accept-language", "en")];
        house.send_from(IpAddr::from(from), Method::POST, "/api/v1/sign-in", Some(body), &headers).await
    };
    let refused = sign_in([10, 2, 2, 2], "13812345678").await.expect_problem(401, "sign_in.refused");
    let title = refused.json["title"].as_str().expect("a title");
    assert!(title.contains("too many tries") && title.contains("one-time link"), "{title}");
    sign_in([10, 2, 2, 2], "lifang").await.expect(200);
    house.bed.clock.advance_seconds(120);
    sign_in([10, 2, 2, 2], "wangxm").await.expect(200);
});

on_both_databases!(nobody_keeps_the_server_busy_with_their_own_password, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let wang = house.with_password("王小明", Some("13812345678"), "wangxm").await;
    house.with_password("李芳", None, "lifang").await;
    let administrator = house.administrator().await;
    let link = house.link_for(&administrator, wang).await;
    let browser = house.sign_in("wangxm").await;
    let bearer = format!("Bearer {}", browser.token);
    let change = async |current: &str| {
        let body = json!({ "current": current, "password": PASSWORD });
        house.send(Method::POST, "/api/v1/me/password", Some(body), &[("authorization", &bearer)]).await
    };
    // By every way on which a right password is hashed, whatever comes of it, from everywhere.
    for n in 0..19 {
        if n % 2 == 0 {
            change(PASSWORD).await.expect_problem(422, "password.same");
        } else {
            let body = json!({ "login": "13812345678", "password": PASSWORD });
            let from = IpAddr::from([10, 3, n, 1]);
            house.send_from(from, Method::POST, "/api/v1/sign-in", Some(body), &[]).await.expect(200);
        }
    }
    for _ in 0..2 {
        let wait = house.try_sign_in("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
        assert_eq!(wait.headers["retry-after"], "30");
        change(PASSWORD).await.expect_problem(429, "sign_in.wait");
        house.use_link(&link, "a quite different one").await.expect_problem(429, "sign_in.wait");
    }
    house.sign_in("lifang").await;
    house.get_as(&browser, "/api/v1/me").await.expect(200);
    house.bed.clock.advance_seconds(30);
    house.sign_in("wangxm").await;
    house.try_sign_in("wangxm", PASSWORD).await.expect_problem(429, "sign_in.wait");
    house.bed.clock.advance_seconds(30);
    house.use_link(&link, "a quite different one").await.expect(204);
});

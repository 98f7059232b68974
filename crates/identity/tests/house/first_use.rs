//! One-time links: the only way into an account, once.

use std::sync::Arc;

use http::Method;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};

use crate::support::{House, PASSWORD, Reply};

impl House {
    pub async fn link_for(&self, by: &testkit::TestPerson, person: kernel::id::PersonId) -> String {
        let path = format!("/api/v1/people/{person}/first-use-link");
        let link: Value = self.app.as_person(by).post(&path, json!({})).await.expect(201).json();
        let link = link["link"].as_str().expect("a link").to_owned();
        let (_, token) = link.split_once("http://localhost:8080/first-use?token=").expect("our address");
        token.to_owned()
    }
    pub async fn use_link(&self, token: &str, password: &str) -> Reply {
        let body = json!({ "token": token, "password": password });
        self.send(Method::POST, "/api/v1/first-use", Some(body), &[]).await
    }
    pub async fn look(&self, token: &str) -> Reply {
        self.send(Method::GET, &format!("/api/v1/first-use/{token}"), None, &[]).await
    }
}

on_both_databases!(a_link_opens_an_account_once, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let li = house.bed.person("李芳", &[]).await;
    let voided = house.link_for(&administrator, li.id).await;
    let token = house.link_for(&administrator, li.id).await;
    house.look(&voided).await.expect_problem(404, "first_use.no_such_link");
    assert_eq!(
        house.look(&token).await.expect(200).json,
        json!({ "name": "李芳", "account_name": li.id.to_string() })
    );
    house.use_link(&token, PASSWORD).await.expect(204);
    house.use_link(&token, "another good password").await.expect_problem(404, "first_use.no_such_link");
    house.look(&token).await.expect_problem(404, "first_use.no_such_link");
    house.sign_in(&li.id.to_string()).await;
    assert_eq!(house.audited("identity.first_use_link_issued").await, 2);
    assert_eq!(house.audited("identity.password_set").await, 1);
});

on_both_databases!(two_browsers_with_one_link_set_one_password, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let administrator = house.administrator().await;
    let li = house.bed.person("李芳", &[]).await;
    let token = house.link_for(&administrator, li.id).await;
    let browsers: Vec<_> = (0..8)
        .map(|n| {
            let (house, token) = (Arc::clone(&house), token.clone());
            tokio::spawn(async move { house.use_link(&token, &format!("a good password {n}")).await.status })
        })
        .collect();
    let mut done = 0;
    for browser in browsers {
        done += usize::from(browser.await.expect("it ends") == 204);
    }
    assert_eq!(done, 1);
});

on_both_databases!(links_end_after_two_weeks, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let li = house.bed.person("李芳", &[]).await;
    let token = house.link_for(&administrator, li.id).await;
    house.bed.clock.advance_seconds(14 * 86_400 - 1);
    house.look(&token).await.expect(200);
    house.bed.clock.advance_seconds(1);
    house.look(&token).await.expect_problem(404, "first_use.no_such_link");
    house.use_link(&token, PASSWORD).await.expect_problem(404, "first_use.no_such_link");
});

on_both_databases!(weak_passwords_are_refused_and_the_link_stays, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let body = json!({ "name": "王小明", "phone": "13812345678" });
    let wang = house.app.as_person(&administrator).post("/api/v1/people", body).await.expect(201).json();
    let token =
        house.link_for(&administrator, wang["id"].as_str().expect("an id").parse().expect("an id")).await;
    for (password, code) in [
        ("short", "too_short"),
        ("1234567890", "common"),
        ("13812345678", "personal"),
        ("王小明13812345678", "personal"),
    ] {
        let refused = house.use_link(&token, password).await.expect_problem(422, "first_use.weak_password");
        assert_eq!(
            (&refused.json["errors"][0]["pointer"], &refused.json["errors"][0]["code"]),
            (&json!("/password"), &json!(code))
        );
    }
    house.use_link(&token, &"x".repeat(1001)).await.expect_problem(422, "input.invalid");
    house.use_link(&token, PASSWORD).await.expect(204);
    house.sign_in("13812345678").await;
});

on_both_databases!(a_new_password_ends_all_sessions, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let wang = house.with_password("王小明", None, "wangxm").await;
    let thief = house.sign_in("wangxm").await;
    let token = house.link_for(&administrator, wang).await;
    house.get_as(&thief, "/api/v1/me").await.expect(200);
    house.use_link(&token, "a quite different one").await.expect(204);
    house.get_as(&thief, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
    house.try_sign_in("wangxm", PASSWORD).await.expect_problem(401, "sign_in.refused");
    house.try_sign_in("wangxm", "a quite different one").await.expect(200);
});

on_both_databases!(nobody_takes_over_an_account_above_or_beside_them, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (lead, units) = house.province("甘肃省", Role::TrainingLead).await;
    let head_grant = Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(units.school) };
    let head = house.bed.person("常耀东", &[head_grant]).await;
    rows::belongs_to(&house.bed, head.id, units.school).await;
    rows::grant(&house.bed, head.id, head_grant).await;
    let teacher = house.bed.person("何秀兰", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, units.school).await;
    let hidden_administrator = house.administrator().await;
    rows::belongs_to(&house.bed, hidden_administrator.id, units.school).await;
    let outsider = house.bed.person("外省", &[]).await;

    house.link_for(&head, teacher.id).await;
    house.link_for(&lead, teacher.id).await;
    house.link_for(&lead, head.id).await;
    for (by, person, status, code) in [
        (&head, hidden_administrator.id, 403, "access.denied"),
        (&lead, hidden_administrator.id, 403, "access.denied"),
        (&head, head.id, 403, "access.denied"),
        (&head, lead.id, 404, "not_found"),
        (&head, outsider.id, 404, "not_found"),
        (&teacher, outsider.id, 403, "access.denied"),
    ] {
        let path = format!("/api/v1/people/{person}/first-use-link");
        let answer = house.app.as_person(by).post(&path, json!({})).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    }
});

on_both_databases!(the_first_administrator_comes_in_by_a_link, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (ambient, vault) = (&house.bed.ambient, house.identity.vault());
    let mut tx = house.bed.db().begin_write().await.expect("a transaction");
    identity::admin::create(&mut tx, ambient, vault, "admin", "管理员").await.expect("a link");
    let again = identity::admin::create(&mut tx, ambient, vault, "admin", "管理员").await.expect("a link");
    tx.commit().await.expect("a commit");
    assert!(again.address("https://x.cn").starts_with("https://x.cn/first-use?token="));
    house.use_link(&again.token, PASSWORD).await.expect(204);
    let browser = house.sign_in("admin").await;
    let me = house.get_as(&browser, "/api/v1/me").await.expect(200).json;
    assert_eq!((&me["places"], &me["grants"][0]["role"]), (&json!(["office"]), &json!("administrator")));
    assert_eq!(house.count("select count(*) as value from people").await, 1);
});

//! What somebody asked for by a right that is taken meanwhile: it is done before the end, or not at all.

use std::sync::Arc;

use http::Method;
use kernel::id::PersonId;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::Tx;
use testkit::rows::identity as rows;
use testkit::{TestBed, TestPerson, Which, both, on_both_databases};
use tokio::task::JoinHandle;

use crate::support::{Browser, House, Reply, Units};

/// Somebody who oversees a province and has signed in, and who may take that from them.
struct Scene {
    house: Arc<House>,
    units: Units,
    office: PersonId,
    grant: Grant,
    browser: Browser,
    administrator: TestPerson,
}

impl Scene {
    async fn set(bed: TestBed) -> Self {
        let house = Arc::new(House::build(bed).await);
        let (_, units) = house.province("甘肃省", Role::ProvincialOffice).await;
        let office = house.with_password("周处长", None, "zhouchu").await;
        let grant = Grant { role: Role::ProvincialOffice, scope: Scope::OrgUnit(units.province) };
        rows::grant(&house.bed, office, grant).await;
        let browser = house.sign_in("zhouchu").await;
        let administrator = house.administrator().await;
        Self { house, units, office, grant, browser, administrator }
    }

    /// The office adds a school under the county.
    fn adds(&self, name: &str, key: &str) -> impl Future<Output = Reply> + Send + use<> {
        let (house, county) = (Arc::clone(&self.house), self.units.county);
        let (bearer, key, name) = (format!("Bearer {}", self.browser.token), key.to_owned(), name.to_owned());
        async move {
            let body = json!({ "parent_id": county, "level": "central_school", "name": name });
            let headers = [("authorization", bearer.as_str()), ("idempotency-key", key.as_str())];
            house.send(Method::POST, "/api/v1/org-units", Some(body), &headers).await
        }
    }

    /// The administrator takes the role.
    async fn takes(&self) -> impl Future<Output = u16> + Send + use<> {
        let mut conn = self.house.bed.db().read().await.expect("a reader");
        let id: kernel::id::GrantId = storage::sql("select id as value from grants where person_id = $1")
            .bind(self.office)
            .one(&mut conn)
            .await
            .expect("a grant");
        let (house, administrator) = (Arc::clone(&self.house), self.administrator.clone());
        async move { house.app.as_person(&administrator).delete(&format!("/api/v1/grants/{id}")).await.status }
    }

    async fn waits<T>(&self, many: usize, request: &JoinHandle<T>) {
        loop {
            let waiting = match self.house.bed.which {
                Which::Sqlite => self.house.bed.db().waiting_writers(),
                Which::Postgres => {
                    let text = "select count(*) as value from pg_stat_activity \
                         where datname = current_database() and wait_event_type = 'Lock'";
                    usize::try_from(self.house.count(text).await).expect("few")
                }
            };
            if waiting >= many || request.is_finished() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// What was done in the system's chain, the first first: who, and what.
    async fn chain(&self) -> Vec<(Option<PersonId>, String)> {
        let mut conn = self.house.bed.db().read().await.expect("a reader");
        let mut entries = storage::audit::page(&mut conn, "system", i64::MAX, 1000).await.expect("entries");
        entries.reverse();
        entries.into_iter().map(|entry| (entry.person, entry.action)).collect()
    }

    /// Nothing of the office comes behind the last time that something was taken from it.
    async fn nothing_behind_the_end(&self) {
        let chain = self.chain().await;
        let end = chain.iter().rposition(|(_, action)| action == "identity.role_taken").expect("an end");
        let late: Vec<_> = chain[end..].iter().filter(|(who, _)| *who == Some(self.office)).collect();
        assert!(late.is_empty(), "{late:?}");
    }
}

/// What stands side by side can be seen where there is more than one writer.
fn with_many_writers<F: Future<Output = ()>>(test: impl FnOnce(TestBed) -> F) {
    TestBed::run(Which::Postgres, test);
}

impl Scene {
    /// Somebody else's hold on an idempotency key of the office: their request under it waits.
    async fn holds_key(&self, key: &'static str) -> Tx {
        let mut tx = self.house.bed.db().begin_write().await.expect("a transaction");
        storage::sql(
            "insert into idempotency_keys (person_id, key, request_hash, status, location, body, at) \
             values ($1, $2, $3, 0, null, $3, $4)",
        )
        .bind(self.office)
        .bind(key)
        .bind(Vec::new())
        .bind(self.house.bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a key");
        tx
    }
}

fn code(reply: &Reply) -> (u16, Value) {
    (reply.status, reply.json["code"].clone())
}

// On SQLite behind the one writer, on PostgreSQL behind a key that another request of theirs holds.
on_both_databases!(who_waits_behind_the_end_is_asked_anew, |bed: TestBed| async move {
    let scene = Scene::set(bed).await;
    let house = &scene.house;
    let tx = scene.holds_key("held-key").await;
    let take = scene.takes().await;
    // Who comes first where one waits for the other: on SQLite the taking, on PostgreSQL the adding, which then waits with what it found out.
    let (take, add) = match house.bed.which {
        Which::Sqlite => {
            let take = tokio::spawn(take);
            scene.waits(1, &take).await;
            let add = tokio::spawn(scene.adds("关山镇中心小学", "held-key"));
            scene.waits(2, &add).await;
            (take, add)
        }
        Which::Postgres => {
            let add = tokio::spawn(scene.adds("关山镇中心小学", "held-key"));
            scene.waits(1, &add).await;
            let take = tokio::spawn(take);
            scene.waits(2, &take).await;
            (take, add)
        }
    };
    drop(tx);
    let (take, add) = (take.await.expect("it ends"), add.await.expect("it ends"));
    assert_eq!(take, 204);
    match house.bed.which {
        Which::Sqlite => assert_eq!(code(&add), (403, json!("access.denied"))),
        Which::Postgres => assert_eq!(code(&add), (201, Value::Null)),
    }
    scene.nothing_behind_the_end().await;
});

on_both_databases!(nothing_is_done_behind_the_end_however_they_meet, |bed: TestBed| async move {
    let scene = Scene::set(bed).await;
    let (mut done, mut refused) = (0, 0);
    for round in 0..50 {
        let take = scene.takes().await;
        let add = scene.adds(&format!("第{round}小学"), &format!("round-{round}-key"));
        let (add, take) = both(round % 2 == 0, add, take).await;
        assert_eq!(take, 204, "round {round}");
        match code(&add) {
            (201, _) => done += 1,
            (403, of) if of == "access.denied" => refused += 1,
            other => panic!("round {round}: {other:?}"),
        }
        scene.nothing_behind_the_end().await;
        rows::grant(&scene.house.bed, scene.office, scene.grant).await;
    }
    assert_eq!(done + refused, 50);
});

on_both_databases!(whose_account_is_disabled_does_nothing_that_waited, |bed: TestBed| async move {
    let scene = Scene::set(bed).await;
    let house = &scene.house;
    let tx = house.bed.db().begin_write().await.expect("a transaction");
    let (desk, administrator, office) = (Arc::clone(house), scene.administrator.clone(), scene.office);
    let disable = tokio::spawn(async move {
        let path = format!("/api/v1/people/{office}/disable");
        desk.app.as_person(&administrator).post(&path, json!({})).await.status
    });
    scene.waits(1, &disable).await;
    let add = tokio::spawn(scene.adds("关山镇中心小学", "disabled-key"));
    scene.waits(2, &add).await;
    drop(tx);
    assert_eq!(disable.await.expect("it ends"), 200);
    let add = add.await.expect("it ends");
    assert_eq!(code(&add), (401, json!("sign_in.expired")));
});

on_both_databases!(no_answer_is_given_again_when_a_right_was_taken, |bed: TestBed| async move {
    let scene = Scene::set(bed).await;
    let first = scene.adds("关山镇中心小学", "replayed-key").await.expect(201);
    let again = scene.adds("关山镇中心小学", "replayed-key").await.expect(201);
    assert_eq!(first.json, again.json);
    assert_eq!(scene.takes().await.await, 204);
    // They have another right by now, by which the door opens.
    rows::grant(&scene.house.bed, scene.office, scene.grant).await;
    let again = scene.adds("关山镇中心小学", "replayed-key").await;
    assert_eq!(code(&again), (409, json!("idempotency.answer_voided")));
    let schools = "select count(*) as value from org_units where name = '关山镇中心小学'";
    assert_eq!(scene.house.count(schools).await, 1, "and it is not done again");
    scene.adds("水洛镇中心小学", "another-key").await.expect(201);
});

#[test]
fn writes_of_one_session_go_side_by_side() {
    with_many_writers(|bed| async move {
        let scene = Scene::set(bed).await;
        let tx = scene.holds_key("held-key").await;
        let slow = tokio::spawn(scene.adds("关山镇中心小学", "held-key"));
        scene.waits(1, &slow).await;
        scene.adds("水洛镇中心小学", "quick-key").await.expect(201);
        // Nor does it keep the same browser from renewing its session.
        scene.house.refresh(&scene.browser.cookie).await.expect(200);
        assert!(!slow.is_finished());
        drop(tx);
        slow.await.expect("it ends").expect(201);
    });
}

#[test]
fn who_takes_a_right_is_not_passed_by_what_comes_later() {
    with_many_writers(|bed| async move {
        let scene = Scene::set(bed).await;
        let tx = scene.holds_key("held-key").await;
        let first = tokio::spawn(scene.adds("关山镇中心小学", "held-key"));
        scene.waits(1, &first).await;
        let take = tokio::spawn(scene.takes().await);
        scene.waits(2, &take).await;
        let late = tokio::spawn(scene.adds("水洛镇中心小学", "late-key"));
        scene.waits(3, &late).await;
        assert!(!late.is_finished(), "it stands behind the end");
        drop(tx);
        assert_eq!(code(&first.await.expect("it ends")), (201, Value::Null));
        assert_eq!(take.await.expect("it ends"), 204);
        assert_eq!(code(&late.await.expect("it ends")), (403, json!("access.denied")));
        scene.nothing_behind_the_end().await;
    });
}

#[test]
fn who_ends_their_own_sessions_twice_at_once_waits_in_line() {
    with_many_writers(|bed| async move {
        let scene = Scene::set(bed).await;
        let everywhere = |key: &'static str| {
            let (house, bearer) = (Arc::clone(&scene.house), format!("Bearer {}", scene.browser.token));
            async move {
                let headers = [("authorization", bearer.as_str()), ("idempotency-key", key)];
                house.send(Method::POST, "/api/v1/sign-out-everywhere", Some(json!({})), &headers).await
            }
        };
        let tx = scene.holds_key("first-key").await;
        let first = tokio::spawn(everywhere("first-key"));
        scene.waits(1, &first).await;
        let second = tokio::spawn(everywhere("second-key"));
        scene.waits(2, &second).await;
        // Beside one another, each would wait for the other until the database broke one of them off.
        let in_line = "select count(*) as value from pg_locks where locktype = 'advisory' and not granted \
             and database = (select oid from pg_database where datname = current_database())";
        assert_eq!(scene.house.count(in_line).await, 1);
        drop(tx);
        assert_eq!(first.await.expect("it ends").status, 204);
        second.await.expect("it ends").expect_problem(401, "sign_in.expired");
        assert_eq!(scene.house.audited("identity.signed_out_everywhere").await, 1);
    });
}

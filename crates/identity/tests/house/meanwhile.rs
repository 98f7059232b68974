//! Two actions on one person meet. The first stands still in the middle, driven by hand; the second comes as a request.

use std::sync::Arc;

use kernel::id::PersonId;
use kernel::{Grant, Role, Scope};
use serde_json::json;
use storage::Tx;
use testkit::rows::identity as rows;
use testkit::{TestBed, Which, on_both_databases};
use tokio::task::JoinHandle;

use crate::support::{House, PASSWORD, Reply, Units};

const LINKS: &str = "select count(*) as value from first_use_links where used_at is null";
const ALIVE: &str = "select count(*) as value from sessions where revoked_at is null";

impl House {
    async fn begin(&self) -> Tx {
        self.bed.db().begin_write().await.expect("a transaction")
    }

    /// Until so many requests wait for what the open transaction holds, or this one has ended without waiting.
    pub async fn in_line<T>(&self, request: &JoinHandle<T>) {
        loop {
            let waiting = match self.bed.which {
                Which::Sqlite => i64::try_from(self.bed.db().waiting_writers()).expect("few"),
                Which::Postgres => {
                    self.count(
                        "select count(*) as value from pg_stat_activity \
                         where datname = current_database() and wait_event_type = 'Lock'",
                    )
                    .await
                }
            };
            if waiting > 0 || request.is_finished() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    fn signs_in(self: &Arc<Self>, login: &'static str) -> JoinHandle<Reply> {
        let house = Arc::clone(self);
        tokio::spawn(async move { house.try_sign_in(login, PASSWORD).await })
    }

    /// A request for a link; its status and code.
    fn asks_for_link(
        self: &Arc<Self>,
        by: &testkit::TestPerson,
        person: PersonId,
    ) -> JoinHandle<(u16, String)> {
        let (house, by) = (Arc::clone(self), by.clone());
        tokio::spawn(async move {
            let path = format!("/api/v1/people/{person}/first-use-link");
            let answer = house.app.as_person(&by).post(&path, json!({})).await;
            let code = if answer.status == 201 { String::new() } else { answer.code() };
            (answer.status, code)
        })
    }

    async fn gives(&self, tx: &mut Tx, person: PersonId, grant: Grant) {
        identity::grants::give(tx, &self.bed.ambient, person, grant, None).await.expect("given");
    }

    /// Makes a link for the administrator of this name, in a transaction that goes on.
    async fn links(&self, tx: &mut Tx, account_name: &str) -> String {
        let (ambient, vault) = (&self.bed.ambient, self.identity.vault());
        identity::admin::create(tx, ambient, vault, account_name, "管理员").await.expect("a link").token
    }
}

on_both_databases!(old_password_opens_no_session_while_a_new_one_is_set, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let wang = house.with_password("王小明", None, "wangxm").await;
    let hash =
        house.identity.passwords().hash(&house.bed.ambient, "a quite different one").await.expect("free");
    let mut tx = house.begin().await;
    identity::admin::set_password(&mut tx, wang, &hash).await.expect("set");
    let late = house.signs_in("wangxm");
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    late.await.expect("it ends").expect_problem(401, "sign_in.refused");
    assert_eq!(house.count(ALIVE).await, 0);
    house.try_sign_in("wangxm", "a quite different one").await.expect(200);
});

on_both_databases!(no_session_is_opened_while_somebody_is_disabled, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let wang = house.with_password("王小明", None, "wangxm").await;
    let administrator = house.administrator().await;
    let mut tx = house.begin().await;
    let text =
        "update people set disabled_at = $1, disabled_by = $2, disabled_as = 'administrator' where id = $3";
    let (now, by) = (house.bed.ambient.now(), administrator.id);
    storage::sql(text).bind(now).bind(by).bind(wang).exec(&mut tx).await.expect("disabled");
    let late = house.signs_in("wangxm");
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    late.await.expect("it ends").expect_problem(403, "sign_in.disabled");
    house
        .app
        .as_person(&administrator)
        .post(&format!("/api/v1/people/{wang}/enable"), json!({}))
        .await
        .expect(200);
    assert_eq!(house.count(ALIVE).await, 0, "nothing works again");
});

// Whichever comes first: who got in before the new password was set is out after it.
on_both_databases!(nobody_stays_in_by_the_old_password, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let administrator = house.administrator().await;
    for (round, login) in ["wang0", "wang1", "wang2", "wang3"].into_iter().enumerate() {
        let wang = house.with_password("王小明", None, login).await;
        let token = house.link_for(&administrator, wang).await;
        let mut late = Vec::new();
        for at in 0..4 {
            if at == round {
                let (house, token) = (Arc::clone(&house), token.clone());
                tokio::spawn(
                    async move { house.use_link(&token, "a quite different one").await.expect(204) },
                );
            }
            late.push(house.signs_in(login));
        }
        let mut inside = Vec::new();
        for one in late {
            let reply = one.await.expect("it ends");
            if reply.status == 200 {
                inside.push(reply.browser());
            }
        }
        // The link is used up by now or will be: asking again tells when.
        while house.look(&token).await.status == 200 {
            tokio::task::yield_now().await;
        }
        for browser in inside {
            house.get_as(&browser, "/api/v1/me").await.expect_problem(401, "sign_in.expired");
            house.refresh(&browser.cookie).await.expect_problem(401, "sign_in.expired");
        }
    }
    assert_eq!(house.count(ALIVE).await, 0);
});

on_both_databases!(two_desks_at_once_leave_one_link, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let office = house.administrator().await;
    let admin = house.with_password("管理员", None, "admin").await;
    let mut tx = house.begin().await;
    let first = house.links(&mut tx, "admin").await;
    let second = house.asks_for_link(&office, admin);
    house.in_line(&second).await;
    tx.commit().await.expect("a commit");
    assert_eq!(second.await.expect("it ends").0, 201);
    assert_eq!(house.count(LINKS).await, 1);
    house.look(&first).await.expect_problem(404, "first_use.no_such_link");
});

on_both_databases!(link_that_is_replaced_meanwhile_sets_no_password, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let office = house.administrator().await;
    let admin = house.with_password("管理员", None, "admin").await;
    let old = house.link_for(&office, admin).await;
    let mut tx = house.begin().await;
    let new = house.links(&mut tx, "admin").await;
    let late = {
        let (house, old) = (Arc::clone(&house), old.clone());
        tokio::spawn(async move { house.use_link(&old, "a quite different one").await })
    };
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    late.await.expect("it ends").expect_problem(404, "first_use.no_such_link");
    house.look(&new).await.expect(200);
});

on_both_databases!(link_made_while_a_role_is_given_is_void_or_refused, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, Units { province, school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let teacher = house.bed.person("何秀兰", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, school).await;
    let mut tx = house.begin().await;
    let lead = Grant { role: Role::TrainingLead, scope: Scope::OrgUnit(province) };
    house.gives(&mut tx, teacher.id, lead).await;
    let late = house.asks_for_link(&head, teacher.id);
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), (403, "access.denied".to_owned()));

    // The other way round: the link comes first and is voided by the role.
    let admin = house.with_password("管理员", None, "admin").await;
    rows::belongs_to(&house.bed, admin, school).await;
    let mut tx = house.begin().await;
    house.links(&mut tx, "admin").await;
    let late = {
        let (house, office) = (Arc::clone(&house), office.clone());
        tokio::spawn(async move {
            let body = json!({ "person_id": admin, "role": "school_head", "org_unit_id": school });
            house.app.as_person(&office).post("/api/v1/grants", body).await.status
        })
    };
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), 201);
    assert_eq!(house.count(LINKS).await, 0);
});

on_both_databases!(who_loses_their_role_meanwhile_makes_no_link, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (_, Units { school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let teacher = house.bed.person("何秀兰", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, school).await;
    let mut tx = house.begin().await;
    let grant = Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(school) };
    assert!(identity::grants::take(&mut tx, &house.hub, head.id, grant).await.expect("taken"));
    let late = house.asks_for_link(&head, teacher.id);
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), (403, "access.denied".to_owned()));
    assert_eq!(house.count(LINKS).await, 0, "giving the role back revives nothing");
});

on_both_databases!(a_role_is_taken_once_and_told_once, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, Units { school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let head = house.named("常耀东", Role::SchoolHead, school).await;
    let grants = house.app.as_person(&office).get("/api/v1/grants?role=school_head").await.expect(200).json();
    let id = grants["items"][0]["id"].as_str().expect("an id").to_owned();
    let mut tx = house.begin().await;
    let grant = Grant { role: Role::SchoolHead, scope: Scope::OrgUnit(school) };
    assert!(identity::grants::take(&mut tx, &house.hub, head.id, grant).await.expect("taken"));
    let late = {
        let (house, office) = (Arc::clone(&house), office.clone());
        tokio::spawn(async move {
            house.app.as_person(&office).delete(&format!("/api/v1/grants/{id}")).await.status
        })
    };
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), 404);
    assert_eq!(house.audited("identity.role_taken").await, 0, "it was the other one's act");
});

on_both_databases!(nobody_is_disabled_by_whom_they_rose_above_meanwhile, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, Units { school, .. }) = house.province("甘肃省", Role::ProvincialOffice).await;
    let teacher = house.bed.person("何秀兰", &[]).await;
    rows::belongs_to(&house.bed, teacher.id, school).await;
    let mut tx = house.begin().await;
    house.gives(&mut tx, teacher.id, Grant { role: Role::Administrator, scope: Scope::System }).await;
    let late = {
        let (house, office, path) =
            (Arc::clone(&house), office.clone(), format!("/api/v1/people/{}/disable", teacher.id));
        tokio::spawn(async move { house.app.as_person(&office).post(&path, json!({})).await.status })
    };
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), 403);
    assert_eq!(house.count("select count(*) as value from people where disabled_at is not null").await, 0);
});

on_both_databases!(a_roster_changes_nobody_who_rose_above_its_reader_meanwhile, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let rows = [["李芳", "16000001002", "", "女", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""]];
    let (_, path) = house.check(&office, &rows).await;
    house.apply(&office, &path, false).await.expect(200);
    let found = house.app.as_person(&office).get("/api/v1/people?name=16000001002").await.expect(200).json();
    let person: PersonId = found["items"][0]["id"].as_str().expect("an id").parse().expect("an id");
    let (_, path) = house.check(&office, &rows).await;
    let mut tx = house.begin().await;
    house.gives(&mut tx, person, Grant { role: Role::Administrator, scope: Scope::System }).await;
    let late = {
        let (house, office) = (Arc::clone(&house), office.clone());
        tokio::spawn(async move { house.apply(&office, &path, false).await.status })
    };
    house.in_line(&late).await;
    tx.commit().await.expect("a commit");
    assert_eq!(late.await.expect("it ends"), 409);
    assert_eq!(house.audited("identity.roster_applied").await, 1, "the first one alone");
});

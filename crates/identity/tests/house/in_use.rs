//! Who may not do something to somebody does not make them wait. That is seen where there is more than one writer.

use http::Method;
use kernel::id::{OrgUnitId, PersonId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::identity as rows;
use testkit::{Answered, TestBed, TestPerson, Which};

use crate::rosters::good;
use crate::support::House;

impl House {
    /// The answer to a request that waits for nobody.
    async fn at_once(&self, by: &TestPerson, (method, path, body): (Method, String, Value)) -> Answered {
        let (app, by) = (self.app.clone(), by.clone());
        let key: kernel::id::JobId = self.bed.ambient.new_id();
        let asked = async move {
            let key = key.to_string();
            let headers = [("idempotency-key", &*key), ("if-match", "\"v1\"")];
            app.as_person(&by).request(method, &path, Some(body), &headers).await
        };
        self.bed.at_once(asked).await
    }

    async fn belongs_to(&self, phone: &str, unit: OrgUnitId) -> PersonId {
        let masked = format!("%{}", &phone[7..]);
        let mut conn = self.bed.db().read().await.expect("a reader");
        let person = storage::sql("select id as value from people where phone_masked like $1")
            .bind(masked)
            .one(&mut conn)
            .await
            .expect("somebody");
        drop(conn);
        rows::belongs_to(&self.bed, person, unit).await;
        person
    }
}

#[test]
fn nobody_waits_for_who_may_not_change_them() {
    TestBed::run(Which::Postgres, |bed| async move {
        let house = House::build(bed).await;
        let (head, units) = house.province("甘肃省", Role::SchoolHead).await;
        let (stranger, _) = house.province("青海省", Role::ProvincialOffice).await;
        let office = house.with_password("周处长", None, "zhouchu").await;
        rows::belongs_to(&house.bed, office, units.school).await;
        let grant = Grant { role: Role::ProvincialOffice, scope: Scope::OrgUnit(units.province) };
        rows::grant(&house.bed, office, grant).await;
        let tx = house.bed.in_use(office).await;
        let one = format!("/api/v1/people/{office}");
        let person = json!({ "name": "周处长", "org_unit_id": units.school });
        let acts = [
            (Method::POST, format!("{one}/disable"), json!({})),
            (Method::POST, format!("{one}/enable"), json!({})),
            (Method::POST, format!("{one}/first-use-link"), json!({})),
            (Method::PUT, one, person),
        ];
        for act in acts {
            let asked = house.at_once(&head, act.clone()).await;
            asked.expect_problem(http::StatusCode::FORBIDDEN, "access.denied");
            let asked = house.at_once(&stranger, act).await;
            asked.expect_problem(http::StatusCode::NOT_FOUND, "not_found");
        }
        drop(tx);
    });
}

#[test]
fn nobody_waits_for_a_roster_that_is_refused() {
    TestBed::run(Which::Postgres, |bed| async move {
        let house = House::build(bed).await;
        let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
        let (_, path) = house.check(&office, &good()).await;
        house.apply(&office, &path, false).await.expect(200);
        let known = house.belongs_to("16000001002", units.county).await;
        let (_, path) = house.check(&office, &good()).await;
        let tx = house.bed.in_use(known).await;
        let apply = (Method::POST, format!("{path}/apply"), json!({}));
        let asked = house.at_once(&office, apply).await;
        asked.expect_problem(http::StatusCode::CONFLICT, "roster.changes_unconfirmed");
        drop(tx);
    });
}

#[test]
fn nobody_waits_for_links_that_they_get_from_somebody_else() {
    TestBed::run(Which::Postgres, |bed| async move {
        let house = House::build(bed).await;
        let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
        let (_, elsewhere) = house.province("青海省", Role::ProvincialOffice).await;
        let (_, path) = house.check(&office, &good()).await;
        house.apply(&office, &path, false).await.expect(200);
        let gone = house.belongs_to("16000001002", elsewhere.school).await;
        let tx = house.bed.in_use(gone).await;
        let links = (Method::POST, format!("{path}/first-use-links"), json!({}));
        house.at_once(&office, links).await.expect(200);
        drop(tx);
        let links = house.count("select count(*) as value from first_use_links").await;
        assert_eq!(links, 2, "one of three is left out");
    });
}

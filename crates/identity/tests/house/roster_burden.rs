//! What rosters cost is counted, whatever becomes of them, and nobody has much of it at once.

use std::sync::Arc;

use http::StatusCode;
use kernel::Role;
use serde_json::json;
use storage::Tx;
use testkit::{TestBed, TestPerson, Which, on_both_databases};

use crate::rosters::{good, workbook};
use crate::support::House;

const TEMPLATE: &str = "/api/v1/roster-template.xlsx";

impl House {
    /// A transaction that everybody waits for who writes here: on SQLite as the one writer, on PostgreSQL by its hold on a table.
    async fn in_the_way_of(&self, table: &'static str) -> Tx {
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        if self.bed.which == Which::Postgres {
            let text = match table {
                "upload_days" => "lock table upload_days in exclusive mode",
                "roster_imports" => "lock table roster_imports in exclusive mode",
                "first_use_links" => "lock table first_use_links in exclusive mode",
                other => panic!("{other}"),
            };
            storage::sql(text).exec(&mut tx).await.expect("a lock");
        }
        tx
    }
}

/// Who is busy is turned away, and somebody else is served.
async fn of_two(house: &House, busy: &TestPerson, other: &TestPerson) {
    let again = house.app.as_person(busy).get(TEMPLATE).await;
    let again = again.expect_problem(StatusCode::TOO_MANY_REQUESTS, "roster.one_at_a_time");
    assert_eq!(again.headers["retry-after"], "5");
    house.app.as_person(other).get(TEMPLATE).await.expect(200);
}

on_both_databases!(a_file_that_is_refused_counts_like_any_other, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (head, _) = house.province("甘肃省", Role::SchoolHead).await;
    for _ in 0..20 {
        let upload = house.upload(&head, b"%PDF-1.7 not a workbook", "zh-CN").await;
        upload.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.not_xlsx");
    }
    let upload = house.upload(&head, b"%PDF-1.7 not a workbook", "zh-CN").await;
    let refused = upload.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    assert_eq!(refused.headers["retry-after"], "3600");
    let bytes = house.count("select bytes as value from upload_days where purpose = 'roster'").await;
    assert_eq!(bytes, 20 * 23, "the day's share too");
    house.bed.clock.advance_seconds(3_600);
    house.check(&head, &good()).await;
});

on_both_databases!(what_is_refused_again_and_again_is_on_record_once_an_hour, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (head, _) = house.province("甘肃省", Role::SchoolHead).await;
    for hour in 1..=2 {
        for n in 0..25 {
            let upload = house.upload(&head, b"%PDF-1.7 not a workbook", "zh-CN").await;
            assert_eq!(upload.status, if n < 20 { 422 } else { 429 });
        }
        assert_eq!(house.audited("identity.roster_refused").await, hour);
        house.bed.clock.advance_seconds(3_600);
    }
});

on_both_databases!(a_roster_that_is_not_applied_counts_like_one_that_is_sent, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (head, _) = house.province("甘肃省", Role::SchoolHead).await;
    let mut rows = good();
    rows[0][1] = "12";
    let (_, path) = house.check(&head, &rows).await;
    for _ in 0..19 {
        let refused = house.apply(&head, &path, false).await;
        refused.expect_problem(StatusCode::CONFLICT, "roster.has_errors");
    }
    let imports = "select count(*) as value from roster_imports";
    for answer in [house.apply(&head, &path, false).await, house.apply(&head, &path, true).await] {
        answer.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    }
    let upload = house.upload(&head, &workbook(&good()), "zh-CN").await;
    upload.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    assert_eq!(house.count(imports).await, 1);
    assert_eq!(house.audited("identity.roster_refused").await, 1);
    house.bed.clock.advance_seconds(3_600);
    house.apply(&head, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.has_errors");
});

on_both_databases!(who_sent_many_rosters_applies_the_last, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    for _ in 0..19 {
        house.upload(&office, b"%PDF-1.7 not a workbook", "zh-CN").await.expect(422);
    }
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
});

on_both_databases!(nobody_has_a_second_roster_applied_beside_the_first, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let (_, path) = house.check(&office, &good()).await;
    let (_, other) = house.check(&office, &good()).await;
    let tx = house.in_the_way_of("roster_imports").await;
    let (desk, by, apply) = (Arc::clone(&house), office.clone(), format!("{path}/apply"));
    let first = tokio::spawn(async move { desk.app.as_person(&by).post(&apply, json!({})).await });
    house.in_line(&first).await;
    for second in [
        house.apply(&office, &path, false).await,
        house.apply(&office, &other, false).await,
        house.upload(&office, &workbook(&good()), "zh-CN").await,
        house.app.as_person(&office).put(&format!("{other}/hidden-rows"), json!({ "taken": true })).await,
    ] {
        let second = second.expect_problem(StatusCode::TOO_MANY_REQUESTS, "roster.one_at_a_time");
        assert_eq!(second.headers["retry-after"], "5");
    }
    house.app.as_person(&administrator).get(TEMPLATE).await.expect(200);
    drop(tx);
    first.await.expect("it ends").expect(200);
    house.apply(&office, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.already_applied");
});

on_both_databases!(links_are_made_again_a_few_times_an_hour, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    let (desk, links) = (house.app.as_person(&office), format!("{path}/first-use-links"));
    desk.post(&links, json!({})).await.expect(200);
    for _ in 0..5 {
        desk.post(&links, json!({ "again": true })).await.expect(200);
    }
    let digests = "select count(*) as value from first_use_links where issued_at = \
                   (select max(issued_at) from first_use_links)";
    house.bed.clock.advance_seconds(60);
    let refused = desk.post(&links, json!({ "again": true })).await;
    let refused = refused.expect_problem(StatusCode::TOO_MANY_REQUESTS, "roster.links_too_often");
    assert_eq!(refused.headers["retry-after"], "3540");
    assert_eq!(house.count(digests).await, 3, "the last ones still work");
    assert_eq!(house.audited("identity.first_use_links_handed_out").await, 6);
    house.bed.clock.advance_seconds(3_540);
    desk.post(&links, json!({ "again": true })).await.expect(200);
});

on_both_databases!(nobody_has_a_second_roster_read_beside_the_first, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (head, _) = house.province("甘肃省", Role::SchoolHead).await;
    let tx = house.in_the_way_of("upload_days").await;
    let file = workbook(&good());
    let (desk, by, bytes) = (Arc::clone(&house), head.clone(), file.clone());
    let first = tokio::spawn(async move { desk.upload(&by, &bytes, "zh-CN").await });
    house.in_line(&first).await;
    let second = house.upload(&head, &file, "zh-CN").await;
    let second = second.expect_problem(StatusCode::TOO_MANY_REQUESTS, "roster.one_at_a_time");
    assert_eq!(second.headers["retry-after"], "5");
    // One that is read and one that is written are two kinds of work.
    house.app.as_person(&head).get(TEMPLATE).await.expect(200);
    drop(tx);
    first.await.expect("it ends").expect(201);
    house.upload(&head, &file, "zh-CN").await.expect(201);
    let bytes = house.count("select bytes as value from upload_days where purpose = 'roster'").await;
    assert_eq!(usize::try_from(bytes), Ok(file.len() * 2), "who is turned away costs nothing");
});

on_both_databases!(nobody_has_a_second_workbook_written_beside_the_first, |bed: TestBed| async move {
    let house = Arc::new(House::build(bed).await);
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    let tx = house.in_the_way_of("first_use_links").await;
    let (desk, by, links) = (Arc::clone(&house), office.clone(), format!("{path}/first-use-links"));
    let first = tokio::spawn(async move { desk.app.as_person(&by).post(&links, json!({})).await });
    house.in_line(&first).await;
    of_two(&house, &office, &administrator).await;
    drop(tx);
    first.await.expect("it ends").expect(200);
    house.app.as_person(&office).get(TEMPLATE).await.expect(200);
});

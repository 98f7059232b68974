//! What rosters cost is counted, whatever becomes of them, and nobody has much of it at once.

use http::StatusCode;
use kernel::Role;
use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::rosters::good;
use crate::support::House;

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

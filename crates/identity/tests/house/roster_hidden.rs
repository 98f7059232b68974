//! Rows that a filter hides are named, and go in only when the reader takes them.

use http::StatusCode;
use kernel::Role;
use rust_xlsxwriter::{FilterCondition, Workbook};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::rosters::{HEADINGS, good};
use crate::support::House;

const PEOPLE: &str = "select count(*) as value from people";

/// The roster as it is saved while its county column is filtered to one county.
fn filtered(rows: &[[&str; 9]], county: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&HEADINGS).chain(rows)) {
        sheet.write_row(row, 0, cells.iter().copied()).expect("cells");
    }
    let last = u32::try_from(rows.len()).expect("a short roster");
    sheet.autofilter(0, 0, last, 8).expect("a filter");
    sheet.filter_column(5, &FilterCondition::new().add_list_filter(county)).expect("a condition");
    sheet.set_column_hidden(2).expect("a column");
    book.save_to_buffer().expect("a workbook")
}

async fn upload(house: &House, by: &TestPerson, bytes: &[u8]) -> (Value, String) {
    let view = house.upload(by, bytes, "zh-CN").await.expect(201).json();
    let path = format!("/api/v1/roster-imports/{}", view["id"].as_str().expect("an id"));
    (view, path)
}

async fn outcomes(house: &House, by: &TestPerson, path: &str, query: &str) -> Value {
    let rows = house.app.as_person(by).get(&format!("{path}/rows{query}")).await.expect(200).json();
    let told = |row: &Value| json!([row["row"], row["outcome"], row["hidden"]]);
    rows["items"].as_array().expect("rows").iter().map(told).collect()
}

on_both_databases!(hidden_rows_are_left_out_unless_they_are_taken, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let before = house.count(PEOPLE).await;
    let (view, path) = upload(&house, &office, &filtered(&good(), "通渭县")).await;
    assert_eq!(
        (&view["hidden"], &view["hidden_taken"], &view["rows"], &view["new"], &view["new_units"]),
        (&json!(1), &json!(false), &json!(2), &json!(2), &json!(1)),
        "{view}"
    );
    assert_eq!(view["hidden_columns"], json!(["身份证号"]));
    let all = json!([[2, "new", false], [3, "new", false], [4, "left_out", true]]);
    assert_eq!(outcomes(&house, &office, &path, "").await, all);
    assert_eq!(outcomes(&house, &office, &path, "?only_hidden=true").await, json!([[4, "left_out", true]]));

    let applied = house.apply(&office, &path, false).await.expect(200).json();
    assert_eq!((&applied["new"], &applied["hidden"]), (&json!(2), &json!(1)));
    assert_eq!(house.count(PEOPLE).await, before + 2);
    assert_eq!(house.count("select count(*) as value from grants where role = 'school_head'").await, 0);
    let desk = house.app.as_person(&office);
    let late = desk.put(&format!("{path}/hidden-rows"), json!({ "taken": true })).await;
    late.expect_problem(StatusCode::CONFLICT, "roster.already_applied");
});

on_both_databases!(taken_rows_are_checked_like_the_others, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let before = house.count(PEOPLE).await;
    let mut rows = good().to_vec();
    // The hidden row comes first, so that the one that is seen repeats it only when both are in.
    rows.insert(0, ["何秀兰", "16000001001", "", "女", "甘肃省", "渭源县", "", "", ""]);
    let (view, path) = upload(&house, &office, &filtered(&rows, "通渭县")).await;
    assert_eq!((&view["hidden"], &view["new"], &view["wrong"]), (&json!(2), &json!(2), &json!(0)));

    let desk = house.app.as_person(&office);
    let choice = format!("{path}/hidden-rows");
    let choose = |taken: bool| desk.put(&choice, json!({ "taken": taken }));
    let view = choose(true).await.expect(200).json();
    assert_eq!(
        (&view["hidden_taken"], &view["rows"], &view["new"], &view["wrong"], &view["new_units"]),
        (&json!(true), &json!(4), &json!(3), &json!(1), &json!(3)),
        "{view}"
    );
    let taken = json!([[2, "new", true], [3, "wrong", false], [4, "new", false], [5, "new", true]]);
    assert_eq!(outcomes(&house, &office, &path, "").await, taken);

    let view = choose(false).await.expect(200).json();
    assert_eq!((&view["hidden_taken"], &view["rows"], &view["wrong"]), (&json!(false), &json!(2), &json!(0)));
    let left = json!([[2, "left_out", true], [3, "new", false], [4, "new", false], [5, "left_out", true]]);
    assert_eq!(outcomes(&house, &office, &path, "").await, left);

    choose(true).await.expect(200);
    house.apply(&office, &path, true).await.expect(200);
    assert_eq!(house.count(PEOPLE).await, before + 3);
    assert_eq!(house.count("select count(*) as value from grants where role = 'school_head'").await, 1);
});

on_both_databases!(
    of_people_elsewhere_hidden_rows_tell_nothing_until_they_are_taken,
    |bed: TestBed| async move {
        let house = House::build(bed).await;
        let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
        let (other, _) = house.province("青海省", Role::ProvincialOffice).await;
        let phones: Vec<String> = (0..101).map(|n| format!("1600000{n:04}")).collect();
        let row = |phone, province, county| ["教师", phone, "", "", province, county, "", "", ""];
        let theirs: Vec<_> = phones.iter().map(|phone| row(phone.as_str(), "甘肃省", "通渭县")).collect();
        let (_, path) = house.check(&office, &theirs).await;
        house.apply(&office, &path, false).await.expect(200);

        // A whole country's sheet, filtered to what is theirs.
        let mut sheet = theirs.clone();
        sheet.push(row("16000008888", "青海省", "湟源县"));
        let (view, path) = upload(&house, &other, &filtered(&sheet, "湟源县")).await;
        assert_eq!((&view["hidden"], &view["new"]), (&json!(101), &json!(1)));
        let taking =
            house.app.as_person(&other).put(&format!("{path}/hidden-rows"), json!({ "taken": true })).await;
        taking.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
        assert_eq!(house.audited("identity.roster_refused").await, 1);
        assert_eq!(outcomes(&house, &other, &path, "?only_wrong=true").await, json!([]));
        house.apply(&other, &path, false).await.expect(200);
    }
);

on_both_databases!(hidden_rows_make_no_roster_too_long, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let phones: Vec<String> = (0..2_100).map(|n| format!("1600000{n:04}")).collect();
    let others = phones.iter().map(|phone| ["教师", phone, "", "", "甘肃省", "渭源县", "", "", ""]);
    let mut sheet: Vec<_> = others.collect();
    sheet.push(["王小明", "16000008888", "", "", "甘肃省", "通渭县", "", "", ""]);
    let (view, path) = upload(&house, &office, &filtered(&sheet, "通渭县")).await;
    assert_eq!(
        (&view["hidden"], &view["can_take_hidden"], &view["rows"], &view["new"]),
        (&json!(2_100), &json!(false), &json!(1), &json!(1)),
        "{view}"
    );
    // They are more than a roster may have, and are not kept.
    assert_eq!(outcomes(&house, &office, &path, "").await, json!([[2_102, "new", false]]));
    let choose = format!("{path}/hidden-rows");
    let taking = house.app.as_person(&office).put(&choose, json!({ "taken": true })).await;
    taking.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.too_many_rows");
    house.app.as_person(&office).put(&choose, json!({ "taken": false })).await.expect(200);
    let applied = house.apply(&office, &path, false).await.expect(200).json();
    assert_eq!((&applied["new"], &applied["hidden"]), (&json!(1), &json!(2_100)));
    let seen = filtered(&sheet, "渭源县");
    let refused = house.upload(&office, &seen, "zh-CN").await;
    refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.too_many_rows");
});

on_both_databases!(a_roster_of_hidden_rows_alone_imports_nobody_unasked, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (view, path) = upload(&house, &office, &filtered(&good(), "没有的县")).await;
    assert_eq!((&view["hidden"], &view["rows"]), (&json!(3), &json!(0)));
    house.apply(&office, &path, true).await.expect_problem(StatusCode::CONFLICT, "roster.nothing_good");
    let stranger = house.province("青海省", Role::ProvincialOffice).await.0;
    let choose = format!("{path}/hidden-rows");
    let refused = house.app.as_person(&stranger).put(&choose, json!({ "taken": true })).await;
    refused.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

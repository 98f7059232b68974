//! One name at one place is a unit of one level, whatever column a row puts it into.

use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::support::House;

const HEADS: &str = "select count(*) as value from grants where role = 'school_head'";
const UNITS: &str = "select count(*) as value from org_units";

/// Somebody of a new county, which the next row calls a central school to make somebody its head.
const COUNTY: [&str; 9] = ["何秀兰", "16000001001", "", "", "甘肃省", "渭源县", "", "", ""];
const SCHOOL: [&str; 9] = ["常耀东", "16000001002", "", "", "甘肃省", "", "渭源县", "", "中心校负责人"];

impl House {
    async fn errors(&self, by: &TestPerson, path: &str) -> Vec<(u64, String, String)> {
        let rows =
            self.app.as_person(by).get(&format!("{path}/rows?only_wrong=true")).await.expect(200).json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        rows["items"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| {
                let error = &row["errors"][0];
                (row["row"].as_u64().expect("a number"), text(&error["code"]), text(&error["detail"]))
            })
            .collect()
    }
}

on_both_databases!(two_rows_make_nobody_head_of_a_county, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    for rows in [[COUNTY, SCHOOL], [SCHOOL, COUNTY]] {
        let (view, path) = house.check(&office, &rows).await;
        assert_eq!(view["wrong"], 2, "nobody can tell which of the two is right");
        let errors = house.errors(&office, &path).await;
        for (row, code, detail) in &errors {
            let other = if *row == 2 { 3 } else { 2 };
            assert_eq!(code, "level_differs");
            let names_both = ["渭源县", "县", "中心校", &format!("第 {other} 行")];
            assert!(names_both.iter().all(|name| detail.contains(name)), "{detail}");
        }
        assert_eq!(errors.len(), 2);
        let refused = house.apply(&office, &path, true).await;
        refused.expect_problem(StatusCode::CONFLICT, "roster.nothing_good");
    }
    assert_eq!((house.count(HEADS).await, house.count(UNITS).await), (0, 3));
});

on_both_databases!(what_most_rows_say_of_a_unit_stands, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut third = COUNTY;
    (third[0], third[1]) = ("李芳", "16000001003");
    let mut below = COUNTY;
    (below[0], below[1], below[6]) = ("马文静", "16000001004", "上沟川镇中心小学");
    let (view, path) = house.check(&office, &[SCHOOL, COUNTY, third, below]).await;
    assert_eq!((&view["wrong"], &view["new_units"]), (&json!(1), &json!(2)));
    assert_eq!(house.errors(&office, &path).await[0].0, 2);
    house.apply(&office, &path, true).await.expect(200);
    assert_eq!((house.count(HEADS).await, house.count(UNITS).await), (0, 5));
    let level = "select count(*) as value from org_units where name = '渭源县' and level = 'county'";
    assert_eq!(house.count(level).await, 1);
    // By now it stands, and no row makes a school of it.
    let (view, _) = house.check(&office, &[SCHOOL]).await;
    assert_eq!(view["wrong"], 1);
});

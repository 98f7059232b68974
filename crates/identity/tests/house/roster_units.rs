//! A new unit with much the same name as one that stands is decided about before anything is made.

use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answered, TestBed, TestPerson, on_both_databases};

use crate::rosters::good;
use crate::support::House;

impl House {
    pub async fn decide(&self, by: &TestPerson, path: &str, decisions: Value) -> Answered {
        let body = json!({ "decisions": decisions });
        self.app.as_person(by).put(&format!("{path}/units"), body).await
    }
}

const DOUBLE: &str = "甘肃省 · 通渭县 · 通渭县青石湾镇中心小学";
const UNITS: &str = "select count(*) as value from org_units";

fn with_the_longer_name() -> [[&'static str; 9]; 3] {
    let mut rows = good();
    (rows[0][6], rows[1][6]) = ("通渭县青石湾镇中心小学", "通渭县青石湾镇中心小学");
    rows
}

on_both_databases!(the_same_school_under_a_longer_name_is_not_made_twice, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (view, path) = house.check(&office, &with_the_longer_name()).await;
    assert_eq!((&view["undecided_units"], &view["new_units"]), (&json!(1), &json!(4)));
    let refused = house.apply(&office, &path, true).await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "roster.units_undecided").json();
    assert_eq!(refused["extra"]["units"], 1);
    assert_eq!(house.count(UNITS).await, 3, "nothing is made");

    let same = json!([{ "place": DOUBLE, "unit_id": units.school }]);
    let view = house.decide(&office, &path, same).await.expect(200).json();
    assert_eq!((&view["undecided_units"], &view["new_units"]), (&json!(0), &json!(3)));
    let standing = json!({ "id": units.school, "place": "甘肃省 · 通渭县 · 青石湾镇中心小学" });
    let matched = json!({ "place": DOUBLE, "level": "central_school", "unit": standing, "same_as": null });
    assert_eq!(view["matched_units"], json!([matched]));

    // What was decided can be taken back, and decided otherwise.
    let view = house.decide(&office, &path, json!([{ "place": DOUBLE }])).await.expect(200).json();
    assert_eq!((&view["undecided_units"], &view["matched_units"]), (&json!(1), &json!([])));
    house.decide(&office, &path, json!([{ "place": DOUBLE, "make": true }])).await.expect(200);
    let same = json!([{ "place": DOUBLE, "unit_id": units.school }]);
    house.decide(&office, &path, same.clone()).await.expect(200);

    house.apply(&office, &path, false).await.expect(200);
    let names = "select count(*) as value from org_units where name = '通渭县青石湾镇中心小学'";
    assert_eq!(house.count(names).await, 0);
    let below = "select count(*) as value from org_units u join org_units s on s.id = u.parent_id \
                 where s.name = '青石湾镇中心小学' and u.name = '柳树坪教学点'";
    assert_eq!(house.count(below).await, 1, "the teaching point stands below the school that was there");
    let late = house.decide(&office, &path, same).await;
    late.expect_problem(StatusCode::CONFLICT, "roster.already_applied");
});

on_both_databases!(
    another_school_of_much_the_same_name_is_made_when_that_is_said,
    |bed: TestBed| async move {
        let house = House::build(bed).await;
        let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
        let (_, path) = house.check(&office, &with_the_longer_name()).await;
        let view =
            house.decide(&office, &path, json!([{ "place": DOUBLE, "make": true }])).await.expect(200).json();
        assert_eq!(view["undecided_units"], 0);
        let decided =
            view["new_unit_list"].as_array().expect("a list").iter().find(|unit| unit["place"] == DOUBLE);
        assert_eq!(decided.expect("still new")["decided"], true);
        house.apply(&office, &path, false).await.expect(200);
        // By now it stands, and the roster asks nothing more.
        let (view, _) = house.check(&office, &with_the_longer_name()).await;
        assert_eq!((&view["undecided_units"], &view["new_units"]), (&json!(0), &json!(0)));
    }
);

on_both_databases!(a_level_that_was_left_out_makes_no_second_county, |bed: TestBed| async move {
    use testkit::rows::identity as rows;
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let province = rows::org_unit(&house.bed, None, "province", "甘肃省").await;
    let city = rows::org_unit(&house.bed, Some(province), "city", "定西市").await;
    let county = rows::org_unit(&house.bed, Some(city), "county", "通渭县").await;
    let row = |county| [["何秀兰", "16000001001", "", "", "甘肃省", county, "", "", ""]];
    // 通渭 县 is 通渭县, which stands below 定西市.
    for typed in ["通渭县", "通渭 县", "通渭"] {
        let (view, path) = house.check(&administrator, &row(typed)).await;
        let standing = json!([{ "id": county, "place": "甘肃省 · 定西市 · 通渭县" }]);
        assert_eq!((&view["undecided_units"], &view["new_unit_list"][0]["like"]), (&json!(1), &standing));
        let place = view["new_unit_list"][0]["place"].clone();
        house.decide(&administrator, &path, json!([{ "place": place, "unit_id": county }])).await.expect(200);
        let confirmed = json!({ "confirm_changes": true });
        house.apply_as(&administrator, &path, confirmed).await.expect(200);
    }
    assert_eq!(house.count(UNITS).await, 3);
    let there = "select count(*) as value from people p join org_units o on o.id = p.org_unit_id where o.name = '通渭县'";
    assert_eq!(house.count(there).await, 1);
});

on_both_databases!(only_units_within_reach_are_chosen, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let elsewhere = testkit::rows::identity::org_unit(&house.bed, None, "province", "青海省").await;
    let (_, path) = house.check(&office, &with_the_longer_name()).await;
    let wrong = house.decide(&office, &path, json!([{ "place": DOUBLE, "unit_id": elsewhere }])).await;
    wrong.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.no_such_unit");
    // A unit of another kind than the column says is an error of the row.
    let (_, units) = house.province("陕西省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let kind = json!([{ "place": DOUBLE, "unit_id": units.county }]);
    let view = house.decide(&administrator, &path, kind).await.expect(200).json();
    assert_eq!(view["wrong"], 2);
});

on_both_databases!(whoever_misspells_a_unit_above_is_told_how_it_is_written, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let row = [["何秀兰", "16000001001", "", "", "甘肃", "通渭县", "", "", ""]];
    let (view, path) = house.check(&office, &row).await;
    assert_eq!((&view["wrong"], &view["new_units"]), (&json!(1), &json!(0)));
    let rows = house.app.as_person(&office).get(&format!("{path}/rows")).await.expect(200).json();
    let error = &rows["items"][0]["errors"][0];
    assert_eq!(error["code"], "outside");
    assert!(error["detail"].as_str().is_some_and(|text| text.contains("如果指的是“甘肃省”")), "{error}");
});

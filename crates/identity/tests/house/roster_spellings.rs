//! Names of new units that look like one another, or like one that stands elsewhere, are decided about too.

use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::rows::identity as rows;
use testkit::{TestBed, on_both_databases};

use crate::support::House;

const UNITS: &str = "select count(*) as value from org_units";

fn row(name: &'static str, phone: &'static str, units: [&'static str; 3]) -> [&'static str; 9] {
    [name, phone, "", "", "甘肃省", units[0], units[1], units[2], ""]
}

fn unit<'a>(view: &'a Value, place: &str) -> &'a Value {
    let units = view["new_unit_list"].as_array().expect("a list");
    units.iter().find(|unit| unit["place"] == place).unwrap_or_else(|| panic!("{place} in {view}"))
}

on_both_databases!(two_spellings_in_one_file_are_one_unit_when_that_is_said, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let file = [
        row("何秀兰", "16000001001", ["渭源县", "上沟川镇中心小学", ""]),
        row("李芳", "16000001002", ["渭源", "上沟川镇中心小学", "柳树坪教学点"]),
        // Below a county that is new itself.
        row("常耀东", "16000001003", ["渭源县", "渭源县上沟川中心小学", ""]),
        row("马文静", "16000001004", ["渭源县", "第一小学", ""]),
        row("韩正清", "16000001005", ["渭源县", "第二小学", ""]),
    ];
    let (view, path) = house.check(&office, &file).await;
    let (county, school) = ("甘肃省 · 渭源县", "甘肃省 · 渭源县 · 上沟川镇中心小学");
    assert_eq!((&view["undecided_units"], &view["new_units"]), (&json!(2), &json!(8)));
    assert_eq!(unit(&view, "甘肃省 · 渭源")["alike"], json!([county]));
    assert_eq!(unit(&view, "甘肃省 · 渭源 · 上沟川镇中心小学")["alike"], json!([]), "first the county");
    let longer = "甘肃省 · 渭源县 · 渭源县上沟川中心小学";
    assert_eq!(unit(&view, longer)["alike"], json!([school]));
    assert_eq!(unit(&view, "甘肃省 · 渭源县 · 第二小学")["alike"], json!([]));
    house.apply(&office, &path, true).await.expect_problem(StatusCode::CONFLICT, "roster.units_undecided");

    let same =
        json!([{ "place": "甘肃省 · 渭源", "same_as": county }, { "place": longer, "same_as": school }]);
    let view = house.decide(&office, &path, same).await.expect(200).json();
    assert_eq!((&view["undecided_units"], &view["new_units"]), (&json!(0), &json!(5)));
    let matched = view["matched_units"].as_array().expect("a list");
    assert_eq!(matched.len(), 2);
    assert_eq!((&matched[0]["same_as"], &matched[0]["unit"]), (&json!(county), &Value::Null));

    // It can be taken back, and decided otherwise.
    let view = house.decide(&office, &path, json!([{ "place": longer }])).await.expect(200).json();
    assert_eq!(
        (&view["undecided_units"], &view["matched_units"].as_array().expect("a list").len()),
        (&json!(1), &1)
    );
    house.decide(&office, &path, json!([{ "place": longer, "make": true }])).await.expect(200);
    house.apply(&office, &path, false).await.expect(200);
    assert_eq!(house.count(UNITS).await, 3 + 6);
    let below = "select count(*) as value from org_units u join org_units s on s.id = u.parent_id join org_units c on c.id = s.parent_id \
                 where c.name = '渭源县' and s.name = '上沟川镇中心小学' and u.name = '柳树坪教学点'";
    assert_eq!(house.count(below).await, 1);
});

on_both_databases!(a_place_of_another_level_is_never_the_same, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut head = row("常耀东", "16000001002", ["渭源县", "渭源县中心小学", ""]);
    head[8] = "中心校负责人";
    let (_, path) = house.check(&office, &[row("何秀兰", "16000001001", ["渭源县", "", ""]), head]).await;
    let forged = json!([{ "place": "甘肃省 · 渭源县 · 渭源县中心小学", "same_as": "甘肃省 · 渭源县" }]);
    let view = house.decide(&office, &path, forged).await.expect(200).json();
    assert_eq!((&view["new_units"], &view["matched_units"]), (&json!(2), &json!([])));
    house.apply(&office, &path, false).await.expect(200);
    let heads = "select count(*) as value from grants g join org_units o on o.id = g.scope_id \
                 where g.role = 'school_head' and o.level <> 'central_school'";
    assert_eq!(house.count(heads).await, 0);
});

on_both_databases!(a_unit_that_stands_elsewhere_is_offered_below_a_new_one, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let province = rows::org_unit(&house.bed, None, "province", "甘肃省").await;
    let county = rows::org_unit(&house.bed, Some(province), "county", "通渭县").await;
    for name in ["城关镇中心小学", "第一小学"] {
        rows::org_unit(&house.bed, Some(county), "central_school", name).await;
    }
    // The city is new, and the county stands without it; another county has a school of the same name.
    let mut with_city = row("何秀兰", "16000001001", ["通渭", "", ""]);
    with_city[2] = "";
    let file = [
        with_city,
        row("李芳", "16000001002", ["渭源县", "城关镇中心小学", ""]),
        row("马文静", "16000001003", ["渭源县", "第一小学", ""]),
    ];
    let (view, path) = house.check_with_city(&administrator, "定西市", &file).await;
    let standing = json!([{ "id": county, "place": "甘肃省 · 通渭县" }]);
    let place = "甘肃省 · 定西市 · 通渭";
    assert_eq!((&view["undecided_units"], &unit(&view, place)["like"]), (&json!(1), &standing));
    let same = json!([{ "place": place, "unit_id": county }]);
    let view = house.decide(&administrator, &path, same).await.expect(200).json();
    assert_eq!(view["undecided_units"], 0);
    house.apply(&administrator, &path, false).await.expect(200);
    let there = "select count(*) as value from people p join org_units o on o.id = p.org_unit_id where o.name = '通渭县'";
    assert_eq!(house.count(there).await, 1);
});

on_both_databases!(what_is_refused_is_shown_as_it_is_by_now, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let file = [row("何秀兰", "16000001001", ["通渭县", "通渭县上沟川镇中心小学", ""])];
    let (view, path) = house.check(&office, &file).await;
    assert_eq!(view["undecided_units"], 0);
    // Meanwhile somebody else makes the school.
    let school = rows::org_unit(&house.bed, Some(units.county), "central_school", "上沟川镇中心小学").await;
    house.apply(&office, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.units_undecided");
    let view = house.app.as_person(&office).get(&path).await.expect(200).json();
    let place = "甘肃省 · 通渭县 · 通渭县上沟川镇中心小学";
    assert_eq!((&view["undecided_units"], &unit(&view, place)["like"][0]["id"]), (&json!(1), &json!(school)));
    let same = json!([{ "place": place, "unit_id": school }]);
    house.decide(&office, &path, same).await.expect(200);

    // And enters the person under another name: there is something to confirm by now.
    let body = json!({ "name": "何秀兰", "phone": "16000001001", "org_unit_id": units.county });
    house.app.as_person(&office).post("/api/v1/people", body).await.expect(201);
    house
        .apply(&office, &path, false)
        .await
        .expect_problem(StatusCode::CONFLICT, "roster.changes_unconfirmed");
    let view = house.app.as_person(&office).get(&path).await.expect(200).json();
    assert_eq!(view["to_confirm"], 1);
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);
});

on_both_databases!(a_wrong_choice_of_a_units_level_is_undone, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let place = "甘肃省 · 通渭县 · 通渭县上沟川镇中心小学";
    let file = [row("何秀兰", "16000001001", ["通渭县", "通渭县上沟川镇中心小学", ""])];
    let (_, path) = house.check(&office, &file).await;
    let wrong = json!([{ "place": place, "unit_id": units.county }]);
    let view = house.decide(&office, &path, wrong).await.expect(200).json();
    assert_eq!((&view["wrong"], &view["matched_units"][0]["place"]), (&json!(1), &json!(place)));
    assert_eq!(view["matched_units"][0]["level"], "central_school");
    let view =
        house.decide(&office, &path, json!([{ "place": place, "make": true }])).await.expect(200).json();
    assert_eq!((&view["wrong"], &view["matched_units"]), (&json!(0), &json!([])));
    house.apply(&office, &path, false).await.expect(200);
});

on_both_databases!(all_new_units_are_named_page_by_page, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let names = ["青", "石", "河", "湾", "柳", "坪", "杏", "沟", "川", "岭"];
    let file: Vec<[String; 9]> = (0..130)
        .map(|n| {
            let point = format!("{}{}{}教学点", names[n / 100], names[n / 10 % 10], names[n % 10]);
            let phone = format!("1600000{:04}", 1000 + n);
            ["何秀兰", &phone, "", "", "甘肃省", "通渭县", "青石湾镇中心小学", &point, ""].map(str::to_owned)
        })
        .collect();
    let rows: Vec<[&str; 9]> = file.iter().map(|row| std::array::from_fn(|at| row[at].as_str())).collect();
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!(view["new_units"], 130);
    assert_eq!(view["new_unit_list"].as_array().expect("a list").len(), 100);
    let (mut seen, mut after) = (Vec::new(), String::new());
    let desk = house.app.as_person(&office);
    loop {
        let page = desk.get(&format!("{path}/new-units?limit=60{after}")).await.expect(200).json();
        seen.extend(page["items"].as_array().expect("items").iter().map(|unit| unit["place"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let wanted: Vec<Value> =
        rows.iter().map(|row| json!(format!("甘肃省 · 通渭县 · 青石湾镇中心小学 · {}", row[7]))).collect();
    assert_eq!(seen, wanted);
    let (other, _) = house.province("青海省", Role::ProvincialOffice).await;
    let hidden = house.app.as_person(&other).get(&format!("{path}/new-units")).await;
    hidden.expect_problem(StatusCode::NOT_FOUND, "not_found");
});

//! What a roster would make and whom it would let decide is said before it is applied.

use calamine::{Reader as _, Xlsx};
use kernel::{Role, Text, TimeZone, Timestamp};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::rosters::{HEADINGS, good};
use crate::support::House;

const DOUBLE: &str = "甘肃省 · 通渭县 · 通渭县青石湾镇中心小学";
const LEAD: [&str; 9] = ["宋玉梅", "16000001011", "", "女", "甘肃省", "", "", "", "项目负责人"];

on_both_databases!(new_units_and_roles_of_new_people_are_named, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut rows = good().to_vec();
    rows[0][6] = "通渭县青石湾镇中心小学"; // 青石湾镇中心小学 stands there already
    rows.push(LEAD);
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!((&view["new_units"], &view["undecided_units"]), (&json!(5), &json!(1)));
    let standing = json!({ "id": units.school, "place": "甘肃省 · 通渭县 · 青石湾镇中心小学" });
    assert_eq!(
        view["new_unit_list"],
        json!([
            { "place": DOUBLE, "level": "central_school", "like": [standing], "alike": [], "decided": false },
            { "place": "甘肃省 · 通渭县 · 通渭县青石湾镇中心小学 · 柳树坪教学点", "level": "teaching_point", "like": [], "alike": [], "decided": false },
            { "place": "甘肃省 · 通渭县 · 青石湾镇中心小学 · 柳树坪教学点", "level": "teaching_point", "like": [], "alike": [], "decided": false },
            { "place": "甘肃省 · 渭源县", "level": "county", "like": [], "alike": [], "decided": false },
            { "place": "甘肃省 · 渭源县 · 上沟川镇中心小学", "level": "central_school", "like": [], "alike": [], "decided": false },
        ])
    );
    let roles = json!([
        { "row": 4, "role": "school_head", "place": "甘肃省 · 渭源县 · 上沟川镇中心小学" },
        { "row": 5, "role": "training_lead", "place": "甘肃省" },
    ]);
    assert_eq!((&view["new_roles"], &view["new_role_list"]), (&json!(2), &roles));
    house.decide(&office, &path, json!([{ "place": DOUBLE, "make": true }])).await.expect(200);
    let applied = house.apply(&office, &path, false).await.expect(200).json();
    assert_eq!((&applied["new_roles"], &applied["new_role_list"]), (&json!(2), &roles), "also afterwards");
    // Whoever is known gets a role by confirming the row.
    let (view, _) = house.check(&office, &rows).await;
    assert_eq!(
        (&view["new_unit_list"], &view["new_roles"], &view["to_confirm"]),
        (&json!([]), &json!(0), &json!(0))
    );
});

on_both_databases!(a_province_under_another_name_is_a_likely_double, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (_, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let administrator = house.administrator().await;
    let row = |name, phone, province| [name, phone, "", "", province, "", "", "", ""];
    let rows = [row("何秀兰", "16000001001", "青海省"), row("李芳", "16000001002", "甘肃")];
    let (view, _) = house.check(&administrator, &rows).await;
    // What is to be decided comes first.
    let named =
        |at: usize| (view["new_unit_list"][at]["place"].clone(), view["new_unit_list"][at]["like"].clone());
    let standing = json!([{ "id": units.province, "place": "甘肃省" }]);
    assert_eq!([named(0), named(1)], [(json!("甘肃"), standing), (json!("青海省"), json!([]))]);
});

on_both_databases!(what_hidden_rows_would_make_is_named_once_they_are_taken, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let good = good();
    for (row, cells) in (0..).zip([&HEADINGS, &good[0], &LEAD]) {
        sheet.write_row(row, 0, cells.iter().copied()).expect("cells");
    }
    sheet.set_row_hidden(2).expect("a row");
    let unseen = book.add_worksheet().set_name("旧名单").expect("a name").set_hidden(true);
    unseen.write_row(0, 0, LEAD).expect("cells");
    let bytes = book.save_to_buffer().expect("a workbook");
    let view = house.upload(&office, &bytes, "zh-CN").await.expect(201).json();
    assert_eq!((&view["new_roles"], &view["new_units"]), (&json!(0), &json!(1)));
    assert_eq!((&view["hidden_sheets"], &view["unread_sheets"]), (&json!(["旧名单"]), &json!([])));
    let path = format!("/api/v1/roster-imports/{}/hidden-rows", view["id"].as_str().expect("an id"));
    let view = house.app.as_person(&office).put(&path, json!({ "taken": true })).await.expect(200).json();
    assert_eq!(view["new_role_list"], json!([{ "row": 3, "role": "training_lead", "place": "甘肃省" }]));
    assert_eq!(view["new_unit_list"].as_array().map(Vec::len), Some(1));
    assert_eq!(view["hidden_sheets"], json!(["旧名单"]), "what was seen in the file stays");
});

on_both_databases!(what_the_sheet_spoilt_of_a_number_is_masked, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut rows = good();
    rows[0][2] = "6.2990019800501E+17";
    let (_, path) = house.check(&office, &rows).await;
    let rows = house.app.as_person(&office).get(&format!("{path}/rows?limit=1")).await.expect(200).json();
    assert_eq!(rows["items"][0]["cells"]["identity_number"], "6299**************");
    assert_eq!(rows["items"][0]["errors"][0]["code"], "rounded");
});

on_both_databases!(a_list_of_links_says_where_people_belong_and_until_when, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    let desk = house.app.as_person(&office);
    let list = desk.post(&format!("{path}/first-use-links"), json!({})).await.expect(200);
    let mut book = Xlsx::new(std::io::Cursor::new(list.bytes)).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("its cells");
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[1][1], "甘肃省 · 通渭县 · 青石湾镇中心小学 · 柳树坪教学点");
    let phones: Vec<&str> = rows[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(phones, ["16000001001", "16000001002", "16000001003"], "what each of them signs in with");
    let ends = house.count("select count(*) as value from first_use_links").await;
    assert_eq!(ends, 3);
    let mut conn = house.bed.db().read().await.expect("a reader");
    let ends: Timestamp = storage::sql("select max(expires_at) as value from first_use_links")
        .one(&mut conn)
        .await
        .expect("an end");
    let zone = TimeZone::parse(TimeZone::SHANGHAI).expect("a zone");
    assert_eq!(
        rows[1][5],
        Text::of_minute(ends, &zone).zh,
        "on the clocks of the country, as people write it"
    );
});

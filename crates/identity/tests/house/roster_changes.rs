//! What a roster would change of known people is shown and asked first, and what it holds besides is told.

use http::StatusCode;
use kernel::Role;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::rosters::{HEADINGS, good};
use crate::support::House;

/// A roster as somebody made it who did not begin with the template.
fn made(headings: &[&str], rows: &[&[&str]], more: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&headings).chain(rows)) {
        sheet.write_row(row, 0, cells.iter().copied()).expect("cells");
    }
    more(sheet);
    book.save_to_buffer().expect("a workbook")
}

async fn taken_in(house: &House, by: &TestPerson, bytes: &[u8]) -> (Value, String) {
    let view = house.upload(by, bytes, "zh-CN").await.expect(201).json();
    let path = format!("/api/v1/roster-imports/{}", view["id"].as_str().expect("an id"));
    (view, path)
}

async fn told_of_rows(house: &House, by: &TestPerson, path: &str) -> Vec<Value> {
    let rows = house.app.as_person(by).get(&format!("{path}/rows?limit=200")).await.expect(200).json();
    rows["items"].as_array().expect("rows").clone()
}

fn codes(row: &Value) -> Vec<&str> {
    row["errors"].as_array().expect("errors").iter().filter_map(|error| error["code"].as_str()).collect()
}

/// An office with the three people of the good roster.
async fn furnished(bed: TestBed) -> (House, TestPerson) {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    (house, office)
}

async fn place_of(house: &House, by: &TestPerson, name: &str) -> Value {
    let found = house.app.as_person(by).get(&format!("/api/v1/people?name={name}")).await.expect(200).json();
    found["items"][0]["org_unit"]["name"].clone()
}

on_both_databases!(changes_of_known_people_are_shown_and_asked_first, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let mut changed = good();
    changed[0][0] = "何秀岚";
    changed[0][1] = "16000009999";
    changed[1][7] = "杏树湾教学点";
    changed[2][3] = "女";
    let (view, path) = house.check(&office, &changed).await;
    assert_eq!((&view["changed"], &view["to_confirm"]), (&json!(3), &json!(2)));
    let shown = told_of_rows(&house, &office, &path).await;
    let asked = house
        .app
        .as_person(&office)
        .get(&format!("{path}/rows?only_to_confirm=true"))
        .await
        .expect(200)
        .json();
    assert_eq!(asked["items"], json!([shown[0], shown[1]]));
    assert_eq!(
        shown[0]["changes"],
        json!([
            { "field": "name", "from": "何秀兰", "to": "何秀岚" },
            { "field": "phone", "from": "160****1001", "to": "160****9999" },
        ])
    );
    assert_eq!(
        shown[1]["changes"],
        json!([{
            "field": "org_unit",
            "from": "甘肃省 · 通渭县 · 青石湾镇中心小学 · 柳树坪教学点",
            "to": "甘肃省 · 通渭县 · 青石湾镇中心小学 · 杏树湾教学点",
        }])
    );
    assert_eq!(shown[2]["changes"], json!([{ "field": "gender", "from": "male", "to": "female" }]));

    let refused = house.apply(&office, &path, true).await;
    let refused = refused.expect_problem(StatusCode::CONFLICT, "roster.changes_unconfirmed").json();
    assert_eq!(refused["extra"]["changes"], 2);
    assert!(refused["title"].as_str().is_some_and(|title| title.contains("2 位已登记人员")), "{refused}");
    assert_eq!(place_of(&house, &office, "李芳").await, "柳树坪教学点");
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);
    assert_eq!(place_of(&house, &office, "何秀岚").await, "柳树坪教学点");
    assert_eq!(place_of(&house, &office, "李芳").await, "杏树湾教学点");
    // What the rows changed stays on the page of the import.
    assert_eq!(told_of_rows(&house, &office, &path).await[0]["changes"][0]["to"], "何秀岚");

    // The same once more changes nothing and asks nothing.
    let (view, path) = house.check(&office, &changed).await;
    assert_eq!((&view["changed"], &view["to_confirm"]), (&json!(3), &json!(0)));
    assert!(told_of_rows(&house, &office, &path).await.iter().all(|row| row["changes"] == json!([])));
    house.apply(&office, &path, false).await.expect(200);
});

on_both_databases!(only_what_was_shown_is_confirmed, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let (mut first, mut second) = (good(), good());
    first[1][7] = "杏树湾教学点";
    second[1][7] = "黄土梁教学点";
    let (_, earlier) = house.check(&office, &first).await;
    let (_, later) = house.check(&office, &second).await;
    house.apply_as(&office, &later, json!({ "confirm_changes": true })).await.expect(200);
    let stale = house.apply_as(&office, &earlier, json!({ "confirm_changes": true })).await;
    stale.expect_problem(StatusCode::CONFLICT, "roster.check_again");
    assert_eq!(place_of(&house, &office, "李芳").await, "黄土梁教学点");
});

on_both_databases!(a_rounded_number_replaces_nobody, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    // 0048 is somebody's number; as a number, a sheet keeps both as the same one.
    let head = ["姓名", "手机号", "身份证号", "省"];
    let rounded = |sheet: &mut Worksheet| {
        sheet.write_number(1, 2, 629_900_198_005_010_048_f64).expect("a cell");
    };
    let bytes = made(&head, &[&["乙新", "16000001009", "", "甘肃省"]], rounded);
    let (view, path) = taken_in(&house, &office, &bytes).await;
    assert_eq!(view["wrong"], 1);
    let row = told_of_rows(&house, &office, &path).await.remove(0);
    assert_eq!(
        (codes(&row), row["errors"][0]["column"].as_str()),
        (vec!["rounded"], Some("identity_number"))
    );
    assert!(row["errors"][0]["detail"].as_str().is_some_and(|text| text.contains("设为文本后重新填写")));
});

on_both_databases!(joined_cells_move_nobody, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let rows_of = |unit: &'static str| {
        good().map(|mut row| {
            (row[5], row[6], row[7], row[8]) = ("通渭县", "青石湾镇中心小学", unit, "");
            row
        })
    };
    let (_, path) = house.check(&office, &rows_of("柳树坪教学点")).await;
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);

    let texts = rows_of("");
    let lines: Vec<&[&str]> = texts.iter().map(<[&str; 9]>::as_slice).collect();
    let down = |sheet: &mut Worksheet| {
        sheet.merge_range(1, 6, 3, 6, "青石湾镇中心小学", &Format::new()).expect("a merge");
        sheet.merge_range(1, 7, 3, 7, "柳树坪教学点", &Format::new()).expect("a merge");
    };
    let (view, _) = taken_in(&house, &office, &made(&HEADINGS, &lines, down)).await;
    assert_eq!((&view["wrong"], &view["to_confirm"]), (&json!(0), &json!(0)), "{view}");
    let across = |sheet: &mut Worksheet| {
        sheet.merge_range(1, 6, 1, 7, "青石湾镇中心小学", &Format::new()).expect("a merge");
        sheet.write_formula(2, 7, "VLOOKUP(1,A1:B2,2,0)").expect("a formula");
    };
    let (view, path) = taken_in(&house, &office, &made(&HEADINGS, &lines, across)).await;
    let shown = told_of_rows(&house, &office, &path).await;
    assert_eq!(codes(&shown[0]), ["joined"]);
    // Of the two without a teaching point none goes up to the school unasked.
    assert_eq!(view["to_confirm"], 2, "{view}");
});

on_both_databases!(a_shorter_path_is_a_move_and_is_asked, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let bytes = made(&["姓名", "手机号", "省"], &[&["李芳", "16000001002", "甘肃省"]], |_| ());
    let (view, path) = taken_in(&house, &office, &bytes).await;
    assert_eq!(view["to_confirm"], 1);
    house
        .apply(&office, &path, false)
        .await
        .expect_problem(StatusCode::CONFLICT, "roster.changes_unconfirmed");
    assert_eq!(place_of(&house, &office, "李芳").await, "柳树坪教学点");
});

on_both_databases!(what_was_not_read_is_told, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    house.province("甘肃省", Role::ProvincialOffice).await;
    let mut book = Workbook::new();
    let head = [
        "序号",
        "教师姓名",
        "手机号码",
        "身份证号码",
        "省份",
        "市州",
        "县区",
        "中心校",
        "教学点名称",
        "备注",
    ];
    let row = [
        "1",
        "王　强",
        "\u{202d}16000920001\u{202c}",
        "",
        "甘肃",
        "定西市",
        "通渭县",
        "青石湾镇中心小学",
        "柳树坪教学点",
        "x",
    ];
    let sheet = book.add_worksheet().set_name("通渭县").expect("a name");
    sheet.write_row(0, 0, head).expect("cells");
    sheet.write_row(1, 0, row).expect("cells");
    book.add_worksheet().set_name("陇西县").expect("a name").write_string(0, 0, "x").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let (view, path) = taken_in(&house, &administrator, &bytes).await;
    assert_eq!(view["unread_columns"], json!(["序号", "备注"]));
    assert_eq!(view["unread_sheets"], json!(["陇西县"]));
    assert_eq!(view["new_provinces"], json!(["甘肃"]), "a slip: there is 甘肃省");
    house.decide(&administrator, &path, json!([{ "place": "甘肃", "make": true }])).await.expect(200);
    house.apply(&administrator, &path, false).await.expect(200);
    assert_eq!(place_of(&house, &administrator, "王强").await, "柳树坪教学点");
});

on_both_databases!(names_are_kept_alike_however_they_are_entered, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let body = json!({ "name": "王　\u{200b}强", "phone": "16000001001", "org_unit_id": units.school });
    let id = desk.post("/api/v1/people", body).await.expect(201).json()["id"].clone();
    let found = desk.get("/api/v1/people?name=王%20强").await.expect(200).json();
    assert_eq!((&found["items"][0]["id"], &found["items"][0]["name"]), (&id, &json!("王强")));
    let (view, _) = house.check(&office, &[["王 强", "16000001001", "", "", "甘肃省", "", "", "", ""]]).await;
    assert_eq!((&view["changed"], &view["wrong"]), (&json!(1), &json!(0)), "{view}");
});

on_both_databases!(one_form_of_a_name_at_every_door, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let body = json!({ "name": "'吐尔逊•买买提", "phone": "\u{202d}160 0000 1001\u{202c}", "org_unit_id": units.school,
                       "subject": " 全科\u{200b}", "professional_title": "一级　教师" });
    let person = desk.post("/api/v1/people", body).await.expect(201).json();
    assert_eq!(person["name"], "吐尔逊·买买提");
    assert_eq!((&person["subject"], &person["professional_title"]), (&json!("全科"), &json!("一级 教师")));
    for sought in
        ["吐尔逊•买买提", "吐尔逊・买买提", "吐尔逊.买买提", "'16000001001", "\u{202d}16000001001", "吐尔逊"]
    {
        let sought = sought.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
        let found = desk.get(&format!("/api/v1/people?name={sought}")).await.expect(200).json();
        assert_eq!(found["items"][0]["id"], person["id"], "{sought}");
    }
    let rows =
        [["吐尔逊‧买买提", "'１６００００01001", "", "", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""]];
    let (view, _) = house.check(&office, &rows).await;
    assert_eq!(
        (&view["changed"], &view["to_confirm"], &view["wrong"]),
        (&json!(1), &json!(0), &json!(0)),
        "{view}"
    );
    let unit =
        json!({ "parent_id": units.county, "level": "central_school", "name": "北城　铺镇中心小学(新)" });
    let unit = desk.post("/api/v1/org-units", unit).await.expect(201).json();
    assert_eq!(unit["name"], "北城铺镇中心小学（新）");
});

on_both_databases!(what_no_font_has_is_refused_at_every_door, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let person = json!({ "name": "李\u{e863}", "phone": "16000001001", "org_unit_id": units.school });
    let unit = json!({ "parent_id": units.county, "level": "teaching_point", "name": "⿰氵每湾教学点" });
    for (path, body) in [("/api/v1/people", person), ("/api/v1/org-units", unit)] {
        let refused =
            desk.post(path, body).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
        let refused = refused.json();
        assert_eq!(
            (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
            (&json!("/name"), &json!("unprintable"))
        );
    }
    let rows = [["李\u{e863}", "16000001001", "", "", "甘肃省", "", "", "", ""]];
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!(view["wrong"], 1);
    let rows = told_of_rows(&house, &office, &path).await;
    assert_eq!(codes(&rows[0]), ["unprintable"]);
    assert!(rows[0]["errors"][0]["detail"].as_str().is_some_and(|text| text.contains("标准字是“䶮”")));
});

on_both_databases!(a_joined_cell_makes_nobody_head_of_a_city, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let heads = "select count(*) as value from grants where role = 'school_head'";
    // The second of two rows whose school was joined, and lost in the copying.
    let row = ["李芳", "16000001002", "", "", "甘肃省", "通渭县", "", "", "中心校负责人"];
    let (view, path) = house.check(&office, &[row]).await;
    assert_eq!((&view["wrong"], &view["new_roles"]), (&json!(1), &json!(0)));
    assert_eq!(codes(&told_of_rows(&house, &office, &path).await[0]), ["role_level"]);
    let desk = house.app.as_person(&office);
    let body = json!({ "name": "李芳", "phone": "16000001002", "org_unit_id": units.county });
    let person = desk.post("/api/v1/people", body).await.expect(201).json()["id"].clone();
    let over = |unit: kernel::id::OrgUnitId| json!({ "person_id": person, "role": "school_head", "org_unit_id": unit });
    for unit in [units.province, units.county] {
        let refused = desk.post("/api/v1/grants", over(unit)).await;
        let refused = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "grant.wrong_kind").json();
        assert_eq!(refused["errors"][0]["pointer"], "/org_unit_id");
    }
    assert_eq!(house.count(heads).await, 0);
    desk.post("/api/v1/grants", over(units.school)).await.expect(201);
});

on_both_databases!(nobody_has_the_number_of_the_unborn, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let number = "629900203005010025";
    let person = json!({ "name": "李芳", "identity_number": number, "org_unit_id": units.school });
    let refused = desk.post("/api/v1/people", person).await;
    let refused = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "person.born_at_no_time").json();
    assert_eq!(refused["errors"][0]["pointer"], "/identity_number");
    let (_, path) = house.check(&office, &[["李芳", "", number, "", "甘肃省", "", "", "", ""]]).await;
    assert_eq!(codes(&told_of_rows(&house, &office, &path).await[0]), ["birth_date"]);
});

on_both_databases!(a_role_is_a_change_like_another_name, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let heads = "select count(*) as value from grants where role = 'school_head'";
    let mut named = good();
    named[1][8] = "教学点负责人";
    let (view, path) = house.check(&office, &named).await;
    assert_eq!(view["to_confirm"], 1, "{view}");
    let shown = told_of_rows(&house, &office, &path).await;
    assert_eq!(shown[1]["changes"], json!([{ "field": "role", "from": null, "to": "school_head" }]));
    // Who has the role already is given nothing.
    assert_eq!(shown[2]["changes"], json!([]));
    house
        .apply(&office, &path, false)
        .await
        .expect_problem(StatusCode::CONFLICT, "roster.changes_unconfirmed");
    assert_eq!(house.count(heads).await, 1);
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);
    assert_eq!(house.count(heads).await, 2);

    // Another role over the same unit stands beside the first; the same sheet once more asks nothing.
    let (view, _) = house.check(&office, &named).await;
    assert_eq!(view["to_confirm"], 0);
    named[1][8] = "项目负责人";
    let (_, path) = house.check(&office, &named).await;
    let shown = told_of_rows(&house, &office, &path).await;
    assert_eq!(
        shown[1]["changes"],
        json!([{ "field": "role", "from": "school_head", "to": "school_head training_lead" }])
    );
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);

    // A role over a unit that the roster makes is one too.
    named[0][7] = "杏树湾教学点";
    named[0][8] = "教学点负责人";
    let (_, path) = house.check(&office, &named).await;
    let shown = told_of_rows(&house, &office, &path).await;
    assert_eq!(shown[0]["changes"][1], json!({ "field": "role", "from": null, "to": "school_head" }));
});

on_both_databases!(a_role_given_meanwhile_is_checked_again, |bed: TestBed| async move {
    let (house, office) = furnished(bed).await;
    let mut named = good();
    named[1][8] = "教学点负责人";
    let (_, earlier) = house.check(&office, &named).await;
    named[1][8] = "项目负责人";
    let (_, later) = house.check(&office, &named).await;
    house.apply_as(&office, &later, json!({ "confirm_changes": true })).await.expect(200);
    let stale = house.apply_as(&office, &earlier, json!({ "confirm_changes": true })).await;
    stale.expect_problem(StatusCode::CONFLICT, "roster.check_again");
});

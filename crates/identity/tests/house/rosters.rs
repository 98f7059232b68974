//! Rosters: checked without a trace, applied whole or in the good rows, nobody doubled, links handed out once.

use axum::body::Body;
use http::{Request, StatusCode};
use identity::vault::Vault;
use identity::{Identity, RosterReader};
use kernel::Role;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use testkit::{Answered, TestApp, TestBed, TestPerson, on_both_databases};

use crate::support::House;

pub const HEADINGS: [&str; 9] =
    ["姓名", "手机号", "身份证号", "性别", "省", "县", "中心校", "教学点", "角色"];
const PEOPLE: &str = "select count(*) as value from people";

pub fn workbook(rows: &[[&str; 9]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&HEADINGS).chain(rows)) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

pub fn good() -> [[&'static str; 9]; 3] {
    [
        [
            "何秀兰",
            "16000001001",
            "629900198005010021",
            "女",
            "甘肃省",
            "通渭县",
            "青石湾镇中心小学",
            "柳树坪教学点",
            "",
        ],
        ["李芳", "16000001002", "", "女", "甘肃省", "通渭县", "青石湾镇中心小学", "柳树坪教学点", "学员"],
        ["常耀东", "16000001003", "", "男", "甘肃省", "渭源县", "上沟川镇中心小学", "", "中心校负责人"],
    ]
}

async fn send(app: &TestApp, by: &TestPerson, bytes: &[u8], lang: &str, key: &str) -> Answered {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\xE5\x90\x8D\xE5\x8D\x95.xlsx\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = Request::post("/api/v1/roster-imports")
        .header("authorization", format!("Bearer {}", by.token))
        .header("accept-language", lang)
        .header("idempotency-key", key)
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .expect("a request");
    app.send(request).await
}

impl House {
    pub async fn upload(&self, by: &TestPerson, bytes: &[u8], lang: &str) -> Answered {
        let key: kernel::id::JobId = self.bed.ambient.new_id();
        send(&self.app, by, bytes, lang, &key.to_string()).await
    }
    pub async fn check(&self, by: &TestPerson, rows: &[[&str; 9]]) -> (Value, String) {
        let view = self.upload(by, &workbook(rows), "zh-CN").await.expect(201).json();
        let path = format!("/api/v1/roster-imports/{}", view["id"].as_str().expect("an id"));
        (view, path)
    }
    /// The same with a column for the city, which is the same in all rows.
    pub async fn check_with_city(&self, by: &TestPerson, city: &str, rows: &[[&str; 9]]) -> (Value, String) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0..).zip(std::iter::once(&HEADINGS).chain(rows)) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
            sheet.write_string(row, 9, if row == 0 { "市" } else { city }).expect("a cell");
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let view = self.upload(by, &bytes, "zh-CN").await.expect(201).json();
        let path = format!("/api/v1/roster-imports/{}", view["id"].as_str().expect("an id"));
        (view, path)
    }
    pub async fn apply(&self, by: &TestPerson, path: &str, good_rows_only: bool) -> Answered {
        self.apply_as(by, path, json!({ "good_rows_only": good_rows_only })).await
    }
    pub async fn apply_as(&self, by: &TestPerson, path: &str, agreed: Value) -> Answered {
        self.app.as_person(by).post(&format!("{path}/apply"), agreed).await
    }
}

on_both_databases!(a_good_roster_is_checked_then_imported, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let before = house.count(PEOPLE).await;
    let (view, path) = house.check(&office, &good()).await;
    assert_eq!(view["file_name"], "名单.xlsx");
    assert_eq!(
        (&view["state"], &view["rows"], &view["new"], &view["wrong"], &view["new_units"]),
        (&json!("checked"), &json!(3), &json!(3), &json!(0), &json!(3))
    );
    assert_eq!(house.count(PEOPLE).await, before, "a dry run imports nobody");
    assert_eq!(house.count("select count(*) as value from org_units").await, 3);

    let applied = house.apply(&office, &path, false).await.expect(200).json();
    assert_eq!(applied["state"], "applied");
    assert_eq!(house.count(PEOPLE).await, before + 3);
    assert_eq!(house.count("select count(*) as value from org_units").await, 6);
    assert_eq!(house.count("select count(*) as value from grants where role = 'school_head'").await, 1);
    let found = house.app.as_person(&office).get("/api/v1/people?name=16000001001").await.expect(200).json();
    assert_eq!(
        (&found["items"][0]["name"], &found["items"][0]["org_unit"]["name"]),
        (&json!("何秀兰"), &json!("柳树坪教学点"))
    );
    house.apply(&office, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.already_applied");
    assert_eq!(house.audited("identity.roster_applied").await, 1);
});

on_both_databases!(a_roster_that_was_answered_is_not_read_again, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (file, key) = (workbook(&good()), "the same upload");
    let first = send(&house.app, &office, &file, "zh-CN", key).await.expect(201);
    // Of another process, whose reader of workbooks is gone.
    let (db, vault) = (house.bed.db().clone(), Vault::open_or_make(house.keys()).expect("the keys"));
    let reads_nothing = RosterReader::child("/dev/null/nowhere");
    let identity =
        Identity::with_reader(db, house.bed.ambient.clone(), vault, "http://localhost:8080", reads_nothing);
    let app = house.bed.serve(identity::router(house.bed.platform(), house.hub.clone(), identity));
    send(&app, &office, &file, "zh-CN", "another upload")
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.unsafe");
    assert_eq!(send(&app, &office, &file, "zh-CN", key).await.expect(201).bytes, first.bytes);
});

on_both_databases!(known_people_are_updated_and_never_doubled, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    let before = house.count(PEOPLE).await;
    let mut rows = good();
    rows[0][1] = "16000009999"; // known by the identity number: a new phone
    rows[0][0] = "何秀岚";
    rows[1][7] = "杏树湾教学点"; // known by the phone: moved
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!(
        (&view["new"], &view["changed"], &view["new_units"]),
        (&json!(0), &json!(3), &json!(1)),
        "{view}"
    );
    house.apply_as(&office, &path, json!({ "confirm_changes": true })).await.expect(200);
    assert_eq!(house.count(PEOPLE).await, before);
    let found = house.app.as_person(&office).get("/api/v1/people?name=16000009999").await.expect(200).json();
    assert_eq!(found["items"][0]["name"], "何秀岚");
});

on_both_databases!(wrong_rows_are_told_and_import_nothing_unless_asked, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let before = house.count(PEOPLE).await;
    let mut rows = good().to_vec();
    rows.push(["", "123", "1", "?", "甘肃省", "", "", "", "皇帝"]);
    rows.push(["重复", "160-0000-1001", "", "", "甘肃省", "", "", "", ""]);
    rows.push(["外省人", "16000001006", "", "", "青海省", "", "", "", ""]);
    rows.push(["越权", "16000001007", "", "", "甘肃省", "", "", "", "省级主管部门"]);
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!((&view["rows"], &view["wrong"]), (&json!(7), &json!(4)));
    let desk = house.app.as_person(&office);
    let wrong = desk.get(&format!("{path}/rows?only_wrong=true")).await.expect(200).json();
    let told: Vec<(i64, Vec<&str>)> = wrong["items"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            let codes = row["errors"]
                .as_array()
                .expect("errors")
                .iter()
                .map(|e| e["code"].as_str().unwrap_or_default());
            (row["row"].as_i64().unwrap_or_default(), codes.collect())
        })
        .collect();
    assert_eq!(
        told,
        [
            (5, vec!["phone", "identity_number", "gender", "role", "required"]),
            (6, vec!["repeated"]),
            (7, vec!["outside"]),
            (8, vec!["not_yours"]),
        ]
    );
    let english = desk
        .in_english()
        .get(&format!("{path}/rows?only_wrong=true&limit=1&after=5"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&english["items"][0]["errors"][0]["detail"], &english["next"]),
        (&json!("This repeats row 2."), &json!("6"))
    );
    let desk = house.app.as_person(&office);
    let first = desk.get(&format!("{path}/rows?limit=1")).await.expect(200).json();
    assert_eq!(first["items"][0]["cells"]["phone"], "160****1001", "what is right is masked");

    let refused =
        house.apply(&office, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.has_errors");
    assert_eq!(refused.json()["extra"]["wrong"], 4);
    assert_eq!(house.count(PEOPLE).await, before, "nothing changed");
    let file = desk.get(&format!("{path}/errors.xlsx")).await.expect(200);
    assert!(file.bytes.starts_with(b"PK"));
    assert!(
        file.headers["content-disposition"].to_str().expect("ASCII").starts_with("attachment; filename=")
    );
    let applied = house.apply(&office, &path, true).await.expect(200).json();
    assert_eq!((&applied["new"], &applied["wrong"]), (&json!(3), &json!(4)));
    assert_eq!(house.count(PEOPLE).await, before + 3);
});

on_both_databases!(the_world_may_change_between_check_and_import, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, units) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    let body = json!({ "name": "别人", "phone": "16000001002", "org_unit_id": units.school });
    house.app.as_person(&office).post("/api/v1/people", body).await.expect(201);
    let before = house.count(PEOPLE).await;
    house.apply(&office, &path, false).await.expect_problem(StatusCode::CONFLICT, "roster.has_errors");
    assert_eq!(
        (house.count(PEOPLE).await, house.count("select count(*) as value from org_units").await),
        (before, 3)
    );
    let state = house.app.as_person(&office).get(&path).await.expect(200).json();
    assert_eq!(state["state"], "checked", "it can be applied later");
});

on_both_databases!(what_is_no_roster_has_a_name_in_both_languages, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "hello").expect("a cell");
    let mut unclear = Workbook::new();
    unclear.add_worksheet().write_row(0, 0, ["姓名", "手机号", "省", "学校"]).expect("cells");
    let many: Vec<[&str; 9]> = vec![["x", "", "", "", "y", "", "", "", ""]; 2_001];
    for (bytes, code) in [
        (b"%PDF-1.7 not a workbook".to_vec(), "roster.not_xlsx"),
        (b"PK\x03\x04 broken".to_vec(), "roster.not_xlsx"),
        ("姓名,手机号,省\n".as_bytes().to_vec(), "roster.not_xlsx"),
        (unclear.save_to_buffer().expect("a workbook"), "roster.heading_unclear"),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "roster.old_or_locked"),
        (other.save_to_buffer().expect("a workbook"), "roster.headings_missing"),
        (workbook(&[]), "roster.empty"),
        (workbook(&many), "roster.too_many_rows"),
        (vec![0; 2 * 1024 * 1024 + 1], "roster.too_large"),
        (vec![0; 3 * 1024 * 1024], "roster.too_large"),
    ] {
        let zh = house
            .upload(&office, &bytes, "zh-CN")
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code);
        let en =
            house.upload(&office, &bytes, "en").await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code);
        let (zh, en) = (zh.json()["title"].clone(), en.json()["title"].clone());
        assert!(
            zh != en && en.as_str().is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic())),
            "{zh} {en}"
        );
    }
    assert_eq!(house.count("select count(*) as value from roster_imports").await, 0, "nothing is kept");
});

on_both_databases!(rosters_are_their_importers_business, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (other, _) = house.province("青海省", Role::ProvincialOffice).await;
    let (view, path) = house.check(&office, &good()).await;
    let stranger = house.app.as_person(&other);
    for path in [path.clone(), format!("{path}/rows"), format!("{path}/errors.xlsx")] {
        stranger.get(&path).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
    house.apply(&other, &path, true).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    stranger
        .post(&format!("{path}/first-use-links"), json!({}))
        .await
        .expect_problem(StatusCode::NOT_FOUND, "not_found");
    let administrator = house.administrator().await;
    let all = house.app.as_person(&administrator).get("/api/v1/roster-imports").await.expect(200).json();
    assert_eq!(all["items"][0]["id"], view["id"]);
    let none = stranger.get("/api/v1/roster-imports").await.expect(200).json();
    assert_eq!(none["items"], json!([]));
    let teacher = house.bed.person("教师", &[]).await;
    house
        .upload(&teacher, &workbook(&good()), "zh-CN")
        .await
        .expect_problem(StatusCode::FORBIDDEN, "access.denied");
    let template = house.app.as_person(&office).get("/api/v1/roster-template.xlsx").await.expect(200);
    assert!(template.bytes.starts_with(b"PK"));
    let untouched = house.upload(&office, &template.bytes, "zh-CN").await;
    untouched.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "roster.empty");
});

on_both_databases!(examples_of_the_template_are_named_and_never_applied, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let before = (house.count(PEOPLE).await, house.count("select count(*) as value from org_units").await);
    let copied = [
        ["何秀兰（示例）", "16099990001", "", "女", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""],
        ["何秀兰", "16099990001", "", "女", "示例省", "示例县", "示例镇中心小学", "", ""],
    ];
    let (view, path) = house.check(&office, &copied).await;
    assert_eq!((&view["wrong"], &view["new_units"]), (&json!(2), &json!(0)), "{view}");
    let rows = house.app.as_person(&office).get(&format!("{path}/rows")).await.expect(200).json();
    for row in rows["items"].as_array().expect("rows") {
        assert_eq!(row["errors"][0]["code"], "example", "{row}");
    }
    house.apply(&office, &path, true).await;
    let after = (house.count(PEOPLE).await, house.count("select count(*) as value from org_units").await);
    assert_eq!(after, before);
});

on_both_databases!(links_are_handed_out_once, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let desk = house.app.as_person(&office);
    let (_, path) = house.check(&office, &good()).await;
    let links = format!("{path}/first-use-links");
    desk.post(&links, json!({})).await.expect_problem(StatusCode::CONFLICT, "roster.not_applied");
    house.apply(&office, &path, false).await.expect(200);
    let first = desk.post(&links, json!({})).await.expect(200);
    assert!(first.bytes.starts_with(b"PK"));
    assert_eq!(house.count("select count(*) as value from first_use_links").await, 3);
    desk.post(&links, json!({})).await.expect_problem(StatusCode::CONFLICT, "roster.links_taken");
    desk.post(&links, json!({ "again": true })).await.expect(200);
    assert_eq!(
        house.count("select count(*) as value from first_use_links").await,
        3,
        "the first list is void"
    );
    assert_eq!(house.audited("identity.first_use_links_handed_out").await, 2);
});

on_both_databases!(an_administrator_brings_the_first_province_in, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let administrator = house.administrator().await;
    let mut rows = good().to_vec();
    rows.push(["省厅", "16000001010", "", "", "甘肃省", "", "", "", "省级主管部门"]);
    rows.push(["宋玉梅", "16000001011", "", "女", "甘肃省", "", "", "", "项目负责人"]);
    let (view, path) = house.check(&administrator, &rows).await;
    assert_eq!((&view["wrong"], &view["new_units"]), (&json!(0), &json!(6)), "{view}");
    house.apply(&administrator, &path, false).await.expect(200);
    assert_eq!(house.count("select count(*) as value from org_units where parent_id is null").await, 1);
    assert_eq!(house.count("select count(*) as value from grants where scope_kind = 'org_unit'").await, 3);
});

on_both_databases!(two_thousand_rows_go_in_together, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let texts: Vec<(String, String)> =
        (0..2_000).map(|n| (format!("教师{n}"), format!("1600001{n:04}"))).collect();
    let rows: Vec<[&str; 9]> = texts
        .iter()
        .map(|(name, phone)| {
            [name.as_str(), phone.as_str(), "", "", "甘肃省", "通渭县", "青石湾镇中心小学", "", ""]
        })
        .collect();
    let (view, path) = house.check(&office, &rows).await;
    assert_eq!((&view["rows"], &view["wrong"]), (&json!(2_000), &json!(0)));
    house.apply(&office, &path, false).await.expect(200);
    let people = house.app.as_person(&office).get("/api/v1/people?limit=200").await.expect(200).json();
    assert_eq!(people["items"].as_array().map(Vec::len), Some(200));
    assert_eq!(house.count(PEOPLE).await, 2_001);
});

/// What a roster's rows say, by the code of their errors.
async fn codes(house: &House, by: &TestPerson, path: &str) -> Vec<String> {
    let rows = house.app.as_person(by).get(&format!("{path}/rows?limit=200")).await.expect(200).json();
    let rows = rows["items"].as_array().expect("rows").clone();
    let code = |row: &Value| row["errors"][0]["code"].as_str().unwrap_or_default().to_owned();
    rows.iter().map(code).collect()
}

on_both_databases!(of_people_elsewhere_a_row_says_one_thing, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (other, _) = house.province("青海省", Role::ProvincialOffice).await;
    let (_, path) = house.check(&office, &good()).await;
    house.apply(&office, &path, false).await.expect(200);
    let row = |name, phone, number| [name, phone, number, "", "青海省", "通渭县", "", "", ""];
    let (_, path) = house
        .check(
            &other,
            &[
                row("何秀兰", "16000001001", ""),
                row("猜的名字", "16000001002", ""),
                row("猜的名字", "", "629900198005010021"),
                row("何秀兰", "16000001003", "629900198005010048"),
                row("何秀兰", "16000007777", ""),
            ],
        )
        .await;
    let told = codes(&house, &other, &path).await;
    assert_eq!(told[..4], ["elsewhere"; 4]);
    assert_eq!(told[4], "");
    // The reach is asked first, and the names and numbers of their own people are compared as before.
    let own = |name, phone| [name, phone, "", "", "甘肃省", "通渭县", "", "", ""];
    let (_, path) = house.check(&office, &[own("猜的名字", "16000001002")]).await;
    assert_eq!(codes(&house, &office, &path).await, ["name_differs"]);
});

on_both_databases!(nobody_searches_other_units_by_rosters, |bed: TestBed| async move {
    let house = House::build(bed).await;
    let (office, _) = house.province("甘肃省", Role::ProvincialOffice).await;
    let (other, units) = house.province("青海省", Role::ProvincialOffice).await;
    let phones: Vec<String> = (0..101).map(|n| format!("1600000{n:04}")).collect();
    let row = |phone, province| ["教师", phone, "", "", province, "通渭县", "", "", ""];
    let all: Vec<_> = phones.iter().map(|phone| row(phone.as_str(), "甘肃省")).collect();
    let (_, path) = house.check(&office, &all).await;
    house.apply(&office, &path, false).await.expect(200);

    // More than may be told is not told at all, and is on record.
    let guessed: Vec<_> = phones.iter().map(|phone| row(phone.as_str(), "青海省")).collect();
    let upload = house.upload(&other, &workbook(&guessed), "zh-CN").await;
    upload.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    assert_eq!(house.audited("identity.roster_refused").await, 1);
    assert_eq!(house.count("select count(*) as value from roster_imports").await, 1);

    // A few stay unnoticed, many are on record.
    house.check(&other, &guessed[..9]).await;
    assert_eq!(house.audited("identity.roster_named_many_elsewhere").await, 0);
    house.check(&other, &guessed[..90]).await;
    assert_eq!(house.audited("identity.roster_named_many_elsewhere").await, 1);

    // One at a time is the same question.
    let desk = house.app.as_person(&other);
    let body = json!({ "name": "教师", "phone": phones[0], "org_unit_id": units.school });
    desk.post("/api/v1/people", body.clone())
        .await
        .expect_problem(StatusCode::CONFLICT, "person.phone_taken");
    desk.post("/api/v1/people", body.clone())
        .await
        .expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    let upload = house.upload(&other, &workbook(&guessed[..1]), "zh-CN").await;
    let upload = upload.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
    assert_eq!(upload.headers["retry-after"], "3600");
    house.bed.clock.advance_seconds(3_600);
    desk.post("/api/v1/people", body).await.expect_problem(StatusCode::CONFLICT, "person.phone_taken");

    for _ in 0..20 {
        house.check(&other, &[row("16000008888", "青海省")]).await;
    }
    let upload = house.upload(&other, &workbook(&[row("16000008888", "青海省")]), "zh-CN").await;
    upload.expect_problem(StatusCode::TOO_MANY_REQUESTS, "person.too_many_elsewhere");
});

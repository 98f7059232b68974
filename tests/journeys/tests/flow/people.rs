//! People and places: the first administrator, the offices, and everybody of a roster, each by a one-time link of their own.

use serde_json::{Value, json};

use crate::client::{Person, Request, list, text};
use crate::refusals::{refused, told};
use crate::rosters;
use crate::server::Site;

pub const PASSWORD: &str = "daishui-chuanshan-2046";

/// Everybody of the journey, signed in.
pub struct People {
    pub administrator: Person,
    pub office: Person,
    /// The second officer: what one proposes the other confirms.
    pub colleague: Person,
    /// The office of another province.
    pub other_office: Person,
    pub lead: Person,
    pub head: Person,
    pub assistant: Person,
    pub expert: Person,
    /// Four teachers who will apply; the last will not get through the gate.
    pub teachers: Vec<Person>,
    /// A teacher who learns in another training.
    pub neighbour: Person,
    pub county: String,
}

/// Builds a province and lets everybody in.
pub async fn arrive(site: &Site) -> People {
    let administrator = first_administrator(site).await;
    let gansu = unit(&administrator, None, "province", "甘肃省").await;
    let qinghai = unit(&administrator, None, "province", "青海省").await;
    let city = unit(&administrator, Some(&gansu), "city", "定西市").await;
    let county = unit(&administrator, Some(&city), "county", "通渭县").await;
    let elsewhere = unit(&administrator, Some(&city), "county", "渭源县").await;
    let school = unit(&administrator, Some(&county), "central_school", "青石湾镇中心小学").await;

    let office = newcomer(site, &administrator, "韩正清", "16000000001", &gansu).await;
    let other_office = newcomer(site, &administrator, "马文静", "16000000002", &qinghai).await;
    name(&administrator, &office, "provincial_office", &gansu).await;
    name(&administrator, &other_office, "provincial_office", &qinghai).await;
    let colleague = newcomer(site, &administrator, "刘颖", "16000000006", &gansu).await;
    name(&administrator, &colleague, "provincial_office", &gansu).await;
    let lead = newcomer(site, &office, "宋玉梅", "16000000003", &county).await;
    let refusal = Request::post(
        "/api/v1/grants",
        json!({ "person_id": lead.id, "role": "training_lead", "org_unit_id": county }),
    );
    told(&other_office, &refusal, 422, "grant.no_such_person").await;
    name(&office, &lead, "training_lead", &county).await;
    // An expert from another county, so that not all experts are local.
    let expert = newcomer(site, &office, "周敏贤", "16000000004", &elsewhere).await;

    let head = newcomer(site, &office, "常耀东", "16000000005", &school).await;
    name(&office, &head, "school_head", &school).await;

    let mut imported = import_roster(site, &lead).await.into_iter();
    let mut next = || imported.next().expect("everybody got a link");
    let assistant = next();
    let teachers = vec![next(), next(), next(), next()];
    let neighbour = next();
    People {
        administrator,
        office,
        colleague,
        other_office,
        lead,
        head,
        assistant,
        expert,
        teachers,
        neighbour,
        county,
    }
}

/// `lingxue admin create` prints a link; the link sets a password, once.
pub async fn first_administrator(site: &Site) -> Person {
    let printed = site.run(&["admin", "create", "gao.zhiyuan", "--name", "高志远"]).await;
    let link = printed.lines().last().expect("a link");
    assert!(link.starts_with(&format!("http://{}/first-use?token=", site.address)), "{printed}");
    let mut administrator = enter(site, link).await;
    assert_eq!((administrator.name.as_str(), administrator.account.as_str()), ("高志远", "gao.zhiyuan"));

    // A link that was used opens nothing, and a session that ended proves nothing.
    let used = Request::post(
        "/api/v1/first-use",
        json!({ "token": token_of(link), "password": "another-good-password" }),
    );
    told(&site.nobody(), &used, 404, "first_use.no_such_link").await;
    let elsewhere = site.nobody().sign_in("gao.zhiyuan", PASSWORD).await;
    elsewhere.post("/api/v1/sign-out", json!({})).await.expect(204);
    told(&elsewhere, &Request::get("/api/v1/me"), 401, "sign_in.expired").await;
    let add = Request::post("/api/v1/org-units", json!({ "level": "province", "name": "假省" }));
    refused(&elsewhere, &add, 401, "sign_in.expired", (&administrator, "/api/v1/org-units")).await;
    told(&site.nobody(), &Request::get("/api/v1/me"), 401, "sign_in.required").await;

    administrator.refresh().await;
    let me = administrator.get("/api/v1/me").await.expect(200).json();
    assert_eq!(
        (me["places"].clone(), me["grants"][0]["role"].clone()),
        (json!(["office"]), json!("administrator"))
    );
    administrator
}

/// Opens an account by its one-time link and signs in.
async fn enter(site: &Site, link: &str) -> Person {
    let nobody = site.nobody();
    let token = token_of(link);
    let account = nobody.get(&format!("/api/v1/first-use/{token}")).await.expect(200).json();
    let weak = nobody.post("/api/v1/first-use", json!({ "token": token, "password": "12345678" })).await;
    weak.expect_problem(422, "first_use.weak_password");
    nobody.post("/api/v1/first-use", json!({ "token": token, "password": PASSWORD })).await.expect(204);
    nobody.sign_in(&text(&account["account_name"]), PASSWORD).await
}

fn token_of(link: &str) -> &str {
    link.split_once("?token=").expect("a link with a token").1
}

pub async fn unit(by: &Person, parent: Option<&str>, level: &str, name: &str) -> String {
    let body = json!({ "parent_id": parent, "level": level, "name": name });
    text(&by.post("/api/v1/org-units", body).await.expect(201).json()["id"])
}

/// Enters somebody by hand and hands them their link.
pub async fn newcomer(site: &Site, by: &Person, name: &str, phone: &str, unit: &str) -> Person {
    let body = json!({ "name": name, "phone": phone, "org_unit_id": unit });
    let id = text(&by.post("/api/v1/people", body).await.expect(201).json()["id"]);
    let path = format!("/api/v1/people/{id}/first-use-link");
    let link = text(&by.post(&path, json!({})).await.expect(201).json()["link"]);
    enter(site, &link).await;
    site.nobody().sign_in(phone, PASSWORD).await
}

pub async fn name(by: &Person, person: &Person, role: &str, unit: &str) {
    let body = json!({ "person_id": person.id, "role": role, "org_unit_id": unit });
    by.post("/api/v1/grants", body).await.expect(201);
}

const POINT: [(&str, &str); 5] = [
    ("省", "甘肃省"),
    ("市", "定西市"),
    ("县", "通渭县"),
    ("中心校", "青石湾镇中心小学"),
    ("教学点", "柳树坪教学点"),
];

/// The lead imports a roster of six good rows and a wrong one; everybody of the good rows gets in.
async fn import_roster(site: &Site, lead: &Person) -> Vec<Person> {
    let people = "/api/v1/people?limit=200";
    let template = lead.get("/api/v1/roster-template.xlsx").await.expect(200);
    let headings = rosters::read(&template.bytes).remove(0);
    for (file, code) in [
        (b"%PDF-1.7 a scan of a list".to_vec(), "roster.not_xlsx"),
        (
            rosters::fill(&["姓名".to_owned(), "备注".to_owned()], &[&[("姓名", "何秀兰")]]),
            "roster.headings_missing",
        ),
    ] {
        let upload = Request::upload("/api/v1/roster-imports", &[], "名单.xlsx", &file);
        refused(lead, &upload, 422, code, (lead, "/api/v1/roster-imports")).await;
    }

    let names = ["李婷", "何秀兰", "赵春生", "王小明", "马晓梅", "邓国华"];
    let phones: Vec<String> = (1..=names.len()).map(|n| format!("1600000100{n}")).collect();
    let mut rows = Vec::new();
    for (name, phone) in names.iter().zip(&phones) {
        let particulars = [
            ("姓名", *name),
            ("手机号", phone.as_str()),
            ("学科", "全科"),
            ("参加工作年份", "2008"),
            ("角色", "学员"),
        ];
        rows.push([&POINT[..], &particulars].concat());
    }
    // A number that is none, and a role that there is not.
    rows.push([&POINT[..], &[("姓名", "写错了"), ("手机号", "12345"), ("角色", "班主任")]].concat());
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let upload =
        Request::upload("/api/v1/roster-imports", &[], "名单.xlsx", &rosters::fill(&headings, &rows));
    let checked = lead.send(&upload).await.expect(201).json();
    assert_eq!(
        [&checked["state"], &checked["rows"], &checked["new"], &checked["wrong"]],
        [&json!("checked"), &json!(7), &json!(6), &json!(1)]
    );
    let import = format!("/api/v1/roster-imports/{}", text(&checked["id"]));
    let apply = Request::post(format!("{import}/apply"), json!({}));
    refused(lead, &apply, 409, "roster.has_errors", (lead, people)).await;
    let wrong = lead.get(&format!("{import}/rows?only_wrong=true")).await.expect(200).json();
    let columns: Vec<String> =
        list(&wrong["items"][0]["errors"]).iter().map(|e| text(&e["column"])).collect();
    assert_eq!(
        (wrong["items"][0]["row"].as_i64(), columns),
        (Some(8), vec!["phone".to_owned(), "role".to_owned()])
    );
    let errors = lead.get(&format!("{import}/errors.xlsx")).await.expect(200);
    assert_eq!(rosters::read(&errors.bytes).len(), 2, "the headings and the wrong row");

    let good =
        lead.post(&format!("{import}/apply"), json!({ "good_rows_only": true })).await.expect(200).json();
    assert_eq!(good["state"], "applied");
    let links = lead.post(&format!("{import}/first-use-links"), json!({})).await.expect(200);
    let again = Request::post(format!("{import}/first-use-links"), json!({}));
    told(lead, &again, 409, "roster.links_taken").await;
    let mut arrived: Vec<Person> = Vec::new();
    for row in rosters::read(&links.bytes).iter().skip(1) {
        arrived.push(enter(site, &row[4]).await);
    }
    arrived.sort_by_key(|person| names.iter().position(|name| *name == person.name));
    assert_eq!(arrived.len(), names.len());
    arrived
}

/// The kinds of somebody's notices, newest first.
pub async fn notices(person: &Person) -> Vec<String> {
    let page = person.get("/api/v1/notices").await.expect(200).json();
    list(&page["items"]).iter().map(|notice: &Value| text(&notice["kind"])).collect()
}

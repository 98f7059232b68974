//! The plan: written by the lead, returned and approved by the provincial office; staff are asked along.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};

use crate::client::{Person, Request, text};
use crate::people::{People, notices};
use crate::refusals::{pointers, refused, told};
use crate::server::Site;

/// A training and the paths below it.
pub struct Training {
    pub id: String,
    pub starts_on: Date,
}

impl Training {
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/trainings/{}/{rest}", self.id)
    }
}

/// From a title to an approved plan. The assistant has accepted; the expert has not answered yet.
pub async fn agree_on_a_plan(site: &Site, people: &People) -> Training {
    let (lead, office) = (&people.lead, &people.office);
    let wrong = new_training(people, "复式教学研修", first_day(site.now().await), "Asia/Tongwei");
    let nowhere = Request::post("/api/v1/trainings", wrong);
    refused(lead, &nowhere, 422, "plan.time_zone", (lead, "/api/v1/trainings")).await;
    let training = create(site, people, "复式教学研修").await;
    told(&people.teachers[0], &Request::get(training.path("plan")), 404, "not_found").await;

    let plan = training.path("plan");
    let submit = Request::post(format!("{plan}/submit"), json!({}));
    let version = lead.version_of(&plan).await;
    let too_early = submit.clone().version(version);
    let gaps = refused(lead, &too_early, 422, "plan.incomplete", (lead, &plan)).await;
    assert!(pointers(&gaps).contains(&"/purpose required".to_owned()), "{gaps}");
    let mut elsewhere = content(&training, "复式教学研修");
    elsewhere["time_zone"] = json!("Beijing");
    let nowhere = Request::put(&*plan, elsewhere).version(version);
    refused(lead, &nowhere, 422, "plan.time_zone", (lead, &plan)).await;
    lead.put_version(&plan, content(&training, "复式教学研修"), version).await.expect(200);
    told(lead, &submit, 428, "edit.version_missing").await;
    told(lead, &too_early, 412, "edit.conflict").await;
    lead.post_as_read(&plan, &format!("{plan}/submit"), json!({})).await.expect(200);
    assert_eq!(notices(office).await[0], "plan_submitted");

    let approve = Request::post(format!("{plan}/approve"), json!({}));
    refused(lead, &approve, 403, "access.denied", (lead, &plan)).await;
    refused(&people.other_office, &approve, 404, "not_found", (lead, &plan)).await;
    let reasons = json!({ "reasons": "请写明每周的研讨怎么组织。" });
    let returned = office.post_as_read(&plan, &format!("{plan}/return"), reasons).await.expect(200).json();
    assert_eq!(returned["state"], "returned");
    assert_eq!(notices(lead).await[0], "plan_returned");
    submit_again(lead, &training).await;
    assert_eq!(
        office.post_as_read(&plan, &format!("{plan}/approve"), json!({})).await.expect(200).json()["state"],
        "approved"
    );
    let submissions = lead.get(&format!("{plan}/submissions")).await.expect(200).json();
    assert_eq!(submissions["items"].as_array().map(Vec::len), Some(2), "every hand-in is kept");

    invite(lead, &training, &people.expert, "expert").await;
    invite(lead, &training, &people.assistant, "assistant").await;
    accept(&people.assistant).await;
    assert_eq!(notices(lead).await[0], "invitation_accepted");
    training
}

async fn submit_again(lead: &Person, training: &Training) {
    let plan = training.path("plan");
    let read = lead.get(&plan).await.expect(200);
    let mut changed = content(training, "复式教学研修");
    changed["content_lines"][0]["body"] = json!("周三晚上一起研讨，助教主持，专家总结。");
    lead.put_version(&plan, changed, read.version()).await.expect(200);
    lead.post_as_read(&plan, &format!("{plan}/submit"), json!({})).await.expect(200);
}

/// A plan as far as its approval, without detours.
pub async fn approved(site: &Site, people: &People, title: &str) -> Training {
    let training = create(site, people, title).await;
    let plan = training.path("plan");
    people.lead.put_version(&plan, content(&training, title), 1).await.expect(200);
    people.lead.post_as_read(&plan, &format!("{plan}/submit"), json!({})).await.expect(200);
    people.office.post_as_read(&plan, &format!("{plan}/approve"), json!({})).await.expect(200);
    training
}

async fn create(site: &Site, people: &People, title: &str) -> Training {
    let starts_on = first_day(site.now().await);
    let body = new_training(people, title, starts_on, "Asia/Shanghai");
    let made = people.lead.post("/api/v1/trainings", body).await.expect(201).json();
    Training { id: text(&made["id"]), starts_on }
}

/// The middle of the first week is today, so that no midnight changes the week under the test.
fn first_day(now: Timestamp) -> Date {
    let shanghai = TimeZone::get("Asia/Shanghai").expect("the zone is known");
    now.to_zoned(shanghai).date() - 3.days()
}

fn new_training(people: &People, title: &str, starts_on: Date, time_zone: &str) -> Value {
    json!({ "org_unit_id": people.county, "title": title, "time_zone": time_zone, "starts_on": starts_on, "weeks": 2 })
}

fn content(training: &Training, title: &str) -> Value {
    json!({
        "title": title, "title_en": "Multi-grade teaching", "time_zone": "Asia/Shanghai",
        "starts_on": training.starts_on, "weeks": 2,
        "purpose": "让一个人教几个年级的老师有同伴、有方法。", "target_group": "教学点教师", "scale": 20,
        "staff_needed": { "assistants": 1, "experts": 1 },
        "content_lines": [
            { "title": "一堂课两个年级", "body": "动静搭配", "first_week": 1, "last_week": 1 },
            { "title": "分层作业", "body": "", "first_week": 2, "last_week": 2 },
        ],
        "budget_lines": [{ "title": "专家费", "fen": 1_200_000 }],
    })
}

pub async fn invite(lead: &Person, training: &Training, person: &Person, role: &str) {
    let body = json!({ "person_id": person.id, "role": role, "message": "一起带班吧。" });
    lead.post(&training.path("staff-invitations"), body).await.expect(201);
    assert_eq!(notices(person).await[0], "staff_invited");
}

/// Accepts the invitation that waits for an answer.
pub async fn accept(person: &Person) {
    let mine = person.get("/api/v1/my/staff-invitations").await.expect(200).json();
    let waiting = mine["items"].as_array().expect("a list").iter().find(|item| item["state"] == "invited");
    let waiting = waiting.expect("an invitation waits");
    let (id, version) = (text(&waiting["id"]), waiting["version"].as_i64().expect("a version"));
    let accept = Request::post(format!("/api/v1/staff-invitations/{id}/accept"), json!({})).version(version);
    let accepted = person.send(&accept).await;
    assert_eq!(accepted.expect(200).json()["state"], "accepted");
}

//! A province with a county and the people who plan there.

use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::identity::org_unit;
use testkit::{TestApp, TestBed, TestPerson};

pub struct World {
    pub app: TestApp,
    pub province: OrgUnitId,
    pub county: OrgUnitId,
    pub lead: TestPerson,
    pub office: TestPerson,
    /// The office of another province.
    pub stranger: TestPerson,
}

pub fn grant(role: Role, scope: Scope) -> Grant {
    Grant { role, scope }
}

impl World {
    pub async fn new(bed: &TestBed) -> Self {
        let province = org_unit(bed, None, "province", "贵州省").await;
        let city = org_unit(bed, Some(province), "city", "毕节市").await;
        let county = org_unit(bed, Some(city), "county", "威宁县").await;
        let elsewhere = org_unit(bed, None, "province", "甘肃省").await;
        let hub = bed.hub().await;
        Self {
            app: bed.serve(
                training_plan::router(bed.platform(), hub.clone())
                    .merge(notification::router(bed.platform(), hub)),
            ),
            province,
            county,
            lead: bed.person("李项目", &[grant(Role::TrainingLead, Scope::OrgUnit(county))]).await,
            office: bed.person("省厅", &[grant(Role::ProvincialOffice, Scope::OrgUnit(province))]).await,
            stranger: bed.person("外省", &[grant(Role::ProvincialOffice, Scope::OrgUnit(elsewhere))]).await,
        }
    }

    /// A training made by the lead, whose token then carries the grant on it.
    pub async fn training(&self, bed: &TestBed) -> TrainingId {
        let answer =
            self.app.as_person(&self.lead).post("/api/v1/trainings", new_training(self.county)).await;
        let id: TrainingId = serde_json::from_value(answer.expect(201).json()["id"].clone()).expect("an id");
        bed.regrant(&self.lead, &[grant(Role::TrainingLead, Scope::Training(id))]);
        id
    }

    /// A training whose plan was written and handed in.
    pub async fn submitted(&self, bed: &TestBed) -> TrainingId {
        let id = self.training(bed).await;
        let lead = self.app.as_person(&self.lead);
        lead.put_version(&plan_path(id), whole_plan(), 1).await.expect(200);
        lead.post_as_read(&plan_path(id), &format!("{}/submit", plan_path(id)), json!({})).await.expect(200);
        id
    }

    pub async fn approved(&self, bed: &TestBed) -> TrainingId {
        let id = self.submitted(bed).await;
        let office = self.app.as_person(&self.office);
        office
            .post_as_read(&plan_path(id), &format!("{}/approve", plan_path(id)), json!({}))
            .await
            .expect(200);
        id
    }
}

pub fn plan_path(training: TrainingId) -> String {
    format!("/api/v1/trainings/{training}/plan")
}

pub fn new_training(org_unit: OrgUnitId) -> Value {
    json!({ "org_unit_id": org_unit, "title": "复式教学研修", "starts_on": "2026-11-02", "weeks": 3 })
}

pub fn whole_plan() -> Value {
    json!({
        "title": "复式教学研修", "title_en": "Multi-grade teaching", "time_zone": "Asia/Shanghai",
        "starts_on": "2026-11-09", "weeks": 4,
        "purpose": "让复式教学的老师有同伴、有方法。", "target_group": "教学点教师", "scale": 60,
        "staff_needed": { "assistants": 3, "experts": 2 },
        "content_lines": [
            { "title": "一堂课两个年级", "body": "动静搭配", "first_week": 1, "last_week": 2 },
            { "title": "分层作业", "body": "", "first_week": 3, "last_week": 4 },
        ],
        "budget_lines": [{ "title": "专家费", "fen": 1_200_000 }, { "title": "流量补贴", "fen": 30_050 }],
    })
}

/// The kinds of notices that somebody has, newest first.
pub async fn notices(world: &World, person: &TestPerson) -> Vec<String> {
    let page = world.app.as_person(person).get("/api/v1/notices").await.expect(200).json();
    let kind = |item: &Value| item["kind"].as_str().unwrap_or_default().to_owned();
    page["items"].as_array().expect("a list").iter().map(kind).collect()
}

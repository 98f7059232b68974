//! A county with two schools, a training with an approved plan, and a published notice.

use kernel::id::{ApplicationId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::rows::{identity, training_plan};
use testkit::{TestApp, TestBed, TestPerson};

pub struct World {
    pub app: TestApp,
    pub county: OrgUnitId,
    pub school: OrgUnitId,
    pub point: OrgUnitId,
    pub other_school: OrgUnitId,
    pub training: TrainingId,
    pub lead: TestPerson,
    pub head: TestPerson,
}

pub fn grant(role: Role, scope: Scope) -> Grant {
    Grant { role, scope }
}

impl World {
    /// With a training of six weeks from 2026-11-16 and no notice yet.
    pub async fn new(bed: &TestBed) -> Self {
        let province = identity::org_unit(bed, None, "province", "贵州省").await;
        let county = identity::org_unit(bed, Some(province), "county", "威宁县").await;
        let school = identity::org_unit(bed, Some(county), "central_school", "石门中心校").await;
        let point = identity::org_unit(bed, Some(school), "teaching_point", "云炉教学点").await;
        let other_school = identity::org_unit(bed, Some(county), "central_school", "雪山中心校").await;
        let training = training_plan::training(bed, county, "复式教学研修", "2026-11-16", 6).await;
        let hub = bed.hub().await;
        Self {
            app: bed.serve(
                gate_admission::router(bed.platform(), hub.clone())
                    .merge(notification::router(bed.platform(), hub)),
            ),
            county,
            school,
            point,
            other_school,
            training,
            lead: bed.person("李项目", &[grant(Role::TrainingLead, Scope::Training(training))]).await,
            head: bed.person("石校长", &[grant(Role::SchoolHead, Scope::OrgUnit(school))]).await,
        }
    }

    /// The same with a published notice that is open for thirty days.
    pub async fn open(bed: &TestBed) -> Self {
        let world = Self::new(bed).await;
        world.publish(&world.lead, world.training, notice(500)).await;
        world
    }

    pub async fn publish(&self, lead: &TestPerson, training: TrainingId, body: Value) {
        let path = format!("/api/v1/trainings/{training}/notice");
        let lead = self.app.as_person(lead);
        lead.put_version(&path, body, 0).await.expect(200);
        lead.post_as_read(&path, &format!("{path}/publish"), json!({})).await.expect(200);
    }

    /// A second training in the same county with its own lead and open notice.
    pub async fn second_training(&self, bed: &TestBed, starts_on: &str) -> (TrainingId, TestPerson) {
        let training = training_plan::training(bed, self.county, "分层作业研修", starts_on, 4).await;
        let lead = bed.person("吴项目", &[grant(Role::TrainingLead, Scope::Training(training))]).await;
        self.publish(&lead, training, notice(500)).await;
        (training, lead)
    }

    /// A teacher of the teaching point.
    pub async fn teacher(&self, bed: &TestBed, name: &str) -> TestPerson {
        // Ids of later applications sort after earlier ones.
        bed.clock.advance_seconds(1);
        let person = bed.person(name, &[]).await;
        identity::belongs_to(bed, person.id, self.point).await;
        person
    }

    /// A teacher who handed in.
    pub async fn submitted(&self, bed: &TestBed, name: &str) -> (TestPerson, ApplicationId) {
        let person = self.teacher(bed, name).await;
        let id = self.submit(&person, self.training).await;
        (person, id)
    }

    pub async fn submit(&self, person: &TestPerson, training: TrainingId) -> ApplicationId {
        let path = my(training);
        let person = self.app.as_person(person);
        person.put_version(&path, good_answers(), 0).await.expect(200);
        let view = person.post_as_read(&path, &format!("{path}/submit"), json!({})).await.expect(200).json();
        serde_json::from_value(view["application_id"].clone()).expect("an id")
    }

    pub async fn recommend(&self, id: ApplicationId) {
        let body = json!({ "recommended": true, "reason": "教学认真，学校支持" });
        let path = format!("/api/v1/applications/{id}");
        self.app
            .as_person(&self.head)
            .post_as_read(&path, &format!("{path}/recommend"), body)
            .await
            .expect(200);
    }

    /// A teacher who handed in and was recommended.
    pub async fn recommended(&self, bed: &TestBed, name: &str) -> (TestPerson, ApplicationId) {
        let (person, id) = self.submitted(bed, name).await;
        self.recommend(id).await;
        (person, id)
    }

    pub async fn decide(&self, id: ApplicationId, decision: &str) -> testkit::Answered {
        let body = json!({ "decision": decision, "reason": "材料齐全" });
        let path = format!("/api/v1/applications/{id}");
        self.app.as_person(&self.lead).post_as_read(&path, &format!("{path}/decide"), body).await
    }
}

/// An application that waits for the lead's decision, by rows: the way there is tested elsewhere.
pub async fn waiting(bed: &TestBed, training: TrainingId, person: PersonId) -> ApplicationId {
    let id: ApplicationId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    storage::sql(
        "insert into applications (id, training_id, person_id, state, version, answers, submitted_at, created_at, updated_at) \
         values ($1, $2, $3, 'recommended', 1, $4, $5, $5, $5)",
    )
    .bind(id)
    .bind(training)
    .bind(person)
    .bind(json!({}))
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an application is stored");
    tx.commit().await.expect("a commit");
    id
}

/// How many learner grants somebody has on a training.
pub async fn learner_grants(bed: &TestBed, person: PersonId, training: TrainingId) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql(
        "select count(*) as value from v_grant where person_id = $1 and role = 'learner' and scope_id = $2",
    )
    .bind(person)
    .bind(training)
    .one(&mut conn)
    .await
    .expect("a count")
}

pub async fn admitted(bed: &TestBed, training: TrainingId) -> i64 {
    let mut conn = bed.db().read().await.expect("a reader");
    storage::sql("select count(*) as value from v_admitted where training_id = $1")
        .bind(training)
        .one(&mut conn)
        .await
        .expect("a count")
}

/// Applications with the versions that were read, as a decision on many names them.
pub fn read(applications: &[(ApplicationId, i64)]) -> Value {
    let named = applications.iter().map(|(id, version)| json!({ "application_id": id, "version": version }));
    named.collect()
}

pub fn my(training: TrainingId) -> String {
    format!("/api/v1/trainings/{training}/my-application")
}

pub fn notice(capacity: u16) -> Value {
    json!({
        "title": "招募复式教学研修学员",
        "body_markdown": "## 欢迎\n\n**教学点**的老师 <script>alert(1)</script>",
        "opens_at": "2026-11-02T00:00:00Z", "closes_at": "2026-12-02T00:00:00Z",
        "capacity": capacity, "least_hours": 3,
        "eligibility": [{ "key": "rural", "text": "您在教学点任教吗？", "expected": true }],
        "willingness": [
            { "key": "why", "text": "为什么参加？", "choices": [
                { "text": "想改进课堂", "score": 5 }, { "text": "只要学时", "score": 0 }] },
            { "key": "when", "text": "每周晚上有时间吗？", "choices": [
                { "text": "有", "score": 3 }, { "text": "很少", "score": 1 }] },
        ],
        "threshold": 6,
        "pledge": [
            { "key": "honest", "text": "不挂课时，不代学。" },
            { "key": "share", "text": "按时参加讨论。" },
        ],
    })
}

pub fn good_answers() -> Value {
    json!({
        "eligibility": { "rural": true }, "willingness": { "why": 0, "when": 0 }, "hours_a_week": 4,
        "pledge": ["honest", "share"], "statement": "一个人教两个年级，想学方法。",
    })
}

/// The kinds of notices that somebody has, newest first.
pub async fn notices(world: &World, person: &TestPerson) -> Vec<String> {
    let page = world.app.as_person(person).get("/api/v1/notices").await.expect(200).json();
    let kind = |item: &Value| item["kind"].as_str().unwrap_or_default().to_owned();
    page["items"].as_array().expect("a list").iter().map(kind).collect()
}

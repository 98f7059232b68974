//! A province with counties and a training with a lead, admitted teachers and staff, for tests of classes.

pub mod class;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use class_allocation::{FirstList, FirstWeek};
use kernel::id::{ClassId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::{Conn, StorageError, sql};
use testkit::rows;
use testkit::{TestApp, TestBed, TestPerson};

pub struct Ground {
    pub bed: TestBed,
    pub app: TestApp,
    pub training: TrainingId,
    pub province: OrgUnitId,
    pub counties: Vec<OrgUnitId>,
    pub lead: TestPerson,
    pub office: TestPerson,
    /// The list of the first week, ready unless a test says otherwise.
    pub list: Arc<TestList>,
    admitted: u16,
}

/// A first list that a later area would keep.
pub struct TestList(Mutex<FirstList>);

impl Default for TestList {
    fn default() -> Self {
        Self(Mutex::new(FirstList::Ready))
    }
}

impl TestList {
    pub fn is(&self, list: FirstList) {
        *self.0.lock().expect("nobody fails while it is set") = list;
    }
}

#[async_trait]
impl FirstWeek for TestList {
    async fn first_list(&self, _: &mut Conn, _: TrainingId) -> Result<FirstList, StorageError> {
        Ok(*self.0.lock().expect("nobody fails while it is set"))
    }
}

const NAMES: [&str; 10] = ["安", "白", "蔡", "邓", "范", "高", "何", "金", "李", "马"];
const TITLES: [&str; 3] = ["二级教师", "一级教师", "高级教师"];
const SUBJECTS: [&str; 4] = ["语文", "数学", "英语", "全科"];

impl Ground {
    pub async fn new(bed: TestBed) -> Self {
        let province = rows::identity::org_unit(&bed, None, "province", "甘肃省").await;
        let city = rows::identity::org_unit(&bed, Some(province), "city", "定西市").await;
        let mut counties = Vec::new();
        for name in ["通渭县", "陇西县", "渭源县", "临洮县"] {
            counties.push(rows::identity::org_unit(&bed, Some(city), "county", name).await);
        }
        let training = rows::training_plan::training(&bed, province, "复式教学", "2026-11-02", 8).await;
        let lead = bed.person("宋玉梅", &[on_training(Role::TrainingLead, training)]).await;
        let office = bed
            .person("韩正清", &[Grant { role: Role::ProvincialOffice, scope: Scope::OrgUnit(province) }])
            .await;
        let hub = bed.hub().await;
        let list = Arc::new(TestList::default());
        let app = bed.serve(
            class_allocation::router(bed.platform(), hub.clone(), list.clone())
                .merge(notification::router(bed.platform(), hub)),
        );
        Self { bed, app, training, province, counties, lead, office, list, admitted: 0 }
    }

    /// Another training of the same province, lead and office.
    pub async fn next_training(&mut self, title: &str) {
        self.training = rows::training_plan::training(&self.bed, self.province, title, "2026-11-02", 8).await;
        self.lead = self.bed.regrant(&self.lead, &[on_training(Role::TrainingLead, self.training)]);
        self.admitted = 0;
    }

    /// Admits so many teachers from all counties, with various years, titles and subjects.
    pub async fn admit(&mut self, people: usize) -> Vec<TestPerson> {
        let mut admitted = Vec::new();
        for _ in 0..people {
            let n = usize::from(self.admitted);
            self.admitted += 1;
            let name = format!("{}老师{n}", NAMES[n * 7 % 10]);
            let person = self.bed.person(&name, &[on_training(Role::Learner, self.training)]).await;
            rows::identity::belongs_to(&self.bed, person.id, self.counties[n * 3 % 4]).await;
            self.describe(person.id, SUBJECTS[n % 4], TITLES[n % 3], 1990 + n * 11 % 36).await;
            rows::gate_admission::admitted(&self.bed, self.training, person.id, self.admitted).await;
            admitted.push(person);
        }
        admitted
    }

    /// Somebody from outside who agreed to lead along.
    pub async fn staff(&self, name: &str, role: Role) -> TestPerson {
        let person = self.bed.person(name, &[on_training(role, self.training)]).await;
        rows::training_plan::staff(&self.bed, self.training, person.id, role).await;
        person
    }

    /// Enough people to lead three classes.
    pub async fn full_staff(&self) -> (Vec<TestPerson>, Vec<TestPerson>) {
        let mut assistants = Vec::new();
        for name in ["李婷", "马晓梅", "何燕"] {
            assistants.push(self.staff(name, Role::Assistant).await);
        }
        let mut experts = Vec::new();
        for name in ["周敏贤", "沈立"] {
            experts.push(self.staff(name, Role::Expert).await);
        }
        (assistants, experts)
    }

    async fn describe(&self, person: PersonId, subject: &str, title: &str, since: usize) {
        let mut tx = self.bed.db().begin_write().await.expect("a transaction");
        sql("update people set subject = $2, professional_title = $3, teaching_since = $4 where id = $1")
            .bind(person)
            .bind(subject)
            .bind(title)
            .bind(i64::try_from(since).expect("a year"))
            .exec(&mut tx)
            .await
            .expect("a person is described");
        tx.commit().await.expect("a commit");
    }

    pub fn of_training(&self, rest: &str) -> String {
        format!("/api/v1/trainings/{}/{rest}", self.training)
    }

    pub async fn run(&self) -> Value {
        let board = self.of_training("allocation");
        let answer = self.app.as_person(&self.lead).post_as_read(&board, &board, json!({})).await;
        answer.expect(201).json()
    }

    pub async fn board(&self) -> Value {
        self.app.as_person(&self.lead).get(&self.of_training("allocation")).await.expect(200).json()
    }

    pub async fn opening(&self) -> Value {
        self.app.as_person(&self.lead).get(&self.of_training("opening")).await.expect(200).json()
    }

    /// The lead changes something on the board as it now stands.
    pub async fn change(&self, path: &str, body: Value) -> testkit::Answered {
        self.app.as_person(&self.lead).post_as_read(&self.of_training("allocation"), path, body).await
    }

    /// The lead takes somebody from a class of the board as it now stands.
    pub async fn dismiss(&self, assignment: &str) -> testkit::Answered {
        let path = format!("/api/v1/staff-assignments/{assignment}/dismiss");
        self.change(&path, serde_json::json!({ "reason": "另有任务" })).await
    }

    /// Of the board, as it now stands.
    pub async fn version(&self) -> i64 {
        self.count("select version as value from allocations where training_id = $1").await
    }

    /// Drafts, locks and publishes; gives the board.
    pub async fn publish(&self) -> Value {
        self.run().await;
        let board = self.of_training("allocation");
        let lead = self.app.as_person(&self.lead);
        lead.post_as_read(&board, &self.of_training("allocation/lock"), json!({})).await.expect(200);
        lead.post_as_read(&board, &self.of_training("allocation/publish"), json!({})).await.expect(200).json()
    }

    /// The same person with what publication granted them.
    pub async fn regranted(&self, person: &TestPerson) -> TestPerson {
        let mut conn = self.bed.db().read().await.expect("a reader");
        let classes: Vec<ClassId> =
            sql("select scope_id as value from v_grant where person_id = $1 and scope_kind = 'class' order by scope_id")
                .bind(person.id)
                .all(&mut conn)
                .await
                .expect("grants");
        let roles: Vec<String> =
            sql("select role as value from v_grant where person_id = $1 and scope_kind = 'class' order by scope_id")
                .bind(person.id)
                .all(&mut conn)
                .await
                .expect("roles");
        let grants: Vec<Grant> = classes
            .into_iter()
            .zip(roles)
            .map(|(class, role)| Grant {
                role: Role::from_word(&role).expect("a role"),
                scope: Scope::Class(class),
            })
            .collect();
        self.bed.regrant(person, &grants)
    }

    pub async fn count(&self, statement: &'static str) -> i64 {
        let mut conn = self.bed.db().read().await.expect("a reader");
        sql(statement).bind(self.training).one(&mut conn).await.expect("a count")
    }
}

pub fn on_training(role: Role, training: TrainingId) -> Grant {
    Grant { role, scope: Scope::Training(training) }
}

/// What the database says somebody may do, as their next request would have it.
pub async fn grants(ground: &Ground, person: PersonId) -> i64 {
    let mut conn = ground.bed.db().read().await.expect("a reader");
    sql("select count(*) as value from v_grant where person_id = $1")
        .bind(person)
        .one(&mut conn)
        .await
        .expect("a count")
}

/// The kinds of notices that somebody has, newest first.
pub async fn kinds(ground: &Ground, person: &TestPerson) -> Vec<String> {
    let page = ground.app.as_person(person).get("/api/v1/notices").await.expect(200).json();
    let kind = |item: &Value| item["kind"].as_str().unwrap_or_default().to_owned();
    page["items"].as_array().expect("a list").iter().map(kind).collect()
}

/// The sizes of a board's classes.
pub fn sizes(board: &Value) -> Vec<usize> {
    let classes = board["classes"].as_array().expect("classes");
    classes.iter().map(|class| class["learners"].as_array().expect("learners").len()).collect()
}

/// One rule of an opening explanation.
pub fn rule(opening: &Value, name: &str) -> Value {
    let rules = opening["rules"].as_array().expect("rules");
    rules.iter().find(|rule| rule["rule"] == name).cloned().expect("the rule is explained")
}

//! A running training with two classes, their people, and the tasks that assessment works with.

use std::sync::Arc;

use assessment::references::{TaskPapers, TaskRubrics};
use assessment::router;
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TestPaperId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::sql;
use task_board::references::References;
use testkit::{TestApp, TestBed, TestPerson, rows};

pub struct World {
    pub app: TestApp,
    pub training: TrainingId,
    pub class: ClassId,
    pub other_class: ClassId,
    pub lead: TestPerson,
    pub expert: TestPerson,
    pub assistant: TestPerson,
    /// Assists in the other class.
    pub other_assistant: TestPerson,
    pub office: TestPerson,
    pub learner: TestPerson,
    pub classmate: TestPerson,
    /// Learns in the other class.
    pub neighbour: TestPerson,
    pub outsider: TestPerson,
    pub list: TaskListId,
}

impl World {
    /// Weeks begin on 2 November 2026, the first morning of the test clock; week 1 is published and claimed by all learners.
    pub async fn new(bed: &TestBed) -> Self {
        Self::of_province(bed, "甘肃省").await
    }

    /// The same in a province of one's own.
    pub async fn of_province(bed: &TestBed, province: &str) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", province).await;
        let training = rows::training_plan::training(bed, province, "复式教学", "2026-11-02", 2).await;
        rows::training_plan::running(bed, training).await;
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let other_class = rows::class_allocation::class(bed, training, "二班").await;
        let grant = |role, scope| Grant { role, scope };
        let lead = bed.person("项目负责人", &[grant(Role::TrainingLead, Scope::Training(training))]).await;
        let office = bed.person("省厅", &[grant(Role::ProvincialOffice, Scope::OrgUnit(province))]).await;
        let expert = staff(bed, training, class, "周专家", Role::Expert).await;
        let assistant = staff(bed, training, class, "林助教", Role::Assistant).await;
        let other_assistant = staff(bed, training, other_class, "马助教", Role::Assistant).await;
        let learner = learner(bed, training, class, "王小明").await;
        let classmate = self::learner(bed, training, class, "何老师").await;
        let neighbour = self::learner(bed, training, other_class, "李老师").await;
        let outsider = bed.person("路人", &[]).await;
        let list = rows::task_board::list(bed, training, 1, &[class, other_class]).await;
        for (class, person) in [(class, &learner), (class, &classmate), (other_class, &neighbour)] {
            rows::task_board::claim(bed, list, class, person.id).await;
        }
        let hub = bed.hub().await;
        let routes = router(bed.platform(), hub.clone(), bed.blobs().await);
        let papers = Arc::new(TaskPapers);
        // Nothing here is published with a topic.
        let references = References { papers, rubrics: Arc::new(TaskRubrics) };
        let board = task_board::router(bed.platform(), hub.clone(), references);
        let app = bed.serve(routes.merge(board).merge(notification::router(bed.platform(), hub)));
        Self {
            app,
            training,
            class,
            other_class,
            lead,
            expert,
            assistant,
            other_assistant,
            office,
            learner,
            classmate,
            neighbour,
            outsider,
            list,
        }
    }

    pub async fn task(&self, bed: &TestBed, kind: &str, reference: Option<uuid::Uuid>) -> TaskId {
        rows::task_board::task(bed, self.list, kind, kind, reference).await
    }

    /// A published paper of four items (40 points) made through the face, and the task that names it.
    pub async fn test(&self, bed: &TestBed, change: Value) -> (TestPaperId, TaskId) {
        let expert = self.app.as_person(&self.expert);
        let mut body = paper_body();
        for (key, value) in change.as_object().expect("an object") {
            body[key] = value.clone();
        }
        let made = expert.post(&self.papers(), body).await.expect(201).json();
        let path = format!("{}/{}", self.papers(), made["id"].as_str().expect("an id"));
        expert.post(&format!("{path}/publish"), json!({"version": 1})).await.expect(200);
        let paper: TestPaperId = serde_json::from_value(made["id"].clone()).expect("an id");
        (paper, self.task(bed, "test", Some(paper.uuid())).await)
    }

    pub fn papers(&self) -> String {
        format!("/api/v1/trainings/{}/test-papers", self.training)
    }

    /// Somebody begins an attempt.
    pub async fn start(&self, who: &TestPerson, paper: TestPaperId, task: TaskId) -> Value {
        let path = format!("/api/v1/test-papers/{paper}/attempts");
        self.app.as_person(who).post(&path, json!({"task_id": task})).await.expect(201).json()
    }

    /// Hands a text in over whatever was saved, with the file that is attached, and gives the submission as the staff see it.
    pub async fn handed_in(&self, who: &TestPerson, task: TaskId, text: &str) -> Value {
        let (me, at) = (self.app.as_person(who), submission(task));
        let before = me.get(&at).await.expect(200).json();
        let files: Vec<&Value> = before.pointer("/work/draft_file/id").into_iter().collect();
        let version = before["work"]["version"].as_i64().unwrap_or(0);
        let body = json!({"text": text, "based_on": version, "files": files});
        let made = me.post(&format!("{at}/hand-in"), body).await.expect(200).json();
        let path = format!("/api/v1/submissions/{}", made["id"].as_str().expect("an id"));
        self.app.as_person(&self.assistant).get(&path).await.expect(200).json()
    }

    /// Kind and page of somebody's notices, newest first.
    pub async fn notices(&self, who: &TestPerson) -> Vec<(String, String)> {
        let page = self.app.as_person(who).get("/api/v1/notices").await.expect(200).json();
        let text = |notice: &Value, key: &str| notice[key].as_str().unwrap_or_default().to_owned();
        let items = page["items"].as_array().expect("a list");
        items.iter().map(|notice| (text(notice, "kind"), text(notice, "link"))).collect()
    }

    /// A handed-in reflection, as a row.
    pub async fn reflection(
        &self,
        bed: &TestBed,
        task: TaskId,
        person: PersonId,
    ) -> kernel::id::ReflectionId {
        let id: kernel::id::ReflectionId = bed.ambient.new_id();
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("insert into reflections (id, task_id, person_id, class_id, training_id, draft, version, saved_at, body, hand_ins, submitted_at) \
             values ($1, $2, $3, $4, $5, $6, 1, $7, $6, 1, $7)")
        .bind(id)
        .bind(task)
        .bind(person)
        .bind(self.class)
        .bind(self.training)
        .bind("今天我把**四年级**的课先放了十分钟。")
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a reflection is stored");
        tx.commit().await.expect("a commit");
        id
    }

    /// The learner has left, was admitted again, and sits in the other class now.
    pub async fn moved(&self, bed: &TestBed) -> TestPerson {
        rows::class_allocation::departed(bed, self.training, self.class, self.learner.id).await;
        rows::class_allocation::place(bed, self.other_class, self.learner.id, true).await;
        let grant = |scope| Grant { role: Role::Learner, scope };
        let scopes = [Scope::Training(self.training), Scope::Class(self.other_class)];
        bed.regrant(&self.learner, &scopes.map(grant))
    }

    /// The works that wait in a class, as its assistant sees them.
    pub async fn queue(&self, who: &TestPerson, class: ClassId) -> Vec<String> {
        let path = format!("/api/v1/classes/{class}/grading-queue");
        let page = self.app.as_person(who).get(&path).await.expect(200).json();
        let items = page["items"].as_array().expect("a list");
        items.iter().map(|item| item["work_id"].as_str().expect("an id").to_owned()).collect()
    }

    /// The same words once more, in the same instant.
    pub async fn hands_in_again(&self, bed: &TestBed, reflection: kernel::id::ReflectionId) {
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        sql("update reflections set hand_ins = hand_ins + 1 where id = $1")
            .bind(reflection)
            .exec(&mut tx)
            .await
            .expect("a handing in");
        tx.commit().await.expect("a commit");
    }
}

/// Four items of ten points: single (b), multiple (a, c), true or false (true), single (a).
pub fn paper_body() -> Value {
    let item = |kind: &str, keys: &[&str], right: &[&str]| {
        let options: Vec<Value> =
            keys.iter().map(|k| json!({"key": k, "text": format!("选项{k}")})).collect();
        json!({"kind": kind, "stem": "同一节课教两个年级，叫什么？", "options": options, "right": right,
            "explanation": "这就是复式教学。", "points": 10})
    };
    json!({
        "title": "复式教学入门", "title_en": "", "minutes": 10, "attempts_allowed": 2,
        "multiple_rule": "partial", "show_answers": "after_last",
        "items": [
            item("single", &["a", "b"], &["b"]),
            item("multiple", &["a", "b", "c"], &["a", "c"]),
            item("true_false", &["true", "false"], &["true"]),
            item("single", &["a", "b", "c"], &["a"]),
        ],
    })
}

/// The answer to an item of an attempt, by its place.
pub fn answer(attempt: &Value, at: usize, seq: i64, chosen: &[&str]) -> Value {
    json!({"item_id": attempt["items"][at]["id"], "seq": seq, "chosen": chosen})
}

pub async fn staff(
    bed: &TestBed,
    training: TrainingId,
    class: ClassId,
    name: &str,
    role: Role,
) -> TestPerson {
    let grants =
        [Grant { role, scope: Scope::Training(training) }, Grant { role, scope: Scope::Class(class) }];
    let person = bed.person(name, &grants).await;
    rows::training_plan::staff(bed, training, person.id, role).await;
    rows::class_allocation::assign(bed, class, person.id, role).await;
    person
}

async fn learner(bed: &TestBed, training: TrainingId, class: ClassId, name: &str) -> TestPerson {
    let grants = [
        Grant { role: Role::Learner, scope: Scope::Training(training) },
        Grant { role: Role::Learner, scope: Scope::Class(class) },
    ];
    let person = bed.person(name, &grants).await;
    rows::class_allocation::place(bed, class, person.id, true).await;
    person
}

/// The learner's own work for an assignment task.
pub fn submission(task: TaskId) -> String {
    format!("/api/v1/tasks/{task}/submission")
}

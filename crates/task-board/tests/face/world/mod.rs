//! A running training with two classes, their staff and learners, as the tests of this area need it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use kernel::id::{ClassId, MicroVideoId, TrainingId};
use kernel::{Actor, Grant, Role, Scope};
use serde_json::{Value, json};
use storage::{Conn, StorageError};
use task_board::library::WeekLists;
use task_board::references::{Asked, ReferenceOwner, References, Unusable};
use testkit::{TestApp, TestBed, TestPerson, rows};
use uuid::Uuid;

/// What later areas say of the things that they own: usable unless noted here.
#[derive(Default)]
pub struct LaterAreas(pub Mutex<HashMap<Uuid, Unusable>>);

#[async_trait]
impl ReferenceOwner for LaterAreas {
    async fn unusable(&self, _: &mut Conn, asked: &Asked) -> Result<Option<Unusable>, StorageError> {
        Ok(self.0.lock().expect("a lock").get(&asked.reference).copied())
    }
}

pub struct World {
    pub app: TestApp,
    pub later: Arc<LaterAreas>,
    pub training: TrainingId,
    pub class: ClassId,
    pub other_class: ClassId,
    pub video: MicroVideoId,
    pub lead: TestPerson,
    pub expert: TestPerson,
    pub assistant: TestPerson,
    pub learner: TestPerson,
    /// Learns in the other class.
    pub neighbour: TestPerson,
    pub outsider: TestPerson,
}

impl World {
    /// Weeks begin on 2 November 2026, the first morning of the test clock. The video is a minute long.
    pub async fn new(bed: &TestBed) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", "贵州省").await;
        let training = rows::training_plan::training(bed, province, "复式教学", "2026-11-02", 8).await;
        rows::training_plan::running(bed, training).await;
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let other_class = rows::class_allocation::class(bed, training, "二班").await;
        let lead = bed
            .person("宋玉梅", &[Grant { role: Role::TrainingLead, scope: Scope::Training(training) }])
            .await;
        let hub = bed.hub().await;
        let weeks = Arc::new(WeekLists { ambient: bed.ambient.clone() });
        let later = Arc::new(LaterAreas::default());
        let references = References { papers: later.clone(), rubrics: later.clone() };
        let routes = task_board::router(bed.platform(), hub.clone(), references)
            .merge(course_library::router(bed.platform(), bed.blobs().await, weeks))
            .merge(notification::router(bed.platform(), hub));
        Self {
            app: bed.serve(routes),
            later,
            training,
            class,
            other_class,
            video: rows::course_library::micro_video(bed, training, "一师一校的一天", 60).await,
            lead,
            expert: staff(bed, training, class, "周专家", Role::Expert).await,
            assistant: staff(bed, training, class, "林助教", Role::Assistant).await,
            learner: learner(bed, training, class, "王小明", true).await,
            neighbour: learner(bed, training, other_class, "李老师", true).await,
            outsider: bed.person("路人", &[]).await,
        }
    }

    pub fn training_path(&self, rest: &str) -> String {
        format!("/api/v1/trainings/{}/{rest}", self.training)
    }

    pub fn class_path(&self, rest: &str) -> String {
        format!("/api/v1/classes/{}/{rest}", self.class)
    }

    /// The learner's present week.
    pub async fn this_week(&self) -> Value {
        self.app.as_person(&self.learner).get(&self.class_path("this-week")).await.expect(200).json()
    }

    /// What the notices of a person are of and where they lead, the newest first.
    pub async fn notices(&self, person: &TestPerson) -> Vec<(String, String)> {
        let page = self.app.as_person(person).get("/api/v1/notices").await.expect(200).json();
        let notices = page["items"].as_array().expect("notices").iter();
        notices.map(|notice| (text(&notice["kind"]).to_owned(), text(&notice["link"]).to_owned())).collect()
    }

    /// The expert adds a task; the list as it is then.
    pub async fn add_task(&self, list: &Value, task: Value) -> Value {
        let path = format!("/api/v1/task-lists/{}/tasks", text(&list["id"]));
        let version = format!("\"v{}\"", list["version"]);
        let key = format!("add-{}-{}", text(&list["id"]), list["version"]);
        let headers = [("if-match", version.as_str()), ("idempotency-key", key.as_str())];
        let expert = self.app.as_person(&self.expert);
        expert.request(http::Method::POST, &path, Some(task), &headers).await.expect(201).json()
    }

    /// A ready list of a week with a text to read and a video to watch.
    pub async fn ready_list(&self, week: u16) -> Value {
        let expert = self.app.as_person(&self.expert);
        let body =
            json!({"week": week, "goal": "弄清楚时间花在哪里", "goal_en": "Find out where the day goes"});
        let list = expert.post(&self.training_path("task-lists"), body).await.expect(201).json();
        let list = self
            .add_task(
                &list,
                json!({"kind": "read", "title": "读：三本账", "minutes": 10, "body_markdown": "**三本账**"}),
            )
            .await;
        let list = self
            .add_task(
                &list,
                json!({"kind": "watch", "title": "看：一天", "minutes": 5, "ref_id": self.video}),
            )
            .await;
        let path = format!("/api/v1/task-lists/{}/state", text(&list["id"]));
        let version = list["version"].as_i64().expect("a version");
        expert.put_version(&path, json!({"state": "ready"}), version).await.expect(200).json()
    }

    /// The same, published to the class by its assistant.
    pub async fn published_list(&self, week: u16) -> Value {
        let list = self.ready_list(week).await;
        let body = json!({"list_id": list["id"], "title": "本周开始了", "body": "先看视频。"});
        self.app.as_person(&self.assistant).post(&self.class_path("announcements"), body).await.expect(201);
        list
    }
}

pub fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
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

pub async fn learner(
    bed: &TestBed,
    training: TrainingId,
    class: ClassId,
    name: &str,
    signed: bool,
) -> TestPerson {
    let grants = [
        Grant { role: Role::Learner, scope: Scope::Training(training) },
        Grant { role: Role::Learner, scope: Scope::Class(class) },
    ];
    let person = bed.person(name, &grants).await;
    rows::class_allocation::place(bed, class, person.id, signed).await;
    person
}

/// The person as an action sees them.
pub fn actor(bed: &TestBed, person: &TestPerson) -> Actor {
    Actor { person: person.id, session: bed.ambient.new_id(), grants: [].into(), rights_taken: 0 }
}

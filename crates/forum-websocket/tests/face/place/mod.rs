//! A class with its people, for tests of its exchange area.

use forum_websocket::router;
use kernel::id::{ClassId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::{TestApp, TestBed, TestPerson, rows};

/// A class with a learner, an assistant, and somebody of another class.
pub struct Place {
    pub app: TestApp,
    pub training: TrainingId,
    pub class: ClassId,
    pub learner: TestPerson,
    pub assistant: TestPerson,
    pub stranger: TestPerson,
}

pub async fn place(bed: &TestBed) -> Place {
    let province = rows::identity::org_unit(bed, None, "province", "甘肃省").await;
    let training = rows::training_plan::training(bed, province, "复式教学", "2026-11-02", 8).await;
    let class = rows::class_allocation::class(bed, training, "一班").await;
    let other = rows::class_allocation::class(bed, training, "二班").await;
    let on = |role, class| [Grant { role, scope: Scope::Class(class) }];
    let learner = bed.person("王小明", &on(Role::Learner, class)).await;
    let assistant = bed.person("李助教", &on(Role::Assistant, class)).await;
    let stranger = bed.person("赵外班", &on(Role::Learner, other)).await;
    rows::class_allocation::place(bed, class, learner.id, true).await;
    rows::class_allocation::place(bed, other, stranger.id, true).await;
    rows::class_allocation::assign(bed, class, assistant.id, Role::Assistant).await;
    let hub = bed.hub().await;
    let routes = router(bed.platform(), hub.clone()).merge(notification::router(bed.platform(), hub));
    Place { app: bed.serve(routes), training, class, learner, assistant, stranger }
}

impl Place {
    pub async fn ask(&self, who: &TestPerson, title: &str) -> Value {
        let body = json!({"kind": "question", "title": title, "body": "怎么分配 **两个年级** 的时间？", "client_id": format!("device-1-{title}")});
        self.app
            .as_person(who)
            .post(&format!("/api/v1/classes/{}/topics", self.class), body)
            .await
            .expect(201)
            .json()
    }
}

pub fn posts_of(topic: &Value) -> String {
    format!("/api/v1/topics/{}/posts", topic["id"].as_str().expect("an id"))
}

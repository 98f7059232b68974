//! A published class of three, for tests of what its members agree on.

use kernel::id::{ApplicationId, ClassId, PersonId};
use kernel::{Role, Timestamp};
use serde_json::{Value, json};
use storage::sql;
use testkit::{TestBed, TestPerson};

use super::Ground;

/// A published class of three, as its members' tokens see it.
pub struct Class {
    pub ground: Ground,
    pub id: ClassId,
    pub learners: Vec<TestPerson>,
    pub assistant: TestPerson,
    pub expert: TestPerson,
}

impl Class {
    pub async fn new(bed: TestBed) -> Self {
        let mut ground = Ground::new(bed).await;
        let learners = ground.admit(3).await;
        let assistant = ground.staff("李婷", Role::Assistant).await;
        let expert = ground.staff("周敏贤", Role::Expert).await;
        let board = ground.publish().await;
        let id = board["classes"][0]["id"].as_str().expect("an id").parse().expect("a class");
        let mut members = Vec::new();
        for learner in &learners {
            members.push(ground.regranted(learner).await);
        }
        let assistant = ground.regranted(&assistant).await;
        let expert = ground.regranted(&expert).await;
        Self { ground, id, learners: members, assistant, expert }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/classes/{}/charter{rest}", self.id)
    }

    pub async fn read(&self, person: &TestPerson) -> Value {
        self.ground.app.as_person(person).get(&self.path("")).await.expect(200).json()
    }

    pub async fn signed_at(&self, person: PersonId) -> Option<Timestamp> {
        let mut conn = self.ground.bed.db().read().await.expect("a reader");
        sql("select charter_signed_at as value from v_class_member where class_id = $1 and person_id = $2")
            .bind(self.id)
            .bind(person)
            .one(&mut conn)
            .await
            .expect("a member")
    }

    /// Settles another text over the version that is read; gives the version that it became.
    pub async fn settle(&self, vision: &str, clauses: &[&str]) -> i64 {
        let assistant = self.ground.app.as_person(&self.assistant);
        let read = assistant.get(&self.path("")).await.expect(200).version();
        let text = json!({ "vision": vision, "clauses": clauses });
        assistant.put_version(&self.path(""), text, read).await.expect(200).version()
    }

    pub async fn sign(&self, person: &TestPerson, version: i64) {
        let path = self.path("/sign");
        self.ground.app.as_person(person).post(&path, json!({ "version": version })).await.expect(201);
    }

    /// The lead ends a learner's part in the training.
    pub async fn remove(&self, learner: &TestPerson) {
        let mut conn = self.ground.bed.db().read().await.expect("a reader");
        let application: ApplicationId = sql("select id as value from applications where person_id = $1")
            .bind(learner.id)
            .one(&mut conn)
            .await
            .expect("an application");
        drop(conn);
        let path = format!("/api/v1/applications/{application}/end");
        let lead = self.ground.app.as_person(&self.ground.lead);
        lead.post_version(&path, json!({ "reason": "长期不参加" }), 1).await.expect(200);
    }

    /// The settled texts that somebody is shown, the newest first.
    pub async fn texts(&self, person: &TestPerson) -> Vec<Value> {
        let page = self.ground.app.as_person(person).get(&self.path("/texts")).await.expect(200).json();
        page["items"].as_array().expect("a list").clone()
    }
}

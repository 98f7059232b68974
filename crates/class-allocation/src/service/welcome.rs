//! Letting people into a published class, and telling them.

use kernel::id::{ClassId, PersonId, TrainingId};
use kernel::{Ambient, Grant, LearningRecord, Role, Scope, Verb};
use notification::{Happened, Notice};
use storage::{StorageError, Tx, learning_records};

use crate::model::allocation::StaffRole;

/// The class that people are let into, and who does it.
pub(crate) struct Welcome<'a> {
    pub training: TrainingId,
    pub title: &'a str,
    pub class: ClassId,
    pub name: &'a str,
    pub by: PersonId,
}

impl Welcome<'_> {
    pub async fn learner(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        person: PersonId,
    ) -> Result<(), StorageError> {
        self.grant(tx, ambient, person, Role::Learner).await?;
        let record = LearningRecord {
            actor: person,
            verb: Verb::Registered,
            object_kind: "cls",
            object: self.class.uuid(),
            training: Some(self.training),
            class: Some(self.class),
            result: serde_json::json!({}),
            at: ambient.now(),
        };
        learning_records::keep(tx, ambient, record).await?;
        Ok(())
    }

    pub async fn leader(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        person: PersonId,
        role: StaffRole,
    ) -> Result<(), StorageError> {
        self.grant(tx, ambient, person, role.role()).await
    }

    pub fn to_learner(&self) -> Notice {
        self.notice("learn")
    }

    pub fn to_leader(&self) -> Notice {
        self.notice("teach")
    }

    fn notice(&self, place: &str) -> Notice {
        let happened =
            Happened::ClassPublished { training: self.title.to_owned(), class: self.name.to_owned() };
        Notice::new(happened, format!("/{place}/classes/{}", self.class))
    }

    async fn grant(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        person: PersonId,
        role: Role,
    ) -> Result<(), StorageError> {
        let grant = Grant { role, scope: Scope::Class(self.class) };
        identity::grants::give(tx, ambient, person, grant, Some(self.by)).await?;
        Ok(())
    }
}

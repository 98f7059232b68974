//! The demo's people sign their requests with their id; only the process that fills the demo believes them.

use async_trait::async_trait;
use http::StatusCode;
use http_kit::{Authenticator, Hold, Problem};
use kernel::id::{PersonId, SessionId};
use kernel::{Actor, Grant, Role, Scope};
use storage::{Db, StorageError, Tx};
use uuid::Uuid;

use crate::store;

pub struct DemoCallers(pub Db);

#[async_trait]
impl Authenticator for DemoCallers {
    async fn actor(&self, bearer: &str) -> Result<Actor, Problem> {
        let unknown = || {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "sign_in.expired",
                "没有这个人。",
                "There is no such person.",
            )
        };
        let person: PersonId = bearer.parse().map_err(|_| unknown())?;
        let mut conn = self.0.read().await?;
        let grants = store::grants_of(&mut conn, person).await?;
        let grants =
            grants.into_iter().filter_map(|row| grant(&row.role, &row.scope_kind, row.scope_id)).collect();
        Ok(Actor { person, session: SessionId::from_uuid(person.uuid()), grants, rights_taken: 0 })
    }

    fn named(&self, bearer: &str) -> Option<PersonId> {
        bearer.parse().ok()
    }

    async fn again(&self, actor: &Actor) -> Result<Actor, Problem> {
        self.actor(&actor.person.to_string()).await
    }

    /// One thing is done after the other there.
    async fn hold(&self, _: &mut Tx, _: &Actor, _: Hold) -> Result<bool, StorageError> {
        Ok(true)
    }
}

fn grant(role: &str, scope_kind: &str, scope: Uuid) -> Option<Grant> {
    use kernel::id::{ClassId, OrgUnitId, TrainingId};
    let scope = match scope_kind {
        "system" => Scope::System,
        "org_unit" => Scope::OrgUnit(OrgUnitId::from_uuid(scope)),
        "training" => Scope::Training(TrainingId::from_uuid(scope)),
        "class" => Scope::Class(ClassId::from_uuid(scope)),
        _ => return None,
    };
    Some(Grant { role: Role::from_word(role)?, scope })
}

//! Proof that somebody oversees units or the whole system, and what lies within their reach.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http_kit::{Platform, Problem, SignedIn};
use kernel::id::{OrgUnitId, PersonId};
use kernel::{Actor, Grant, Role, Scope};
use storage::{Conn, StorageError};

use crate::model::reach::{Hold, OVERSEEING, Reach};
use crate::store;
use crate::store::grants::GrantRow;

/// A signed-in administrator, or somebody who holds an overseeing role on a unit.
#[derive(Debug, Clone)]
pub struct Overseer {
    pub actor: Actor,
    pub reach: Reach,
}

impl Overseer {
    /// The same proof where the caller is not at the door of a route; nothing when the actor oversees nothing.
    pub async fn check(conn: &mut Conn, actor: &Actor) -> Result<Option<Self>, StorageError> {
        let reach = reach_of(conn, actor).await?;
        Ok((!reach.is_empty()).then(|| Self { actor: actor.clone(), reach }))
    }

    /// The units at the top of the reach.
    pub(crate) fn units(&self) -> Vec<OrgUnitId> {
        self.reach.holds.iter().map(|hold| hold.unit).collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Overseer {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let platform = parts.extensions.get::<Platform>().cloned().ok_or_else(|| {
            Problem::internal(&std::io::Error::other("the layers put the platform into every request"))
        })?;
        let mut conn = platform.db.read().await?;
        Self::check(&mut conn, &actor).await?.ok_or_else(denied)
    }
}

/// The caller's role does not allow this.
pub(crate) fn denied() -> Problem {
    Problem::forbidden("access.denied", "您的角色不能进行这项操作。", "Your role does not allow this.")
}

async fn reach_of(conn: &mut Conn, actor: &Actor) -> Result<Reach, StorageError> {
    reach(conn, actor.person, &actor.grants).await
}

/// What somebody oversees by the grants that are stored at this moment.
pub(crate) async fn stored_reach(conn: &mut Conn, person: PersonId) -> Result<Reach, StorageError> {
    let rows = store::grants::of_person(conn, person).await?;
    let grants: Vec<Grant> = rows.iter().filter_map(GrantRow::grant).collect();
    reach(conn, person, &grants).await
}

async fn reach(conn: &mut Conn, person: PersonId, grants: &[Grant]) -> Result<Reach, StorageError> {
    let held: Vec<(Role, OrgUnitId)> = grants
        .iter()
        .filter(|grant| OVERSEEING.contains(&grant.role))
        .filter_map(|grant| match grant.scope {
            Scope::OrgUnit(unit) => Some((grant.role, unit)),
            _ => None,
        })
        .collect();
    let administrator =
        grants.iter().any(|g| g.role == Role::Administrator && matches!(g.scope, Scope::System));
    let units = store::org_units::by_ids(conn, held.iter().map(|(_, unit)| *unit).collect()).await?;
    let holds = held
        .into_iter()
        .filter_map(|(role, unit)| {
            let row = units.iter().find(|row| row.id == unit)?;
            Some(Hold { role, unit, path: row.path.clone() })
        })
        .collect();
    Ok(Reach { person, administrator, holds })
}

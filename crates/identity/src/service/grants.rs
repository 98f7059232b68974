//! Naming people: roles over units and the system. Roles in trainings and classes are given by the areas that own those.

use kernel::id::{GrantId, PersonId};
use kernel::{Ambient, Grant, Role, Scope};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, Tx};

use super::session::entry;
use crate::access::Overseer;
use crate::error::GrantError;
use crate::model::org_unit::may_be_over;
use crate::model::reach::OVERSEEING;
use crate::store::grants::{self, Filter, GrantRow};
use crate::store::{org_units, people};

/// A page of the grants over units within reach; the administrator also sees the system's own.
pub(crate) async fn page(
    conn: &mut Conn,
    overseer: &Overseer,
    role: Option<Role>,
    after: Option<GrantId>,
    limit: i64,
) -> Result<Vec<GrantRow>, GrantError> {
    let filter = Filter { role, after: after.unwrap_or(GrantId::from_uuid(uuid::Uuid::nil())), limit };
    Ok(if overseer.reach.administrator {
        grants::page(conn, filter).await?
    } else {
        grants::page_below(conn, overseer.units(), filter).await?
    })
}

#[tracing::instrument(name = "identity.give", skip_all, fields(person.id = %person))]
pub(crate) async fn give(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    person: PersonId,
    grant: Grant,
) -> Result<GrantId, GrantError> {
    let row = people::find(tx, person).await?.ok_or(GrantError::NoSuchPerson)?;
    if !overseer.reach.covers(row.org_path.as_deref()) {
        return Err(GrantError::NoSuchPerson);
    }
    may_name(tx, overseer, grant).await?;
    if let Scope::OrgUnit(unit) = grant.scope
        && !org_units::find(tx, unit).await?.is_some_and(|unit| may_be_over(grant.role, unit.level))
    {
        return Err(GrantError::WrongKind);
    }
    if crate::grants::give(tx, ambient, person, grant, Some(overseer.actor.person)).await? {
        entry(tx, ambient, Some(overseer.actor.person), "identity.role_given", person, told(grant)).await?;
    }
    for row in grants::of_person(tx, person).await? {
        if row.grant() == Some(grant) {
            return Ok(row.id);
        }
    }
    Err(GrantError::NoSuchGrant)
}

#[tracing::instrument(name = "identity.take", skip_all, fields(grant.id = %id))]
pub(crate) async fn take(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    overseer: &Overseer,
    id: GrantId,
) -> Result<PersonId, GrantError> {
    let row = grants::find(tx, id).await?.ok_or(GrantError::NoSuchGrant)?;
    let grant = row.grant().ok_or(GrantError::NoSuchGrant)?;
    match may_name(tx, overseer, grant).await {
        // What lies outside the reach does not exist for the caller; roles in trainings and classes lie in nobody's but the administrator's.
        Err(GrantError::NotYours | GrantError::WrongScope)
            if !overseer.reach.covers(row.scope_path.as_deref()) =>
        {
            return Err(GrantError::NoSuchGrant);
        }
        Err(GrantError::NoSuchUnit) => return Err(GrantError::NoSuchGrant),
        other => other?,
    }
    crate::grants::still(tx, row.person_id).await?;
    if grant.role == Role::Administrator {
        grants::hold_administration(tx).await?;
        if grants::other_administrators(tx, row.person_id).await? == 0 {
            return Err(GrantError::LastAdministrator);
        }
    }
    if !crate::grants::take(tx, hub, row.person_id, grant).await? {
        // Somebody else took it meanwhile.
        return Err(GrantError::NoSuchGrant);
    }
    entry(tx, ambient, Some(overseer.actor.person), "identity.role_taken", row.person_id, told(grant))
        .await?;
    Ok(row.person_id)
}

async fn may_name(conn: &mut Conn, overseer: &Overseer, grant: Grant) -> Result<(), GrantError> {
    let path = match grant.scope {
        Scope::System if grant.role == Role::Administrator => None,
        Scope::OrgUnit(unit) if OVERSEEING.contains(&grant.role) => {
            let row = org_units::find(conn, unit).await?.ok_or(GrantError::NoSuchUnit)?;
            if !overseer.reach.covers(Some(&row.path)) {
                return Err(GrantError::NoSuchUnit);
            }
            Some(row.path)
        }
        _ => return Err(GrantError::WrongScope),
    };
    if overseer.reach.may_name(grant.role, grant.scope, path.as_deref()) {
        Ok(())
    } else {
        Err(GrantError::NotYours)
    }
}

fn told(grant: Grant) -> serde_json::Value {
    json!({ "role": grant.role, "scope": grant.scope })
}

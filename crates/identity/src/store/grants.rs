//! Grants: who may do what where.

use kernel::id::{ClassId, GrantId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope, Timestamp};
use storage::{StorageError, Tx, sql};
use uuid::Uuid;

/// The words of a scope's columns; the system's own scope has the nil id.
pub(crate) fn scope_columns(scope: Scope) -> (&'static str, Uuid) {
    match scope {
        Scope::System => ("system", Uuid::nil()),
        Scope::OrgUnit(id) => ("org_unit", id.uuid()),
        Scope::Training(id) => ("training", id.uuid()),
        Scope::Class(id) => ("class", id.uuid()),
    }
}

/// A grant from its three columns.
pub(crate) fn grant_of(role: &str, scope_kind: &str, scope_id: Uuid) -> Result<Grant, StorageError> {
    let scope = match scope_kind {
        "system" => Some(Scope::System),
        "org_unit" => Some(Scope::OrgUnit(OrgUnitId::from_uuid(scope_id))),
        "training" => Some(Scope::Training(TrainingId::from_uuid(scope_id))),
        "class" => Some(Scope::Class(ClassId::from_uuid(scope_id))),
        _ => None,
    };
    match (Role::from_word(role), scope) {
        (Some(role), Some(scope)) => Ok(Grant { role, scope }),
        _ => Err(StorageError::Decode(format!("grant {role} on {scope_kind}"))),
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: GrantId,
    person: PersonId,
    grant: Grant,
    by: Option<PersonId>,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let (kind, scope) = scope_columns(grant.scope);
    let inserted = sql("insert into grants (id, person_id, role, scope_kind, scope_id, given_by, given_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (person_id, role, scope_kind, scope_id) do nothing")
    .bind(id)
    .bind(person)
    .bind(grant.role.word())
    .bind(kind)
    .bind(scope)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(inserted == 1)
}

pub(crate) async fn delete(tx: &mut Tx, person: PersonId, grant: Grant) -> Result<bool, StorageError> {
    let (kind, scope) = scope_columns(grant.scope);
    let deleted =
        sql("delete from grants where person_id = $1 and role = $2 and scope_kind = $3 and scope_id = $4")
            .bind(person)
            .bind(grant.role.word())
            .bind(kind)
            .bind(scope)
            .exec(tx)
            .await?;
    Ok(deleted == 1)
}

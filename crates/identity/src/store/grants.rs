//! Grants: who may do what where.

use kernel::id::{ClassId, GrantId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};
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

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct GrantRow {
        pub id: GrantId, pub person_id: PersonId, pub person_name: String, pub role: String, pub scope_kind: String,
        pub scope_id: Uuid, pub scope_name: Option<String>, pub scope_path: Option<String>, pub given_at: Timestamp,
    }
}

impl GrantRow {
    pub fn grant(&self) -> Result<Grant, StorageError> {
        grant_of(&self.role, &self.scope_kind, self.scope_id)
    }
}

pub(crate) async fn find(conn: &mut Conn, id: GrantId) -> Result<Option<GrantRow>, StorageError> {
    sql("select g.id, g.person_id, p.name as person_name, g.role, g.scope_kind, g.scope_id, o.name as scope_name, \
                o.path as scope_path, g.given_at \
         from grants g join people p on p.id = g.person_id \
         left join org_units o on g.scope_kind = 'org_unit' and o.id = g.scope_id where g.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

pub(crate) async fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<GrantRow>, StorageError> {
    sql("select g.id, g.person_id, p.name as person_name, g.role, g.scope_kind, g.scope_id, o.name as scope_name, \
                o.path as scope_path, g.given_at \
         from grants g join people p on p.id = g.person_id \
         left join org_units o on g.scope_kind = 'org_unit' and o.id = g.scope_id \
         where g.person_id = $1 order by g.given_at, g.id")
    .bind(person)
    .all(conn)
    .await
}

/// Which grants are asked for: those over units, and the system's own for the administrator.
pub(crate) struct Filter {
    pub everywhere: bool,
    pub below: Vec<OrgUnitId>,
    pub role: Option<Role>,
    /// The nil id for the first page.
    pub after: GrantId,
    pub limit: i64,
}

pub(crate) async fn page(conn: &mut Conn, filter: Filter) -> Result<Vec<GrantRow>, StorageError> {
    sql("select g.id, g.person_id, p.name as person_name, g.role, g.scope_kind, g.scope_id, o.name as scope_name, \
                o.path as scope_path, g.given_at \
         from grants g join people p on p.id = g.person_id \
         left join org_units o on g.scope_kind = 'org_unit' and o.id = g.scope_id \
         where g.scope_kind in ('system', 'org_unit') \
           and ($1 or exists (select 1 from org_units r where r.id in ($list) and o.path like r.path || '%')) \
           and (cast($2 as text) is null or g.role = cast($2 as text)) \
           and g.id > $3 \
         order by g.id limit $4")
    .bind(filter.everywhere)
    .bind(filter.role.map(Role::word))
    .bind(filter.after)
    .bind(filter.limit)
    .bind_list(super::org_units::never_empty(filter.below))
    .all(conn)
    .await
}

from_row! {
    pub(crate) struct HeldRow { pub person_id: PersonId, pub role: String }
}

/// The roles that people hold anywhere.
pub(crate) async fn roles_of(conn: &mut Conn, people: Vec<PersonId>) -> Result<Vec<HeldRow>, StorageError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    sql("select distinct person_id, role from grants where person_id in ($list)")
        .bind_list(people)
        .all(conn)
        .await
}

/// How many people administrate the system. It holds their rows first, so that two removals at once see each other.
pub(crate) async fn administrators(tx: &mut Tx) -> Result<u64, StorageError> {
    sql("update grants set given_at = given_at where role = 'administrator' and scope_kind = 'system' \
         and person_id in (select id from people where disabled_at is null)")
    .exec(tx)
    .await
}

//! Grants: who may do what where.

use std::collections::HashMap;

use kernel::id::{ClassId, GrantId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};
use uuid::Uuid;

use crate::model::reach::Standing;

/// The words of a scope's columns; the system's own scope has the nil id.
pub(crate) fn scope_columns(scope: Scope) -> (&'static str, Uuid) {
    match scope {
        Scope::System => ("system", Uuid::nil()),
        Scope::OrgUnit(id) => ("org_unit", id.uuid()),
        Scope::Training(id) => ("training", id.uuid()),
        Scope::Class(id) => ("class", id.uuid()),
    }
}

/// A grant from its three columns. What a newer version beside this one has given in a word that is unknown here gives nothing here.
pub(crate) fn grant_of(role: &str, scope_kind: &str, scope_id: Uuid) -> Option<Grant> {
    let scope = match scope_kind {
        "system" => Some(Scope::System),
        "org_unit" => Some(Scope::OrgUnit(OrgUnitId::from_uuid(scope_id))),
        "training" => Some(Scope::Training(TrainingId::from_uuid(scope_id))),
        "class" => Some(Scope::Class(ClassId::from_uuid(scope_id))),
        _ => None,
    };
    let grant = Role::from_word(role).zip(scope).map(|(role, scope)| Grant { role, scope });
    if grant.is_none() {
        tracing::warn!(role, scope_kind, "a grant of an unknown kind gives nothing");
    }
    grant
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
    pub fn grant(&self) -> Option<Grant> {
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

/// Which grants are asked for.
pub(crate) struct Filter {
    pub role: Option<Role>,
    /// The nil id for the first page.
    pub after: GrantId,
    pub limit: i64,
}

/// Those over units, and the system's own.
pub(crate) async fn page(conn: &mut Conn, filter: Filter) -> Result<Vec<GrantRow>, StorageError> {
    sql("select g.id, g.person_id, p.name as person_name, g.role, g.scope_kind, g.scope_id, o.name as scope_name, \
                o.path as scope_path, g.given_at \
         from grants g join people p on p.id = g.person_id \
         left join org_units o on g.scope_kind = 'org_unit' and o.id = g.scope_id \
         where g.scope_kind in ('system', 'org_unit') \
           and (cast($1 as text) is null or g.role = cast($1 as text)) \
           and g.id > $2 \
         order by g.id limit $3")
    .bind(filter.role.map(Role::word))
    .bind(filter.after)
    .bind(filter.limit)
    .all(conn)
    .await
}

/// Those over some units or below.
pub(crate) async fn page_below(
    conn: &mut Conn,
    units: Vec<OrgUnitId>,
    filter: Filter,
) -> Result<Vec<GrantRow>, StorageError> {
    sql("with held as materialized (select q.id from grants q where q.scope_kind = 'org_unit' and q.id > $2 \
           and q.scope_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         select g.id, g.person_id, p.name as person_name, g.role, g.scope_kind, g.scope_id, o.name as scope_name, \
                o.path as scope_path, g.given_at \
         from held h join grants g on g.id = h.id join people p on p.id = g.person_id join org_units o on o.id = g.scope_id \
         where cast($1 as text) is null or g.role = cast($1 as text) \
         order by g.id limit $3")
    .bind(filter.role.map(Role::word))
    .bind(filter.after)
    .bind(filter.limit)
    .bind_list(super::org_units::never_empty(units))
    .all(conn)
    .await
}

from_row! {
    struct StandingRow { person_id: PersonId, role: String, place: Option<String> }
}

/// What people hold anywhere, and in which unit that lies.
pub(crate) async fn standings(
    conn: &mut Conn,
    people: Vec<PersonId>,
) -> Result<HashMap<PersonId, Vec<Standing>>, StorageError> {
    let mut standings: HashMap<PersonId, Vec<Standing>> = HashMap::new();
    if people.is_empty() {
        return Ok(standings);
    }
    let rows: Vec<StandingRow> = sql("select g.person_id, g.role, coalesce(o.path, u.path) as place \
         from grants g left join org_units o on g.scope_kind = 'org_unit' and o.id = g.scope_id \
         left join scope_units s on s.scope_kind = g.scope_kind and s.scope_id = g.scope_id \
         left join org_units u on u.id = s.org_unit_id where g.person_id in ($list)")
    .bind_list(people)
    .all(conn)
    .await?;
    for StandingRow { person_id, role, place } in rows {
        // Nobody but the highest may decide about somebody whose role is not known here.
        let role = Role::from_word(&role).unwrap_or(Role::Administrator);
        standings.entry(person_id).or_default().push(Standing { role, place });
    }
    Ok(standings)
}

from_row! {
    struct OverUnitRow { person_id: PersonId, role: String, scope_id: Uuid }
}

/// The roles that people hold over units, by unit.
pub(crate) async fn over_units(
    conn: &mut Conn,
    people: Vec<PersonId>,
) -> Result<HashMap<(PersonId, OrgUnitId), Vec<Role>>, StorageError> {
    let mut roles: HashMap<(PersonId, OrgUnitId), Vec<Role>> = HashMap::new();
    if people.is_empty() {
        return Ok(roles);
    }
    let rows: Vec<OverUnitRow> = sql("select person_id, role, scope_id from grants \
         where scope_kind = 'org_unit' and person_id in ($list) order by role")
    .bind_list(people)
    .all(conn)
    .await?;
    for OverUnitRow { person_id, role, scope_id } in rows {
        // A role that is not known here gives nothing here.
        roles.entry((person_id, OrgUnitId::from_uuid(scope_id))).or_default().extend(Role::from_word(&role));
    }
    Ok(roles)
}

/// Others than this person: leads and offices over some units, who are not disabled, and the administrators where there are none.
pub(crate) async fn overseers(
    conn: &mut Conn,
    person: PersonId,
    units: Vec<OrgUnitId>,
) -> Result<Vec<PersonId>, StorageError> {
    let over: Vec<PersonId> = sql("select distinct g.person_id as value from grants g join people p on p.id = g.person_id \
         where g.scope_kind = 'org_unit' and g.role in ('training_lead', 'provincial_office') and p.disabled_at is null \
           and g.person_id <> $1 and g.scope_id in ($list) order by g.person_id")
    .bind(person)
    .bind_list(super::org_units::never_empty(units))
    .all(conn)
    .await?;
    if !over.is_empty() {
        return Ok(over);
    }
    sql("select g.person_id as value from grants g join people p on p.id = g.person_id \
         where g.role = 'administrator' and g.scope_kind = 'system' and p.disabled_at is null and g.person_id <> $1 \
         order by g.person_id")
    .bind(person)
    .all(conn)
    .await
}

/// Notes in which unit a training or a class lies.
pub(crate) async fn place_scope(tx: &mut Tx, scope: Scope, unit: OrgUnitId) -> Result<(), StorageError> {
    let (kind, id) = scope_columns(scope);
    sql("insert into scope_units (scope_kind, scope_id, org_unit_id) values ($1, $2, $3) \
         on conflict (scope_kind, scope_id) do update set org_unit_id = excluded.org_unit_id")
    .bind(kind)
    .bind(id)
    .bind(unit)
    .exec(tx)
    .await?;
    Ok(())
}

/// Lets one transaction at a time take administrators away. Counting comes after it, in a statement of its own: it has to see
/// what the one before has committed.
pub(crate) async fn hold_administration(tx: &mut Tx) -> Result<(), StorageError> {
    sql("update administration set id = 1 where id = 1").exec(tx).await?;
    Ok(())
}

/// How many people besides this one administrate the system and are not disabled.
pub(crate) async fn other_administrators(conn: &mut Conn, person: PersonId) -> Result<i64, StorageError> {
    sql("select count(*) as value from grants g join people p on p.id = g.person_id \
         where g.role = 'administrator' and g.scope_kind = 'system' and p.disabled_at is null and p.id <> $1")
    .bind(person)
    .one(conn)
    .await
}

/// Whether this person is one of them.
pub(crate) async fn is_administrator(conn: &mut Conn, person: PersonId) -> Result<bool, StorageError> {
    let found: i64 = sql("select count(*) as value from grants \
         where person_id = $1 and role = 'administrator' and scope_kind = 'system'")
    .bind(person)
    .one(conn)
    .await?;
    Ok(found > 0)
}

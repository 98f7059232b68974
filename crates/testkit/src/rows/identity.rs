//! People, units and grants.

use kernel::id::{GrantId, OrgUnitId, PersonId};
use kernel::{Grant, Scope};
use storage::sql;

use crate::bed::TestBed;

/// A person without phone or password; the account name is the id.
pub async fn person(bed: &TestBed, id: PersonId, name: &str) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into people (id, name, account_name, subject, professional_title, teaching_since, created_at) \
         values ($1, $2, $3, '语文', '一级教师', 2010, $4)")
    .bind(id)
    .bind(name)
    .bind(id.to_string())
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a person is stored");
    tx.commit().await.expect("a commit");
}

/// A unit below another (or a province). Levels: province, city, county, central_school, teaching_point.
pub async fn org_unit(bed: &TestBed, parent: Option<OrgUnitId>, level: &str, name: &str) -> OrgUnitId {
    let id: OrgUnitId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    let above: Option<String> = match parent {
        Some(parent) => sql("select path as value from org_units where id = $1")
            .bind(parent)
            .opt(&mut tx)
            .await
            .expect("a path"),
        None => None,
    };
    let path = format!("{}{}/", above.unwrap_or_else(|| "/".to_owned()), id.uuid().simple());
    sql("insert into org_units (id, parent_id, level, name, path, created_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(parent)
        .bind(level)
        .bind(name)
        .bind(path)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a unit is stored");
    tx.commit().await.expect("a commit");
    id
}

/// Puts a person under a unit.
pub async fn belongs_to(bed: &TestBed, person: PersonId, unit: OrgUnitId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update people set org_unit_id = $2 where id = $1")
        .bind(person)
        .bind(unit)
        .exec(&mut tx)
        .await
        .expect("a person moves");
    tx.commit().await.expect("a commit");
}

/// A person whose account the administrator disabled.
pub async fn disabled(bed: &TestBed, person: PersonId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update people set disabled_at = $2, disabled_by = id, disabled_as = 'administrator' where id = $1")
        .bind(person)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("an account is disabled");
    tx.commit().await.expect("a commit");
}

/// A grant as a row (tokens of test callers carry their own; see `TestBed::person`).
pub async fn grant(bed: &TestBed, person: PersonId, grant: Grant) {
    let (kind, scope) = match grant.scope {
        Scope::System => ("system", uuid::Uuid::nil()),
        Scope::OrgUnit(id) => ("org_unit", id.uuid()),
        Scope::Training(id) => ("training", id.uuid()),
        Scope::Class(id) => ("class", id.uuid()),
    };
    let id: GrantId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into grants (id, person_id, role, scope_kind, scope_id, given_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (person_id, role, scope_kind, scope_id) do nothing")
    .bind(id)
    .bind(person)
    .bind(grant.role.word())
    .bind(kind)
    .bind(scope)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a grant is stored");
    tx.commit().await.expect("a commit");
}

//! The organisation tree.

use kernel::Timestamp;
use kernel::id::OrgUnitId;
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::model::org_unit::Level;

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct OrgUnitRow {
        pub id: OrgUnitId, pub parent_id: Option<OrgUnitId>, pub level: Level, pub name: String, pub code: Option<String>,
        pub path: String, pub version: i64, pub children: i64, pub people: i64,
    }
}
from_row! {
    pub(crate) struct NameRow { pub id: OrgUnitId, pub name: String }
}
from_row! {
    /// A unit somewhere below another; at the top nothing is above.
    pub(crate) struct BelowRow {
        pub above_id: Option<OrgUnitId>, pub id: OrgUnitId, pub level: Level, pub name: String, pub path: String,
    }
}
from_row! {
    pub(crate) struct PlaceRow { pub id: OrgUnitId, pub level: Level, pub path: String }
}

pub(crate) async fn find(conn: &mut Conn, id: OrgUnitId) -> Result<Option<OrgUnitRow>, StorageError> {
    sql("select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from org_units u where u.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

pub(crate) async fn by_ids(conn: &mut Conn, ids: Vec<OrgUnitId>) -> Result<Vec<OrgUnitRow>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sql("select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from org_units u where u.id in ($list) order by u.path")
    .bind_list(ids)
    .all(conn)
    .await
}

pub(crate) async fn provinces(conn: &mut Conn) -> Result<Vec<OrgUnitRow>, StorageError> {
    sql("select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from org_units u where u.parent_id is null order by u.code, u.id")
    .all(conn)
    .await
}

pub(crate) async fn children(conn: &mut Conn, parent: OrgUnitId) -> Result<Vec<OrgUnitRow>, StorageError> {
    sql("select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from org_units u where u.parent_id = $1 order by u.code, u.id")
    .bind(parent)
    .all(conn)
    .await
}

/// Units whose name contains a text.
pub(crate) async fn search(
    conn: &mut Conn,
    pattern: &str,
    limit: i64,
) -> Result<Vec<OrgUnitRow>, StorageError> {
    sql("select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from org_units u where lower(u.name collate \"C\") like $1 escape '!' order by u.path limit $2")
    .bind(pattern)
    .bind(limit)
    .all(conn)
    .await
}

/// The same of some units and those below.
pub(crate) async fn search_below(
    conn: &mut Conn,
    units: Vec<OrgUnitId>,
    pattern: &str,
    limit: i64,
) -> Result<Vec<OrgUnitRow>, StorageError> {
    sql("with held as materialized ( \
           select distinct b.below_id from v_org_unit_below b where b.org_unit_id in ($list)) \
         select u.id, u.parent_id, u.level, u.name, u.code, u.path, u.version, \
                (select count(*) from org_units c where c.parent_id = u.id) as children, \
                (select count(*) from people p where p.org_unit_id = u.id) as people \
         from held h join org_units u on u.id = h.below_id where lower(u.name collate \"C\") like $1 escape '!' order by u.path limit $2")
    .bind(pattern)
    .bind(limit)
    .bind_list(never_empty(units))
    .all(conn)
    .await
}

pub(crate) async fn names(conn: &mut Conn, ids: Vec<OrgUnitId>) -> Result<Vec<NameRow>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sql("select id, name from org_units where id in ($list)").bind_list(ids).all(conn).await
}

/// So many units are looked through for near names; a province has some thousands.
const MOST_BELOW: i64 = 50_000;

/// The units anywhere below some others.
pub(crate) async fn names_below(
    conn: &mut Conn,
    above: Vec<OrgUnitId>,
) -> Result<Vec<BelowRow>, StorageError> {
    if above.is_empty() {
        return Ok(Vec::new());
    }
    sql("select b.org_unit_id as above_id, u.id, u.level, u.name, u.path from v_org_unit_below b \
         join org_units u on u.id = b.below_id where b.org_unit_id in ($list) and b.below_id <> b.org_unit_id \
         order by u.name limit $1")
    .bind(MOST_BELOW)
    .bind_list(above)
    .all(conn)
    .await
}

pub(crate) async fn names_at_the_top(conn: &mut Conn) -> Result<Vec<BelowRow>, StorageError> {
    sql("select parent_id as above_id, id, level, name, path from org_units where parent_id is null order by name")
        .all(conn)
        .await
}

/// A unit that somebody chose.
pub(crate) async fn chosen(conn: &mut Conn, id: OrgUnitId) -> Result<Option<PlaceRow>, StorageError> {
    sql("select id, level, path from org_units where id = $1").bind(id).opt(conn).await
}

/// A unit by its name below another; at the root when there is no parent.
pub(crate) async fn by_name(
    conn: &mut Conn,
    parent: Option<OrgUnitId>,
    name: &str,
) -> Result<Option<PlaceRow>, StorageError> {
    match parent {
        Some(parent) => {
            sql("select id, level, path from org_units where parent_id = $1 and name = $2")
                .bind(parent)
                .bind(name)
                .opt(conn)
                .await
        }
        None => {
            sql("select id, level, path from org_units where parent_id is null and name = $1")
                .bind(name)
                .opt(conn)
                .await
        }
    }
}

pub(crate) struct NewUnit<'a> {
    pub id: OrgUnitId,
    pub parent: Option<OrgUnitId>,
    pub level: Level,
    pub name: &'a str,
    pub code: Option<&'a str>,
    pub path: &'a str,
    pub at: Timestamp,
}

pub(crate) async fn insert(tx: &mut Tx, unit: NewUnit<'_>) -> Result<(), StorageError> {
    sql("insert into org_units (id, parent_id, level, name, code, path, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(unit.id)
    .bind(unit.parent)
    .bind(unit.level.word())
    .bind(unit.name)
    .bind(unit.code)
    .bind(unit.path)
    .bind(unit.at)
    .exec(tx)
    .await?;
    Ok(())
}

/// True when the unit had this version.
pub(crate) async fn rename(
    tx: &mut Tx,
    id: OrgUnitId,
    name: &str,
    code: Option<&str>,
    version: i64,
) -> Result<bool, StorageError> {
    let changed = sql(
        "update org_units set name = $2, code = $3, version = version + 1 where id = $1 and version = $4",
    )
    .bind(id)
    .bind(name)
    .bind(code)
    .bind(version)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// A list with at least one id: the nil id names nothing.
pub(crate) fn never_empty(mut ids: Vec<OrgUnitId>) -> Vec<OrgUnitId> {
    if ids.is_empty() {
        ids.push(OrgUnitId::from_uuid(uuid::Uuid::nil()));
    }
    ids
}

//! The organisation tree: seen from the top of one's reach, changed below it.

use std::collections::HashMap;

use kernel::Ambient;
use kernel::id::OrgUnitId;
use kernel::spelling;
use serde_json::json;
use storage::audit::{self, Entry};
use storage::{Conn, StorageError, Tx};

use crate::access::Overseer;
use crate::error::OrgUnitError;
use crate::model::org_unit::{Level, ids_of_path, path_below};
use crate::store::org_units::{self, NewUnit, OrgUnitRow};

/// Most units that a search shows.
const MOST_FOUND: u16 = 50;

/// The units below another; without one, the top of what the caller oversees.
pub(crate) async fn below(
    conn: &mut Conn,
    overseer: &Overseer,
    parent: Option<OrgUnitId>,
) -> Result<Vec<OrgUnitRow>, OrgUnitError> {
    let Some(parent) = parent else {
        return Ok(if overseer.reach.administrator {
            org_units::provinces(conn).await?
        } else {
            org_units::by_ids(conn, overseer.units()).await?
        });
    };
    within(conn, overseer, parent).await?;
    Ok(org_units::children(conn, parent).await?)
}

/// Units within reach whose name contains a text, and whether there are more than are shown.
pub(crate) async fn search(
    conn: &mut Conn,
    overseer: &Overseer,
    text: &str,
) -> Result<(Vec<OrgUnitRow>, bool), StorageError> {
    let pattern = storage::containing(text);
    let limit = i64::from(MOST_FOUND) + 1;
    let mut found = if overseer.reach.administrator {
        org_units::search(conn, &pattern, limit).await?
    } else {
        org_units::search_below(conn, overseer.units(), &pattern, limit).await?
    };
    let more = found.len() > usize::from(MOST_FOUND);
    found.truncate(usize::from(MOST_FOUND));
    Ok((found, more))
}

/// The names along the paths of some units, from the province down.
pub(crate) async fn places(
    conn: &mut Conn,
    paths: &[&str],
) -> Result<HashMap<String, Vec<String>>, StorageError> {
    let mut ids: Vec<OrgUnitId> = paths.iter().flat_map(|path| ids_of_path(path)).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: HashMap<OrgUnitId, String> =
        org_units::names(conn, ids).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let place = |path: &str| ids_of_path(path).iter().filter_map(|id| names.get(id).cloned()).collect();
    Ok(paths.iter().map(|path| ((*path).to_owned(), place(path))).collect())
}

#[derive(Debug, Clone)]
pub(crate) struct Details<'a> {
    pub name: &'a str,
    pub code: Option<&'a str>,
}

/// Adds a unit below one within reach; provinces are the administrator's.
#[tracing::instrument(name = "identity.add_org_unit", skip_all)]
pub(crate) async fn add(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    parent: Option<OrgUnitId>,
    level: Level,
    details: Details<'_>,
) -> Result<OrgUnitId, OrgUnitError> {
    let above = match parent {
        Some(parent) => Some(within(tx, overseer, parent).await?),
        None if overseer.reach.administrator => None,
        None => return Err(OrgUnitError::NotYours),
    };
    let parent_level = above.as_ref().map(|row| row.level);
    if !level.may_stand_below(parent_level) {
        return Err(OrgUnitError::WrongLevel);
    }
    let id =
        make(tx, ambient, parent.zip(above.as_ref().map(|row| row.path.as_str())), level, details).await?;
    entry(tx, ambient, overseer, "identity.org_unit_added", id).await?;
    Ok(id)
}

/// Changes name and code. The top of one's own reach is changed by whoever is above.
#[tracing::instrument(name = "identity.change_org_unit", skip_all, fields(org_unit.id = %id))]
pub(crate) async fn change(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    id: OrgUnitId,
    version: i64,
    details: Details<'_>,
) -> Result<(), OrgUnitError> {
    within(tx, overseer, id).await?;
    if !overseer.reach.administrator && overseer.units().contains(&id) {
        return Err(OrgUnitError::NotYours);
    }
    if !org_units::rename(tx, id, &spelling::name(details.name), details.code, version).await? {
        return Err(OrgUnitError::Stale);
    }
    entry(tx, ambient, overseer, "identity.org_unit_changed", id).await?;
    Ok(())
}

/// Makes a unit; who may is the caller's rule.
pub(crate) async fn make(
    tx: &mut Tx,
    ambient: &Ambient,
    parent: Option<(OrgUnitId, &str)>,
    level: Level,
    details: Details<'_>,
) -> Result<OrgUnitId, StorageError> {
    let id: OrgUnitId = ambient.new_id();
    let path = path_below(parent.map(|(_, path)| path), id);
    let unit = NewUnit {
        id,
        parent: parent.map(|(id, _)| id),
        level,
        name: &spelling::name(details.name),
        code: details.code,
        path: &path,
        at: ambient.now(),
    };
    org_units::insert(tx, unit).await?;
    Ok(id)
}

pub(crate) async fn within(
    conn: &mut Conn,
    overseer: &Overseer,
    id: OrgUnitId,
) -> Result<OrgUnitRow, OrgUnitError> {
    org_units::find(conn, id)
        .await?
        .filter(|row| overseer.reach.covers(Some(&row.path)))
        .ok_or(OrgUnitError::NoSuchUnit)
}

async fn entry(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    action: &str,
    id: OrgUnitId,
) -> Result<(), StorageError> {
    let person = Some(overseer.actor.person);
    let entry =
        Entry { chain: "system".to_owned(), person, action, object: id.to_string(), detail: json!({}) };
    audit::append(tx, ambient, entry).await
}

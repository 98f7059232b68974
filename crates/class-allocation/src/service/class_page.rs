//! What members see of their class: the class, who is in it, all my classes; and its name.

use kernel::id::{ClassId, PersonId, TrainingId};
use kernel::{Ambient, Role, Timestamp};
use storage::{Conn, StorageError, Tx};
use training_plan::training;

use super::note;
use super::roster::{Units, units_along, years_until};
use crate::access::ClassStaff;
use crate::error::ClassError;
use crate::store::classes::{self, DetailRow, MineRow};

/// A class, and when the asker signed its charter.
pub struct ClassPage {
    pub class: DetailRow,
    pub signed_at: Option<Timestamp>,
}

pub async fn class(
    conn: &mut Conn,
    class: ClassId,
    asker: PersonId,
) -> Result<Option<ClassPage>, StorageError> {
    let Some(row) = classes::detail(conn, class).await? else { return Ok(None) };
    let signed_at = classes::signed_at(conn, class, asker).await?;
    Ok(Some(ClassPage { class: row, signed_at }))
}

pub struct Member {
    pub person: PersonId,
    pub role: Role,
    pub name: String,
    pub org_unit_name: Option<String>,
    pub county: Option<String>,
    pub subject: Option<String>,
    pub professional_title: Option<String>,
    pub years: Option<u16>,
    pub charter_signed_at: Option<Timestamp>,
}

/// Staff first, then learners, by name.
pub async fn members(
    conn: &mut Conn,
    training: TrainingId,
    class: ClassId,
) -> Result<Vec<Member>, StorageError> {
    let first_year = training::find(conn, training).await?.map_or(0, |training| training.starts_on.year());
    let rows = classes::members(conn, class).await?;
    let units = Units::along(conn, units_along(rows.iter().map(|row| &row.org_path))).await?;
    let member = |row: classes::MemberRow| Member {
        person: row.person_id,
        role: row.role.0,
        name: row.name,
        org_unit_name: row.org_unit_name,
        county: row.org_path.as_deref().and_then(|path| units.county(path)).map(|county| county.name),
        subject: row.subject,
        professional_title: row.professional_title,
        years: row.teaching_since.map(|since| years_until(first_year, since)),
        charter_signed_at: row.charter_signed_at,
    };
    Ok(rows.into_iter().map(member).collect())
}

pub async fn mine(conn: &mut Conn, person: PersonId) -> Result<Vec<MineRow>, StorageError> {
    classes::mine(conn, person).await
}

/// Gives a class another name.
pub async fn rename(
    tx: &mut Tx,
    ambient: &Ambient,
    staff: &ClassStaff,
    name: &str,
    read: i64,
) -> Result<(), ClassError> {
    training::rely_on(tx, staff.training).await?.ok_or(ClassError::NotFound)?.not_over()?;
    if !classes::rename(tx, staff.class, name, read).await? {
        return Err(ClassError::Stale);
    }
    let (object, detail) = (staff.class.to_string(), serde_json::json!({ "name": name }));
    note(tx, ambient, staff.training, staff.actor.person, "class_allocation.rename", object, detail).await?;
    Ok(())
}

//! Who was taken from a published class, and why.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use super::staff::AssignmentRow;
use crate::model::allocation::StaffRole;

/// A dismissal about to be written.
#[derive(Debug, Clone, Copy)]
pub struct Dismissal<'a> {
    pub of: &'a AssignmentRow,
    pub by: PersonId,
    pub reason: &'a str,
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct DismissedRow {
        pub class_id: ClassId, pub name: String, pub role: StaffRole, pub dismissed_by_name: String,
        pub dismissed_at: Timestamp, pub reason: String,
    }
}

pub async fn keep(tx: &mut Tx, dismissal: &Dismissal<'_>, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into dismissals (id, class_id, training_id, person_id, role, dismissed_by, dismissed_at, reason) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(dismissal.of.id)
    .bind(dismissal.of.class_id)
    .bind(dismissal.of.training_id)
    .bind(dismissal.of.person_id)
    .bind(dismissal.of.role.word())
    .bind(dismissal.by)
    .bind(at)
    .bind(dismissal.reason)
    .exec(tx)
    .await?;
    Ok(())
}

/// The latest first; who leads the class again is no longer among them.
pub async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<DismissedRow>, StorageError> {
    sql("select d.class_id, p.name, d.role, b.name as dismissed_by_name, d.dismissed_at, d.reason \
         from dismissals d join v_person p on p.person_id = d.person_id join v_person b on b.person_id = d.dismissed_by \
         where d.training_id = $1 and not exists ( \
           select 1 from staff_assignments a where a.class_id = d.class_id and a.person_id = d.person_id) \
         order by d.dismissed_at desc, d.id")
    .bind(training)
    .all(conn)
    .await
}

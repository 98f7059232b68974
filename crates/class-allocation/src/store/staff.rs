//! Who leads which class.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, StaffAssignmentId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::allocation::StaffRole;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct AssignmentRow {
        pub id: StaffAssignmentId, pub class_id: ClassId, pub training_id: TrainingId, pub person_id: PersonId,
        pub role: StaffRole,
    }
}

pub async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<AssignmentRow>, StorageError> {
    sql("select id, class_id, training_id, person_id, role from staff_assignments where training_id = $1 \
         order by role, id")
    .bind(training)
    .all(conn)
    .await
}

/// Those of a training that count: of people who agreed to lead along and still can.
pub async fn leading(conn: &mut Conn, training: TrainingId) -> Result<Vec<AssignmentRow>, StorageError> {
    sql("select a.id, a.class_id, a.training_id, a.person_id, a.role from staff_assignments a \
         join v_training_staff s on s.training_id = a.training_id and s.person_id = a.person_id and s.role = a.role \
         where a.training_id = $1 order by a.role, a.id")
    .bind(training)
    .all(conn)
    .await
}

/// The trainings under way whose published classes somebody leads or led until their account was disabled.
pub async fn trainings_led_by(conn: &mut Conn, person: PersonId) -> Result<Vec<TrainingId>, StorageError> {
    sql(
        "select distinct a.training_id as value from staff_assignments a join classes c on c.id = a.class_id \
         join v_training t on t.training_id = a.training_id \
         where a.person_id = $1 and c.published and t.state <> 'closed' order by a.training_id",
    )
    .bind(person)
    .all(conn)
    .await
}

pub async fn find(conn: &mut Conn, id: StaffAssignmentId) -> Result<Option<AssignmentRow>, StorageError> {
    sql("select id, class_id, training_id, person_id, role from staff_assignments where id = $1")
        .bind(id)
        .opt(conn)
        .await
}

pub async fn insert(
    tx: &mut Tx,
    row: &AssignmentRow,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into staff_assignments (id, class_id, training_id, person_id, role, assigned_by, assigned_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(row.id)
    .bind(row.class_id)
    .bind(row.training_id)
    .bind(row.person_id)
    .bind(row.role.word())
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: StaffAssignmentId) -> Result<(), StorageError> {
    sql("delete from staff_assignments where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Frees the classes of those who do not lead along any more. Before the classes are published nobody else knew of them.
pub async fn free_departed(tx: &mut Tx, training: TrainingId) -> Result<(), StorageError> {
    sql("delete from staff_assignments where training_id = $1 and not exists \
         (select 1 from v_training_staff s where s.training_id = $1 and s.person_id = staff_assignments.person_id \
         and s.role = staff_assignments.role)")
    .bind(training)
    .exec(tx)
    .await?;
    Ok(())
}

//! Who sat in a class and stopped taking part.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

/// Somebody's departure about to be written.
#[derive(Debug, Clone, Copy)]
pub struct Departure<'a> {
    pub training: TrainingId,
    pub person: PersonId,
    pub class: ClassId,
    pub by: PersonId,
    pub reason: &'a str,
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct DepartedRow {
        pub person_id: PersonId, pub name: String, pub org_unit_name: Option<String>, pub class_id: ClassId,
        pub class_name: String, pub ended_by: PersonId, pub ended_by_name: String, pub reason: String,
        pub left_at: Timestamp,
    }
}

/// The last departure of a person from a training stands.
pub async fn keep(tx: &mut Tx, departure: &Departure<'_>, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into departures (training_id, person_id, class_id, ended_by, reason, left_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (training_id, person_id) do update set \
         class_id = excluded.class_id, ended_by = excluded.ended_by, reason = excluded.reason, left_at = excluded.left_at")
    .bind(departure.training)
    .bind(departure.person)
    .bind(departure.class)
    .bind(departure.by)
    .bind(departure.reason)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Who left a training and has not come back, by class and name.
pub async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<DepartedRow>, StorageError> {
    sql("select d.person_id, p.name, p.org_unit_name, d.class_id, c.name as class_name, d.ended_by, \
                b.name as ended_by_name, d.reason, d.left_at \
         from departures d join v_departed_learner v on v.training_id = d.training_id and v.person_id = d.person_id \
         join classes c on c.id = d.class_id join v_person p on p.person_id = d.person_id \
         join v_person b on b.person_id = d.ended_by \
         where d.training_id = $1 order by c.number, p.name, d.person_id")
    .bind(training)
    .all(conn)
    .await
}

//! A learner's seat in their class, and whether they have signed its charter.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

storage::from_row! {
    pub(crate) struct SeatRow { pub class_id: ClassId, pub charter_signed_at: Option<Timestamp> }
}

pub(crate) async fn seat(
    conn: &mut Conn,
    training: TrainingId,
    learner: PersonId,
) -> Result<Option<SeatRow>, StorageError> {
    sql("select class_id, charter_signed_at from v_class_member \
         where training_id = $1 and person_id = $2 and role = 'learner'")
    .bind(training)
    .bind(learner)
    .opt(conn)
    .await
}

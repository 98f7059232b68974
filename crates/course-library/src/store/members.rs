//! Who has signed the charter of their class.

use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

pub(crate) async fn has_signed(
    conn: &mut Conn,
    training: TrainingId,
    learner: PersonId,
) -> Result<bool, StorageError> {
    let signed: i64 = sql("select count(*) as value from v_class_member \
         where training_id = $1 and person_id = $2 and role = 'learner' and charter_signed_at is not null")
    .bind(training)
    .bind(learner)
    .one(conn)
    .await?;
    Ok(signed > 0)
}

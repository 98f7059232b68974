//! A learner's seat in their class, and whether they have signed its charter.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError, sql};
use training_plan::training::TrainingState;

storage::from_row! {
    pub(crate) struct SeatRow {
        pub class_id: ClassId, pub charter_signed_at: Option<Timestamp>, pub training_state: String,
    }
}

impl SeatRow {
    /// Nobody signs any more.
    pub fn is_over(&self) -> bool {
        TrainingState::from_word(&self.training_state) == Some(TrainingState::Closed)
    }
}

pub(crate) async fn seat(
    conn: &mut Conn,
    training: TrainingId,
    learner: PersonId,
) -> Result<Option<SeatRow>, StorageError> {
    sql("select m.class_id, m.charter_signed_at, r.state as training_state \
         from v_class_member m join v_training r on r.training_id = m.training_id \
         where m.training_id = $1 and m.person_id = $2 and m.role = 'learner'")
    .bind(training)
    .bind(learner)
    .opt(conn)
    .await
}

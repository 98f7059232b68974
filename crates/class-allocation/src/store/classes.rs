//! Classes and who sits in them.

use kernel::id::{ClassId, PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

storage::from_row! {
    /// Where a class stands: its training, and the units above it.
    pub struct PlaceRow { pub training_id: TrainingId, pub published: bool, pub org_path: String }
}

pub async fn place_of(conn: &mut Conn, class: ClassId) -> Result<Option<PlaceRow>, StorageError> {
    sql("select c.training_id, c.published, t.org_path from v_class c \
         join v_training t on t.training_id = c.training_id where c.class_id = $1")
    .bind(class)
    .opt(conn)
    .await
}

pub async fn of_learner(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<ClassId>, StorageError> {
    sql("select p.class_id as value from placements p join classes c on c.id = p.class_id \
         where p.training_id = $1 and p.person_id = $2 and c.published")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}

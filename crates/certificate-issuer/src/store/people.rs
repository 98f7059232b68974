//! What this area reads about people, through identity's views.

use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

/// The people of the offices that watch over a training.
pub(crate) async fn offices_over(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<PersonId>, StorageError> {
    sql("select distinct g.person_id as value from v_training t \
         join v_org_unit u on t.org_path like u.path || '%' \
         join v_grant g on g.role = 'provincial_office' and g.scope_kind = 'org_unit' and g.scope_id = u.org_unit_id \
         where t.training_id = $1")
    .bind(training)
    .all(conn)
    .await
}

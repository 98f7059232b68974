//! What this area reads about people, through identity's views.

use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

storage::from_row! {
    /// Somebody of an office that watches over a training.
    pub(crate) struct Officer { pub person_id: PersonId, pub name: String }
}

/// The people of the offices that watch over a training and can sign in.
pub(crate) async fn officers_over(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<Officer>, StorageError> {
    sql("select distinct p.person_id, p.name from v_training t \
         join v_org_unit_above a on a.org_unit_id = t.org_unit_id \
         join v_grant g on g.role = 'provincial_office' and g.scope_kind = 'org_unit' and g.scope_id = a.above_id \
         join v_person p on p.person_id = g.person_id and p.disabled_at is null \
         where t.training_id = $1 order by p.name, p.person_id")
    .bind(training)
    .all(conn)
    .await
}

//! What this area reads about people, through identity's views.

use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, sql};

/// Whether somebody exists and may still sign in.
pub(crate) async fn is_active(conn: &mut Conn, person: PersonId) -> Result<bool, StorageError> {
    let found: Option<i64> =
        sql("select cast(1 as bigint) as value from v_person where person_id = $1 and disabled_at is null")
            .bind(person)
            .opt(conn)
            .await?;
    Ok(found.is_some())
}

pub(crate) async fn learns_in(
    conn: &mut Conn,
    person: PersonId,
    training: TrainingId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sql("select cast(1 as bigint) as value from v_grant \
         where person_id = $1 and role = 'learner' and scope_kind = 'training' and scope_id = $2")
    .bind(person)
    .bind(training)
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

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

/// Who leads the training and can sign in.
pub(crate) async fn leads(conn: &mut Conn, training: TrainingId) -> Result<Vec<PersonId>, StorageError> {
    sql("select g.person_id as value from v_grant g \
         join v_person p on p.person_id = g.person_id and p.disabled_at is null \
         where g.role = 'training_lead' and g.scope_kind = 'training' and g.scope_id = $1")
    .bind(training)
    .all(conn)
    .await
}

/// Whether somebody may lead trainings where this one lies: a lead of its unit or of one above it, and an administrator.
pub(crate) async fn may_lead(
    conn: &mut Conn,
    person: PersonId,
    training: TrainingId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sql("select cast(1 as bigint) as value \
         from v_training t join v_grant g on g.person_id = $1 \
         where t.training_id = $2 \
           and (g.role = 'administrator' and g.scope_kind = 'system' \
             or g.role = 'training_lead' and g.scope_kind = 'org_unit' and exists ( \
               select 1 from v_org_unit_above a where a.org_unit_id = t.org_unit_id and a.above_id = g.scope_id)) limit 1")
    .bind(person)
    .bind(training)
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

/// The people of the provincial office over the training's unit who can sign in.
pub(crate) async fn offices_over(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<PersonId>, StorageError> {
    sql("select distinct g.person_id as value \
         from v_training t \
         join v_org_unit_above a on a.org_unit_id = t.org_unit_id \
         join v_grant g on g.scope_id = a.above_id \
         join v_person p on p.person_id = g.person_id and p.disabled_at is null \
         where t.training_id = $1 and g.role = 'provincial_office' and g.scope_kind = 'org_unit'")
    .bind(training)
    .all(conn)
    .await
}

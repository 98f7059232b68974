//! What the gate reads about people, through identity's and training-plan's views.

use kernel::id::{OrgUnitId, PersonId, TrainingId};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

/// Whether somebody leads, guides or assists in the training.
pub(crate) async fn is_staff(
    conn: &mut Conn,
    person: PersonId,
    training: TrainingId,
) -> Result<bool, StorageError> {
    let found: Option<i64> = sql("select cast(1 as bigint) as value from v_grant \
         where person_id = $1 and role in ('assistant', 'expert', 'training_lead') \
           and scope_kind = 'training' and scope_id = $2 limit 1")
    .bind(person)
    .bind(training)
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

/// Whether somebody belongs to one of these units or to one below.
pub(crate) async fn is_below(
    conn: &mut Conn,
    person: PersonId,
    units: &[OrgUnitId],
) -> Result<bool, StorageError> {
    let found: Option<bool> = sql("select exists ( \
           select 1 from v_org_unit u where u.org_unit_id in ($list) and p.org_path like u.path || '%') as value \
         from v_person p where p.person_id = $1")
    .bind(person)
    .bind_list(or_nil(units))
    .opt(conn)
    .await?;
    Ok(found.unwrap_or(false))
}

/// A list that is never empty: no unit has the nil id.
pub(crate) fn or_nil(units: &[OrgUnitId]) -> Vec<Uuid> {
    if units.is_empty() { vec![Uuid::nil()] } else { units.iter().map(|unit| unit.uuid()).collect() }
}

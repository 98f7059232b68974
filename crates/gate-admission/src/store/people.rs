//! What the gate reads about people, through identity's and training-plan's views.

use kernel::id::{OrgUnitId, PersonId, TrainingId};
use storage::{Conn, StorageError, from_row, sql};
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

pub(crate) async fn name(conn: &mut Conn, person: PersonId) -> Result<Option<String>, StorageError> {
    sql("select name as value from v_person where person_id = $1").bind(person).opt(conn).await
}

/// Whether somebody belongs to one of these units or to one below.
pub(crate) async fn is_below(
    conn: &mut Conn,
    person: PersonId,
    units: &[OrgUnitId],
) -> Result<bool, StorageError> {
    let found: Option<bool> = sql("select exists ( \
           select 1 from v_org_unit_above a where a.org_unit_id = p.org_unit_id and a.above_id in ($list)) as value \
         from v_person p where p.person_id = $1")
    .bind(person)
    .bind_list(or_nil(units))
    .opt(conn)
    .await?;
    Ok(found.unwrap_or(false))
}

/// The heads nearest to somebody: of their own unit, or of the closest one above that has a head who can sign in.
pub(crate) async fn nearest_heads(conn: &mut Conn, person: PersonId) -> Result<Vec<PersonId>, StorageError> {
    let heads: Vec<HeadRow> = sql("select g.person_id, g.scope_id \
         from v_person p \
         join v_org_unit_above a on a.org_unit_id = p.org_unit_id \
         join v_grant g on g.scope_id = a.above_id \
         join v_person h on h.person_id = g.person_id and h.disabled_at is null \
         where p.person_id = $1 and g.role = 'school_head' and g.scope_kind = 'org_unit' and g.person_id <> $1 \
         order by length(a.above_path) desc")
    .bind(person)
    .all(conn)
    .await?;
    let nearest = heads.first().map(|head| head.scope_id);
    Ok(heads.into_iter().filter(|head| Some(head.scope_id) == nearest).map(|head| head.person_id).collect())
}

from_row! {
    struct HeadRow { person_id: PersonId, scope_id: Uuid }
}

/// A list that is never empty: no unit has the nil id.
pub(crate) fn or_nil(units: &[OrgUnitId]) -> Vec<Uuid> {
    if units.is_empty() { vec![Uuid::nil()] } else { units.iter().map(|unit| unit.uuid()).collect() }
}

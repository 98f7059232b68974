//! Rows of the leads of trainings.

use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId, TrainingLeadId};
use storage::{Conn, StorageError, Tx, from_row, sql};

from_row! {
    /// Somebody's part as lead, and how it ended.
    #[derive(Debug, Clone)]
    pub(crate) struct Lead {
        pub id: TrainingLeadId, pub training_id: TrainingId, pub person_id: PersonId, pub person_name: String,
        pub org_unit_name: Option<String>, pub named_by_name: String, pub named_at: Timestamp,
        pub ended_at: Option<Timestamp>, pub ended_by_name: Option<String>, pub end_reason: Option<String>,
        pub disabled_at: Option<Timestamp>,
    }
}

/// A part about to be written.
pub(crate) struct NewLead {
    pub id: TrainingLeadId,
    pub training: TrainingId,
    pub person: PersonId,
    pub by: PersonId,
}

/// The unique index refuses a second part beside one that lasts.
pub(crate) async fn insert(tx: &mut Tx, new: &NewLead, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into training_leads (id, training_id, person_id, named_by, named_at) values ($1, $2, $3, $4, $5)")
        .bind(new.id)
        .bind(new.training)
        .bind(new.person)
        .bind(new.by)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Who ended it, when and why.
pub(crate) async fn end(
    tx: &mut Tx,
    id: TrainingLeadId,
    by: PersonId,
    reason: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update training_leads set ended_by = $2, end_reason = $3, ended_at = $4 where id = $1")
        .bind(id)
        .bind(by)
        .bind(reason)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: TrainingLeadId) -> Result<Option<Lead>, StorageError> {
    sql("select l.id, l.training_id, l.person_id, p.name as person_name, p.org_unit_name, b.name as named_by_name, \
            l.named_at, l.ended_at, e.name as ended_by_name, l.end_reason, p.disabled_at \
         from training_leads l join v_person p on p.person_id = l.person_id \
         join v_person_name b on b.person_id = l.named_by left join v_person_name e on e.person_id = l.ended_by where l.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// So many of those who have left are told.
const MOST_LEFT: i64 = 100;

/// A training's leads in the order in which they were named, those who left last among them.
pub(crate) async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<Lead>, StorageError> {
    sql("select l.id, l.training_id, l.person_id, p.name as person_name, p.org_unit_name, b.name as named_by_name, \
            l.named_at, l.ended_at, e.name as ended_by_name, l.end_reason, p.disabled_at \
         from training_leads l join v_person p on p.person_id = l.person_id \
         join v_person_name b on b.person_id = l.named_by left join v_person_name e on e.person_id = l.ended_by \
         where l.training_id = $1 and (l.ended_at is null or l.id in (select o.id from training_leads o \
         where o.training_id = $1 and o.ended_at is not null order by o.ended_at desc, o.id desc limit $2)) order by l.id")
    .bind(training)
    .bind(MOST_LEFT)
    .all(conn)
    .await
}

/// How many lead it now.
pub(crate) async fn count(conn: &mut Conn, training: TrainingId) -> Result<i64, StorageError> {
    sql("select count(*) as value from training_leads where training_id = $1 and ended_at is null")
        .bind(training)
        .one(conn)
        .await
}

/// How many lead the training beside this one, and can still sign in.
pub(crate) async fn others(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<i64, StorageError> {
    sql("select count(*) as value from training_leads l join v_person p on p.person_id = l.person_id \
         where l.training_id = $1 and l.person_id <> $2 and l.ended_at is null and p.disabled_at is null")
    .bind(training)
    .bind(person)
    .one(conn)
    .await
}

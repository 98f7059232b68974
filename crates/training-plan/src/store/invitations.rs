//! Rows of staff invitations.

use kernel::Timestamp;
use kernel::id::{PersonId, StaffInvitationId, TrainingId};
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::model::invitation::{InvitationState, StaffRole};

from_row! {
    /// An invitation, and who it is about.
    #[derive(Debug, Clone)]
    pub(crate) struct Invitation {
        pub id: StaffInvitationId, pub training_id: TrainingId, pub person_id: PersonId, pub person_name: String,
        pub org_unit_name: Option<String>, pub role: StaffRole, pub message: String, pub state: InvitationState,
        pub reason: Option<String>, pub invited_by_name: Option<String>, pub invited_at: Timestamp,
        pub answered_at: Option<Timestamp>, pub version: i64, pub ended_at: Option<Timestamp>,
        pub ended_by_name: Option<String>, pub end_reason: Option<String>,
    }
}

/// An invitation about to be written.
pub(crate) struct NewInvitation<'a> {
    pub id: StaffInvitationId,
    pub training: TrainingId,
    pub person: PersonId,
    pub role: StaffRole,
    pub message: &'a str,
    pub by: PersonId,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewInvitation<'_>, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into staff_invitations (id, training_id, person_id, role, message, state, version, invited_by, invited_at) \
         values ($1, $2, $3, $4, $5, 'invited', 1, $6, $7)")
    .bind(new.id)
    .bind(new.training)
    .bind(new.person)
    .bind(new.role.word())
    .bind(new.message)
    .bind(new.by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Takes the row until the end of the transaction, so that two answers stand in line.
pub(crate) async fn take(tx: &mut Tx, id: StaffInvitationId) -> Result<(), StorageError> {
    sql("update staff_invitations set state = state where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    id: StaffInvitationId,
    state: InvitationState,
    reason: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update staff_invitations set state = $2, reason = $3, answered_at = $4, version = version + 1 where id = $1")
        .bind(id)
        .bind(state.word())
        .bind(reason)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

/// Who ended it, when and why.
pub(crate) async fn end(
    tx: &mut Tx,
    id: StaffInvitationId,
    by: PersonId,
    reason: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update staff_invitations set state = 'ended', ended_by = $2, end_reason = $3, ended_at = $4, \
         version = version + 1 where id = $1")
    .bind(id)
    .bind(by)
    .bind(reason)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn find(conn: &mut Conn, id: StaffInvitationId) -> Result<Option<Invitation>, StorageError> {
    sql("select i.id, i.training_id, i.person_id, p.name as person_name, p.org_unit_name, i.role, i.message, i.state, \
            i.reason, b.name as invited_by_name, i.invited_at, i.answered_at, i.version, i.ended_at, \
            e.name as ended_by_name, i.end_reason \
         from staff_invitations i join v_person p on p.person_id = i.person_id \
         left join v_person_name b on b.person_id = i.invited_by left join v_person_name e on e.person_id = i.ended_by where i.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// How many invitations a training has, whatever became of them.
pub(crate) async fn count(conn: &mut Conn, training: TrainingId) -> Result<i64, StorageError> {
    sql("select count(*) as value from staff_invitations where training_id = $1")
        .bind(training)
        .one(conn)
        .await
}

/// A training's invitations, newest first.
pub(crate) async fn of_training(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<Invitation>, StorageError> {
    sql("select i.id, i.training_id, i.person_id, p.name as person_name, p.org_unit_name, i.role, i.message, i.state, \
            i.reason, b.name as invited_by_name, i.invited_at, i.answered_at, i.version, i.ended_at, \
            e.name as ended_by_name, i.end_reason \
         from staff_invitations i join v_person p on p.person_id = i.person_id \
         left join v_person_name b on b.person_id = i.invited_by left join v_person_name e on e.person_id = i.ended_by \
         where i.training_id = $1 order by i.id desc")
    .bind(training)
    .all(conn)
    .await
}

/// A person's own invitations, newest first, those before an id; those taken back are gone.
pub(crate) async fn of_person(
    conn: &mut Conn,
    person: PersonId,
    before: StaffInvitationId,
    limit: i64,
) -> Result<Vec<Invitation>, StorageError> {
    sql("select i.id, i.training_id, i.person_id, p.name as person_name, p.org_unit_name, i.role, i.message, i.state, \
            i.reason, b.name as invited_by_name, i.invited_at, i.answered_at, i.version, i.ended_at, \
            e.name as ended_by_name, i.end_reason \
         from staff_invitations i join v_person p on p.person_id = i.person_id \
         left join v_person_name b on b.person_id = i.invited_by left join v_person_name e on e.person_id = i.ended_by \
         where i.person_id = $1 and i.state <> 'withdrawn' and i.id < $2 order by i.id desc limit $3")
    .bind(person)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

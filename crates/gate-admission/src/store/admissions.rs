//! Seats, and the people on them.

use kernel::id::{AdmissionId, ApplicationId, PersonId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::model::application::ApplicationState;

from_row! {
    /// What somebody else takes part in, or applied for.
    #[derive(Debug, Clone)]
    pub(crate) struct Elsewhere {
        pub training_id: TrainingId, pub title: String, pub starts_on: Date, pub weeks: u16,
        pub state: ApplicationState,
    }
}

/// The numbers of the seats that are taken, in order.
pub(crate) async fn taken_seats(conn: &mut Conn, training: TrainingId) -> Result<Vec<u16>, StorageError> {
    let seats: Vec<i64> =
        sql("select seat_no as value from admissions where training_id = $1 order by seat_no")
            .bind(training)
            .all(conn)
            .await?;
    Ok(seats.into_iter().filter_map(|seat| u16::try_from(seat).ok()).collect())
}

/// Takes the person until the end of the transaction, so that two trainings cannot admit them at the same moment.
pub(crate) async fn take_person(tx: &mut Tx, person: PersonId, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into admitted_people (person_id, at) values ($1, $2) \
         on conflict (person_id) do update set at = excluded.at")
    .bind(person)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// A seat about to be given.
pub(crate) struct NewAdmission {
    pub id: AdmissionId,
    pub training: TrainingId,
    pub person: PersonId,
    pub application: ApplicationId,
    pub seat: u16,
    pub by: PersonId,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewAdmission, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into admissions (id, training_id, person_id, application_id, seat_no, admitted_by, admitted_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(new.id)
    .bind(new.training)
    .bind(new.person)
    .bind(new.application)
    .bind(new.seat)
    .bind(new.by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Frees the seat. True when there was one.
pub(crate) async fn delete(tx: &mut Tx, application: ApplicationId) -> Result<bool, StorageError> {
    let rows = sql("delete from admissions where application_id = $1").bind(application).exec(tx).await?;
    Ok(rows == 1)
}

pub(crate) async fn seat_of(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Option<i64>, StorageError> {
    sql("select seat_no as value from admissions where application_id = $1").bind(application).opt(conn).await
}

/// Other trainings that are not over and in which somebody is admitted or has applied.
pub(crate) async fn elsewhere(
    conn: &mut Conn,
    person: PersonId,
    training: TrainingId,
) -> Result<Vec<Elsewhere>, StorageError> {
    sql("select t.training_id, t.title, t.starts_on, t.weeks, a.state \
         from applications a join v_training t on t.training_id = a.training_id \
         where a.person_id = $1 and a.training_id <> $2 and t.state <> 'closed' \
           and a.state in ('submitted', 'recommended', 'waitlisted', 'admitted') \
         order by t.starts_on, t.training_id")
    .bind(person)
    .bind(training)
    .all(conn)
    .await
}

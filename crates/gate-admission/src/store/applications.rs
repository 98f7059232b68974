//! Rows of applications.

use kernel::Timestamp;
use kernel::id::{ApplicationId, PersonId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, from_row, sql};

use crate::model::answers::Answers;
use crate::model::application::ApplicationState;

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct Application {
        pub id: ApplicationId, pub training_id: TrainingId, pub person_id: PersonId, pub state: ApplicationState,
        pub version: i64, pub answers: Json<Answers>, pub willingness_score: Option<i64>,
        pub recommended: Option<bool>, pub recommendation_reason: Option<String>, pub recommended_by: Option<PersonId>,
        pub submitted_at: Option<Timestamp>, pub waitlisted_at: Option<Timestamp>, pub updated_at: Timestamp,
    }
}

/// Takes the application until the end of the transaction.
pub(crate) async fn take(tx: &mut Tx, id: ApplicationId) -> Result<Option<Application>, StorageError> {
    sql("update applications set version = version where id = $1 \
         returning id, training_id, person_id, state, version, answers, willingness_score, recommended, \
           recommendation_reason, recommended_by, submitted_at, waitlisted_at, updated_at")
    .bind(id)
    .opt(tx)
    .await
}

/// The same by training and person.
pub(crate) async fn take_of(
    tx: &mut Tx,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<Application>, StorageError> {
    sql("update applications set version = version where training_id = $1 and person_id = $2 \
         returning id, training_id, person_id, state, version, answers, willingness_score, recommended, \
           recommendation_reason, recommended_by, submitted_at, waitlisted_at, updated_at")
    .bind(training)
    .bind(person)
    .opt(tx)
    .await
}

pub(crate) async fn find(conn: &mut Conn, id: ApplicationId) -> Result<Option<Application>, StorageError> {
    sql("select id, training_id, person_id, state, version, answers, willingness_score, recommended, \
           recommendation_reason, recommended_by, submitted_at, waitlisted_at, updated_at from applications where id = $1")
    .bind(id)
    .opt(conn)
    .await
}

pub(crate) async fn find_of(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<Application>, StorageError> {
    sql("select id, training_id, person_id, state, version, answers, willingness_score, recommended, \
           recommendation_reason, recommended_by, submitted_at, waitlisted_at, updated_at \
         from applications where training_id = $1 and person_id = $2")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}

/// An empty draft, unless the person has an application there.
pub(crate) async fn insert_draft(
    tx: &mut Tx,
    id: ApplicationId,
    training: TrainingId,
    person: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into applications (id, training_id, person_id, state, version, answers, created_at, updated_at) \
         values ($1, $2, $3, 'draft', 0, $4, $5, $5) on conflict (training_id, person_id) do nothing")
    .bind(id)
    .bind(training)
    .bind(person)
    .bind(serde_json::json!({}))
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Writes a draft; what a withdrawn application had reached is forgotten.
pub(crate) async fn save_draft(
    tx: &mut Tx,
    id: ApplicationId,
    version: i64,
    answers: serde_json::Value,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update applications set state = 'draft', version = $2, answers = $3, willingness_score = null, hours_a_week = null, \
         recommended = null, recommendation_reason = null, recommended_by = null, decided_by = null, \
         submitted_at = null, waitlisted_at = null, updated_at = $4 where id = $1")
    .bind(id)
    .bind(version)
    .bind(answers)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn submit(
    tx: &mut Tx,
    id: ApplicationId,
    score: u16,
    hours: Option<u16>,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update applications set state = 'submitted', version = version + 1, willingness_score = $2, hours_a_week = $3, \
         submitted_at = $4, updated_at = $4 where id = $1")
    .bind(id)
    .bind(score)
    .bind(hours.map(i64::from))
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn recommend(
    tx: &mut Tx,
    id: ApplicationId,
    state: ApplicationState,
    recommended: bool,
    reason: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update applications set state = $2, version = version + 1, recommended = $3, recommendation_reason = $4, \
         recommended_by = $5, updated_at = $6 where id = $1")
    .bind(id)
    .bind(state.word())
    .bind(recommended)
    .bind(reason)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// A new state after a decision (by somebody) or a withdrawal; the waitlist keeps its order by `waitlisted_at`.
pub(crate) async fn set_state(
    tx: &mut Tx,
    id: ApplicationId,
    state: ApplicationState,
    decided_by: Option<PersonId>,
    at: Timestamp,
) -> Result<(), StorageError> {
    let waitlisted_at = (state == ApplicationState::Waitlisted).then_some(at);
    sql("update applications set state = $2, version = version + 1, waitlisted_at = $3, decided_by = $4, updated_at = $5 \
         where id = $1")
    .bind(id)
    .bind(state.word())
    .bind(waitlisted_at)
    .bind(decided_by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Who waits longest.
pub(crate) async fn first_waiting(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Option<ApplicationId>, StorageError> {
    sql("select id as value from applications where training_id = $1 and state = 'waitlisted' \
         order by waitlisted_at, id limit 1")
    .bind(training)
    .opt(conn)
    .await
}

/// Where somebody stands on the waitlist; 1 is next.
pub(crate) async fn waitlist_place(
    conn: &mut Conn,
    application: &Application,
) -> Result<Option<i64>, StorageError> {
    let Some(at) = application.waitlisted_at else { return Ok(None) };
    sql("select count(*) as value from applications where training_id = $1 and state = 'waitlisted' \
         and (waitlisted_at < $2 or (waitlisted_at = $2 and id <= $3))")
    .bind(application.training_id)
    .bind(at)
    .bind(application.id)
    .opt(conn)
    .await
}

/// Whether somebody has handed in under the present rules.
pub(crate) async fn any_submitted(conn: &mut Conn, training: TrainingId) -> Result<bool, StorageError> {
    let found: Option<i64> = sql("select cast(1 as bigint) as value from applications \
         where training_id = $1 and state <> 'draft' and state <> 'withdrawn' limit 1")
    .bind(training)
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

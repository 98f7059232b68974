//! What happened to an application, with the reason that the applicant reads.

use kernel::Timestamp;
use kernel::id::{ApplicationId, PersonId};
use storage::{Conn, Json, StorageError, Tx, from_row, sql};

use crate::model::answers::HandedIn;
use crate::model::application::StepKind;

from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct Step {
        pub kind: StepKind, pub reason: String, pub at: Timestamp, pub handed_in: Option<Json<HandedIn>>,
    }
}

/// Adds the next step; the application is taken by the same transaction, so numbers have no gaps.
pub(crate) async fn insert(
    tx: &mut Tx,
    application: ApplicationId,
    kind: StepKind,
    reason: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into application_steps (application_id, number, kind, reason, person_id, at) \
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 from application_steps where application_id = $1")
    .bind(application)
    .bind(kind.word())
    .bind(reason)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// The same for a handing in: what it said is kept as it was.
pub(crate) async fn insert_submitted(
    tx: &mut Tx,
    application: ApplicationId,
    handed_in: serde_json::Value,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into application_steps (application_id, number, kind, reason, person_id, at, handed_in) \
         select $1, coalesce(max(number), 0) + 1, 'submitted', '', $2, $3, $4 from application_steps where application_id = $1")
    .bind(application)
    .bind(by)
    .bind(at)
    .bind(handed_in)
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn all(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Step>, StorageError> {
    sql("select kind, reason, at, handed_in from application_steps where application_id = $1 order by number")
        .bind(application)
        .all(conn)
        .await
}

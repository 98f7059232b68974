//! The allocation of a training: one row, taken by every change.

use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::allocation::AllocationState;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct AllocationRow {
        pub state: AllocationState, pub seed: u32, pub most_local_percent: u8, pub version: i64, pub made_at: Timestamp,
        pub locked_at: Option<Timestamp>, pub published_at: Option<Timestamp>,
    }
}

pub async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<AllocationRow>, StorageError> {
    sql("select state, seed, most_local_percent, version, made_at, locked_at, published_at \
         from allocations where training_id = $1")
    .bind(training)
    .opt(conn)
    .await
}

/// Takes the row until the commit, so that changes of one training stand in line.
pub async fn take(tx: &mut Tx, training: TrainingId) -> Result<Option<AllocationRow>, StorageError> {
    sql("update allocations set version = version + 1 where training_id = $1 \
         returning state, seed, most_local_percent, version, made_at, locked_at, published_at")
    .bind(training)
    .opt(tx)
    .await
}

/// Takes the row, which is made when there is none.
pub async fn take_or_make(
    tx: &mut Tx,
    training: TrainingId,
    at: Timestamp,
) -> Result<AllocationRow, StorageError> {
    sql("insert into allocations (training_id, state, seed, most_local_percent, version, made_at) \
         values ($1, 'draft', 0, 60, 1, $2) \
         on conflict (training_id) do update set version = allocations.version + 1 \
         returning state, seed, most_local_percent, version, made_at, locked_at, published_at")
    .bind(training)
    .bind(at)
    .one(tx)
    .await
}

/// Notes how a draft was made.
pub async fn note_draft(
    tx: &mut Tx,
    training: TrainingId,
    seed: u32,
    most_local_percent: u8,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update allocations set seed = $2, most_local_percent = $3, made_by = $4, made_at = $5 where training_id = $1")
        .bind(training)
        .bind(seed)
        .bind(most_local_percent)
        .bind(by)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn set_state(
    tx: &mut Tx,
    training: TrainingId,
    state: AllocationState,
    locked_at: Option<Timestamp>,
    published_at: Option<Timestamp>,
) -> Result<(), StorageError> {
    sql("update allocations set state = $2, locked_at = $3, published_at = $4 where training_id = $1")
        .bind(training)
        .bind(state.word())
        .bind(locked_at)
        .bind(published_at)
        .exec(tx)
        .await?;
    Ok(())
}

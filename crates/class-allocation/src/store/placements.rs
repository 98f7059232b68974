//! Seats: who sits on which, in which class.

use std::collections::BTreeSet;

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, PlacementId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct PlacementRow {
        pub id: PlacementId, pub class_id: ClassId, pub training_id: TrainingId, pub person_id: PersonId, pub seat_no: u8,
    }
}

pub async fn find(conn: &mut Conn, id: PlacementId) -> Result<Option<PlacementRow>, StorageError> {
    sql("select id, class_id, training_id, person_id, seat_no from placements where id = $1")
        .bind(id)
        .opt(conn)
        .await
}

pub async fn of_person(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<PlacementRow>, StorageError> {
    sql("select id, class_id, training_id, person_id, seat_no from placements where training_id = $1 and person_id = $2")
        .bind(training)
        .bind(person)
        .opt(conn)
        .await
}

pub async fn taken_seats(conn: &mut Conn, class: ClassId) -> Result<BTreeSet<u8>, StorageError> {
    let seats: Vec<i64> =
        sql("select seat_no as value from placements where class_id = $1").bind(class).all(conn).await?;
    Ok(seats.into_iter().filter_map(|seat| u8::try_from(seat).ok()).collect())
}

/// A full class has no seat to insert; the constraint on the seat's number says so.
pub async fn insert(
    tx: &mut Tx,
    row: &PlacementRow,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into placements (id, class_id, training_id, person_id, seat_no, placed_by, placed_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(row.id)
    .bind(row.class_id)
    .bind(row.training_id)
    .bind(row.person_id)
    .bind(row.seat_no)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Puts somebody on another seat.
pub async fn reseat(
    tx: &mut Tx,
    id: PlacementId,
    class: ClassId,
    seat: u8,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update placements set class_id = $2, seat_no = $3, placed_by = $4, placed_at = $5 where id = $1")
        .bind(id)
        .bind(class)
        .bind(seat)
        .bind(by)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, id: PlacementId) -> Result<(), StorageError> {
    sql("delete from placements where id = $1").bind(id).exec(tx).await?;
    Ok(())
}

/// Frees the seats of those who withdrew after they were placed. Before the classes are published nobody else knew of them.
pub async fn free_withdrawn(tx: &mut Tx, training: TrainingId) -> Result<(), StorageError> {
    sql("delete from placements where training_id = $1 and not exists \
         (select 1 from v_admitted a where a.training_id = $1 and a.person_id = placements.person_id)")
    .bind(training)
    .exec(tx)
    .await?;
    Ok(())
}

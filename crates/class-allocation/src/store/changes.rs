//! What was done to a board, change by change.

use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use crate::model::board_change::{BoardChange, BoardChangeKind};

/// A change about to be noted: the one that raised the board to this version.
#[derive(Debug, Clone, Copy)]
pub struct NewChange<'a> {
    pub training: TrainingId,
    pub version: i64,
    pub kind: BoardChangeKind,
    pub by: PersonId,
    pub whom: Option<PersonId>,
    pub other: Option<PersonId>,
    pub from_class: &'a str,
    pub to_class: &'a str,
}

impl NewChange<'_> {
    /// One that is about nobody.
    pub fn of_board(training: TrainingId, version: i64, kind: BoardChangeKind, by: PersonId) -> Self {
        Self { training, version, kind, by, whom: None, other: None, from_class: "", to_class: "" }
    }
}

storage::from_row! {
    struct ChangeRow {
        kind: BoardChangeKind, by_name: Option<String>, whom_name: Option<String>, other_name: Option<String>,
        from_class: String, to_class: String,
    }
}

pub async fn keep(tx: &mut Tx, change: NewChange<'_>, at: Timestamp) -> Result<(), StorageError> {
    sql("insert into allocation_changes (training_id, version, kind, changed_by, person_id, other_id, from_class, to_class, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(change.training)
    .bind(change.version)
    .bind(change.kind.word())
    .bind(change.by)
    .bind(change.whom)
    .bind(change.other)
    .bind(change.from_class)
    .bind(change.to_class)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Those after a version, the latest first, at most so many.
pub async fn since(
    conn: &mut Conn,
    training: TrainingId,
    version: i64,
    most: usize,
) -> Result<Vec<BoardChange>, StorageError> {
    let rows: Vec<ChangeRow> =
        sql("select c.kind, b.name as by_name, w.name as whom_name, o.name as other_name, c.from_class, c.to_class \
         from allocation_changes c \
         left join v_person_name b on b.person_id = c.changed_by \
         left join v_person_name w on w.person_id = c.person_id \
         left join v_person_name o on o.person_id = c.other_id \
         where c.training_id = $1 and c.version > $2 order by c.version desc limit $3")
        .bind(training)
        .bind(version)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(BoardChange::from).collect())
}

/// How many there are after a version.
pub async fn count_since(conn: &mut Conn, training: TrainingId, version: i64) -> Result<usize, StorageError> {
    let count: i64 =
        sql("select count(*) as value from allocation_changes where training_id = $1 and version > $2")
            .bind(training)
            .bind(version)
            .one(conn)
            .await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

impl From<ChangeRow> for BoardChange {
    fn from(row: ChangeRow) -> Self {
        Self {
            kind: row.kind,
            by: row.by_name.unwrap_or_default(),
            whom: row.whom_name.unwrap_or_default(),
            other: row.other_name.unwrap_or_default(),
            from_class: row.from_class,
            to_class: row.to_class,
        }
    }
}

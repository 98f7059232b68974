//! Rubrics of trainings, beside the two that every installation has.

use kernel::Timestamp;
use kernel::id::{PersonId, RubricId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use super::papers::json;
use crate::model::default_rubrics;
use crate::model::rubric::{self, Criterion, Rubric};
use crate::model::work::WorkKind;

storage::from_row! {
    struct RubricRow {
        id: RubricId, work_kind: WorkKind, title: String, title_en: String, criteria: Json<Vec<Criterion>>,
    }
}

impl From<RubricRow> for Rubric {
    fn from(row: RubricRow) -> Self {
        let RubricRow { id, work_kind, title, title_en, criteria } = row;
        Self { id, work_kind, title, title_en, criteria: criteria.0 }
    }
}

/// The rubric that a task names, or the default of the kind when it names none that is of this kind and training.
pub(crate) async fn for_work(
    conn: &mut Conn,
    training: TrainingId,
    kind: WorkKind,
    named: Option<uuid::Uuid>,
) -> Result<Rubric, StorageError> {
    let Some(id) = named.map(RubricId::from_uuid) else { return Ok(default_rubrics::of(kind)) };
    let found = find(conn, training, id).await?.filter(|found| found.work_kind == kind);
    Ok(found.unwrap_or_else(|| default_rubrics::of(kind)))
}

/// A rubric of the training, or one that every installation has.
pub(crate) async fn find(
    conn: &mut Conn,
    training: TrainingId,
    id: RubricId,
) -> Result<Option<Rubric>, StorageError> {
    if let Some(found) = default_rubrics::find(id) {
        return Ok(Some(found));
    }
    let row: Option<RubricRow> = sql("select id, work_kind, title, title_en, criteria from rubrics \
         where id = $1 and training_id = $2")
    .bind(id)
    .bind(training)
    .opt(conn)
    .await?;
    Ok(row.map(Rubric::from))
}

pub(crate) async fn of_training(conn: &mut Conn, training: TrainingId) -> Result<Vec<Rubric>, StorageError> {
    let rows: Vec<RubricRow> = sql(
        "select id, work_kind, title, title_en, criteria from rubrics where training_id = $1 order by id",
    )
    .bind(training)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(Rubric::from).collect())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    training: TrainingId,
    made: &Rubric,
    by: PersonId,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into rubrics (id, training_id, work_kind, title, title_en, criteria, points, created_by, created_at) \
         values (:id, :training_id, :work_kind, :title, :title_en, :criteria, :points, :created_by, :created_at)")
    .set("id", made.id)
    .set("training_id", training)
    .set("work_kind", made.work_kind.word())
    .set("title", &made.title)
    .set("title_en", &made.title_en)
    .set("criteria", json(&made.criteria)?)
    .set("points", rubric::most(&made.criteria))
    .set("created_by", by)
    .set("created_at", now)
    .exec(tx)
    .await?;
    Ok(())
}

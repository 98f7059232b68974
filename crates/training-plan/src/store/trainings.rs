//! Rows of trainings.

use kernel::id::{OrgUnitId, PersonId, TrainingId};
use kernel::{Date, TimeZone, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};
use uuid::Uuid;

use crate::model::plan::{PlanContent, PlanState};
use crate::model::training::{Training, TrainingState};

/// A training in a list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub training: Training,
    pub org_unit_name: String,
}

pub(crate) async fn find(conn: &mut Conn, id: TrainingId) -> Result<Option<Training>, StorageError> {
    let row: Option<TrainingRow> = sql(
        "select training_id, org_unit_id, title, title_en, time_zone, starts_on, weeks, state, plan_state \
         from v_training where training_id = $1",
    )
    .bind(id)
    .opt(conn)
    .await?;
    row.map(TrainingRow::into_training).transpose()
}

pub(crate) async fn find_listed(conn: &mut Conn, id: TrainingId) -> Result<Option<Listed>, StorageError> {
    let row: Option<ListedRow> =
        sql("select t.training_id, t.org_unit_id, t.title, t.title_en, t.time_zone, t.starts_on, t.weeks, t.state, \
                t.plan_state, o.name as org_unit_name \
         from v_training t join v_org_unit o on o.org_unit_id = t.org_unit_id where t.training_id = $1")
        .bind(id)
        .opt(conn)
        .await?;
    row.map(ListedRow::into_listed).transpose()
}

/// Newest first: the trainings with one of these ids or below one of these units; all of them for `everything`.
pub(crate) async fn page(
    conn: &mut Conn,
    everything: bool,
    trainings_and_units: Vec<Uuid>,
    plan_state: Option<PlanState>,
    after: Option<TrainingId>,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    let mut list = trainings_and_units;
    if list.is_empty() {
        // No training and no unit has the nil id.
        list.push(Uuid::nil());
    }
    let rows: Vec<ListedRow> =
        sql("select t.training_id, t.org_unit_id, t.title, t.title_en, t.time_zone, t.starts_on, t.weeks, t.state, \
                t.plan_state, o.name as org_unit_name \
         from v_training t join v_org_unit o on o.org_unit_id = t.org_unit_id \
         where (cast($1 as uuid) is null or t.training_id < $1) \
           and (cast($4 as text) is null or t.plan_state = $4) \
           and ($2 or t.training_id in ($list) or t.org_unit_id in ( \
             select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         order by t.training_id desc limit $3")
        .bind(after)
        .bind(everything)
        .bind(limit)
        .bind(plan_state.map(|state| state.word().to_owned()))
        .bind_list(list)
        .all(conn)
        .await?;
    rows.into_iter().map(ListedRow::into_listed).collect()
}

/// Whether the training is below one of these units; none when there is no such training.
pub(crate) async fn is_below(
    conn: &mut Conn,
    training: TrainingId,
    units: &[OrgUnitId],
) -> Result<Option<bool>, StorageError> {
    let units = if units.is_empty() { vec![Uuid::nil()] } else { units.iter().map(|u| u.uuid()).collect() };
    sql("select exists ( \
           select 1 from v_org_unit_above a where a.org_unit_id = t.org_unit_id and a.above_id in ($list)) as value \
         from v_training t where t.training_id = $1")
    .bind(training)
    .bind_list(units)
    .opt(conn)
    .await
}

/// Whether a unit is one of these or below one of them.
pub(crate) async fn unit_is_below(
    conn: &mut Conn,
    unit: OrgUnitId,
    units: &[OrgUnitId],
) -> Result<bool, StorageError> {
    let units = if units.is_empty() { vec![Uuid::nil()] } else { units.iter().map(|u| u.uuid()).collect() };
    sql("select exists ( \
           select 1 from v_org_unit_above a where a.org_unit_id = $1 and a.above_id in ($list)) as value")
    .bind(unit)
    .bind_list(units)
    .one(conn)
    .await
}

pub(crate) async fn unit_exists(conn: &mut Conn, unit: OrgUnitId) -> Result<bool, StorageError> {
    let found: Option<i64> = sql("select cast(1 as bigint) as value from v_org_unit where org_unit_id = $1")
        .bind(unit)
        .opt(conn)
        .await?;
    Ok(found.is_some())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    training: &Training,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into trainings (id, org_unit_id, title, title_en, time_zone, starts_on, weeks, state, created_by, created_at) \
         values (:id, :org_unit_id, :title, :title_en, :time_zone, :starts_on, :weeks, :state, :created_by, :created_at)")
    .set("id", training.id)
    .set("org_unit_id", training.org_unit)
    .set("title", &training.title)
    .set("title_en", &training.title_en)
    .set("time_zone", training.time_zone.name())
    .set("starts_on", training.starts_on)
    .set("weeks", training.weeks)
    .set("state", training.state.word())
    .set("created_by", by)
    .set("created_at", at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Names and calendar, which are edited with the plan.
pub(crate) async fn update(tx: &mut Tx, id: TrainingId, content: &PlanContent) -> Result<(), StorageError> {
    sql("update trainings set title = $2, title_en = $3, time_zone = $4, starts_on = $5, weeks = $6 where id = $1")
        .bind(id)
        .bind(&content.title)
        .bind(&content.title_en)
        .bind(&content.time_zone)
        .bind(content.starts_on)
        .bind(content.weeks)
        .exec(tx)
        .await?;
    Ok(())
}

/// Keeps the training as it is until the end of the transaction, for as many as want that; its state as it then stands.
pub(crate) async fn rely_on(tx: &mut Tx, id: TrainingId) -> Result<Option<TrainingState>, StorageError> {
    let text = tx.pick(
        "select state from trainings where id = $1",
        "select state from trainings where id = $1 for share",
    );
    let row: Option<StateRow> = sql(text).bind(id).opt(tx).await?;
    Ok(row.map(|row| row.state))
}

/// Takes the row until the end of the transaction. True when there is one.
pub(crate) async fn take(tx: &mut Tx, id: TrainingId) -> Result<bool, StorageError> {
    let taken = sql("update trainings set state = state where id = $1").bind(id).exec(tx).await?;
    Ok(taken == 1)
}

/// True when it was being prepared.
pub(crate) async fn open(tx: &mut Tx, id: TrainingId, at: Timestamp) -> Result<bool, StorageError> {
    let changed =
        sql("update trainings set state = 'running', opened_at = $2 where id = $1 and state = 'preparing'")
            .bind(id)
            .bind(at)
            .exec(tx)
            .await?;
    Ok(changed == 1)
}

/// True when it was running.
pub(crate) async fn close(tx: &mut Tx, id: TrainingId, at: Timestamp) -> Result<bool, StorageError> {
    let changed =
        sql("update trainings set state = 'closed', closed_at = $2 where id = $1 and state = 'running'")
            .bind(id)
            .bind(at)
            .exec(tx)
            .await?;
    Ok(changed == 1)
}

from_row! {
    struct StateRow { state: TrainingState }
}
from_row! {
    struct TrainingRow {
        training_id: TrainingId, org_unit_id: OrgUnitId, title: String, title_en: String, time_zone: String,
        starts_on: Date, weeks: u16, state: TrainingState, plan_state: PlanState,
    }
}
from_row! {
    struct ListedRow {
        training_id: TrainingId, org_unit_id: OrgUnitId, title: String, title_en: String, time_zone: String,
        starts_on: Date, weeks: u16, state: TrainingState, plan_state: PlanState, org_unit_name: String,
    }
}

impl TrainingRow {
    fn into_training(self) -> Result<Training, StorageError> {
        let time_zone = TimeZone::parse(&self.time_zone)
            .ok_or_else(|| StorageError::Decode(format!("time_zone: {}", self.time_zone)))?;
        Ok(Training {
            id: self.training_id,
            org_unit: self.org_unit_id,
            title: self.title,
            title_en: self.title_en,
            time_zone,
            starts_on: self.starts_on,
            weeks: self.weeks,
            state: self.state,
            plan_state: self.plan_state,
        })
    }
}

impl ListedRow {
    fn into_listed(self) -> Result<Listed, StorageError> {
        let Self {
            training_id,
            org_unit_id,
            title,
            title_en,
            time_zone,
            starts_on,
            weeks,
            state,
            plan_state,
            ..
        } = self;
        let row = TrainingRow {
            training_id,
            org_unit_id,
            title,
            title_en,
            time_zone,
            starts_on,
            weeks,
            state,
            plan_state,
        };
        Ok(Listed { training: row.into_training()?, org_unit_name: self.org_unit_name })
    }
}

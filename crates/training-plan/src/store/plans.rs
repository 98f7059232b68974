//! Rows of plans and their lines.

use kernel::id::{BudgetLineId, ContentLineId, PersonId, PlanId, TrainingId};
use kernel::{Ambient, Date, Timestamp};
use storage::{Conn, StorageError, Tx, from_row, sql};

use crate::model::plan::{BudgetLine, ContentLine, PlanContent, PlanState, StaffNeeded};

/// A plan with everything it says.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub id: PlanId,
    pub training: TrainingId,
    pub state: PlanState,
    pub version: i64,
    /// How often it was handed in.
    pub submission: i64,
    pub updated_at: Timestamp,
    pub content: PlanContent,
}

/// Takes the plan's row until the end of the transaction, so that edits and decisions stand in line. True when there is one.
pub(crate) async fn take(tx: &mut Tx, training: TrainingId) -> Result<bool, StorageError> {
    let rows =
        sql("update plans set version = version where training_id = $1").bind(training).exec(tx).await?;
    Ok(rows == 1)
}

pub(crate) async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<Plan>, StorageError> {
    let Some(row): Option<PlanRow> =
        sql("select p.id, p.state, p.version, p.submission, p.purpose, p.target_group, p.scale, p.assistants_needed, \
                p.experts_needed, p.updated_at, t.title, t.title_en, t.time_zone, t.starts_on, t.weeks \
         from plans p join trainings t on t.id = p.training_id where p.training_id = $1")
        .bind(training)
        .opt(conn)
        .await?
    else {
        return Ok(None);
    };
    let content_lines: Vec<ContentLineRow> = sql(
        "select title, body, first_week, last_week from content_lines where plan_id = $1 order by position",
    )
    .bind(row.id)
    .all(conn)
    .await?;
    let budget_lines: Vec<BudgetLineRow> =
        sql("select title, fen from budget_lines where plan_id = $1 order by position")
            .bind(row.id)
            .all(conn)
            .await?;
    Ok(Some(Plan {
        id: row.id,
        training,
        state: row.state,
        version: row.version,
        submission: row.submission,
        updated_at: row.updated_at,
        content: PlanContent {
            title: row.title,
            title_en: row.title_en,
            time_zone: row.time_zone,
            starts_on: row.starts_on,
            weeks: row.weeks,
            purpose: row.purpose,
            target_group: row.target_group,
            scale: row.scale,
            staff_needed: StaffNeeded { assistants: row.assistants_needed, experts: row.experts_needed },
            content_lines: content_lines
                .into_iter()
                .map(|ContentLineRow { title, body, first_week, last_week }| ContentLine {
                    title,
                    body,
                    first_week,
                    last_week,
                })
                .collect(),
            budget_lines: budget_lines
                .into_iter()
                .map(|BudgetLineRow { title, fen }| BudgetLine { title, fen })
                .collect(),
        },
    }))
}

/// A new draft, empty but for the training's calendar.
pub(crate) async fn insert_draft(
    tx: &mut Tx,
    id: PlanId,
    training: TrainingId,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into plans (id, training_id, state, version, submission, purpose, target_group, scale, \
         assistants_needed, experts_needed, updated_by, updated_at) \
         values ($1, $2, 'draft', 1, 0, '', '', 0, 0, 0, $3, $4)")
    .bind(id)
    .bind(training)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Writes what a plan says and counts its version up; the training's own columns are `trainings::update`.
pub(crate) async fn save(
    tx: &mut Tx,
    ambient: &Ambient,
    plan: PlanId,
    content: &PlanContent,
    by: PersonId,
) -> Result<(), StorageError> {
    sql("update plans set version = version + 1, purpose = $2, target_group = $3, scale = $4, assistants_needed = $5, \
         experts_needed = $6, updated_by = $7, updated_at = $8 where id = $1")
    .bind(plan)
    .bind(&content.purpose)
    .bind(&content.target_group)
    .bind(content.scale)
    .bind(content.staff_needed.assistants)
    .bind(content.staff_needed.experts)
    .bind(by)
    .bind(ambient.now())
    .exec(tx)
    .await?;
    sql("delete from content_lines where plan_id = $1").bind(plan).exec(tx).await?;
    for (position, line) in (1_i64..).zip(&content.content_lines) {
        let id: ContentLineId = ambient.new_id();
        sql("insert into content_lines (id, plan_id, position, title, body, first_week, last_week) \
             values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(plan)
        .bind(position)
        .bind(&line.title)
        .bind(&line.body)
        .bind(line.first_week)
        .bind(line.last_week)
        .exec(tx)
        .await?;
    }
    sql("delete from budget_lines where plan_id = $1").bind(plan).exec(tx).await?;
    for (position, line) in (1_i64..).zip(&content.budget_lines) {
        let id: BudgetLineId = ambient.new_id();
        sql("insert into budget_lines (id, plan_id, position, title, fen) values ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(plan)
            .bind(position)
            .bind(&line.title)
            .bind(line.fen)
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Its next state, with the number of its hand-ins.
pub(crate) async fn set_state(
    tx: &mut Tx,
    plan: PlanId,
    state: PlanState,
    submission: i64,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update plans set state = $2, submission = $3, version = version + 1, updated_at = $4 where id = $1")
        .bind(plan)
        .bind(state.word())
        .bind(submission)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

from_row! {
    struct PlanRow {
        id: PlanId, state: PlanState, version: i64, submission: i64, purpose: String, target_group: String, scale: u16,
        assistants_needed: u16, experts_needed: u16, updated_at: Timestamp, title: String, title_en: String,
        time_zone: String, starts_on: Date, weeks: u16,
    }
}
from_row! {
    struct ContentLineRow { title: String, body: String, first_week: u16, last_week: u16 }
}
from_row! {
    struct BudgetLineRow { title: String, fen: i64 }
}

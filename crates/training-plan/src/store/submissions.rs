//! Each hand-in of a plan, and what became of it.

use kernel::Timestamp;
use kernel::id::{PersonId, PlanId};
use storage::{Conn, Json, StorageError, Tx, from_row, sql};

use crate::model::plan::{PlanContent, PlanDecision};

from_row! {
    /// One hand-in, newest first in a list.
    #[derive(Debug, Clone)]
    pub(crate) struct PlanSubmission {
        pub number: i64, pub content: Json<PlanContent>, pub submitted_by: PersonId, pub submitted_by_name: String,
        pub submitted_at: Timestamp, pub decision: Option<PlanDecision>, pub reasons: Option<String>,
        pub decided_by: Option<PersonId>, pub decided_by_name: Option<String>, pub decided_at: Option<Timestamp>,
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    plan: PlanId,
    number: i64,
    content: serde_json::Value,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into plan_submissions (plan_id, number, content, submitted_by, submitted_at) \
         values ($1, $2, $3, $4, $5)")
    .bind(plan)
    .bind(number)
    .bind(content)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// Who handed it in.
pub(crate) async fn submitted_by(
    conn: &mut Conn,
    plan: PlanId,
    number: i64,
) -> Result<Option<PersonId>, StorageError> {
    sql("select submitted_by as value from plan_submissions where plan_id = $1 and number = $2")
        .bind(plan)
        .bind(number)
        .opt(conn)
        .await
}

pub(crate) async fn decide(
    tx: &mut Tx,
    plan: PlanId,
    number: i64,
    decision: PlanDecision,
    reasons: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<(), StorageError> {
    sql("update plan_submissions set decision = $3, reasons = $4, decided_by = $5, decided_at = $6 \
         where plan_id = $1 and number = $2 and decision is null")
    .bind(plan)
    .bind(number)
    .bind(decision.word())
    .bind(reasons)
    .bind(by)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// How a plan was handed in and what became of it, the newest first, those before a number.
pub(crate) async fn page(
    conn: &mut Conn,
    plan: PlanId,
    before: i64,
    limit: i64,
) -> Result<Vec<PlanSubmission>, StorageError> {
    sql("select s.number, s.content, s.submitted_by, a.name as submitted_by_name, s.submitted_at, s.decision, s.reasons, \
            s.decided_by, d.name as decided_by_name, s.decided_at \
         from plan_submissions s \
         join v_person a on a.person_id = s.submitted_by \
         left join v_person_name d on d.person_id = s.decided_by \
         where s.plan_id = $1 and s.number < $2 order by s.number desc limit $3")
    .bind(plan)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

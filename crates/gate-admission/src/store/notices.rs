//! Rows of notices; a notice's row is also the gate behind which decisions on seats stand in line.

use kernel::id::{NoticeId, PersonId, TrainingId};
use kernel::{Date, Timestamp};
use storage::{Conn, Json, StorageError, Tx, Val, from_row, sql};

use crate::model::rules::{EligibilityQuestion, PledgeClause, Rules, WillingnessQuestion};

/// A notice with the rules of its gate.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub id: NoticeId,
    pub training: TrainingId,
    pub version: i64,
    pub title: String,
    pub body_markdown: String,
    pub body_html: String,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
    pub capacity: u16,
    pub rules: Rules,
    pub published_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

from_row! {
    /// A published notice in the public list.
    #[derive(Debug, Clone)]
    pub(crate) struct Published {
        pub training_id: TrainingId, pub title: String, pub training_title: String, pub org_unit_name: String,
        pub opens_at: Timestamp, pub closes_at: Timestamp, pub capacity: u16, pub least_hours: u16,
        pub starts_on: Date, pub weeks: u16, pub time_zone: String,
    }
}

/// Takes the gate until the end of the transaction; its capacity, when there is a notice.
pub(crate) async fn take_gate(
    tx: &mut Tx,
    training: TrainingId,
    at: Timestamp,
) -> Result<Option<i64>, StorageError> {
    sql("update notices set admitted_last_at = $2 where training_id = $1 returning capacity as value")
        .bind(training)
        .bind(at)
        .opt(tx)
        .await
}

pub(crate) async fn find(conn: &mut Conn, training: TrainingId) -> Result<Option<Notice>, StorageError> {
    let row: Option<NoticeRow> =
        sql("select id, training_id, version, title, body_markdown, body_html, opens_at, closes_at, capacity, least_hours, \
                eligibility, willingness, threshold, pledge, published_at, updated_at \
         from notices where training_id = $1")
        .bind(training)
        .opt(conn)
        .await?;
    Ok(row.map(Notice::from))
}

/// What both ways of writing a notice write.
fn written(notice: &Notice, rules: StoredRules, by: PersonId) -> [(&'static str, Val); 15] {
    [
        ("training_id", notice.training.into()),
        ("version", notice.version.into()),
        ("title", (&notice.title).into()),
        ("body_markdown", (&notice.body_markdown).into()),
        ("body_html", (&notice.body_html).into()),
        ("opens_at", notice.opens_at.into()),
        ("closes_at", notice.closes_at.into()),
        ("capacity", notice.capacity.into()),
        ("least_hours", notice.rules.least_hours.into()),
        ("eligibility", rules.eligibility.into()),
        ("willingness", rules.willingness.into()),
        ("threshold", notice.rules.threshold.into()),
        ("pledge", rules.pledge.into()),
        ("updated_by", by.into()),
        ("updated_at", notice.updated_at.into()),
    ]
}

pub(crate) async fn insert(
    tx: &mut Tx,
    notice: &Notice,
    rules: StoredRules,
    by: PersonId,
) -> Result<bool, StorageError> {
    let rows = sql("insert into notices (id, training_id, version, title, body_markdown, body_html, opens_at, closes_at, \
         capacity, least_hours, eligibility, willingness, threshold, pledge, updated_by, updated_at) \
         values (:id, :training_id, :version, :title, :body_markdown, :body_html, :opens_at, :closes_at, :capacity, \
         :least_hours, :eligibility, :willingness, :threshold, :pledge, :updated_by, :updated_at) \
         on conflict (training_id) do nothing")
    .set("id", notice.id)
    .set_all(written(notice, rules, by))
    .exec(tx)
    .await?;
    Ok(rows == 1)
}

pub(crate) async fn update(
    tx: &mut Tx,
    notice: &Notice,
    rules: StoredRules,
    by: PersonId,
) -> Result<(), StorageError> {
    sql("update notices set version = :version, title = :title, body_markdown = :body_markdown, body_html = :body_html, \
         opens_at = :opens_at, closes_at = :closes_at, capacity = :capacity, least_hours = :least_hours, \
         eligibility = :eligibility, willingness = :willingness, threshold = :threshold, pledge = :pledge, \
         updated_by = :updated_by, updated_at = :updated_at where training_id = :training_id")
    .set_all(written(notice, rules, by))
    .exec(tx)
    .await?;
    Ok(())
}

pub(crate) async fn publish(tx: &mut Tx, training: TrainingId, at: Timestamp) -> Result<(), StorageError> {
    sql("update notices set published_at = $2, version = version + 1 \
         where training_id = $1 and published_at is null")
    .bind(training)
    .bind(at)
    .exec(tx)
    .await?;
    Ok(())
}

/// The published notices of trainings that are not over, newest training first.
pub(crate) async fn published(
    conn: &mut Conn,
    after: Option<TrainingId>,
    limit: i64,
) -> Result<Vec<Published>, StorageError> {
    sql("select n.training_id, n.title, t.title as training_title, o.name as org_unit_name, n.opens_at, n.closes_at, \
            n.capacity, n.least_hours, t.starts_on, t.weeks, t.time_zone \
         from notices n \
         join v_training t on t.training_id = n.training_id \
         join v_org_unit o on o.org_unit_id = t.org_unit_id \
         where n.published_at is not null and t.state <> 'closed' \
           and (cast($1 as uuid) is null or n.training_id < $1) \
         order by n.training_id desc limit $2")
    .bind(after)
    .bind(limit)
    .all(conn)
    .await
}

/// One published notice.
pub(crate) async fn one_published(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Option<Published>, StorageError> {
    sql("select n.training_id, n.title, t.title as training_title, o.name as org_unit_name, n.opens_at, n.closes_at, \
            n.capacity, n.least_hours, t.starts_on, t.weeks, t.time_zone \
         from notices n \
         join v_training t on t.training_id = n.training_id \
         join v_org_unit o on o.org_unit_id = t.org_unit_id \
         where n.published_at is not null and n.training_id = $1")
    .bind(training)
    .opt(conn)
    .await
}

/// The rules' lists as they are stored.
pub(crate) struct StoredRules {
    eligibility: serde_json::Value,
    willingness: serde_json::Value,
    pledge: serde_json::Value,
}

impl StoredRules {
    pub(crate) fn of(rules: &Rules) -> Result<Self, serde_json::Error> {
        Ok(Self {
            eligibility: serde_json::to_value(&rules.eligibility)?,
            willingness: serde_json::to_value(&rules.willingness)?,
            pledge: serde_json::to_value(&rules.pledge)?,
        })
    }
}

from_row! {
    struct NoticeRow {
        id: NoticeId, training_id: TrainingId, version: i64, title: String, body_markdown: String, body_html: String,
        opens_at: Timestamp, closes_at: Timestamp, capacity: u16, least_hours: u16,
        eligibility: Json<Vec<EligibilityQuestion>>, willingness: Json<Vec<WillingnessQuestion>>, threshold: u16,
        pledge: Json<Vec<PledgeClause>>, published_at: Option<Timestamp>, updated_at: Timestamp,
    }
}

impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        Self {
            id: row.id,
            training: row.training_id,
            version: row.version,
            title: row.title,
            body_markdown: row.body_markdown,
            body_html: row.body_html,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            capacity: row.capacity,
            rules: Rules {
                eligibility: row.eligibility.0,
                willingness: row.willingness.0,
                threshold: row.threshold,
                least_hours: row.least_hours,
                pledge: row.pledge.0,
            },
            published_at: row.published_at,
            updated_at: row.updated_at,
        }
    }
}

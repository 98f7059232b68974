//! Papers and the item bank.

use kernel::Timestamp;
use kernel::id::{PersonId, TestPaperId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use crate::model::item::Item;
use crate::model::paper::{MultipleRule, PaperContent, PaperState, ShowAnswers};

/// A paper as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub id: TestPaperId,
    pub training: TrainingId,
    pub state: PaperState,
    pub version: i64,
    pub content: PaperContent,
    pub updated_at: Timestamp,
    pub published_at: Option<Timestamp>,
}

storage::from_row! {
    struct PaperRow {
        id: TestPaperId, training_id: TrainingId, title: String, title_en: String, state: PaperState, version: i64,
        minutes: Option<u16>, attempts_allowed: u16, multiple_rule: MultipleRule, show_answers: ShowAnswers,
        content: Json<Vec<Item>>, updated_at: Timestamp, published_at: Option<Timestamp>,
    }
}

storage::from_row! {
    /// A paper without its items.
    #[derive(Debug, Clone)]
    pub(crate) struct PaperHead {
        pub id: TestPaperId, pub title: String, pub title_en: String, pub state: PaperState, pub minutes: Option<u16>,
        pub attempts_allowed: u16, pub points: u32, pub updated_at: Timestamp, pub published_at: Option<Timestamp>,
        pub tasks: i64,
    }
}

impl From<PaperRow> for Paper {
    fn from(row: PaperRow) -> Self {
        let content = PaperContent {
            title: row.title,
            title_en: row.title_en,
            minutes: row.minutes,
            attempts_allowed: row.attempts_allowed,
            multiple_rule: row.multiple_rule,
            show_answers: row.show_answers,
            items: row.content.0,
        };
        Self {
            id: row.id,
            training: row.training_id,
            state: row.state,
            version: row.version,
            content,
            updated_at: row.updated_at,
            published_at: row.published_at,
        }
    }
}

pub(crate) async fn find(conn: &mut Conn, id: TestPaperId) -> Result<Option<Paper>, StorageError> {
    let row: Option<PaperRow> = sql(
        "select id, training_id, title, title_en, state, version, minutes, attempts_allowed, multiple_rule, show_answers, \
         content, updated_at, published_at from test_papers where id = $1",
    )
    .bind(id)
    .opt(conn)
    .await?;
    Ok(row.map(Paper::from))
}

pub(crate) async fn of_training(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<PaperHead>, StorageError> {
    sql("select p.id, p.title, p.title_en, p.state, p.minutes, p.attempts_allowed, p.points, p.updated_at, p.published_at, \
         (select count(*) from v_task t where t.ref_id = p.id) as tasks \
         from test_papers p where p.training_id = $1 order by p.id")
    .bind(training)
    .all(conn)
    .await
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: TestPaperId,
    training: TrainingId,
    content: &PaperContent,
    by: PersonId,
    now: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into test_papers (id, training_id, title, title_en, state, version, minutes, attempts_allowed, multiple_rule, \
         show_answers, content, points, created_by, updated_at) \
         values (:id, :training_id, :title, :title_en, 'draft', 1, :minutes, :attempts_allowed, :multiple_rule, \
         :show_answers, :content, :points, :created_by, :updated_at)")
    .set("id", id)
    .set("training_id", training)
    .set("title", &content.title)
    .set("title_en", &content.title_en)
    .set("minutes", content.minutes)
    .set("attempts_allowed", content.attempts_allowed)
    .set("multiple_rule", content.multiple_rule.word())
    .set("show_answers", content.show_answers.word())
    .set("content", json(&content.items)?)
    .set("points", content.points())
    .set("created_by", by)
    .set("updated_at", now)
    .exec(tx)
    .await?;
    Ok(())
}

/// Saves a draft of this version; true when it still was one.
pub(crate) async fn update(
    tx: &mut Tx,
    id: TestPaperId,
    version: i64,
    content: &PaperContent,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = sql("update test_papers set title = :title, title_en = :title_en, minutes = :minutes, \
         attempts_allowed = :attempts_allowed, multiple_rule = :multiple_rule, \
         show_answers = :show_answers, content = :content, points = :points, updated_at = :updated_at, \
         version = version + 1 \
         where id = :id and version = :version and state = 'draft'")
    .set("id", id)
    .set("version", version)
    .set("title", &content.title)
    .set("title_en", &content.title_en)
    .set("minutes", content.minutes)
    .set("attempts_allowed", content.attempts_allowed)
    .set("multiple_rule", content.multiple_rule.word())
    .set("show_answers", content.show_answers.word())
    .set("content", json(&content.items)?)
    .set("points", content.points())
    .set("updated_at", now)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Publishes a draft of this version; true when it still was one.
pub(crate) async fn publish(
    tx: &mut Tx,
    id: TestPaperId,
    version: i64,
    now: Timestamp,
) -> Result<bool, StorageError> {
    let changed = sql(
        "update test_papers set state = 'published', published_at = $3, updated_at = $3, version = version + 1 \
         where id = $1 and version = $2 and state = 'draft'",
    )
    .bind(id)
    .bind(version)
    .bind(now)
    .exec(tx)
    .await?;
    Ok(changed == 1)
}

/// Our own types as a JSON value; they have no part that JSON could not say.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value, StorageError> {
    serde_json::to_value(value).map_err(|error| StorageError::Decode(error.to_string()))
}

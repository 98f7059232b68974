//! Final results, with what they were made of.

use kernel::Timestamp;
use kernel::id::{ClassId, PersonId, TaskId, TrainingId};
use storage::{Conn, Json, StorageError, Tx, sql};

use super::papers::json;
use crate::model::evaluation::{ComponentScore, Evidence};
use crate::model::scheme::{ComponentKind, Grade};

storage::from_row! {
    #[derive(Debug, Clone)]
    pub(crate) struct FinalResult {
        pub training_id: TrainingId, pub person_id: PersonId, pub class_id: ClassId, pub name: String,
        pub class_name: String, pub score: u32, pub grade: Grade, pub passed: bool, pub credits: u32, pub hours: u16,
        pub components: Json<Vec<ComponentScore>>, pub result_hash: String, pub computed_at: Timestamp,
    }
}

storage::from_row! {
    pub(crate) struct TitleRow { pub task_id: TaskId, pub week: u16, pub kind: String, pub title: String, pub title_en: String }
}

storage::from_row! {
    struct EvidenceRow { evidence: Json<Vec<Evidence>> }
}

/// What is written of one learner.
pub(crate) struct NewResult<'a> {
    pub training: TrainingId,
    pub person: PersonId,
    pub class: ClassId,
    pub score: u32,
    pub grade: Grade,
    pub credits: u16,
    pub hours: u16,
    pub components: &'a [ComponentScore],
    pub evidence: &'a [Evidence],
    pub result_hash: &'a str,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Stores a result; false when the very same is there already, which then stays as it is.
pub(crate) async fn store(tx: &mut Tx, result: &NewResult<'_>) -> Result<bool, StorageError> {
    let changed = sql("insert into final_results (training_id, person_id, class_id, score, grade, passed, credits, hours, \
         components, result_hash, computed_by, computed_at) values (:training_id, :person_id, :class_id, :score, \
         :grade, :passed, :credits, :hours, :components, :result_hash, :computed_by, :computed_at) \
         on conflict (training_id, person_id) do update set class_id = excluded.class_id, score = excluded.score, \
         grade = excluded.grade, passed = excluded.passed, credits = excluded.credits, hours = excluded.hours, \
         components = excluded.components, result_hash = excluded.result_hash, computed_by = excluded.computed_by, \
         computed_at = excluded.computed_at where final_results.result_hash <> excluded.result_hash")
    .set("training_id", result.training)
    .set("person_id", result.person)
    .set("class_id", result.class)
    .set("score", result.score)
    .set("grade", result.grade.word())
    .set("passed", result.grade != Grade::Fail)
    .set("credits", result.credits)
    .set("hours", result.hours)
    .set("components", json(&result.components)?)
    .set("result_hash", result.result_hash)
    .set("computed_by", result.by)
    .set("computed_at", result.at)
    .exec(tx)
    .await?;
    if changed == 0 {
        return Ok(false);
    }
    for component in result.components {
        let own: Vec<&Evidence> = result.evidence.iter().filter(|e| e.component == component.kind).collect();
        sql("insert into result_evidence (training_id, person_id, component, evidence) values ($1, $2, $3, $4) \
             on conflict (training_id, person_id, component) do update set evidence = excluded.evidence")
        .bind(result.training)
        .bind(result.person)
        .bind(component.kind.word())
        .bind(json(&own)?)
        .exec(tx)
        .await?;
    }
    Ok(true)
}

/// A training's results by class and name; who left has none.
pub(crate) async fn of_training(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Vec<FinalResult>, StorageError> {
    sql("select f.training_id, f.person_id, f.class_id, p.name, c.name as class_name, f.score, f.grade, f.passed, f.credits, \
         f.hours, f.components, f.result_hash, f.computed_at from final_results f \
         join v_person p on p.person_id = f.person_id join v_class c on c.class_id = f.class_id \
         where f.training_id = $1 and not exists (select 1 from v_departed_learner d \
         where d.training_id = f.training_id and d.person_id = f.person_id) order by c.number, p.name, f.person_id")
    .bind(training)
    .all(conn)
    .await
}

/// One person's; who left has none.
pub(crate) async fn find(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<FinalResult>, StorageError> {
    sql("select f.training_id, f.person_id, f.class_id, p.name, c.name as class_name, f.score, f.grade, f.passed, f.credits, \
         f.hours, f.components, f.result_hash, f.computed_at from final_results f \
         join v_person p on p.person_id = f.person_id join v_class c on c.class_id = f.class_id \
         where f.training_id = $1 and f.person_id = $2 and not exists (select 1 from v_departed_learner d \
         where d.training_id = f.training_id and d.person_id = f.person_id)")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}

/// What one component of a result was made of.
pub(crate) async fn evidence(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
    component: ComponentKind,
) -> Result<Vec<Evidence>, StorageError> {
    let row: Option<EvidenceRow> = sql(
        "select evidence from result_evidence where training_id = $1 and person_id = $2 and component = $3",
    )
    .bind(training)
    .bind(person)
    .bind(component.word())
    .opt(conn)
    .await?;
    Ok(row.map(|row| row.evidence.0).unwrap_or_default())
}

/// The titles of a training's tasks.
pub(crate) async fn titles(conn: &mut Conn, training: TrainingId) -> Result<Vec<TitleRow>, StorageError> {
    sql("select task_id, week, kind, title, title_en from v_task where training_id = $1")
        .bind(training)
        .all(conn)
        .await
}

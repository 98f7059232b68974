//! Papers, graded work and final results.

use kernel::id::{ClassId, ItemId, PersonId, TaskId, TestPaperId, TrainingId};
use serde_json::json;
use storage::sql;

use crate::bed::TestBed;

/// A point is kept as so many parts.
const PARTS: u32 = 27_720;

/// A published paper with one single-choice item (`b` is right, 10 points), no time limit, three attempts.
pub async fn paper(bed: &TestBed, training: TrainingId, title: &str) -> TestPaperId {
    let id: TestPaperId = bed.ambient.new_id();
    let item: ItemId = bed.ambient.new_id();
    let content = json!([{
        "id": item, "kind": "single", "stem": "同一节课教两个年级，叫什么？",
        "options": [{"key": "a", "text": "走班"}, {"key": "b", "text": "复式教学"}],
        "right": ["b"], "explanation": "一位老师，两个年级，就是复式教学。", "points": 10,
    }]);
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into test_papers (id, training_id, title, title_en, state, version, attempts_allowed, multiple_rule, show_answers, \
         content, points, updated_at, published_at) \
         values ($1, $2, $3, '', 'published', 1, 3, 'all_or_nothing', 'after_last', $4, 10, $5, $5)")
    .bind(id)
    .bind(training)
    .bind(title)
    .bind(content)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a paper is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A submitted attempt at a paper for a task, with the points that it earned of the most there was.
pub async fn attempt(
    bed: &TestBed,
    paper: TestPaperId,
    task: TaskId,
    class: ClassId,
    person: PersonId,
    (points, most): (u32, u32),
) -> kernel::id::AttemptId {
    let id: kernel::id::AttemptId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into attempts (id, paper_id, task_id, person_id, class_id, training_id, number, state, answers, sent, started_at, \
         week, starts_on, time_zone, submitted_at, graded, score, most) \
         select :id, :paper_id, t.task_id, :person_id, :class_id, t.training_id, \
         (select count(*) + 1 from attempts where task_id = :task_id and person_id = :person_id), 'submitted', \
         :answers, '', :now, t.week, r.starts_on, r.time_zone, :now, :graded, :score, :most \
         from v_task t join v_training r on r.training_id = t.training_id where t.task_id = :task_id")
    .set("id", id)
    .set("paper_id", paper)
    .set("task_id", task)
    .set("person_id", person)
    .set("class_id", class)
    .set("answers", json!({}))
    .set("now", bed.ambient.now())
    .set("graded", json!([]))
    .set("score", points * PARTS)
    .set("most", most * PARTS)
    .exec(&mut tx)
    .await
    .expect("an attempt is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A final result with a score in hundredths of a percent: 85.50 is 8550. Grades: excellent, good, pass, fail (which is not passed, and
/// earns nothing). Credits are tenths.
pub async fn final_result(
    bed: &TestBed,
    training: TrainingId,
    class: ClassId,
    person: PersonId,
    score_hundredths: u16,
    grade: &str,
) {
    let passed = grade != "fail";
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into final_results (training_id, person_id, class_id, score, grade, passed, credits, hours, components, result_hash, \
         computed_at) values (:training_id, :person_id, :class_id, :score, :grade, :passed, :credits, :hours, \
         :components, :result_hash, :computed_at)")
    .set("training_id", training)
    .set("person_id", person)
    .set("class_id", class)
    .set("score", score_hundredths)
    .set("grade", grade)
    .set("passed", passed)
    .set("credits", if passed { 320_i64 } else { 0 })
    .set("hours", if passed { 32_i64 } else { 0 })
    .set("components", json!([]))
    .set("result_hash", "0".repeat(64))
    .set("computed_at", bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a result is stored");
    tx.commit().await.expect("a commit");
}

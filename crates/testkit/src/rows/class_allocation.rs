//! Classes and their members.

use kernel::Role;
use kernel::id::{ClassId, PersonId, PlacementId, StaffAssignmentId, TrainingId};
use storage::{Tx, sql};

use crate::bed::TestBed;

/// A published class with a settled charter.
pub async fn class(bed: &TestBed, training: TrainingId, name: &str) -> ClassId {
    let id: ClassId = bed.ambient.new_id();
    let settler: PersonId = bed.ambient.new_id();
    super::identity::person(bed, settler, "定稿的老师").await;
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into classes (id, training_id, number, name, published, version, created_at) \
         values ($1, $2, (select count(*) + 1 from classes where training_id = $2), $3, true, 1, $4)")
    .bind(id)
    .bind(training)
    .bind(name)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a class is stored");
    sql("insert into scope_units (scope_kind, scope_id, org_unit_id) \
         select 'class', $1, org_unit_id from trainings where id = $2")
    .bind(id)
    .bind(training)
    .exec(&mut tx)
    .await
    .expect("a class lies somewhere");
    sql("insert into charter_texts (class_id, version, vision, clauses, settled_by, settled_at) \
         values ($1, 1, '互相帮助', $2, $3, $4)")
    .bind(id)
    .bind(serde_json::json!(["按时完成任务"]))
    .bind(settler)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a text is stored");
    sql("insert into charters (class_id, version) values ($1, 1)")
        .bind(id)
        .exec(&mut tx)
        .await
        .expect("a charter is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A learner on the next seat of a class; `signed` says whether they signed the charter.
pub async fn place(bed: &TestBed, class: ClassId, person: PersonId, signed: bool) {
    let id: PlacementId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into placements (id, class_id, training_id, person_id, seat_no, placed_at) \
         select $1, id, training_id, $3, (select count(*) + 1 from placements where class_id = $2), $4 \
         from classes where id = $2")
    .bind(id)
    .bind(class)
    .bind(person)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a placement is stored");
    if signed {
        sql(
            "insert into charter_signatures (class_id, version, person_id, signed_at) values ($1, 1, $2, $3)",
        )
        .bind(class)
        .bind(person)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a signature is stored");
    }
    tx.commit().await.expect("a commit");
}

/// The class's staff settle its charter anew: nobody has signed the text that holds now.
pub async fn settled_anew(bed: &TestBed, class: ClassId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into charter_texts (class_id, version, vision, clauses, settled_by, settled_at) \
         select c.class_id, c.version + 1, '互相帮助，有问必答', t.clauses, t.settled_by, $2 \
         from charters c join charter_texts t on t.class_id = c.class_id and t.version = c.version where c.class_id = $1")
    .bind(class)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a text is stored");
    sql("update charters set version = version + 1 where class_id = $1")
        .bind(class)
        .exec(&mut tx)
        .await
        .expect("a charter of another version");
    tx.commit().await.expect("a commit");
}

/// Somebody who left the class that they sat in.
pub async fn departed(bed: &TestBed, training: TrainingId, class: ClassId, person: PersonId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    departs(&mut tx, bed, training, class, person).await;
    tx.commit().await.expect("a commit");
}

/// The same within a transaction.
pub async fn departs(tx: &mut Tx, bed: &TestBed, training: TrainingId, class: ClassId, person: PersonId) {
    sql("delete from placements where training_id = $1 and person_id = $2")
        .bind(training)
        .bind(person)
        .exec(tx)
        .await
        .expect("the seat is free");
    sql("insert into departures (training_id, person_id, class_id, ended_by, reason, left_at) \
         values ($1, $2, $3, $2, '家庭原因', $4) on conflict (training_id, person_id) do update \
         set class_id = excluded.class_id, left_at = excluded.left_at")
    .bind(training)
    .bind(person)
    .bind(class)
    .bind(bed.ambient.now())
    .exec(tx)
    .await
    .expect("a departure is stored");
}

/// An assistant or expert of a class.
pub async fn assign(bed: &TestBed, class: ClassId, person: PersonId, role: Role) {
    let id: StaffAssignmentId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into staff_assignments (id, class_id, training_id, person_id, role, assigned_at) \
         select $1, id, training_id, $3, $4, $5 from classes where id = $2")
    .bind(id)
    .bind(class)
    .bind(person)
    .bind(role.word())
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an assignment is stored");
    tx.commit().await.expect("a commit");
}

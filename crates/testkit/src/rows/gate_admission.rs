//! People who went through a training's gate.

use kernel::id::{AdmissionId, ApplicationId, NoticeId, PersonId, TrainingId};
use storage::{Tx, sql};

use crate::bed::TestBed;

/// Somebody who was admitted to this seat (1 to 500). Their token carries its own grants (`TestBed::person`).
pub async fn admitted(bed: &TestBed, training: TrainingId, person: PersonId, seat: u16) -> AdmissionId {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    notice(bed, &mut tx, training).await;
    let application: ApplicationId = bed.ambient.new_id();
    sql("insert into applications (id, training_id, person_id, state, version, answers, willingness_score, hours_a_week, \
         recommended, submitted_at, created_at, updated_at) \
         values ($1, $2, $3, 'admitted', 1, $4, 0, 3, $5, $6, $6, $6)")
    .bind(application)
    .bind(training)
    .bind(person)
    .bind(serde_json::json!({}))
    .bind(true)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an application is stored");
    let id: AdmissionId = bed.ambient.new_id();
    sql("insert into admissions (id, training_id, person_id, application_id, seat_no, admitted_at) \
         values ($1, $2, $3, $4, $5, $6)")
    .bind(id)
    .bind(training)
    .bind(person)
    .bind(application)
    .bind(seat)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an admission is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A published notice without questions, unless the training has one.
async fn notice(bed: &TestBed, tx: &mut Tx, training: TrainingId) {
    let id: NoticeId = bed.ambient.new_id();
    let now = bed.ambient.now();
    sql("insert into notices (id, training_id, version, title, body_markdown, body_html, opens_at, closes_at, capacity, \
         least_hours, eligibility, willingness, threshold, pledge, published_at, updated_at) \
         values ($1, $2, 1, '招募公告', '欢迎报名', '<p>欢迎报名</p>', $3, $4, 500, 3, $5, $5, 0, $5, $3, $3) \
         on conflict (training_id) do nothing")
    .bind(id)
    .bind(training)
    .bind(now)
    .bind(now.plus_days(30))
    .bind(serde_json::json!([]))
    .exec(tx)
    .await
    .expect("a notice is stored");
}

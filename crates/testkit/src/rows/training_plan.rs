//! Trainings with an approved plan, and their staff.

use kernel::Role;
use kernel::id::{OrgUnitId, PersonId, PlanId, StaffInvitationId, TrainingId, TrainingLeadId};
use storage::sql;

use crate::bed::TestBed;

/// A training that is being prepared, with an approved plan. `starts_on` is a date such as `2026-11-02`, in Shanghai.
pub async fn training(
    bed: &TestBed,
    org_unit: OrgUnitId,
    title: &str,
    starts_on: &str,
    weeks: u16,
) -> TrainingId {
    let id: TrainingId = bed.ambient.new_id();
    let plan: PlanId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into trainings (id, org_unit_id, title, title_en, time_zone, starts_on, weeks, state, created_at) \
         values ($1, $2, $3, $3, 'Asia/Shanghai', $4, $5, 'preparing', $6)")
    .bind(id)
    .bind(org_unit)
    .bind(title)
    .bind(starts_on)
    .bind(weeks)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a training is stored");
    sql("insert into scope_units (scope_kind, scope_id, org_unit_id) values ('training', $1, $2)")
        .bind(id)
        .bind(org_unit)
        .exec(&mut tx)
        .await
        .expect("a training lies somewhere");
    sql("insert into plans (id, training_id, state, version, submission, purpose, target_group, scale, \
         assistants_needed, experts_needed, updated_at) \
         values ($1, $2, 'approved', 1, 1, '让复式教学的老师有同伴、有方法。', '教学点教师', 60, 3, 2, $3)")
    .bind(plan)
    .bind(id)
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("a plan is stored");
    tx.commit().await.expect("a commit");
    id
}

/// A training whose weeks are under way (the first week of the test clock is 2026-11-02).
pub async fn running(bed: &TestBed, training: TrainingId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update trainings set state = 'running', opened_at = $2, closed_at = null where id = $1")
        .bind(training)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a training opens");
    tx.commit().await.expect("a commit");
}

/// A training that its lead has closed: its results stand.
pub async fn closed(bed: &TestBed, training: TrainingId) {
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
        .bind(training)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a training closes");
    tx.commit().await.expect("a commit");
}

/// Somebody who accepted an invitation as assistant or expert. Their token carries its own grants (`TestBed::person`).
pub async fn staff(bed: &TestBed, training: TrainingId, person: PersonId, role: Role) -> StaffInvitationId {
    let id: StaffInvitationId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into staff_invitations (id, training_id, person_id, role, message, state, version, invited_at, answered_at) \
         values ($1, $2, $3, $4, '', 'accepted', 2, $5, $5)")
    .bind(id)
    .bind(training)
    .bind(person)
    .bind(role.word())
    .bind(bed.ambient.now())
    .exec(&mut tx)
    .await
    .expect("an invitation is stored");
    tx.commit().await.expect("a commit");
    id
}

/// Somebody's part as lead of a training. Their token carries its own grants (`TestBed::person`).
pub async fn lead(bed: &TestBed, training: TrainingId, person: PersonId) -> TrainingLeadId {
    let id: TrainingLeadId = bed.ambient.new_id();
    let mut tx = bed.db().begin_write().await.expect("a transaction");
    sql("insert into training_leads (id, training_id, person_id, named_by, named_at) values ($1, $2, $3, $3, $4)")
        .bind(id)
        .bind(training)
        .bind(person)
        .bind(bed.ambient.now())
        .exec(&mut tx)
        .await
        .expect("a lead is stored");
    tx.commit().await.expect("a commit");
    id
}

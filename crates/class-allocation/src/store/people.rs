//! The people of a training as classes see them: the admitted, the placed, those who agreed to lead along.

use kernel::id::{ClassId, OrgUnitId, PersonId, PlacementId, TrainingId};
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

use crate::model::allocation::StaffRole;

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct LearnerRow {
        pub person_id: PersonId, pub name: String, pub org_unit_name: Option<String>, pub org_path: Option<String>,
        pub subject: Option<String>, pub professional_title: Option<String>, pub teaching_since: Option<u16>,
        pub is_admitted: bool, pub placement_id: Option<PlacementId>, pub class_id: Option<ClassId>,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct StaffRow {
        pub person_id: PersonId, pub name: String, pub org_unit_name: Option<String>, pub org_path: Option<String>,
        pub subject: Option<String>, pub role: StaffRole,
    }
}

storage::from_row! {
    #[derive(Debug, Clone)]
    pub struct UnitRow { pub org_unit_id: OrgUnitId, pub name: String, pub level: String }
}

/// Everybody who is admitted or sits in a class, in the order of names.
pub async fn learners(conn: &mut Conn, training: TrainingId) -> Result<Vec<LearnerRow>, StorageError> {
    sql("select p.person_id, p.name, p.org_unit_name, p.org_path, p.subject, p.professional_title, p.teaching_since, \
                a.person_id is not null as is_admitted, pl.id as placement_id, pl.class_id \
         from (select person_id from v_admitted where training_id = $1 \
               union select person_id from placements where training_id = $1) m \
         join v_person p on p.person_id = m.person_id \
         left join v_admitted a on a.training_id = $1 and a.person_id = m.person_id \
         left join placements pl on pl.training_id = $1 and pl.person_id = m.person_id \
         order by p.name, p.person_id")
    .bind(training)
    .all(conn)
    .await
}

/// Everybody who sits in a class or is assigned to one.
pub async fn with_a_part(conn: &mut Conn, training: TrainingId) -> Result<Vec<PersonId>, StorageError> {
    sql("select person_id as value from placements where training_id = $1 \
         union select person_id from staff_assignments where training_id = $1")
    .bind(training)
    .all(conn)
    .await
}

/// Everybody who agreed to lead along and can.
pub async fn staff(conn: &mut Conn, training: TrainingId) -> Result<Vec<StaffRow>, StorageError> {
    sql("select p.person_id, p.name, p.org_unit_name, p.org_path, p.subject, s.role \
         from v_training_staff s join v_person p on p.person_id = s.person_id \
         where s.training_id = $1 order by p.name, p.person_id")
    .bind(training)
    .all(conn)
    .await
}

pub async fn agreed_to_lead(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
    role: StaffRole,
) -> Result<bool, StorageError> {
    sql("select exists (select 1 from v_training_staff where training_id = $1 and person_id = $2 and role = $3) as value")
        .bind(training)
        .bind(person)
        .bind(role.word())
        .one(conn)
        .await
}

pub async fn is_admitted(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<bool, StorageError> {
    sql("select exists (select 1 from v_admitted where training_id = $1 and person_id = $2) as value")
        .bind(training)
        .bind(person)
        .one(conn)
        .await
}

/// These units, each with the word of its level.
pub async fn units(conn: &mut Conn, units: Vec<Uuid>) -> Result<Vec<UnitRow>, StorageError> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    sql("select org_unit_id, name, level from v_org_unit where org_unit_id in ($list)")
        .bind_list(units)
        .all(conn)
        .await
}

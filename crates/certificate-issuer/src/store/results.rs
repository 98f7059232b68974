//! What this area reads of trainings and final results, through their views.

use kernel::id::{ClassId, OrgUnitId, PersonId, TrainingId};
use storage::{Conn, StorageError, from_row, sql};

use crate::model::{Credits, Grade};

from_row! {
    /// A learner who passed and waits for a certificate.
    #[derive(Debug, Clone)]
    pub(crate) struct Passed {
        pub person_id: PersonId,
        pub class_id: ClassId,
        pub name: String,
        pub grade: Grade,
        pub credits: Credits,
        pub hours: u16,
        pub result_hash: String,
    }
}
from_row! {
    /// Who taught and who issues.
    #[derive(Debug, Clone)]
    pub(crate) struct Bodies {
        pub assessed_by: String,
        pub issuer_id: OrgUnitId,
        pub issuer_name: String,
    }
}
from_row! {
    struct HashRow { person_id: PersonId, result_hash: String }
}

/// Those who passed and are in no batch, except where they were returned or got a certificate in error. All of them: whoever has a
/// result and did not leave holds one of a training's 500 seats.
pub(crate) async fn waiting(conn: &mut Conn, training: TrainingId) -> Result<Vec<Passed>, StorageError> {
    sql("select r.person_id, r.class_id, p.name, r.grade, r.credits, r.hours, r.result_hash \
         from v_final_result r join v_person p on p.person_id = r.person_id \
         where r.training_id = $1 and r.passed and not exists ( \
           select 1 from batch_entries e \
           where e.training_id = r.training_id and e.person_id = r.person_id and e.decision <> 'returned' and e.voided_at is null) \
         order by r.class_id, r.person_id")
    .bind(training)
    .all(conn)
    .await
}

pub(crate) async fn count_waiting(conn: &mut Conn, training: TrainingId) -> Result<i64, StorageError> {
    sql("select count(*) as value from v_final_result r where r.training_id = $1 and r.passed and not exists ( \
           select 1 from batch_entries e \
           where e.training_id = r.training_id and e.person_id = r.person_id and e.decision <> 'returned' and e.voided_at is null)")
    .bind(training)
    .one(conn)
    .await
}

/// The hash of each passed result of a training, as it is now.
pub(crate) async fn passed_hashes(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<std::collections::HashMap<PersonId, String>, StorageError> {
    let rows: Vec<HashRow> =
        sql("select person_id, result_hash from v_final_result where training_id = $1 and passed")
            .bind(training)
            .all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.result_hash)).collect())
}

/// The unit that ran the training, and the topmost unit above it.
pub(crate) async fn bodies(conn: &mut Conn, training: TrainingId) -> Result<Option<Bodies>, StorageError> {
    sql("select o.name as assessed_by, a.above_id as issuer_id, a.above_name as issuer_name \
         from v_training t join v_org_unit o on o.org_unit_id = t.org_unit_id \
         join v_org_unit_above a on a.org_unit_id = t.org_unit_id \
         where t.training_id = $1 order by length(a.above_path) limit 1")
    .bind(training)
    .opt(conn)
    .await
}

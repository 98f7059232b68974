//! The few statements of the gateway itself.

use kernel::id::PersonId;
use storage::{Conn, StorageError, sql};
use uuid::Uuid;

/// Asks the database for a sign of life.
pub async fn ping(conn: &mut Conn) -> Result<(), StorageError> {
    let _: i64 = sql("select cast(1 as bigint) as value").one(conn).await?;
    Ok(())
}

/// Whether nobody has used this database yet.
pub async fn is_empty(conn: &mut Conn) -> Result<bool, StorageError> {
    let people: i64 = sql("select count(*) as value from v_person").one(conn).await?;
    Ok(people == 0)
}

storage::from_row! {
    /// A grant as it is stored.
    pub struct GrantRow { pub role: String, pub scope_kind: String, pub scope_id: Uuid }
}

pub async fn grants_of(conn: &mut Conn, person: PersonId) -> Result<Vec<GrantRow>, StorageError> {
    sql("select role, scope_kind, scope_id from v_grant where person_id = $1").bind(person).all(conn).await
}

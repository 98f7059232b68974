//! The few statements of the gateway itself.

use storage::{Conn, StorageError, sql};

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

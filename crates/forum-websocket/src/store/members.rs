//! Who belongs to a class, from the views of its owner.

use kernel::id::{ClassId, PersonId};
use storage::{Conn, StorageError, sql};

pub async fn class_name(conn: &mut Conn, class: ClassId) -> Result<String, StorageError> {
    sql("select name as value from v_class where class_id = $1").bind(class).one(conn).await
}

pub async fn staff_of(conn: &mut Conn, class: ClassId) -> Result<Vec<PersonId>, StorageError> {
    sql("select person_id as value from v_class_member where class_id = $1 and role <> 'learner' order by person_id")
        .bind(class)
        .all(conn)
        .await
}

pub async fn learns_in(conn: &mut Conn, class: ClassId, person: PersonId) -> Result<bool, StorageError> {
    let found: Option<PersonId> = sql("select person_id as value from v_class_member \
         where class_id = $1 and person_id = $2 and role = 'learner'")
    .bind(class)
    .bind(person)
    .opt(conn)
    .await?;
    Ok(found.is_some())
}

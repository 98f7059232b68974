//! Who belongs to a class, from the views of its owner.

use kernel::id::{ClassId, PersonId};
use storage::{Conn, StorageError, sql};

storage::from_row! {
    /// Somebody who leads a class, with its name.
    pub struct StaffRow { pub person_id: PersonId, pub class_name: String }
}

pub async fn staff_of(conn: &mut Conn, class: ClassId) -> Result<Vec<StaffRow>, StorageError> {
    sql("select m.person_id, c.name as class_name from v_class_member m join v_class c on c.class_id = m.class_id \
         where m.class_id = $1 and m.role <> 'learner' order by m.person_id")
    .bind(class)
    .all(conn)
    .await
}

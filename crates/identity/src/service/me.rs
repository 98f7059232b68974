//! What a signed-in person sees of themselves.

use kernel::id::PersonId;
use storage::{Conn, StorageError};

use crate::store::grants::{self, GrantRow};
use crate::store::people::{self, PersonRow};

pub(crate) struct Me {
    pub person: PersonRow,
    pub grants: Vec<GrantRow>,
}

pub(crate) async fn me(conn: &mut Conn, person: PersonId) -> Result<Option<Me>, StorageError> {
    let Some(row) = people::find(conn, person).await? else { return Ok(None) };
    Ok(Some(Me { person: row, grants: grants::of_person(conn, person).await? }))
}

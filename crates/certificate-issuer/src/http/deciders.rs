//! Who may decide what waits for a second person.

use kernel::id::{PersonId, TrainingId};
use serde::Serialize;
use storage::{Conn, StorageError};
use utoipa::ToSchema;

use crate::store;

/// The officers over the training who may decide. When there are none, a second one has to be appointed: nobody stands in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecidersView {
    pub names: Vec<String>,
    /// Whether the caller is one of them.
    pub includes_you: bool,
}

impl DecidersView {
    /// Those over this training who pass `may`, as `reader` sees them.
    pub async fn over(
        conn: &mut Conn,
        training: TrainingId,
        reader: PersonId,
        may: impl Fn(PersonId) -> bool,
    ) -> Result<Self, StorageError> {
        let mut officers = store::people::officers_over(conn, training).await?;
        officers.retain(|officer| may(officer.person_id));
        let includes_you = officers.iter().any(|officer| officer.person_id == reader);
        Ok(Self { names: officers.into_iter().map(|officer| officer.name).collect(), includes_you })
    }
}

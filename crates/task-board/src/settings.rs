//! A training's board settings as later areas need them.

use kernel::id::TrainingId;
use storage::{Conn, StorageError};

use crate::model::week::DEFAULT_GRACE_DAYS;
use crate::store;

/// For how many days after its week work is still taken, with a mark: 0 to 60.
pub async fn grace_days(conn: &mut Conn, training: TrainingId) -> Result<u16, StorageError> {
    let settings = store::settings::find(conn, training).await?;
    Ok(settings.map_or(DEFAULT_GRACE_DAYS, |settings| settings.grace_days))
}

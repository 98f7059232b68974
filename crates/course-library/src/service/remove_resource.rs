//! Staff take a resource out of the extension library; its file is let go.

use kernel::Ambient;
use kernel::id::ResourceId;
use storage::Tx;
use storage::blobs::Blobs;
use training_plan::access::{Assist, Granted};

use crate::error::LibraryError;
use crate::store::resources;

pub(crate) async fn remove_resource(
    tx: &mut Tx,
    ambient: &Ambient,
    staff: &Granted<Assist>,
    id: ResourceId,
) -> Result<(), LibraryError> {
    let resource = resources::find(tx, id).await?.ok_or(LibraryError::NoSuchResource)?;
    if !resources::delete(tx, id).await? {
        return Err(LibraryError::NoSuchResource);
    }
    if let Some(blob) = resource.blob_id {
        Blobs::release(tx, ambient, blob).await?;
    }
    let (by, detail) = (staff.actor.person, serde_json::json!({}));
    super::note(tx, ambient, staff.training, by, "course_library.remove_resource", id.to_string(), detail)
        .await?;
    Ok(())
}

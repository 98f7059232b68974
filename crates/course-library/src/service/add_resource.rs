//! Staff add a resource to the extension library: a link, or a file that was taken in.

use kernel::Ambient;
use storage::Tx;
use storage::blobs::{Blob, Blobs};
use training_plan::access::{Assist, Granted};

use super::relied;
use crate::error::LibraryError;
use crate::model::limits::AREA;
use crate::model::resource::ResourceKind;
use crate::store::resources::{self, Resource};

/// What a resource is about, whichever form it has.
pub(crate) struct Described {
    pub title: String,
    pub kind: ResourceKind,
    pub source: String,
    pub licence: String,
}

/// Where its content is.
pub(crate) enum Content {
    Link(String),
    File(Blob),
}

pub(crate) async fn add_resource(
    tx: &mut Tx,
    ambient: &Ambient,
    staff: &Granted<Assist>,
    described: Described,
    content: Content,
) -> Result<Resource, LibraryError> {
    relied(tx, staff.training).await?;
    let (url, file) = match content {
        Content::Link(url) => (Some(url), None),
        Content::File(blob) => {
            (None, Some(Blobs::keep(tx, ambient, AREA, blob.id).await?.ok_or(LibraryError::NoFile)?))
        }
    };
    let resource = Resource {
        id: ambient.new_id(),
        training_id: staff.training,
        title: described.title,
        kind: described.kind,
        url,
        blob_id: file.as_ref().map(|f| f.id),
        bytes: file.as_ref().map(|f| i64::try_from(f.size).unwrap_or(i64::MAX)),
        file_name: file.map(|f| f.file_name),
        source: described.source,
        licence: described.licence,
        added_at: ambient.now(),
    };
    resources::insert(tx, &resource, staff.actor.person).await?;
    let (object, by) = (resource.id.to_string(), staff.actor.person);
    let detail = serde_json::json!({ "kind": resource.kind });
    super::note(tx, ambient, staff.training, by, "course_library.add_resource", object, detail).await?;
    Ok(resource)
}

//! The extension library.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http::StatusCode;
use http_kit::{
    Answer, Halt, OnceSeed, Page, Paged, Path, Posted, Problem, Query, SignedIn, Upload, not_found, rule,
    wording,
};
use kernel::Timestamp;
use kernel::id::{ResourceId, TrainingId};
use serde::{Deserialize, Serialize};
use storage::blobs::{Disposition, GivenTo, PartOf};
use training_plan::access::{Assist, Granted, Read};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Shared;
use super::form::{Form, wrong};
use super::problems::charter_unsigned;
use crate::model::limits;
use crate::model::resource::{ResourceKind, is_web_address};
use crate::reach::{self, Library};
use crate::service::add_resource::{Content, Described, add_resource as add};
use crate::service::measure::playable;
use crate::service::remove_resource::remove_resource as remove;
use crate::store;
use crate::store::resources::Resource;

const TITLE_CHARS: usize = 120;
const SOURCE_CHARS: usize = 200;
/// Long enough to read a page and then decide to save the file.
const ADDRESS_SECONDS: i64 = 3600;

/// A resource that is somewhere else.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(super) struct ResourceInput {
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(TITLE_CHARS)))]
    title: String,
    #[garde(skip)]
    kind: ResourceKind,
    #[garde(length(chars, max = 1000), custom(web_address))]
    url: String,
    /// Who made it or where it was published.
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(SOURCE_CHARS)))]
    source: String,
    /// Under which licence or permission it is used.
    #[serde(deserialize_with = "wording::trimmed")]
    #[garde(custom(wording::line(SOURCE_CHARS)))]
    licence: String,
}

/// A resource that is a file: the same fields, and the file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the shape of a form, for the contract alone")]
pub(super) struct ResourceForm {
    title: String,
    kind: ResourceKind,
    source: String,
    licence: String,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A resource of the extension library.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ResourceView {
    id: ResourceId,
    title: String,
    kind: ResourceKind,
    /// Where it is, for links.
    url: Option<String>,
    /// What it is called, for files; their address comes from `…/file`.
    file_name: Option<String>,
    bytes: Option<i64>,
    source: String,
    licence: String,
    added_at: Timestamp,
}

/// Where a file opens, for a while.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileAddressView {
    url: String,
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/resources", params(("training_id" = TrainingId, Path)),
    request_body = ResourceInput, responses((status = 201, body = ResourceView)), tag = "course-library")]
pub(super) async fn add_resource(
    State(shared): State<Shared>,
    staff: Granted<Assist>,
    Posted { input, once }: Posted<ResourceInput>,
) -> Result<Answer, Halt> {
    let ResourceInput { title, kind, url, source, licence } = input;
    let mut tx = once.begin().await?;
    let described = Described { title, kind, source, licence };
    let resource = add(&mut tx, &shared.platform.ambient, &staff, described, Content::Link(url)).await?;
    once.created(tx, &ResourceView::from(resource)).await
}

#[utoipa::path(post, path = "/api/v1/trainings/{training_id}/resource-files", params(("training_id" = TrainingId, Path)),
    request_body(content = ResourceForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ResourceView)), tag = "course-library")]
pub(super) async fn add_resource_file(
    State(shared): State<Shared>,
    staff: Granted<Assist>,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    shared.takes_files(staff.training).await?;
    let form = Form::read(upload.allowed(&staff)?, &seed, &shared.platform, &shared.blobs, &limits::RESOURCE)
        .await?;
    let kind = ResourceKind::from_word(&form.text("kind", 20)?)
        .ok_or_else(|| wrong().field("/kind", "unreadable", "没有这种资源。", "There is no such kind."))?;
    let described = Described {
        title: form.text("title", TITLE_CHARS)?,
        kind,
        source: form.text("source", SOURCE_CHARS)?,
        licence: form.text("licence", SOURCE_CHARS)?,
    };
    let once = seed.after_file(&form.fingerprint()).await?;
    if form.is_known {
        // It has its answer, and there is no file to be looked into.
        once.begin().await?;
    }
    let file = playable(&shared.blobs, &shared.platform.ambient, form.file).await?;
    let mut tx = once.begin().await?;
    let content = Content::File(file);
    let resource = add(&mut tx, &shared.platform.ambient, &staff, described, content).await?;
    once.created(tx, &ResourceView::from(resource)).await
}

#[utoipa::path(get, path = "/api/v1/trainings/{training_id}/resources", params(("training_id" = TrainingId, Path), Page),
    responses((status = 200, body = Paged<ResourceView>)), tag = "course-library")]
pub(super) async fn list_resources(
    State(shared): State<Shared>,
    reader: Granted<Read>,
    Query(page): Query<Page>,
) -> Result<Json<Paged<ResourceView>>, Problem> {
    let before = match &page.after {
        Some(after) => after.parse().map_err(|_| not_found())?,
        None => ResourceId::from_uuid(Uuid::max()),
    };
    let mut conn = shared.platform.db.read().await?;
    if let Library::Unsigned(class) = reach::library(&mut conn, &reader.actor, reader.training).await? {
        return Err(charter_unsigned(class));
    }
    let limit = i64::from(page.limit) + 1;
    let resources = store::resources::page(&mut conn, reader.training, before, limit).await?;
    Ok(Json(Paged::cut(resources, &page, |r| r.id.to_string()).map(ResourceView::from)))
}

#[utoipa::path(get, path = "/api/v1/resources/{resource_id}/file", params(("resource_id" = ResourceId, Path)),
    responses((status = 200, body = FileAddressView)), tag = "course-library")]
pub(super) async fn get_resource_file(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ResourceId>,
) -> Result<Json<FileAddressView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let resource = store::resources::find(&mut conn, id).await?.ok_or_else(not_found)?;
    if let Library::Unsigned(_) = reach::library(&mut conn, &actor, resource.training_id).await? {
        return Err(not_found());
    }
    drop(conn);
    let blob = shared.blobs.find(resource.blob_id.ok_or_else(not_found)?).await?.ok_or_else(not_found)?;
    let now = shared.platform.ambient.now();
    let to = GivenTo::new(&actor, PartOf::Training(resource.training_id));
    let url = shared.blobs.address(&blob, now, ADDRESS_SECONDS, Disposition::Attachment, to).await?;
    Ok(Json(FileAddressView { url }))
}

#[utoipa::path(delete, path = "/api/v1/resources/{resource_id}", params(("resource_id" = ResourceId, Path)),
    responses((status = 204)), tag = "course-library")]
pub(super) async fn remove_resource(
    State(shared): State<Shared>,
    actor: SignedIn,
    Path(id): Path<ResourceId>,
) -> Result<StatusCode, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let resource = store::resources::find(&mut conn, id).await?.ok_or_else(not_found)?;
    let staff = Granted::<Assist>::check(&mut conn, &actor, resource.training_id).await?;
    drop(conn);
    let mut tx = shared.platform.begin(&actor).await?;
    remove(&mut tx, &shared.platform.ambient, &staff, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature of a field rule")]
fn web_address(url: &str, (): &()) -> garde::Result {
    if is_web_address(url) {
        return Ok(());
    }
    Err(rule("url", "这不是一个网址。", "This is not a web address."))
}

impl From<Resource> for ResourceView {
    fn from(resource: Resource) -> Self {
        Self {
            id: resource.id,
            title: resource.title,
            kind: resource.kind,
            url: resource.url,
            file_name: resource.file_name,
            bytes: resource.bytes,
            source: resource.source,
            licence: resource.licence,
            added_at: resource.added_at,
        }
    }
}

//! Rosters as files: the template, the upload, the wrong rows, the links to hand out.

use axum::extract::State;
use axum::extract::multipart::MultipartError;
use axum::response::Response;
use garde::Validate;
use http::StatusCode;
use http_kit::{AllowedUpload, Answer, Halt, Input, OnceSeed, Path, Problem, Reader, Upload, out_of_room};
use kernel::Lang;
use kernel::id::RosterImportId;
use serde::Deserialize;
use storage::blobs::{PutError, Share, XLSX, file_name, take_share};
use utoipa::ToSchema;

use super::rosters::{RosterImportView, refused};
use super::router::Shared;
use super::workbook::attachment;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::model::roster::MOST_ROWS;
use crate::roster::{self, ReadError, WrongRow};
use crate::service::{roster_links, rosters};
use crate::store::rosters::Only;

/// The rows of every roster are kept.
const ROSTERS: Share = Share { purpose: "roster", bytes_a_day: 100 * 1024 * 1024 };

/// A workbook as the part `file` of a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the handler reads it part by part")]
pub(super) struct RosterUpload {
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct HandOut {
    /// Make new links although a list was handed out; the links of that list stop working.
    #[serde(default)]
    #[garde(skip)]
    again: bool,
}

/// The empty roster with Chinese headings, an example and notes.
#[utoipa::path(get, path = "/api/v1/roster-template.xlsx",
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
    tag = "identity")]
pub(super) async fn download_roster_template(
    State(shared): State<Shared>,
    _: Overseer,
) -> Result<Response, Problem> {
    let bytes = roster::template(shared.platform.ambient.now()).map_err(RosterError::from)?;
    Ok(attachment("人员名单模板.xlsx", bytes))
}

/// Takes a roster in and checks it row by row. Nobody is imported.
#[utoipa::path(post, path = "/api/v1/roster-imports",
    request_body(content = RosterUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = RosterImportView)), tag = "identity")]
pub(super) async fn upload_roster(
    State(shared): State<Shared>,
    overseer: Overseer,
    seed: OnceSeed,
    upload: Upload,
) -> Result<Answer, Halt> {
    let (file_name, bytes) = file_of(upload.allowed(&overseer)?).await?;
    let once = seed.after_file(&bytes).await?;
    let size = bytes.len() as u64;
    once.look().await?;
    // Reading a workbook takes time and a process; the transaction opens after it.
    let table = shared.identity.roster_reader().read(bytes).await.map_err(RosterError::from)?;
    let mut tx = once.begin().await?;
    let ambient = &shared.platform.ambient;
    take_share(&mut tx, overseer.actor.person, &ROSTERS, size, ambient.now()).await.map_err(no_room)?;
    let taken = rosters::take_in(&mut tx, ambient, &shared.identity, &overseer, &file_name, &table).await;
    let id = match taken {
        Ok(id) => id,
        Err(error) => {
            drop(tx);
            return Err(refused(&shared, &overseer, error).await?.into());
        }
    };
    let view = RosterImportView::from(rosters::find(&mut tx, &overseer, id).await?);
    once.created(tx, &view).await
}

/// The wrong rows as a workbook that can be corrected and uploaded again.
#[utoipa::path(get, path = "/api/v1/roster-imports/{roster_import_id}/errors.xlsx",
    params(("roster_import_id" = RosterImportId, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
    tag = "identity")]
pub(super) async fn download_roster_errors(
    State(shared): State<Shared>,
    overseer: Overseer,
    Reader(lang): Reader,
    Path(id): Path<RosterImportId>,
) -> Result<Response, Problem> {
    let mut conn = shared.platform.db.read().await?;
    rosters::find(&mut conn, &overseer, id).await?;
    let (vault, only) = (shared.identity.vault(), Only { wrong: true, ..Only::default() });
    let wrong = rosters::rows(&mut conn, vault, id, only, 0, i64::from(MOST_ROWS)).await?;
    drop(conn);
    let rows: Vec<WrongRow> = wrong
        .into_iter()
        .map(|row| WrongRow { number: row.number, cells: row.cells, errors: row.errors })
        .collect();
    let bytes = roster::errors(shared.platform.ambient.now(), lang, &rows).map_err(RosterError::from)?;
    Ok(attachment(named(lang, "名单错误.xlsx", "roster-errors.xlsx"), bytes))
}

/// One-time links for everybody of an applied import who has not signed in yet, as a workbook. Given once; who took it is on
/// record.
#[utoipa::path(post, path = "/api/v1/roster-imports/{roster_import_id}/first-use-links",
    params(("roster_import_id" = RosterImportId, Path)), request_body = HandOut,
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
    tag = "identity", extensions(("x-repeatable" = json!(true))))]
pub(super) async fn hand_out_first_use_links(
    State(shared): State<Shared>,
    overseer: Overseer,
    Reader(lang): Reader,
    Path(id): Path<RosterImportId>,
    Input(input): Input<HandOut>,
) -> Result<Response, Problem> {
    // Links are stored as digests alone, so the answer is not kept under an idempotency key; the import's own mark makes it once.
    let mut tx = shared.platform.db.begin_write().await?;
    let (ambient, url) = (&shared.platform.ambient, &shared.platform.public_url);
    let bytes = roster_links::hand_out(&mut tx, ambient, &overseer, id, input.again, url, lang).await?;
    tx.commit().await?;
    Ok(attachment(named(lang, "启用链接.xlsx", "first-use-links.xlsx"), bytes))
}

fn no_room(error: PutError) -> Problem {
    match error {
        PutError::Storage(error) => error.into(),
        error => out_of_room(&error).unwrap_or_else(|| Problem::internal(&error)),
    }
}

/// The part `file`, within the bound on its size.
async fn file_of(mut form: AllowedUpload) -> Result<(String, Vec<u8>), Problem> {
    while let Some(part) = form.next_field().await.map_err(|e| broken(&e))? {
        if part.name() == Some("file") {
            let name = file_name(part.file_name().unwrap_or("roster"), XLSX);
            let bytes = part.bytes().await.map_err(|e| broken(&e))?;
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(RosterError::NoFile.into())
}

fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return RosterError::Read(ReadError::TooLarge).into();
    }
    RosterError::NoFile.into()
}

const fn named(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

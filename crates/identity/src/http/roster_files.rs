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
use crate::model::roster::{MOST_ROWS, Table};
use crate::roster::{self, Place, ReadError, WrongRow};
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
    overseer: Overseer,
) -> Result<Response, Problem> {
    let place = shared.identity.workbooks().place(overseer.actor.person).map_err(RosterError::from)?;
    let now = shared.platform.ambient.now();
    let bytes = written(place, move || Ok(roster::template(now)?)).await?;
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
    let mut form = upload.allowed(&overseer)?;
    let (file_name, bytes) = file_of(&mut form).await?;
    let once = seed.after_file(&bytes).await?;
    once.look().await?;
    // Kept until the rows are checked and stored.
    let _place = shared.identity.roster_reader().place(overseer.actor.person).map_err(RosterError::from)?;
    // Reading a workbook takes time and a process; the transaction opens after it.
    let table = read_counted(&shared, &overseer, bytes).await?;
    // Until here it is one of the files that its sender has under way.
    drop(form);
    let mut tx = once.begin().await?;
    let ambient = &shared.platform.ambient;
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

/// Reads a file. What that takes is counted before, whatever becomes of it.
async fn read_counted(shared: &Shared, overseer: &Overseer, bytes: Vec<u8>) -> Result<Table, Problem> {
    let (reader, person) = (shared.identity.roster_reader(), overseer.actor.person);
    let now = shared.platform.ambient.now();
    if let Err(error) = rosters::ask_for_roster(&shared.identity, overseer, now) {
        return Err(refused(shared, overseer, error).await?);
    }
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    take_share(&mut tx, person, &ROSTERS, bytes.len() as u64, now).await.map_err(no_room)?;
    tx.commit().await?;
    Ok(reader.read(bytes).await.map_err(RosterError::from)?)
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
    let place = shared.identity.workbooks().place(overseer.actor.person).map_err(RosterError::from)?;
    let mut conn = shared.platform.db.read().await?;
    rosters::find(&mut conn, &overseer, id).await?;
    let only = Only { wrong: true, ..Only::default() };
    let wrong = rosters::rows(&mut conn, id, only, 0, i64::from(MOST_ROWS)).await?;
    drop(conn);
    let (vault, now) = (shared.identity.vault().clone(), shared.platform.ambient.now());
    let bytes = written(place, move || {
        let wrong = rosters::shown(&vault, id, wrong)?;
        let rows: Vec<WrongRow> = wrong
            .into_iter()
            .map(|row| WrongRow { number: row.number, cells: row.cells, errors: row.errors })
            .collect();
        Ok(roster::errors(now, lang, &rows)?)
    })
    .await?;
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
    let place = shared.identity.workbooks().place(overseer.actor.person).map_err(RosterError::from)?;
    // Links are stored as digests alone, so the answer is not kept under an idempotency key; the import's own mark makes it once.
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let (ambient, url) = (&shared.platform.ambient, &shared.platform.public_url);
    let identity = &shared.identity;
    let links = roster_links::hand_out(&mut tx, ambient, identity, &overseer, id, input.again, url).await?;
    tx.commit().await?;
    let now = ambient.now();
    let bytes = written(place, move || {
        Ok(roster::first_use_links(now, lang, links.expires_at, &links.rows, links.left_out)?)
    })
    .await?;
    Ok(attachment(named(lang, "启用链接.xlsx", "first-use-links.xlsx"), bytes))
}

/// A workbook, written when its asker's turn comes.
async fn written(
    place: Place,
    write: impl FnOnce() -> Result<Vec<u8>, RosterError> + Send + 'static,
) -> Result<Vec<u8>, RosterError> {
    place.work(write).await?
}

fn no_room(error: PutError) -> Problem {
    match error {
        PutError::Storage(error) => error.into(),
        error => out_of_room(&error).unwrap_or_else(|| Problem::internal(&error)),
    }
}

/// The part `file`, within the bound on its size.
async fn file_of(form: &mut AllowedUpload) -> Result<(String, Vec<u8>), Problem> {
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

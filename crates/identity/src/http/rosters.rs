//! Imports of rosters: what the dry run found, row by row, and applying it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{Answer, Halt, Input, Page, Paged, Path, Posted, Problem, Query, Reader, not_found};
use kernel::id::RosterImportId;
use kernel::{Lang, Role, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::roster_units::{RosterMatchedUnitView, RosterNewUnitView};
use super::router::Shared;
use crate::access::Overseer;
use crate::error::RosterError;
use crate::model::identity_number::IdentityNumber;
use crate::model::phone::Phone;
use crate::model::roster::{Column, NewRole, PersonField, RosterOutcome, RosterState, masked_rounded};
use crate::service::roster_apply::{self, Agreed};
use crate::service::rosters::ShownRow;
use crate::service::{roster_again, roster_hidden, rosters};
use crate::store::rosters::{ImportRow, Only};

#[derive(Serialize, ToSchema)]
pub(super) struct RosterImportView {
    id: RosterImportId,
    file_name: String,
    state: RosterState,
    created_at: Timestamp,
    #[schema(required = true)]
    applied_at: Option<Timestamp>,
    #[schema(required = true)]
    links_taken_at: Option<Timestamp>,
    rows: i64,
    /// Rows that cannot be imported.
    wrong: i64,
    /// Rows of people who are not known yet.
    new: i64,
    /// Rows of known people, who are updated.
    changed: i64,
    /// Units that are missing and are made.
    new_units: i64,
    /// Rows that give a known person another name, phone, unit or role: these are confirmed.
    to_confirm: i64,
    /// Rows that are hidden in the sheet, by a filter or by hand. They are left out unless they are taken, and counted above then.
    hidden: i64,
    hidden_taken: bool,
    /// Whether they can be taken: with them the roster has no more rows than one may have. Otherwise they were counted and not kept.
    can_take_hidden: bool,
    /// Columns that are hidden in the sheet and were read all the same.
    hidden_columns: Vec<String>,
    /// Columns that hold something and were not read, by heading or letter.
    unread_columns: Vec<String>,
    /// Sheets that hold something and were not read.
    unread_sheets: Vec<String>,
    /// Sheets that are hidden, hold something and were not read.
    hidden_sheets: Vec<String>,
    /// Provinces that are missing and are made.
    new_provinces: Vec<String>,
    /// The units that are missing and are made, the first 100 of them (all are at `new-units`): those about which somebody has to decide
    /// come first.
    new_unit_list: Vec<RosterNewUnitView>,
    /// How many of them look like a unit that stands or another one in the roster, and nobody decided about them yet. The roster is not
    /// applied before.
    undecided_units: i64,
    /// Names in the roster that are taken for another unit, as somebody decided.
    matched_units: Vec<RosterMatchedUnitView>,
    /// People who are not known yet and get a role over their unit.
    new_roles: i64,
    /// These roles, at most 100 of them.
    new_role_list: Vec<RosterNewRoleView>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterNewRoleView {
    /// The row's number in the file.
    row: u32,
    role: Role,
    /// The unit over which the role is given, from the province down.
    place: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterRowView {
    /// The row's number in the file.
    row: u32,
    outcome: RosterOutcome,
    /// Hidden in the sheet.
    hidden: bool,
    /// What was typed, by column; numbers that are right are masked, and those of which the sheet lost the end.
    cells: BTreeMap<&'static str, String>,
    errors: Vec<RosterRowErrorView>,
    /// What becomes other than it is known of a known person.
    changes: Vec<RosterChangeView>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterChangeView {
    field: PersonField,
    /// As it is known; numbers are masked, units are named from the province down, roles over the row's unit are words with a
    /// space between.
    #[schema(required = true)]
    from: Option<String>,
    to: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RosterRowErrorView {
    /// The column, as in `cells`.
    column: &'static str,
    code: String,
    detail: String,
}

#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct RosterApply {
    /// Import the good rows and leave out the wrong ones.
    #[serde(default)]
    #[garde(skip)]
    good_rows_only: bool,
    /// Known people may get the names, phones, units and roles that the rows show.
    #[serde(default)]
    #[garde(skip)]
    confirm_changes: bool,
}

#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct HiddenRows {
    /// Import the rows that are hidden in the sheet too.
    #[garde(skip)]
    taken: bool,
}

/// Which rows are asked for.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RosterRowsQuery {
    /// Only rows that cannot be imported.
    #[serde(default)]
    #[garde(skip)]
    only_wrong: bool,
    /// Only rows that give a known person another name, phone, unit or role.
    #[serde(default)]
    #[garde(skip)]
    only_to_confirm: bool,
    /// Only rows that are hidden in the sheet.
    #[serde(default)]
    #[garde(skip)]
    only_hidden: bool,
    /// How many at most (1 to 200).
    #[garde(range(min = 1, max = 200))]
    #[serde(default = "fifty")]
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: u16,
    /// The `next` of the page before.
    #[garde(inner(length(max = 200)))]
    after: Option<String>,
}

const fn fifty() -> u16 {
    50
}

/// The caller's imports, newest first; the administrator sees all.
#[utoipa::path(get, path = "/api/v1/roster-imports", params(Page), responses((status = 200, body = Paged<RosterImportView>)),
    tag = "identity")]
pub(super) async fn list_roster_imports(
    State(shared): State<Shared>,
    overseer: Overseer,
    Query(page): Query<Page>,
) -> Result<Json<Paged<RosterImportView>>, Problem> {
    let before = page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?;
    let mut conn = shared.platform.db.read().await?;
    let rows = rosters::page(&mut conn, &overseer, before, i64::from(page.limit) + 1).await?;
    Ok(Json(Paged::cut(rows, &page, |row| row.id.to_string()).map(RosterImportView::from)))
}

/// One import.
#[utoipa::path(get, path = "/api/v1/roster-imports/{roster_import_id}", params(("roster_import_id" = RosterImportId, Path)),
    responses((status = 200, body = RosterImportView)), tag = "identity")]
pub(super) async fn get_roster_import(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<RosterImportId>,
) -> Result<Json<RosterImportView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    Ok(Json(rosters::find(&mut conn, &overseer, id).await?.into()))
}

/// The rows of an import with what was found.
#[utoipa::path(get, path = "/api/v1/roster-imports/{roster_import_id}/rows",
    params(("roster_import_id" = RosterImportId, Path), RosterRowsQuery),
    responses((status = 200, body = Paged<RosterRowView>)), tag = "identity")]
pub(super) async fn list_roster_rows(
    State(shared): State<Shared>,
    overseer: Overseer,
    Reader(lang): Reader,
    Path(id): Path<RosterImportId>,
    Query(query): Query<RosterRowsQuery>,
) -> Result<Json<Paged<RosterRowView>>, Problem> {
    let page = Page { limit: query.limit, after: query.after };
    let after = page.after.as_deref().map_or(Ok(0), str::parse).map_err(|_| not_found())?;
    let mut conn = shared.platform.db.read().await?;
    rosters::find(&mut conn, &overseer, id).await?;
    let (vault, limit) = (shared.identity.vault(), i64::from(page.limit) + 1);
    let only = Only { wrong: query.only_wrong, to_confirm: query.only_to_confirm, hidden: query.only_hidden };
    let rows = rosters::rows(&mut conn, id, only, after, limit).await?;
    drop(conn);
    let rows = rosters::shown(vault, id, rows)?;
    Ok(Json(Paged::cut(rows, &page, |row| row.number.to_string()).map(|row| view(row, lang))))
}

/// Takes the rows that are hidden in the sheet, or leaves them out, and checks the roster once more.
#[utoipa::path(put, path = "/api/v1/roster-imports/{roster_import_id}/hidden-rows",
    params(("roster_import_id" = RosterImportId, Path)), request_body = HiddenRows,
    responses((status = 200, body = RosterImportView)), tag = "identity")]
pub(super) async fn choose_hidden_rows(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<RosterImportId>,
    Input(input): Input<HiddenRows>,
) -> Result<Json<RosterImportView>, Problem> {
    let _place = shared.identity.roster_reader().place(overseer.actor.person).map_err(RosterError::from)?;
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let (ambient, identity) = (&shared.platform.ambient, &shared.identity);
    if let Err(error) = roster_hidden::choose(&mut tx, ambient, identity, &overseer, id, input.taken).await {
        drop(tx);
        return Err(refused(&shared, &overseer, error).await?);
    }
    let view = RosterImportView::from(rosters::find(&mut tx, &overseer, id).await?);
    tx.commit().await?;
    Ok(Json(view))
}

/// A refusal after the transaction that it ended. What that wrote is gone with it; that somebody asked for so much is not, once in an
/// hour.
pub(super) async fn refused(
    shared: &Shared,
    overseer: &Overseer,
    error: RosterError,
) -> Result<Problem, Problem> {
    let (person, now) = (overseer.actor.person, shared.platform.ambient.now());
    if matches!(error, RosterError::Enough(_)) && shared.identity.probes().to_record(person, now) {
        let mut tx = shared.platform.begin(&overseer.actor).await?;
        rosters::record_refusal(&mut tx, &shared.platform.ambient, overseer).await?;
        tx.commit().await?;
    }
    Ok(error.into())
}

/// Imports the rows, all together. Refused when a row is wrong, unless only the good rows are asked for, and when known people get
/// another name, phone, unit or role, unless that is confirmed. One roster at a time for each person; one that is refused counts like one
/// more that is sent.
#[utoipa::path(post, path = "/api/v1/roster-imports/{roster_import_id}/apply",
    params(("roster_import_id" = RosterImportId, Path)), request_body = RosterApply,
    responses((status = 200, body = RosterImportView)), tag = "identity")]
pub(super) async fn apply_roster_import(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(id): Path<RosterImportId>,
    Posted { input, once }: Posted<RosterApply>,
) -> Result<Answer, Halt> {
    let person = overseer.actor.person;
    let _place = shared.identity.roster_reader().place(person).map_err(RosterError::from)?;
    once.look().await?;
    let ambient = &shared.platform.ambient;
    if let Err(error) = rosters::ask_to_apply(&shared.identity, &overseer, ambient.now()) {
        return Err(refused(&shared, &overseer, error).await?.into());
    }
    let mut tx = once.begin().await?;
    let agreed = Agreed { good_rows_only: input.good_rows_only, changes: input.confirm_changes };
    let (vault, hub) = (shared.identity.vault(), &shared.hub);
    let applied = roster_apply::apply(&mut tx, ambient, vault, hub, &overseer, id, agreed).await;
    if let Err(error) = applied {
        drop(tx);
        if error.is_after_check() {
            shared.identity.probes().not_applied(person, ambient.now());
            // What is refused is shown as it is by now: otherwise there would be nothing to decide, and no other answer for ever.
            let mut tx = shared.platform.begin(&overseer.actor).await?;
            roster_again::show_anew(&mut tx, ambient, &shared.identity, &overseer, id).await?;
            tx.commit().await?;
        }
        return Err(error.into());
    }
    let view = RosterImportView::from(rosters::find(&mut tx, &overseer, id).await?);
    once.ok(tx, &view).await
}

impl From<ImportRow> for RosterImportView {
    fn from(row: ImportRow) -> Self {
        Self {
            can_take_hidden: row.can_take_hidden(),
            id: row.id,
            file_name: row.file_name,
            state: row.state,
            created_at: row.created_at,
            applied_at: row.applied_at,
            links_taken_at: row.links_taken_at,
            rows: row.row_count,
            wrong: row.wrong_count,
            new: row.new_count,
            changed: row.changed_count,
            new_units: row.unit_count,
            to_confirm: row.confirm_count,
            hidden: row.hidden_count,
            hidden_taken: row.hidden_taken,
            hidden_columns: row.findings.0.hidden_columns,
            unread_columns: row.findings.0.unread_columns,
            unread_sheets: row.findings.0.unread_sheets,
            hidden_sheets: row.findings.0.hidden_sheets,
            new_provinces: row.findings.0.new_provinces,
            new_unit_list: row.findings.0.new_units.into_iter().map(RosterNewUnitView::from).collect(),
            undecided_units: row.findings.0.undecided_units,
            matched_units: row
                .findings
                .0
                .matched_units
                .into_iter()
                .map(RosterMatchedUnitView::from)
                .collect(),
            new_roles: row.findings.0.new_role_count,
            new_role_list: row.findings.0.new_roles.into_iter().map(RosterNewRoleView::from).collect(),
        }
    }
}

impl From<NewRole> for RosterNewRoleView {
    fn from(NewRole { row, role, place }: NewRole) -> Self {
        Self { row, role, place }
    }
}

fn view(row: ShownRow, lang: Lang) -> RosterRowView {
    let cell = |column: Column, text: String| {
        let masked = match column {
            Column::Phone => Phone::parse(&text).map(|phone| phone.masked()),
            Column::IdentityNumber => IdentityNumber::parse(&text).map(|number| number.masked()),
            _ => return text,
        };
        masked.or_else(|| masked_rounded(&text)).unwrap_or(text)
    };
    RosterRowView {
        row: row.number,
        outcome: row.outcome,
        hidden: row.hidden,
        cells: row.cells.into_iter().map(|(column, text)| (column.word(), cell(column, text))).collect(),
        errors: row
            .errors
            .into_iter()
            .map(|e| RosterRowErrorView {
                column: e.column.word(),
                code: e.code,
                detail: e.text.get(lang).to_owned(),
            })
            .collect(),
        changes: row
            .changes
            .into_iter()
            .map(|change| RosterChangeView { field: change.field, from: change.from, to: change.to })
            .collect(),
    }
}

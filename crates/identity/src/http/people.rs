//! People as desks see them, masked.

use axum::Json;
use axum::extract::State;
use garde::Validate;
use http_kit::{
    Answer, Halt, IfMatch, Input, Page, Paged, Path, Posted, Problem, Query, Versioned, not_found,
};
use kernel::Timestamp;
use kernel::id::{OrgUnitId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::me::NamedUnitView;
use super::person_input::{PersonChange, PersonInput};
use super::router::Shared;
use crate::access::Overseer;
use crate::error::PersonError;
use crate::model::person::Gender;
use crate::service::{org_units, people};
use crate::store::people::PersonRow;

/// Which people are asked for.
#[derive(Deserialize, Validate, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PeopleQuery {
    /// Belonging to this unit or one below it.
    #[garde(skip)]
    org_unit_id: Option<OrgUnitId>,
    /// Part of the name or account name, or a whole phone number.
    #[garde(inner(length(chars, max = 60)))]
    name: Option<String>,
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

#[derive(Serialize, ToSchema)]
pub(super) struct PersonView {
    id: PersonId,
    name: String,
    account_name: String,
    #[schema(required = true)]
    phone_masked: Option<String>,
    #[schema(required = true)]
    identity_number_masked: Option<String>,
    #[schema(required = true)]
    org_unit: Option<NamedUnitView>,
    #[schema(required = true)]
    gender: Option<Gender>,
    #[schema(required = true)]
    subject: Option<String>,
    #[schema(required = true)]
    professional_title: Option<String>,
    #[schema(required = true)]
    teaching_since: Option<i64>,
    /// Has set a password.
    activated: bool,
    #[schema(required = true)]
    disabled_at: Option<Timestamp>,
    created_at: Timestamp,
    /// For `If-Match`.
    version: i64,
}

/// A person with the place of their unit.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonDetailView {
    #[serde(flatten)]
    person: PersonView,
    /// The names from the province down to the person's unit.
    place: Vec<String>,
    /// Of somebody disabled: the caller may enable them. Who was disabled by somebody above may not.
    may_enable: bool,
}

/// The people within the caller's reach.
#[utoipa::path(get, path = "/api/v1/people", params(PeopleQuery), responses((status = 200, body = Paged<PersonView>)),
    tag = "identity")]
pub(super) async fn list_people(
    State(shared): State<Shared>,
    overseer: Overseer,
    Query(query): Query<PeopleQuery>,
) -> Result<Json<Paged<PersonView>>, Problem> {
    let page = Page { limit: query.limit, after: query.after };
    let search = people::Search {
        org_unit: query.org_unit_id,
        text: query.name,
        after: page.after.as_deref().map(str::parse).transpose().map_err(|_| not_found())?,
        limit: i64::from(page.limit) + 1,
    };
    let mut conn = shared.platform.db.read().await?;
    let rows = people::page(&mut conn, shared.identity.vault(), &overseer, search).await?;
    Ok(Json(Paged::cut(rows, &page, |row| row.id.to_string()).map(PersonView::from)))
}

/// One person, with phone and identity number masked.
#[utoipa::path(get, path = "/api/v1/people/{person_id}", params(("person_id" = PersonId, Path)),
    responses((status = 200, body = PersonDetailView)), tag = "identity")]
pub(super) async fn get_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
) -> Result<Versioned<PersonDetailView>, Problem> {
    let mut conn = shared.platform.db.read().await?;
    let view = shown(&mut conn, &overseer, person).await?;
    Ok(Versioned(view.person.version, view))
}

/// Enters a person by hand; many at once come by a roster.
#[utoipa::path(post, path = "/api/v1/people", request_body = PersonInput,
    responses((status = 201, body = PersonDetailView)), tag = "identity")]
pub(super) async fn add_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Posted { input, once }: Posted<PersonInput>,
) -> Result<Answer, Halt> {
    let mut tx = once.begin().await?;
    let (ambient, vault) = (&shared.platform.ambient, shared.identity.vault());
    let numbers = Numbers::of(&shared, &overseer)?;
    let added = people::add(&mut tx, ambient, vault, &overseer, input.into()).await;
    let person = added.map_err(|error| numbers.told(error))?;
    let view = shown(&mut tx, &overseer, person).await?;
    once.created(tx, &view).await
}

/// Changes what is known of a person, with `If-Match`.
#[utoipa::path(put, path = "/api/v1/people/{person_id}",
    params(("person_id" = PersonId, Path), ("If-Match" = String, Header, description = "The version that was read")), request_body = PersonChange,
    responses((status = 200, body = PersonDetailView)), tag = "identity")]
pub(super) async fn change_person(
    State(shared): State<Shared>,
    overseer: Overseer,
    Path(person): Path<PersonId>,
    IfMatch(version): IfMatch,
    Input(input): Input<PersonChange>,
) -> Result<Versioned<PersonDetailView>, Problem> {
    let mut tx = shared.platform.begin(&overseer.actor).await?;
    let (ambient, vault) = (&shared.platform.ambient, shared.identity.vault());
    let numbers = Numbers::of(&shared, &overseer)?;
    let changed =
        people::change(&mut tx, ambient, vault, &shared.hub, &overseer, person, input.read_at(version)).await;
    changed.map_err(|error| numbers.told(error))?;
    let view = shown(&mut tx, &overseer, person).await?;
    tx.commit().await?;
    Ok(Versioned(view.person.version, view))
}

/// Who types numbers learns whether they are registered, also outside their reach; not of many in an hour. The administrator sees
/// everybody anyway.
struct Numbers<'a> {
    shared: &'a Shared,
    overseer: &'a Overseer,
}

impl<'a> Numbers<'a> {
    fn of(shared: &'a Shared, overseer: &'a Overseer) -> Result<Self, PersonError> {
        if !overseer.reach.administrator {
            shared.identity.probes().ask(overseer.actor.person, shared.platform.ambient.now())?;
        }
        Ok(Self { shared, overseer })
    }

    fn told(&self, error: PersonError) -> PersonError {
        let is_taken = matches!(error, PersonError::PhoneTaken | PersonError::IdentityNumberTaken);
        if !is_taken || self.overseer.reach.administrator {
            return error;
        }
        let (probes, now) = (self.shared.identity.probes(), self.shared.platform.ambient.now());
        probes.tell(self.overseer.actor.person, 1, now).map_or_else(PersonError::from, |()| error)
    }
}

pub(super) async fn shown(
    conn: &mut storage::Conn,
    overseer: &Overseer,
    person: PersonId,
) -> Result<PersonDetailView, Problem> {
    let row = people::find(conn, overseer, person).await?;
    let place = match row.org_path.as_deref() {
        Some(path) => org_units::places(conn, &[path]).await?.remove(path).unwrap_or_default(),
        None => Vec::new(),
    };
    let may_enable = people::may_enable(conn, overseer, &row).await?;
    Ok(PersonDetailView { person: row.into(), place, may_enable })
}

impl From<PersonRow> for PersonView {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            account_name: row.account_name,
            phone_masked: row.phone_masked,
            identity_number_masked: row.identity_number_masked,
            org_unit: row.org_unit_id.zip(row.org_unit_name).map(|(id, name)| NamedUnitView { id, name }),
            gender: row.gender,
            subject: row.subject,
            professional_title: row.professional_title,
            teaching_since: row.teaching_since,
            activated: row.activated,
            disabled_at: row.disabled_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

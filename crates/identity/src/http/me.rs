//! Who am I, and where may I go?

use axum::Json;
use axum::extract::State;
use http_kit::{Problem, SignedIn, not_found};
use kernel::id::{ClassId, GrantId, OrgUnitId, PersonId, TrainingId};
use kernel::{Grant, Role, Scope};
use serde::Serialize;
use storage::Conn;
use utoipa::ToSchema;

use super::router::Shared;
use crate::service::me;
use crate::store::grants::GrantRow;

/// The signed-in person, the places they may enter, and what is granted to them.
#[derive(Serialize, ToSchema)]
pub(super) struct MeView {
    person: MePersonView,
    places: Vec<Place>,
    grants: Vec<MyGrantView>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct MePersonView {
    id: PersonId,
    name: String,
    account_name: String,
    #[schema(required = true)]
    phone_masked: Option<String>,
    #[schema(required = true)]
    org_unit: Option<NamedUnitView>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct NamedUnitView {
    pub id: OrgUnitId,
    pub name: String,
}

/// The parts of the web application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Learn,
    Teach,
    Office,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ScopeKind {
    System,
    OrgUnit,
    Training,
    Class,
}

#[derive(Serialize, ToSchema)]
pub(super) struct MyGrantView {
    id: GrantId,
    role: Role,
    scope_kind: ScopeKind,
    /// Absent for the system as a whole.
    #[schema(required = true)]
    scope_id: Option<String>,
    /// The unit's name; trainings and classes are named by their own areas.
    #[schema(required = true)]
    scope_name: Option<String>,
}

/// The signed-in person, the places they may enter, and what is granted to them.
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = MeView)), tag = "identity")]
pub(super) async fn get_me(State(shared): State<Shared>, actor: SignedIn) -> Result<Json<MeView>, Problem> {
    Ok(Json(me(&mut shared.platform.db.read().await?, actor.person).await?))
}

/// What the web application asks first, wherever somebody enters.
pub(super) async fn me(conn: &mut Conn, person: PersonId) -> Result<MeView, Problem> {
    let me = me::me(conn, person).await?.ok_or_else(not_found)?;
    let grants: Vec<MyGrantView> = me.grants.iter().filter_map(view).collect();
    let person = me.person;
    Ok(MeView {
        places: places(grants.iter().map(|grant| grant.role)),
        person: MePersonView {
            id: person.id,
            name: person.name,
            account_name: person.account_name,
            phone_masked: person.phone_masked,
            org_unit: person
                .org_unit_id
                .zip(person.org_unit_name)
                .map(|(id, name)| NamedUnitView { id, name }),
        },
        grants,
    })
}

fn places(roles: impl Iterator<Item = Role>) -> Vec<Place> {
    let mut places: Vec<Place> = roles
        .map(|role| match role {
            Role::Learner => Place::Learn,
            Role::Assistant | Role::Expert => Place::Teach,
            Role::TrainingLead | Role::SchoolHead | Role::ProvincialOffice | Role::Administrator => {
                Place::Office
            }
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Nothing for a grant of a kind that this version does not know.
fn view(row: &GrantRow) -> Option<MyGrantView> {
    let Grant { role, scope } = row.grant()?;
    let (scope_kind, scope_id) = scope_words(scope);
    Some(MyGrantView { id: row.id, role, scope_kind, scope_id, scope_name: row.scope_name.clone() })
}

/// A scope as it is shown: its kind, and the id of what it is.
pub(super) fn scope_words(scope: Scope) -> (ScopeKind, Option<String>) {
    match scope {
        Scope::System => (ScopeKind::System, None),
        Scope::OrgUnit(id) => (ScopeKind::OrgUnit, Some(OrgUnitId::to_string(&id))),
        Scope::Training(id) => (ScopeKind::Training, Some(TrainingId::to_string(&id))),
        Scope::Class(id) => (ScopeKind::Class, Some(ClassId::to_string(&id))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_roles() {
        assert_eq!(places([Role::Learner, Role::Learner].into_iter()), [Place::Learn]);
        assert_eq!(places([Role::Administrator, Role::Expert].into_iter()), [Place::Teach, Place::Office]);
        assert_eq!(places(std::iter::empty()), []);
    }
}

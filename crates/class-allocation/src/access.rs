//! Proof that somebody belongs to a class, or leads it.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http_kit::{Problem, SignedIn, not_found, path_param};
use kernel::id::{ClassId, OrgUnitId, TrainingId};
use kernel::{Actor, Role, Scope};
use storage::Conn;
use training_plan::access::{Access, Standing};

use crate::store::classes;

/// Watches how classes are made: leads the training, supervises it, or administers the system.
pub enum Watch {}

impl Access for Watch {
    fn is_given(standing: &Standing) -> bool {
        standing.lead || standing.office || standing.administrator
    }
}

/// What of a class says who belongs to it. Whoever reads or changes something that stands in a class takes it along in the same statement.
#[derive(Debug, Clone)]
pub struct ClassPlace {
    pub class: ClassId,
    pub training: TrainingId,
    pub published: bool,
    /// The units above its training.
    pub org_path: String,
}

/// A member of the class in the path: its learner, assistant or expert, the training's lead, or the office that supervises it.
#[derive(Debug, Clone)]
pub struct ClassMember {
    pub actor: Actor,
    pub class: ClassId,
    pub training: TrainingId,
    /// As what they belong to it; an administrator counts as the lead.
    pub role: Role,
}

/// Somebody who leads the class in the path: its assistant or expert, or the training's lead.
#[derive(Debug, Clone)]
pub struct ClassStaff {
    pub actor: Actor,
    pub class: ClassId,
    pub training: TrainingId,
    pub role: Role,
}

impl ClassMember {
    /// For when the class is not in the path. Outsiders are told that there is no such class.
    pub async fn check(conn: &mut Conn, actor: &Actor, class: ClassId) -> Result<Self, Problem> {
        let classes::PlaceRow { training_id: training, published, org_path } =
            classes::place_of(conn, class).await?.ok_or_else(not_found)?;
        Self::of(actor, &ClassPlace { class, training, published, org_path })
    }

    /// For when the class's place was read with what stands in it.
    pub fn of(actor: &Actor, place: &ClassPlace) -> Result<Self, Problem> {
        let ClassPlace { class, training, .. } = *place;
        let scope = Scope::Class(class);
        let in_class =
            [Role::Learner, Role::Assistant, Role::Expert].into_iter().find(|role| actor.holds(*role, scope));
        let role = if place.published { in_class } else { None }
            .or_else(|| leads(actor, training).then_some(Role::TrainingLead))
            .or_else(|| supervises(actor, &place.org_path).then_some(Role::ProvincialOffice))
            .ok_or_else(not_found)?;
        Ok(Self { actor: actor.clone(), class, training, role })
    }

    pub fn is_learner(&self) -> bool {
        self.role == Role::Learner
    }
}

impl ClassStaff {
    /// For when the class is not in the path.
    pub async fn check(conn: &mut Conn, actor: &Actor, class: ClassId) -> Result<Self, Problem> {
        Self::of(ClassMember::check(conn, actor, class).await?)
    }

    /// Of a member, who may be no more than that.
    pub fn of(member: ClassMember) -> Result<Self, Problem> {
        let ClassMember { actor, class, training, role } = member;
        match role {
            Role::Assistant | Role::Expert | Role::TrainingLead => Ok(Self { actor, class, training, role }),
            _ => Err(Problem::forbidden(
                "access.denied",
                "只有本班的助教、专家和项目负责人可以这样做。",
                "Only the assistants and experts of this class and the training's lead may do this.",
            )),
        }
    }
}

fn leads(actor: &Actor, training: TrainingId) -> bool {
    actor.is_administrator() || actor.holds(Role::TrainingLead, Scope::Training(training))
}

fn supervises(actor: &Actor, org_path: &str) -> bool {
    actor
        .scopes(Role::ProvincialOffice)
        .any(|scope| matches!(scope, Scope::OrgUnit(unit) if covers(unit, org_path)))
}

/// A unit covers itself and everything below it; the path names all units from the root down.
fn covers(unit: OrgUnitId, org_path: &str) -> bool {
    org_path.contains(&format!("/{}/", unit.uuid().simple()))
}

impl<S: Send + Sync> FromRequestParts<S> for ClassMember {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let class = path_param(parts, "class_id").await?;
        let mut conn = http_kit::reader(parts).await?;
        Self::check(&mut conn, &actor, class).await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClassStaff {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let class = path_param(parts, "class_id").await?;
        let mut conn = http_kit::reader(parts).await?;
        Self::check(&mut conn, &actor, class).await
    }
}

//! Who may do what in a training: a handler that holds [`Granted`] has the proof.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http_kit::{Platform, Problem, SignedIn, not_found, path_param};
use kernel::id::{OrgUnitId, TrainingId};
use kernel::{Actor, Role, Scope};
use storage::{Conn, StorageError};

use crate::store;

/// Leads the training (or administers the system).
pub enum Manage {}
/// Watches over the training: the provincial office over its unit (or administers the system).
pub enum Supervise {}
/// Leads the training or watches over it.
pub enum Oversee {}
/// Decides about the training: the provincial office over its unit, nobody else.
pub enum Decide {}
/// An expert of the training, or its lead.
pub enum Guide {}
/// An assistant or expert of the training, or its lead.
pub enum Assist {}
/// Works in the training or watches over it: everybody who may read it but its learners.
pub enum Observe {}
/// Anybody with a grant on the training, or who watches over it.
pub enum Read {}

/// What one kind of access asks for.
pub trait Access: Send + Sync + 'static {
    fn is_given(standing: &Standing) -> bool;
}

/// What somebody is to a training.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub lead: bool,
    pub expert: bool,
    pub assistant: bool,
    pub learner: bool,
    pub office: bool,
    pub administrator: bool,
}

macro_rules! access {
    ($($access:ident: |$standing:ident| $rule:expr;)*) => {$(
        impl Access for $access {
            fn is_given($standing: &Standing) -> bool { $rule }
        }
    )*};
}
access! {
    Manage: |is| is.lead || is.administrator;
    Supervise: |is| is.office || is.administrator;
    Oversee: |is| is.lead || is.office || is.administrator;
    Decide: |is| is.office;
    Guide: |is| is.expert || is.lead;
    Assist: |is| is.assistant || is.expert || is.lead;
    Observe: |is| is.lead || is.expert || is.assistant || is.office || is.administrator;
    Read: |is| is.lead || is.expert || is.assistant || is.learner || is.office || is.administrator;
}

/// Proof that the caller may do `A` in the training that the path names as `training_id`.
///
/// Somebody who may not even read it gets 404, somebody who may only read it 403 `access.denied`.
pub struct Granted<A> {
    pub actor: Actor,
    pub training: TrainingId,
    access: PhantomData<fn() -> A>,
}

impl<A: Access> Granted<A> {
    /// The same proof where the path does not name the training.
    pub async fn check(conn: &mut Conn, actor: &Actor, training: TrainingId) -> Result<Self, Problem> {
        let standing = standing(conn, actor, training).await?.filter(Read::is_given).ok_or_else(not_found)?;
        if !A::is_given(&standing) {
            return Err(denied());
        }
        Ok(Self { actor: actor.clone(), training, access: PhantomData })
    }
}

impl<A: Access, S: Send + Sync> FromRequestParts<S> for Granted<A> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let training: TrainingId = path_param(parts, "training_id").await?;
        let platform = parts.extensions.get::<Platform>().cloned().ok_or_else(no_platform)?;
        let mut conn = platform.db.read().await?;
        Self::check(&mut conn, &actor, training).await
    }
}

/// What somebody is to a training; none when there is no such training.
pub async fn standing(
    conn: &mut Conn,
    actor: &Actor,
    training: TrainingId,
) -> Result<Option<Standing>, StorageError> {
    let units: Vec<OrgUnitId> = offices(actor).collect();
    // Whoever holds something in it need not be asked about, unless they may be its office besides.
    let is_known = actor.grants.iter().any(|grant| grant.scope == Scope::Training(training));
    let is_below = if units.is_empty() && is_known {
        false
    } else {
        let Some(is_below) = store::trainings::is_below(conn, training, &units).await? else {
            return Ok(None);
        };
        is_below
    };
    let holds = |role| actor.holds(role, Scope::Training(training));
    Ok(Some(Standing {
        lead: holds(Role::TrainingLead),
        expert: holds(Role::Expert),
        assistant: holds(Role::Assistant),
        learner: holds(Role::Learner),
        office: is_below || actor.holds(Role::ProvincialOffice, Scope::System),
        administrator: actor.is_administrator(),
    }))
}

/// The units over which somebody is the provincial office.
pub(crate) fn offices(actor: &Actor) -> impl Iterator<Item = OrgUnitId> + '_ {
    actor.scopes(Role::ProvincialOffice).filter_map(|scope| match scope {
        Scope::OrgUnit(unit) => Some(unit),
        _ => None,
    })
}

/// The caller may see it, but not do this.
pub fn denied() -> Problem {
    Problem::forbidden("access.denied", "您没有做这件事的权限。", "You may not do this.")
}

fn no_platform() -> Problem {
    Problem::internal(&StorageError::Decode("the layers gave no platform".into()))
}

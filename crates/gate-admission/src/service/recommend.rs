//! The head of the applicant's school, or of a unit above it, says whether the applicant should take part.

use kernel::id::{ApplicationId, OrgUnitId, PersonId};
use kernel::{Actor, Ambient, Role, Scope};
use serde_json::json;
use storage::{Conn, Tx};
use training_plan::training;

use super::note;
use crate::error::ApplicationError;
use crate::model::application::{ApplicationState, Move, StepKind};
use crate::store::{self, applications::Application};

/// What the school says, and the version of the application that it read.
pub(crate) struct Word<'a> {
    pub read: i64,
    pub recommended: bool,
    pub reason: &'a str,
}

pub(crate) async fn recommend(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    id: ApplicationId,
    Word { read, recommended, reason }: Word<'_>,
) -> Result<Application, ApplicationError> {
    let known = store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    if known.state == ApplicationState::Draft || !is_head_of(tx, actor, known.person_id).await? {
        return Err(ApplicationError::NoSuchApplication);
    }
    let found = training::rely_on(tx, known.training_id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    found.not_over()?;
    // Read again behind its row: what was a moment ago may be taken back.
    let application = store::applications::take(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    if application.state == ApplicationState::Draft {
        return Err(ApplicationError::NoSuchApplication);
    }
    let by = actor.person;
    if application.person_id == by {
        return Err(ApplicationError::OwnApplication);
    }
    let (tried, step) = if recommended {
        (Move::Recommend, StepKind::Recommended)
    } else {
        (Move::NotRecommend, StepKind::NotRecommended)
    };
    let state = application.state.after(tried)?;
    if application.version != read {
        return Err(ApplicationError::Stale);
    }
    let (training, now) = (application.training_id, ambient.now());
    store::applications::recommend(tx, id, state, recommended, reason, by, now).await?;
    store::steps::insert(tx, id, step, reason, by, now).await?;
    let detail = json!({ "recommended": recommended });
    note(tx, ambient, training, by, "gate_admission.recommend", id.to_string(), detail).await?;
    store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)
}

/// Whether somebody heads the school of this person, or a unit above it. An administrator stands in where there is no head.
pub(crate) async fn is_head_of(
    conn: &mut Conn,
    actor: &Actor,
    person: PersonId,
) -> Result<bool, ApplicationError> {
    if actor.is_administrator() {
        return Ok(true);
    }
    let units: Vec<OrgUnitId> = headed(actor).collect();
    Ok(!units.is_empty() && store::people::is_below(conn, person, &units).await?)
}

/// The units that somebody heads.
pub(crate) fn headed(actor: &Actor) -> impl Iterator<Item = OrgUnitId> + '_ {
    actor.scopes(Role::SchoolHead).filter_map(|scope| match scope {
        Scope::OrgUnit(unit) => Some(unit),
        _ => None,
    })
}

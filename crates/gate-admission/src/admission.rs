//! An admission as later areas meet it: the end of it.

use kernel::id::{ApplicationId, PersonId, TrainingId};
use kernel::{Actor, Ambient, LearningRecord, Verb};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Conn, StorageError, Tx, learning_records};
use training_plan::training::{self, Training};

use crate::error::ApplicationError;
use crate::model::application::{ApplicationState, Move, StepKind};
use crate::service::{free_seat, note, tell_leads};
use crate::store;
use crate::store::applications::Application;

/// Whose application it is.
#[derive(Debug, Clone, Copy)]
pub struct Applicant {
    pub training: TrainingId,
    pub person: PersonId,
}

/// The end of an admission, as the learner or the lead asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    pub application: ApplicationId,
    /// The version that was read.
    pub read: i64,
    /// Both sides read it.
    pub reason: &'a str,
}

/// Whose application this is; none while it is a draft, which nobody else sees.
pub async fn applicant(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Option<Applicant>, StorageError> {
    let found = store::applications::find(conn, application).await?;
    let seen = found.filter(|found| found.state != ApplicationState::Draft);
    Ok(seen.map(|found| Applicant { training: found.training_id, person: found.person_id }))
}

/// Ends it, until the training is over: the seat is free and the grant on the training gone with this transaction, what the learner did
/// stays. Holds the training, so that a later area can take what it gave itself in the same transaction. Who may ask is the caller's
/// rule.
pub async fn end(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: &Actor,
    ending: Ending<'_>,
) -> Result<Applicant, ApplicationError> {
    let Ending { application: id, read, reason } = ending;
    let known = applicant(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    let found = training::find(tx, known.training).await?.ok_or(ApplicationError::NoSuchApplication)?;
    found.not_over()?;
    let application = store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    // Nobody's sessions wait for what will not be done. All of it is asked again below.
    may_end(&application, read)?;
    identity::grants::still(tx, known.person).await?;
    let found = training::hold(tx, known.training).await?.ok_or(ApplicationError::NoSuchApplication)?;
    found.not_over()?;
    let now = ambient.now();
    let application = store::applications::take(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)?;
    let state = may_end(&application, read)?;
    let Applicant { training, person } = known;
    free_seat(tx, hub, training, &application).await?;
    store::applications::set_state(tx, id, state, None, now).await?;
    let step = if by.person == person { StepKind::Left } else { StepKind::Removed };
    store::steps::insert(tx, id, step, reason, by.person, now).await?;
    let detail = json!({ "person": person, "training_state": found.state, "reason": reason });
    note(tx, ambient, training, by.person, "gate_admission.end", id.to_string(), detail).await?;
    let record = LearningRecord {
        actor: person,
        verb: Verb::Unregistered,
        object_kind: "trn",
        object: training.uuid(),
        training: Some(training),
        class: None,
        result: json!({}),
        at: now,
    };
    learning_records::keep(tx, ambient, record).await?;
    tell(tx, ambient, hub, by.person, person, &found).await?;
    Ok(known)
}

/// What it is after its end.
fn may_end(application: &Application, read: i64) -> Result<ApplicationState, ApplicationError> {
    let state = application.state.after(Move::End)?;
    if application.version == read { Ok(state) } else { Err(ApplicationError::Stale) }
}

/// The leads hear who left or was taken out, the learner hears that the lead has ended it; nobody is told what they did themselves.
async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    by: PersonId,
    person: PersonId,
    training: &Training,
) -> Result<(), StorageError> {
    tell_leads(tx, ambient, hub, by, person, training).await?;
    if person != by {
        let removed = Happened::LearnerRemoved { training: training.title.clone() };
        let removed = Notice::new(removed, format!("/recruitment/{}/application", training.id));
        notification::notify(tx, ambient, hub, person, &removed).await?;
    }
    Ok(())
}

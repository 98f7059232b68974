//! The applicant hands in: the rules of the gate decide, and say every reason at once.

use kernel::id::TrainingId;
use kernel::{Actor, Ambient};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::Tx;

use super::note;
use super::save_application::open_notice;
use crate::error::ApplicationError;
use crate::model::answers::HandedIn;
use crate::model::application::Move;
use crate::store::{self, applications::Application};

pub(crate) async fn submit_application(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    training: TrainingId,
    read: i64,
) -> Result<Application, ApplicationError> {
    // The rules that stand now stay until the commit.
    let found = training_plan::training::hold(tx, training).await?;
    let found = found.ok_or(ApplicationError::NoSuchApplication)?;
    let notice = open_notice(tx, ambient, &found).await?;
    if store::people::is_staff(tx, actor.person, training).await? {
        return Err(ApplicationError::IsStaff);
    }
    let application = store::applications::take_of(tx, training, actor.person)
        .await?
        .ok_or(ApplicationError::NoSuchApplication)?;
    application.state.after(Move::Submit)?;
    if application.version != read {
        return Err(ApplicationError::Stale);
    }
    let answers = &application.answers.0;
    let score = answers.meet(&notice.rules).map_err(ApplicationError::Unmet)?;
    let (id, now, by) = (application.id, ambient.now(), actor.person);
    store::applications::submit(tx, id, score, answers.hours_a_week, now).await?;
    let handed_in = HandedIn { answers: answers.clone(), score, rules: notice.rules };
    store::steps::insert_submitted(tx, id, serde_json::to_value(handed_in)?, by, now).await?;
    tell_heads(tx, ambient, hub, actor, training).await?;
    let detail = json!({ "score": score });
    note(tx, ambient, training, by, "gate_admission.submit", id.to_string(), detail).await?;
    store::applications::find(tx, id).await?.ok_or(ApplicationError::NoSuchApplication)
}

/// The nearest head of the applicant's school is asked for a word.
async fn tell_heads(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    training: TrainingId,
) -> Result<(), ApplicationError> {
    let Some(found) = training_plan::training::find(tx, training).await? else { return Ok(()) };
    let Some(person) = store::people::name(tx, actor.person).await? else { return Ok(()) };
    let wanted = Happened::RecommendationWanted { training: found.title, person };
    let notice = Notice::new(wanted, "/office/recommendations");
    let heads = store::people::nearest_heads(tx, actor.person).await?;
    Ok(notification::notify_all(tx, ambient, hub, heads, &notice).await?)
}

//! The applicant writes, step by step; what is written is kept.

use kernel::id::{ApplicationId, TrainingId};
use kernel::{Actor, Ambient};
use storage::{Conn, Tx};
use training_plan::training::{self, Training};

use crate::error::ApplicationError;
use crate::model::answers::Answers;
use crate::model::application::Move;
use crate::model::notice::{NoticeState, state_at};
use crate::store::{self, applications::Application, notices::Notice};

/// Keeps a draft. The same content sent again is kept already, whatever version the sender knows: a phone on a weak network
/// repeats what it sent when the answer was lost.
pub(crate) async fn save_application(
    tx: &mut Tx,
    ambient: &Ambient,
    actor: &Actor,
    training: TrainingId,
    version: i64,
    answers: Answers,
) -> Result<Application, ApplicationError> {
    let found = training::rely_on(tx, training).await?.ok_or(ApplicationError::NoSuchApplication)?;
    open_notice(tx, ambient, &found).await?;
    let now = ambient.now();
    let id: ApplicationId = ambient.new_id();
    store::applications::insert_draft(tx, id, training, actor.person, now).await?;
    let before = store::applications::take_of(tx, training, actor.person)
        .await?
        .ok_or(ApplicationError::NoSuchApplication)?;
    let state = before.state.after(Move::Edit)?;
    if before.version != version {
        if before.state == state && before.answers.0 == answers {
            return Ok(before);
        }
        return Err(ApplicationError::Stale);
    }
    store::applications::save_draft(tx, before.id, version + 1, serde_json::to_value(&answers)?, now).await?;
    store::applications::find(tx, before.id).await?.ok_or(ApplicationError::NoSuchApplication)
}

/// The notice, while applications are taken.
pub(super) async fn open_notice(
    conn: &mut Conn,
    ambient: &Ambient,
    training: &Training,
) -> Result<Notice, ApplicationError> {
    let notice = store::notices::find(conn, training.id).await?;
    let notice = notice.filter(|notice| notice.published_at.is_some());
    let notice = notice.ok_or(ApplicationError::NoSuchApplication)?;
    training.not_over()?;
    match state_at(notice.opens_at, notice.closes_at, ambient.now()) {
        NoticeState::Open => Ok(notice),
        NoticeState::Upcoming | NoticeState::Closed => Err(ApplicationError::NotOpen),
    }
}

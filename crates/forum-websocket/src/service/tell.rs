//! Who should know of a question, and of its answer, wherever in the application they are.

use kernel::Ambient;
use notification::{Happened, Notice};
use realtime::Hub;
use storage::{StorageError, Tx};

use crate::model::Topic;
use crate::store;

/// The staff of the class hear that somebody waits; not who asked it themselves.
pub(super) async fn staff_of_a_question(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: &Topic,
) -> Result<(), StorageError> {
    let staff = store::members::staff_of(tx, topic.class).await?;
    let Some(class) = staff.first().map(|member| member.class_name.clone()) else { return Ok(()) };
    let happened = Happened::QuestionAsked { class, topic: topic.title.clone() };
    let notice = Notice::new(happened, format!("/teach/topics/{}", topic.id));
    let others = staff.into_iter().map(|member| member.person_id).filter(|person| *person != topic.author);
    notification::notify_all(tx, ambient, hub, others, &notice).await
}

/// Who asked hears of the first answer by staff, on the page of where they are: a learner of the class, or one who leads it.
pub(super) async fn asker_of_an_answer(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: &Topic,
    learns: bool,
) -> Result<(), StorageError> {
    let place = if learns { "learn" } else { "teach" };
    let happened = Happened::QuestionAnswered { topic: topic.title.clone() };
    let notice = Notice::new(happened, format!("/{place}/topics/{}", topic.id));
    notification::notify(tx, ambient, hub, topic.author, &notice).await
}

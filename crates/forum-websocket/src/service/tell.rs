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
    let class = store::members::class_name(tx, topic.class).await?;
    let happened = Happened::QuestionAsked { class, topic: topic.title.clone() };
    let notice = Notice::new(happened, format!("/teach/topics/{}", topic.id));
    let mut staff = store::members::staff_of(tx, topic.class).await?;
    staff.retain(|person| *person != topic.author);
    notification::notify_all(tx, ambient, hub, staff, &notice).await
}

/// Who asked hears of the first answer by staff.
pub(super) async fn asker_of_an_answer(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    topic: &Topic,
) -> Result<(), StorageError> {
    let learns = store::members::learns_in(tx, topic.class, topic.author).await?;
    let place = if learns { "learn" } else { "teach" };
    let happened = Happened::QuestionAnswered { topic: topic.title.clone() };
    let notice = Notice::new(happened, format!("/{place}/topics/{}", topic.id));
    notification::notify(tx, ambient, hub, topic.author, &notice).await
}

//! What staff do with a topic: pin it, close it.

use class_allocation::access::ClassStaff;
use http_kit::{Problem, not_found};
use kernel::Ambient;
use kernel::id::TopicId;
use realtime::{Channel, Hub};
use storage::Tx;

use crate::model::Topic;
use crate::store;
use crate::views::TopicView;

pub async fn pin(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    topic: TopicId,
    pinned: bool,
) -> Result<Topic, Problem> {
    store::topics::pin(tx, topic, pinned).await?;
    tell(tx, ambient, hub, staff, topic).await
}

/// A closed topic takes posts from staff alone.
pub async fn close(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    topic: TopicId,
    closed: bool,
) -> Result<Topic, Problem> {
    store::topics::close(tx, topic, closed.then(|| ambient.now())).await?;
    tell(tx, ambient, hub, staff, topic).await
}

async fn tell(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    staff: &ClassStaff,
    topic: TopicId,
) -> Result<Topic, Problem> {
    let topic = store::topics::find(tx, topic).await?.ok_or_else(not_found)?;
    realtime::publish(
        tx,
        ambient,
        hub,
        &Channel::Class(staff.class),
        "topic_changed",
        &TopicView::of(&topic),
    )?;
    Ok(topic)
}

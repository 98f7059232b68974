//! What staff do with a topic: pin it, close it.

use class_allocation::access::{ClassMember, ClassStaff};
use http_kit::{Problem, not_found};
use kernel::id::TopicId;
use kernel::{Actor, Ambient};
use realtime::{Channel, Hub};
use storage::Tx;

use crate::model::Topic;
use crate::store;
use crate::store::Placed;
use crate::views::TopicView;

pub async fn pin(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    topic: TopicId,
    pinned: bool,
) -> Result<Topic, Problem> {
    let changed = store::topics::pin(tx, topic, pinned).await?.ok_or_else(not_found)?;
    by_staff(tx, ambient, hub, actor, changed)
}

/// A closed topic takes posts from staff alone.
pub async fn close(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    topic: TopicId,
    closed: bool,
) -> Result<Topic, Problem> {
    let at = closed.then(|| ambient.now());
    let changed = store::topics::close(tx, topic, at).await?.ok_or_else(not_found)?;
    by_staff(tx, ambient, hub, actor, changed)
}

/// What was changed stands when the class's staff changed it.
fn by_staff(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    actor: &Actor,
    changed: Placed<Topic>,
) -> Result<Topic, Problem> {
    let Placed { thing: topic, place } = changed;
    let staff = ClassStaff::of(ClassMember::of(actor, &place)?)?;
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

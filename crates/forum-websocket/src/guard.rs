//! Who may hear a class.

use class_allocation::access::ClassMember;
use kernel::Actor;
use realtime::Channel;
use storage::Conn;

/// Members hear their class; a person's own channel is the hub's business, and other channels do not exist yet.
pub async fn may_join(conn: &mut Conn, actor: &Actor, channel: &Channel) -> bool {
    match channel {
        Channel::Class(class) => ClassMember::check(conn, actor, *class).await.is_ok(),
        _ => false,
    }
}

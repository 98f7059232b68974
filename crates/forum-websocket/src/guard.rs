//! Who may hear a class.

use class_allocation::access::ClassMember;
use http_kit::Problem;
use kernel::Actor;
use realtime::Channel;
use storage::Conn;

/// Members hear their class; a person's own channel is the hub's business, and other channels do not exist yet.
pub async fn may_join(conn: &mut Conn, actor: &Actor, channel: &Channel) -> Result<bool, Problem> {
    let Channel::Class(class) = channel else { return Ok(false) };
    match ClassMember::check(conn, actor, *class).await {
        Ok(_) => Ok(true),
        Err(problem) if problem.status.is_client_error() => Ok(false),
        Err(problem) => Err(problem),
    }
}

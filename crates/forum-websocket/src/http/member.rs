//! A topic or post in the path, and whether the caller belongs to its class.
//!
//! Who reads proves it first. Who writes proves it by the write itself, which brings the class's place back with the row that it takes: nothing
//! is read twice, and what is refused is rolled back. Whoever does not belong there is told so before anything else, in either way.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use class_allocation::access::ClassMember;
use http_kit::{Problem, SignedIn, not_found, path_param, reader};
use kernel::Actor;
use kernel::id::{PostId, TopicId};
use storage::{Conn, Db};

use super::router::Shared;
use crate::model::Topic;
use crate::store;
use crate::store::topics::Read;
use crate::store::{Place, Placed};

/// The topic in the path (`topic_id`), seen by a member of its class. To everybody else it does not exist.
pub struct TopicInClass {
    pub topic: Topic,
    /// How far the member has come in it.
    pub seen: i64,
    pub member: ClassMember,
}

/// The topic in the path (`topic_id`), for a write that proves who may.
pub struct TopicNamed {
    pub id: TopicId,
    pub actor: Actor,
    db: Db,
}

/// The post in the path (`post_id`), for a write that proves who may.
pub struct PostNamed {
    pub id: PostId,
    pub actor: Actor,
    db: Db,
}

impl TopicInClass {
    async fn check(conn: &mut Conn, actor: &Actor, id: TopicId) -> Result<Self, Problem> {
        let found = store::topics::find(conn, id, actor.person).await?.ok_or_else(not_found)?;
        let Read { topic: Placed { thing: topic, place }, seen } = found;
        let member = ClassMember::of(actor, &place)?;
        Ok(Self { topic, seen, member })
    }
}

impl TopicNamed {
    /// What was found out before the write, or why it is refused; for whom there is no such topic, that is why.
    pub async fn or_hidden<T, E: From<Problem>>(&self, before: Result<T, E>) -> Result<T, E> {
        if before.is_err() {
            TopicInClass::check(&mut reading(&self.db).await?, &self.actor, self.id).await?;
        }
        before
    }
}

impl PostNamed {
    /// The same for a post.
    pub async fn or_hidden<T, E: From<Problem>>(&self, before: Result<T, E>) -> Result<T, E> {
        if before.is_err() {
            let mut conn = reading(&self.db).await?;
            let place = store::posts::place_of(&mut conn, self.id).await.map_err(Problem::from)?;
            let Place(place) = place.ok_or_else(not_found)?;
            ClassMember::of(&self.actor, &place)?;
        }
        before
    }
}

async fn reading(db: &Db) -> Result<Conn, Problem> {
    Ok(db.read().await?)
}

impl<S: Send + Sync> FromRequestParts<S> for TopicInClass {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let SignedIn(actor) = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let id = path_param(parts, "topic_id").await?;
        Self::check(&mut reader(parts).await?, &actor, id).await
    }
}

impl FromRequestParts<Shared> for TopicNamed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        let SignedIn(actor) =
            <SignedIn as FromRequestParts<Shared>>::from_request_parts(parts, shared).await?;
        Ok(Self { id: path_param(parts, "topic_id").await?, actor, db: shared.platform.db.clone() })
    }
}

impl FromRequestParts<Shared> for PostNamed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        let SignedIn(actor) =
            <SignedIn as FromRequestParts<Shared>>::from_request_parts(parts, shared).await?;
        Ok(Self { id: path_param(parts, "post_id").await?, actor, db: shared.platform.db.clone() })
    }
}

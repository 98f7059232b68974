//! A topic or post in the path, and proof that the caller belongs to its class.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use class_allocation::access::ClassMember;
use http_kit::{Problem, SignedIn, not_found, path_param, reader};

use crate::model::{Post, Topic};
use crate::store;

/// The topic in the path (`topic_id`), seen by a member of its class. To everybody else it does not exist.
pub struct TopicInClass {
    pub topic: Topic,
    pub member: ClassMember,
}

/// The post in the path (`post_id`), seen by a member of its class.
pub struct PostInClass {
    pub post: Post,
    pub member: ClassMember,
}

impl<S: Send + Sync> FromRequestParts<S> for TopicInClass {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let id = path_param(parts, "topic_id").await?;
        let mut conn = reader(parts).await?;
        let topic = store::topics::find(&mut conn, id).await?.ok_or_else(not_found)?;
        let member = ClassMember::check(&mut conn, &actor, topic.class).await?;
        Ok(Self { topic, member })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PostInClass {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let id = path_param(parts, "post_id").await?;
        let mut conn = reader(parts).await?;
        let post = store::posts::find(&mut conn, id).await?.ok_or_else(not_found)?;
        let topic = store::topics::find(&mut conn, post.topic).await?.ok_or_else(not_found)?;
        let member = ClassMember::check(&mut conn, &actor, topic.class).await?;
        Ok(Self { post, member })
    }
}

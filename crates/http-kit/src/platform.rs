//! What every request may need: the database, time and randomness, and who vouches for callers.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use kernel::id::PersonId;
use kernel::{Actor, Ambient, Timestamp};
use storage::idempotency::{self, Key, Reserved};
use storage::{Db, StorageError, Tx, attempt};

use crate::key_shares::KeyShares;
use crate::limits::too_many;
use crate::problem::Problem;
use crate::write_shares::WriteShares;

/// How a person's session is kept alive while something is done in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Beside whatever else they do at the same moment.
    Beside,
    /// Alone, for what may end their own rights or sessions: two such requests that both held beside would wait for each other.
    Alone,
}

/// Turns a bearer token into the person behind it.
#[async_trait]
pub trait Authenticator: Send + Sync {
    async fn actor(&self, bearer: &str) -> Result<Actor, Problem>;

    /// Whom a token names that is ours and not over, without the database: good enough to count by, not to let anybody in.
    fn named(&self, bearer: &str) -> Option<PersonId>;

    /// The same person with the grants of this moment. Refuses when the session has ended; that the token's own time is over meanwhile
    /// does not matter.
    async fn again(&self, actor: &Actor) -> Result<Actor, Problem>;

    /// Keeps the session alive, and what is granted to its person with them, until the end of the transaction. False when it has ended, or
    /// something was taken from them, since they were read. Whoever waits to take something is not passed by those who come later.
    async fn hold(&self, tx: &mut Tx, actor: &Actor, how: Hold) -> Result<bool, StorageError>;

    /// The same beside others, and an idempotency key with it. False when either was not had: then each is looked at on its own.
    async fn hold_and_reserve(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        key: &Key,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        Ok(self.hold(tx, actor, Hold::Beside).await?
            && idempotency::reserve(tx, key, now).await? == Reserved::Fresh)
    }
}

/// Shared by all routes; the layers put it into every request, so extractors find it whatever a router's state is.
#[derive(Clone)]
pub struct Platform {
    pub db: Db,
    pub ambient: Ambient,
    pub authenticator: Arc<dyn Authenticator>,
    /// Where people reach this server, without a slash at the end: `https://training.example.cn`.
    pub public_url: Arc<str>,
    /// How many idempotency keys people have used.
    pub keys: KeyShares,
    /// What people write at this moment.
    pub writes: WriteShares,
}

impl Platform {
    /// Opens the transaction of what a signed-in person does: until its end nothing that was found out about them changes, however long
    /// it waited for its turn and whatever it waits for within. Where something has changed, the layer around the routes makes the
    /// request again, and it is answered as a new one.
    ///
    /// What else they do at the same moment goes on beside it.
    pub fn begin<'f>(&'f self, actor: &'f Actor) -> BoxFuture<'f, Result<Tx, Problem>> {
        Box::pin(async move { self.begin_as(actor, Hold::Beside).await })
    }

    /// The same for what may end rights or sessions of its own person.
    pub fn begin_alone<'f>(&'f self, actor: &'f Actor) -> BoxFuture<'f, Result<Tx, Problem>> {
        Box::pin(async move { self.begin_as(actor, Hold::Alone).await })
    }

    async fn begin_as(&self, actor: &Actor, how: Hold) -> Result<Tx, Problem> {
        let mut tx = self.turn(actor).await?;
        self.hold(&mut tx, actor, how).await?;
        Ok(tx)
    }

    /// A person's own turn first: whoever has too much under way waits without one of everybody's.
    async fn turn(&self, actor: &Actor) -> Result<Tx, Problem> {
        let share = self.writes.take(actor.person).await.ok_or_else(too_many)?;
        let mut tx = self.db.begin_write().await?;
        tx.keep(share);
        Ok(tx)
    }

    async fn hold(&self, tx: &mut Tx, actor: &Actor, how: Hold) -> Result<(), Problem> {
        if self.authenticator.hold(tx, actor, how).await? {
            return Ok(());
        }
        attempt::gave_way();
        Err(rights_changed())
    }

    /// Begins as [`begin`](Self::begin) does, and tells what is known of an idempotency key.
    pub(crate) async fn begin_with(
        &self,
        actor: &Actor,
        how: Hold,
        key: &Key,
    ) -> Result<(Tx, Reserved), Problem> {
        let mut tx = self.turn(actor).await?;
        let now = self.ambient.now();
        if how == Hold::Beside && self.authenticator.hold_and_reserve(&mut tx, actor, key, now).await? {
            return Ok((tx, Reserved::Fresh));
        }
        self.hold(&mut tx, actor, how).await?;
        let reserved = idempotency::reserve(&mut tx, key, now).await?;
        Ok((tx, reserved))
    }
}

/// The code of the problem that a request is made again for.
pub(crate) const RIGHTS_CHANGED: &str = "access.changed";

/// What was found out when the request came is no longer so. Given where a request cannot be made again.
pub(crate) fn rights_changed() -> Problem {
    Problem::forbidden(
        RIGHTS_CHANGED,
        "您的权限刚刚有了变化，这次操作没有生效。请刷新页面。",
        "Your rights changed meanwhile; nothing was done. Please reload the page.",
    )
}

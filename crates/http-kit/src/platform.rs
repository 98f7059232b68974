//! What every request may need: the database, time and randomness, and who vouches for callers.

use std::sync::Arc;

use async_trait::async_trait;
use kernel::{Actor, Ambient};
use storage::Db;

use crate::key_shares::KeyShares;
use crate::problem::Problem;

/// Turns a bearer token into the person behind it.
#[async_trait]
pub trait Authenticator: Send + Sync {
    async fn actor(&self, bearer: &str) -> Result<Actor, Problem>;

    /// The same person with the grants of this moment. Refuses when the session has ended; that the token's own time is over meanwhile
    /// does not matter.
    async fn again(&self, actor: &Actor) -> Result<Actor, Problem>;
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
}

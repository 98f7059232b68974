//! Who is behind a bearer token: our signature, and a session and a person that are alive at this moment.

use async_trait::async_trait;
use http::StatusCode;
use http_kit::{Authenticator, Hold, Problem};
use kernel::id::PersonId;
use kernel::{Actor, Timestamp};
use storage::idempotency::{self, Key};
use storage::{StorageError, Tx};

use crate::access_token::{self, Bearer};
use crate::identity::Identity;
use crate::store::{self, sessions::Living};

/// One query a request; ended sessions and disabled people are refused at once.
#[async_trait]
impl Authenticator for Identity {
    async fn actor(&self, bearer: &str) -> Result<Actor, Problem> {
        let now = self.ambient().now();
        let named = self.bearer(bearer, now).ok_or_else(over)?;
        let mut conn = self.db().read().await?;
        let living = store::sessions::living(&mut conn, named.session, named.person, now).await?;
        let Living { grants, rights_taken } = living.ok_or_else(over)?;
        Ok(Actor { person: named.person, session: named.session, grants: grants.into(), rights_taken })
    }

    fn named(&self, bearer: &str) -> Option<PersonId> {
        self.bearer(bearer, self.ambient().now()).map(|b| b.person)
    }

    async fn again(&self, actor: &Actor) -> Result<Actor, Problem> {
        self.refresh(actor).await?.ok_or_else(over)
    }

    async fn hold(&self, tx: &mut Tx, actor: &Actor, how: Hold) -> Result<bool, StorageError> {
        let (session, person) = (actor.session, actor.person);
        let taken = match how {
            Hold::Beside => store::sessions::hold_beside(tx, session, person).await?,
            Hold::Alone => store::sessions::hold_alone(tx, session, person).await?,
        };
        Ok(taken == Some(actor.rights_taken))
    }

    async fn hold_and_reserve(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        key: &Key,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        idempotency::keyed();
        store::sessions::hold_beside_and_reserve(tx, actor, key, now).await
    }
}

impl Identity {
    fn bearer(&self, token: &str, now: Timestamp) -> Option<Bearer> {
        access_token::read(self.vault(), token).filter(|b| !b.is_over(now))
    }

    /// The same person with the grants of this moment; none when the session has ended or the person is disabled.
    pub async fn refresh(&self, actor: &Actor) -> Result<Option<Actor>, StorageError> {
        let mut conn = self.db().read().await?;
        let now = self.ambient().now();
        let living = store::sessions::living(&mut conn, actor.session, actor.person, now).await?;
        Ok(living.map(|Living { grants, rights_taken }| Actor {
            grants: grants.into(),
            rights_taken,
            ..actor.clone()
        }))
    }
}

pub(crate) fn over() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "sign_in.expired",
        "登录已过期，请重新登录。",
        "Your sign-in is over; please sign in again.",
    )
}

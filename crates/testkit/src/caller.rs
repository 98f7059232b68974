//! Callers by name: a test says who somebody is, and their token means just that.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use http::StatusCode;
use http_kit::{Authenticator, Hold, Problem};
use kernel::id::{PersonId, SessionId};
use kernel::{Actor, Ambient, Grant};
use storage::{StorageError, Tx};

/// Somebody in a test, who can sign requests.
#[derive(Debug, Clone)]
pub struct TestPerson {
    pub id: PersonId,
    pub token: String,
}

/// Knows every test person's grants; stands where identity's sign-in stands in the product.
#[derive(Clone, Default)]
pub struct CallerBook(Arc<Mutex<HashMap<String, Actor>>>);

impl CallerBook {
    /// Enters somebody with these grants, or replaces the grants they had.
    pub fn enter(&self, ambient: &Ambient, id: PersonId, grants: &[Grant]) -> TestPerson {
        let token = token_of(id);
        let session: SessionId = ambient.new_id();
        let actor = Actor { person: id, session, grants: grants.into(), rights_taken: 0 };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(token.clone(), actor);
        TestPerson { id, token }
    }

    /// Ends somebody's sign-in.
    pub fn sign_out(&self, id: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&token_of(id));
    }
}

#[async_trait]
impl Authenticator for CallerBook {
    async fn actor(&self, bearer: &str) -> Result<Actor, Problem> {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.get(bearer).cloned().ok_or_else(|| {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "sign_in.expired",
                "登录已过期，请重新登录。",
                "Please sign in again.",
            )
        })
    }

    fn named(&self, bearer: &str) -> Option<PersonId> {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.get(bearer).map(|actor| actor.person)
    }

    async fn again(&self, actor: &Actor) -> Result<Actor, Problem> {
        self.actor(&token_of(actor.person)).await
    }

    async fn hold(&self, _: &mut Tx, actor: &Actor, _: Hold) -> Result<bool, StorageError> {
        let now = self.actor(&token_of(actor.person)).await;
        Ok(now.is_ok_and(|now| actor.grants.iter().all(|grant| now.grants.contains(grant))))
    }
}

fn token_of(person: PersonId) -> String {
    format!("test-{person}")
}

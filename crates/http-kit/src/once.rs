//! One effect and one answer, however often a request is sent: the idempotency key's answer is stored with its effect.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use garde::Validate;
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use storage::Tx;
use storage::idempotency::{self, Key, Reserved, StoredAnswer};

use crate::halt::Halt;
use crate::input;
use crate::platform::{Hold, Platform, rights_changed};
use crate::problem::Problem;
use crate::signed_in::{SignedIn, platform};

/// A POST's typed body together with its idempotency key. `Posted<()>`-like bodies: use an empty struct.
pub struct Posted<T> {
    pub input: T,
    pub once: Once,
}

/// The idempotency key of a request, ready to open its transaction.
pub struct Once {
    key: Key,
    actor: SignedIn,
    platform: Platform,
}

impl<S, T> FromRequest<S> for Posted<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let seed = OnceSeed::from_request_parts(&mut parts, state).await?;
        let bytes = input::body(Request::from_parts(parts, body), state).await?;
        let input = input::parse(&bytes)?;
        Ok(Self { input, once: seed.over(&bytes) })
    }
}

/// The key before the body is known; uploads hash their own bytes with [`OnceSeed::over`].
pub struct OnceSeed {
    key: String,
    actor: SignedIn,
    method: Method,
    uri: Uri,
    /// The version that a decision is about, as it was sent.
    if_match: Option<HeaderValue>,
    platform: Platform,
}

impl<S: Send + Sync> FromRequestParts<S> for OnceSeed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let key = parts.headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !(8..=100).contains(&key.len()) {
            return Err(Problem::bad_request(
                "idempotency.key_missing",
                "请求缺少 Idempotency-Key（8 至 100 个字符）。",
                "The request needs an Idempotency-Key of 8 to 100 characters.",
            ));
        }
        Ok(Self {
            key: key.to_owned(),
            actor,
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            if_match: parts.headers.get(header::IF_MATCH).cloned(),
            platform: platform(parts)?,
        })
    }
}

impl OnceSeed {
    /// Whether the key was used before: then nothing will come of a file that is sent with it, and it need not be put anywhere.
    pub fn is_known(&self) -> BoxFuture<'_, Result<bool, Problem>> {
        Box::pin(async move {
            let mut conn = self.platform.db.read().await?;
            Ok(idempotency::is_known(&mut conn, self.actor.person, &self.key).await?)
        })
    }

    /// Binds the key to a request whose file has arrived, which may have taken hours: whoever lost a right meanwhile is refused, as
    /// the proof that let the file in is as old as the request.
    pub fn after_file(self, body: &[u8]) -> BoxFuture<'_, Result<Once, Problem>> {
        Box::pin(async move {
            let now = self.platform.authenticator.again(&self.actor).await?;
            if !self.actor.grants.iter().all(|grant| now.grants.contains(grant)) {
                return Err(rights_changed());
            }
            Ok(self.over(body))
        })
    }

    /// Binds the key to this very request.
    pub(crate) fn over(self, body: &[u8]) -> Once {
        let mut hasher = Sha256::new();
        let address = self.uri.path_and_query().map_or("", PathAndQuery::as_str);
        // Over another version it is another decision, whatever its words.
        let version = self.if_match.as_ref().map_or(&b""[..], HeaderValue::as_bytes);
        for part in [self.method.as_str().as_bytes(), address.as_bytes(), version, body] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        let request_hash = hasher.finalize().to_vec();
        let key = Key { person: self.actor.person, key: self.key, request_hash };
        Once { key, actor: self.actor, platform: self.platform }
    }
}

impl Once {
    /// Opens the action's transaction; halts with the first answer when this request was answered before.
    pub fn begin(&self) -> BoxFuture<'_, Result<Tx, Halt>> {
        Box::pin(async move { self.begin_as(Hold::Beside).await })
    }

    /// The same for what may end rights or sessions of its own person.
    pub fn begin_alone(&self) -> BoxFuture<'_, Result<Tx, Halt>> {
        Box::pin(async move { self.begin_as(Hold::Alone).await })
    }

    async fn begin_as(&self, how: Hold) -> Result<Tx, Halt> {
        let (tx, reserved) = self.platform.begin_with(&self.actor, how, &self.key).await?;
        match reserved {
            Reserved::Fresh => {
                let now = self.platform.ambient.now();
                self.platform.keys.take(self.key.person, now).map_err(too_many)?;
                Ok(tx)
            }
            Reserved::Answered(answer) => {
                // On SQLite the first answer may still wait for its shared commit: this one waits with it.
                tx.commit().await?;
                Err(Halt::Replay(answer))
            }
            Reserved::OtherRequest => Err(key_reused().into()),
            Reserved::Voided => Err(voided().into()),
        }
    }

    /// Halts with the first answer when there is one already, for an action that does much before its transaction opens. What is new here
    /// may be answered by the time it [begins](Self::begin).
    pub fn look(&self) -> BoxFuture<'_, Result<(), Halt>> {
        Box::pin(async move {
            let mut conn = self.platform.db.read().await?;
            match idempotency::look(&mut conn, &self.key).await? {
                Reserved::Fresh => Ok(()),
                Reserved::Answered(answer) => Err(Halt::Replay(answer)),
                Reserved::OtherRequest => Err(key_reused().into()),
                Reserved::Voided => Err(voided().into()),
            }
        })
    }

    /// Commits, and answers 201 with what was made.
    pub async fn created<T: Serialize>(self, tx: Tx, made: &T) -> Result<Answer, Halt> {
        self.finish(tx, StatusCode::CREATED, Some(made)).await
    }

    /// Commits, and answers 200.
    pub async fn ok<T: Serialize>(self, tx: Tx, view: &T) -> Result<Answer, Halt> {
        self.finish(tx, StatusCode::OK, Some(view)).await
    }

    /// Commits, and answers 204.
    pub async fn done(self, tx: Tx) -> Result<Answer, Halt> {
        self.finish(tx, StatusCode::NO_CONTENT, None::<&()>).await
    }

    fn finish<T: Serialize>(
        self,
        tx: Tx,
        status: StatusCode,
        view: Option<&T>,
    ) -> BoxFuture<'static, Result<Answer, Halt>> {
        let body = view.map_or_else(|| Ok(Vec::new()), serde_json::to_vec);
        Box::pin(self.keep(tx, status, body))
    }

    async fn keep(
        self,
        mut tx: Tx,
        status: StatusCode,
        body: serde_json::Result<Vec<u8>>,
    ) -> Result<Answer, Halt> {
        let body = body.map_err(|e| Problem::internal(&e))?;
        let answer = StoredAnswer { status: status.as_u16(), location: None, body };
        idempotency::answer(&mut tx, &self.key, &answer).await?;
        tx.commit().await?;
        Ok(answer.into())
    }
}

fn too_many(seconds: u32) -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "idempotency.too_many_keys",
        "今天的操作太多了，这一次没有保存。请过一会儿再试。",
        "Too much was done today; this was not saved. Please try again later.",
    )
    .retry_after(seconds)
}

/// What was done stays done: sent under another key it might be done twice.
fn voided() -> Problem {
    Problem::conflict(
        "idempotency.answer_voided",
        "这个操作先前已经完成，后来您的权限有了变化，结果不再重复给出。请刷新页面。",
        "This was done before; your rights have changed since, so its answer is not given again. Please reload the page.",
    )
}

fn key_reused() -> Problem {
    Problem::unprocessable(
        "idempotency.key_reused",
        "这个 Idempotency-Key 已经用于另一个请求。",
        "This Idempotency-Key was used for another request.",
    )
}

/// An answer that was stored with its effect.
#[derive(Debug)]
pub struct Answer(StoredAnswer);

impl From<StoredAnswer> for Answer {
    fn from(answer: StoredAnswer) -> Self {
        Self(answer)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::OK);
        if self.0.body.is_empty() {
            return status.into_response();
        }
        let mut response = (status, self.0.body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

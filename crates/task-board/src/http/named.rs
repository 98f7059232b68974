//! A task in the path, for what a learner does to it.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http_kit::{Platform, Problem, SignedIn, path_param};
use kernel::Actor;
use kernel::id::TaskId;
use storage::Tx;

use super::Shared;
use crate::access::OpenTask;
use crate::model::TaskKind;
use crate::store::watching;

/// The task in the path (`task_id`). That it is open for the caller is proved once, in the transaction of what they do; only where the request
/// fails before that, it is asked whether the caller should be told anything else at all.
pub(super) struct TaskNamed {
    pub id: TaskId,
    pub actor: Actor,
    platform: Platform,
}

impl TaskNamed {
    /// What was found out before the proof, or why it is refused; for whom the task is not open, that is why.
    pub async fn or_closed<T, E: From<Problem>>(
        &self,
        kind: Option<TaskKind>,
        before: Result<T, E>,
    ) -> Result<T, E> {
        if before.is_err() {
            let mut conn = self.platform.db.read().await.map_err(Problem::from)?;
            let open = OpenTask::check(&mut conn, &self.platform.ambient, &self.actor, self.id).await?;
            narrowed(open, kind)?;
        }
        before
    }

    /// The proof, behind the training's lock.
    pub async fn open(&self, tx: &mut Tx, kind: Option<TaskKind>) -> Result<OpenTask, Problem> {
        let open = OpenTask::relied(tx, &self.platform.ambient, &self.actor, self.id).await?;
        narrowed(open, kind)
    }

    /// The same for somebody who watches, and opens or reports nothing else until the commit.
    pub async fn watched(&self, tx: &mut Tx) -> Result<OpenTask, Problem> {
        watching::hold_viewer(tx, self.id, self.actor.person).await?;
        let open = OpenTask::check(tx, &self.platform.ambient, &self.actor, self.id).await?;
        narrowed(open, Some(TaskKind::Watch))
    }
}

fn narrowed(open: OpenTask, kind: Option<TaskKind>) -> Result<OpenTask, Problem> {
    match kind {
        Some(kind) => open.of_kind(kind),
        None => Ok(open),
    }
}

impl FromRequestParts<Shared> for TaskNamed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        let SignedIn(actor) =
            <SignedIn as FromRequestParts<Shared>>::from_request_parts(parts, shared).await?;
        Ok(Self { id: path_param(parts, "task_id").await?, actor, platform: shared.platform.clone() })
    }
}

//! Proof that a learner may work on a task now.

use axum::extract::FromRequestParts;
use http::request::Parts;
use http_kit::{Platform, Problem, SignedIn, not_found, path_param};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId, TrainingId};
use kernel::{Actor, Ambient, Timestamp};
use storage::{Conn, StorageError, Tx};
use training_plan::training::{Closed, TrainingState};
use uuid::Uuid;

use crate::http::{new_kind, task_withdrawn};
use crate::model::{Deadline, Deed, Phase, TaskKind};
use crate::store::open_tasks::{self, PersonsTask, TaskRow};
use crate::store::progress;

const CHARTER_UNSIGNED: &str = "task_board.charter_unsigned";

/// The task of the path (`task_id`) is open for the caller: they learn in a class that has its list, signed the charter, claimed the
/// list, and the task still takes work from them.
#[derive(Debug, Clone)]
pub struct OpenTask {
    pub actor: Actor,
    pub task: TaskId,
    pub list: TaskListId,
    pub class: ClassId,
    pub training: TrainingId,
    pub kind: TaskKind,
    /// What the kind works with: a micro-video, a topic, a test paper, a rubric.
    pub ref_id: Option<Uuid>,
    pub week: u16,
    /// Work done now carries the mark.
    pub late: bool,
    /// Until when, for them, and in which zone that is said.
    pub deadline: Deadline,
    pub time_zone: String,
    /// How much is to be written, for tasks that ask for a text.
    pub least_chars: i64,
    pub most_chars: i64,
    /// Which wording of the task the learner has before them.
    pub wording: i64,
    /// Where the list was claimed.
    claimed_in: ClassId,
    /// When the learner opened the task for the first time.
    pub(crate) started_at: Option<Timestamp>,
    /// How long the micro-video is, for what is watched.
    pub(crate) video_ms: Option<u32>,
}

impl OpenTask {
    /// For when the task is not in the path. Those who learn elsewhere are told that there is no such task.
    pub async fn check(
        conn: &mut Conn,
        ambient: &Ambient,
        actor: &Actor,
        task: TaskId,
    ) -> Result<Self, Problem> {
        LearnerTask::find(conn, actor, task).await?.open(ambient, actor)
    }

    /// The same proof behind the training's lock, in the transaction of what is done by it: the training is not ended until the commit.
    pub async fn relied(
        tx: &mut Tx,
        ambient: &Ambient,
        actor: &Actor,
        task: TaskId,
    ) -> Result<Self, Problem> {
        // Two statements: what was read before whoever held the training was done is of no use.
        open_tasks::keep_training_still(tx, task).await?;
        Self::check(tx, ambient, actor, task).await
    }

    /// The same once more in the transaction: meanwhile the training may have been closed, or the file that came with the request been a
    /// day on its way.
    pub async fn again(self, tx: &mut Tx, ambient: &Ambient) -> Result<Self, Problem> {
        Self::relied(tx, ambient, &self.actor, self.task).await
    }

    /// What was just done for it, with its figures. It is late by its own time, whatever the clock says when it is noted.
    pub fn did(&self, at: Timestamp, result: serde_json::Value) -> Deed {
        let Self { task, class, training, deadline, .. } = *self;
        let (person, claimed_in) = (self.actor.person, Some(self.claimed_in));
        Deed {
            task,
            person,
            class,
            claimed_in,
            training,
            at,
            late: deadline.is_late(at),
            awaits_review: false,
            test: None,
            result,
        }
    }

    /// The learner's next step on the board: from it on what they claimed belongs to the class where they learn.
    pub(crate) async fn step(&self, tx: &mut Tx) -> Result<(), StorageError> {
        if self.claimed_in == self.class {
            return Ok(());
        }
        progress::go_along(tx, self.task, self.actor.person).await.map(drop)
    }

    /// The same proof for one kind of task alone: a test is not read, a text is not watched.
    pub fn of_kind(self, kind: TaskKind) -> Result<Self, Problem> {
        if self.kind == kind {
            return Ok(self);
        }
        Err(Problem::conflict(
            "task_board.other_kind",
            "这个任务不是这样完成的。",
            "This task is done in another way.",
        ))
    }
}

/// A task of a list that the learner's class has, read once: whether they may read it and whether they may work on it are two questions.
#[derive(Debug)]
pub struct LearnerTask {
    task: TaskId,
    class: ClassId,
    mine: PersonsTask,
}

impl LearnerTask {
    /// Those who learn elsewhere, or not at all, are told that there is no such task.
    pub async fn find(conn: &mut Conn, actor: &Actor, task: TaskId) -> Result<Self, Problem> {
        let row = open_tasks::task(conn, task, actor.person).await?;
        row.and_then(|mine| Self::of(task, mine)).ok_or_else(not_found)
    }

    /// None for whoever learns in no class that has its list.
    pub(crate) fn of(task: TaskId, mine: PersonsTask) -> Option<Self> {
        Some(Self { task, class: mine.task.class_id?, mine })
    }

    /// Whether they may read it now.
    pub fn seen(&self, ambient: &Ambient) -> Result<SeenTask, Problem> {
        self.is_shown()?;
        let deadline = self.mine.deadline()?;
        if deadline.phase(ambient.now()) == Phase::Upcoming {
            return Err(not_open_yet(deadline.opens));
        }
        Ok(SeenTask { class: self.class })
    }

    pub fn training(&self) -> TrainingId {
        self.mine.task.training_id
    }

    pub fn week(&self) -> u16 {
        self.mine.task.week
    }

    /// What a task of this kind works with; none for one of another kind.
    pub fn reference(&self, kind: TaskKind) -> Option<Uuid> {
        self.mine.task.ref_id.filter(|_| self.mine.task.kind == kind.word())
    }

    /// Whether they may work on it now.
    pub fn open(&self, ambient: &Ambient, actor: &Actor) -> Result<OpenTask, Problem> {
        let PersonsTask { task: row, kept } = &self.mine;
        self.is_shown()?;
        if row.withdrawn_at.is_some() {
            return Err(task_withdrawn());
        }
        running(&row.training_state)?;
        let deadline = self.mine.deadline()?;
        let phase = deadline.phase(ambient.now());
        match phase {
            Phase::Upcoming => return Err(not_open_yet(deadline.opens)),
            Phase::Closed => return Err(closed(deadline.ends)),
            Phase::Open | Phase::Late => {}
        }
        let claimed_in = row.claimed_in.ok_or_else(not_claimed)?;
        Ok(OpenTask {
            actor: actor.clone(),
            task: self.task,
            list: row.list_id,
            class: self.class,
            training: row.training_id,
            kind: TaskKind::from_word(&row.kind).ok_or_else(new_kind)?,
            ref_id: row.ref_id,
            week: row.week,
            late: phase == Phase::Late,
            deadline,
            time_zone: row.time_zone.clone(),
            least_chars: row.least_chars,
            most_chars: row.most_chars,
            wording: row.wording,
            claimed_in,
            started_at: kept.started_at,
            video_ms: row.video_ms,
        })
    }

    /// What the weeks hold is shown to those who signed the charter that holds.
    fn is_shown(&self) -> Result<(), Problem> {
        let TaskRow { charter_signed_at, training_state, .. } = &self.mine.task;
        if charter_signed_at.is_some() { Ok(()) } else { asks_to_sign(self.class, training_state) }
    }
}

/// A learner may read the task: their class has its list, they signed the charter (or the training is over), and the week has begun.
/// Whether work is taken is another question ([`OpenTask`]).
#[derive(Debug, Clone, Copy)]
pub struct SeenTask {
    pub class: ClassId,
}

impl SeenTask {
    /// Those who learn elsewhere, or not at all, are told that there is no such task.
    pub async fn check(
        conn: &mut Conn,
        ambient: &Ambient,
        actor: &Actor,
        task: TaskId,
    ) -> Result<Self, Problem> {
        LearnerTask::find(conn, actor, task).await?.seen(ambient)
    }
}

/// A class has been shown a task: it has its list, and the week has begun. To whoever leads or supervises the class, what is not given to
/// it yet does not exist there.
pub async fn shown_to(
    conn: &mut Conn,
    ambient: &Ambient,
    task: TaskId,
    class: ClassId,
) -> Result<(), Problem> {
    let opens = open_tasks::showing_to(conn, task, class).await?.ok_or_else(not_found)?.opens()?;
    if ambient.now() < opens { Err(not_open_yet(opens)) } else { Ok(()) }
}

/// The class in which somebody learns, once anything was shown to them: they signed a charter of the training, be it an earlier text or
/// that of another class, or the training is over. What they have done so far is theirs to read from then on.
pub async fn class_shown(
    conn: &mut Conn,
    training: TrainingId,
    learner: PersonId,
) -> Result<ClassId, Problem> {
    let seat = open_tasks::class_of(conn, training, learner).await?.ok_or_else(not_found)?;
    if !seat.has_signed {
        asks_to_sign(seat.class_id, &seat.training_state)?;
    }
    Ok(seat.class_id)
}

/// To whoever has not signed. When a training is over nobody can sign any more, and nobody is asked to.
pub(crate) fn asks_to_sign(class: ClassId, training_state: &str) -> Result<(), Problem> {
    if is_over(training_state) { Ok(()) } else { Err(charter_unsigned(class)) }
}

pub(crate) fn is_over(training_state: &str) -> bool {
    TrainingState::from_word(training_state) == Some(TrainingState::Closed)
}

/// Whether it is the missing signature that a problem is about.
pub fn is_unsigned(problem: &Problem) -> bool {
    problem.code == CHARTER_UNSIGNED
}

impl<S: Send + Sync> FromRequestParts<S> for OpenTask {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let actor = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let task = path_param(parts, "task_id").await?;
        let platform =
            parts.extensions.get::<Platform>().cloned().ok_or_else(|| wrong("platform", "none"))?;
        let mut conn = platform.db.read().await?;
        Self::check(&mut conn, &platform.ambient, &actor, task).await
    }
}

/// It says whose charter: pages lead there.
fn charter_unsigned(class: ClassId) -> Problem {
    Problem::conflict(
        CHARTER_UNSIGNED,
        "您签署班级契约后，任务才会打开。",
        "The tasks open once you have signed the class charter.",
    )
    .extra(serde_json::json!({ "class_id": class }))
}

/// Work is taken while the training runs.
pub(crate) fn running(state: &str) -> Result<(), Problem> {
    match TrainingState::from_word(state) {
        Some(TrainingState::Running) => Ok(()),
        Some(TrainingState::Closed) => Err(Closed.into()),
        _ => Err(Problem::conflict(
            "task_board.training_not_running",
            "培训还没有开始。",
            "The training has not begun.",
        )),
    }
}

pub(crate) fn not_open_yet(opens: Timestamp) -> Problem {
    Problem::conflict("task_board.week_not_open", "这一周还没有开始。", "This week has not begun.")
        .extra(serde_json::json!({ "opens_at": opens }))
}

pub(crate) fn closed(ends: Timestamp) -> Problem {
    Problem::conflict(
        "task_board.week_closed",
        "已经截止，不再接收。",
        "The time for it is over; nothing is taken any more.",
    )
    .extra(serde_json::json!({ "ended_at": ends }))
}

fn not_claimed() -> Problem {
    Problem::conflict(
        "task_board.not_claimed",
        "请先领取这一周的任务单。",
        "Please claim this week's list first.",
    )
}

pub(crate) fn wrong(column: &str, value: &str) -> Problem {
    StorageError::Decode(format!("{column}: {value}")).into()
}

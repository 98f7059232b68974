//! How far a class is, for those who lead it: learners by tasks, and who falls behind.

use std::collections::HashMap;

use class_allocation::access::ClassMember;
use http_kit::{Problem, not_found};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId};
use kernel::{Ambient, TimeZone, Timestamp};
use storage::{Conn, StorageError};
use training_plan::access::denied;

use crate::access::wrong;
use crate::model::class_matrix::{MatrixLearner, MatrixRow, TaskWork, matrix};
use crate::model::falling_behind::{BehindReason, WeekDone, reasons};
use crate::model::week::{DEFAULT_GRACE_DAYS, this_week};
use crate::model::{TaskKind, WeekClock};
use crate::store::class_progress::{self, WeekDoneRow};
use crate::store::weeks::{self, HeadRow, WeekTaskRow};

/// A week of a class.
pub(crate) struct ClassWeek {
    pub week: u16,
    pub weeks: u16,
    pub time_zone: String,
    pub closes_at: Timestamp,
    /// Those that ask for something; none until the week's list is published to the class.
    pub tasks: Vec<ClassTask>,
    pub rows: Vec<MatrixRow>,
}

pub(crate) struct ClassTask {
    pub id: TaskId,
    pub kind: Option<TaskKind>,
    pub title: String,
    pub required: bool,
}

/// Somebody who needs a word, and why.
pub(crate) struct BehindLearner {
    pub person: PersonId,
    pub name: String,
    pub org_unit_name: Option<String>,
    pub reasons: Vec<BehindReason>,
}

/// The present week when none is named.
pub(crate) async fn class_week(
    conn: &mut Conn,
    ambient: &Ambient,
    member: &ClassMember,
    week: Option<u16>,
) -> Result<ClassWeek, Problem> {
    not_for_learners(member)?;
    let calendar = Calendar::of(conn, member).await?;
    let Calendar { head, .. } = &calendar;
    let week = week.unwrap_or_else(|| this_week(head.starts_on, head.weeks, &calendar.zone, ambient.now()));
    if week > head.weeks {
        return Err(not_found());
    }
    let found = weeks::list(conn, head.training_id, week, member.class, member.actor.person).await?;
    let list = found.as_ref().map(|found| found.list.list_id);
    let tasks = found.map(|found| asked_for(found.tasks)).unwrap_or_default();
    let work = match list {
        Some(list) => work_of(conn, member.class, list).await?,
        None => HashMap::new(),
    };
    let learners = class_progress::learners(conn, member.class, list).await?;
    let learners = learners.into_iter().map(|row| MatrixLearner {
        person: row.person_id,
        name: row.name,
        org_unit_name: row.org_unit_name,
        is_signed: row.charter_signed_at.is_some(),
        claimed_at: row.claimed_at,
        left_at: row.left_at,
    });
    let ids: Vec<_> = tasks.iter().map(|task| task.id).collect();
    Ok(ClassWeek {
        week,
        weeks: head.weeks,
        closes_at: calendar.clock(week).closes,
        rows: matrix(&ids, learners.collect(), &work),
        tasks,
        time_zone: calendar.head.time_zone,
    })
}

/// Most reasons first.
pub(crate) async fn falling_behind(
    conn: &mut Conn,
    ambient: &Ambient,
    member: &ClassMember,
) -> Result<Vec<BehindLearner>, Problem> {
    not_for_learners(member)?;
    let calendar = Calendar::of(conn, member).await?;
    let rows = class_progress::weeks(conn, member.class).await?;
    let now = ambient.now();
    let week_done = |row: &WeekDoneRow| WeekDone {
        week: row.week,
        clock: calendar.clock(row.week),
        is_claimed: row.claimed_at.is_some(),
        required: row.required,
        done: row.done,
    };
    let mut behind: Vec<_> = rows
        .chunk_by(|one, next| one.person_id == next.person_id)
        .filter_map(|rows| {
            let weeks: Vec<_> = rows.iter().map(week_done).collect();
            let (first, reasons) = (rows.first()?, reasons(&weeks, now));
            (!reasons.is_empty()).then(|| BehindLearner {
                person: first.person_id,
                name: first.name.clone(),
                org_unit_name: first.org_unit_name.clone(),
                reasons,
            })
        })
        .collect();
    behind.sort_by_key(|learner| std::cmp::Reverse(learner.reasons.len()));
    Ok(behind)
}

/// Learners see their own progress; that of others is for those who lead the class and those who supervise it.
fn not_for_learners(member: &ClassMember) -> Result<(), Problem> {
    if member.is_learner() { Err(denied()) } else { Ok(()) }
}

/// When the class's weeks are.
struct Calendar {
    head: HeadRow,
    zone: TimeZone,
}

impl Calendar {
    async fn of(conn: &mut Conn, member: &ClassMember) -> Result<Self, Problem> {
        let head = weeks::head(conn, member.class, member.actor.person).await?.ok_or_else(not_found)?;
        let zone = TimeZone::parse(&head.time_zone).ok_or_else(|| wrong("time_zone", &head.time_zone))?;
        Ok(Self { head, zone })
    }

    fn clock(&self, week: u16) -> WeekClock {
        let grace = self.head.grace_days.unwrap_or(DEFAULT_GRACE_DAYS);
        WeekClock::of(self.head.starts_on, week, &self.zone, grace)
    }
}

/// What is withdrawn asks for nothing.
fn asked_for(tasks: Vec<WeekTaskRow>) -> Vec<ClassTask> {
    let asked = tasks.into_iter().filter(|task| !task.is_withdrawn());
    let task = |task: WeekTaskRow| ClassTask {
        id: task.id,
        kind: TaskKind::from_word(&task.kind),
        title: task.title,
        required: task.required,
    };
    asked.map(task).collect()
}

async fn work_of(
    conn: &mut Conn,
    class: ClassId,
    list: TaskListId,
) -> Result<HashMap<(PersonId, TaskId), TaskWork>, StorageError> {
    let cells = class_progress::cells(conn, class, list).await?;
    let kept = cells.into_iter().map(|cell| {
        let work = TaskWork {
            state: cell.state,
            is_late: cell.late,
            done_at: cell.done_at,
            credited_seconds: cell.credited_ms / 1000,
        };
        ((cell.person_id, cell.task_id), work)
    });
    Ok(kept.collect())
}

//! How far a class is, for those who lead it: learners by tasks, and who falls behind.

use std::collections::HashMap;

use class_allocation::access::ClassMember;
use http_kit::{Problem, not_found};
use kernel::id::{ClassId, PersonId, TaskId, TaskListId};
use kernel::{Ambient, Timestamp};
use storage::{Conn, StorageError};
use training_plan::access::denied;

use crate::model::class_matrix::{MatrixLearner, MatrixRow, Moment, TaskWork, matrix};
use crate::model::falling_behind::{BehindReason, WeekDone, reasons};
use crate::model::week::this_week;
use crate::model::{Calendar, TaskKind};
use crate::store::class_progress::{self, WeekDoneRow};
use crate::store::open_tasks::calendar;
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
    let (head, calendar) = calendar_of(conn, member).await?;
    let now = ambient.now();
    let week = week.unwrap_or_else(|| this_week(head.starts_on, head.weeks, calendar.time_zone(), now));
    if week > head.weeks {
        return Err(not_found());
    }
    let found = weeks::list(conn, &weeks::Asked::of(member, &head, week)).await?;
    let list = found.list.as_ref().map(|list| list.list_id);
    let tasks = asked_for(found.tasks);
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
        closes_at: calendar.week(week).closes,
        rows: matrix(Moment { calendar: &calendar, week, now }, &ids, learners.collect(), &work),
        tasks,
        time_zone: head.time_zone,
    })
}

/// Most reasons first.
pub(crate) async fn falling_behind(
    conn: &mut Conn,
    ambient: &Ambient,
    member: &ClassMember,
) -> Result<Vec<BehindLearner>, Problem> {
    not_for_learners(member)?;
    let (_, calendar) = calendar_of(conn, member).await?;
    let now = ambient.now();
    let rows = class_progress::weeks(conn, member.class, now).await?;
    let week_done = |row: &WeekDoneRow| WeekDone {
        week: row.week,
        deadline: calendar.week(row.week),
        is_claimed: row.claimed_at.is_some(),
        required: row.required,
        done: row.done,
        returned: row.returned,
        revisable: row.revisable,
        below: row.below,
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

/// The class, and when its weeks are.
async fn calendar_of(conn: &mut Conn, member: &ClassMember) -> Result<(HeadRow, Calendar), Problem> {
    let head = weeks::head(conn, member.class, member.actor.person).await?.ok_or_else(not_found)?;
    let calendar = calendar(head.starts_on, &head.time_zone, head.grace_days)?;
    Ok((head, calendar))
}

/// What is withdrawn asks for nothing.
fn asked_for(tasks: Vec<WeekTaskRow>) -> Vec<ClassTask> {
    let asked = tasks.into_iter().filter(|task| !task.is_withdrawn());
    let task = |WeekTaskRow { task, .. }: WeekTaskRow| ClassTask {
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
    Ok(cells.into_iter().map(|cell| ((cell.person, cell.task), cell.work)).collect())
}

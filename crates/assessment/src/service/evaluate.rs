//! Reads the records of learners and evaluates them, for standings, what-if previews and results alike.

use std::collections::HashMap;

use kernel::id::{ClassId, PersonId, TaskId};
use kernel::{Ambient, Timestamp};
use storage::{Conn, StorageError};
use task_board::model::task_state::asks;
use task_board::model::{Deadline, TaskKind, TaskState, Work};

use super::calendar::Calendar;
use crate::error::EvaluationError;
use crate::model::evaluation::{Evaluation, Records, TaskFact, evaluate};
use crate::model::scheme::Scheme;
use crate::store::records::{self, Found, LearnerRow, Standing, TaskRow};

/// Which tasks count whether or not they were done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Due {
    /// Those whose week is over at this instant.
    By(Timestamp),
    /// All of them: the training is over.
    All,
}

/// A class with what its lists ask for, ready to evaluate its learners.
pub(crate) struct ClassBook<'a> {
    calendar: &'a Calendar,
    due: Due,
    pub tasks: Vec<TaskRow>,
    facts: Vec<TaskFact>,
}

/// A learner with their records and what comes of them.
pub(crate) struct Evaluated {
    pub learner: LearnerRow,
    pub evaluation: Evaluation,
    standings: HashMap<TaskId, Standing>,
}

/// Where a learner stands with a task now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TaskStanding {
    pub state: TaskState,
    /// Something can be done about it.
    pub asks: bool,
    pub deadline: Deadline,
    pub work: Work,
}

impl Evaluated {
    pub fn standing(&self, calendar: &Calendar, task: &TaskRow, now: Timestamp) -> TaskStanding {
        let known = self.standings.get(&task.task_id).copied();
        let work = known.map(|known| known.work).unwrap_or_default();
        let deadline = calendar.deadline(task.week, known.and_then(|known| known.given_until));
        let phase = deadline.phase(now);
        TaskStanding { state: TaskState::of(&work, phase), asks: asks(&work, phase), deadline, work }
    }
}

impl<'a> ClassBook<'a> {
    /// Where everything counts, a task of a kind that a newer version of the program has added is not passed over.
    pub async fn open(
        conn: &mut Conn,
        calendar: &'a Calendar,
        class: ClassId,
        due: Due,
    ) -> Result<Self, EvaluationError> {
        let tasks = records::tasks(conn, class).await?;
        let facts: Vec<TaskFact> = tasks.iter().filter_map(|task| fact(calendar, task, due, None)).collect();
        if matches!(due, Due::All) && facts.len() < tasks.len() {
            return Err(EvaluationError::NewKind);
        }
        Ok(Self { calendar, due, tasks, facts })
    }

    /// Evaluates all learners of the class, or those that are named.
    pub async fn evaluate(
        &self,
        conn: &mut Conn,
        scheme: &Scheme,
        learners: Vec<LearnerRow>,
    ) -> Result<Vec<Evaluated>, StorageError> {
        let ids: Vec<PersonId> = learners.iter().map(|learner| learner.person_id).collect();
        let mut found = records::of_learners(conn, self.calendar.training, &ids).await?;
        let evaluated = learners.into_iter().map(|learner| {
            let Found { records, standings } = found.remove(&learner.person_id).unwrap_or_default();
            let evaluation = self.evaluation(scheme, &records, &standings);
            Evaluated { learner, evaluation, standings }
        });
        Ok(evaluated.collect())
    }

    /// Who was given time for a task is not measured by it before that is over.
    fn evaluation(
        &self,
        scheme: &Scheme,
        records: &Records,
        standings: &HashMap<TaskId, Standing>,
    ) -> Evaluation {
        let given = |task: &TaskRow| standings.get(&task.task_id).and_then(|standing| standing.given_until);
        if self.tasks.iter().all(|task| given(task).is_none()) {
            return evaluate(scheme, &self.facts, records);
        }
        let facts = self.tasks.iter().filter_map(|task| fact(self.calendar, task, self.due, given(task)));
        evaluate(scheme, &facts.collect::<Vec<_>>(), records)
    }
}

/// Evaluates every learner of a training.
pub(crate) async fn whole_training(
    conn: &mut Conn,
    calendar: &Calendar,
    scheme: &Scheme,
    due: Due,
) -> Result<Vec<Evaluated>, EvaluationError> {
    let mut all = Vec::new();
    for class in records::classes(conn, calendar.training).await? {
        let learners = records::learners(conn, class).await?;
        let book = ClassBook::open(conn, calendar, class, due).await?;
        all.extend(book.evaluate(conn, scheme, learners).await?);
    }
    Ok(all)
}

/// The instant from which a standing counts what is over.
pub(crate) fn now(ambient: &Ambient) -> Due {
    Due::By(ambient.now())
}

/// None for a kind that we do not know.
fn fact(calendar: &Calendar, task: &TaskRow, due: Due, given_until: Option<Timestamp>) -> Option<TaskFact> {
    let kind = TaskKind::from_word(&task.kind)?;
    let due = match due {
        Due::All => true,
        Due::By(now) => calendar.deadline(task.week, given_until).closes <= now,
    };
    Some(TaskFact {
        task: task.task_id,
        week: task.week,
        position: task.position,
        kind,
        length_ms: task.length_ms.unwrap_or(0),
        due,
    })
}

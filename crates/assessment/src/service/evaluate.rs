//! Reads the records of learners and evaluates them, for standings, what-if previews and results alike.

use std::collections::HashMap;

use kernel::id::{ClassId, PersonId, TrainingId};
use kernel::{Ambient, Timestamp};
use storage::{Conn, StorageError};
use task_board::model::TaskKind;

use super::calendar::Calendar;
use crate::error::EvaluationError;
use crate::model::evaluation::{Evaluation, Records, TaskFact, evaluate};
use crate::model::scheme::Scheme;
use crate::store::records::{self, LearnerRow, TaskRow};

/// Which tasks count whether or not they were done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Due {
    /// Those whose week is over at this instant.
    By(Timestamp),
    /// All of them: the training is over.
    All,
}

/// A class with what its lists ask for, ready to evaluate its learners.
pub(crate) struct ClassBook {
    training: TrainingId,
    pub tasks: Vec<TaskRow>,
    facts: Vec<TaskFact>,
}

/// A learner with their records and what comes of them.
pub(crate) struct Evaluated {
    pub learner: LearnerRow,
    pub records: Records,
    pub evaluation: Evaluation,
}

impl ClassBook {
    /// Where everything counts, a task of a kind that a newer version of the program has added is not passed over.
    pub async fn open(
        conn: &mut Conn,
        calendar: &Calendar,
        class: ClassId,
        due: Due,
    ) -> Result<Self, EvaluationError> {
        let tasks = records::tasks(conn, class).await?;
        let facts: Vec<TaskFact> = tasks.iter().filter_map(|task| fact(calendar, task, due)).collect();
        if matches!(due, Due::All) && facts.len() < tasks.len() {
            return Err(EvaluationError::NewKind);
        }
        Ok(Self { training: calendar.training, tasks, facts })
    }

    /// Evaluates all learners of the class, or those that are named.
    pub async fn evaluate(
        &self,
        conn: &mut Conn,
        scheme: &Scheme,
        learners: Vec<LearnerRow>,
    ) -> Result<Vec<Evaluated>, StorageError> {
        let ids: Vec<PersonId> = learners.iter().map(|learner| learner.person_id).collect();
        let mut found: HashMap<PersonId, Records> = records::of_learners(conn, self.training, &ids).await?;
        let evaluated = learners.into_iter().map(|learner| {
            let records = found.remove(&learner.person_id).unwrap_or_default();
            let evaluation = evaluate(scheme, &self.facts, &records);
            Evaluated { learner, records, evaluation }
        });
        Ok(evaluated.collect())
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
fn fact(calendar: &Calendar, task: &TaskRow, due: Due) -> Option<TaskFact> {
    let kind = TaskKind::from_word(&task.kind)?;
    let due = match due {
        Due::All => true,
        Due::By(now) => calendar.week(task.week).closes <= now,
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

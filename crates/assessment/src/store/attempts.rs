//! Attempts: beginning them, saving answers, what they were worth.

use kernel::Timestamp;
use kernel::id::{AttemptId, ClassId, PersonId, TaskId, TestPaperId, TrainingId};
use storage::{Conn, StorageError, Tx, sql};

use super::attempt_rows::{
    Attempt, AttemptHead, BegunRow, Beside, BesideRow, HeadRow, OpenRow, Saved, SavedRow, Sitting,
    SittingRow, Taken, Unsubmitted,
};
use super::papers::json;
use crate::model::answers::Answers;
use crate::model::grading::{self, ItemScore};

storage::from_row! {
    /// Where somebody learns now.
    pub(crate) struct SeatRow { pub class_id: ClassId, pub charter_signed_at: Option<Timestamp> }
}

/// What is to be begun, by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginning {
    pub id: AttemptId,
    pub paper: TestPaperId,
    pub task: TaskId,
    pub person: PersonId,
    pub at: Timestamp,
}

/// Begins an attempt behind the training's lock, if the task is open to its learner but for the clock, the paper is the one that it names,
/// and no attempt is open and one is left. What decides until when it takes answers is kept with it.
pub(crate) async fn begin(tx: &mut Tx, new: Beginning) -> Result<Option<Sitting>, StorageError> {
    let text = tx.pick(
        "insert into attempts (id, paper_id, task_id, person_id, class_id, training_id, number, state, answers, sent, started_at, \
         minutes, week, starts_on, time_zone, grace_days, given_until, most) \
         select :id, p.id, w.task_id, w.person_id, w.class_id, w.training_id, \
         (select count(*) + 1 from attempts a where a.task_id = w.task_id and a.person_id = w.person_id), 'open', :answers, '', :at, \
         p.minutes, w.week, w.starts_on, w.time_zone, w.grace_days, w.given_until, p.points * 27720 \
         from v_workable_task w join test_papers p on p.id = w.ref_id and p.training_id = w.training_id \
         where w.task_id = :task_id and w.person_id = :person_id and w.kind = 'test' and p.id = :paper_id and p.state = 'published' \
         and (select count(*) from attempts a where a.task_id = w.task_id and a.person_id = w.person_id) < p.attempts_allowed \
         and not exists (select 1 from shown_keys s where s.person_id = w.person_id and s.paper_id = p.id) \
         on conflict do nothing \
         returning class_id, training_id, number, minutes, week, starts_on, time_zone, grace_days, given_until, most, \
         (select p.title from test_papers p where p.id = attempts.paper_id) as title, \
         (select p.title_en from test_papers p where p.id = attempts.paper_id) as title_en, \
         (select p.attempts_allowed from test_papers p where p.id = attempts.paper_id) as attempts_allowed, \
         (select p.multiple_rule from test_papers p where p.id = attempts.paper_id) as multiple_rule, \
         (select p.show_answers from test_papers p where p.id = attempts.paper_id) as show_answers, \
         (select p.content from test_papers p where p.id = attempts.paper_id) as content",
        "insert into attempts (id, paper_id, task_id, person_id, class_id, training_id, number, state, answers, sent, started_at, \
         minutes, week, starts_on, time_zone, grace_days, given_until, most) \
         select :id, p.id, w.task_id, w.person_id, w.class_id, w.training_id, \
         (select count(*) + 1 from attempts a where a.task_id = w.task_id and a.person_id = w.person_id), 'open', :answers, '', :at, \
         p.minutes, w.week, w.starts_on, w.time_zone, w.grace_days, w.given_until, p.points * 27720 \
         from (select training_id, state from v_training \
               where training_id = (select training_id from v_task where task_id = :task_id) for share) k \
         join v_workable_task w on w.training_id = k.training_id \
         join test_papers p on p.id = w.ref_id and p.training_id = w.training_id \
         where k.state = 'running' \
         and w.task_id = :task_id and w.person_id = :person_id and w.kind = 'test' and p.id = :paper_id and p.state = 'published' \
         and (select count(*) from attempts a where a.task_id = w.task_id and a.person_id = w.person_id) < p.attempts_allowed \
         and not exists (select 1 from shown_keys s where s.person_id = w.person_id and s.paper_id = p.id) \
         on conflict do nothing \
         returning class_id, training_id, number, minutes, week, starts_on, time_zone, grace_days, given_until, most, \
         (select p.title from test_papers p where p.id = attempts.paper_id) as title, \
         (select p.title_en from test_papers p where p.id = attempts.paper_id) as title_en, \
         (select p.attempts_allowed from test_papers p where p.id = attempts.paper_id) as attempts_allowed, \
         (select p.multiple_rule from test_papers p where p.id = attempts.paper_id) as multiple_rule, \
         (select p.show_answers from test_papers p where p.id = attempts.paper_id) as show_answers, \
         (select p.content from test_papers p where p.id = attempts.paper_id) as content",
    );
    let row: Option<BegunRow> = sql(text)
        .set("id", new.id)
        .set("answers", json(&Answers::default())?)
        .set("at", new.at)
        .set("task_id", new.task)
        .set("person_id", new.person)
        .set("paper_id", new.paper)
        .opt(tx)
        .await?;
    row.map(|row| row.sitting(new)).transpose()
}

/// Notes that somebody is shown the right answers of a paper, unless an attempt of theirs at it was begun meanwhile: then false.
pub(crate) async fn note_key(
    tx: &mut Tx,
    paper: TestPaperId,
    person: PersonId,
    at: Timestamp,
) -> Result<bool, StorageError> {
    let noted =
        sql("insert into shown_keys (paper_id, person_id, shown_at) select p.id, $2, $3 from test_papers p where p.id = $1 and not exists \
         (select 1 from attempts a where a.person_id = $2 and a.paper_id = p.id and a.state = 'open') \
         on conflict (person_id, paper_id) do update set shown_at = shown_keys.shown_at")
        .bind(paper)
        .bind(person)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(noted == 1)
}

/// Whether somebody has attempts left at a task, and begins none as the right answers were shown to them.
pub(crate) async fn is_key_known(
    conn: &mut Conn,
    paper: TestPaperId,
    task: TaskId,
    person: PersonId,
) -> Result<bool, StorageError> {
    let known: Option<i64> = sql("select cast(1 as bigint) as value from shown_keys s join test_papers p on p.id = s.paper_id \
         where s.person_id = $1 and s.paper_id = $2 \
         and (select count(*) from attempts a where a.task_id = $3 and a.person_id = $1) < p.attempts_allowed")
    .bind(person)
    .bind(paper)
    .bind(task)
    .opt(conn)
    .await?;
    Ok(known.is_some())
}

/// The attempt that is open, for a task.
pub(crate) async fn open_one(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Option<AttemptId>, StorageError> {
    sql("select id as value from attempts where task_id = $1 and person_id = $2 and state = 'open'")
        .bind(task)
        .bind(person)
        .opt(conn)
        .await
}

pub(crate) async fn find(conn: &mut Conn, id: AttemptId) -> Result<Option<Sitting>, StorageError> {
    let row: Option<SittingRow> = sql("select a.id, a.paper_id, a.task_id, a.person_id, a.class_id, a.training_id, a.number, a.answers, \
         a.sent, a.started_at, a.minutes, a.week, a.starts_on, a.time_zone, a.grace_days, a.given_until, a.submitted_at, \
         a.graded, a.score, a.most, \
         p.title, p.title_en, p.attempts_allowed, p.multiple_rule, p.show_answers, p.content, k.state as training_state, \
         b.starts_on as first_day, b.time_zone as zone, b.grace_days as grace_now, \
         (select max(t.week) from v_task t where t.ref_id = a.paper_id and t.kind = 'test' and t.withdrawn_at is null \
         and (select count(*) from attempts o where o.task_id = t.task_id and o.person_id = a.person_id) < p.attempts_allowed \
         and not exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id)) as left_week, \
         exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id) as is_key_known, \
         (select max(g.given_until) from v_task_progress g join v_task t on t.task_id = g.task_id \
         where g.person_id = a.person_id and t.ref_id = a.paper_id) as left_given, \
         n.started_at as open_began, n.week as open_week, n.grace_days as open_grace, n.given_until as open_given \
         from attempts a join test_papers p on p.id = a.paper_id join v_training k on k.training_id = a.training_id \
         join v_board_calendar b on b.training_id = a.training_id \
         left join attempts n on n.id = (select o.id from attempts o where o.person_id = a.person_id and o.paper_id = a.paper_id \
         and o.id <> a.id and o.state = 'open' order by o.started_at desc, o.id limit 1) \
         where a.id = $1")
    .bind(id)
    .opt(conn)
    .await?;
    Ok(row.map(SittingRow::taken).transpose()?.map(|taken| taken.sitting))
}

/// Takes somebody's attempt for this transaction, behind its training's lock, and tells how the training then stands. Saves and submits of
/// one attempt stand in line here, and no other one of theirs at the task begins before it is submitted.
pub(crate) async fn take(
    tx: &mut Tx,
    id: AttemptId,
    person: PersonId,
) -> Result<Option<Taken>, StorageError> {
    let text = tx.pick(
        "select a.id, a.paper_id, a.task_id, a.person_id, a.class_id, a.training_id, a.number, a.answers, \
         a.sent, a.started_at, a.minutes, a.week, a.starts_on, a.time_zone, a.grace_days, a.given_until, a.submitted_at, \
         a.graded, a.score, a.most, \
         p.title, p.title_en, p.attempts_allowed, p.multiple_rule, p.show_answers, p.content, k.state as training_state, \
         b.starts_on as first_day, b.time_zone as zone, b.grace_days as grace_now, \
         (select max(t.week) from v_task t where t.ref_id = a.paper_id and t.kind = 'test' and t.withdrawn_at is null \
         and (select count(*) from attempts o where o.task_id = t.task_id and o.person_id = a.person_id) < p.attempts_allowed \
         and not exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id)) as left_week, \
         exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id) as is_key_known, \
         (select max(g.given_until) from v_task_progress g join v_task t on t.task_id = g.task_id \
         where g.person_id = a.person_id and t.ref_id = a.paper_id) as left_given, \
         n.started_at as open_began, n.week as open_week, n.grace_days as open_grace, n.given_until as open_given \
         from attempts a join test_papers p on p.id = a.paper_id join v_training k on k.training_id = a.training_id \
         join v_board_calendar b on b.training_id = a.training_id \
         left join attempts n on n.id = (select o.id from attempts o where o.person_id = a.person_id and o.paper_id = a.paper_id \
         and o.id <> a.id and o.state = 'open' order by o.started_at desc, o.id limit 1) \
         where a.id = $1 and a.person_id = $2",
        "select a.id, a.paper_id, a.task_id, a.person_id, a.class_id, a.training_id, a.number, a.answers, \
         a.sent, a.started_at, a.minutes, a.week, a.starts_on, a.time_zone, a.grace_days, a.given_until, a.submitted_at, \
         a.graded, a.score, a.most, \
         p.title, p.title_en, p.attempts_allowed, p.multiple_rule, p.show_answers, p.content, k.state as training_state, \
         b.starts_on as first_day, b.time_zone as zone, b.grace_days as grace_now, \
         (select max(t.week) from v_task t where t.ref_id = a.paper_id and t.kind = 'test' and t.withdrawn_at is null \
         and (select count(*) from attempts o where o.task_id = t.task_id and o.person_id = a.person_id) < p.attempts_allowed \
         and not exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id)) as left_week, \
         exists (select 1 from shown_keys s where s.person_id = a.person_id and s.paper_id = a.paper_id) as is_key_known, \
         (select max(g.given_until) from v_task_progress g join v_task t on t.task_id = g.task_id \
         where g.person_id = a.person_id and t.ref_id = a.paper_id) as left_given, \
         n.started_at as open_began, n.week as open_week, n.grace_days as open_grace, n.given_until as open_given \
         from (select training_id, state from v_training \
               where training_id = (select training_id from attempts where id = $1 and person_id = $2) for share) k \
         join attempts a on a.training_id = k.training_id join test_papers p on p.id = a.paper_id \
         join v_board_calendar b on b.training_id = a.training_id \
         left join attempts n on n.id = (select o.id from attempts o where o.person_id = a.person_id and o.paper_id = a.paper_id \
         and o.id <> a.id and o.state = 'open' order by o.started_at desc, o.id limit 1) \
         where a.id = $1 and a.person_id = $2 for no key update of a",
    );
    let row: Option<SittingRow> = sql(text).bind(id).bind(person).opt(tx).await?;
    row.map(SittingRow::taken).transpose()
}

/// Puts what was sent behind what came before, behind the training's lock, whatever has become of the attempt: that is told.
pub(crate) async fn save(
    tx: &mut Tx,
    id: AttemptId,
    person: PersonId,
    line: &str,
) -> Result<Option<Saved>, StorageError> {
    let text = tx.pick(
        "update attempts set sent = sent || :line where id = :id and person_id = :person_id \
         returning class_id, training_id, started_at, minutes, week, starts_on, time_zone, grace_days, given_until, submitted_at, \
         answers, sent, \
         (select p.content from test_papers p where p.id = attempts.paper_id) as content, \
         (select k.state from v_training k where k.training_id = attempts.training_id) as training_state",
        "update attempts set sent = attempts.sent || :line \
         from (select training_id, state from v_training \
               where training_id = (select training_id from attempts where id = :id and person_id = :person_id) for share) k, \
         test_papers p \
         where attempts.id = :id and attempts.person_id = :person_id and k.training_id = attempts.training_id \
         and p.id = attempts.paper_id \
         returning attempts.class_id, attempts.training_id, attempts.started_at, attempts.minutes, attempts.week, attempts.starts_on, \
         attempts.time_zone, attempts.grace_days, attempts.given_until, attempts.submitted_at, attempts.answers, attempts.sent, p.content, \
         k.state as training_state",
    );
    let row: Option<SavedRow> =
        sql(text).set("line", line).set("id", id).set("person_id", person).opt(tx).await?;
    row.map(SavedRow::saved).transpose()
}

/// Writes down the answers as they are, in place of the lines that made them.
pub(crate) async fn fold(tx: &mut Tx, id: AttemptId, answers: &Answers) -> Result<(), StorageError> {
    sql("update attempts set answers = $2, sent = '' where id = $1")
        .bind(id)
        .bind(json(answers)?)
        .exec(tx)
        .await
        .map(drop)
}

/// Writes the grade of an attempt that is held, in the class where its learner was at last, and tells what stands beside it. Whoever held
/// the attempt or the training before is done by now: what was read when this one was taken may be older than that.
pub(crate) async fn submit(
    tx: &mut Tx,
    attempt: &Attempt,
    graded: &[ItemScore],
    at: Timestamp,
) -> Result<Beside, StorageError> {
    let (score, most) = grading::total(graded);
    let row: BesideRow = sql("update attempts set state = 'submitted', class_id = $2, answers = $3, sent = '', graded = $4, score = $5, most = $6, \
         submitted_at = $7 where id = $1 returning \
         (select c.class_id from v_task_progress c where c.task_id = attempts.task_id and c.person_id = attempts.person_id) as claimed_in, \
         (select e.scheme from evaluation_schemes e where e.training_id = attempts.training_id) as scheme, \
         (select count(*) from attempts o where o.task_id = attempts.task_id and o.person_id = attempts.person_id \
         and o.id <> attempts.id and o.state = 'submitted') as others, \
         (select max(o.score) from attempts o where o.task_id = attempts.task_id and o.person_id = attempts.person_id \
         and o.id <> attempts.id) as others_best")
    .bind(attempt.id)
    .bind(attempt.class_id)
    .bind(json(&attempt.answers)?)
    .bind(json(&graded)?)
    .bind(score)
    .bind(most)
    .bind(at)
    .one(tx)
    .await?;
    Ok(row.beside())
}

/// Somebody's attempts for a task, the first first.
pub(crate) async fn of_task(
    conn: &mut Conn,
    task: TaskId,
    person: PersonId,
) -> Result<Vec<AttemptHead>, StorageError> {
    let rows: Vec<HeadRow> = sql("select id, number, started_at, minutes, week, starts_on, time_zone, grace_days, given_until, submitted_at, score, \
         most from attempts where task_id = $1 and person_id = $2 order by number")
    .bind(task)
    .bind(person)
    .all(conn)
    .await?;
    rows.into_iter().map(HeadRow::head).collect()
}

/// Takes an open attempt along into the class in which its learner is now.
pub(crate) async fn follow(tx: &mut Tx, id: AttemptId, class: ClassId) -> Result<u64, StorageError> {
    sql("update attempts set class_id = $2 where id = $1 and class_id <> $2 and state = 'open'")
        .bind(id)
        .bind(class)
        .exec(tx)
        .await
}

/// The class of the training in which somebody learns.
pub(crate) async fn seat_now(
    conn: &mut Conn,
    training: TrainingId,
    person: PersonId,
) -> Result<Option<SeatRow>, StorageError> {
    sql("select m.class_id, (select g.signed_at from v_charter_signature g \
         where g.class_id = m.class_id and g.person_id = m.person_id) as charter_signed_at \
         from v_placement m where m.training_id = $1 and m.person_id = $2")
    .bind(training)
    .bind(person)
    .opt(conn)
    .await
}

/// All open attempts of a training.
pub(crate) async fn open_of(conn: &mut Conn, training: TrainingId) -> Result<Vec<Unsubmitted>, StorageError> {
    let rows: Vec<OpenRow> = sql(
        "select a.id, a.person_id, m.class_id as seat, a.started_at, a.minutes, a.week, a.starts_on, a.time_zone, a.grace_days, a.given_until \
         from attempts a left join v_placement m on m.training_id = a.training_id and m.person_id = a.person_id \
         where a.training_id = $1 and a.state = 'open' order by a.id",
    )
    .bind(training)
    .all(conn)
    .await?;
    rows.into_iter().map(OpenRow::open).collect()
}

/// All attempts that were begun until then and are still open, in whatever training.
pub(crate) async fn open_since(conn: &mut Conn, at: Timestamp) -> Result<Vec<Unsubmitted>, StorageError> {
    let rows: Vec<OpenRow> = sql(
        "select a.id, a.person_id, m.class_id as seat, a.started_at, a.minutes, a.week, a.starts_on, a.time_zone, a.grace_days, a.given_until \
         from attempts a left join v_placement m on m.training_id = a.training_id and m.person_id = a.person_id \
         where a.state = 'open' and a.started_at <= $1 order by a.started_at, a.id",
    )
    .bind(at)
    .all(conn)
    .await?;
    rows.into_iter().map(OpenRow::open).collect()
}

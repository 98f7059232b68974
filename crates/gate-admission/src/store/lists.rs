//! Applications as leads, school heads and applicants list them.

use kernel::Timestamp;
use kernel::id::{ApplicationId, OrgUnitId, PersonId, TrainingId};
use storage::{Conn, StorageError, from_row, sql};

use super::people::or_nil;
use crate::model::application::{ApplicationState, EndedAs};

from_row! {
    /// An application with its applicant.
    #[derive(Debug, Clone)]
    pub(crate) struct Listed {
        pub id: ApplicationId, pub training_id: TrainingId, pub training_title: String, pub person_id: PersonId,
        pub person_name: String, pub org_unit_name: Option<String>, pub subject: Option<String>,
        pub professional_title: Option<String>, pub teaching_since: Option<i64>, pub state: ApplicationState,
        pub version: i64, pub willingness_score: Option<i64>, pub hours_a_week: Option<i64>, pub recommended: Option<bool>,
        pub recommendation_reason: Option<String>, pub submitted_at: Option<Timestamp>,
        pub waitlist_place: Option<i64>, pub seat_no: Option<i64>,
        /// How it came to be withdrawn.
        pub ended: Option<EndedAs>,
    }
}

from_row! {
    /// How many applications are in a state, and came to it in this way.
    #[derive(Debug, Clone)]
    pub(crate) struct Figure { pub state: ApplicationState, pub ended: Option<EndedAs>, pub count: i64 }
}

/// Which applications of a training.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub state: Option<ApplicationState>,
    pub ended: Option<EndedAs>,
    /// A part of the applicant's name.
    pub name: Option<String>,
}

/// A training's applications that were handed in, in the order in which they were begun.
pub(crate) async fn of_training(
    conn: &mut Conn,
    training: TrainingId,
    filter: &Filter,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    sql("select a.id, a.training_id, t.title as training_title, a.person_id, p.name as person_name, p.org_unit_name, \
            p.subject, p.professional_title, p.teaching_since, a.state, a.version, a.willingness_score, a.hours_a_week, \
            a.recommended, a.recommendation_reason, a.submitted_at, s.seat_no, \
            case when a.state = 'withdrawn' then \
              (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1) end as ended, \
            case when a.state = 'waitlisted' then ( \
              select count(*) from applications w where w.training_id = a.training_id and w.state = 'waitlisted' \
                and (w.waitlisted_at < a.waitlisted_at or (w.waitlisted_at = a.waitlisted_at and w.id <= a.id)) \
            ) end as waitlist_place \
         from applications a \
         join v_training t on t.training_id = a.training_id \
         join v_person p on p.person_id = a.person_id \
         left join admissions s on s.application_id = a.id \
         where a.training_id = $1 and a.state <> 'draft' and a.submitted_at is not null \
           and (cast($2 as uuid) is null or a.id > $2) \
           and (cast($3 as text) is null or a.state = $3) \
           and (cast($4 as text) is null or lower(p.name collate \"C\") like $4 escape '!') \
           and (cast($5 as text) is null or (a.state = 'withdrawn' and $5 = \
             (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1))) \
         order by a.id limit $6")
    .bind(training)
    .bind(after)
    .bind(filter.state.map(|state| state.word().to_owned()))
    .bind(filter.name.as_deref().map(storage::containing))
    .bind(filter.ended.map(|ended| ended.word().to_owned()))
    .bind(limit)
    .all(conn)
    .await
}

/// Applications of people below these units: those that wait for their school's word, or those that have it.
pub(crate) async fn of_schools(
    conn: &mut Conn,
    everything: bool,
    units: &[OrgUnitId],
    except: PersonId,
    waiting: bool,
    after: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    sql("select a.id, a.training_id, t.title as training_title, a.person_id, p.name as person_name, p.org_unit_name, \
            p.subject, p.professional_title, p.teaching_since, a.state, a.version, a.willingness_score, a.hours_a_week, \
            a.recommended, a.recommendation_reason, a.submitted_at, s.seat_no, \
            case when a.state = 'withdrawn' then \
              (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1) end as ended, \
            cast(null as bigint) as waitlist_place \
         from applications a \
         join v_training t on t.training_id = a.training_id \
         join v_person p on p.person_id = a.person_id \
         left join admissions s on s.application_id = a.id \
         where a.state <> 'draft' and a.state <> 'withdrawn' and a.submitted_at is not null and a.person_id <> $1 \
           and (a.state = 'submitted' and a.recommended is null) = $2 \
           and (cast($3 as uuid) is null or a.id > $3) \
           and ($4 or p.org_unit_id in (select b.below_id from v_org_unit_below b where b.org_unit_id in ($list))) \
         order by a.id limit $5")
    .bind(except)
    .bind(waiting)
    .bind(after)
    .bind(everything)
    .bind(limit)
    .bind_list(or_nil(units))
    .all(conn)
    .await
}

/// One person's applications, newest first, those before an id.
pub(crate) async fn of_person(
    conn: &mut Conn,
    person: PersonId,
    before: ApplicationId,
    limit: i64,
) -> Result<Vec<Listed>, StorageError> {
    sql("select a.id, a.training_id, t.title as training_title, a.person_id, p.name as person_name, p.org_unit_name, \
            p.subject, p.professional_title, p.teaching_since, a.state, a.version, a.willingness_score, a.hours_a_week, \
            a.recommended, a.recommendation_reason, a.submitted_at, s.seat_no, \
            case when a.state = 'withdrawn' then \
              (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1) end as ended, \
            cast(null as bigint) as waitlist_place \
         from applications a \
         join v_training t on t.training_id = a.training_id \
         join v_person p on p.person_id = a.person_id \
         left join admissions s on s.application_id = a.id \
         where a.person_id = $1 and a.id < $2 order by a.id desc limit $3")
    .bind(person)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// One application with its applicant.
pub(crate) async fn one(conn: &mut Conn, id: ApplicationId) -> Result<Option<Listed>, StorageError> {
    sql("select a.id, a.training_id, t.title as training_title, a.person_id, p.name as person_name, p.org_unit_name, \
            p.subject, p.professional_title, p.teaching_since, a.state, a.version, a.willingness_score, a.hours_a_week, \
            a.recommended, a.recommendation_reason, a.submitted_at, s.seat_no, \
            case when a.state = 'withdrawn' then \
              (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1) end as ended, \
            cast(null as bigint) as waitlist_place \
         from applications a \
         join v_training t on t.training_id = a.training_id \
         join v_person p on p.person_id = a.person_id \
         left join admissions s on s.application_id = a.id \
         where a.id = $1")
    .bind(id)
    .opt(conn)
    .await
}

/// Who waits longest, with their place.
pub(crate) async fn first_waiting(
    conn: &mut Conn,
    training: TrainingId,
) -> Result<Option<Listed>, StorageError> {
    let Some(id) = super::applications::first_waiting(conn, training).await? else { return Ok(None) };
    let found = one(conn, id).await?;
    Ok(found.map(|listed| Listed { waitlist_place: Some(1), ..listed }))
}

pub(crate) async fn counts(conn: &mut Conn, training: TrainingId) -> Result<Vec<Figure>, StorageError> {
    sql("select state, ended, count(*) as count from (select a.state, case when a.state = 'withdrawn' then \
           (select e.kind from application_steps e where e.application_id = a.id order by e.number desc limit 1) end as ended \
         from applications a where a.training_id = $1) n group by state, ended")
    .bind(training)
    .all(conn)
    .await
}

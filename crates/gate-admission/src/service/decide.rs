//! The lead decides: one application, many at once, or the next of the waitlist.

use kernel::id::{ApplicationId, PersonId, TrainingId};
use kernel::{Ambient, Grant, LearningRecord, Role, Scope, Verb};
use notification::{Happened, Notice};
use realtime::Hub;
use serde_json::json;
use storage::{Tx, learning_records};
use training_plan::access::{Granted, Manage};
use training_plan::training::{self, Training, last_day};

use super::note;
use crate::error::DecisionError;
use crate::model::application::{ApplicationState, Decision, Move, StepKind};
use crate::model::seats::smallest_free;
use crate::store::{self, admissions::NewAdmission, applications::Application};

/// What a decision made of an application.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decided {
    pub application: ApplicationId,
    pub person: PersonId,
    pub state: ApplicationState,
    pub seat: Option<Seat>,
}

/// The seat that somebody got.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    pub number: u16,
    /// Somebody else has waited longer.
    pub is_ahead: bool,
}

impl Decided {
    pub fn seat_no(&self) -> Option<u16> {
        self.seat.map(|seat| seat.number)
    }
}

/// An application, and the version of it that was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub application: ApplicationId,
    pub read: i64,
}

/// A decision and its reason, by the lead of the training.
pub(crate) struct Ruling<'a> {
    pub lead: &'a Granted<Manage>,
    pub decision: Decision,
    pub reason: &'a str,
    pub order: Order,
}

/// How an admission stands to the waitlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Who waits longest comes first.
    Kept,
    /// The lead knows that others wait longer, and says in the reason why they are passed over.
    PassedOver,
}

/// Decides one application of the lead's training.
pub(crate) async fn decide(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    ruling: &Ruling<'_>,
    asked: Asked,
) -> Result<Decided, DecisionError> {
    let mut results = decide_many(tx, ambient, hub, ruling, &[asked]).await?;
    results.pop().map_or(Err(DecisionError::NoSuchApplication), |(_, result)| result)
}

/// Decides many, each with its own result; one that cannot be decided changes nothing and keeps nobody else from it.
pub(crate) async fn decide_many(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    ruling: &Ruling<'_>,
    asked: &[Asked],
) -> Result<Vec<(ApplicationId, Result<Decided, DecisionError>)>, DecisionError> {
    let gate = Gate::take(tx, ambient, ruling.lead.training).await?;
    let queue = gate.queue(tx, ambient, ruling, asked).await?;
    let mut results = Vec::new();
    for (Asked { application: id, read }, application) in queue {
        let result = match application {
            Some(application) => gate.rule(tx, ambient, ruling, application, read).await,
            None => Err(DecisionError::NoSuchApplication),
        };
        match result {
            // The database failed, not the application: nothing of this action stays.
            Err(DecisionError::Storage(error)) => return Err(error.into()),
            result => results.push((id, result)),
        }
    }
    let decided = results.iter().filter_map(|(_, result)| result.as_ref().ok());
    let people = decided.map(|decided| decided.person);
    notification::notify_all(tx, ambient, hub, people, &gate.notice(ruling.decision)).await?;
    for (id, result) in &results {
        if let Ok(decided) = result {
            let mut detail = json!({ "decision": ruling.decision, "seat_no": decided.seat_no() });
            if decided.seat.is_some_and(|seat| seat.is_ahead) {
                detail["ahead_of_waitlist"] = json!({ "reason": ruling.reason });
            }
            let (training, by) = (ruling.lead.training, ruling.lead.actor.person);
            note(tx, ambient, training, by, "gate_admission.decide", id.to_string(), detail).await?;
        }
    }
    Ok(results)
}

/// Admits whoever waits longest, who is the one that the lead saw at the head of the waitlist.
pub(crate) async fn admit_next(
    tx: &mut Tx,
    ambient: &Ambient,
    hub: &Hub,
    lead: &Granted<Manage>,
    asked: Asked,
    reason: &str,
) -> Result<Decided, DecisionError> {
    Gate::take(tx, ambient, lead.training).await?;
    let next = store::applications::first_waiting(tx, lead.training).await?;
    if next.ok_or(DecisionError::NobodyWaits)? != asked.application {
        // Whoever was at the head and waits no more was decided by somebody else just now: nobody jumped the queue.
        let seen = store::applications::find(tx, asked.application).await?;
        let seen = seen.filter(|seen| seen.training_id == lead.training);
        let waits = seen.is_none_or(|seen| seen.state == ApplicationState::Waitlisted);
        let order = DecisionError::WaitlistOrder { waits: true };
        return Err(if waits { order } else { DecisionError::Stale });
    }
    let ruling = Ruling { lead, decision: Decision::Admit, reason, order: Order::Kept };
    decide(tx, ambient, hub, &ruling, asked).await
}

/// A training's gate, held for this transaction.
struct Gate {
    training: Training,
    capacity: u16,
}

impl Gate {
    async fn take(tx: &mut Tx, ambient: &Ambient, training: TrainingId) -> Result<Self, DecisionError> {
        let found = training::hold(tx, training).await?;
        let capacity = store::notices::take_gate(tx, training, ambient.now()).await?;
        let capacity = capacity.and_then(|capacity| u16::try_from(capacity).ok());
        let (training, capacity) = found.zip(capacity).ok_or(DecisionError::NoSuchApplication)?;
        training.not_over()?;
        Ok(Self { training, capacity })
    }

    /// The applications of this training, first those of the waitlist, in its order. People who may get a seat are held, and then the applications of this
    /// training alone, each in one order whatever was asked for: two who decide at once never wait for each other.
    async fn queue(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        ruling: &Ruling<'_>,
        asked: &[Asked],
    ) -> Result<Vec<(Asked, Option<Application>)>, DecisionError> {
        let mut asked = asked.to_vec();
        asked.sort_by_key(|asked| asked.application);
        asked.dedup_by_key(|asked| asked.application);
        let mut queue = Vec::new();
        for asked in asked {
            let found = store::applications::find(tx, asked.application).await?;
            queue.push((asked, found.filter(|found| self.knows(found))));
        }
        if ruling.decision == Decision::Admit {
            let mut people: Vec<_> =
                queue.iter().filter_map(|(_, found)| found.as_ref().map(|found| found.person_id)).collect();
            people.sort_unstable();
            people.dedup();
            for person in people {
                store::admissions::take_person(tx, person, ambient.now()).await?;
            }
        }
        for (asked, application) in queue.iter_mut().filter(|(_, found)| found.is_some()) {
            let taken = store::applications::take(tx, asked.application).await?;
            *application = taken.filter(|found| self.knows(found));
        }
        queue.sort_by_key(|(asked, found)| {
            let waits_since = found.as_ref().and_then(|found| found.waitlisted_at);
            (waits_since.is_none(), waits_since, asked.application)
        });
        Ok(queue)
    }

    /// What the applicants are told; the page shows the reason.
    fn notice(&self, decision: Decision) -> Notice {
        let training = self.training.title.clone();
        let happened = match decision {
            Decision::Admit => Happened::Admitted { training },
            Decision::Waitlist => Happened::Waitlisted { training },
            Decision::Reject => Happened::Rejected { training },
        };
        Notice::new(happened, format!("/recruitment/{}/application", self.training.id))
    }

    /// A lead sees what was handed in, nobody's draft.
    fn knows(&self, application: &Application) -> bool {
        application.training_id == self.training.id && application.state != ApplicationState::Draft
    }

    async fn rule(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        ruling: &Ruling<'_>,
        application: Application,
        read: i64,
    ) -> Result<Decided, DecisionError> {
        let (id, now, by) = (application.id, ambient.now(), ruling.lead.actor.person);
        if application.person_id == by {
            return Err(DecisionError::OwnApplication);
        }
        let state = application.state.after(Move::Decide(ruling.decision))?;
        if application.version != read {
            return Err(DecisionError::Stale);
        }
        // The database refuses it too; here the others of a bulk decision stay decided.
        if application.recommended_by == Some(by) {
            return Err(DecisionError::OwnRecommendation);
        }
        let seat = match ruling.decision {
            Decision::Admit => Some(self.admit(tx, ambient, ruling, &application).await?),
            Decision::Waitlist | Decision::Reject => None,
        };
        let is_ahead = seat.is_some_and(|seat| seat.is_ahead);
        let step = if is_ahead { StepKind::AdmittedAhead } else { ruling.decision.step() };
        store::applications::set_state(tx, id, state, Some(by), now).await?;
        store::steps::insert(tx, id, step, ruling.reason, by, now).await?;
        Ok(Decided { application: id, person: application.person_id, state, seat })
    }

    /// All checks come before the first write: a refusal leaves nothing behind.
    async fn admit(
        &self,
        tx: &mut Tx,
        ambient: &Ambient,
        ruling: &Ruling<'_>,
        application: &Application,
    ) -> Result<Seat, DecisionError> {
        let (training, person) = (self.training.id, application.person_id);
        if store::people::is_staff(tx, person, training).await? {
            return Err(DecisionError::IsStaff);
        }
        self.no_overlap(tx, application).await?;
        let taken = store::admissions::taken_seats(tx, training).await?;
        let waits = application.state == ApplicationState::Waitlisted;
        let full = DecisionError::Full { capacity: self.capacity, waits };
        let seat = smallest_free(&taken, self.capacity).ok_or(full)?;
        let first = store::applications::first_waiting(tx, training).await?;
        let is_ahead = first.is_some_and(|first| first != application.id);
        if is_ahead && ruling.order == Order::Kept {
            return Err(DecisionError::WaitlistOrder { waits });
        }
        let (now, by) = (ambient.now(), ruling.lead.actor.person);
        let id = ambient.new_id();
        let new = NewAdmission { id, training, person, application: application.id, seat, by };
        store::admissions::insert(tx, new, now).await?;
        let learner = Grant { role: Role::Learner, scope: Scope::Training(training) };
        identity::grants::give(tx, ambient, person, learner, Some(by)).await?;
        let record = LearningRecord {
            actor: person,
            verb: Verb::Registered,
            object_kind: "trn",
            object: training.uuid(),
            training: Some(training),
            class: None,
            result: json!({ "seat_no": seat }),
            at: now,
        };
        learning_records::keep(tx, ambient, record).await?;
        Ok(Seat { number: seat, is_ahead })
    }

    async fn no_overlap(&self, tx: &mut Tx, application: &Application) -> Result<(), DecisionError> {
        let elsewhere = store::admissions::elsewhere(tx, application.person_id, self.training.id).await?;
        let clash = elsewhere.into_iter().find(|other| {
            other.state == ApplicationState::Admitted
                && other.starts_on <= self.training.ends_on()
                && self.training.starts_on <= last_day(other.starts_on, other.weeks)
        });
        clash.map_or(Ok(()), |other| Err(DecisionError::Overlap { title: other.title }))
    }
}

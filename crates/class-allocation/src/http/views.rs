//! What the allocation looks like on the wire.

use std::collections::BTreeSet;

use kernel::id::{ClassId, PersonId, PlacementId, StaffAssignmentId, TrainingId};
use kernel::{Text, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::allocation::{AllocationState, StaffRole};
use crate::model::effect::{BrokenRule, Effect};
use crate::model::objective::Cost;
use crate::model::opening::{Opening, OpeningRuleName};
use crate::model::picture::{self, Face, Picture};
use crate::service::roster::{Roster, Seated, StaffPerson};
use crate::store::dismissals::DismissedRow;

/// A sentence in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedText {
    zh: String,
    en: String,
}

impl From<Text> for ExplainedText {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// The allocation board of a training.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocationView {
    training_id: TrainingId,
    /// Also the `ETag`; the first run sends `If-Match: "v0"`.
    pub(super) version: i64,
    /// Absent until classes are drafted for the first time.
    state: Option<AllocationState>,
    seed: Option<u32>,
    most_local_percent: Option<u8>,
    made_at: Option<Timestamp>,
    locked_at: Option<Timestamp>,
    published_at: Option<Timestamp>,
    admitted: usize,
    classes: Vec<BoardClassView>,
    /// Admitted people without a class.
    unplaced: Vec<BoardLearnerView>,
    /// Everybody who agreed to lead along.
    staff: Vec<BoardStaffView>,
    /// The mix in words.
    summary: Vec<ExplainedText>,
    /// How a plain cut by names would look beside it.
    alphabetical: Option<ExplainedText>,
    objective: Option<ObjectiveView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardClassView {
    id: ClassId,
    number: u16,
    name: String,
    counties: usize,
    veterans: usize,
    learners: Vec<BoardLearnerView>,
    leaders: Vec<BoardLeaderView>,
    /// The roles in which nobody leads the class.
    without: Vec<StaffRole>,
    /// Who was taken away since the classes were published, the latest first.
    dismissed: Vec<BoardDismissalView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardLearnerView {
    person_id: PersonId,
    placement_id: Option<PlacementId>,
    name: String,
    org_unit_name: Option<String>,
    county: Option<String>,
    subject: Option<String>,
    professional_title: Option<String>,
    /// Whole years of teaching when the training starts.
    years: Option<u16>,
    is_admitted: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardLeaderView {
    assignment_id: StaffAssignmentId,
    person_id: PersonId,
    name: String,
    role: StaffRole,
}

/// Somebody who led the class until they were taken away.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardDismissalView {
    name: String,
    role: StaffRole,
    dismissed_by: String,
    dismissed_at: Timestamp,
    /// The person reads it too.
    reason: String,
}

impl From<&DismissedRow> for BoardDismissalView {
    fn from(row: &DismissedRow) -> Self {
        Self {
            name: row.name.clone(),
            role: row.role,
            dismissed_by: row.dismissed_by_name.clone(),
            dismissed_at: row.dismissed_at,
            reason: row.reason.clone(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardStaffView {
    person_id: PersonId,
    name: String,
    role: StaffRole,
    org_unit_name: Option<String>,
    county: Option<String>,
    subject: Option<String>,
    /// From a county that learners of the training come from.
    is_local: bool,
    /// How many classes they lead now, and at most.
    leads: usize,
    most_classes: usize,
}

/// How well the classes are mixed: the lower the better.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectiveView {
    parts: Cost,
    total: i64,
    alphabetical_total: i64,
}

impl From<&Roster> for AllocationView {
    fn from(roster: &Roster) -> Self {
        let seats = roster.seats();
        let picture = Picture::of(&roster.faces(&seats));
        let cut = cut_by_name(roster, &seats);
        let cut_picture = Picture::of(&roster.faces(&cut));
        let allocation = roster.allocation.as_ref();
        Self {
            training_id: roster.training.id,
            version: allocation.map_or(0, |row| row.version),
            state: allocation.map(|row| row.state),
            seed: allocation.map(|row| row.seed),
            most_local_percent: allocation.map(|row| row.most_local_percent),
            made_at: allocation.map(|row| row.made_at),
            locked_at: allocation.and_then(|row| row.locked_at),
            published_at: allocation.and_then(|row| row.published_at),
            admitted: roster.admitted().count(),
            classes: board_classes(roster),
            unplaced: roster.learners.iter().filter(|l| l.place.is_none()).map(Into::into).collect(),
            staff: roster.staff.iter().map(|person| board_staff(roster, person)).collect(),
            alphabetical: picture
                .as_ref()
                .zip(cut_picture.as_ref())
                .map(|(now, then)| now.beside_alphabetical(then).into()),
            objective: picture.as_ref().map(|_| {
                let parts = roster.cost(&seats);
                ObjectiveView { parts, total: parts.total(), alphabetical_total: roster.cost(&cut).total() }
            }),
            summary: picture.map(|p| p.sentences().into_iter().map(Into::into).collect()).unwrap_or_default(),
        }
    }
}

/// The same people in classes of the same sizes, cut in the order of their names.
fn cut_by_name(roster: &Roster, seats: &[Vec<PersonId>]) -> Vec<Vec<PersonId>> {
    let seated: BTreeSet<PersonId> = seats.iter().flatten().copied().collect();
    let mut by_name = roster.learners.iter().map(|l| l.person).filter(|person| seated.contains(person));
    seats.iter().map(|class| by_name.by_ref().take(class.len()).collect()).collect()
}

fn board_classes(roster: &Roster) -> Vec<BoardClassView> {
    let faces: Vec<Vec<Face>> = roster.faces(&roster.seats());
    let name_of = |person| roster.staff.iter().find(|s| s.person == person).map(|s| s.name.clone());
    roster
        .classes
        .iter()
        .zip(faces)
        .map(|(class, faces)| BoardClassView {
            id: class.id,
            number: class.number,
            name: class.name.clone(),
            counties: picture::counties(&faces),
            veterans: picture::veterans(&faces),
            learners: roster.of_class(class.id).map(Into::into).collect(),
            leaders: roster
                .assignments
                .iter()
                .filter(|assignment| assignment.class == class.id)
                .map(|assignment| BoardLeaderView {
                    assignment_id: assignment.id,
                    person_id: assignment.person,
                    name: name_of(assignment.person).unwrap_or_default(),
                    role: assignment.role,
                })
                .collect(),
            without: [StaffRole::Assistant, StaffRole::Expert]
                .into_iter()
                .filter(|role| !roster.assignments.iter().any(|a| a.class == class.id && a.role == *role))
                .collect(),
            dismissed: roster
                .dismissed
                .iter()
                .filter(|row| row.class_id == class.id)
                .map(Into::into)
                .collect(),
        })
        .collect()
}

fn board_staff(roster: &Roster, person: &StaffPerson) -> BoardStaffView {
    BoardStaffView {
        person_id: person.person,
        name: person.name.clone(),
        role: person.role,
        org_unit_name: person.org_unit_name.clone(),
        county: person.county.as_ref().map(|county| county.name.clone()),
        subject: person.subject.clone(),
        is_local: person.is_local,
        leads: roster.assignments.iter().filter(|assignment| assignment.person == person.person).count(),
        most_classes: person.role.most_classes(),
    }
}

impl From<&Seated> for BoardLearnerView {
    fn from(seated: &Seated) -> Self {
        Self {
            person_id: seated.person,
            placement_id: seated.place.map(|(id, _)| id),
            name: seated.name.clone(),
            org_unit_name: seated.org_unit_name.clone(),
            county: seated.county.as_ref().map(|county| county.name.clone()),
            subject: seated.subject.clone(),
            professional_title: seated.title.clone(),
            years: seated.years,
            is_admitted: seated.is_admitted,
        }
    }
}

/// Why a training can or cannot open.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningView {
    can_open: bool,
    /// How many more people must be found.
    people_missing: usize,
    headline: ExplainedText,
    rules: Vec<OpeningRuleView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningRuleView {
    rule: OpeningRuleName,
    is_met: bool,
    /// False before there are classes that it could be true of; then it neither binds nor advises.
    applies: bool,
    /// Whether the training stays closed while it is not met; else it is advice.
    binds: bool,
    /// How many people or classes it is about.
    number: usize,
    people_missing: usize,
    text: ExplainedText,
}

impl From<Opening> for OpeningView {
    fn from(opening: Opening) -> Self {
        let rules = opening.rules.into_iter().map(|rule| OpeningRuleView {
            rule: rule.name,
            is_met: rule.is_met,
            applies: rule.applies,
            binds: rule.binds,
            number: rule.number,
            people_missing: rule.people_missing,
            text: rule.text.into(),
        });
        Self {
            can_open: opening.can_open,
            people_missing: opening.people_missing,
            headline: opening.headline.into(),
            rules: rules.collect(),
        }
    }
}

/// What a move does.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveEffectView {
    before: Cost,
    after: Cost,
    /// Below zero is better.
    change: i64,
    texts: Vec<ExplainedText>,
    broken_rules: Vec<BrokenRuleView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BrokenRuleView {
    rule: BrokenRule,
    text: ExplainedText,
}

impl From<Effect> for MoveEffectView {
    fn from(effect: Effect) -> Self {
        Self {
            change: effect.cost_after.total() - effect.cost_before.total(),
            before: effect.cost_before,
            after: effect.cost_after,
            texts: effect.texts.into_iter().map(Into::into).collect(),
            broken_rules: effect
                .broken
                .into_iter()
                .map(|(rule, text)| BrokenRuleView { rule, text: text.into() })
                .collect(),
        }
    }
}

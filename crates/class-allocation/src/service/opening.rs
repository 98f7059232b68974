//! Counting what the opening rules ask about.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{PersonId, TrainingId};
use storage::{Conn, StorageError};
use training_plan::model::plan::PlanState;

use super::roster::Roster;
use crate::model::allocation::{AllocationState, StaffRole};
use crate::model::opening::{ClassFacts, Facts, FirstList, MOST_LOCAL_PERCENT, Opening, explain, too_early};
use crate::store::charters;

/// Whoever owns the lists of weeks, which is a later area, says how far the first one is.
#[async_trait]
pub trait FirstWeek: Send + Sync + 'static {
    async fn first_list(&self, conn: &mut Conn, training: TrainingId) -> Result<FirstList, StorageError>;
}

pub async fn explanation(
    conn: &mut Conn,
    weeks: &dyn FirstWeek,
    roster: &Roster,
    now: Timestamp,
) -> Result<Opening, StorageError> {
    let settled = charters::settled_in(conn, roster.training.id).await?;
    let first_list = weeks.first_list(conn, roster.training.id).await?;
    let counted = facts(roster, usize::try_from(settled).unwrap_or(0));
    let too_early = too_early(roster.training.starts_on, now.date_in(&roster.training.time_zone));
    Ok(explain(&Facts { first_list, too_early, ..counted }))
}

fn facts(roster: &Roster, charters_settled: usize) -> Facts {
    let of_role = |role: StaffRole| roster.staff.iter().filter(move |person| person.role == role);
    let mut load: BTreeMap<(StaffRole, PersonId), usize> = BTreeMap::new();
    for assignment in &roster.assignments {
        *load.entry((assignment.role, assignment.person)).or_default() += 1;
    }
    let leading = |role: StaffRole| -> BTreeSet<PersonId> {
        load.keys().filter(|(of, _)| *of == role).map(|(_, person)| *person).collect()
    };
    let local: BTreeSet<PersonId> =
        of_role(StaffRole::Expert).filter(|person| person.is_local).map(|person| person.person).collect();
    let leading_experts = leading(StaffRole::Expert);
    let places = |person: PersonId| {
        let taken = load.get(&(StaffRole::Expert, person)).copied().unwrap_or(0);
        StaffRole::Expert.most_classes().saturating_sub(taken)
    };
    let leaders_of =
        |class, role| roster.assignments.iter().filter(|a| a.class == class && a.role == role).count();
    Facts {
        plan_is_approved: roster.training.plan_state == PlanState::Approved,
        admitted: roster.admitted().count(),
        unplaced: roster.admitted().filter(|learner| learner.place.is_none()).count(),
        not_admitted: roster.learners.iter().filter(|learner| !learner.is_admitted).count(),
        classes: roster
            .classes
            .iter()
            .map(|class| ClassFacts {
                learners: roster.of_class(class.id).count(),
                assistants: leaders_of(class.id, StaffRole::Assistant),
                experts: leaders_of(class.id, StaffRole::Expert),
            })
            .collect(),
        assistants: of_role(StaffRole::Assistant).count(),
        assistants_leading: leading(StaffRole::Assistant).len(),
        experts: of_role(StaffRole::Expert).count(),
        experts_leading: leading_experts.len(),
        local_experts_leading: leading_experts.intersection(&local).count(),
        expert_places_left: of_role(StaffRole::Expert).map(|person| places(person.person)).sum(),
        most_local_percent: roster.allocation.as_ref().map_or(MOST_LOCAL_PERCENT, |a| a.most_local_percent),
        is_published: roster.allocation.as_ref().is_some_and(|a| a.state == AllocationState::Published),
        charters_settled,
        ..Facts::default()
    }
}

//! Everything about the classes of a training, read at once: who is admitted, who sits where, who leads.

use std::collections::BTreeMap;

use kernel::id::{ClassId, PersonId, PlacementId, StaffAssignmentId, TrainingId};
use storage::{Conn, StorageError};
use training_plan::training::{self, Training};
use uuid::Uuid;

use crate::model::allocation::StaffRole;
use crate::model::leading::{ClassNeeds, Leader};
use crate::model::objective::{Cost, Weights};
use crate::model::picture::Face;
use crate::model::region::{Region, slot_of_level};
use crate::model::solver::{self, Learner};
use crate::store::allocations::{self, AllocationRow};
use crate::store::classes::{self, ClassRow};
use crate::store::dismissals::{self, DismissedRow};
use crate::store::people;
use crate::store::staff;

pub struct Roster {
    pub training: Training,
    pub allocation: Option<AllocationRow>,
    pub classes: Vec<ClassRow>,
    pub learners: Vec<Seated>,
    pub staff: Vec<StaffPerson>,
    /// Of those who still lead along: neither counts nor rights come from anything else.
    pub assignments: Vec<Assignment>,
    /// Who was taken from a class, the latest first.
    pub dismissed: Vec<DismissedRow>,
}

/// A unit that is a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// Tells two counties of the same name apart.
    pub key: String,
    pub name: String,
}

/// Somebody who is admitted, or sits in a class.
pub struct Seated {
    pub person: PersonId,
    pub name: String,
    pub org_unit_name: Option<String>,
    pub region: Region,
    pub county: Option<County>,
    pub subject: Option<String>,
    pub title: Option<String>,
    pub years: Option<u16>,
    pub is_admitted: bool,
    pub place: Option<(PlacementId, ClassId)>,
}

/// Somebody who agreed to lead along.
pub struct StaffPerson {
    pub person: PersonId,
    pub name: String,
    pub org_unit_name: Option<String>,
    pub county: Option<County>,
    pub subject: Option<String>,
    pub role: StaffRole,
    /// From a county that learners of the training come from.
    pub is_local: bool,
}

pub struct Assignment {
    pub id: StaffAssignmentId,
    pub class: ClassId,
    pub person: PersonId,
    pub role: StaffRole,
}

/// None when there is no such training.
pub async fn read(conn: &mut Conn, training: TrainingId) -> Result<Option<Roster>, StorageError> {
    let Some(found) = training::find(conn, training).await? else { return Ok(None) };
    let allocation = allocations::find(conn, training).await?;
    let classes = classes::of_training(conn, training).await?;
    let learner_rows = people::learners(conn, training).await?;
    let staff_rows = people::staff(conn, training).await?;
    let assignments = staff::leading(conn, training).await?;
    let dismissed = dismissals::of_training(conn, training).await?;
    let paths = learner_rows.iter().map(|l| &l.org_path).chain(staff_rows.iter().map(|s| &s.org_path));
    let units = Units::along(conn, units_along(paths)).await?;

    let first_year = found.starts_on.year();
    let learners: Vec<Seated> = learner_rows
        .into_iter()
        .map(|row| Seated {
            person: row.person_id,
            county: row.org_path.as_deref().and_then(|path| units.county(path)),
            name: row.name,
            org_unit_name: row.org_unit_name,
            region: row.org_path.as_deref().map(|path| units.region(path)).unwrap_or_default(),
            subject: row.subject,
            title: row.professional_title,
            years: row.teaching_since.map(|since| years_until(first_year, since)),
            is_admitted: row.is_admitted,
            place: row.placement_id.zip(row.class_id),
        })
        .collect();
    let staff: Vec<StaffPerson> = staff_rows
        .into_iter()
        .map(|row| {
            let county = row.org_path.as_deref().and_then(|path| units.county(path));
            StaffPerson {
                person: row.person_id,
                name: row.name,
                org_unit_name: row.org_unit_name,
                is_local: county.is_some() && learners.iter().any(|learner| learner.county == county),
                county,
                subject: row.subject,
                role: row.role,
            }
        })
        .collect();
    let assignments = assignments
        .into_iter()
        .map(|row| Assignment { id: row.id, class: row.class_id, person: row.person_id, role: row.role })
        .collect();
    Ok(Some(Roster { training: found, allocation, classes, learners, staff, assignments, dismissed }))
}

/// Whole years of teaching in a year.
pub(crate) fn years_until(year: i16, since: u16) -> u16 {
    u16::try_from(year).unwrap_or_default().saturating_sub(since)
}

impl Roster {
    pub fn admitted(&self) -> impl Iterator<Item = &Seated> {
        self.learners.iter().filter(|learner| learner.is_admitted)
    }

    pub fn of_class(&self, class: ClassId) -> impl Iterator<Item = &Seated> {
        self.learners.iter().filter(move |learner| learner.place.is_some_and(|(_, of)| of == class))
    }

    /// Who sits in each class, in the order of the classes.
    pub fn seats(&self) -> Vec<Vec<PersonId>> {
        self.classes
            .iter()
            .map(|class| self.of_class(class.id).map(|seated| seated.person).collect())
            .collect()
    }

    pub fn faces(&self, classes: &[Vec<PersonId>]) -> Vec<Vec<Face>> {
        let known: BTreeMap<PersonId, &Seated> = self.learners.iter().map(|l| (l.person, l)).collect();
        let face = |seated: &Seated| Face {
            county: seated.county.as_ref().map(|county| county.key.clone()),
            years: seated.years,
        };
        classes
            .iter()
            .map(|class| class.iter().filter_map(|id| known.get(id)).map(|seated| face(seated)).collect())
            .collect()
    }

    /// What these classes cost, over the people who sit in them.
    pub fn cost(&self, classes: &[Vec<PersonId>]) -> Cost {
        let seated: Vec<Learner> = self
            .learners
            .iter()
            .filter(|learner| classes.iter().any(|class| class.contains(&learner.person)))
            .map(as_learner)
            .collect();
        solver::cost(&seated, classes, Weights::DEFAULT)
    }

    /// The people who are to be divided.
    pub fn problem(&self, seed: u32) -> solver::Problem {
        solver::Problem::new(self.admitted().map(as_learner).collect(), u64::from(seed))
    }

    pub fn leaders(&self) -> Vec<Leader> {
        self.staff
            .iter()
            .map(|person| Leader {
                id: person.person,
                role: person.role,
                county: person.county.as_ref().map(|county| county.key.clone()),
                subject: person.subject.clone(),
                is_local: person.is_local,
            })
            .collect()
    }

    /// What these classes ask of who leads them.
    pub fn needs(&self, classes: &[Vec<PersonId>]) -> Vec<ClassNeeds> {
        let known: BTreeMap<PersonId, &Seated> = self.learners.iter().map(|l| (l.person, l)).collect();
        let needs = |class: &Vec<PersonId>| {
            let people = || class.iter().filter_map(|id| known.get(id));
            ClassNeeds {
                counties: people().filter_map(|p| p.county.as_ref().map(|c| c.key.clone())).collect(),
                subjects: people().filter_map(|p| p.subject.clone()).collect(),
            }
        };
        classes.iter().map(needs).collect()
    }
}

fn as_learner(seated: &Seated) -> Learner {
    Learner {
        id: seated.person,
        region: seated.region.clone(),
        years: seated.years,
        title: seated.title.clone(),
        subject: seated.subject.clone(),
    }
}

/// The units along some paths: of which level each is, and its name.
pub struct Units(BTreeMap<String, (Option<usize>, String)>);

impl Units {
    pub async fn along(conn: &mut Conn, units: Vec<Uuid>) -> Result<Self, StorageError> {
        let rows = people::units(conn, units).await?;
        let unit = |row: people::UnitRow| {
            (row.org_unit_id.uuid().simple().to_string(), (slot_of_level(&row.level), row.name))
        };
        Ok(Self(rows.into_iter().map(unit).collect()))
    }

    pub fn county(&self, path: &str) -> Option<County> {
        let is_county = |unit: &str| self.0.get_key_value(unit).filter(|(_, (slot, _))| *slot == COUNTY);
        let (key, (_, name)) = path.split('/').find_map(is_county)?;
        Some(County { key: key.clone(), name: name.clone() })
    }

    pub fn region(&self, path: &str) -> Region {
        Region::along(path, |unit| self.0.get(unit)?.0)
    }
}

const COUNTY: Option<usize> = Some(2);

/// Every unit that these paths name, once.
pub(crate) fn units_along<'a>(paths: impl Iterator<Item = &'a Option<String>>) -> Vec<Uuid> {
    let mut units: Vec<Uuid> =
        paths.flatten().flat_map(|path| path.split('/')).filter_map(|unit| unit.parse().ok()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

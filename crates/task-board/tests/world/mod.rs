//! A running training with one class, its staff and a learner, as the tests of this area need it.
#![allow(dead_code, reason = "each test file uses its part")]

use kernel::id::{ClassId, TrainingId};
use kernel::{Actor, Grant, Role, Scope};
use testkit::{TestBed, TestPerson, rows};

pub struct World {
    pub training: TrainingId,
    pub class: ClassId,
    pub other_class: ClassId,
    pub expert: TestPerson,
    pub assistant: TestPerson,
    pub learner: TestPerson,
    /// Learns in the other class.
    pub neighbour: TestPerson,
    pub outsider: TestPerson,
}

impl World {
    /// Weeks begin on 2 November 2026, the first morning of the test clock.
    pub async fn new(bed: &TestBed) -> Self {
        let province = rows::identity::org_unit(bed, None, "province", "贵州省").await;
        let training = rows::training_plan::training(bed, province, "复式教学", "2026-11-02", 8).await;
        rows::training_plan::running(bed, training).await;
        let class = rows::class_allocation::class(bed, training, "一班").await;
        let other_class = rows::class_allocation::class(bed, training, "二班").await;
        let expert = staff(bed, training, class, "周专家", Role::Expert).await;
        let assistant = staff(bed, training, class, "林助教", Role::Assistant).await;
        let learner = learner(bed, training, class, "王小明", true).await;
        let neighbour = self::learner(bed, training, other_class, "李老师", true).await;
        let outsider = bed.person("路人", &[]).await;
        Self { training, class, other_class, expert, assistant, learner, neighbour, outsider }
    }
}

pub async fn staff(
    bed: &TestBed,
    training: TrainingId,
    class: ClassId,
    name: &str,
    role: Role,
) -> TestPerson {
    let grants =
        [Grant { role, scope: Scope::Training(training) }, Grant { role, scope: Scope::Class(class) }];
    let person = bed.person(name, &grants).await;
    rows::training_plan::staff(bed, training, person.id, role).await;
    rows::class_allocation::assign(bed, class, person.id, role).await;
    person
}

pub async fn learner(
    bed: &TestBed,
    training: TrainingId,
    class: ClassId,
    name: &str,
    signed: bool,
) -> TestPerson {
    let grants = [
        Grant { role: Role::Learner, scope: Scope::Training(training) },
        Grant { role: Role::Learner, scope: Scope::Class(class) },
    ];
    let person = bed.person(name, &grants).await;
    rows::class_allocation::place(bed, class, person.id, signed).await;
    person
}

/// The person as an action sees them.
pub fn actor(bed: &TestBed, person: &TestPerson) -> Actor {
    Actor { person: person.id, session: bed.ambient.new_id(), grants: [].into() }
}

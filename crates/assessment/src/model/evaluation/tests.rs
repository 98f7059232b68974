//! Results against a table of cases, and what must hold for any records.

use kernel::id::Id;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::scheme::Component;

fn id<K: kernel::id::Kind>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn fact(number: u128, kind: TaskKind, due: bool) -> TaskFact {
    TaskFact { task: id(number), week: 1, position: 1, kind, length_ms: 300_000, due }
}

fn done(task: u128, late: bool, credited_ms: u32) -> ProgressFact {
    ProgressFact { task: id(task), done_at: Some(Timestamp::from_micros(7)), late, credited_ms }
}

fn of(kind: ComponentKind, minimum: Option<u16>) -> Scheme {
    Scheme { components: vec![Component { kind, weight: 100, minimum }], ..Scheme::default() }
}

/// Every component, as the contract names them.
fn components() -> Vec<ComponentKind> {
    let schema = <ComponentKind as utoipa::PartialSchema>::schema();
    let schema = serde_json::to_value(schema).expect("a schema");
    serde_json::from_value(schema["enum"].clone()).expect("its words")
}

/// A weight without tasks would go to the others in silence, and its gate would stop nobody.
#[test]
fn each_component_is_made_of_tasks() {
    let all = components();
    assert!(all.len() >= 6, "{all:?}");
    for component in all {
        let tasks: Vec<TaskFact> =
            TaskKind::ALL.into_iter().zip(1..).map(|(kind, number)| fact(number, kind, true)).collect();
        let got = evaluate(&of(component, Some(1)), &tasks, &Records::default());
        assert_eq!((got.components[0].score, got.components[0].missed), (Some(0), true), "{component:?}");
    }
}

#[test]
fn each_component_counts_its_records() {
    let attempt = |number, score| AttemptFact { attempt: id(number), task: id(1), score, most: 3000 };
    let records = Records {
        progress: vec![done(1, false, 200_000), done(2, true, 900_000)],
        attempts: vec![attempt(1, 1000), attempt(2, 2000)],
        reviews: vec![ReviewFact { review: id(1), task: id(1), points: 2200, most: 3000 }],
        posts: vec![PostFact { post: id(1), task: id(1) }],
        waiting: Vec::new(),
    };
    for (component, kind, expected) in [
        (ComponentKind::Watch, TaskKind::Watch, 8333),
        (ComponentKind::Tests, TaskKind::Test, 3333),
        (ComponentKind::Assignments, TaskKind::Assignment, 3666),
        (ComponentKind::Reflections, TaskKind::Reflect, 3666),
        (ComponentKind::Discussion, TaskKind::Discuss, 2500),
        (ComponentKind::Tasks, TaskKind::Read, 9000),
    ] {
        let tasks = [fact(1, kind, true), fact(2, kind, true)];
        let got = evaluate(&of(component, None), &tasks, &records);
        assert_eq!((got.components[0].score, got.total), (Some(expected), expected), "{component:?}");
        assert_eq!(got.evidence.len(), 2);
    }
}

/// Each of these is exactly at its mark, and was below it when tasks were rounded before they were added up.
#[test]
fn what_is_exactly_at_a_mark_reaches_it() {
    let attempts = |all: &[(u32, u32)]| -> Vec<AttemptFact> {
        let one =
            |(&(score, most), number)| AttemptFact { attempt: id(number), task: id(number), score, most };
        all.iter().zip(1..).map(one).collect()
    };
    let tests =
        |number: u128| -> Vec<TaskFact> { (1..=number).map(|n| fact(n, TaskKind::Test, true)).collect() };
    for (all, score) in [
        (&[(10, 30), (20, 30), (24, 30)][..], 6000),
        (&[(2, 3), (8, 15)], 6000),
        (&[(1, 3), (1, 3), (1, 3), (1, 1), (1, 1)], 6000),
        (&[(10, 30), (20, 30), (23, 30)], 5888),
    ] {
        let records = Records { attempts: attempts(all), ..Records::default() };
        let got = evaluate(&of(ComponentKind::Tests, Some(60)), &tests(all.len() as u128), &records);
        assert_eq!((got.components[0].score, got.total), (Some(score), score), "{all:?}");
        assert_eq!((got.components[0].missed, got.passed()), (score < 6000, score >= 6000), "{all:?}");
    }
    // Three fifths to the millisecond, of a length whose three fifths are no whole seconds.
    let watch = TaskFact { length_ms: 301_000, ..fact(1, TaskKind::Watch, true) };
    let records = Records { progress: vec![done(1, false, 180_600)], ..Records::default() };
    let got = evaluate(&of(ComponentKind::Watch, Some(60)), &[watch], &records);
    assert_eq!((got.components[0].score, got.components[0].missed), (Some(6000), false));
    // Two components of 1/3 and 2/3, of the same weight, are a half.
    let part = |kind| Component { kind, weight: 50, minimum: None };
    let components = vec![part(ComponentKind::Tests), part(ComponentKind::Assignments)];
    let scheme = Scheme { components, pass_from: 50, ..Scheme::default() };
    let tasks = [fact(1, TaskKind::Test, true), fact(2, TaskKind::Assignment, true)];
    let reviews = vec![ReviewFact { review: id(1), task: id(2), points: 2000, most: 3000 }];
    let got =
        evaluate(&scheme, &tasks, &Records { attempts: attempts(&[(1, 3)]), reviews, ..Records::default() });
    assert_eq!((got.total, got.grade), (5000, Grade::Pass));
}

#[test]
fn what_is_not_due_counts_only_when_done() {
    let tasks = [fact(1, TaskKind::Test, false), fact(2, TaskKind::Test, false)];
    let scheme = of(ComponentKind::Tests, Some(60));
    let nothing = evaluate(&scheme, &tasks, &Records::default());
    assert_eq!((nothing.components[0].score, nothing.components[0].missed), (None, false));
    let attempts = vec![AttemptFact { attempt: id(1), task: id(2), score: 900, most: 1000 }];
    let one = evaluate(&scheme, &tasks, &Records { attempts, ..Records::default() });
    assert_eq!((one.components[0].score, one.grade), (Some(9000), Grade::Excellent));
}

#[test]
fn component_without_tasks_gives_its_weight_to_the_others() {
    let part = |kind, weight, minimum| Component { kind, weight, minimum };
    let components =
        vec![part(ComponentKind::Tests, 40, None), part(ComponentKind::Assignments, 60, Some(90))];
    let scheme = Scheme { components, ..Scheme::default() };
    let attempts = vec![AttemptFact { attempt: id(1), task: id(1), score: 850, most: 1000 }];
    let got =
        evaluate(&scheme, &[fact(1, TaskKind::Test, true)], &Records { attempts, ..Records::default() });
    assert_eq!((got.total, got.grade), (8500, Grade::Good));
}

prop_compose! {
    fn any_records()(
        progress in prop::collection::btree_map(0..12_u128, (any::<bool>(), any::<bool>(), 0..400_000_u32), 0..12),
        attempts in prop::collection::vec((0..12_u128, 0..=1000_u32), 0..20),
        reviews in prop::collection::btree_map(0..12_u128, 0..=3000_u32, 0..12),
        posts in prop::collection::vec(0..12_u128, 0..20),
    ) -> Records {
        Records {
            progress: progress.into_iter().map(|(task, (finished, late, ms))| ProgressFact {
                done_at: finished.then(|| Timestamp::from_micros(9)), ..done(task, late, ms)
            }).collect(),
            attempts: attempts.into_iter().enumerate().map(|(at, (task, score))| AttemptFact {
                attempt: id(at as u128), task: id(task), score, most: 1000,
            }).collect(),
            reviews: reviews.into_iter().map(|(task, points)| ReviewFact {
                review: id(task), task: id(task), points, most: 3000,
            }).collect(),
            posts: posts.into_iter().enumerate().map(|(at, task)| PostFact { post: id(at as u128), task: id(task) }).collect(),
            waiting: vec![id(3)],
        }
    }
}

fn all_tasks() -> Vec<TaskFact> {
    (0..12_u16)
        .map(|n| TaskFact {
            week: n / 4,
            position: i64::from(n % 4),
            due: n != 11,
            ..fact(n.into(), TaskKind::ALL[usize::from(n) % TaskKind::ALL.len()], true)
        })
        .collect()
}

proptest! {
    #[test]
    fn order_of_records_never_changes_a_byte(records in any_records(), seed in any::<u64>()) {
        let turned = |len: usize| usize::try_from(seed).unwrap_or(1) % len.max(1);
        let mut other = records.clone();
        let mut tasks = all_tasks();
        tasks.rotate_left(turned(12));
        rotate(&mut other.progress, turned(records.progress.len()));
        rotate(&mut other.attempts, turned(records.attempts.len()));
        rotate(&mut other.reviews, turned(records.reviews.len()));
        rotate(&mut other.posts, turned(records.posts.len()));
        let scheme = Scheme::default();
        let hash = |tasks: &[TaskFact], records: &Records| {
            result_hash(id(1), id(2), &scheme, &evaluate(&scheme, tasks, records))
        };
        prop_assert_eq!(hash(&all_tasks(), &records), hash(&tasks, &other));
    }

    #[test]
    fn missed_gate_never_passes(records in any_records(), gates in prop::collection::vec(prop::option::of(0..=100_u16), 6)) {
        let mut scheme = Scheme { pass_from: 0, good_from: 0, excellent_from: 0, ..Scheme::default() };
        for (component, gate) in scheme.components.iter_mut().zip(gates) {
            component.minimum = gate;
        }
        let got = evaluate(&scheme, &all_tasks(), &records);
        let missed = got.components.iter().any(|c| match (c.score, c.minimum) {
            (Some(score), Some(gate)) => score < u32::from(gate) * 100,
            _ => false,
        });
        prop_assert_eq!(got.passed(), !missed);
        prop_assert!(got.total <= 10_000 && got.evidence.iter().all(|e| e.score <= 10_000));
    }

    /// Each task's rounded score is less than a hundredth of a percent below its exact one, and so is their mean.
    #[test]
    fn total_follows_from_the_evidence(records in any_records()) {
        let got = evaluate(&Scheme::default(), &all_tasks(), &records);
        for component in got.components.iter().filter(|c| c.kind != ComponentKind::Watch) {
            let own: Vec<u64> = got.evidence.iter().filter(|e| e.component == component.kind).map(|e| e.score.into()).collect();
            let mean = (!own.is_empty()).then(|| u32::try_from(own.iter().sum::<u64>() / own.len() as u64).expect("small"));
            prop_assert!(component.score == mean || component.score == mean.map(|mean| mean + 1), "{mean:?} {component:?}");
        }
    }

    /// Against the same in whole numbers over one denominator.
    #[test]
    fn a_gate_is_reached_by_what_is_exactly_enough(
        earned in prop::collection::vec((0..=60_u32, 1..=60_u32), 1..8), gate in 1..=100_u16,
    ) {
        let attempts: Vec<AttemptFact> = earned.iter().zip(1..).map(|(&(score, most), number)| AttemptFact {
            attempt: id(number), task: id(number), score: score.min(most), most,
        }).collect();
        let tasks: Vec<TaskFact> = (1..=earned.len() as u128).map(|number| fact(number, TaskKind::Test, true)).collect();
        let got = evaluate(&of(ComponentKind::Tests, Some(gate)), &tasks, &Records { attempts, ..Records::default() });
        let product: u128 = earned.iter().map(|&(_, most)| u128::from(most)).product();
        let sum: u128 = earned.iter().map(|&(score, most)| u128::from(score.min(most)) * product / u128::from(most)).sum();
        let is_reached = sum * 100 >= u128::from(gate) * product * earned.len() as u128;
        prop_assert_eq!(got.components[0].missed, !is_reached);
    }
}

fn rotate<T>(list: &mut [T], by: usize) {
    if !list.is_empty() {
        list.rotate_left(by);
    }
}

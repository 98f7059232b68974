//! How a training is evaluated: components with weights and gates, the marks of each grade, what passing earns.

use serde::{Deserialize, Serialize};

use storage::words;

words! {
    /// What a component counts.
    pub enum ComponentKind {
        /// The share of the micro-videos' minutes that was really watched.
        Watch = "watch",
        /// The best attempt at each test.
        Tests = "tests",
        /// Reviewed submissions.
        Assignments = "assignments",
        /// Reviewed reflections.
        Reflections = "reflections",
        /// Posts in the discussions that tasks ask for.
        Discussion = "discussion",
        /// Tasks done, on time or late.
        Tasks = "tasks",
    }
}

words! {
    /// The outcome in a word.
    pub enum Grade {
        Fail = "fail",
        Pass = "pass",
        Good = "good",
        Excellent = "excellent",
    }
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    pub kind: ComponentKind,
    /// In percent; all weights add up to 100.
    pub weight: u16,
    /// The gate: below this many percent of the component nobody passes.
    pub minimum: Option<u16>,
}

/// A training's scheme. All marks are percents from 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    pub components: Vec<Component>,
    pub pass_from: u16,
    pub good_from: u16,
    pub excellent_from: u16,
    /// Tenths of a credit that passing earns.
    pub credits_tenths: u16,
    /// Class hours that passing earns.
    pub hours: u16,
    /// What a task done late is worth.
    pub late_percent: u16,
    /// How many posts in a discussion are worth all of it.
    pub posts_wanted: u16,
}

/// What keeps a scheme from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeGap {
    /// The weights add up to something else.
    Weights(u32),
    KindTwice,
    /// Pass, good and excellent do not rise.
    Marks,
}

impl Scheme {
    pub fn gap(&self) -> Option<SchemeGap> {
        let mut kinds: Vec<ComponentKind> = self.components.iter().map(|component| component.kind).collect();
        kinds.sort_unstable();
        if kinds.windows(2).any(|pair| pair[0] == pair[1]) {
            return Some(SchemeGap::KindTwice);
        }
        let weights = self.components.iter().map(|component| u32::from(component.weight)).sum();
        if weights != 100 {
            return Some(SchemeGap::Weights(weights));
        }
        let rising = self.pass_from <= self.good_from && self.good_from <= self.excellent_from;
        (!rising).then_some(SchemeGap::Marks)
    }

    /// What a test should come to, in percent: whoever is below it fails by the gate of the tests, or would by all of it.
    pub fn wanted_of_tests(&self) -> u16 {
        let gate = self.components.iter().find(|c| c.kind == ComponentKind::Tests).and_then(|c| c.minimum);
        gate.unwrap_or(0).max(self.pass_from)
    }

    /// The grade of a total in hundredths of a percent.
    pub fn grade(&self, total: u32) -> Grade {
        let reaches = |mark: u16| total >= u32::from(mark) * 100;
        if reaches(self.excellent_from) && reaches(self.pass_from) {
            Grade::Excellent
        } else if reaches(self.good_from) && reaches(self.pass_from) {
            Grade::Good
        } else if reaches(self.pass_from) {
            Grade::Pass
        } else {
            Grade::Fail
        }
    }
}

impl Default for Scheme {
    fn default() -> Self {
        let component = |kind, weight, minimum| Component { kind, weight, minimum };
        Self {
            components: vec![
                component(ComponentKind::Watch, 10, Some(60)),
                component(ComponentKind::Tasks, 20, Some(70)),
                component(ComponentKind::Tests, 15, Some(60)),
                component(ComponentKind::Assignments, 25, Some(60)),
                component(ComponentKind::Reflections, 15, Some(50)),
                component(ComponentKind::Discussion, 15, None),
            ],
            pass_from: 60,
            good_from: 80,
            excellent_from: 90,
            credits_tenths: 320,
            hours: 32,
            late_percent: 80,
            posts_wanted: 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_must_add_up() {
        let sound = Scheme::default();
        assert_eq!(sound.gap(), None);
        let heavy = Scheme {
            components: vec![Component { kind: ComponentKind::Tests, weight: 99, minimum: None }],
            ..sound.clone()
        };
        assert_eq!(heavy.gap(), Some(SchemeGap::Weights(99)));
        let twice =
            Scheme { components: [&sound.components[..], &sound.components[..1]].concat(), ..sound.clone() };
        assert_eq!(twice.gap(), Some(SchemeGap::KindTwice));
        assert_eq!(Scheme { good_from: 95, ..sound.clone() }.gap(), Some(SchemeGap::Marks));
    }

    #[test]
    fn grades_begin_at_their_marks() {
        let scheme = Scheme::default();
        for (total, grade) in [
            (0, Grade::Fail),
            (5999, Grade::Fail),
            (6000, Grade::Pass),
            (7999, Grade::Pass),
            (8000, Grade::Good),
            (8999, Grade::Good),
            (9000, Grade::Excellent),
            (10_000, Grade::Excellent),
        ] {
            assert_eq!(scheme.grade(total), grade, "{total}");
        }
    }
}

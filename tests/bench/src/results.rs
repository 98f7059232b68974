//! What was measured, by what it is of; every figure once for each round.

use std::collections::BTreeMap;

use crate::burst::Figures;
use crate::limits::Limit;
use crate::metrics::Asked;
use crate::places::{Kind, Size};
use crate::scenarios::Scenario;
use crate::stats;

/// Whose requests: a program's, by its place in the list, or those of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Scenario { scenario: Scenario, program: usize, size: Size },
    Limit(Limit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub what: What,
    pub kind: Kind,
    pub clients: usize,
}

/// What is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    StartEmpty,
    StartFilled,
    IdleResident,
    IdleOwn,
    LoadedResident,
    Socket,
    FirstVisit,
    FirstKilobytes,
    FirstRequests,
    VisitKilobytes,
    VisitRequests,
}

pub const FACTS: [Fact; 11] = [
    Fact::StartEmpty,
    Fact::StartFilled,
    Fact::IdleResident,
    Fact::IdleOwn,
    Fact::LoadedResident,
    Fact::Socket,
    Fact::FirstVisit,
    Fact::FirstKilobytes,
    Fact::FirstRequests,
    Fact::VisitKilobytes,
    Fact::VisitRequests,
];

impl Fact {
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartEmpty => "start to ready, empty database, ms",
            Self::StartFilled => "start to ready, filled database, ms",
            Self::IdleResident => "idle memory, resident, MB",
            Self::IdleOwn => "idle memory, the process's own, MB",
            Self::LoadedResident => "memory after all scenarios, resident, MB",
            Self::Socket => "memory of an open socket, KiB",
            Self::FirstVisit => "first visit of *This week*, s",
            Self::FirstKilobytes => "script and style that its page names, brotli, kB",
            Self::FirstRequests => "script and style that its page names, requests",
            Self::VisitKilobytes => "all that came until its tasks were read, kB",
            Self::VisitRequests => "all that came until its tasks were read, requests",
        }
    }

    pub const fn target(self) -> Option<f64> {
        match self {
            Self::StartEmpty | Self::StartFilled => Some(1000.0),
            Self::IdleResident => Some(50.0),
            Self::Socket => Some(10.0),
            Self::FirstVisit => Some(3.0),
            Self::FirstKilobytes => Some(75.0),
            Self::FirstRequests => Some(6.0),
            Self::IdleOwn | Self::LoadedResident | Self::VisitKilobytes | Self::VisitRequests => None,
        }
    }

    pub const fn digits(self) -> usize {
        match self {
            Self::StartEmpty | Self::StartFilled | Self::FirstRequests | Self::VisitRequests => 0,
            _ => 1,
        }
    }
}

#[derive(Default)]
pub struct Results {
    bursts: BTreeMap<Key, Vec<(Figures, Option<Asked>)>>,
    facts: BTreeMap<(Fact, usize, Kind), Vec<f64>>,
}

impl Results {
    pub fn keep(&mut self, key: Key, figures: Figures, asked: Option<Asked>) {
        self.bursts.entry(key).or_default().push((figures, asked));
    }

    pub fn keep_fact(&mut self, fact: Fact, program: usize, kind: Kind, value: f64) {
        self.facts.entry((fact, program, kind)).or_default().push(value);
    }

    /// The median of the rounds, of each figure by itself.
    pub fn figures(&self, key: Key) -> Option<Figures> {
        let rounds = self.bursts.get(&key)?;
        let median = |of: fn(&Figures) -> f64| stats::median(rounds.iter().map(|(figures, _)| of(figures)));
        Some(Figures { cpu: median(|f| f.cpu)?, p50: median(|f| f.p50)?, p99: median(|f| f.p99)? })
    }

    pub fn asked(&self, key: Key) -> Option<Asked> {
        let rounds = || self.bursts.get(&key).into_iter().flatten().filter_map(|(_, asked)| *asked);
        Some(Asked {
            statements: stats::median(rounds().map(|asked| asked.statements))?,
            round_trips: stats::median(rounds().filter_map(|asked| asked.round_trips)),
        })
    }

    pub fn fact(&self, fact: Fact, program: usize, kind: Kind) -> Option<f64> {
        stats::median(self.facts.get(&(fact, program, kind))?.iter().copied())
    }
}

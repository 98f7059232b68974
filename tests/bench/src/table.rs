//! The Markdown of a run.

use crate::limits::{self, Limit};
use crate::places::{KINDS, Kind, Size};
use crate::plan::CLIENTS;
use crate::programs::Program;
use crate::results::{FACTS, Key, Results, What};
use crate::scenarios::{self, Scenario};

/// How many times its bare Argon2id a sign-in should take at most.
const SIGN_IN_TARGET: f64 = 1.1;
/// How far the processor time may move with ten times the learners.
const GROWTH: f64 = 0.2;

const REQUESTS: [&str; 11] = [
    "database",
    "what",
    "clients",
    "program",
    "CPU ms",
    "target",
    "p50 ms",
    "p99 ms",
    "statements",
    "round trips",
    "10 × learners",
];

/// Both tables: that of the requests with their limits, and that of everything else.
pub fn written(programs: &[Program], results: &Results) -> String {
    let requests = KINDS.into_iter().flat_map(|kind| {
        let of_programs = scenarios_of(programs, results, kind);
        of_programs.into_iter().chain(limits_of(results, kind)).collect::<Vec<_>>()
    });
    let facts = FACTS.into_iter().flat_map(|fact| {
        programs.iter().enumerate().map(move |(nth, program)| {
            let told = |kind| number(results.fact(fact, nth, kind), fact.digits());
            let target = fact.target().map_or_else(String::new, |target| format!("≤ {target}"));
            let [sqlite, postgres] = KINDS.map(told);
            vec![fact.name().to_owned(), program.label.clone(), sqlite, postgres, target]
        })
    });
    let heads = ["what", "program", "SQLite", "PostgreSQL", "target"];
    format!("{}\n{}", table(&REQUESTS, requests), table(&heads, facts))
}

fn scenarios_of(programs: &[Program], results: &Results, kind: Kind) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for clients in CLIENTS {
        for scenario in scenarios::ALL {
            for (program, Program { label, .. }) in programs.iter().enumerate() {
                let key = |size| Key { what: What::Scenario { scenario, program, size }, kind, clients };
                let (usual, more) = (results.figures(key(Size::Usual)), results.figures(key(Size::TenTimes)));
                let asked = results.asked(key(Size::Usual));
                let cpu = usual.map(|figures| figures.cpu);
                let argon2 = Key { what: What::Limit(Limit::Argon2), kind: Limit::Argon2.kind(), clients };
                let argon2 = results.figures(argon2).map(|figures| figures.cpu);
                let growth = usual.zip(more).map(|(usual, more)| more.cpu / usual.cpu);
                rows.push(vec![
                    kind.name().to_owned(),
                    scenario.name().to_owned(),
                    clients.to_string(),
                    label.clone(),
                    number(cpu, 3),
                    target(scenario, kind, cpu, argon2),
                    number(usual.map(|figures| figures.p50), 2),
                    number(usual.map(|figures| figures.p99), 2),
                    number(asked.map(|asked| asked.statements), 1),
                    number(asked.and_then(|asked| asked.round_trips), 1),
                    growth.map_or_else(dash, |growth| {
                        met(format!("{growth:.2}"), (growth - 1.0).abs() <= GROWTH)
                    }),
                ]);
            }
        }
    }
    rows
}

fn limits_of(results: &Results, kind: Kind) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for clients in CLIENTS {
        for limit in limits::ALL.into_iter().filter(|limit| limit.kind() == kind) {
            let figures = results.figures(Key { what: What::Limit(limit), kind, clients });
            rows.push(vec![
                kind.name().to_owned(),
                limit.name().to_owned(),
                clients.to_string(),
                "limit".to_owned(),
                number(figures.map(|figures| figures.cpu), 3),
                String::new(),
                number(figures.map(|figures| figures.p50), 2),
                number(figures.map(|figures| figures.p99), 2),
                String::new(),
                String::new(),
                String::new(),
            ]);
        }
    }
    rows
}

/// The target, and whether it is met.
fn target(scenario: Scenario, kind: Kind, cpu: Option<f64>, argon2: Option<f64>) -> String {
    let Some(cpu) = cpu else { return dash() };
    if let Some(target) = scenario.target(kind) {
        return met(format!("≤ {target:.2}"), cpu <= target);
    }
    let Some(argon2) = argon2 else { return dash() };
    let times = cpu / argon2;
    met(format!("{times:.2} × Argon2id, ≤ {SIGN_IN_TARGET}"), times <= SIGN_IN_TARGET)
}

fn met(figure: String, is_met: bool) -> String {
    if is_met { figure } else { format!("{figure}, **missed**") }
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(dash, |value| format!("{value:.digits$}"))
}

/// For what could not be measured: a program that does not count, or has no such thing.
fn dash() -> String {
    "-".to_owned()
}

fn table(heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let under = format!("|{}\n", "---|".repeat(heads.len()));
    line(&heads) + &under + &rows.map(|row| line(&row)).collect::<String>()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::burst::Figures;
    use crate::metrics::Asked;
    use crate::results::Fact;

    fn figures(cpu: f64) -> Figures {
        Figures { cpu, p50: 2.0 * cpu, p99: 10.0 * cpu }
    }

    fn results() -> (Vec<Program>, Results) {
        let programs =
            ["before", "after"].map(|label| Program { label: label.to_owned(), path: PathBuf::new() });
        let mut results = Results::default();
        let mut keep = |scenario, program, kind, size, cpu: &[f64], asked| {
            let key = Key { what: What::Scenario { scenario, program, size }, kind, clients: 1 };
            for cpu in cpu {
                results.keep(key, figures(*cpu), asked);
            }
        };
        let asked = Some(Asked { statements: 5.0, round_trips: Some(7.0) });
        keep(Scenario::ThisWeek, 0, Kind::Postgres, Size::Usual, &[0.9, 5.0, 0.1], None);
        keep(Scenario::ThisWeek, 1, Kind::Postgres, Size::Usual, &[0.5, 0.5, 0.4], asked);
        keep(Scenario::ThisWeek, 1, Kind::Postgres, Size::TenTimes, &[0.65], None);
        keep(Scenario::SignIn, 1, Kind::Sqlite, Size::Usual, &[33.0], None);
        let argon2 = Key { what: What::Limit(Limit::Argon2), kind: Kind::Sqlite, clients: 1 };
        results.keep(argon2, figures(20.0), None);
        results.keep_fact(Fact::Socket, 1, Kind::Sqlite, 7.84);
        (programs.into(), results)
    }

    #[test]
    fn rows_hold_medians_targets_and_growth() {
        let (programs, results) = results();
        let written = written(&programs, &results);
        for line in [
            "| PostgreSQL | this week | 1 | before | 0.900 | ≤ 0.80, **missed** | 1.80 | 9.00 | - | - | - |",
            "| PostgreSQL | this week | 1 | after | 0.500 | ≤ 0.80 | 1.00 | 5.00 | 5.0 | 7.0 | 1.30, **missed** |",
            "| PostgreSQL | this week | 16 | after | - | - | - | - | - | - | - |",
            "| SQLite | sign-in | 1 | after | 33.000 | 1.65 × Argon2id, ≤ 1.1, **missed** | 66.00 | 330.00 | - | - | - |",
            "| SQLite | Argon2id of a sign-in | 1 | limit | 20.000 |  | 40.00 | 200.00 |  |  |  |",
            "| memory of an open socket, KiB | after | 7.8 | - | ≤ 10 |",
        ] {
            assert!(written.lines().any(|written| written == line), "{line}\n{written}");
        }
    }

    #[test]
    fn every_row_has_as_many_cells_as_its_table() {
        let (programs, results) = results();
        let written = written(&programs, &results);
        for table in written.split("\n\n") {
            let cells: Vec<usize> = table.lines().map(|line| line.matches('|').count()).collect();
            assert!(cells.len() > 2 && cells.iter().all(|count| *count == cells[0]), "{table}");
        }
    }
}

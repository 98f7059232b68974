//! What the server counted of itself: how often it asked its database.

use crate::places::Kind;

const STATEMENTS: &str = "database_statements_total";
const TRANSACTIONS: &str = "database_transactions_total";

/// Statements and transactions so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    statements: f64,
    transactions: f64,
}

/// For each of what was done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    pub statements: f64,
    /// To a server of PostgreSQL and back: each statement is one, and so are the beginning and the end of a transaction.
    pub round_trips: Option<f64>,
}

impl Counted {
    /// None of a program that does not count.
    pub fn read(metrics: &str) -> Option<Self> {
        Some(Self { statements: sum(metrics, STATEMENTS)?, transactions: sum(metrics, TRANSACTIONS)? })
    }

    pub fn since(self, before: Self, times: usize, kind: Kind) -> Asked {
        let each = |after: f64, before: f64| (after - before) / times as f64;
        let statements = each(self.statements, before.statements);
        let transactions = each(self.transactions, before.transactions);
        Asked { statements, round_trips: (kind == Kind::Postgres).then_some(statements + 2.0 * transactions) }
    }
}

/// All that stand under a name, whatever their labels.
fn sum(metrics: &str, name: &str) -> Option<f64> {
    let values = metrics.lines().filter_map(|line| {
        let rest = line.strip_prefix(name)?;
        (rest.starts_with('{') || rest.starts_with(' '))
            .then(|| rest.rsplit(' ').next()?.parse::<f64>().ok())?
    });
    values.reduce(|a, b| a + b)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "# TYPE database_statements_total counter\n\
        database_statements_total{kind=\"read\"} 10\ndatabase_statements_total{kind=\"write\"} 5\n\
        # TYPE database_transactions_total counter\ndatabase_transactions_total 2\n\
        database_transactions_total_more 100\n";
    const AFTER: &str = "database_statements_total{kind=\"read\"} 70\ndatabase_statements_total{kind=\"write\"} 45\n\
        database_transactions_total 22\n";

    #[test]
    fn counts_are_told_for_each() {
        let [before, after] = [BEFORE, AFTER].map(|text| Counted::read(text).expect("counts"));
        let asked = after.since(before, 20, Kind::Postgres);
        assert_eq!(asked, Asked { statements: 5.0, round_trips: Some(7.0) });
        assert_eq!(after.since(before, 20, Kind::Sqlite).round_trips, None);
    }

    #[test]
    fn a_program_that_does_not_count_says_nothing() {
        assert_eq!(Counted::read("# TYPE http_requests_total counter\nhttp_requests_total 7\n"), None);
        assert_eq!(Counted::read("database_statements_total 7\n"), None);
    }
}

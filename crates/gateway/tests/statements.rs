//! Every statement of the `store/` folders is understood by both databases, whether or not a test happens to run it.

#[path = "../../xtask/src/literals.rs"]
mod literals;
#[path = "../../xtask/src/statement_texts.rs"]
mod statement_texts;

use std::path::Path;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqlSafeStr as _};
use statement_texts::{Statement, statements_of};
use testkit::{TestDb, Which};

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let mut conn = sqlx::SqliteConnection::connect(&database.address).await.expect("the file opens");
    let mut refused = Vec::new();
    // A lock on a row is written for PostgreSQL alone: SQLite has one writer.
    let locks = |statement: &Statement| {
        [" for share", " for no key update"].iter().any(|lock| statement.text.ends_with(lock))
    };
    for statement in collected().into_iter().filter(|statement| !locks(statement)) {
        if let Err(error) = conn.prepare(AssertSqlSafe(runnable(&statement.text)).into_sql_str()).await {
            refused.push(format!("{}: {error}\n  {}", statement.place, statement.text));
        }
    }
    assert!(refused.is_empty(), "SQLite refuses {}:\n{}", refused.len(), refused.join("\n"));
}

#[tokio::test]
async fn every_statement_prepares_on_postgres() {
    let database = TestDb::fresh(Which::Postgres).await;
    let mut conn = sqlx::PgConnection::connect(&database.address).await.expect("the database opens");
    let mut refused = Vec::new();
    for statement in collected() {
        if let Err(error) = conn.prepare(AssertSqlSafe(runnable(&statement.text)).into_sql_str()).await {
            refused.push(format!("{}: {error}\n  {}", statement.place, statement.text));
        }
    }
    assert!(refused.is_empty(), "PostgreSQL refuses {}:\n{}", refused.len(), refused.join("\n"));
}

/// What is deleted in small bites is found along an index, however large its table has grown.
#[tokio::test]
async fn chores_scan_no_table() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let mut conn = sqlx::SqliteConnection::connect(&database.address).await.expect("the file opens");
    let chores: Vec<Statement> = collected_in(&["/src/store", "/storage/src/"])
        .into_iter()
        .filter(|statement| statement.text.starts_with("delete from") && statement.text.contains(" limit $"))
        .collect();
    assert!(chores.len() >= 10, "only {} chores were found", chores.len());
    let mut scans = Vec::new();
    for chore in chores {
        let text = AssertSqlSafe(format!("explain query plan {}", chore.text)).into_sql_str();
        for row in conn.fetch_all(text).await.expect("SQLite explains it") {
            let step: String = row.get("detail");
            // Along a whole index is no better than along the table.
            if step.starts_with("SCAN") {
                scans.push(format!("{}: {step}\n  {}", chore.place, chore.text));
            }
        }
    }
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

fn collected() -> Vec<Statement> {
    collected_in(&["/src/store"])
}

fn collected_in(places: &[&str]) -> Vec<Statement> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates");
    let mut sources = Vec::new();
    read(crates, &mut sources);
    let files = sources.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let found = statements_of(files.filter(|(path, _)| places.iter().any(|place| path.contains(place))));
    assert!(found.len() > 200, "only {} statements were found", found.len());
    found
}

fn read(folder: &Path, sources: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = entry.path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// The statement as it is sent: names are numbers, and a list that is filled at run time has one value here.
fn runnable(text: &str) -> String {
    let (text, _) = storage::numbered(text);
    let marks = text.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    });
    text.replace("$list", &format!("${}", marks.max().unwrap_or(0) + 1))
}

//! Every statement of the `store/` folders is understood by both databases, whether or not a test happens to run it.

#[path = "../../../xtask/src/literals.rs"]
mod literals;
#[path = "../../../xtask/src/statement_texts.rs"]
mod statement_texts;

use std::path::Path;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqlSafeStr as _};
use statement_texts::{Statement, statements_of};
use testkit::{TestDb, Which};

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let conn = file_of(&database);
    let mut refused = Vec::new();
    for statement in collected().into_iter().filter(|statement| !is_for_postgres(&statement.text)) {
        if let Err(error) = conn.prepare(&runnable(&statement.text)) {
            refused.push(format!("{}: {error}\n  {}", statement.place, statement.text));
        }
    }
    assert!(refused.is_empty(), "SQLite refuses {}:\n{}", refused.len(), refused.join("\n"));
}

/// A lock is written for PostgreSQL alone: SQLite has one writer. And so is one statement that writes two tables.
fn is_for_postgres(text: &str) -> bool {
    [" for share", " for no key update"].iter().any(|lock| text.ends_with(lock))
        || [
            "pg_advisory_xact_lock(",
            "pg_advisory_xact_lock_shared(",
            " skip locked)",
            " for share of ",
            " for share) ",
            " as (insert into ",
        ]
        .iter()
        .any(|part| text.contains(part))
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
    let conn = file_of(&database);
    let chores: Vec<Statement> = collected_in(&["/src/store", "/storage/src/"])
        .into_iter()
        .filter(|statement| statement.text.starts_with("delete from") && statement.text.contains(" limit $"))
        .collect();
    assert!(chores.len() >= 10, "only {} chores were found", chores.len());
    let mut scans = Vec::new();
    for chore in chores {
        for step in plan(&conn, &chore.text) {
            // Along a whole index is no better than along the table.
            if step.starts_with("SCAN") {
                scans.push(format!("{}: {step}\n  {}", chore.place, chore.text));
            }
        }
    }
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

/// What a learner does in an evening costs the same however many others learn: every row is found by its key, and no view is made whole.
#[tokio::test]
async fn a_learners_evening_scans_no_table() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let conn = file_of(&database);
    let board = ["weeks.rs", "open_tasks.rs", "progress.rs", "reflections.rs", "watching.rs"];
    let board = board.map(|file| format!("task-board/src/store/{file}"));
    let tests = ["attempts.rs", "submissions.rs"].map(|file| format!("assessment/src/store/{file}"));
    let files: Vec<String> = board.into_iter().chain(tests).collect();
    let evening: Vec<Statement> = collected()
        .into_iter()
        .filter(|statement| files.iter().any(|file| statement.place.contains(file)))
        .filter(|statement| !is_for_postgres(&statement.text))
        .collect();
    assert!(evening.len() >= 20, "only {} statements were found", evening.len());
    let mut scans = Vec::new();
    for statement in evening {
        for step in plan(&conn, &statement.text) {
            if ["SCAN", "MATERIALIZE", "CO-ROUTINE"].iter().any(|whole| step.starts_with(whole))
                || step.contains("AUTOMATIC")
            {
                scans.push(format!("{}: {step}\n  {}", statement.place, statement.text));
            }
        }
    }
    assert!(scans.is_empty(), "{}", scans.join("\n"));
}

/// What lies below or above a unit is read through the two views that walk along the index of paths; a pattern would be held against the
/// path of every unit.
#[test]
fn no_statement_holds_a_pattern_against_paths() {
    let patterns = collected().into_iter().filter(|statement| statement.text.contains("path || '%'"));
    let patterns: Vec<String> = patterns.map(|statement| statement.place).collect();
    assert!(patterns.is_empty(), "{}", patterns.join("\n"));
}

#[tokio::test]
async fn below_and_above_a_unit_is_found_along_an_index_on_sqlite() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let conn = file_of(&database);
    for text in many_people("unhex(printf('%032x', i))", "printf('%032x', i)", "0") {
        conn.execute_batch(&text).expect("rows are stored");
    }
    let mut walks = Vec::new();
    for statement in along_the_tree() {
        let steps = plan(&conn, &runnable(&statement.text));
        let is_walk =
            |step: &String| ["SCAN lower_unit", "SCAN upper_unit"].iter().any(|scan| step.starts_with(scan));
        let is_along = |step: &String| statement.index.is_none_or(|index| step.contains(index));
        if steps.iter().any(is_walk) || !steps.iter().any(is_along) {
            walks.push(format!("{}: {}", statement.place, steps.join("\n  ")));
        }
    }
    assert!(walks.is_empty(), "{}", walks.join("\n"));
}

#[tokio::test]
async fn below_and_above_a_unit_is_found_along_an_index_on_postgres() {
    let database = TestDb::fresh(Which::Postgres).await;
    let mut conn = sqlx::PgConnection::connect(&database.address).await.expect("the database opens");
    let digits = "lpad(to_hex(i), 32, '0')";
    for text in many_people(&format!("cast({digits} as uuid)"), digits, "now()") {
        conn.execute(AssertSqlSafe(text)).await.expect("rows are stored");
    }
    conn.execute("set plan_cache_mode = force_generic_plan").await.expect("a setting");
    let mut walks = Vec::new();
    for (number, statement) in along_the_tree().into_iter().enumerate() {
        let text = runnable(&statement.text);
        let nulls = vec!["null"; highest_mark(&text)].join(", ");
        let prepare = AssertSqlSafe(format!("prepare s{number} as {text}"));
        conn.execute(prepare).await.expect("PostgreSQL prepares it");
        let explain = AssertSqlSafe(format!("explain (costs off) execute s{number}({nulls})"));
        let rows = conn.fetch_all(sqlx::raw_sql(explain)).await.expect("PostgreSQL explains it");
        let steps: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        // An index that is read without a condition is read from end to end.
        let is_walk = |pair: &[String]| {
            let [step, next] = pair else { return false };
            let is_of_units =
                step.contains("on org_units lower_unit") || step.contains("on org_units upper_unit");
            is_of_units
                && (step.contains("Seq Scan") || step.contains(" using ") && !next.contains("Index Cond"))
        };
        let is_along = |step: &String| statement.index.is_none_or(|index| step.contains(index));
        if steps.windows(2).any(is_walk) || !steps.iter().any(is_along) {
            walks.push(format!("{}:\n  {}", statement.place, steps.join("\n  ")));
        }
    }
    assert!(walks.is_empty(), "{}", walks.join("\n"));
}

/// A statement that reads along the tree of units, and the index by which it finds its rows.
struct AlongTheTree {
    place: String,
    text: String,
    index: Option<&'static str>,
}

fn along_the_tree() -> Vec<AlongTheTree> {
    let reads = |statement: &Statement| {
        ["v_org_unit_below", "v_org_unit_above"].iter().any(|view| statement.text.contains(view))
    };
    let found: Vec<AlongTheTree> = collected()
        .into_iter()
        .filter(reads)
        .map(|Statement { place, text }| {
            let index = match &text {
                text if text.contains("select q.id from people q") => Some("people_org_unit_id_idx"),
                text if text.contains("select q.id from grants q") => Some("grants_scope_id_idx"),
                _ => None,
            };
            AlongTheTree { place, text, index }
        })
        .collect();
    assert!(found.iter().filter(|statement| statement.index.is_some()).count() == 2, "people and grants");
    assert!(found.len() >= 12, "only {} statements were found", found.len());
    found
}

/// A province of 60 counties with 3,000 schools, 10,000 people, and as many heads as schools.
fn many_people(id: &str, digits: &str, now: &str) -> [String; 6] {
    let numbers = |from: u32, to: u32| {
        format!("with recursive n (i) as (select {from} union all select i + 1 from n where i < {to})")
    };
    let county = |of: &str| of.replace("(i)", "(2 + i % 60)").replace(", i)", ", 2 + i % 60)");
    let school = |of: &str| of.replace("(i)", "(62 + i % 3000)").replace(", i)", ", 62 + i % 3000)");
    let one = |of: &str| of.replace("(i)", "(1)").replace(", i)", ", 1)");
    let units = "insert into org_units (id, parent_id, level, name, path, created_at)";
    [
        format!(
            "{} {units} select {id}, null, 'province', '省', '/' || {digits} || '/', {now} from n",
            numbers(1, 1)
        ),
        format!(
            "{} {units} select {id}, {}, 'county', '县' || i, '/' || {} || '/' || {digits} || '/', {now} from n",
            numbers(2, 61),
            one(id),
            one(digits)
        ),
        format!(
            "{} {units} select {id}, {}, 'central_school', '校' || i, \
             '/' || {} || '/' || {} || '/' || {digits} || '/', {now} from n",
            numbers(62, 3061),
            county(id),
            one(digits),
            county(digits)
        ),
        format!(
            "{} insert into people (id, name, account_name, org_unit_id, created_at) \
             select {id}, '人' || i, 'a' || i, {}, {now} from n",
            numbers(10_000, 19_999),
            school(id)
        ),
        format!(
            "{} insert into grants (id, person_id, role, scope_kind, scope_id, given_at) \
             select {id}, {id}, 'school_head', 'org_unit', {}, {now} from n",
            numbers(10_000, 12_999),
            school(id)
        ),
        "analyze".to_owned(),
    ]
}

/// A view of two tables behind `left join` is made whole: everybody's name for one line of a list.
#[tokio::test]
async fn nobody_is_looked_up_among_all() {
    let database = TestDb::fresh(Which::Sqlite).await;
    let conn = file_of(&database);
    let mut made = Vec::new();
    for statement in collected().into_iter().filter(|statement| statement.text.contains("v_person")) {
        for step in plan(&conn, &runnable(&statement.text)) {
            if step.starts_with("MATERIALIZE v_person") {
                made.push(statement.place.clone());
            }
        }
    }
    assert!(made.is_empty(), "{}", made.join("\n"));
}

fn file_of(database: &TestDb) -> rusqlite::Connection {
    let file = database.address.trim_start_matches("sqlite:");
    rusqlite::Connection::open(file).expect("the file opens")
}

/// The steps that SQLite would go.
fn plan(conn: &rusqlite::Connection, text: &str) -> Vec<String> {
    let mut explained = conn.prepare(&format!("explain query plan {text}")).expect("SQLite explains it");
    let mut rows = explained.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().expect("a step") {
        steps.push(row.get("detail").expect("a text"));
    }
    steps
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
    text.replace("$list", &format!("${}", highest_mark(&text) + 1))
}

fn highest_mark(text: &str) -> usize {
    let marks = text.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    marks.max().unwrap_or(0)
}

//! Who gets what: every route of the contract, asked by every kind of caller, about their own things and about others'.

mod bodies;
mod desk;
mod ended;
mod furnish;
mod house;
mod place;
mod searched;
mod table;
mod unkept;
mod words;

use std::collections::BTreeSet;

use house::{House, Whose};
use http::StatusCode;
use place::{Caller, Place};
use serde_json::Value;
use table::{CALLERS, TABLE};
use task_board::model::TaskKind;

/// A route as the contract names it.
type Route = (String, String);

#[tokio::test]
async fn every_route_has_a_row_and_every_row_a_route() {
    let document = document().await;
    let mut routes: BTreeSet<Route> = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            if ["get", "post", "put", "delete", "patch"].contains(&method.as_str()) {
                routes.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    let rows: BTreeSet<Route> =
        TABLE.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(rows.len(), TABLE.len(), "a route has two rows");
    let without_row: Vec<_> = routes.difference(&rows).collect();
    let without_route: Vec<_> = rows.difference(&routes).collect();
    assert!(without_row.is_empty(), "routes without a row: {without_row:#?}");
    assert!(without_route.is_empty(), "rows without a route: {without_route:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_what_the_table_says() {
    let mut house = House::prepare().await;
    let mut wrong = Vec::new();
    for (method, path, expected) in TABLE {
        assert_eq!(expected.len(), CALLERS.len(), "{method} {path}");
        let found = row(&mut house, method, path).await;
        if found != *expected {
            wrong.push(format!("    (\"{method}\", \"{path}\", \"{found}\"), // not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} routes answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_elsewhere_is_as_closed_as_to_a_stranger() {
    let mut house = House::prepare().await;
    let mut wrong = Vec::new();
    for (method, path, expected) in TABLE.iter().filter(|(_, path, _)| Place::is_of_a_place(path)) {
        let stranger = letter_of(expected, Caller::Stranger);
        house.afresh().await;
        for caller in [Caller::Learner, Caller::Assistant, Caller::Expert, Caller::Lead, Caller::Office] {
            let found = letter(house.ask(method, path, caller, Whose::Theirs).await);
            // A door that denies a stranger may open for our office, and then show them nothing of others.
            let is_closed = found == '.' && stranger != '+';
            if found != stranger && !is_closed {
                wrong.push(format!(
                    "{method} {path}: {caller:?} gets {found} elsewhere, a stranger {stranger}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} routes answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

/// A text is not watched, and a song would end no test: what a learner does to a task is for one kind of task alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_to_a_task_is_for_one_kind() {
    /// The task that stands for all is one to read.
    const KINDS: [(&str, TaskKind); 6] = [
        ("task_id", TaskKind::Read),
        ("watch", TaskKind::Watch),
        ("discuss", TaskKind::Discuss),
        ("test", TaskKind::Test),
        ("assignment", TaskKind::Assignment),
        ("reflect", TaskKind::Reflect),
    ];
    assert!(
        TaskKind::ALL.iter().all(|kind| KINDS.iter().any(|(_, known)| known == kind)),
        "a task of each kind"
    );
    let mut house = House::prepare().await;
    let mut wrong = Vec::new();
    for (method, path, expected) in TABLE.iter().filter(|(method, ..)| *method != "GET") {
        let is_for_all = path.ends_with("/start");
        let is_done_to_a_task = path.starts_with("/api/v1/tasks/{task_id}/");
        if is_for_all || !is_done_to_a_task || !welcome(expected).any(|caller| caller == Caller::Learner) {
            continue;
        }
        let mut takes = Vec::new();
        for (name, kind) in KINDS {
            house.afresh().await;
            // A report names what was opened for its task: no other task has it.
            let answer = house.ask_of_kind(method, path, name).await;
            if answer.code() != "task_board.other_kind" && answer.status != StatusCode::NOT_FOUND {
                takes.push(kind);
            }
        }
        if takes.len() != 1 {
            wrong.push(format!("{method} {path} is for {takes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_changes_in_a_training_that_is_over() {
    let mut house = House::prepare().await;
    house.end_the_trainings().await;
    let (mut refused, mut wrong) = (0, Vec::new());
    for (method, path, expected) in TABLE.iter().filter(|(method, ..)| *method != "GET") {
        for caller in welcome(expected) {
            house.afresh().await;
            let answer = house.answer(method, path, caller, Whose::Ours).await;
            let is_refused = answer.status == StatusCode::CONFLICT && answer.code() == "training.closed";
            refused += usize::from(is_refused);
            if is_refused == ended::goes_on(path) {
                wrong.push(format!("{method} {path}: {caller:?} gets {} {}", answer.status, answer.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers are otherwise:\n{}", wrong.len(), wrong.join("\n"));
    assert!(refused > 100, "{refused} requests were refused");
}

#[test]
fn what_goes_on_is_in_the_table() {
    for (route, why) in ended::GOES_ON {
        let is_there = TABLE.iter().any(|(method, path, _)| {
            *method != "GET" && (path == route || (route.ends_with('/') && path.starts_with(route)))
        });
        assert!(is_there && !why.is_empty(), "{route}");
    }
}

/// Whoever is let through.
fn welcome(expected: &str) -> impl Iterator<Item = Caller> {
    CALLERS.into_iter().zip(expected.chars()).filter(|(_, letter)| *letter == '+').map(|(caller, _)| caller)
}

async fn document() -> Value {
    serde_json::from_str(&gateway::areas::document().await.expect("a document")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_demands_a_version_says_so_in_the_contract() {
    let document = document().await;
    let mut house = House::prepare().await;
    let mut wrong = Vec::new();
    for (method, path, expected) in TABLE.iter().filter(|(method, ..)| *method != "GET") {
        let operation = &document["paths"][path][method.to_lowercase()];
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let says = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
        if !expected.contains('+') {
            // What it is about belongs to somebody of no column.
            continue;
        }
        let mut demands = false;
        for caller in welcome(expected) {
            house.afresh().await;
            demands |=
                house.ask_without_version(method, path, caller).await == StatusCode::PRECONDITION_REQUIRED;
            if demands {
                break;
            }
        }
        if demands != says {
            wrong.push(format!("{method} {path}: demands {demands}, says {says}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_sees_is_no_text() {
    let document = document().await;
    let mut house = House::prepare().await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for (method, path, expected) in TABLE.iter().filter(|(method, ..)| ["POST", "PUT"].contains(method)) {
        let Some(body) = house.body(method, path) else { continue };
        let Some(caller) = welcome(expected).last() else { continue };
        for pointer in words::required(&document, method, path, &body) {
            for blank in words::blanks(path, &pointer) {
                let mut body = body.clone();
                *body.pointer_mut(&pointer).expect("it stands there") = blank.into();
                house.afresh().await;
                let answer = house.ask_with(method, path, caller, &body).await;
                let errors = answer.problem["errors"].as_array().cloned().unwrap_or_default();
                let is_named = errors.iter().any(|error| error["pointer"] == pointer.as_str());
                asked += 1;
                if answer.status != StatusCode::UNPROCESSABLE_ENTITY || !is_named {
                    wrong.push(format!(
                        "{method} {path} {pointer} {blank:?}: {} {}",
                        answer.status, answer.problem
                    ));
                }
            }
        }
    }
    assert!(asked > 200, "{asked} fields and blanks were asked about");
    assert!(wrong.is_empty(), "{} times blank counts as text:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a device names by itself is made once however many copies of it come at once: forum-websocket's
/// `copies_under_one_client_id_are_one_topic_and_one_post` shows it of these. Whatever takes such a name belongs there too.
#[tokio::test]
async fn what_takes_a_name_of_the_device_is_known() {
    let document = document().await;
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let takes: BTreeSet<&str> = schemas
        .iter()
        .filter(|(name, schema)| name.ends_with("Body") && schema["properties"]["client_id"].is_object())
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(takes, BTreeSet::from(["NewPostBody", "NewTopicBody"]));
    let told = schemas.iter().filter(|(_, schema)| schema["properties"]["client_id"].is_object());
    assert_eq!(told.count(), 3, "beside them, a post is told with its own");
}

/// What each caller gets, about the things of the place that is theirs.
async fn row(house: &mut House, method: &str, path: &str) -> String {
    let mut found = String::new();
    house.afresh().await;
    for caller in CALLERS {
        if method == "DELETE" {
            house.afresh().await;
        }
        found.push(letter(house.ask(method, path, caller, Whose::Ours).await));
    }
    found
}

fn letter_of(row: &str, caller: Caller) -> char {
    let at = CALLERS.iter().position(|other| *other == caller).expect("a caller");
    row.chars().nth(at).expect("a letter")
}

/// `+` let through, `!` sign in first, `-` denied, `.` hidden; `5` is in no row.
fn letter(status: StatusCode) -> char {
    match status {
        StatusCode::UNAUTHORIZED => '!',
        StatusCode::FORBIDDEN => '-',
        StatusCode::NOT_FOUND => '.',
        status if status.is_server_error() => '5',
        _ => '+',
    }
}

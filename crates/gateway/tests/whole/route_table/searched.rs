//! Every list that is searched by name reads letters alike, on both databases and whatever the locale.

use serde_json::Value;
use testkit::{TestBed, on_both_databases};

use super::desk::Desk;
use super::document;
use super::house::one_place;
use super::place::Caller;

/// Whatever has a name is called so too.
const NAMED: [&str; 4] = [
    "update people set name = name || 'ÉAbCí'",
    "update org_units set name = name || 'ÉAbCí'",
    "update batch_entries set learner_name = learner_name || 'ÉAbCí'",
    "update certificates set learner_name = learner_name || 'ÉAbCí'",
];

/// The lists of the contract that take part of a name.
async fn searched() -> Vec<(String, &'static str)> {
    let document = document().await;
    let mut searched = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let parameters = operations["get"]["parameters"].as_array().cloned().unwrap_or_default();
        for by in ["name", "find"] {
            if parameters.iter().any(|parameter| parameter["in"] == "query" && parameter["name"] == by) {
                searched.push((path.clone(), by));
            }
        }
    }
    searched
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |done, byte| format!("{done}%{byte:02X}"))
}

on_both_databases!(every_list_that_is_searched_reads_letters_alike, |bed: TestBed| async move {
    let (_folder, world, place) = one_place(&bed).await;
    for text in NAMED {
        let mut tx = world.platform.db.begin_write().await.expect("a transaction");
        storage::sql(text).exec(&mut tx).await.expect("names");
        tx.commit().await.expect("a commit");
    }
    let lists = searched().await;
    assert_eq!(lists.len(), 5, "{lists:?}");
    let router = world.router();
    let desk = Desk { bed: &bed, router: &router };
    for (path, by) in lists {
        let caller = if path.contains("trainings/") { Caller::Lead } else { Caller::Administrator };
        let token = place.token(caller).expect("a token");
        let found = async |typed: &str| {
            let page: Value =
                desk.get(token, &format!("{}?{by}={}", place.fill(&path), encoded(typed))).await;
            page["items"].as_array().expect("items").len()
        };
        for typed in ["abc", "ABC", "aBc", "ＡＢＣ", "ａbＣ", "ÉABC", "abcí", "É\u{200d}abc"] {
            assert!(found(typed).await > 0, "{path} {by}={typed}");
        }
        for typed in ["·", "•", "'", "\u{200b}", "\u{200d}", "%", "abd"] {
            assert_eq!(found(typed).await, 0, "{path} {by}={typed}");
        }
    }
});

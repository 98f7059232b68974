//! What class-allocation is told of the first week before a training opens.

use class_allocation::{FirstList, FirstWeek as _};
use serde_json::json;
use task_board::opening::FirstLists;
use testkit::{TestBed, on_both_databases};

use crate::world::World;

on_both_databases!(the_first_list_is_missing_then_a_draft_then_ready, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let stands = async || {
        let mut conn = bed.db().read().await.expect("a reader");
        FirstLists.first_list(&mut conn, w.training).await.expect("an answer")
    };
    assert_eq!(stands().await, FirstList::Missing);
    // Another week's list says nothing of the first.
    w.ready_list(2).await;
    assert_eq!(stands().await, FirstList::Missing);
    let list = w.ready_list(1).await;
    assert_eq!(stands().await, FirstList::Ready);
    let path = format!("/api/v1/task-lists/{}/state", list["id"].as_str().expect("an id"));
    let version = list["version"].as_i64().expect("a version");
    let expert = w.app.as_person(&w.expert);
    expert.put_version(&path, json!({ "state": "draft" }), version).await.expect(200);
    assert_eq!(stands().await, FirstList::Draft);
});

//! What counts as read, and what as new.

use serde_json::json;
use testkit::{TestBed, on_both_databases};

use crate::place::{place, posts_of};

on_both_databases!(reading_is_remembered_and_never_goes_back, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.assistant, "公告").await;
    let list = format!("/api/v1/classes/{}/topics?limit=10", place.class);
    let learner = place.app.as_person(&place.learner);
    assert_eq!(learner.get(&list).await.expect(200).json()["items"][0]["unread"], 1);
    let opener = place.app.as_person(&place.assistant);
    assert_eq!(opener.get(&list).await.expect(200).json()["items"][0]["unread"], 0, "their own words");
    let seen = format!("/api/v1/topics/{}/seen", topic["id"].as_str().expect("an id"));
    learner.put(&seen, json!({"number": 9})).await.expect(204);
    learner.put(&seen, json!({"number": 0})).await.expect(204);
    assert_eq!(learner.get(&list).await.expect(200).json()["items"][0]["unread"], 0);
});

on_both_databases!(own_and_removed_posts_are_nothing_new, |bed: TestBed| async move {
    let place = place(&bed).await;
    let topic = place.ask(&place.learner, "怎么分组").await;
    let (learner, assistant) = (place.app.as_person(&place.learner), place.app.as_person(&place.assistant));
    let unread = async || {
        let list = format!("/api/v1/classes/{}/topics", place.class);
        let (mine, theirs) = (learner.get(&list).await.expect(200), assistant.get(&list).await.expect(200));
        (mine.json()["items"][0]["unread"].clone(), theirs.json()["items"][0]["unread"].clone())
    };
    let more = json!({"body": "补充一点", "client_id": "device-1-more"});
    learner.post(&posts_of(&topic), more).await.expect(201);
    assert_eq!(unread().await, (json!(0), json!(2)));
    let said = json!({"body": "按年级分", "client_id": "device-2-said"});
    let answer = assistant.post(&posts_of(&topic), said).await.expect(201).json();
    assert_eq!(unread().await, (json!(1), json!(2)));
    let path = format!("/api/v1/posts/{}", answer["id"].as_str().expect("an id"));
    let version = [("if-match", "\"v1\"")];
    assistant.request(http::Method::DELETE, &path, None, &version).await.expect(200);
    assert_eq!(unread().await, (json!(0), json!(2)));
});

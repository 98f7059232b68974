//! What is refused: in which order it is said, and that nothing of it stays.

use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson, on_both_databases};

use crate::place::{Place, place, posts_of};

const CREATED: u16 = 201;

fn said(client_id: &str) -> Value {
    json!({"body": "再说一句", "client_id": client_id})
}

/// A topic with a question, and a post by the learner.
struct Said {
    topic: String,
    post: String,
}

async fn said_in(place: &Place) -> Said {
    let topic = place.ask(&place.learner, "四十分钟怎么分").await;
    let learner = place.app.as_person(&place.learner);
    let post = learner.post(&posts_of(&topic), said("device-1-said")).await.expect(CREATED).json();
    Said {
        topic: format!("/api/v1/topics/{}", topic["id"].as_str().expect("an id")),
        post: format!("/api/v1/posts/{}", post["id"].as_str().expect("an id")),
    }
}

type Headers<'a> = &'a [(&'a str, &'a str)];
/// A request that is wrong in itself, with the status and code that a member hears.
type Wrong<'a> = (Method, &'a str, Option<&'a Value>, Headers<'a>, (u16, &'a str));

/// The topic's page, and the number of events so far.
async fn as_it_is(bed: &TestBed, place: &Place, topic: &str) -> (Value, i64) {
    let page = place.app.as_person(&place.assistant).get(topic).await.expect(200).json();
    let mut conn = bed.db().read().await.expect("a reader");
    let events = storage::sql("select count(*) as value from realtime_events").one(&mut conn).await;
    (page, events.expect("a count"))
}

on_both_databases!(who_is_not_of_the_class_hears_nothing_else, |bed: TestBed| async move {
    let place = place(&bed).await;
    let Said { topic, post } = said_in(&place).await;
    let (posts, key) = (format!("{topic}/posts"), [("idempotency-key", "key-of-the-test")]);
    let odd = [("if-match", "\"v-1\"")];
    let (empty, right) = (json!({"body": " ", "client_id": "device-9-empty"}), json!({"body": "改好了"}));
    let wrongs: [Wrong<'_>; 9] = [
        (Method::POST, &posts, Some(&empty), &key, (422, "input.invalid")),
        (Method::POST, &posts, None, &key, (400, "request.malformed")),
        (Method::POST, &posts, Some(&empty), &[], (400, "idempotency.key_missing")),
        (Method::PUT, &format!("{topic}/pinned"), None, &[], (400, "request.malformed")),
        (Method::PUT, &format!("{topic}/closed"), None, &[], (400, "request.malformed")),
        (Method::PUT, &post, Some(&right), &[], (428, "edit.version_missing")),
        (Method::PUT, &post, Some(&right), &odd, (400, "edit.version_malformed")),
        (Method::PUT, &post, None, &[("if-match", "\"v1\"")], (400, "request.malformed")),
        (Method::DELETE, &post, None, &[], (428, "edit.version_missing")),
    ];
    for (method, path, body, headers, (status, code)) in wrongs {
        let send = async |who: &TestPerson| {
            place.app.as_person(who).request(method.clone(), path, body.cloned(), headers).await
        };
        send(&place.stranger).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
        let heard = send(&place.assistant).await;
        assert_eq!((heard.status, heard.code().as_str()), (status, code), "{method} {path}");
    }
    let nobody = place.app.as_nobody().request(Method::POST, &posts, Some(empty), &key).await;
    nobody.expect_problem(StatusCode::UNAUTHORIZED, "sign_in.required");
});

on_both_databases!(who_left_the_class_is_given_no_earlier_answer, |bed: TestBed| async move {
    let place = place(&bed).await;
    let Said { topic, .. } = said_in(&place).await;
    let (posts, key) = (format!("{topic}/posts"), "key-of-the-test");
    let learner = place.app.as_person(&place.learner);
    let first = learner.post_with_key(&posts, said("device-1-once"), key).await.expect(CREATED).json();
    let again = learner.post_with_key(&posts, said("device-1-once"), key).await.expect(CREATED).json();
    assert_eq!(first, again);
    let other = learner.post_with_key(&posts, said("device-1-other"), key).await;
    other.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "idempotency.key_reused");
    bed.regrant(&place.learner, &[]);
    for client_id in ["device-1-once", "device-1-other"] {
        let refused = learner.post_with_key(&posts, said(client_id), key).await;
        refused.expect_problem(StatusCode::NOT_FOUND, "not_found");
    }
});

on_both_databases!(what_is_refused_leaves_nothing, |bed: TestBed| async move {
    let place = place(&bed).await;
    let Said { topic, post } = said_in(&place).await;
    let (learner, stranger) = (place.app.as_person(&place.learner), place.app.as_person(&place.stranger));
    let assistant = place.app.as_person(&place.assistant);
    assistant.put(&format!("{topic}/closed"), json!({"closed": true})).await.expect(200);
    let before = as_it_is(&bed, &place, &topic).await;
    bed.clock.advance_seconds(60);

    let (posts, words) = (format!("{topic}/posts"), json!({"body": "替你改"}));
    let (not_found, forbidden) = ((404, "not_found"), (403, "access.denied"));
    for (refused, expected) in [
        (learner.post(&posts, said("device-1-late")).await, (409, "topic.closed")),
        (stranger.post(&posts, said("device-3-post")).await, not_found),
        (learner.put(&format!("{topic}/closed"), json!({"closed": false})).await, forbidden),
        (stranger.put(&format!("{topic}/closed"), json!({"closed": false})).await, not_found),
        (learner.put(&format!("{topic}/pinned"), json!({"pinned": true})).await, forbidden),
        (stranger.put(&format!("{topic}/pinned"), json!({"pinned": true})).await, not_found),
        (assistant.put_version(&post, words.clone(), 1).await, forbidden),
        (stranger.put_version(&post, words.clone(), 1).await, not_found),
        (learner.put_version(&post, words, 2).await, (412, "edit.conflict")),
        (learner.delete_version(&post, 2).await, (412, "edit.conflict")),
        (stranger.delete_version(&post, 1).await, not_found),
    ] {
        assert_eq!((refused.status, refused.code().as_str()), expected);
    }
    assert_eq!(as_it_is(&bed, &place, &topic).await, before);
});

on_both_databases!(authors_retry_leaves_the_topic_as_it_was, |bed: TestBed| async move {
    let place = place(&bed).await;
    let Said { topic, post } = said_in(&place).await;
    let (posts, learner) = (format!("{topic}/posts"), place.app.as_person(&place.learner));
    for closed in [false, true] {
        let close = json!({"closed": closed});
        place.app.as_person(&place.assistant).put(&format!("{topic}/closed"), close).await.expect(200);
        let before = as_it_is(&bed, &place, &topic).await;
        bed.clock.advance_seconds(60);
        let again = learner.post(&posts, said("device-1-said")).await.expect(CREATED).json();
        assert!(post.ends_with(again["id"].as_str().expect("an id")), "closed: {closed}");
        assert_eq!(again, before.0["posts"][1], "closed: {closed}");
        assert_eq!(as_it_is(&bed, &place, &topic).await, before, "closed: {closed}");
    }
    // The next number is the next one.
    let next = place.app.as_person(&place.assistant).post(&posts, said("device-2-next")).await;
    assert_eq!(next.expect(CREATED).json()["number"], 3);
});

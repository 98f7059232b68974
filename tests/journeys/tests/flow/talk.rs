//! Talking about it: topics and posts of the class, live over the socket, and nothing for other classes.

use serde_json::{Value, json};

use crate::classes::Class;
use crate::client::{Person, Request, list, text};
use crate::live::Listener;
use crate::people::People;
use crate::refusals::{pointers, refused, told};
use crate::server::Site;
use crate::week::Week;

/// The learner asks and is answered live; the connection is cut, and what was missed comes.
pub async fn talk_about_it(site: &Site, people: &People, class: &Class, elsewhere: &Class, week: &Week) {
    let [first, second, ..] = &people.teachers[..] else { panic!("four teachers") };
    let question = json!({ "kind": "question", "title": "四十分钟怎么分", "client_id": "phone-1-ask",
        "body": "怎么分配 **两个年级** 的时间？" });
    let topic = first.post(&class.path("topics"), question).await.expect(201).json();
    let posts = format!("/api/v1/topics/{}/posts", text(&topic["id"]));
    let page = format!("/api/v1/topics/{}", text(&topic["id"]));
    answered_live(site, people, class, elsewhere, &posts).await;
    let read = first.get(&page).await.expect(200).json();
    assert!(read["topic"]["first_response_at"].is_string(), "the assistant's post answered the question");
    assert_eq!(
        list(&read["posts"]).iter().map(|post| post["number"].as_i64()).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3), Some(4)]
    );
    assert_eq!(text(&read["posts"][0]["body_html"]), "<p>怎么分配 <strong>两个年级</strong> 的时间？</p>\n");

    let long = Request::post(&*posts, post(&"长".repeat(30_000), "phone-1-long"));
    let problem = refused(first, &long, 422, "input.invalid", (first, &page)).await;
    assert_eq!(pointers(&problem), ["/body post.too_long"]);
    other_classes_find_nothing(people, class, elsewhere, &page, week).await;

    // The discussion that the week asks for is a topic like any other; taking part is the task.
    let discussion = format!("/api/v1/classes/{}/tasks/{}/topic", class.id, week.discuss);
    let discussion = first.put(&discussion, json!({})).await.expect(200).json();
    let posts = format!("/api/v1/topics/{}/posts", text(&discussion["id"]));
    for (who, words, id) in [
        (first, "我先让四年级自学十分钟。", "phone-1-d1"),
        (second, "我们只有一间教室，声音是个问题。", "phone-2-d1"),
        (first, "可以把练习做成卡片，安静得多。", "phone-1-d2"),
    ] {
        who.post(&posts, post(words, id)).await.expect(201);
    }
    let seen = first.get(&class.path("this-week")).await.expect(200).json();
    let task = list(&seen["list"]["tasks"]).iter().find(|task| task["id"] == *week.discuss);
    assert_eq!(task.map(|task| text(&task["state"])), Some("done".to_owned()));
}

fn post(words: &str, client_id: &str) -> Value {
    json!({ "body": words, "client_id": client_id })
}

async fn answered_live(site: &Site, people: &People, class: &Class, elsewhere: &Class, posts: &str) {
    let [first, second, ..] = &people.teachers[..] else { panic!("four teachers") };
    let channel = format!("class:{}", class.id);
    let mut listener = Listener::open(&site.address, first).await;
    let start = listener.subscribe(&channel, None).await;
    let (number, epoch) = (start["number"].as_i64().expect("a number"), text(&start["epoch"]));
    let answer =
        people.assistant.post(posts, post("先动后静，先难后易。", "desk-3-a1")).await.expect(201).json();
    let event = listener.hear().await;
    assert_eq!((event["number"].as_i64(), text(&event["kind"])), (Some(number + 1), "post_added".to_owned()));
    assert_eq!(event["data"]["post"]["id"], answer["id"]);

    // The connection is cut without a word; two posts come meanwhile, one of them sent twice by a phone without a network.
    drop(listener);
    let retried = Request::post(posts, post("谢谢，我明天试一试。", "phone-1-r1"));
    let once = first.send(&retried).await.expect(201).json();
    assert_eq!(first.send(&retried).await.expect(201).json()["id"], once["id"]);
    second.post(posts, post("我们那里也一样。", "phone-2-r1")).await.expect(201);

    let mut listener = Listener::open(&site.address, first).await;
    let recovered = listener.subscribe(&channel, Some((number + 1, &epoch))).await;
    assert_eq!(
        (text(&recovered["type"]), recovered["number"].as_i64()),
        ("recovered".to_owned(), Some(number + 3))
    );
    for (missed, author) in [(number + 2, first), (number + 3, second)] {
        let event = listener.hear().await;
        assert_eq!(
            (event["number"].as_i64(), text(&event["data"]["post"]["author_id"])),
            (Some(missed), author.id.clone())
        );
    }
    let refused = listener.subscribe(&format!("class:{}", elsewhere.id), None).await;
    assert_eq!(
        (text(&refused["type"]), text(&refused["code"])),
        ("refused".to_owned(), "no_such_channel".to_owned())
    );
}

/// Another class's id answers as if there were no such thing, whichever way it is tried.
async fn other_classes_find_nothing(
    people: &People,
    class: &Class,
    elsewhere: &Class,
    page: &str,
    week: &Week,
) {
    let (learner, neighbour): (&Person, &Person) = (&people.teachers[0], &people.neighbour);
    told(neighbour, &Request::get(page), 404, "not_found").await;
    let intrusion = Request::post(format!("{page}/posts"), post("进来看看", "phone-9-x1"));
    refused(neighbour, &intrusion, 404, "not_found", (learner, page)).await;
    let topic = json!({ "kind": "discussion", "title": "路过", "body": "你们好", "client_id": "phone-1-x2" });
    let intrusion = Request::post(elsewhere.path("topics"), topic);
    let topics = elsewhere.path("topics");
    refused(learner, &intrusion, 404, "not_found", (neighbour, &topics)).await;
    let intrusion =
        Request::put(format!("/api/v1/classes/{}/tasks/{}/topic", elsewhere.id, week.discuss), json!({}));
    refused(neighbour, &intrusion, 404, "not_found", (neighbour, &topics)).await;
    for path in ["this-week", "members", "announcements", "charter", "charter/texts"] {
        told(neighbour, &Request::get(class.path(path)), 404, "not_found").await;
        told(learner, &Request::get(elsewhere.path(path)), 404, "not_found").await;
    }
}

//! The gate: a public notice, applications in steps, the school's word, decisions with reasons, the waitlist.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::client::{Person, Request, list, text};
use crate::people::{People, notices};
use crate::plan::Training;
use crate::refusals::{pointers, refused, told};
use crate::server::Site;

/// Three of four applicants get in, the third from the waitlist; the fourth hears every reason why not.
pub async fn admit_learners(site: &Site, people: &People, training: &Training) {
    let lead = &people.lead;
    publish_notice(site, lead, training, 2).await;
    let public = site.nobody().get(&format!("/api/v1/public/trainings/{}/notice", training.id)).await;
    let public = public.expect(200).json();
    assert_eq!((text(&public["state"]), public["capacity"].as_i64()), ("open".to_owned(), Some(2)));
    assert!(!text(&public["body_html"]).contains("<script"), "{public}");

    let [first, second, third, fourth] = &people.teachers[..] else { panic!("four teachers") };
    turned_away(fourth, training).await;
    told(first, &Request::get(training.path("resources")), 404, "not_found").await;
    let mut applications = Vec::new();
    for teacher in [first, second, third] {
        applications.push(apply(teacher, training).await);
    }
    let decide = format!("/api/v1/applications/{}/decide", applications[0]);
    let application = |at: usize| format!("/api/v1/applications/{}", applications[at]);
    let too_early = Request::post(&*decide, json!({ "decision": "admit", "reason": "材料齐全" }));
    let too_early = too_early.version(lead.version_of(&application(0)).await);
    let my_first = training.path("my-application");
    refused(lead, &too_early, 409, "gate.wrong_state", (first, &my_first)).await;
    for application in &applications {
        recommend(&people.head, application).await;
    }
    let without_reason = Request::post(&*decide, json!({ "decision": "admit", "reason": "" }));
    let without_reason = without_reason.version(lead.version_of(&application(0)).await);
    refused(lead, &without_reason, 422, "input.invalid", (first, &my_first)).await;
    assert_eq!(admit(lead, &applications[0]).await["seat_no"], 1);
    assert_eq!(admit(lead, &applications[1]).await["seat_no"], 2);
    let third_path = format!("/api/v1/applications/{}/decide", applications[2]);
    let full = Request::post(&*third_path, json!({ "decision": "admit", "reason": "材料齐全" }));
    let full = full.version(lead.version_of(&application(2)).await);
    let my_third = training.path("my-application");
    refused(lead, &full, 409, "gate.full", (third, &my_third)).await;
    let reason = "名额已满，有人退出时按顺序录取。";
    let waitlist = json!({ "decision": "waitlist", "reason": reason });
    lead.post_as_read(&application(2), &third_path, waitlist).await.expect(200);
    let waiting = third.get(&my_third).await.expect(200).json();
    assert_eq!(
        (text(&waiting["state"]), waiting["waitlist_place"].as_i64()),
        ("waitlisted".to_owned(), Some(1))
    );
    assert_eq!(list(&waiting["steps"]).last().map(|step| text(&step["reason"])), Some(reason.to_owned()));

    save_notice(site, lead, training, 3).await;
    let next = training.path("applications/admit-next");
    let admitted = lead
        .post_as_read(
            &application(2),
            &next,
            json!({ "application_id": applications[2], "reason": "增加了名额" }),
        )
        .await
        .expect(200)
        .json();
    assert_eq!(
        (text(&admitted["application_id"]), text(&admitted["state"])),
        (applications[2].clone(), "admitted".to_owned())
    );
    assert_eq!(notices(third).await[0], "admitted");
    // Admitted, they are told what opens the library.
    first.get(&training.path("resources")).await.expect_problem(409, "course_library.charter_unsigned");
    let summary = lead.get(&training.path("admission-summary")).await.expect(200).json();
    assert_eq!((summary["admitted"].as_i64(), summary["drafts"].as_i64()), (Some(3), Some(1)));
}

/// One teacher is admitted to a training of their own.
pub async fn admit_one(site: &Site, people: &People, training: &Training, teacher: &Person) {
    publish_notice(site, &people.lead, training, 5).await;
    let application = apply(teacher, training).await;
    recommend(&people.head, &application).await;
    admit(&people.lead, &application).await;
}

/// Somebody for whom the training is not made is told everything at once, and what they wrote stays theirs.
async fn turned_away(teacher: &Person, training: &Training) {
    let mine = training.path("my-application");
    let answers = json!({
        "eligibility": { "rural": false }, "willingness": { "why": 1 }, "hours_a_week": 1, "pledge": ["honest"],
    });
    teacher.put_version(&mine, answers, 0).await.expect(200);
    let submit = Request::post(format!("{mine}/submit"), json!({})).version(1);
    let problem = refused(teacher, &submit, 422, "gate.not_met", (teacher, &mine)).await;
    assert_eq!(
        pointers(&problem),
        [
            "/eligibility/rural not_eligible",
            "/willingness too_low",
            "/hours_a_week too_low",
            "/pledge/share open"
        ]
    );
}

async fn apply(teacher: &Person, training: &Training) -> String {
    let mine = training.path("my-application");
    // A first step is kept, the rest follows later from another device.
    let draft = teacher.put_version(&mine, json!({ "eligibility": { "rural": true } }), 0).await.expect(200);
    let answers = json!({
        "eligibility": { "rural": true }, "willingness": { "why": 0 }, "hours_a_week": 4,
        "pledge": ["honest", "share"], "statement": "一个人教两个年级，想学方法。",
    });
    teacher.put_version(&mine, answers, draft.version()).await.expect(200);
    let submitted =
        teacher.post_as_read(&mine, &format!("{mine}/submit"), json!({})).await.expect(200).json();
    assert_eq!(submitted["state"], "submitted");
    text(&submitted["application_id"])
}

async fn recommend(head: &Person, application: &str) {
    let body = json!({ "recommended": true, "reason": "教学认真，学校支持。" });
    let path = format!("/api/v1/applications/{application}");
    assert_eq!(
        head.post_as_read(&path, &format!("{path}/recommend"), body).await.expect(200).json()["state"],
        "recommended"
    );
}

async fn admit(lead: &Person, application: &str) -> Value {
    let body = json!({ "decision": "admit", "reason": "材料齐全" });
    let path = format!("/api/v1/applications/{application}");
    lead.post_as_read(&path, &format!("{path}/decide"), body).await.expect(200).json()
}

async fn publish_notice(site: &Site, lead: &Person, training: &Training, capacity: u16) {
    save_notice(site, lead, training, capacity).await;
    lead.post_as_read(&training.path("notice"), &training.path("notice/publish"), json!({}))
        .await
        .expect(200);
}

/// The notice with so many seats; it opened an hour ago.
async fn save_notice(site: &Site, lead: &Person, training: &Training, capacity: u16) {
    let now: Timestamp = site.now().await;
    let path = training.path("notice");
    let known = lead.get(&path).await;
    let (version, opens_at) = match known.status {
        200 => (known.version(), known.json()["content"]["opens_at"].clone()),
        _ => (0, json!(now - SignedDuration::from_hours(1))),
    };
    let body = json!({
        "title": "招募复式教学研修学员",
        "body_markdown": "## 欢迎\n\n**教学点**的老师 <script>alert(1)</script>",
        "opens_at": opens_at, "closes_at": now + SignedDuration::from_hours(100),
        "capacity": capacity, "least_hours": 3,
        "eligibility": [{ "key": "rural", "text": "您在教学点任教吗？", "expected": true }],
        "willingness": [{ "key": "why", "text": "为什么参加？", "choices": [
            { "text": "想改进课堂", "score": 5 }, { "text": "只要学时", "score": 0 }] }],
        "threshold": 5,
        "pledge": [{ "key": "honest", "text": "不挂课时，不代学。" }, { "key": "share", "text": "按时参加讨论。" }],
    });
    lead.put_version(&path, body, version).await.expect(200);
}

//! Classes: what is missing is explained, staff lead, the training opens, everybody signs the charter.

use serde_json::{Value, json};

use crate::client::{Person, Request, list, text};
use crate::gate;
use crate::live::Listener;
use crate::people::{People, name, newcomer, notices};
use crate::plan::{self, Training};
use crate::refusals::{refused, told};
use crate::server::Site;
use crate::week::{self, Prepared};

/// A published class and the paths below it.
pub struct Class {
    pub id: String,
}

impl Class {
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/classes/{}/{rest}", self.id)
    }
}

/// The training opens once its expert has said yes and has the first week ready. The third learner has not signed the charter.
pub async fn open_the_training(people: &People, training: &Training) -> (Class, Prepared) {
    let lead = &people.lead;
    let allocation = training.path("allocation");
    lead.post_as_read(&allocation, &allocation, json!({})).await.expect(201);
    let opening = lead.get(&training.path("opening")).await.expect(200).json();
    let experts = rule(&opening, "experts");
    assert_eq!((opening["can_open"].as_bool(), experts["people_missing"].as_i64()), (Some(false), Some(1)));
    lead.post_as_read(&allocation, &format!("{allocation}/lock"), json!({})).await.expect(200);
    let version = lead.version_of(&allocation).await;
    let publish = Request::post(format!("{allocation}/publish"), json!({})).version(version);
    let problem = refused(lead, &publish, 422, "allocation.cannot_open", (lead, &allocation)).await;
    assert_eq!(problem["extra"], opening, "the refusal explains itself");
    told(&people.teachers[0], &publish, 403, "access.denied").await;

    lead.send(&Request::delete(format!("{allocation}/lock")).version(version)).await.expect(204);
    plan::accept(&people.expert).await;
    let opening = lead.get(&training.path("opening")).await.expect(200).json();
    assert_eq!(rule(&opening, "first_list")["is_met"], false);
    let prepared = week::prepare(people, training).await;
    let class = allocate_and_publish(lead, training).await;
    assert_eq!(notices(&people.teachers[0]).await[0], "class_published");
    let mine = people.teachers[0].get("/api/v1/my/classes").await.expect(200).json();
    assert_eq!(
        (&mine["items"][0]["class_id"], &mine["items"][0]["my_role"]),
        (&json!(class.id), &json!("learner"))
    );
    let members = people.teachers[0].get(&class.path("members")).await.expect(200).json();
    assert_eq!(list(&members["items"]).len(), 5, "three learners, an assistant and an expert");
    told(&people.teachers[3], &Request::get(class.path("members")), 404, "not_found").await;

    settle_and_sign(&people.assistant, &people.teachers[..2], &class).await;
    people.teachers[0].get(&training.path("resources")).await.expect(200);
    (class, prepared)
}

/// Another training with a class of its own: its people must find nothing here, and the other way round.
pub async fn open_another(site: &Site, people: &People) -> Class {
    let training = plan::approved(site, people, "乡土课程研修").await;
    for (person, role) in [(&people.expert, "expert"), (&people.assistant, "assistant")] {
        plan::invite(&people.lead, &training, person, role).await;
        plan::accept(person).await;
    }
    gate::admit_one(site, people, &training, &people.neighbour).await;
    week::prepare_little(&people.expert, &training).await;
    people
        .lead
        .post_as_read(&training.path("allocation"), &training.path("allocation"), json!({}))
        .await
        .expect(201);
    let class = allocate_and_publish(&people.lead, &training).await;
    settle_and_sign(&people.assistant, std::slice::from_ref(&people.neighbour), &class).await;
    class
}

/// The assistant of the other training leaves: their keys to it are gone at once, on an open socket too, and those to this one stay.
pub async fn part_with_the_assistant(site: &Site, people: &People, elsewhere: &Class, here: &Class) {
    let (lead, assistant) = (&people.lead, &people.assistant);
    let there = lead.get(&elsewhere.path("charter")).await.expect(200).json();
    let class = lead.get(&format!("/api/v1/classes/{}", elsewhere.id)).await.expect(200).json();
    let invitations = format!("/api/v1/trainings/{}/staff-invitations", text(&class["training_id"]));
    let page = lead.get(&invitations).await.expect(200).json();
    let theirs = list(&page["items"]).iter().find(|item| item["person"]["id"] == json!(assistant.id));
    let theirs = theirs.expect("they were invited").clone();
    let end = Request::post(
        format!("/api/v1/staff-invitations/{}/end", text(&theirs["id"])),
        json!({ "reason": "工作调动" }),
    );
    told(lead, &end, 428, "edit.version_missing").await;
    let mut ears = Listener::open(&site.address, assistant).await;
    let channel = format!("class:{}", elsewhere.id);
    assert_eq!(ears.subscribe(&channel, None).await["type"], "resync");
    let end = end.version(theirs["version"].as_i64().expect("a version"));
    let ended = lead.send(&end).await.expect(200).json();
    assert_eq!(
        (&ended["classes"][0]["role"], &ended["classes"][0]["needs_another"]),
        (&json!("assistant"), &json!(true))
    );
    let refused = json!({ "type": "refused", "channel": channel, "code": "no_such_channel" });
    assert_eq!(ears.hear().await, refused);
    for path in [
        elsewhere.path("members"),
        elsewhere.path("charter"),
        elsewhere.path("charter/texts"),
        elsewhere.path("topics"),
        elsewhere.path("task-lists"),
    ] {
        told(assistant, &Request::get(path), 404, "not_found").await;
    }
    assistant.get(&here.path("members")).await.expect(200);
    assert_eq!(notices(assistant).await[0], "staff_ended");
    assert_eq!(lead.get(&elsewhere.path("charter")).await.expect(200).json(), there, "what they made stays");
    let board = format!("/api/v1/trainings/{}/allocation", text(&class["training_id"]));
    assert_eq!(lead.get(&board).await.expect(200).json()["classes"][0]["without"], json!(["assistant"]));
}

/// The office gives the other training to somebody else: the keys of whoever led it are gone at once, on an open socket too.
pub async fn change_the_lead(site: &Site, people: &People, elsewhere: &Class) {
    let (lead, office) = (&people.lead, &people.office);
    let class = lead.get(&format!("/api/v1/classes/{}", elsewhere.id)).await.expect(200).json();
    let training = format!("/api/v1/trainings/{}", text(&class["training_id"]));
    let leads = format!("{training}/leads");
    let part = lead.get(&leads).await.expect(200).json()["items"][0].clone();
    assert_eq!(part["person"]["id"], json!(lead.id));
    let end = format!("/api/v1/training-leads/{}/end", text(&part["id"]));
    let alone = Request::post(&*end, json!({ "reason": "轮岗" }));
    refused(lead, &alone, 403, "access.denied", (lead, &leads)).await;
    refused(&people.other_office, &alone, 404, "not_found", (lead, &leads)).await;
    refused(office, &alone, 409, "lead.last", (lead, &leads)).await;
    let next = newcomer(site, office, "许明", "16000000007", &people.county).await;
    let instead = Request::post(&*end, json!({ "reason": "轮岗", "next_person_id": next.id }));
    refused(office, &instead, 422, "lead.not_of_this_unit", (lead, &leads)).await;
    name(office, &next, "training_lead", &people.county).await;
    told(&next, &Request::get(&*training), 404, "not_found").await;

    let mut ears = Listener::open(&site.address, lead).await;
    let channel = format!("class:{}", elsewhere.id);
    assert_eq!(ears.subscribe(&channel, None).await["type"], "resync");
    let ended = office.send(&instead).await.expect(200).json();
    assert_eq!(
        (text(&ended["end_reason"]), text(&ended["ended_by_name"])),
        ("轮岗".to_owned(), office.name.clone())
    );
    let refused = json!({ "type": "refused", "channel": channel, "code": "no_such_channel" });
    assert_eq!(ears.hear().await, refused);
    told(lead, &Request::get(&*training), 404, "not_found").await;
    told(lead, &Request::get(elsewhere.path("members")), 404, "not_found").await;
    assert_eq!(notices(lead).await[0], "lead_ended");
    assert_eq!(notices(&next).await[0], "lead_named");
    let mine = next.get(&training).await.expect(200).json();
    assert_eq!(mine["may"]["manage"], true);
    assert_eq!(
        list(&next.get(&leads).await.expect(200).json()["items"]).len(),
        2,
        "who led it is not forgotten"
    );
}

/// The learner of the other training leaves while it runs: the class is closed to them at once, on an open socket too, their signature
/// and their name stay for the staff, and the seat is free.
pub async fn part_with_a_learner(site: &Site, people: &People, elsewhere: &Class) {
    let (lead, learner) = (&people.lead, &people.neighbour);
    let class = learner.get(&format!("/api/v1/classes/{}", elsewhere.id)).await.expect(200).json();
    let training = format!("/api/v1/trainings/{}", text(&class["training_id"]));
    let mine = learner.get(&format!("{training}/my-application")).await.expect(200).json();
    assert_eq!((&mine["state"], &mine["training_state"]), (&json!("admitted"), &json!("running")));
    let version = mine["version"].as_i64().expect("a version");
    let withdraw = Request::post(format!("{training}/my-application/withdraw"), json!({})).version(version);
    told(learner, &withdraw, 409, "gate.training_began").await;
    let mut ears = Listener::open(&site.address, learner).await;
    let channel = format!("class:{}", elsewhere.id);
    assert_eq!(ears.subscribe(&channel, None).await["type"], "resync");
    let end = Request::post(
        format!("/api/v1/applications/{}/end", text(&mine["application_id"])),
        json!({ "reason": "家里有人生病" }),
    );
    told(learner, &end, 428, "edit.version_missing").await;
    let ended = learner.send(&end.version(version)).await.expect(200).json();
    assert_eq!(ended["class_id"], json!(elsewhere.id));
    let refused = json!({ "type": "refused", "channel": channel, "code": "no_such_channel" });
    assert_eq!(ears.hear().await, refused);
    assert_eq!(ears.subscribe(&channel, None).await, refused);
    for path in ["members", "charter", "topics"] {
        told(learner, &Request::get(elsewhere.path(path)), 404, "not_found").await;
    }
    let mine = learner.get(&format!("{training}/my-application")).await.expect(200).json();
    assert_eq!((&mine["state"], &mine["seat_no"]), (&json!("withdrawn"), &json!(null)));
    assert_eq!(notices(lead).await[0], "learner_left");
    let departed = lead.get(&format!("{training}/departed-learners")).await.expect(200).json();
    assert_eq!(departed["items"][0]["person_id"], json!(learner.id));
    let matrix = lead.get(&elsewhere.path("matrix")).await.expect(200).json();
    assert!(matrix["learners"][0]["left_at"].is_string(), "what they did stays readable");
}

async fn allocate_and_publish(lead: &Person, training: &Training) -> Class {
    let allocation = training.path("allocation");
    lead.post_as_read(&allocation, &allocation, json!({})).await.expect(201);
    lead.post_as_read(&allocation, &format!("{allocation}/lock"), json!({})).await.expect(200);
    let board =
        lead.post_as_read(&allocation, &format!("{allocation}/publish"), json!({})).await.expect(200).json();
    assert_eq!(board["state"], "published");
    assert_eq!(lead.get(&training.path("opening")).await.expect(200).json()["can_open"], true);
    Class { id: text(&board["classes"][0]["id"]) }
}

/// A learner proposes a clause, the assistant settles the text, the learners sign the version they read; what the first of them signed
/// before it was settled again stays to the byte.
async fn settle_and_sign(assistant: &Person, learners: &[Person], class: &Class) {
    let charter = class.path("charter");
    let clause = "谁家里忙、信号断了，跟助教说一声。";
    let proposed =
        learners[0].post(&format!("{charter}/clauses"), json!({ "body": clause })).await.expect(201).json();
    let early = Request::post(format!("{charter}/sign"), json!({ "version": 1 }));
    refused(&learners[0], &early, 409, "charter.not_settled", (assistant, &charter)).await;
    let text =
        json!({ "vision": "互相帮助", "clauses": ["按时完成任务", clause], "taken": [proposed["id"]] });
    let first = json!({ "vision": " 互相帮助\n", "clauses": ["按时完成任务 \n\n  不拖延"] });
    assistant.put_version(&charter, first.clone(), 0).await.expect(200);
    let last = learners.last().expect("a learner");
    let told = last.get("/api/v1/notices").await.expect(200).json();
    let page = json!(format!("/learn/classes/{}", class.id));
    assert_eq!((&told["items"][0]["kind"], &told["items"][0]["link"]), (&json!("charter_settled"), &page));
    let again = assistant.put_version(&charter, first.clone(), 1).await.expect(200);
    assert_eq!(again.json()["version"], 1, "the same words are settled once");
    learners[0].post(&format!("{charter}/sign"), json!({ "version": 1 })).await.expect(201);
    let settled = assistant.put_version(&charter, text, 1).await.expect(200).json();
    let told = learners[0].get("/api/v1/notices").await.expect(200).json();
    assert_eq!((&told["items"][0]["kind"], &told["items"][0]["link"]), (&json!("charter_changed"), &page));
    for learner in learners {
        learner.post(&format!("{charter}/sign"), json!({ "version": settled["version"] })).await.expect(201);
    }
    let texts = learners[0].get(&format!("{charter}/texts")).await.expect(200).json();
    let (texts, signer) = (list(&texts["items"]), json!(learners[0].id));
    assert_eq!((texts.len(), &texts[1]["signatures"][0]["person_id"]), (2, &signer));
    assert_eq!((&texts[1]["vision"], &texts[1]["clauses"]), (&first["vision"], &first["clauses"]));
}

fn rule(opening: &Value, name: &str) -> Value {
    list(&opening["rules"]).iter().find(|rule| rule["rule"] == name).cloned().expect("the rule is explained")
}

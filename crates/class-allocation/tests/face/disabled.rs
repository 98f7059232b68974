//! Whoever cannot sign in leads nothing: not when a training opens, not as the last of a class, and the leads hear of it.

use std::sync::Arc;

use class_allocation::jobs::TellWhatIsMissing;
use http::StatusCode;
use identity::disabled::DISABLED;
use identity::vault::Vault;
use identity::{Identity, RosterReader};
use kernel::id::{PersonId, StaffAssignmentId};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::jobs::Runner;
use storage::sql;
use testkit::{TestApp, TestBed, TestPerson, rows};

use crate::ground;
use crate::ground::{Ground, kinds, on_training, rule};

fn without(board: &Value) -> Vec<Value> {
    let classes = board["classes"].as_array().expect("classes");
    classes.iter().map(|class| class["without"].clone()).collect()
}

async fn missing(ground: &Ground, person: &TestPerson) -> Vec<String> {
    kinds(ground, person).await.into_iter().filter(|kind| kind.starts_with("class_without_")).collect()
}

async fn assignment_of(ground: &Ground, person: PersonId) -> StaffAssignmentId {
    let mut conn = ground.bed.db().read().await.expect("a reader");
    sql("select id as value from staff_assignments where person_id = $1")
        .bind(person)
        .one(&mut conn)
        .await
        .expect("an assignment")
}

/// Accounts are disabled and enabled by an administrator.
struct Desk {
    app: TestApp,
    administrator: TestPerson,
    runner: Runner,
}

impl Desk {
    async fn new(ground: &Ground) -> Self {
        let bed = &ground.bed;
        let vault = Vault::open_or_make(&bed.folder().join("keys")).expect("keys");
        let (db, ambient) = (bed.db().clone(), bed.ambient.clone());
        let identity = Identity::with_reader(
            db.clone(),
            ambient.clone(),
            vault,
            "http://localhost:8080",
            RosterReader::in_process(),
        );
        let hub = bed.hub().await;
        let runner = Runner::new(db, ambient)
            .handle(DISABLED, Arc::new(TellWhatIsMissing::new(bed.platform(), hub.clone())));
        let app = bed.serve(identity::router(bed.platform(), hub, identity));
        let everywhere = Grant { role: Role::Administrator, scope: Scope::System };
        let administrator = bed.person("管理员", &[everywhere]).await;
        rows::identity::grant(bed, administrator.id, everywhere).await;
        Self { app, administrator, runner }
    }

    async fn set(&self, what: &str, person: &TestPerson) {
        let path = format!("/api/v1/people/{}/{what}", person.id);
        self.app.as_person(&self.administrator).post(&path, json!({})).await.expect(200);
    }

    /// How many jobs that was.
    async fn works(&self) -> usize {
        self.runner.run_due().await.expect("the jobs run")
    }
}

/// A published training of one class with a lead in the database, and an assistant and an expert who lead it.
async fn led(bed: TestBed) -> (Ground, TestPerson, TestPerson) {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    let expert = ground.staff("周敏贤", Role::Expert).await;
    rows::identity::grant(&ground.bed, ground.lead.id, on_training(Role::TrainingLead, ground.training))
        .await;
    ground.publish().await;
    ground.bed.clock.advance_seconds(1);
    (ground, assistant, expert)
}

testkit::on_both_databases!(a_training_does_not_open_with_a_disabled_assistant, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let assistant = ground.staff("李婷", Role::Assistant).await;
    ground.staff("周敏贤", Role::Expert).await;
    ground.run().await;
    ground.change(&ground.of_training("allocation/lock"), json!({})).await.expect(200);
    assert_eq!(ground.opening().await["can_open"], true);

    rows::identity::disabled(&ground.bed, assistant.id).await;
    let opening = ground.opening().await;
    assert_eq!(
        (&opening["can_open"], &rule(&opening, "assistants")["people_missing"]),
        (&json!(false), &json!(1))
    );
    assert_eq!(without(&ground.board().await), [json!(["assistant"])]);
    ground
        .change(&ground.of_training("allocation/publish"), json!({}))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open");
    let board = ground.board().await;
    let path =
        format!("/api/v1/classes/{}/staff-assignments", board["classes"][0]["id"].as_str().expect("an id"));
    let other = ground.staff("何燕", Role::Assistant).await;
    rows::identity::disabled(&ground.bed, other.id).await;
    ground
        .change(&path, json!({ "person_id": other.id, "role": "assistant" }))
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.not_staff");
    let able = ground.staff("马晓梅", Role::Assistant).await;
    ground.change(&path, json!({ "person_id": able.id, "role": "assistant" })).await.expect(201);
    ground.change(&ground.of_training("allocation/publish"), json!({})).await.expect(200);
    // Nothing was given to whoever could not sign in, nor was it told.
    assert_eq!(ground::grants(&ground, assistant.id).await, 0);
    assert_eq!(kinds(&ground, &assistant).await, [""; 0]);
});

testkit::on_both_databases!(a_disabled_expert_counts_for_no_class_and_no_share, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(30).await;
    for name in ["李婷", "马晓梅"] {
        ground.staff(name, Role::Assistant).await;
    }
    let outside = ground.staff("周敏贤", Role::Expert).await;
    let local = ground.staff("沈立", Role::Expert).await;
    rows::identity::belongs_to(&ground.bed, local.id, ground.counties[0]).await;
    ground.run().await;
    let counted = |opening: &Value, name: &str| {
        let rule = rule(opening, name);
        (rule["is_met"].as_bool(), rule["number"].as_u64(), rule["people_missing"].as_u64())
    };
    let opening = ground.opening().await;
    assert_eq!(counted(&opening, "expert_mix"), (Some(true), Some(1), Some(0)));
    assert_eq!(counted(&opening, "experts"), (Some(true), Some(0), Some(0)));

    rows::identity::disabled(&ground.bed, outside.id).await;
    let opening = ground.opening().await;
    // One of one is local now, and the one who is left may take the other class too.
    assert_eq!(counted(&opening, "expert_mix"), (Some(false), Some(1), Some(1)));
    assert_eq!(counted(&opening, "experts"), (Some(false), Some(1), Some(0)));
});

testkit::on_both_databases!(a_draft_gives_no_class_to_a_disabled_account, |bed: TestBed| async move {
    let mut ground = Ground::new(bed).await;
    ground.admit(15).await;
    let (disabled, able) =
        (ground.staff("安婷", Role::Assistant).await, ground.staff("赵晓梅", Role::Assistant).await);
    rows::identity::disabled(&ground.bed, disabled.id).await;
    let board = ground.run().await;
    let leaders = board["classes"][0]["leaders"].as_array().expect("leaders");
    let who: Vec<_> = leaders.iter().map(|leader| &leader["person_id"]).collect();
    assert_eq!(who, [&json!(able.id)]);
});

testkit::on_both_databases!(whoever_is_left_beside_a_disabled_one_is_the_last, |bed: TestBed| async move {
    let (ground, first, _) = led(bed).await;
    let second = ground.staff("马晓梅", Role::Assistant).await;
    let class = ground.board().await["classes"][0]["id"].as_str().expect("an id").to_owned();
    let body = json!({ "person_id": second.id, "role": "assistant" });
    ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
    let (of_first, of_second) = (
        assignment_of(&ground, first.id).await.to_string(),
        assignment_of(&ground, second.id).await.to_string(),
    );
    rows::identity::disabled(&ground.bed, first.id).await;
    ground.dismiss(&of_second).await.expect_problem(StatusCode::CONFLICT, "allocation.last_of_class");
    let colleague = ground.bed.person("另一位负责人", &[]).await;
    rows::identity::grant(&ground.bed, colleague.id, on_training(Role::TrainingLead, ground.training)).await;
    rows::identity::disabled(&ground.bed, colleague.id).await;

    // Leaving cannot be refused: the leads hear what is missing, but for one who cannot sign in.
    let mut conn = ground.bed.db().read().await.expect("a reader");
    let invitation: kernel::id::StaffInvitationId =
        sql("select id as value from staff_invitations where person_id = $1")
            .bind(second.id)
            .one(&mut conn)
            .await
            .expect("an invitation");
    drop(conn);
    let path = format!("/api/v1/staff-invitations/{invitation}/end");
    let leaving = ground.app.as_person(&second).post_version(&path, json!({ "reason": "调动" }), 2).await;
    assert_eq!(leaving.expect(200).json()["classes"][0]["needs_another"], true);
    assert_eq!(missing(&ground, &ground.lead).await, ["class_without_assistant"]);
    assert_eq!(kinds(&ground, &colleague).await, [""; 0]);
    // The disabled one is missed by nobody.
    ground.dismiss(&of_first).await.expect(200);
});

testkit::on_both_databases!(
    the_leads_hear_that_the_last_of_a_class_was_disabled,
    |bed: TestBed| async move {
        let (ground, assistant, expert) = led(bed).await;
        let desk = Desk::new(&ground).await;
        desk.set("disable", &assistant).await;
        assert_eq!(desk.works().await, 1);
        assert_eq!(missing(&ground, &ground.lead).await, ["class_without_assistant"]);
        let notices = ground.app.as_person(&ground.lead).get("/api/v1/notices").await.expect(200).json();
        assert_eq!(notices["items"][0]["link"], format!("/office/trainings/{}/allocation", ground.training));
        assert_eq!(without(&ground.board().await), [json!(["assistant"])]);
        assert_eq!(missing(&ground, &expert).await, [""; 0], "nobody else is asked to find somebody");
        desk.set("disable", &assistant).await;
        assert_eq!(desk.works().await, 0, "they were disabled before");

        // Enabled again they lead again.
        desk.set("enable", &assistant).await;
        assert_eq!(without(&ground.board().await), [json!([])]);

        // Beside another one they are not missed, and whoever is enabled at once was never gone.
        let second = ground.staff("马晓梅", Role::Assistant).await;
        let class = ground.board().await["classes"][0]["id"].as_str().expect("an id").to_owned();
        let body = json!({ "person_id": second.id, "role": "assistant" });
        ground.change(&format!("/api/v1/classes/{class}/staff-assignments"), body).await.expect(201);
        desk.set("disable", &assistant).await;
        desk.set("disable", &expert).await;
        desk.set("enable", &expert).await;
        assert_eq!(desk.works().await, 2);
        assert_eq!(missing(&ground, &ground.lead).await.len(), 1);
        // Of two at once, the last one that goes is missed.
        desk.set("disable", &second).await;
        assert_eq!(desk.works().await, 1);
        assert_eq!(missing(&ground, &ground.lead).await, ["class_without_assistant"; 2]);
    }
);

testkit::on_both_databases!(nobody_is_missed_in_a_draft_or_after_the_end, |bed: TestBed| async move {
    let (mut ground, assistant, _) = led(bed).await;
    let desk = Desk::new(&ground).await;
    rows::training_plan::closed(&ground.bed, ground.training).await;
    let before = ground.lead.clone();
    ground.next_training("又一个培训").await;
    ground.admit(15).await;
    let drafted = ground.staff("何燕", Role::Assistant).await;
    ground.run().await;
    for person in [&assistant, &drafted] {
        desk.set("disable", person).await;
    }
    assert_eq!(desk.works().await, 2);
    assert_eq!(missing(&ground, &before).await, [""; 0]);
});

testkit::on_both_databases!(
    whoever_is_disabled_while_it_opens_leads_nothing_unheard_of,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        let desk = Desk::new(&ground).await;
        let (mut opened, mut refused) = (0, 0);
        for round in 0..20 {
            ground.next_training(&format!("培训{round}")).await;
            rows::identity::grant(
                &ground.bed,
                ground.lead.id,
                on_training(Role::TrainingLead, ground.training),
            )
            .await;
            ground.admit(1).await;
            let assistant = ground.staff(&format!("助教{round}"), Role::Assistant).await;
            ground.staff(&format!("专家{round}"), Role::Expert).await;
            ground.run().await;
            ground.change(&ground.of_training("allocation/lock"), json!({})).await.expect(200);
            let version = ground.version().await;
            let told = missing(&ground, &ground.lead).await.len();
            let (app, lead, path) =
                (ground.app.clone(), ground.lead.clone(), ground.of_training("allocation/publish"));
            let publishing =
                tokio::spawn(
                    async move { app.as_person(&lead).post_version(&path, json!({}), version).await },
                );
            desk.set("disable", &assistant).await;
            let published = publishing.await.expect("it ends");
            desk.works().await;
            let told = missing(&ground, &ground.lead).await.len() - told;
            if published.status == StatusCode::OK {
                opened += 1;
            } else {
                published.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open");
                refused += 1;
            }
            let is_open = ground
                .count("select count(*) as value from v_class where training_id = $1 and published")
                .await;
            assert_eq!(
                i64::try_from(told).expect("a few"),
                is_open,
                "round {round}: an open class without an assistant is told of"
            );
        }
        println!("{:?}: {opened} opened, {refused} refused", ground.bed.which);
    }
);

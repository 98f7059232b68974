//! A training that is over: its gate changes nothing any more, and an application that nobody decided may still be taken back.

use http::StatusCode;
use kernel::id::ApplicationId;
use serde_json::{Value, json};
use testkit::rows::training_plan;
use testkit::{Answered, TestBed, TestPerson};

use crate::world::{World, good_answers, my, notice, read};

/// One request of somebody, at the version of what stands there.
struct Change<'a> {
    who: &'a TestPerson,
    method: http::Method,
    path: String,
    body: Value,
    version: i64,
}

impl Change<'_> {
    fn send(&self, world: &World, copy: usize) -> impl Future<Output = Answered> + use<> {
        let (app, who, method) = (world.app.clone(), self.who.clone(), self.method.clone());
        let (path, body, tag) = (self.path.clone(), self.body.clone(), format!("\"v{}\"", self.version));
        async move {
            let key = format!("change-{copy}");
            let headers = [("if-match", tag.as_str()), ("idempotency-key", key.as_str())];
            app.as_person(&who).request(method, &path, Some(body), &headers).await
        }
    }
}

/// Everything that changes something at the gate, each as it would go through while the training is not over.
fn changes<'a>(
    world: &'a World,
    drafting: &'a TestPerson,
    submitted: ApplicationId,
    recommended: ApplicationId,
) -> Vec<Change<'a>> {
    let (post, put) = (http::Method::POST, http::Method::PUT);
    let of_training = |rest: &str| format!("/api/v1/trainings/{}/{rest}", world.training);
    let of = |id: ApplicationId, rest: &str| format!("/api/v1/applications/{id}/{rest}");
    let decision = json!({ "decision": "waitlist", "reason": "名额有限" });
    let mut many = decision.clone();
    many["applications"] = read(&[(recommended, 3)]);
    let next = json!({ "application_id": recommended, "reason": "递补" });
    let change = |who, method: &http::Method, path, body, version| Change {
        who,
        method: method.clone(),
        path,
        body,
        version,
    };
    vec![
        change(drafting, &put, my(world.training), good_answers(), 1),
        change(drafting, &post, format!("{}/submit", my(world.training)), json!({}), 1),
        change(
            &world.head,
            &post,
            of(submitted, "recommend"),
            json!({ "recommended": true, "reason": "认真" }),
            2,
        ),
        change(&world.lead, &post, of(recommended, "decide"), decision, 3),
        change(&world.lead, &post, of_training("applications/decide-many"), many, 0),
        change(&world.lead, &post, of_training("applications/admit-next"), next, 3),
        change(&world.lead, &put, of_training("notice"), notice(400), 2),
        change(&world.lead, &post, of_training("notice/publish"), json!({}), 2),
    ]
}

testkit::on_both_databases!(
    nothing_changes_at_the_gate_of_a_training_that_is_over,
    |bed: TestBed| async move {
        let world = World::open(&bed).await;
        let (person, submitted) = world.submitted(&bed, "王小明").await;
        let (_, recommended) = world.recommended(&bed, "陈小红").await;
        let drafting = world.teacher(&bed, "赵老师").await;
        world.app.as_person(&drafting).put_version(&my(world.training), good_answers(), 0).await.expect(200);
        let changes = changes(&world, &drafting, submitted, recommended);

        // Judged as it stands at the commit: each waits for the lead who is ending the training.
        for (copy, change) in changes.iter().enumerate() {
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            storage::sql("update trainings set state = 'closed', closed_at = $2 where id = $1")
                .bind(world.training)
                .bind(bed.ambient.now())
                .exec(&mut tx)
                .await
                .expect("a training closes");
            let asked = tokio::spawn(change.send(&world, copy));
            bed.until_waiting(1, &[&asked]).await;
            tx.commit().await.expect("a commit");
            asked.await.expect("it ends").expect_problem(StatusCode::CONFLICT, "training.closed");
            let mut tx = bed.db().begin_write().await.expect("a transaction");
            storage::sql("update trainings set state = 'running', closed_at = null where id = $1")
                .bind(world.training)
                .exec(&mut tx)
                .await
                .expect("a training runs again");
            tx.commit().await.expect("a commit");
        }
        training_plan::closed(&bed, world.training).await;
        for (copy, change) in changes.iter().enumerate() {
            let answer = change.send(&world, 100 + copy).await;
            answer.expect_problem(StatusCode::CONFLICT, "training.closed");
        }
        let withdraw = format!("{}/withdraw", my(world.training));
        let own = world.app.as_person(&person);
        own.post_as_read(&my(world.training), &withdraw, json!({})).await.expect(200);
        // To a stranger there is nothing, whatever has become of it.
        let hidden = format!("/api/v1/applications/{recommended}/recommend");
        let body = json!({ "recommended": true, "reason": "认真" });
        let stranger = bed.person("路人", &[]).await;
        world.app.as_person(&stranger).post_version(&hidden, body, 3).await.expect(404);
    }
);

//! A whole class at work while the lead ends the training: everybody hears what became of their own request.

use std::time::Duration;

use http::StatusCode;
use http_kit::{LayerOptions, Platform};
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use storage::{Db, DbOptions, sql};
use testkit::{TestBed, TestPerson, rows};

use crate::world::{World, staff, submission};

/// Weeks and days of grace are over: seconds after the test's first morning.
const ENDS: i64 = (20 * 24 + 15) * 3600;

/// Works that wait for their review, each with an assistant of its own who reviews it: one person does not write so much at once.
async fn handed_in(bed: &TestBed, w: &World, many: usize) -> Vec<(TestPerson, String)> {
    let task = w.task(bed, "assignment", None).await;
    let mut works = Vec::new();
    for n in 0..many {
        let class = if n % 2 == 0 { w.class } else { w.other_class };
        let assistant = staff(bed, w.training, class, &format!("助教{n}"), Role::Assistant).await;
        let grants = [
            Grant { role: Role::Learner, scope: Scope::Training(w.training) },
            Grant { role: Role::Learner, scope: Scope::Class(class) },
        ];
        let learner = bed.person(&format!("学员{n}"), &grants).await;
        rows::class_allocation::place(bed, class, learner.id, true).await;
        rows::task_board::claim(bed, w.list, class, learner.id).await;
        let body = json!({"text": "一年级和三年级的同科安排", "based_on": 0, "files": []});
        let made = w.app.as_person(&learner).post(&format!("{}/hand-in", submission(task)), body).await;
        works.push((assistant, made.expect(200).json()["id"].as_str().expect("an id").to_owned()));
    }
    works
}

testkit::on_both_databases!(
    twenty_five_requests_beside_a_close_get_their_answers,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let works = handed_in(&bed, &w, 25).await;
        bed.clock.advance_seconds(ENDS);
        // As a server is, with all its bounds.
        let options = DbOptions::default();
        let db = Db::open(&bed.database.address, &options).await.expect("it opens");
        let platform = Platform { db: db.clone(), ..bed.platform() };
        let routes = assessment::router(platform.clone(), bed.hub().await, bed.blobs().await);
        let app = bed.serve_on(platform, routes, &LayerOptions::default());
        let post = |who: &TestPerson, path: String, body: Value| {
            let (app, who) = (app.clone(), who.clone());
            tokio::spawn(async move { app.as_person(&who).post(&path, body).await })
        };

        // The close has the training in its hands and takes its time: what it writes next is held.
        let mut held = bed.db().begin_write().await.expect("a transaction");
        sql("insert into evaluation_schemes (training_id, scheme, version, updated_at) values ($1, $2, 1, $3)")
        .bind(w.training)
        .bind(json!({}))
        .bind(bed.ambient.now())
        .exec(&mut held)
        .await
        .expect("a row");
        let (asked, lead, path) =
            (app.clone(), w.lead.clone(), format!("/api/v1/trainings/{}/close", w.training));
        // Nobody has saved a scheme: what was read is the default.
        let close = tokio::spawn(async move {
            asked.as_person(&lead).post_version(&path, json!({"confirm": true}), 0).await
        });
        bed.until_waiting(1, &[&close]).await;
        let judged = json!({"decision": "grade", "hand_in": 1, "based_on": 0, "comment": "好",
        "levels": {"real": "a", "design": "a", "tasks": "a", "use": "a"}});
        let reviews: Vec<_> = works
            .iter()
            .map(|(staff, id)| post(staff, format!("/api/v1/submissions/{id}/review/finish"), judged.clone()))
            .collect();
        while db.waiting_writers() == 0 {
            tokio::task::yield_now().await;
        }
        // Longer than anybody waits for a connection.
        tokio::time::sleep(options.patience + Duration::from_millis(400)).await;
        drop(held);

        close.await.expect("it ends").expect(200);
        let mut counted = 0;
        for review in reviews {
            let answer = review.await.expect("it ends");
            if answer.status == 204 {
                counted += 1;
            } else {
                answer.expect_problem(StatusCode::CONFLICT, "training.closed");
            }
        }
        let finished: i64 = sql("select count(*) as value from reviews where finished_at is not null")
            .one(&mut bed.db().read().await.expect("a reader"))
            .await
            .expect("a count");
        assert_eq!(finished, counted, "what was acknowledged is there, and nothing else");
    }
);

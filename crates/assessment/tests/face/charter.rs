//! A charter that was settled anew asks for a signature before more is done; what one has made stays one's own to read.

use http::StatusCode;
use kernel::{Grant, Role, Scope};
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::world::{World, submission};

testkit::on_both_databases!(
    what_somebody_made_is_theirs_to_read_whatever_charter_they_signed,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, test) = w.test(&bed, json!({})).await;
        let (written, blank) =
            (w.task(&bed, "assignment", None).await, w.task(&bed, "assignment", None).await);
        w.handed_in(&w.learner, written, "一年级和三年级的同科安排").await;
        let me = w.app.as_person(&w.learner);
        let attempt = w.start(&w.learner, paper, test).await;
        let attempt = format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"));
        me.post(&format!("{attempt}/submit"), json!({})).await.expect(200);
        let standing = format!("/api/v1/my/standing?training_id={}", w.training);
        let sheet = format!("/api/v1/tasks/{test}/test");
        let mine =
            [submission(written), sheet, attempt, standing, format!("/api/v1/tasks/{written}/reviews")];
        let not_begun = [
            submission(blank),
            format!("/api/v1/tasks/{}/test", w.task(&bed, "test", Some(paper.uuid())).await),
        ];
        let draft = json!({"text": "草稿", "based_on": 0});

        rows::class_allocation::settled_anew(&bed, w.class).await;
        for path in &mine {
            me.get(path).await.expect(200);
        }
        let work = me.get(&mine[0]).await.expect(200).json();
        assert_eq!(work["work"]["body"], "一年级和三年级的同科安排");
        assert_eq!((&work["open"], &work["closed"]), (&Value::Null, &json!("task_board.charter_unsigned")));
        for path in &not_begun {
            me.get(path).await.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
        }
        let refused = me.put(&mine[0], draft.clone()).await;
        refused.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");
        let refused =
            me.post(&format!("/api/v1/test-papers/{paper}/attempts"), json!({"task_id": test})).await;
        refused.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");

        let grants = [Scope::Training(w.training), Scope::Class(w.class)];
        let never = bed.person("未签", &grants.map(|scope| Grant { role: Role::Learner, scope })).await;
        rows::class_allocation::place(&bed, w.class, never.id, false).await;
        let never = w.app.as_person(&never);
        never.get(&mine[3]).await.expect_problem(StatusCode::CONFLICT, "task_board.charter_unsigned");

        rows::training_plan::closed(&bed, w.training).await;
        for path in mine.iter().chain(&not_begun) {
            me.get(path).await.expect(200);
        }
        assert_eq!(me.get(&mine[0]).await.expect(200).json()["closed"], "training.closed");
        me.put(&mine[0], draft).await.expect_problem(StatusCode::CONFLICT, "training.closed");
        never.get(&mine[3]).await.expect(200);
        w.app.as_person(&w.outsider).get(&mine[3]).await.expect(404);
    }
);

testkit::on_both_databases!(
    a_test_that_was_taken_is_read_before_the_new_charter_is_signed,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({})).await;
        let attempt = |begun: &Value| format!("/api/v1/attempts/{}", begun["id"].as_str().expect("an id"));
        let taken = attempt(&w.start(&w.learner, paper, task).await);
        w.app.as_person(&w.learner).post(&format!("{taken}/submit"), json!({})).await.expect(200);
        let under_way = attempt(&w.start(&w.learner, paper, task).await);
        let moved = w.moved(&bed).await;
        rows::class_allocation::settled_anew(&bed, w.other_class).await;
        let me = w.app.as_person(&moved);
        me.get(&taken).await.expect(200);
        let answers = format!("{under_way}/answers");
        for refused in [me.get(&under_way).await, me.put(&answers, json!({"answers": []})).await] {
            refused.expect_problem(StatusCode::NOT_FOUND, "not_found");
        }
    }
);

//! What pages say of time: it orders no answers, and earns nothing that could not be.

use serde_json::{Value, json};
use testkit::TestBed;

use crate::world::{World, answer};

fn path(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}", attempt["id"].as_str().expect("an id"))
}

testkit::on_both_databases!(a_devices_clock_orders_no_answers, |bed: TestBed| async move {
    let w = World::new(&bed).await;
    let (paper, task) = w.test(&bed, json!({})).await;
    let attempt = w.start(&w.learner, paper, task).await;
    let (me, at) = (w.app.as_person(&w.learner), path(&attempt));
    for (seq, key) in [(9_999_999_999_999, "a"), (bed.ambient.now().seconds() * 1_000, "b")] {
        let body = json!({"answers": [answer(&attempt, 0, seq, &[key])]});
        let stored = me.put(&format!("{at}/answers"), body).await.expect(200).json();
        assert_eq!(stored["answers"][0]["chosen"], json!([key]), "what the person saw last");
    }
    let result = me.post(&format!("{at}/submit"), json!({})).await.expect(200).json();
    assert_eq!(result["result"]["score"].as_i64(), Some(1000));
});

testkit::on_both_databases!(
    what_is_said_to_be_older_than_the_attempt_counts_nothing,
    |bed: TestBed| async move {
        let w = World::new(&bed).await;
        let (paper, task) = w.test(&bed, json!({})).await;
        let began = bed.ambient.now();
        let attempt = w.start(&w.learner, paper, task).await;
        bed.clock.advance_seconds(700);
        let mut forged = answer(&attempt, 0, 1, &["b"]);
        forged["chosen_at"] = json!(began.plus_seconds(-1));
        let submit = format!("{}/submit", path(&attempt));
        let result =
            w.app.as_person(&w.learner).post(&submit, json!({"answers": [forged]})).await.expect(200).json();
        assert_eq!(
            (&result["result"]["score"], &result["late_answers"][0]["chosen"]),
            (&json!(0), &json!(["b"]))
        );
    }
);

//! A training opens with its first week ready, and not weeks before it begins.

use class_allocation::FirstList;
use http::StatusCode;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{TestBed, rows};

use crate::ground::{Ground, on_training, rule};

testkit::on_both_databases!(
    it_opens_with_a_first_list_and_not_weeks_before_the_start,
    |bed: TestBed| async move {
        let mut ground = Ground::new(bed).await;
        let starts_on = "2026-11-30";
        ground.training =
            rows::training_plan::training(&ground.bed, ground.province, "三周后", starts_on, 8).await;
        ground.lead = ground.bed.regrant(&ground.lead, &[on_training(Role::TrainingLead, ground.training)]);
        ground.admit(15).await;
        ground.full_staff().await;
        ground.list.is(FirstList::Missing);
        ground.run().await;
        ground.change(&ground.of_training("allocation/lock"), json!({})).await.expect(200);
        let publish = ground.of_training("allocation/publish");
        let opening = ground.opening().await;
        let unmet = |opening: &Value, name: &str| {
            let rule = rule(opening, name);
            (rule["is_met"].as_bool(), rule["binds"].as_bool(), rule["number"].as_u64())
        };
        assert_eq!(unmet(&opening, "start_is_near"), (Some(false), Some(true), Some(14)));
        assert_eq!(unmet(&opening, "first_list"), (Some(false), Some(true), Some(1)));
        let refused = ground.change(&publish, json!({})).await;
        let refused = refused.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open");
        assert_eq!(refused.json()["title"], "还不能开班：有 2 项条件没有满足。");
        ground.list.is(FirstList::Draft);
        let text = rule(&ground.opening().await, "first_list")["text"]["zh"].clone();
        assert_eq!(text, "第 1 周任务单还是草稿，请专家定稿并标为“就绪”。");
        ground.list.is(FirstList::Ready);
        ground
            .change(&publish, json!({}))
            .await
            .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "allocation.cannot_open");
        // Midnight in Shanghai, fourteen days before.
        ground.bed.clock.set("2026-11-15T15:59:59Z".parse().expect("an instant"));
        assert_eq!(unmet(&ground.opening().await, "start_is_near").0, Some(false));
        ground.bed.clock.advance_seconds(1);
        ground.change(&publish, json!({})).await.expect(200);
    }
);

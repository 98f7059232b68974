//! Whose part somebody asks to end in vain is not kept from what they are doing. That is seen where there is more than one writer.

use http::Method;
use kernel::Role;
use kernel::id::{ApplicationId, JobId, PersonId, StaffAssignmentId, StaffInvitationId};
use serde_json::json;
use testkit::{TestBed, Which};

use crate::ground::Ground;

impl Ground {
    async fn id_of<T: storage::FromRow>(&self, text: &'static str, person: PersonId) -> T {
        let mut conn = self.bed.db().read().await.expect("a reader");
        storage::sql(text).bind(person).one(&mut conn).await.expect("an id")
    }

    /// The lead asks for an end that is refused, while the person is doing something.
    async fn refuses_at_once(&self, person: PersonId, path: String, version: i64, code: &str) {
        let tx = self.bed.in_use(person).await;
        let (app, lead, key): (_, _, JobId) =
            (self.app.clone(), self.lead.clone(), self.bed.ambient.new_id());
        let asked = async move {
            let (key, tag) = (key.to_string(), format!("\"v{version}\""));
            let headers = [("idempotency-key", &*key), ("if-match", &*tag)];
            let body = Some(json!({ "reason": "另有任务" }));
            app.as_person(&lead).request(Method::POST, &path, body, &headers).await
        };
        assert_eq!(self.bed.at_once(asked).await.code(), code);
        drop(tx);
    }
}

#[test]
fn nobody_waits_for_an_end_that_is_refused() {
    TestBed::run(Which::Postgres, |bed| async move {
        let mut ground = Ground::new(bed).await;
        let learner = ground.admit(3).await.remove(0).id;
        let assistant = ground.staff("李婷", Role::Assistant).await.id;
        ground.staff("周敏贤", Role::Expert).await;
        ground.publish().await;
        let application: ApplicationId =
            ground.id_of("select id as value from applications where person_id = $1", learner).await;
        let invitation: StaffInvitationId =
            ground.id_of("select id as value from staff_invitations where person_id = $1", assistant).await;
        let assignment: StaffAssignmentId =
            ground.id_of("select id as value from staff_assignments where person_id = $1", assistant).await;
        let ends = format!("/api/v1/applications/{application}/end");
        let leaves = format!("/api/v1/staff-invitations/{invitation}/end");
        let dismissed = format!("/api/v1/staff-assignments/{assignment}/dismiss");
        let version = ground.version().await;
        for (person, path, version, code) in [
            (learner, &ends, 7, "edit.conflict"),
            (assistant, &leaves, 7, "edit.conflict"),
            (assistant, &dismissed, version + 1, "edit.conflict"),
            (assistant, &dismissed, version, "allocation.last_of_class"),
        ] {
            ground.refuses_at_once(person, path.clone(), version, code).await;
        }
        // What has ended does not end again.
        let lead = ground.app.as_person(&ground.lead);
        for (person, path, read, code) in
            [(learner, ends, 1, "gate.wrong_state"), (assistant, leaves, 2, "staff.not_leading")]
        {
            lead.post_version(&path, json!({ "reason": "家庭原因" }), read).await.expect(200);
            ground.refuses_at_once(person, path, read + 1, code).await;
        }
    });
}

#[test]
fn nobody_waits_for_classes_that_cannot_open() {
    TestBed::run(Which::Postgres, |bed| async move {
        let mut ground = Ground::new(bed).await;
        let learner = ground.admit(3).await.remove(0).id;
        let expert = ground.staff("周敏贤", Role::Expert).await;
        ground.staff("李婷", Role::Assistant).await;
        ground.run().await;
        ground.change(&ground.of_training("allocation/lock"), json!({})).await.expect(200);
        testkit::rows::identity::disabled(&ground.bed, expert.id).await;
        let (publish, version) = (ground.of_training("allocation/publish"), ground.version().await);
        ground.refuses_at_once(learner, publish, version, "allocation.cannot_open").await;
    });
}

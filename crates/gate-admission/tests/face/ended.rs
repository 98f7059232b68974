//! Who was admitted and takes part no more is told from who took an application back, and found by it.

use gate_admission::admission::{Ending, end};
use kernel::Actor;
use kernel::id::{ApplicationId, PersonId};
use serde_json::{Value, json};
use testkit::{TestBed, TestPerson};

use crate::world::{World, my};

impl World {
    async fn admitted(&self, bed: &TestBed, name: &str) -> (TestPerson, ApplicationId) {
        let (person, id) = self.recommended(bed, name).await;
        self.decide(id, "admit").await.expect(200);
        (person, id)
    }

    /// As the area of classes does it, in the name of who asks.
    async fn ends(&self, bed: &TestBed, application: ApplicationId, by: PersonId) {
        let view = self.app.as_person(&self.lead).get(&format!("/api/v1/applications/{application}")).await;
        let read = view.expect(200).version();
        let by = Actor { person: by, session: bed.ambient.new_id(), grants: [].into(), rights_taken: 0 };
        let ending = Ending { application, read, reason: "家庭原因" };
        let mut tx = bed.db().begin_write().await.expect("a transaction");
        end(&mut tx, &bed.ambient, &bed.hub().await, &by, ending).await.expect("it ends");
        tx.commit().await.expect("a commit");
    }

    /// Name and way of ending of the applications that a filter shows.
    async fn listed(&self, filter: &str) -> Vec<(String, Value)> {
        let path = format!("/api/v1/trainings/{}/applications?{filter}", self.training);
        let page = self.app.as_person(&self.lead).get(&path).await.expect(200).json();
        let of = |item: &Value| {
            (item["person"]["name"].as_str().expect("a name").to_owned(), item["ended"].clone())
        };
        page["items"].as_array().expect("a list").iter().map(of).collect()
    }
}

testkit::on_both_databases!(
    who_left_or_was_removed_is_told_from_who_took_an_application_back,
    |bed: TestBed| async move {
        let world = World::open(&bed).await;
        let (_, stays) = world.admitted(&bed, "王小明").await;
        let (leaver, left) = world.admitted(&bed, "陈小红").await;
        let (removed_person, removed) = world.admitted(&bed, "周小亮").await;
        let (undecided, taken_back) = world.submitted(&bed, "何秀兰").await;
        let withdraw = format!("{}/withdraw", my(world.training));
        let me = world.app.as_person(&undecided);
        me.post_as_read(&my(world.training), &withdraw, json!({})).await.expect(200);
        world.ends(&bed, left, leaver.id).await;
        world.ends(&bed, removed, world.lead.id).await;

        let told = |name: &str, how: Value| (name.to_owned(), how);
        let all = [
            told("王小明", Value::Null),
            told("陈小红", json!("left")),
            told("周小亮", json!("removed")),
            told("何秀兰", json!("withdrawn")),
        ];
        assert_eq!(world.listed("").await, all);
        assert_eq!(world.listed("state=admitted").await, all[..1]);
        assert_eq!(world.listed("ended=left").await, all[1..2]);
        assert_eq!(world.listed("ended=removed").await, all[2..3]);
        assert_eq!(world.listed("ended=withdrawn").await, all[3..]);
        assert_eq!(world.listed("state=withdrawn").await, all[1..]);
        assert_eq!(world.listed("state=admitted&ended=left").await, []);
        let lead = world.app.as_person(&world.lead);
        for (id, how) in [(stays, Value::Null), (removed, json!("removed")), (taken_back, json!("withdrawn"))]
        {
            let one = lead.get(&format!("/api/v1/applications/{id}")).await.expect(200).json();
            assert_eq!(one["ended"], how);
        }
        let mine =
            world.app.as_person(&removed_person).get("/api/v1/my/applications").await.expect(200).json();
        assert_eq!(mine["items"][0]["ended"], "removed");
        let summary = format!("/api/v1/trainings/{}/admission-summary", world.training);
        let figures = lead.get(&summary).await.expect(200).json();
        let of = |key: &str| figures[key].as_i64().expect("a figure");
        assert_eq!([of("admitted"), of("left"), of("removed"), of("withdrawn")], [1, 1, 1, 1], "{figures}");

        // Who writes anew is at the beginning again, whatever was before.
        world.submit_again(&leaver).await;
        assert_eq!(world.listed("ended=left").await, []);
        assert_eq!(world.listed("state=submitted").await, [told("陈小红", Value::Null)]);
    }
);

impl World {
    async fn submit_again(&self, person: &TestPerson) {
        let path = my(self.training);
        let me = self.app.as_person(person);
        let version = me.get(&path).await.expect(200).version();
        me.put_version(&path, crate::world::good_answers(), version).await.expect(200);
        me.post_as_read(&path, &format!("{path}/submit"), json!({})).await.expect(200);
    }
}

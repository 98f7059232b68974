//! What leads and offices see after a correction: what stands now, what stood before within reach, and found by either.

use http::StatusCode;
use serde_json::{Value, json};
use testkit::{TestBed, on_both_databases};

use crate::office::{Office, encoded, text, wide};

fn entry_of(batch: &Value, person: &testkit::TestPerson) -> Value {
    let entries = batch["entries"].as_array().expect("entries");
    let person = person.id.to_string();
    entries.iter().find(|entry| entry["person_id"] == person.as_str()).expect("the entry").clone()
}

async fn found(office: &Office, list: &str, typed: &str) -> Vec<Value> {
    let path = format!("/api/v1/{list}?find={typed}");
    let answer = office.app.as_person(&office.officer).get(&path).await.expect(200).json();
    answer["items"].as_array().expect("items").clone()
}

on_both_databases!(batch_and_ledger_show_what_stands_after_a_correction, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰", "李敏"]).await;
    let address = office.issued(&bed).await;
    let learner = &office.learners[0];
    let first = office.certificate_of(learner).await;
    bed.clock.advance_seconds(60);
    let correction = json!({
        "learner_name": "王晓兰", "training_title": "复式教学进阶", "hours": 40, "credits": "36.5", "grade": "good",
        "reason": "登记有误",
    });
    let change = office.changed(&text(&first["id"]), "correction", correction).await;
    office.runner(&bed).run_due().await.expect("jobs run");
    let second = office.certificate_of(learner).await;
    bed.clock.advance_seconds(60);
    office
        .changed(&text(&second["id"]), "correction", json!({ "credits": "30", "reason": "学分有误" }))
        .await;
    office.runner(&bed).run_due().await.expect("jobs run");
    let third = office.certificate_of(learner).await;
    let told: Vec<String> =
        storage::sql("select kind as value from person_notices where person_id = $1 order by kind")
            .bind(learner.id)
            .all(&mut bed.db().read().await.expect("a reader"))
            .await
            .expect("notices");
    // Its holder hears each time that the one before is void.
    assert_eq!(told, ["certificate_issued", "certificate_replaced", "certificate_replaced"]);

    let officer = office.app.as_person(&office.officer);
    let batch = officer.get(&address).await.expect(200).json();
    let entry = entry_of(&batch, learner);
    assert_eq!(entry["printed"], third["printed"]);
    assert_eq!(entry["certificate"]["serial"], third["serial"]);
    let earlier: Vec<&Value> = entry["earlier"].as_array().expect("a list").iter().collect();
    assert_eq!(
        earlier.iter().map(|one| &one["serial"]).collect::<Vec<_>>(),
        [&second["serial"], &first["serial"]]
    );
    assert_eq!(earlier[1]["change_id"], change["id"]);
    for one in earlier {
        assert_eq!(one["is_issued"], true);
        officer.get(&format!("/api/v1/certificates/{}/pdf", text(&one["id"]))).await.expect(200);
    }
    let other = entry_of(&batch, &office.learners[1]);
    assert_eq!(
        (text(&other["printed"]["training_title"]), &other["earlier"]),
        ("复式教学入门".into(), &json!([]))
    );

    // Each line says what was entered, with name, title and number of the certificate that stands now.
    let lines = found(&office, "credit-entries", "王晓").await;
    let said: Vec<(String, String)> =
        lines.iter().map(|line| (text(&line["kind"]), text(&line["credits"]))).collect();
    let said: Vec<(&str, &str)> =
        said.iter().map(|(kind, credits)| (kind.as_str(), credits.as_str())).collect();
    assert_eq!(said, [("lowered", "6.5"), ("raised", "4.5"), ("earned", "32")]);
    for (line, entered_for) in lines.iter().zip([&Value::Null, &second["serial"], &first["serial"]]) {
        assert_eq!(line["learner_name"], "王晓兰");
        assert_eq!(line["training_title"], "复式教学进阶");
        assert_eq!((&line["serial"], &line["entered_for"]), (&third["serial"], entered_for));
        assert_eq!(line["batch_id"], batch["batch"]["id"]);
    }
    let mine = office.app.as_person(learner).get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!((text(&mine["counted"]), text(&mine["missing"])), ("30".into(), "330".into()));
    assert_eq!(
        (&mine["entries"][2]["learner_name"], &mine["entries"][2]["batch_id"]),
        (&json!("王晓兰"), &Value::Null)
    );
});

on_both_databases!(office_finds_by_a_part_of_a_name_or_number, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰", "李敏_乙"]).await;
    office.issued(&bed).await;
    let [wang, li] = [&office.learners[0], &office.learners[1]];
    let first = office.certificate_of(wang).await;
    office
        .changed(&text(&first["id"]), "correction", json!({ "learner_name": "汪晓兰", "reason": "登记有误" }))
        .await;
    office.runner(&bed).run_due().await.expect("jobs run");
    let second = office.certificate_of(wang).await;
    let (old, new) = (text(&first["serial"]), text(&second["serial"]));
    let running = new.rsplitn(2, '-').last().expect("a number without its check character").to_owned();
    for (typed, who) in [
        ("晓兰", Some(wang)),
        ("王小", Some(wang)),
        (old.as_str(), Some(wang)),
        (&new.to_ascii_lowercase(), Some(wang)),
        (&running, Some(wang)),
        (&encoded(&wide(&new)), Some(wang)),
        (&new.replace('-', ""), Some(wang)),
        (&new.replace('-', "%20"), Some(wang)),
        (&new.replace('0', "o"), Some(wang)),
        ("%E6%95%8F_", Some(li)),
        ("兰_", None),
        ("%25", None),
        ("_乙", Some(li)),
        ("没有", None),
    ] {
        let lines = found(&office, "credit-entries", typed).await;
        let holders: Vec<String> = lines.iter().map(|line| text(&line["person_id"])).collect();
        assert_eq!(holders, who.map(|who| who.id.to_string()).into_iter().collect::<Vec<_>>(), "{typed}");
        let batches = found(&office, "certificate-batches", typed).await;
        assert_eq!(batches.len(), usize::from(who.is_some()), "{typed}");
    }
    assert_eq!(found(&office, "credit-entries", "").await.len(), 2);
    let officer = office.app.as_person(&office.officer);
    let long = officer.get(&format!("/api/v1/credit-entries?find={}", "长".repeat(41))).await;
    long.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "input.invalid");
});

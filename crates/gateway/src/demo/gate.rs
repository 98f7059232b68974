//! Recruitment: the notice, 85 applications, recommendations by school heads, decisions with reasons.

use anyhow::Context as _;
use http::Method;
use kernel::id::{PersonId, TrainingId};
use serde_json::{Map, Value, json};

use super::cast::People;
use super::content::{self, ApplicantText, GateText};
use super::face::{Face, text};

pub async fn admit(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<()> {
    publish_notice(face, people, training).await?;
    let gate = content::training()?.gate;
    let mut applicants: Vec<&ApplicantText> = people.roster.applicants.iter().collect();
    applicants.sort_by_key(|a| std::cmp::Reverse(a.submitted_days_before_start));
    let mut submitted = Vec::new();
    for (nth, applicant) in (0_i64..).zip(applicants) {
        face.at(face.calendar.before_start(applicant.submitted_days_before_start, 19, nth % 60));
        let person = people.id(&applicant.person.key)?;
        if let Some(application) = apply(face, &gate, training, person, applicant).await? {
            submitted.push((applicant, person, application));
        }
    }
    recommend(face, people, &submitted).await?;
    decide(face, people, training, &submitted).await
}

async fn publish_notice(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<()> {
    let content = content::training()?;
    let lead = people.id("lead")?;
    face.at(face.calendar.before_start(38, 10, 0));
    let gate = &content.gate;
    let willingness = |item: &content::WillingnessItemText| {
        let choices: Vec<Value> =
            item.options.iter().map(|o| json!({"text": o.text, "score": o.score})).collect();
        json!({"key": item.key, "text": item.text, "choices": choices})
    };
    let notice = json!({
        "title": content.notice.title, "body_markdown": content.notice.body,
        "opens_at": face.calendar.before_start(38, 10, 0), "closes_at": face.calendar.before_start(9, 23, 59),
        "capacity": content.plan.scale, "least_hours": gate.minimum_hours_per_week,
        "eligibility": gate.eligibility.iter()
            .map(|q| json!({"key": q.key, "text": q.text, "expected": q.must_be == "yes"})).collect::<Vec<_>>(),
        "willingness": gate.willingness.items.iter().map(willingness).collect::<Vec<_>>(),
        "threshold": gate.willingness.threshold,
        "pledge": gate.pledge.iter().map(|p| json!({"key": p.key, "text": p.text})).collect::<Vec<_>>(),
    });
    let path = format!("/api/v1/trainings/{training}/notice");
    face.put_first(lead, &path, notice).await?;
    face.edit_as_of(lead, &path, Method::POST, &format!("{path}/publish"), json!({})).await?;
    Ok(())
}

/// Writes an application and hands it in; those whom the gate would refuse leave theirs as a draft.
async fn apply(
    face: &Face,
    gate: &GateText,
    training: TrainingId,
    person: PersonId,
    applicant: &ApplicantText,
) -> anyhow::Result<Option<String>> {
    let path = format!("/api/v1/trainings/{training}/my-application");
    let eligibility: Map<String, Value> =
        applicant.eligibility.iter().map(|(key, answer)| (key.clone(), json!(answer == "yes"))).collect();
    let mut willingness = Map::new();
    for item in &gate.willingness.items {
        let chosen = applicant.willingness.get(&item.key).context("an answer is missing")?;
        let place = item.options.iter().position(|o| &o.key == chosen).context("an unknown choice")?;
        willingness.insert(item.key.clone(), json!(place));
    }
    let answers = json!({
        "eligibility": eligibility, "willingness": willingness, "hours_a_week": applicant.hours_per_week,
        "pledge": applicant.pledge, "statement": applicant.wish,
    });
    face.edit(person, &path, answers).await?;
    if !applicant.gate_passes {
        return Ok(None);
    }
    face.pass_seconds(240);
    face.edit_as_of(person, &path, Method::POST, &format!("{path}/submit"), json!({})).await?;
    let mine = face.get(person, &path).await?;
    Ok(Some(text(&mine, "application_id")?.to_owned()))
}

type Submitted<'a> = (&'a ApplicantText, PersonId, String);

async fn recommend(face: &Face, people: &People, submitted: &[Submitted<'_>]) -> anyhow::Result<()> {
    for (nth, (applicant, _, application)) in (0_i64..).zip(submitted) {
        let Some(words) = &applicant.recommendation else { continue };
        let head = people.head_of(&applicant.person.key)?;
        face.at(face.calendar.before_start(8, 8, nth % 60));
        let body = json!({"recommended": true, "reason": words});
        let path = format!("/api/v1/applications/{application}");
        face.edit_as_of(head, &path, Method::POST, &format!("{path}/recommend"), body).await?;
    }
    Ok(())
}

async fn decide(
    face: &Face,
    people: &People,
    training: TrainingId,
    submitted: &[Submitted<'_>],
) -> anyhow::Result<()> {
    let lead = people.id("lead")?;
    // Nobody is admitted once somebody waits: whoever has to wait is told when the seats are given.
    let (waiting, decided): (Vec<_>, Vec<_>) =
        submitted.iter().partition(|(applicant, ..)| applicant.state == "waitlisted");
    for (nth, (applicant, person, application)) in (0_i64..).zip(decided.into_iter().chain(waiting)) {
        face.at(face.calendar.before_start(7, 14, nth));
        let reason = applicant.reason_text.clone().unwrap_or_else(|| "符合条件，予以录取。".to_owned());
        let decision = match applicant.state.as_str() {
            "admitted" => "admit",
            "waitlisted" => "waitlist",
            "rejected" => "reject",
            _ => {
                let path = format!("/api/v1/trainings/{training}/my-application");
                let body = json!({"reason": reason});
                face.edit_as_of(*person, &path, Method::POST, &format!("{path}/withdraw"), body).await?;
                continue;
            }
        };
        let body = json!({"decision": decision, "reason": reason});
        let path = format!("/api/v1/applications/{application}");
        face.edit_as_of(lead, &path, Method::POST, &format!("{path}/decide"), body)
            .await
            .with_context(|| applicant.person.key.clone())?;
    }
    Ok(())
}

//! Three classes: allocated, adjusted by hand, led, published; then each agrees on its charter.

use std::collections::HashMap;

use anyhow::Context as _;
use http::Method;
use kernel::id::{PersonId, TrainingId};
use serde_json::json;

use super::cast::People;
use super::content;
use super::face::{Face, text};

/// A class of the story.
pub struct Class {
    pub key: String,
    pub id: String,
    /// Learners by their key in the content.
    pub learners: Vec<String>,
}

pub async fn form(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<Vec<Class>> {
    let lead = people.id("lead")?;
    let path = format!("/api/v1/trainings/{training}/allocation");
    face.at(face.calendar.before_start(6, 10, 0));
    face.edit_as_of(lead, &path, Method::POST, &path, json!({"seed": 1})).await?;
    let classes = adjust(face, people, &path).await?;
    lead_classes(face, people, &path, &classes).await?;
    face.edit_as_of(lead, &path, Method::POST, &format!("{path}/lock"), json!({})).await?;
    face.at(face.calendar.before_start(5, 16, 0));
    face.edit_as_of(lead, &path, Method::POST, &format!("{path}/publish"), json!({})).await?;
    for class in &classes {
        agree_on_charter(face, people, class).await?;
    }
    Ok(classes)
}

/// The lead moves people until everybody sits where the story has them: places change two by two.
async fn adjust(face: &Face, people: &People, path: &str) -> anyhow::Result<Vec<Class>> {
    let lead = people.id("lead")?;
    let texts = content::training()?.classes;
    let board = face.get(lead, path).await?;
    let drafted = board["classes"].as_array().context("no classes were drafted")?;
    anyhow::ensure!(drafted.len() == texts.len(), "{} classes were drafted", drafted.len());
    let mut classes = Vec::new();
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for (nth, (class, words)) in drafted.iter().zip(&texts).enumerate() {
        let id = text(class, "id")?.to_owned();
        face.edit(lead, &format!("/api/v1/classes/{id}"), json!({"name": words.name})).await?;
        let members: Vec<&content::ApplicantText> =
            people.roster.applicants.iter().filter(|a| a.class.as_deref() == Some(&words.key)).collect();
        for member in &members {
            wanted.insert(people.id(&member.person.key)?.to_string(), nth);
        }
        let learners = members.iter().map(|a| a.person.key.clone()).collect();
        classes.push(Class { key: words.key.clone(), id, learners });
    }
    let mut seated: Vec<(String, String, usize)> = Vec::new();
    for (nth, class) in drafted.iter().enumerate() {
        for learner in class["learners"].as_array().into_iter().flatten() {
            seated.push((
                text(learner, "person_id")?.to_owned(),
                text(learner, "placement_id")?.to_owned(),
                nth,
            ));
        }
    }
    while let Some(misplaced) = seated.iter().position(|(person, _, class)| wanted.get(person) != Some(class))
    {
        let (person, placement, from) = seated[misplaced].clone();
        let to = *wanted.get(&person).context("somebody without a class in the story")?;
        // Best somebody who wants to go the other way; else anybody who sits there wrongly.
        let leaving = |(p, _, c): &(String, String, usize)| *c == to && wanted.get(p) != Some(&to);
        let other = seated
            .iter()
            .position(|s| leaving(s) && wanted.get(&s.0) == Some(&from))
            .or_else(|| seated.iter().position(leaving))
            .context("nobody to change places with")?;
        let body = json!({"class_id": classes[to].id, "exchange_with": seated[other].1});
        let moving = format!("/api/v1/placements/{placement}/move");
        face.edit_as_of(lead, path, Method::POST, &moving, body).await?;
        seated[misplaced].2 = to;
        seated[other].2 = from;
    }
    Ok(classes)
}

/// Gives each class the assistants and experts of the story instead of those that the allocation proposed.
async fn lead_classes(face: &Face, people: &People, path: &str, classes: &[Class]) -> anyhow::Result<()> {
    let lead = people.id("lead")?;
    let board = face.get(lead, path).await?;
    for class in board["classes"].as_array().into_iter().flatten() {
        for leader in class["leaders"].as_array().into_iter().flatten() {
            let assignment = text(leader, "assignment_id")?;
            let dismissal = format!("/api/v1/staff-assignments/{assignment}/dismiss");
            let body = json!({"reason": "按各班情况重新安排带班人员"});
            face.edit_as_of(lead, path, Method::POST, &dismissal, body).await?;
        }
    }
    for class in classes {
        for staff in people.roster.staff.iter().filter(|s| s.classes.contains(&class.key)) {
            let body = json!({"person_id": people.id(&staff.key)?, "role": staff.role});
            let assigning = format!("/api/v1/classes/{}/staff-assignments", class.id);
            face.edit_as_of(lead, path, Method::POST, &assigning, body).await?;
        }
    }
    Ok(())
}

async fn agree_on_charter(face: &Face, people: &People, class: &Class) -> anyhow::Result<()> {
    let words = content::training()?
        .classes
        .into_iter()
        .find(|c| c.key == class.key)
        .context("a class without words")?;
    let assistant = first_assistant(people, class)?;
    let path = format!("/api/v1/classes/{}/charter", class.id);
    face.at(face.calendar.before_start(4, 20, 0));
    let proposer = people.id(&class.learners[0])?;
    face.post(proposer, &format!("{path}/clauses"), json!({"body": words.charter.clauses[0]})).await?;
    // A first text is settled and signed by some before the last clause comes in: what they signed stays to be read.
    let (vision, clauses) = (&words.charter.vision, &words.charter.clauses);
    for (days, clauses, signers) in
        [(4, &clauses[..clauses.len() - 1], &class.learners[..2]), (3, &clauses[..], &class.learners[..])]
    {
        face.at(face.calendar.before_start(days, 21, 0));
        let settled = face.edit(assistant, &path, json!({"vision": vision, "clauses": clauses})).await?;
        for (nth, learner) in (0_i64..).zip(signers) {
            face.at(face.calendar.before_start(days - 1, 19, 0).plus_seconds(nth * 97));
            let sign = json!({"version": settled["version"]});
            face.post(people.id(learner)?, &format!("{path}/sign"), sign).await?;
        }
    }
    Ok(())
}

/// The assistant who acts for a class in the story.
pub fn first_assistant(people: &People, class: &Class) -> anyhow::Result<PersonId> {
    let staff = people.roster.staff.iter().find(|s| s.role == "assistant" && s.classes.contains(&class.key));
    people.id(&staff.context("a class without assistant")?.key)
}

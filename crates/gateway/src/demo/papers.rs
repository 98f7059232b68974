//! Tests, rubrics and the evaluation scheme, made before the weeks begin.

use std::collections::HashMap;

use anyhow::Context as _;
use kernel::id::TrainingId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::cast::People;
use super::content;
use super::face::{Face, text};

#[derive(Deserialize)]
pub struct PaperText {
    pub key: String,
    title: String,
    title_en: String,
    attempts: u16,
    minutes: u16,
    pub items: Vec<ItemText>,
}

#[derive(Deserialize)]
pub struct ItemText {
    kind: String,
    pub text: String,
    options: Vec<ChoiceText>,
    pub right: Vec<String>,
    explanation: String,
    points: u16,
}

#[derive(Deserialize)]
pub struct ChoiceText {
    pub key: String,
    text: String,
}

impl ItemText {
    /// A wrong answer: the first option that is not right.
    pub fn wrong(&self) -> Vec<String> {
        self.options.iter().map(|o| o.key.clone()).find(|key| !self.right.contains(key)).into_iter().collect()
    }
}

/// Ids by key of the content: papers `test-1`, rubrics `assignment`.
pub struct Made {
    pub papers: HashMap<String, String>,
    pub rubrics: HashMap<String, String>,
}

pub async fn make(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<Made> {
    let expert = people.id("e1")?;
    let mut made = Made { papers: HashMap::new(), rubrics: HashMap::new() };
    for rubric in content::training()?.rubrics {
        let path = format!("/api/v1/trainings/{training}/rubrics");
        let view = face.post(expert, &path, rubric_body(&rubric)).await?;
        made.rubrics.insert(rubric.key, text(&view, "id")?.to_owned());
    }
    for paper in content::papers()? {
        let path = format!("/api/v1/trainings/{training}/test-papers");
        let view = face.post(expert, &path, paper_body(&paper)).await?;
        let id = text(&view, "id")?.to_owned();
        face.post(expert, &format!("{path}/{id}/publish"), json!({"version": view["version"]})).await?;
        made.papers.insert(paper.key, id);
    }
    save_scheme(face, people, training).await?;
    Ok(made)
}

fn rubric_body(rubric: &content::RubricText) -> Value {
    let criterion = |c: &content::CriterionText| {
        let levels: Vec<Value> =
            c.levels.iter().map(|l| json!({"key": l.key, "title": l.title, "points": l.points})).collect();
        json!({"key": c.key, "title": c.title, "levels": levels})
    };
    let work_kind = if rubric.key.starts_with("assign") { "assignment" } else { "reflection" };
    json!({
        "work_kind": work_kind, "title": rubric.title, "title_en": rubric.title_en,
        "criteria": rubric.criteria.iter().map(criterion).collect::<Vec<_>>(),
    })
}

fn paper_body(paper: &PaperText) -> Value {
    let item = |item: &ItemText| {
        let options: Vec<Value> =
            item.options.iter().map(|o| json!({"key": o.key, "text": o.text})).collect();
        json!({
            "kind": item.kind, "stem": item.text, "options": options, "right": item.right,
            "explanation": item.explanation, "points": item.points,
        })
    };
    json!({
        "title": paper.title, "title_en": paper.title_en, "minutes": paper.minutes, "attempts_allowed": paper.attempts,
        "multiple_rule": "partial", "show_answers": "after_last",
        "items": paper.items.iter().map(item).collect::<Vec<_>>(),
    })
}

async fn save_scheme(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<()> {
    let content = content::training()?;
    let from = |key: &str| content.evaluation.grades.iter().find(|g| g.key == key).map(|g| g.from);
    let components: Vec<Value> = content
        .evaluation
        .components
        .iter()
        .map(|c| json!({"kind": c.key, "weight": c.weight, "minimum": c.minimum_percent}))
        .collect();
    let scheme = json!({
        "components": components, "pass_from": from("pass"), "good_from": from("good"),
        "excellent_from": from("excellent"), "credits_tenths": content.credits * 10,
        "hours": content.hours_per_week * content.weeks, "late_percent": 80, "posts_wanted": 2,
    });
    let path = format!("/api/v1/trainings/{training}/evaluation-scheme");
    face.edit(people.id("lead")?, &path, scheme).await.context("the evaluation scheme")?;
    Ok(())
}

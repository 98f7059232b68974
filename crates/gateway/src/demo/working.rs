//! How learners work through a week: they watch, read, take the test, write, each at their own hour; assistants review.

use std::collections::BTreeMap;

use anyhow::Context as _;
use assessment::model::work::WorkKind;
use kernel::id::PersonId;
use serde::Deserialize;
use serde_json::{Value, json};
use task_board::model::TaskKind;

use super::cast::People;
use super::classes::{Class, first_assistant};
use super::content::{self, ApplicantText, TaskText};
use super::course::Course;
use super::face::{Face, text};
use super::papers::PaperText;

#[derive(Deserialize)]
pub struct WorkTexts {
    submissions: Vec<WorkText>,
    reflections: Vec<WorkText>,
}

#[derive(Deserialize)]
struct WorkText {
    task: String,
    by: String,
    body: String,
    review: Option<ReviewText>,
}

#[derive(Deserialize)]
struct ReviewText {
    levels: BTreeMap<String, String>,
    comment: String,
}

/// What those write who are not of the cast: texts with gaps for their own school.
#[derive(Deserialize)]
pub struct MoreWork {
    reflections: Vec<String>,
    submissions: Vec<String>,
    comments: Comments,
}

#[derive(Deserialize)]
struct Comments {
    assignment: String,
    reflection: String,
}

/// Everything that working needs to know.
pub struct Desk<'a> {
    pub face: &'a Face,
    pub people: &'a People,
    pub course: &'a Course,
    papers: Vec<PaperText>,
    works: WorkTexts,
    more: MoreWork,
}

impl<'a> Desk<'a> {
    pub fn new(face: &'a Face, people: &'a People, course: &'a Course) -> anyhow::Result<Self> {
        let (papers, works, more) = (content::papers()?, content::works()?, content::more_work()?);
        Ok(Self { face, people, course, papers, works, more })
    }

    /// Does one task as its learner would. `nth` is their place in the class and stands for their ways.
    pub async fn do_task(&self, class: &Class, nth: usize, task: &TaskText) -> anyhow::Result<()> {
        let key = &class.learners[nth];
        let person = self.people.id(key)?;
        let id = self.course.tasks.get(&task.key).context("an unknown task")?;
        let path = format!("/api/v1/tasks/{id}");
        match task.kind {
            TaskKind::Watch => self.watch(person, &path).await,
            TaskKind::Read => {
                self.face.post(person, &format!("{path}/start"), json!({})).await?;
                self.face.pass_seconds(i64::from(task.minutes) * 50);
                self.face.post(person, &format!("{path}/read"), json!({})).await?;
                Ok(())
            }
            TaskKind::Test => self.take_test(person, nth, id, task).await,
            TaskKind::Assignment => self.hand_in(person, nth, key, task, WorkKind::Assignment, &path).await,
            TaskKind::Reflect => self.hand_in(person, nth, key, task, WorkKind::Reflection, &path).await,
            // That is what the talk tells.
            TaskKind::Discuss => Ok(()),
        }
    }

    async fn watch(&self, person: PersonId, path: &str) -> anyhow::Result<()> {
        let playback = self.face.post(person, &format!("{path}/playbacks"), json!({})).await?;
        let length = playback["length_ms"].as_i64().context("a video without length")?;
        self.face.pass_seconds(length / 1000 + 1);
        let record = json!({
            "counter": 1, "from_ms": 0, "to_ms": length, "rate_hundredths": 100, "wall_ms": length, "is_visible": true,
        });
        let evidence = json!({"playback_id": text(&playback, "id")?, "records": [record]});
        self.face.post(person, &format!("{path}/watch-evidence"), evidence).await?;
        Ok(())
    }

    async fn take_test(
        &self,
        person: PersonId,
        nth: usize,
        task: &str,
        words: &TaskText,
    ) -> anyhow::Result<()> {
        let key = words.test.as_ref().context("a test task without test")?;
        let paper = self.papers.iter().find(|p| &p.key == key).context("an unknown paper")?;
        let id = self.course.papers.get(key).context("an unknown paper")?;
        let attempt = self
            .face
            .post(person, &format!("/api/v1/test-papers/{id}/attempts"), json!({"task_id": task}))
            .await?;
        let mut answers = Vec::new();
        for (place, asked) in attempt["items"].as_array().into_iter().flatten().enumerate() {
            let item =
                paper.items.iter().find(|i| asked["stem"] == i.text.as_str()).context("an unknown item")?;
            // Everybody errs somewhere, some more than others.
            let errs = (place * 7 + nth * 3) % 11 < nth % 4;
            let chosen = if errs { item.wrong() } else { item.right.clone() };
            answers.push(json!({"item_id": text(asked, "id")?, "seq": 1, "chosen": chosen}));
        }
        self.face.pass_seconds(420);
        let path = format!("/api/v1/attempts/{}/submit", text(&attempt, "id")?);
        self.face.post(person, &path, json!({"answers": answers})).await?;
        Ok(())
    }

    async fn hand_in(
        &self,
        person: PersonId,
        nth: usize,
        key: &str,
        task: &TaskText,
        kind: WorkKind,
        path: &str,
    ) -> anyhow::Result<()> {
        let Some(body) = self.body(nth, key, task, kind) else { return Ok(()) };
        let (path, input) = match kind {
            WorkKind::Assignment => {
                (format!("{path}/submission/hand-in"), json!({"based_on": 0, "text": body, "files": []}))
            }
            WorkKind::Reflection => {
                (format!("{path}/reflection/hand-in"), json!({"based_on": 0, "body": body}))
            }
        };
        self.face.post(person, &path, input).await?;
        Ok(())
    }

    /// Own words of the cast; the others' are the same thoughts at their own school.
    fn body(&self, nth: usize, key: &str, task: &TaskText, kind: WorkKind) -> Option<String> {
        let (own, more) = match kind {
            WorkKind::Assignment => (&self.works.submissions, &self.more.submissions),
            WorkKind::Reflection => (&self.works.reflections, &self.more.reflections),
        };
        if let Some(work) = own.iter().find(|w| w.by == key && w.task == task.key) {
            return Some(work.body.clone());
        }
        let applicant = self.people.roster.applicants.iter().find(|a| a.person.key == key)?;
        let week = usize::from(task.key.as_bytes().get(1).map_or(0, |b| b - b'0'));
        Some(fill(&more[(nth + week) % more.len()], applicant))
    }

    /// The class's assistant works through the queue, and leaves the last few for tomorrow.
    pub async fn review(&self, class: &Class, leave: usize) -> anyhow::Result<()> {
        let assistant = first_assistant(self.people, class)?;
        let queue = self.face.get(assistant, &format!("/api/v1/classes/{}/grading-queue", class.id)).await?;
        let waiting = queue["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (nth, work) in waiting.iter().take(waiting.len().saturating_sub(leave)).enumerate() {
            self.face.pass_seconds(240);
            self.review_one(assistant, nth, work).await?;
        }
        Ok(())
    }

    async fn review_one(&self, assistant: PersonId, nth: usize, work: &Value) -> anyhow::Result<()> {
        let id = text(work, "work_id")?;
        let kind = WorkKind::from_word(text(work, "work_kind")?).context("an unknown kind of work")?;
        let (base, read) = match kind {
            WorkKind::Assignment => {
                (format!("/api/v1/submissions/{id}"), format!("/api/v1/submissions/{id}"))
            }
            WorkKind::Reflection => {
                (format!("/api/v1/reflections/{id}"), format!("/api/v1/reflections/{id}/work"))
            }
        };
        let shown = self.face.get(assistant, &read).await?;
        let (levels, comment) = match self.written_review(&shown) {
            Some(review) => (json!(review.levels), review.comment.clone()),
            None => self.usual_review(nth, &shown, kind),
        };
        let input = json!({
            "decision": "grade", "hand_in": shown["hand_in"], "based_on": 0, "levels": levels, "comment": comment,
        });
        self.face.post(assistant, &format!("{base}/review/finish"), input).await?;
        Ok(())
    }

    /// The review that the content holds for this very work.
    fn written_review(&self, shown: &Value) -> Option<&ReviewText> {
        let name = shown["learner"]["name"].as_str()?;
        let task = shown["task_id"].as_str()?;
        self.works
            .submissions
            .iter()
            .chain(&self.works.reflections)
            .find(|w| {
                self.people.name(&w.by) == name && self.course.tasks.get(&w.task).is_some_and(|id| id == task)
            })
            .and_then(|w| w.review.as_ref())
    }

    fn usual_review(&self, nth: usize, shown: &Value, kind: WorkKind) -> (Value, String) {
        let mut levels = serde_json::Map::new();
        for (place, criterion) in shown["rubric"]["criteria"].as_array().into_iter().flatten().enumerate() {
            let offered = criterion["levels"].as_array().map(Vec::as_slice).unwrap_or_default();
            let chosen = offered.get((nth + place) % 3 % offered.len().max(1)).or(offered.first());
            if let (Some(key), Some(level)) = (criterion["key"].as_str(), chosen) {
                levels.insert(key.to_owned(), level["key"].clone());
            }
        }
        let comment = match kind {
            WorkKind::Assignment => &self.more.comments.assignment,
            WorkKind::Reflection => &self.more.comments.reflection,
        };
        (Value::Object(levels), comment.clone())
    }
}

fn fill(pattern: &str, applicant: &ApplicantText) -> String {
    pattern
        .replace("{point}", &applicant.unit_name)
        .replace("{grades}", &applicant.grades)
        .replace("{pupils}", &applicant.pupils.to_string())
        .replace("{subject}", &applicant.person.subject)
}

//! The course: micro-videos, week lists and their tasks, made by the experts before the first day.

use std::collections::HashMap;

use anyhow::Context as _;
use http::Method;
use kernel::id::TrainingId;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::{Value, json};
use task_board::model::TaskKind;

use super::cast::People;
use super::content::{self, TaskText, WeekText};
use super::face::{Face, Upload, text};
use super::papers::{self, Made};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/demo/videos"]
#[include = "*.mp4"]
#[include = "*.vtt"]
#[include = "*.jpg"]
#[include = "videos.json"]
struct Videos;

#[derive(Deserialize)]
struct VideoText {
    key: String,
    title: String,
    file: String,
    poster: String,
    subtitles: String,
}

/// What the weeks need to know of the course.
pub struct Course {
    /// List id by week.
    pub lists: HashMap<u16, String>,
    /// Task id by the task's key.
    pub tasks: HashMap<String, String>,
    /// Paper, rubric and video ids by their keys.
    pub papers: HashMap<String, String>,
    rubrics: HashMap<String, String>,
    videos: HashMap<String, String>,
    pub weeks: Vec<WeekText>,
}

pub async fn prepare(face: &Face, people: &People, training: TrainingId) -> anyhow::Result<Course> {
    face.at(face.calendar.before_start(30, 15, 0));
    let videos = upload_videos(face, people, training).await?;
    let Made { papers, rubrics } = papers::make(face, people, training).await?;
    let weeks = content::weeks()?;
    let mut course = Course { lists: HashMap::new(), tasks: HashMap::new(), papers, rubrics, videos, weeks };
    for week in content::weeks()? {
        face.at(face.calendar.before_start(29 - i32::from(week.week), 20, 0));
        make_list(face, people, training, &week, &mut course).await?;
    }
    Ok(course)
}

async fn upload_videos(
    face: &Face,
    people: &People,
    training: TrainingId,
) -> anyhow::Result<HashMap<String, String>> {
    let expert = people.id("e1")?;
    let list = embedded("videos.json")?;
    let mut ids = HashMap::new();
    for video in serde_json::from_slice::<Vec<VideoText>>(&list)? {
        let upload = |name: &'static str, file: &str| anyhow::Ok((name, embedded(file)?));
        let (field, bytes) = upload("file", &video.file)?;
        let path = format!("/api/v1/trainings/{training}/micro-videos");
        let file = Upload { field, name: &video.file, bytes: &bytes };
        let made = face.upload(expert, &path, &[("title", &video.title)], file).await?;
        let id = text(&made, "id")?.to_owned();
        let mut version = made["version"].as_i64().context("a micro-video without a version")?;
        for (what, name) in [("poster", &video.poster), ("subtitles", &video.subtitles)] {
            let bytes = embedded(name)?;
            let file = Upload { field: "file", name, bytes: &bytes };
            let path = format!("/api/v1/micro-videos/{id}/{what}");
            let dressed = face.upload_over(expert, &path, &[], file, version).await?;
            version = dressed["version"].as_i64().context("a micro-video without a version")?;
        }
        ids.insert(video.key, id);
    }
    Ok(ids)
}

fn embedded(name: &str) -> anyhow::Result<Vec<u8>> {
    Ok(Videos::get(name).with_context(|| format!("demo/videos/{name} is missing"))?.data.into_owned())
}

async fn make_list(
    face: &Face,
    people: &People,
    training: TrainingId,
    week: &WeekText,
    course: &mut Course,
) -> anyhow::Result<()> {
    let expert = people.id(&week.expert)?;
    let body = json!({"week": week.week, "goal": week.goal, "goal_en": week.goal_en});
    let made = face.post(expert, &format!("/api/v1/trainings/{training}/task-lists"), body).await?;
    let list = text(&made, "id")?.to_owned();
    let path = format!("/api/v1/task-lists/{list}");
    for task in &week.tasks {
        let body = task_body(task, course);
        let view = face.edit_as_of(expert, &path, Method::POST, &format!("{path}/tasks"), body).await?;
        let id = view["tasks"].as_array().and_then(|tasks| tasks.last()).context("the list has no tasks")?;
        course.tasks.insert(task.key.clone(), text(id, "id")?.to_owned());
    }
    if week.state == "published" {
        face.edit_as_of(expert, &path, Method::PUT, &format!("{path}/state"), json!({"state": "ready"}))
            .await?;
    }
    course.lists.insert(week.week, list);
    Ok(())
}

fn task_body(task: &TaskText, course: &Course) -> Value {
    let named =
        |key: &Option<String>, ids: &HashMap<String, String>| key.as_ref().and_then(|k| ids.get(k)).cloned();
    let (reference, least_chars) = match task.kind {
        TaskKind::Watch => (named(&task.video, &course.videos), 0),
        TaskKind::Test => (named(&task.test, &course.papers), 0),
        TaskKind::Assignment => (named(&task.rubric, &course.rubrics), 0),
        TaskKind::Reflect => (named(&task.rubric, &course.rubrics), 50),
        TaskKind::Read | TaskKind::Discuss => (None, 0),
    };
    json!({
        "kind": task.kind, "title": task.title, "title_en": task.title_en, "minutes": task.minutes, "required": true,
        "ref_id": reference,
        "steps": task.steps, "prompts": task.prompts,
        "body_markdown": task.body.as_deref().or(task.brief.as_deref()).unwrap_or_default(),
        "least_chars": least_chars,
    })
}

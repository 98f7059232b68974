//! The demo's texts and people, as they stand in `demo/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use task_board::model::TaskKind;

macro_rules! embedded {
    ($($name:ident: $type:ty = $file:literal;)*) => {$(
        pub fn $name() -> anyhow::Result<$type> { read($file, include_str!(concat!("../../demo/", $file))) }
    )*};
}
embedded! {
    divisions: Vec<Division> = "divisions.json";
    training: TrainingText = "training.zh.json";
    weeks: Vec<WeekText> = "weeks.zh.json";
    roster: Roster = "roster.json";
    talk: Talk = "talk.zh.json";
    papers: Vec<super::papers::PaperText> = "tests.zh.json";
    earlier: super::earlier::EarlierText = "earlier.zh.json";
    works: super::working::WorkTexts = "work.zh.json";
    more_work: super::working::MoreWork = "work-more.zh.json";
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).map_err(|e| anyhow::anyhow!("demo/{file}: {e}"))
}

#[derive(Deserialize)]
pub struct Division {
    pub code: String,
    pub name: String,
    pub level: String,
    pub parent: Option<String>,
}

#[derive(Deserialize)]
pub struct TrainingText {
    pub title: String,
    pub title_en: String,
    pub time_zone: String,
    pub weeks: u16,
    pub current_week: u16,
    pub credits: u16,
    pub hours_per_week: u16,
    pub plan: PlanText,
    pub notice: NoticeText,
    pub gate: GateText,
    pub classes: Vec<ClassText>,
    pub rubrics: Vec<RubricText>,
    pub evaluation: EvaluationText,
}

#[derive(Deserialize)]
pub struct RubricText {
    pub key: String,
    pub title: String,
    pub title_en: String,
    pub criteria: Vec<CriterionText>,
}

#[derive(Deserialize)]
pub struct CriterionText {
    pub key: String,
    pub title: String,
    pub levels: Vec<LevelText>,
}

#[derive(Deserialize)]
pub struct LevelText {
    pub key: String,
    pub title: String,
    pub points: u16,
}

#[derive(Deserialize)]
pub struct EvaluationText {
    pub components: Vec<ComponentText>,
    pub grades: Vec<GradeText>,
}

#[derive(Deserialize)]
pub struct ComponentText {
    pub key: String,
    pub weight: u16,
    pub minimum_percent: Option<u16>,
}

#[derive(Deserialize)]
pub struct GradeText {
    pub key: String,
    pub from: u16,
}

#[derive(Deserialize)]
pub struct PlanText {
    pub purpose: String,
    pub target_group: String,
    pub scale: u16,
    pub content_lines: Vec<ContentLineText>,
    pub staff_needed: StaffNeededText,
    pub budget: Vec<BudgetText>,
    pub review: ReviewText,
}

#[derive(Deserialize)]
pub struct ContentLineText {
    pub title: String,
    pub weeks: Vec<u16>,
}

#[derive(Deserialize)]
pub struct StaffNeededText {
    pub experts: u16,
    pub assistants: u16,
}

#[derive(Deserialize)]
pub struct BudgetText {
    pub item: String,
    pub amount_fen: i64,
}

#[derive(Deserialize)]
pub struct ReviewText {
    pub first_reason: String,
    pub second_reason: String,
}

#[derive(Deserialize)]
pub struct NoticeText {
    pub title: String,
    pub body: String,
}

#[derive(Deserialize)]
pub struct GateText {
    pub minimum_hours_per_week: u16,
    pub eligibility: Vec<EligibilityText>,
    pub willingness: WillingnessText,
    pub pledge: Vec<PledgeText>,
}

#[derive(Deserialize)]
pub struct EligibilityText {
    pub key: String,
    pub text: String,
    pub must_be: String,
}

#[derive(Deserialize)]
pub struct WillingnessText {
    pub threshold: u16,
    pub items: Vec<WillingnessItemText>,
}

#[derive(Deserialize)]
pub struct WillingnessItemText {
    pub key: String,
    pub text: String,
    pub options: Vec<OptionText>,
}

#[derive(Deserialize)]
pub struct OptionText {
    pub key: String,
    pub text: String,
    pub score: u16,
}

#[derive(Deserialize)]
pub struct PledgeText {
    pub key: String,
    pub text: String,
}

#[derive(Deserialize)]
pub struct ClassText {
    pub key: String,
    pub name: String,
    pub charter: CharterText,
}

#[derive(Deserialize)]
pub struct CharterText {
    pub vision: String,
    pub clauses: Vec<String>,
}

#[derive(Deserialize)]
pub struct WeekText {
    pub week: u16,
    pub goal: String,
    pub goal_en: String,
    pub state: String,
    pub expert: String,
    pub tasks: Vec<TaskText>,
}

#[derive(Deserialize)]
pub struct TaskText {
    pub key: String,
    pub kind: TaskKind,
    pub title: String,
    pub title_en: String,
    pub minutes: u16,
    #[serde(default)]
    pub steps: Vec<String>,
    pub video: Option<String>,
    pub body: Option<String>,
    pub test: Option<String>,
    pub brief: Option<String>,
    pub rubric: Option<String>,
    #[serde(default)]
    pub prompts: Vec<String>,
}

#[derive(Deserialize)]
pub struct Roster {
    pub places: Vec<PlaceText>,
    pub staff: Vec<StaffText>,
    pub heads: Vec<HeadText>,
    pub applicants: Vec<ApplicantText>,
    pub earlier_learners: Vec<LearnerText>,
}

#[derive(Deserialize)]
pub struct PlaceText {
    pub key: String,
    pub county: String,
    pub name: String,
    pub points: Vec<PointText>,
}

#[derive(Deserialize)]
pub struct PointText {
    pub key: String,
    pub name: String,
}

#[derive(Deserialize)]
pub struct StaffText {
    pub key: String,
    pub role: String,
    pub name: String,
    pub gender: String,
    pub unit: Option<String>,
    pub title: String,
    #[serde(default)]
    pub subjects: Vec<String>,
    #[serde(default)]
    pub classes: Vec<String>,
    pub phone: String,
}

#[derive(Deserialize)]
pub struct HeadText {
    pub key: String,
    pub name: String,
    pub school: String,
    pub phone: String,
}

/// What every teacher's entry says.
#[derive(Deserialize)]
pub struct LearnerText {
    pub key: String,
    pub name: String,
    pub gender: String,
    pub identity_number: String,
    pub phone: String,
    pub point: String,
    #[serde(default)]
    pub subject: String,
    pub title: String,
    pub years: i64,
}

#[derive(Deserialize)]
pub struct ApplicantText {
    #[serde(flatten)]
    pub person: LearnerText,
    pub class: Option<String>,
    pub hours_per_week: u16,
    pub unit_name: String,
    pub grades: String,
    pub pupils: u16,
    pub eligibility: BTreeMap<String, String>,
    pub willingness: BTreeMap<String, String>,
    pub pledge: Vec<String>,
    #[serde(default)]
    pub wish: String,
    pub gate_passes: bool,
    pub submitted_days_before_start: i32,
    pub recommendation: Option<String>,
    pub state: String,
    #[serde(default)]
    pub reason_text: Option<String>,
}

#[derive(Deserialize)]
pub struct Talk {
    pub announcements: Vec<AnnouncementText>,
    pub topics: Vec<TopicText>,
    pub summaries: Vec<AnnouncementText>,
}

#[derive(Deserialize)]
pub struct AnnouncementText {
    pub class: Option<String>,
    pub by: String,
    pub week: u16,
    pub day: u16,
    pub time: String,
    pub title: String,
    pub body: String,
}

#[derive(Deserialize)]
pub struct TopicText {
    pub key: String,
    pub class: String,
    pub task: Option<String>,
    pub by: String,
    pub title: String,
    pub week: u16,
    pub day: u16,
    pub time: String,
    /// Asked so long before now, whatever the day: it still waits for its answer.
    pub minutes_ago: Option<i64>,
    #[serde(default)]
    pub question: bool,
    pub body: String,
    pub posts: Vec<PostText>,
}

#[derive(Deserialize)]
pub struct PostText {
    pub key: String,
    pub by: String,
    pub week: u16,
    pub day: u16,
    pub time: String,
    pub body: String,
}

#[cfg(test)]
mod tests {
    use task_board::model::TaskKind;

    #[test]
    fn the_weeks_show_every_kind_of_task() {
        let weeks = super::weeks().expect("weeks");
        for kind in TaskKind::ALL {
            assert!(weeks.iter().flat_map(|week| &week.tasks).any(|task| task.kind == kind), "{kind:?}");
        }
    }

    #[test]
    fn every_file_reads() {
        assert_eq!(super::divisions().expect("divisions").len(), 101);
        assert_eq!(super::weeks().expect("weeks").len(), 8);
        assert_eq!(super::roster().expect("roster").applicants.len(), 85);
        assert_eq!(super::training().expect("training").classes.len(), 3);
        assert!(super::talk().expect("talk").topics.len() > 10);
    }
}

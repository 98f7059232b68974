//! The training of the year before: twenty learners, six weeks, finished; its certificates were issued and one was revoked.

use anyhow::Context as _;
use http::Method;
use kernel::id::TrainingId;
use kernel::{Date, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::cast::People;
use super::content;
use super::face::{Face, text};
use crate::world::World;

#[derive(Deserialize)]
pub struct EarlierText {
    title: String,
    title_en: String,
    time_zone: String,
    starts_on: Date,
    weeks: u16,
    hours_per_week: u16,
    credits: u16,
    plan: PlanText,
    staff: StaffText,
    week_titles: Vec<WeekTitle>,
    evaluation: content::EvaluationText,
    learners: Vec<ResultText>,
    batch: BatchText,
    revoked: Vec<RevokedText>,
}

#[derive(Deserialize)]
struct PlanText {
    purpose: String,
    target_group: String,
    scale: u16,
    content_lines: Vec<content::ContentLineText>,
    staff_needed: content::StaffNeededText,
    budget: Vec<content::BudgetText>,
}

#[derive(Deserialize)]
struct StaffText {
    lead: String,
    experts: Vec<String>,
    assistants: Vec<String>,
    class_name: String,
}

#[derive(Deserialize)]
struct WeekTitle {
    week: u16,
    title: String,
    title_en: String,
}

#[derive(Deserialize)]
struct ResultText {
    key: String,
    total_hundredths: u32,
}

#[derive(Deserialize)]
struct BatchText {
    submitted_on: Date,
    submitted_by: String,
    approved_on: Date,
    approved_by: String,
    issued_on: Date,
}

#[derive(Deserialize)]
struct RevokedText {
    learner: String,
    on: Date,
    reason: String,
    confirmed_by: String,
}

/// How many short readings each week has: enough steps to tell good from excellent.
const READINGS: u16 = 5;

/// A list as it was made: its path, and the ids of its tasks.
struct WeekList {
    path: String,
    tasks: Vec<String>,
}

struct Earlier<'a> {
    face: &'a Face,
    people: &'a People,
    story: EarlierText,
    training: TrainingId,
}

pub async fn live(face: &Face, people: &People, world: &World) -> anyhow::Result<()> {
    let story = content::earlier()?;
    let lead = people.id(&story.staff.lead)?;
    face.at(before(face, &story, 60));
    let made = json!({
        "org_unit_id": people.province()?, "title": story.title, "title_en": story.title_en,
        "time_zone": story.time_zone, "starts_on": story.starts_on, "weeks": story.weeks,
    });
    let training = text(&face.post(lead, "/api/v1/trainings", made).await?, "id")?.parse()?;
    let earlier = Earlier { face, people, story, training };
    earlier.plan().await?;
    earlier.admit().await?;
    // A training opens once the list of its first week is ready.
    face.at(before(face, &earlier.story, 7));
    let first = earlier.make_list(0).await?;
    let class = earlier.form_class().await?;
    earlier.six_weeks(&class, first).await?;
    earlier.certify(world).await
}

fn before(face: &Face, story: &EarlierText, days: i32) -> Timestamp {
    face.calendar.on(story.starts_on.plus_days(-days), 10, 0)
}

impl Earlier<'_> {
    fn path(&self, rest: &str) -> String {
        format!("/api/v1/trainings/{}/{rest}", self.training)
    }

    fn learners(&self) -> impl Iterator<Item = &ResultText> {
        self.story.learners.iter()
    }

    async fn plan(&self) -> anyhow::Result<()> {
        let (face, story) = (self.face, &self.story);
        let lead = self.people.id(&story.staff.lead)?;
        let line = |l: &content::ContentLineText| {
            json!({
                "title": l.title, "first_week": l.weeks.first(), "last_week": l.weeks.last(),
            })
        };
        let plan = json!({
            "title": story.title, "title_en": story.title_en, "time_zone": story.time_zone, "starts_on": story.starts_on,
            "weeks": story.weeks, "purpose": story.plan.purpose, "target_group": story.plan.target_group,
            "scale": story.plan.scale,
            "staff_needed": {
                "assistants": story.plan.staff_needed.assistants, "experts": story.plan.staff_needed.experts,
            },
            "content_lines": story.plan.content_lines.iter().map(line).collect::<Vec<_>>(),
            "budget_lines":
                story.plan.budget.iter().map(|b| json!({"title": b.item, "fen": b.amount_fen})).collect::<Vec<_>>(),
        });
        face.edit(lead, &self.path("plan"), plan).await?;
        face.edit_as_of(lead, &self.path("plan"), Method::POST, &self.path("plan/submit"), json!({})).await?;
        face.at(before(face, story, 55));
        let office = self.people.id(&story.batch.approved_by)?;
        face.edit_as_of(
            office,
            &self.path("plan"),
            Method::POST,
            &self.path("plan/approve"),
            json!({"note": "同意试办。"}),
        )
        .await?;
        let experts = story.staff.experts.iter().map(|key| (key, "expert"));
        for (key, role) in experts.chain(story.staff.assistants.iter().map(|key| (key, "assistant"))) {
            let person = self.people.id(key)?;
            face.at(before(face, story, 50));
            let body = json!({"person_id": person, "role": role, "message": "请您一起带这个试点小班。"});
            let made = face.post(lead, &self.path("staff-invitations"), body).await?;
            let path = format!("/api/v1/staff-invitations/{}/accept", text(&made, "id")?);
            face.post_over(person, &path, json!({}), &made).await?;
        }
        Ok(())
    }

    async fn admit(&self) -> anyhow::Result<()> {
        let (face, story) = (self.face, &self.story);
        let lead = self.people.id(&story.staff.lead)?;
        face.at(before(face, story, 40));
        let notice = json!({
            "title": format!("“{}”招募通知", story.title), "body_markdown": story.plan.purpose,
            "opens_at": before(face, story, 40), "closes_at": before(face, story, 10), "capacity": story.plan.scale,
            "least_hours": 3, "eligibility": [], "willingness": [], "threshold": 0,
            "pledge": [{"key": "own", "text": "所有任务由我本人完成，不请人代看、代答、代写。"}],
        });
        face.put_first(lead, &self.path("notice"), notice).await?;
        face.edit_as_of(lead, &self.path("notice"), Method::POST, &self.path("notice/publish"), json!({}))
            .await?;
        for learner in self.learners() {
            let person = self.people.id(&learner.key)?;
            face.at(before(face, story, 20));
            let answers = json!({"hours_a_week": story.hours_per_week, "pledge": ["own"], "statement": ""});
            face.edit(person, &self.path("my-application"), answers).await?;
            let (read, submit) = (self.path("my-application"), self.path("my-application/submit"));
            face.edit_as_of(person, &read, Method::POST, &submit, json!({})).await?;
            let mine = face.get(person, &self.path("my-application")).await?;
            let application = format!("/api/v1/applications/{}", text(&mine, "application_id")?);
            face.at(before(face, story, 12));
            let words = json!({"recommended": true, "reason": "一人带全班，学了就能用上，同意参加。"});
            let (head, recommend) = (self.people.head_of(&learner.key)?, format!("{application}/recommend"));
            face.edit_as_of(head, &application, Method::POST, &recommend, words).await?;
            face.at(before(face, story, 8));
            let body = json!({"decision": "admit", "reason": "教学点班主任，一人带全班，予以录取。"});
            let decide = format!("{application}/decide");
            face.edit_as_of(lead, &application, Method::POST, &decide, body).await?;
        }
        Ok(())
    }

    async fn form_class(&self) -> anyhow::Result<String> {
        let (face, story) = (self.face, &self.story);
        let lead = self.people.id(&story.staff.lead)?;
        face.at(before(face, story, 6));
        let (board, seed) = (self.path("allocation"), json!({"seed": 1, "most_local_percent": 100}));
        face.edit_as_of(lead, &board, Method::POST, &board, seed).await?;
        let board = face.get(lead, &self.path("allocation")).await?;
        let class = text(&board["classes"][0], "id")?.to_owned();
        face.edit(lead, &format!("/api/v1/classes/{class}"), json!({"name": story.staff.class_name})).await?;
        face.edit_as_of(
            lead,
            &self.path("allocation"),
            Method::POST,
            &self.path("allocation/lock"),
            json!({}),
        )
        .await?;
        face.edit_as_of(
            lead,
            &self.path("allocation"),
            Method::POST,
            &self.path("allocation/publish"),
            json!({}),
        )
        .await?;
        let charter = format!("/api/v1/classes/{class}/charter");
        let words = json!({"vision": "把一个小小的班带得安稳、有规矩、有暖意。", "clauses": ["每周领了任务，就在自己班上试一次。"]});
        let settled = face.edit(self.people.id(&story.staff.assistants[0])?, &charter, words).await?;
        face.at(before(face, story, 3));
        for learner in self.learners() {
            let person = self.people.id(&learner.key)?;
            face.post(person, &format!("{charter}/sign"), json!({"version": settled["version"]})).await?;
        }
        Ok(class)
    }

    /// The list of a week, counted from 0, and its tasks.
    async fn make_list(&self, nth: usize) -> anyhow::Result<WeekList> {
        let (face, story) = (self.face, &self.story);
        let week = story.week_titles.get(nth).context("a week without a title")?;
        let expert = self.people.id(&story.staff.experts[0])?;
        let body = json!({"week": week.week, "goal": week.title, "goal_en": week.title_en});
        let list = face.post(expert, &self.path("task-lists"), body).await?;
        let path = format!("/api/v1/task-lists/{}", text(&list, "id")?);
        let mut tasks = Vec::new();
        for number in 1..=READINGS {
            let task = reading(&week.title, &week.title_en, number);
            let view = face.edit_as_of(expert, &path, Method::POST, &format!("{path}/tasks"), task).await?;
            let made = view["tasks"].as_array().and_then(|t| t.last()).context("no task was made")?;
            tasks.push(text(made, "id")?.to_owned());
        }
        let ready = json!({"state": "ready"});
        face.edit_as_of(expert, &path, Method::PUT, &format!("{path}/state"), ready).await?;
        Ok(WeekList { path, tasks })
    }

    async fn six_weeks(&self, class: &str, first: WeekList) -> anyhow::Result<()> {
        let (face, story) = (self.face, &self.story);
        let assistant = self.people.id(&story.staff.assistants[0])?;
        let all = u32::from(story.weeks * READINGS);
        let mut first = Some(first);
        for (nth, week) in story.week_titles.iter().enumerate() {
            face.at(before(face, story, 2));
            let WeekList { path: list, tasks } = match first.take() {
                Some(first) => first,
                None => self.make_list(nth).await?,
            };
            let monday = story.starts_on.plus_days(7 * (i32::from(week.week) - 1));
            face.at(face.calendar.on(monday, 7, 0));
            let list_id = list.rsplit('/').next();
            let body =
                json!({"list_id": list_id, "title": week.title, "body": "本周任务单已发布，请先领取。"});
            face.post(assistant, &format!("/api/v1/classes/{class}/announcements"), body).await?;
            for learner in self.learners() {
                let person = self.people.id(&learner.key)?;
                face.at(face.calendar.on(monday.plus_days(1), 20, 0));
                face.post(person, &format!("{list}/claim"), json!({})).await?;
                // As many readings as the result of the year before says, spread over the weeks.
                let done = (learner.total_hundredths * all).div_ceil(10_000);
                for (place, task) in (0_u32..).zip(&tasks) {
                    let nth = u32::from(week.week - 1) * u32::from(READINGS) + place;
                    if nth * done % all < done {
                        face.post(person, &format!("/api/v1/tasks/{task}/start"), json!({})).await?;
                        face.pass_seconds(300);
                        face.post(person, &format!("/api/v1/tasks/{task}/read"), json!({})).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn certify(&self, world: &World) -> anyhow::Result<()> {
        let (face, story) = (self.face, &self.story);
        let lead = self.people.id(&story.staff.lead)?;
        let office = self.people.id(&story.batch.approved_by)?;
        anyhow::ensure!(story.batch.submitted_by != story.batch.approved_by, "two people decide");
        let from = |key: &str| story.evaluation.grades.iter().find(|g| g.key == key).map(|g| g.from);
        face.at(face.calendar.on(story.batch.submitted_on.plus_days(-1), 10, 0));
        // Those who missed a gate then had done too little; here the one component says so.
        let scheme = json!({
            "components": [{"kind": "tasks", "weight": 100, "minimum": 70}],
            "pass_from": from("pass"), "good_from": from("good"), "excellent_from": from("excellent"),
            "credits_tenths": story.credits * 10, "hours": story.hours_per_week * story.weeks, "late_percent": 80,
            "posts_wanted": 2,
        });
        let scheme_path = self.path("evaluation-scheme");
        face.edit(lead, &scheme_path, scheme).await?;
        // Late work was taken for a week; what nobody handed in by then counts nothing.
        let (confirmed, close) = (json!({"confirm": true}), self.path("close"));
        face.edit_as_of(lead, &scheme_path, Method::POST, &close, confirmed).await?;
        let batch = face.post(lead, &self.path("certificate-batches"), json!({})).await?;
        let id =
            batch["batch"]["id"].as_str().or(batch["id"].as_str()).context("no batch was made")?.to_owned();
        let path = format!("/api/v1/certificate-batches/{id}");
        face.at(face.calendar.on(story.batch.submitted_on, 16, 0));
        face.edit_as_of(lead, &path, Method::POST, &format!("{path}/submit"), json!({})).await?;
        face.at(face.calendar.on(story.batch.approved_on, 10, 30));
        let detail = face.get(office, &path).await?;
        let entries = detail["entries"].as_array().context("a batch without entries")?;
        let decisions: Vec<Value> =
            entries.iter().map(|e| json!({"entry_id": e["id"], "decision": "approve"})).collect();
        face.post_over(office, &format!("{path}/decide"), json!({"entries": decisions}), &detail["batch"])
            .await?;
        face.at(face.calendar.on(story.batch.issued_on, 9, 0));
        while world.areas.runner().run_due().await? > 0 {}
        self.revoke(&path).await
    }

    async fn revoke(&self, batch: &str) -> anyhow::Result<()> {
        let office = self.people.id(&self.story.batch.approved_by)?;
        let detail = self.face.get(office, batch).await?;
        for revoked in &self.story.revoked {
            let person = self.people.id(&revoked.learner)?.to_string();
            let entries = detail["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
            let entry =
                entries.iter().find(|e| e["person_id"] == person.as_str()).context("nobody to revoke of")?;
            self.face.at(self.face.calendar.on(revoked.on, 15, 0));
            let path =
                format!("/api/v1/certificates/{}/propose-revocation", text(&entry["certificate"], "id")?);
            let body = json!({"cause": "issued_in_error", "reason": revoked.reason});
            let change = self.face.post(office, &path, body).await?;
            let change = format!("/api/v1/certificate-changes/{}", text(&change, "id")?);
            self.face.at(self.face.calendar.on(revoked.on, 16, 0));
            let colleague = self.people.id(&revoked.confirmed_by)?;
            let confirm = format!("{change}/confirm");
            self.face.edit_as_of(colleague, &change, Method::POST, &confirm, json!({})).await?;
        }
        Ok(())
    }
}

fn reading(week: &str, week_en: &str, number: u16) -> Value {
    const STEPS: [(&str, &str, &str); READINGS as usize] = [
        ("读一读", "Read", "先把本周的短文读一遍，读完想一想：自己的班和文中的班哪里一样，哪里不一样。"),
        ("看一看", "Look", "在自己班上留心看两天，只看不改，把看到的记三句话。"),
        ("试一试", "Try", "挑一个最小的做法，在自己班上试一次，当天就写下孩子的反应。"),
        ("问一问", "Ask", "把没想明白的一个问题拿到交流区问一问，也回答同伴的一个问题。"),
        ("定下来", "Settle", "把管用的一条定下来，写在纸上贴在教室里，和孩子说清楚。"),
    ];
    let (title, title_en, body) = STEPS[usize::from(number - 1) % STEPS.len()];
    json!({
        "kind": "read", "title": format!("{title}：{week}"), "title_en": format!("{title_en}: {week_en}"), "minutes": 10,
        "required": true, "body_markdown": body, "steps": [],
    })
}

//! Three weeks of training: lists are published, claimed and worked through; classes talk.

use std::collections::HashMap;

use anyhow::Context as _;
use kernel::Timestamp;
use serde_json::json;

use super::cast::People;
use super::classes::{Class, first_assistant};
use super::content::{self, AnnouncementText, PostText, TaskText, TopicText};
use super::course::Course;
use super::face::{Face, text};
use super::working::Desk;

/// Something that happens at its time.
enum Moment<'a> {
    Announce {
        class: &'a Class,
        words: &'a AnnouncementText,
    },
    Claim {
        class: &'a Class,
        week: u16,
        learner: &'a str,
    },
    /// A learner does the task at this place of the week's list.
    Work {
        class: &'a Class,
        nth: usize,
        task: &'a TaskText,
    },
    /// An assistant reviews what was handed in, and leaves some.
    Review {
        class: &'a Class,
        leave: usize,
    },
    StartTopic(&'a TopicText),
    Post {
        topic: &'a TopicText,
        words: &'a PostText,
    },
}

pub async fn live(face: &Face, people: &People, course: &Course, classes: &[Class]) -> anyhow::Result<()> {
    let talk = content::talk()?;
    let mut moments = Vec::new();
    let calendar = &face.calendar;
    for words in talk.announcements.iter().chain(&talk.summaries) {
        let at = calendar.at(words.week, words.day, &words.time);
        for class in classes.iter().filter(|c| words.class.as_ref().is_none_or(|key| *key == c.key)) {
            moments.push((at, Moment::Announce { class, words }));
        }
    }
    for topic in &talk.topics {
        let told = calendar.at(topic.week, topic.day, &topic.time);
        let at = topic.minutes_ago.map_or(told, |minutes| calendar.ago(minutes));
        moments.push((at, Moment::StartTopic(topic)));
        for words in &topic.posts {
            moments.push((calendar.at(words.week, words.day, &words.time), Moment::Post { topic, words }));
        }
    }
    for class in classes {
        for (nth, learner) in (0_u16..).zip(&class.learners) {
            for week in 1..=3 {
                // Most claim on the first evening; one in six lets a week go by.
                if (nth + week) % 6 == 5 {
                    continue;
                }
                let at = calendar.at(week, 1 + nth % 3, "19:30").plus_seconds(i64::from(nth) * 61);
                moments.push((at, Moment::Claim { class, week, learner }));
                moments.extend(evenings(face, class, usize::from(nth), week, course));
            }
        }
        for (week, leave) in [(1, 0), (2, 4)] {
            moments.push((calendar.at(week + 1, 1, "20:00"), Moment::Review { class, leave }));
        }
    }
    moments.retain(|(at, _)| !calendar.is_future(*at));
    moments.sort_by_key(|(at, _)| *at);
    let desk = Desk::new(face, people, course)?;
    let mut story =
        Story { face, people, course, classes, desk, topics: HashMap::new(), published: Vec::new() };
    for (at, moment) in moments {
        story.tell(at, moment).await?;
    }
    Ok(())
}

/// When a learner does which task of a week: one or two an evening after claiming; one in five stops half-way.
fn evenings<'a>(
    face: &Face,
    class: &'a Class,
    nth: usize,
    week: u16,
    course: &'a Course,
) -> Vec<(Timestamp, Moment<'a>)> {
    let tasks = course.weeks.iter().find(|w| w.week == week).map(|w| w.tasks.as_slice()).unwrap_or_default();
    // The learner of the tour has something left to do this week.
    let is_touring =
        class.learners[nth] == "l01" && face.calendar.is_future(face.calendar.at(week + 1, 1, "00:00"));
    let upto = if nth % 5 == 4 || is_touring { tasks.len() / 2 } else { tasks.len() };
    let start = u16::try_from(nth % 3).unwrap_or(0) + 1;
    (0_u16..)
        .zip(&tasks[..upto])
        .map(|(place, task)| {
            let at = face.calendar.at(week, start + place / 2, "20:00");
            let at = at.plus_seconds(i64::from(place % 2) * 1500 + i64::try_from(nth).unwrap_or(0) * 47);
            (at, Moment::Work { class, nth, task })
        })
        .collect()
}

struct Story<'a> {
    face: &'a Face,
    people: &'a People,
    course: &'a Course,
    classes: &'a [Class],
    desk: Desk<'a>,
    topics: HashMap<String, String>,
    /// Class and week of every list that was published.
    published: Vec<(String, u16)>,
}

impl Story<'_> {
    async fn tell(&mut self, at: Timestamp, moment: Moment<'_>) -> anyhow::Result<()> {
        self.face.at(at);
        match moment {
            Moment::Announce { class, words } => self.announce(class, words).await,
            Moment::Claim { class, week, learner } => self.claim(class, week, learner).await,
            Moment::Work { class, nth, task } => self.work(class, nth, task).await,
            Moment::Review { class, leave } => self.desk.review(class, leave).await,
            Moment::StartTopic(topic) => self.start_topic(topic).await,
            Moment::Post { topic, words } => self.post(topic, words).await,
        }
    }

    /// The first announcement of a week to a class publishes that week's list.
    async fn announce(&mut self, class: &Class, words: &AnnouncementText) -> anyhow::Result<()> {
        let mark = (class.key.clone(), words.week);
        let list = if self.published.contains(&mark) { None } else { self.course.lists.get(&words.week) };
        let by = self.speaker(&words.by, class)?;
        let body = json!({"list_id": list, "title": words.title, "body": words.body});
        self.face.post(by, &format!("/api/v1/classes/{}/announcements", class.id), body).await?;
        self.published.push(mark);
        Ok(())
    }

    /// Who speaks to a class: the author when they lead it, else the class's own assistant for them.
    fn speaker(&self, key: &str, class: &Class) -> anyhow::Result<kernel::id::PersonId> {
        let leads = self.people.roster.staff.iter().any(|s| s.key == key && s.classes.contains(&class.key));
        if leads { self.people.id(key) } else { first_assistant(self.people, class) }
    }

    async fn claim(&self, class: &Class, week: u16, learner: &str) -> anyhow::Result<()> {
        if !self.published.contains(&(class.key.clone(), week)) {
            return Ok(());
        }
        let list = self.course.lists.get(&week).context("a week without list")?;
        self.face
            .post(self.people.id(learner)?, &format!("/api/v1/task-lists/{list}/claim"), json!({}))
            .await?;
        Ok(())
    }

    async fn work(&self, class: &Class, nth: usize, task: &TaskText) -> anyhow::Result<()> {
        let week = self.course.weeks.iter().find(|w| w.tasks.iter().any(|t| t.key == task.key));
        let week = week.context("a task without week")?.week;
        if !self.published.contains(&(class.key.clone(), week)) {
            return Ok(());
        }
        self.desk
            .do_task(class, nth, task)
            .await
            .with_context(|| format!("{} {}", class.learners[nth], task.key))
    }

    async fn start_topic(&mut self, topic: &TopicText) -> anyhow::Result<()> {
        let class = self.classes.iter().find(|c| c.key == topic.class).context("a topic without class")?;
        let author = self.people.id(&topic.by)?;
        let client_id = format!("demo-{}", topic.key);
        let task = topic.task.as_ref().and_then(|key| self.course.tasks.get(key));
        let id = if let Some(task) = task {
            let opened = self
                .face
                .put(author, &format!("/api/v1/classes/{}/tasks/{task}/topic", class.id), json!({}))
                .await?;
            let id = text(&opened, "id")?.to_owned();
            let body = json!({"body": topic.body, "client_id": client_id});
            self.face.post(author, &format!("/api/v1/topics/{id}/posts"), body).await?;
            id
        } else {
            let kind = if topic.question { "question" } else { "discussion" };
            let body =
                json!({"kind": kind, "title": topic.title, "body": topic.body, "client_id": client_id});
            let made = self.face.post(author, &format!("/api/v1/classes/{}/topics", class.id), body).await?;
            text(&made, "id")?.to_owned()
        };
        self.topics.insert(topic.key.clone(), id);
        Ok(())
    }

    async fn post(&self, topic: &TopicText, words: &PostText) -> anyhow::Result<()> {
        let id = self.topics.get(&topic.key).context("a post before its topic")?;
        let body = json!({"body": words.body, "client_id": format!("demo-{}", words.key)});
        self.face.post(self.people.id(&words.by)?, &format!("/api/v1/topics/{id}/posts"), body).await?;
        Ok(())
    }
}

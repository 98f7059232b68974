//! The two rubrics that every installation has; a training may make its own beside them.

use kernel::id::RubricId;
use uuid::Uuid;

use super::rubric::{Criterion, Level, Rubric};
use super::work::WorkKind;

/// The default rubric of a kind of work. Its id is the same everywhere, so that tasks can name it.
pub fn of(kind: WorkKind) -> Rubric {
    match kind {
        WorkKind::Assignment => rubric(1, kind, "作业评分", "Assignment rubric", ASSIGNMENT),
        WorkKind::Reflection => rubric(2, kind, "反思日志评分", "Reflection rubric", REFLECTION),
    }
}

/// A default by its id.
pub fn find(id: RubricId) -> Option<Rubric> {
    [WorkKind::Assignment, WorkKind::Reflection].into_iter().map(of).find(|rubric| rubric.id == id)
}

type Row = (&'static str, &'static str, [(&'static str, u16); 4]);

const ASSIGNMENT: &[Row] = &[
    (
        "real",
        "真实具体",
        [
            ("写的是自己的班，年级、人数、课文、时间都清楚", 25),
            ("是自己的班，个别地方含糊", 20),
            ("大半是通用的话", 14),
            ("看不出是哪个班、哪节课", 7),
        ],
    ),
    (
        "design",
        "设计合理",
        [
            ("每一步谁做什么都写明，时间分配合理", 30),
            ("有安排，有一段偏松或偏紧", 24),
            ("只写清了一部分", 16),
            ("没有安排", 8),
        ],
    ),
    (
        "tasks",
        "学生任务",
        [
            ("学生能独立开始，做完有事做，老师有办法检查", 25),
            ("能独立开始，缺检查办法", 20),
            ("只有抄写或重复练习", 14),
            ("没有说明", 7),
        ],
    ),
    (
        "use",
        "可用与改进",
        [
            ("已经上过或马上能上，写出哪里要改、怎么改", 20),
            ("可以直接上，改进写得笼统", 16),
            ("需要再补充才能上", 11),
            ("不能用", 5),
        ],
    ),
];

const REFLECTION: &[Row] = &[
    (
        "event",
        "写清一件事",
        [
            ("有时间、有孩子、有对话，读的人像在教室里", 10),
            ("有具体的事，细节少", 8),
            ("几件事各说一句，不展开", 5),
            ("没有事，只有感想", 2),
        ],
    ),
    (
        "think",
        "想到为什么",
        [
            ("分析了自己的做法与结果的关系，联系这周所学", 10),
            ("有原因分析，未联系所学", 8),
            ("把原因归给孩子或条件", 5),
            ("没有分析", 2),
        ],
    ),
    (
        "next",
        "下一步做什么",
        [
            ("下一步具体到哪天、哪节课、怎么看效果", 10),
            ("有下一步，不够具体", 8),
            ("只说“今后努力”", 4),
            ("没有写", 2),
        ],
    ),
];

fn rubric(number: u128, work_kind: WorkKind, title: &str, title_en: &str, rows: &[Row]) -> Rubric {
    let level = |(at, (title, points)): (usize, &(&str, u16))| Level {
        key: ["a", "b", "c", "d"][at].to_owned(),
        title: (*title).to_owned(),
        points: *points,
    };
    let criterion = |(key, title, levels): &Row| Criterion {
        key: (*key).to_owned(),
        title: (*title).to_owned(),
        levels: levels.iter().enumerate().map(level).collect(),
    };
    Rubric {
        id: RubricId::from_uuid(Uuid::from_u128(number)),
        work_kind,
        title: title.to_owned(),
        title_en: title_en.to_owned(),
        criteria: rows.iter().map(criterion).collect(),
    }
}

//! What somebody did to a board, as it is told to whoever read an older one.

use kernel::Text;
use storage::words;

words! {
    /// What was done.
    pub enum BoardChangeKind {
        /// Classes were worked out anew.
        Drafted = "drafted",
        Placed = "placed",
        Moved = "moved",
        Exchanged = "exchanged",
        Assigned = "assigned",
        Dismissed = "dismissed",
        Locked = "locked",
        Unlocked = "unlocked",
        Published = "published",
        /// A learner's part in the training has ended.
        LearnerLeft = "learner_left",
        /// The part of somebody who led along has ended.
        LeaderLeft = "leader_left",
    }
}

/// One change with the names that it had then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardChange {
    pub kind: BoardChangeKind,
    pub by: String,
    /// Whom it was about.
    pub whom: String,
    /// Who changed places with them.
    pub other: String,
    pub from_class: String,
    pub to_class: String,
}

impl BoardChange {
    pub fn text(&self) -> Text {
        use BoardChangeKind as K;
        let Self { by, whom, other, from_class, to_class, .. } = self;
        match self.kind {
            K::Drafted => Text::new(format!("{by}重新分了班"), format!("{by} allocated again")),
            K::Placed => Text::new(
                format!("{by}把{whom}安排到“{to_class}”"),
                format!("{by} placed {whom} in {to_class}"),
            ),
            K::Moved => Text::new(
                format!("{by}把{whom}从“{from_class}”移到“{to_class}”"),
                format!("{by} moved {whom} from {from_class} to {to_class}"),
            ),
            K::Exchanged => Text::new(
                format!("{by}让“{from_class}”的{whom}和“{to_class}”的{other}互换"),
                format!("{by} let {whom} of {from_class} and {other} of {to_class} change places"),
            ),
            K::Assigned => Text::new(
                format!("{by}安排{whom}带“{to_class}”"),
                format!("{by} assigned {whom} to {to_class}"),
            ),
            K::Dismissed => Text::new(
                format!("{by}不再让{whom}带“{from_class}”"),
                format!("{by} took {whom} from {from_class}"),
            ),
            K::Locked => Text::new(format!("{by}锁定了分班"), format!("{by} locked the classes")),
            K::Unlocked => Text::new(format!("{by}解除了锁定"), format!("{by} unlocked the classes")),
            K::Published => Text::new(format!("{by}公布了分班"), format!("{by} published the classes")),
            K::LearnerLeft => Text::new(format!("{whom}不再参加培训"), format!("{whom} takes part no more")),
            K::LeaderLeft => Text::new(format!("{whom}不再带班"), format!("{whom} leads along no more")),
        }
    }
}

/// So many are told by name, the latest first.
pub const MOST_TOLD: usize = 5;

/// What was done since, in one sentence for each language; none when nothing is known of it.
pub fn told(latest_first: &[BoardChange], all: usize) -> Option<Text> {
    if latest_first.is_empty() {
        return None;
    }
    let texts: Vec<Text> = latest_first.iter().map(BoardChange::text).collect();
    let zh = texts.iter().map(|text| text.zh.as_str()).collect::<Vec<&str>>().join("；");
    let en = texts.iter().map(|text| text.en.as_str()).collect::<Vec<&str>>().join("; ");
    let more = all.saturating_sub(texts.len());
    let (zh_more, en_more) = match more {
        0 => (String::new(), String::new()),
        n => (format!("；此前还有 {n} 处改动"), format!("; and {n} more before that")),
    };
    Some(Text::new(format!("{zh}{zh_more}。"), format!("{en}{en_more}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: BoardChangeKind) -> BoardChange {
        let text = |word: &str| word.to_owned();
        BoardChange {
            kind,
            by: text("宋玉梅"),
            whom: text("陈小红"),
            other: text("周小亮"),
            from_class: text("1班"),
            to_class: text("2班"),
        }
    }

    #[test]
    fn it_is_said_who_moved_whom() {
        assert_eq!(told(&[], 0), None);
        let one = told(&[change(BoardChangeKind::Moved)], 1).expect("a sentence");
        assert_eq!(one.zh, "宋玉梅把陈小红从“1班”移到“2班”。");
        assert_eq!(one.en, "宋玉梅 moved 陈小红 from 1班 to 2班.");
        let more = told(&[change(BoardChangeKind::Locked), change(BoardChangeKind::Exchanged)], 4);
        assert_eq!(
            more.expect("a sentence").zh,
            "宋玉梅锁定了分班；宋玉梅让“1班”的陈小红和“2班”的周小亮互换；此前还有 2 处改动。"
        );
    }
}

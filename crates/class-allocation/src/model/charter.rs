//! What a class agrees on: the text and its versions.

/// Most clauses of a charter, and most open proposals of one member.
pub const MOST_CLAUSES: usize = 20;
pub const MOST_PROPOSALS: i64 = 10;
/// Most proposals of a class, taken up or not: its page shows them all.
pub const MOST_PROPOSED: i64 = 200;

/// The text of a charter, without its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterText {
    pub vision: String,
    pub clauses: Vec<String>,
}

impl CharterText {
    /// What a new class starts from: a proposal, which is signed only after its staff have settled it.
    pub fn proposal() -> Self {
        let clauses = [
            "每周先领取任务单，合理安排时间，按时完成；有困难早点说。",
            "每周至少发一次言，也认真回复一位同伴。",
            "学到的方法在自己的课堂上试一试，把结果如实带回来。",
            "不转发同伴的作业和孩子的照片、姓名。",
            "有问题随时问，看到问题的人先回应一句。",
        ];
        Self {
            vision: "让每一位教学点的老师有同伴、有方法，把学到的用在自己的课堂上。".to_owned(),
            clauses: clauses.map(str::to_owned).to_vec(),
        }
    }

    /// The text as it is settled and signed: every byte as it was typed, without clauses that say nothing. None when no vision or no
    /// clause is left.
    pub fn to_settle(mut self) -> Option<Self> {
        self.clauses.retain(|clause| !is_blank(clause));
        (!is_blank(&self.vision) && !self.clauses.is_empty()).then_some(self)
    }
}

/// Version 0 is the proposal that a class starts from.
pub const FIRST_SETTLED: i64 = 1;

pub const fn is_settled(version: i64) -> bool {
    version >= FIRST_SETTLED
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(vision: &str, clauses: &[&str]) -> CharterText {
        let clauses = clauses.iter().map(|&clause| clause.to_owned()).collect();
        CharterText { vision: vision.to_owned(), clauses }
    }

    #[test]
    fn every_byte_is_settled_but_clauses_that_say_nothing() {
        let typed = text(" 愿景\r\n第二行  ", &["一 \n", " \t\n", "\u{3000}二"]);
        assert_eq!(typed.to_settle(), Some(text(" 愿景\r\n第二行  ", &["一 \n", "\u{3000}二"])));
    }

    #[test]
    fn without_a_vision_or_a_clause_nothing_is_settled() {
        for empty in [text(" \n", &["一"]), text("愿景", &[]), text("愿景", &["", "\u{3000}"])] {
            assert_eq!(empty.clone().to_settle(), None, "{empty:?}");
        }
    }
}

//! What a class agrees on: the text, its versions, the hash that is signed.

use sha2::{Digest, Sha256};

use kernel::id::ClassId;

/// Most clauses of a charter, and most open proposals of one member.
pub const MOST_CLAUSES: usize = 20;
pub const MOST_PROPOSALS: i64 = 10;

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

    /// The text as it is kept: without spaces around it, without empty clauses.
    pub fn tidy(self) -> Self {
        let clauses = self.clauses.iter().map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
        Self { vision: self.vision.trim().to_owned(), clauses }
    }

    /// What a signature signs: SHA-256 over the class, the version and every part, each with its length before it.
    pub fn hash(&self, class: ClassId, version: i64) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(class.uuid().as_bytes());
        hasher.update(version.to_be_bytes());
        for part in std::iter::once(&self.vision).chain(&self.clauses) {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_signed() {
        let class = ClassId::from_uuid(uuid::Uuid::from_u128(1));
        let text = |vision: &str, clauses: &[&str]| CharterText {
            vision: vision.to_owned(),
            clauses: clauses.iter().map(|&clause| clause.to_owned()).collect(),
        };
        let base = text("愿景", &["一", "二"]);
        let hash = base.hash(class, 1);
        assert_eq!(hash, text(" 愿景 ", &["一", " ", "二 "]).tidy().hash(class, 1));
        for other in [text("愿景二", &["一", "二"]), text("愿景", &["一二"]), text("愿景", &["二", "一"])]
        {
            assert_ne!(hash, other.hash(class, 1), "{other:?}");
        }
        assert_ne!(hash, base.hash(class, 2));
        assert_ne!(hash, base.hash(ClassId::from_uuid(uuid::Uuid::from_u128(2)), 1));
    }
}

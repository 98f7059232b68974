//! A question of a test: what is asked, what may be chosen, what is right.

use kernel::id::ItemId;
use serde::{Deserialize, Serialize};

use storage::words;

words! {
    /// How an item is answered.
    pub enum ItemKind {
        /// One choice is right.
        Single = "single",
        /// Several choices may be right.
        Multiple = "multiple",
        TrueFalse = "true_false",
    }
}

impl ItemKind {
    /// Several options may be chosen, and be right.
    pub const fn takes_several(self) -> bool {
        match self {
            Self::Multiple => true,
            Self::Single | Self::TrueFalse => false,
        }
    }

    /// It has exactly two options.
    pub const fn is_yes_or_no(self) -> bool {
        match self {
            Self::TrueFalse => true,
            Self::Single | Self::Multiple => false,
        }
    }
}

/// One item, with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: ItemId,
    /// Counts its wordings; a paper asks the one that it names.
    #[serde(default = "first")]
    pub version: i64,
    pub kind: ItemKind,
    pub stem: String,
    pub options: Vec<Choice>,
    /// Keys of the options that are right.
    pub right: Vec<String>,
    /// Shown after the test; may be empty.
    pub explanation: String,
    /// 1 to 100.
    pub points: u16,
}

/// The version of an item that is new.
pub const fn first() -> i64 {
    1
}

/// Something that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub key: String,
    pub text: String,
}

/// What keeps an item from being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemGap {
    TooFewOptions,
    /// A true-or-false item has exactly two options.
    NotTwoOptions,
    KeyTwice,
    NothingRight,
    RightIsNoOption,
    /// More right answers than the kind allows.
    SeveralRight,
}

impl Item {
    /// What is wrong with it, if anything.
    pub fn gap(&self) -> Option<ItemGap> {
        let mut keys: Vec<&str> = self.options.iter().map(|option| option.key.as_str()).collect();
        if keys.len() < 2 {
            return Some(ItemGap::TooFewOptions);
        }
        if self.kind.is_yes_or_no() && keys.len() != 2 {
            return Some(ItemGap::NotTwoOptions);
        }
        keys.sort_unstable();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            return Some(ItemGap::KeyTwice);
        }
        if self.right.is_empty() {
            return Some(ItemGap::NothingRight);
        }
        if self.right.iter().any(|right| !keys.contains(&right.as_str())) {
            return Some(ItemGap::RightIsNoOption);
        }
        let mut right: Vec<&String> = self.right.iter().collect();
        right.sort_unstable();
        right.dedup();
        let too_many = right.len() != self.right.len() || (!self.kind.takes_several() && right.len() > 1);
        too_many.then_some(ItemGap::SeveralRight)
    }

    /// Whether this could be an answer: known options, each once, and only one where one is asked for. Nothing chosen is an answer too.
    pub fn takes(&self, chosen: &[String]) -> bool {
        let most = if self.kind.takes_several() { self.options.len() } else { 1 };
        chosen.len() <= most
            && chosen.iter().enumerate().all(|(at, key)| {
                !chosen[..at].contains(key) && self.options.iter().any(|option| option.key == *key)
            })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn item(kind: ItemKind, keys: &[&str], right: &[&str]) -> Item {
        Item {
            version: first(),
            id: ItemId::from_uuid(uuid::Uuid::from_u128(keys.len() as u128)),
            kind,
            stem: "复式教学是什么？".to_owned(),
            options: keys
                .iter()
                .map(|key| Choice { key: (*key).to_owned(), text: (*key).to_owned() })
                .collect(),
            right: right.iter().map(|key| (*key).to_owned()).collect(),
            explanation: String::new(),
            points: 10,
        }
    }

    #[test]
    fn item_must_be_answerable() {
        use ItemKind::{Multiple, Single, TrueFalse};
        for (item, gap) in [
            (item(Single, &["a", "b"], &["b"]), None),
            (item(Multiple, &["a", "b", "c"], &["a", "c"]), None),
            (item(TrueFalse, &["true", "false"], &["true"]), None),
            (item(Single, &["a"], &["a"]), Some(ItemGap::TooFewOptions)),
            (item(TrueFalse, &["a", "b", "c"], &["a"]), Some(ItemGap::NotTwoOptions)),
            (item(Single, &["a", "a"], &["a"]), Some(ItemGap::KeyTwice)),
            (item(Single, &["a", "b"], &[]), Some(ItemGap::NothingRight)),
            (item(Single, &["a", "b"], &["c"]), Some(ItemGap::RightIsNoOption)),
            (item(Single, &["a", "b"], &["a", "b"]), Some(ItemGap::SeveralRight)),
            (item(Multiple, &["a", "b"], &["a", "a"]), Some(ItemGap::SeveralRight)),
        ] {
            assert_eq!(item.gap(), gap, "{item:?}");
        }
    }

    #[test]
    fn only_its_options_answer_an_item() {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let single = item(ItemKind::Single, &["a", "b"], &["b"]);
        let multiple = item(ItemKind::Multiple, &["a", "b"], &["b"]);
        assert!(single.takes(&keys(&["a"])) && single.takes(&[]) && multiple.takes(&keys(&["b", "a"])));
        assert!(
            !single.takes(&keys(&["a", "b"]))
                && !single.takes(&keys(&["c"]))
                && !multiple.takes(&keys(&["a", "a"]))
        );
    }
}

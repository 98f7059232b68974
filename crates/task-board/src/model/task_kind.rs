//! What a task asks a learner to do, and what it works with.

use kernel::id::{Id, Kind, MicroVideoId, RubricId, TestPaperId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kinds of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A micro-video.
    Watch,
    /// A text.
    Read,
    /// The class's exchange area: each class has its own topic of the task.
    Discuss,
    /// A test paper.
    Test,
    /// Work that is handed in and graded.
    Assignment,
    /// A reflection log.
    Reflect,
}

impl TaskKind {
    pub const ALL: [Self; 6] =
        [Self::Watch, Self::Read, Self::Discuss, Self::Test, Self::Assignment, Self::Reflect];

    /// The word stored in the database and used on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Read => "read",
            Self::Discuss => "discuss",
            Self::Test => "test",
            Self::Assignment => "assignment",
            Self::Reflect => "reflect",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a task of this kind is nothing without what it names.
    pub const fn needs_reference(self) -> bool {
        match self {
            Self::Watch | Self::Test => true,
            Self::Read | Self::Discuss | Self::Assignment | Self::Reflect => false,
        }
    }

    /// Whether what it names makes the task: who has done it with one thing has not done it with another.
    pub const fn is_about_reference(self) -> bool {
        match self {
            Self::Watch | Self::Test => true,
            Self::Read | Self::Discuss | Self::Assignment | Self::Reflect => false,
        }
    }

    /// Whether a task of this kind, with this text and these steps, leaves a learner with nothing: a text is there to be read, and handed in
    /// is what was asked for. The other kinds have what they name, or ask by their title.
    pub fn is_unsaid(self, body_html: &str, steps: &[String]) -> bool {
        let has_no_text = body_html.trim().is_empty();
        match self {
            Self::Read => has_no_text,
            Self::Assignment => has_no_text && steps.is_empty(),
            Self::Watch | Self::Discuss | Self::Test | Self::Reflect => false,
        }
    }

    /// Whether there is anything that a task of this kind could name.
    pub const fn takes_reference(self) -> bool {
        match self {
            Self::Watch | Self::Test | Self::Assignment | Self::Reflect => true,
            Self::Read | Self::Discuss => false,
        }
    }

    /// Reads the outside id of what this kind works with; another kind's id is refused.
    pub fn parse_reference(self, text: &str) -> Option<Uuid> {
        fn uuid_of<K: Kind>(text: &str) -> Option<Uuid> {
            text.parse::<Id<K>>().ok().map(Id::uuid)
        }
        use kernel::id::kind::{MicroVideo, Rubric, TestPaper};
        match self {
            Self::Watch => uuid_of::<MicroVideo>(text),
            Self::Test => uuid_of::<TestPaper>(text),
            Self::Assignment | Self::Reflect => uuid_of::<Rubric>(text),
            Self::Read | Self::Discuss => None,
        }
    }

    /// The outside id of what this kind works with.
    pub fn show_reference(self, reference: Uuid) -> Option<String> {
        match self {
            Self::Watch => Some(MicroVideoId::from_uuid(reference).to_string()),
            Self::Test => Some(TestPaperId::from_uuid(reference).to_string()),
            Self::Assignment | Self::Reflect => Some(RubricId::from_uuid(reference).to_string()),
            Self::Read | Self::Discuss => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_to_read_and_a_brief_are_written_and_the_rest_asks_by_what_it_names() {
        let steps = ["先读一遍".to_owned()];
        for kind in TaskKind::ALL {
            let (reads, asks) = (kind == TaskKind::Read, kind == TaskKind::Assignment);
            assert_eq!(kind.is_unsaid(" \n", &[]), reads || asks, "{kind:?}");
            assert_eq!(kind.is_unsaid("", &steps), reads, "steps are no text: {kind:?}");
            assert!(!kind.is_unsaid("<p>三本账</p>", &[]), "{kind:?}");
        }
    }

    #[test]
    fn a_reference_names_what_its_kind_works_with() {
        let uuid = Uuid::from_u128(7);
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::from_word(kind.word()), Some(kind));
            if let Some(shown) = kind.show_reference(uuid) {
                assert_eq!(kind.parse_reference(&shown), Some(uuid));
            } else {
                assert!(!kind.takes_reference(), "{kind:?}");
                assert!(!kind.needs_reference() && !kind.is_about_reference(), "{kind:?}");
            }
            let on_the_wire = serde_json::to_value(kind).expect("a word");
            assert_eq!(on_the_wire, kind.word());
        }
        assert_eq!(TaskKind::Read.show_reference(uuid), None);
        let paper = TestPaperId::from_uuid(uuid).to_string();
        assert_eq!(TaskKind::Watch.parse_reference(&paper), None);
    }
}

//! The things of a province with a training under way, by the names that paths give them, and its people by what they are.

use std::collections::BTreeMap;

/// Who asks. All but the office of another province and the administrator belong to the training, or are nothing to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    Nobody,
    /// Signed in, and nothing to the training.
    Stranger,
    Learner,
    Assistant,
    Expert,
    Lead,
    Office,
    OtherOffice,
    Administrator,
}

/// The people of a place by what they are, and its things by the names that paths give them.
pub struct Place {
    tokens: BTreeMap<Caller, String>,
    things: BTreeMap<&'static str, String>,
}

/// Names in paths that are nobody's: a week is a number, a key is everybody's.
const OF_NO_PLACE: [&str; 4] = ["week", "list", "key_id", "blob_id"];

/// Parts of paths where the name stands for a thing of a certain kind.
const SPECIAL: [(&str, &str); 9] = [
    ("{task_id}/submission", "assignment"),
    ("{task_id}/reviews", "assignment"),
    ("{task_id}/reflection", "reflect"),
    ("{task_id}/test", "test"),
    ("{task_id}/topic", "discuss"),
    ("{task_id}/playbacks", "watch"),
    ("{task_id}/watch-evidence", "watch"),
    ("results/{person_id}", "learner_id"),
    ("issuers/{org_unit_id}", "province_id"),
];

impl Place {
    /// Whether a path names things of a place.
    pub fn is_of_a_place(path: &str) -> bool {
        names(path).any(|name| !OF_NO_PLACE.contains(&name))
    }

    pub fn token(&self, caller: Caller) -> Option<&str> {
        self.tokens.get(&caller).map(String::as_str)
    }

    pub fn thing(&self, name: &str) -> &str {
        self.things.get(name).unwrap_or_else(|| panic!("the place has no {name}"))
    }

    /// A path with the names filled in; where a name needs a thing of a certain kind, with that.
    pub fn fill(&self, path: &str) -> String {
        let mut filled = path.to_owned();
        for name in names(path) {
            let special = SPECIAL.iter().find(|(part, _)| part.contains(name) && path.contains(part));
            let thing = self.thing(special.map_or(name, |(_, thing)| *thing));
            filled = filled.replace(&format!("{{{name}}}"), thing);
        }
        filled
    }

    pub fn new(tokens: BTreeMap<Caller, String>, things: BTreeMap<&'static str, String>) -> Self {
        Self { tokens, things }
    }
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

//! Who acts, and what for: a role is a grant on a scope.

use serde::{Deserialize, Serialize};

use crate::id::{ClassId, OrgUnitId, PersonId, SessionId, TrainingId};

/// What a person is to the product; the Chinese names are in the user interface's catalogue.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Learner,
    Assistant,
    Expert,
    TrainingLead,
    SchoolHead,
    ProvincialOffice,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Learner,
        Self::Assistant,
        Self::Expert,
        Self::TrainingLead,
        Self::SchoolHead,
        Self::ProvincialOffice,
        Self::Administrator,
    ];

    /// The word stored in the database and used on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Assistant => "assistant",
            Self::Expert => "expert",
            Self::TrainingLead => "training_lead",
            Self::SchoolHead => "school_head",
            Self::ProvincialOffice => "provincial_office",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Where a role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Scope {
    System,
    /// The unit and everything below it.
    OrgUnit(OrgUnitId),
    Training(TrainingId),
    Class(ClassId),
}

/// One role on one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// The signed-in person behind a request, with everything granted to them.
#[derive(Debug, Clone)]
pub struct Actor {
    pub person: PersonId,
    pub session: SessionId,
    pub grants: std::sync::Arc<[Grant]>,
    /// How often something was taken from the person since the session began, when the grants were read.
    pub rights_taken: i64,
}

impl Actor {
    /// Holds this role on exactly this scope.
    pub fn holds(&self, role: Role, scope: Scope) -> bool {
        self.grants.iter().any(|g| g.role == role && g.scope == scope)
    }

    /// Holds this role somewhere.
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// The scopes on which this role is held.
    pub fn scopes(&self, role: Role) -> impl Iterator<Item = Scope> + '_ {
        self.grants.iter().filter(move |g| g.role == role).map(|g| g.scope)
    }

    pub fn is_administrator(&self) -> bool {
        self.holds(Role::Administrator, Scope::System)
    }
}

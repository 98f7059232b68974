//! What a roster would make other than it is known of a person.

use serde::{Deserialize, Serialize};
use storage::words;

words! {
    /// What is known of a person and a roster may change.
    pub enum PersonField {
        Name = "name",
        Phone = "phone",
        IdentityNumber = "identity_number",
        OrgUnit = "org_unit",
        Gender = "gender",
        Subject = "subject",
        ProfessionalTitle = "professional_title",
        TeachingSince = "teaching_since",
        /// What they are over the row's unit.
        Role = "role",
    }
}

/// One thing that would change, as it is shown: numbers are masked, units are named from the province down, roles are words with a
/// space between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: PersonField,
    pub from: Option<String>,
    pub to: String,
}

impl Change {
    /// Another name, another way to sign in, another place: such a row may mean somebody else, so it is confirmed first. Who
    /// had no place yet is given one without asking. A role lets somebody decide about others.
    pub const fn is_grave(&self) -> bool {
        match self.field {
            PersonField::Name | PersonField::Phone | PersonField::Role => true,
            PersonField::OrgUnit => self.from.is_some(),
            _ => false,
        }
    }
}

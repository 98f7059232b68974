//! What a desk types about a person, with the rules of each field.

use garde::Validate;
use http_kit::{rule, wording};
use kernel::id::OrgUnitId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::model::identity_number::IdentityNumber;
use crate::model::person::{EARLIEST_YEAR, Gender, Particulars, Removed};
use crate::model::phone::Phone;
use crate::service::people::Change;

/// A new person's particulars.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct PersonInput {
    #[serde(deserialize_with = "wording::as_name")]
    #[garde(custom(wording::line(40)))]
    name: String,
    #[garde(inner(custom(is_phone)))]
    phone: Option<String>,
    #[garde(inner(custom(is_identity_number)))]
    identity_number: Option<String>,
    #[garde(skip)]
    org_unit_id: Option<OrgUnitId>,
    #[garde(skip)]
    gender: Option<Gender>,
    #[serde(default, deserialize_with = "wording::as_spare_line")]
    #[garde(inner(custom(wording::spare_line(40))))]
    subject: Option<String>,
    #[serde(default, deserialize_with = "wording::as_spare_line")]
    #[garde(inner(custom(wording::spare_line(40))))]
    professional_title: Option<String>,
    /// The year in which they started to teach.
    #[garde(inner(range(min = EARLIEST_YEAR, max = 2200)))]
    teaching_since: Option<i64>,
}

/// A person's particulars as they are to be. Numbers are shown masked, so one that is absent stays unless it is removed; a new
/// one takes the place of the old.
#[derive(Deserialize, Validate, ToSchema)]
pub(super) struct PersonChange {
    #[serde(deserialize_with = "wording::as_name")]
    #[garde(custom(wording::line(40)))]
    name: String,
    #[garde(inner(custom(is_phone)))]
    phone: Option<String>,
    #[serde(default)]
    #[garde(skip)]
    remove_phone: bool,
    #[garde(inner(custom(is_identity_number)))]
    identity_number: Option<String>,
    #[serde(default)]
    #[garde(skip)]
    remove_identity_number: bool,
    #[garde(skip)]
    org_unit_id: Option<OrgUnitId>,
    #[garde(skip)]
    gender: Option<Gender>,
    #[serde(default, deserialize_with = "wording::as_spare_line")]
    #[garde(inner(custom(wording::spare_line(40))))]
    subject: Option<String>,
    #[serde(default, deserialize_with = "wording::as_spare_line")]
    #[garde(inner(custom(wording::spare_line(40))))]
    professional_title: Option<String>,
    /// The year in which they started to teach.
    #[garde(inner(range(min = EARLIEST_YEAR, max = 2200)))]
    teaching_since: Option<i64>,
}

impl PersonChange {
    pub fn read_at(self, version: i64) -> Change {
        let removed = Removed { phone: self.remove_phone, identity_number: self.remove_identity_number };
        let input = PersonInput {
            name: self.name,
            phone: self.phone,
            identity_number: self.identity_number,
            org_unit_id: self.org_unit_id,
            gender: self.gender,
            subject: self.subject,
            professional_title: self.professional_title,
            teaching_since: self.teaching_since,
        };
        Change { version, particulars: input.into(), removed }
    }
}

impl From<PersonInput> for Particulars {
    fn from(input: PersonInput) -> Self {
        let text = |text: Option<String>| text.filter(|text| !text.is_empty());
        Self {
            name: input.name,
            phone: input.phone.as_deref().and_then(Phone::parse),
            identity_number: input.identity_number.as_deref().and_then(IdentityNumber::parse),
            org_unit: input.org_unit_id,
            gender: input.gender,
            subject: text(input.subject),
            professional_title: text(input.professional_title),
            teaching_since: input.teaching_since,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that garde calls")]
fn is_phone(text: &str, (): &()) -> garde::Result {
    let refusal = || {
        rule(
            "phone",
            "手机号应是 11 位数字，以 1 开头。",
            "The phone number should have 11 digits and start with 1.",
        )
    };
    Phone::parse(text).map(drop).ok_or_else(refusal)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that garde calls")]
fn is_identity_number(text: &str, (): &()) -> garde::Result {
    let refusal = || {
        rule(
            "identity_number",
            "身份证号不对：应是 18 位，且校验位正确。",
            "The identity number is not right: 18 characters with a matching check character.",
        )
    };
    IdentityNumber::parse(text).map(drop).ok_or_else(refusal)
}

//! The columns of a roster, by their Chinese headings.

use serde::{Deserialize, Serialize};

use crate::model::org_unit::Level;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Name,
    Phone,
    IdentityNumber,
    Gender,
    Province,
    City,
    County,
    CentralSchool,
    TeachingPoint,
    Subject,
    ProfessionalTitle,
    TeachingSince,
    Role,
}

impl Column {
    /// In the order of the template.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Phone,
        Self::IdentityNumber,
        Self::Gender,
        Self::Province,
        Self::City,
        Self::County,
        Self::CentralSchool,
        Self::TeachingPoint,
        Self::Subject,
        Self::ProfessionalTitle,
        Self::TeachingSince,
        Self::Role,
    ];
    /// Without these a sheet is no roster.
    pub const NEEDED: [Self; 3] = [Self::Name, Self::Phone, Self::Province];

    pub const fn heading(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Phone => "手机号",
            Self::IdentityNumber => "身份证号",
            Self::Gender => "性别",
            Self::Province => "省",
            Self::City => "市",
            Self::County => "县",
            Self::CentralSchool => "中心校",
            Self::TeachingPoint => "教学点",
            Self::Subject => "学科",
            Self::ProfessionalTitle => "职称",
            Self::TeachingSince => "参加工作年份",
            Self::Role => "角色",
        }
    }

    /// The word used on the wire and in stored errors.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::IdentityNumber => "identity_number",
            Self::Gender => "gender",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::CentralSchool => "central_school",
            Self::TeachingPoint => "teaching_point",
            Self::Subject => "subject",
            Self::ProfessionalTitle => "professional_title",
            Self::TeachingSince => "teaching_since",
            Self::Role => "role",
        }
    }

    /// Reads a heading; spaces and a remark in brackets (`角色（可空）`) do not matter.
    pub fn from_heading(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
        let plain = plain.split(['(', '（']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|column| column.heading() == plain)
    }

    /// The column that names a unit of this level.
    pub const fn of_level(level: Level) -> Self {
        match level {
            Level::Province => Self::Province,
            Level::City => Self::City,
            Level::County => Self::County,
            Level::CentralSchool => Self::CentralSchool,
            Level::TeachingPoint => Self::TeachingPoint,
        }
    }
}

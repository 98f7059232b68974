//! The columns of a roster, by their Chinese headings.

use kernel::spelling;
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

    /// What people write instead of the template's heading.
    const fn other_headings(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["教师姓名", "学员姓名", "名字"],
            Self::Phone => &["手机号码", "手机", "移动电话", "联系电话", "电话", "电话号码", "联系方式"],
            Self::IdentityNumber => {
                &["身份证", "身份证号码", "居民身份证", "居民身份证号", "居民身份证号码", "公民身份号码"]
            }
            Self::Province => &["省份", "省级", "所在省"],
            Self::City => &["市州", "州市", "市级", "地市", "地市州", "地州市", "市州盟", "盟市", "所在市"],
            Self::County => &["县区", "区县", "市县区", "县市区", "县级", "旗县", "旗县区", "所在县"],
            Self::CentralSchool => &["中心学校", "中心小学", "学区"],
            Self::TeachingPoint => &["所在教学点"],
            Self::Subject => &["任教学科", "所教学科", "任课学科"],
            Self::ProfessionalTitle => &["专业技术职称", "职称等级"],
            Self::TeachingSince => &["参加工作时间", "参加工作年月", "工作年份", "任教年份", "从教年份"],
            Self::Gender | Self::Role => &[],
        }
    }

    /// Reads a heading; spaces and a remark in brackets (`角色（可空）`) do not matter.
    pub fn from_heading(text: &str) -> Option<Self> {
        let plain = plain_heading(text);
        let is_named =
            |column: &Self| column.heading() == plain || column.other_headings().contains(&plain.as_str());
        Self::ALL.into_iter().find(is_named)
    }

    /// Whether a heading is the template's own.
    pub fn is_headed(self, text: &str) -> bool {
        self.heading() == plain_heading(text)
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

/// Whether a heading names a school without saying which level of it.
pub fn is_unclear(heading: &str) -> bool {
    const UNCLEAR: [&str; 8] =
        ["学校", "单位", "所在学校", "所在单位", "任教学校", "工作学校", "工作单位", "所属学校"];
    UNCLEAR.contains(&plain_heading(heading).as_str())
}

/// Without spaces, marks and remarks; `教学点名称` is 教学点.
fn plain_heading(text: &str) -> String {
    let counts = |sign: &char| {
        !sign.is_whitespace()
            && !spelling::is_unseen(*sign)
            && !matches!(sign, '*' | '＊' | ':' | '：' | '、' | '/')
    };
    let plain: String = text.chars().filter(counts).collect();
    let plain = plain.split(['(', '（']).next().unwrap_or_default();
    plain.strip_suffix("名称").unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_understood() {
        for (heading, column) in [
            ("市州", Column::City),
            ("市（州）", Column::City),
            ("县 区", Column::County),
            ("县/区", Column::County),
            ("身份证号码*", Column::IdentityNumber),
            ("手机号码：", Column::Phone),
            ("教学点名称", Column::TeachingPoint),
            ("任教年份", Column::TeachingSince),
            ("省份", Column::Province),
        ] {
            assert_eq!(Column::from_heading(heading), Some(column), "{heading}");
        }
        for unknown in ["备注", "学校", "单位", "年份", "", "名称"] {
            assert_eq!(Column::from_heading(unknown), None, "{unknown}");
        }
        assert!(is_unclear("学校名称") && is_unclear("工作单位") && !is_unclear("备注"));
    }

    #[test]
    fn no_heading_means_two_columns() {
        let mut all: Vec<&str> = Column::ALL
            .iter()
            .flat_map(|c| std::iter::once(c.heading()).chain(c.other_headings().iter().copied()))
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}

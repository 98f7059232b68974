//! The levels of the organisation tree, and what may stand below what.

use kernel::Role;
use kernel::id::OrgUnitId;
use storage::words;

words! {
    pub enum Level {
        Province = "province",
        City = "city",
        County = "county",
        CentralSchool = "central_school",
        TeachingPoint = "teaching_point",
    }
}

impl Level {
    pub const ALL: [Self; 5] =
        [Self::Province, Self::City, Self::County, Self::CentralSchool, Self::TeachingPoint];

    /// Whether a unit of this level may stand below one of the other (nothing: at the root). Levels may be skipped: a
    /// municipality has no cities, some counties run teaching points themselves.
    pub fn may_stand_below(self, parent: Option<Self>) -> bool {
        match parent {
            None => self == Self::Province,
            Some(parent) => self > parent,
        }
    }
}

/// Whether a role may be held over a unit of this level: a head heads a school, not a county with all its schools.
pub fn may_be_over(role: Role, level: Level) -> bool {
    role != Role::SchoolHead || matches!(level, Level::CentralSchool | Level::TeachingPoint)
}

/// The path of a unit: its ancestors' ids and its own, each between slashes.
pub fn path_below(parent: Option<&str>, id: OrgUnitId) -> String {
    format!("{}{}/", parent.unwrap_or("/"), id.uuid().simple())
}

/// The ids along a path, from the root down.
pub fn ids_of_path(path: &str) -> Vec<OrgUnitId> {
    path.split('/').filter_map(|piece| piece.parse().ok()).map(OrgUnitId::from_uuid).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_levels_stand_below() {
        assert!(Level::Province.may_stand_below(None));
        assert!(!Level::County.may_stand_below(None));
        assert!(Level::TeachingPoint.may_stand_below(Some(Level::County)));
        assert!(!Level::County.may_stand_below(Some(Level::County)));
        assert!(!Level::City.may_stand_below(Some(Level::County)));
    }

    #[test]
    fn heads_head_schools() {
        let heads = Level::ALL.map(|level| may_be_over(Role::SchoolHead, level));
        assert_eq!(heads, [false, false, false, true, true]);
        assert!(Level::ALL.into_iter().all(|level| may_be_over(Role::ProvincialOffice, level)));
    }

    #[test]
    fn a_path_reads_back_as_its_ids() {
        let (a, b) =
            (OrgUnitId::from_uuid(uuid::Uuid::from_u128(1)), OrgUnitId::from_uuid(uuid::Uuid::from_u128(2)));
        let path = path_below(Some(&path_below(None, a)), b);
        assert_eq!(ids_of_path(&path), [a, b]);
    }
}

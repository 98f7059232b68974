//! The levels of the organisation tree, and what may stand below what.

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

/// The path of a unit: its ancestors' ids and its own, each between slashes.
pub fn path_below(parent: Option<&str>, id: OrgUnitId) -> String {
    format!("{}{}/", parent.unwrap_or("/"), id.uuid().simple())
}

/// The ids along a path, from the root down.
pub fn ids_of_path(path: &str) -> Vec<OrgUnitId> {
    path.split('/').filter_map(|piece| piece.parse().ok()).map(OrgUnitId::from_uuid).collect()
}

/// Whether two names at one place may well mean one unit: `甘谷县石滩川镇中心小学` and `石滩川镇中心小学`.
pub fn looks_alike(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hold_one_another_look_alike() {
        for (one, other, alike) in [
            ("甘谷县石滩川镇中心小学", "石滩川镇中心小学", true),
            ("石滩川镇中心小学（新）", "石滩川镇中心小学", true),
            ("甘肃", "甘肃省", true),
            ("石滩川镇中心小学", "上沟川镇中心小学", false),
        ] {
            assert_eq!((looks_alike(one, other), looks_alike(other, one)), (alike, alike), "{one} {other}");
        }
    }

    #[test]
    fn only_lower_levels_stand_below() {
        assert!(Level::Province.may_stand_below(None));
        assert!(!Level::County.may_stand_below(None));
        assert!(Level::TeachingPoint.may_stand_below(Some(Level::County)));
        assert!(!Level::County.may_stand_below(Some(Level::County)));
        assert!(!Level::City.may_stand_below(Some(Level::County)));
    }

    #[test]
    fn a_path_reads_back_as_its_ids() {
        let (a, b) =
            (OrgUnitId::from_uuid(uuid::Uuid::from_u128(1)), OrgUnitId::from_uuid(uuid::Uuid::from_u128(2)));
        let path = path_below(Some(&path_below(None, a)), b);
        assert_eq!(ids_of_path(&path), [a, b]);
    }
}

//! Where somebody comes from, level by level: a level may be missing, as a municipality has no cities and some counties run teaching points
//! themselves, so that a place in the path says nothing.

/// The levels by which people are near each other.
pub const LEVELS: usize = 4;

/// The units above somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// The ids of the units from the province down, each between slashes; empty when nobody knows. People are ordered by it.
    path: String,
    /// The unit of each level, or the one above it where there is none.
    units: [String; LEVELS],
}

impl Region {
    /// `slot_of` says which level a unit is of; nothing for those that are on none of these.
    pub fn along(path: &str, slot_of: impl Fn(&str) -> Option<usize>) -> Self {
        let mut units: [String; LEVELS] = Default::default();
        for unit in path.split('/').filter(|unit| !unit.is_empty()) {
            let Some(slot) = slot_of(unit).filter(|slot| *slot < LEVELS) else { continue };
            units[slot..].fill(unit.to_owned());
        }
        Self { path: path.to_owned(), units }
    }

    pub fn units(&self) -> [String; LEVELS] {
        self.units.clone()
    }
}

/// The slot of a level, by its word.
pub fn slot_of_level(word: &str) -> Option<usize> {
    ["province", "city", "county", "central_school"].iter().position(|level| *level == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(path: &str) -> Region {
        let level = |unit: &str| match &unit[..1] {
            "p" => Some(0),
            "c" => Some(1),
            "x" => Some(2),
            "s" => Some(3),
            _ => None,
        };
        Region::along(path, level)
    }

    #[test]
    fn a_level_that_is_missing_moves_no_other() {
        let units = |path| region(path).units();
        assert_eq!(units("/p1/c1/x1/s1/t1/"), ["p1", "c1", "x1", "s1"]);
        // A municipality has counties and no cities.
        assert_eq!(units("/p2/x2/s2/t2/"), ["p2", "p2", "x2", "s2"]);
        // A county runs the teaching point itself.
        assert_eq!(units("/p1/c1/x1/t3/"), ["p1", "c1", "x1", "x1"]);
        assert_eq!(units(""), ["", "", "", ""]);
        assert_eq!(slot_of_level("county"), Some(2));
        assert_eq!(slot_of_level("teaching_point"), None);
    }
}

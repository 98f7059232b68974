//! Whose people and units are within somebody's reach, and what may be done with them?

use std::cmp::Reverse;

use kernel::id::{OrgUnitId, PersonId};
use kernel::{Role, Scope};

/// How high a role stands where it holds. Somebody may change only those who stand lower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Member,
    SchoolHead,
    TrainingLead,
    ProvincialOffice,
    Administrator,
}

impl Rank {
    pub const fn of(role: Role) -> Self {
        match role {
            Role::Learner | Role::Assistant | Role::Expert => Self::Member,
            Role::SchoolHead => Self::SchoolHead,
            Role::TrainingLead => Self::TrainingLead,
            Role::ProvincialOffice => Self::ProvincialOffice,
            Role::Administrator => Self::Administrator,
        }
    }
}

/// A role held over a unit and everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub role: Role,
    pub unit: OrgUnitId,
    pub path: String,
}

/// A role that somebody holds, with the path of the unit in which it holds; none for the system as a whole, and where nobody told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub role: Role,
    pub place: Option<String>,
}

/// As what and over which unit somebody decided; the administrator's word is given over no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub standing: Standing,
    pub unit: Option<OrgUnitId>,
}

/// What one person oversees.
#[derive(Debug, Clone)]
pub struct Reach {
    pub person: PersonId,
    pub administrator: bool,
    pub holds: Vec<Hold>,
}

/// The roles that oversee units.
pub const OVERSEEING: [Role; 3] = [Role::ProvincialOffice, Role::TrainingLead, Role::SchoolHead];

impl Reach {
    pub fn is_empty(&self) -> bool {
        !self.administrator && self.holds.is_empty()
    }

    /// Whether a unit (by its path) or its people may be seen. Who belongs nowhere is seen by the administrator alone.
    pub fn covers(&self, path: Option<&str>) -> bool {
        self.rank_over(path).is_some()
    }

    /// The highest rank held over a unit.
    pub fn rank_over(&self, path: Option<&str>) -> Option<Rank> {
        self.word_over(path).map(|word| Rank::of(word.standing.role))
    }

    /// As what somebody decides about a unit and its people: the highest role held over it, and over the most where it is held
    /// several times.
    pub fn word_over(&self, path: Option<&str>) -> Option<Word> {
        if self.administrator {
            return Some(Word { standing: Standing { role: Role::Administrator, place: None }, unit: None });
        }
        let path = path?;
        let over = self.holds.iter().filter(|hold| path.starts_with(&hold.path));
        let Hold { role, unit, path } = over.max_by_key(|h| (Rank::of(h.role), Reverse(h.path.len())))?;
        Some(Word { standing: Standing { role: *role, place: Some(path.clone()) }, unit: Some(*unit) })
    }

    /// Whether what somebody decided as this may be decided anew: by whoever stands as high over the whole of where they decided.
    pub fn may_overrule(&self, decided: &Standing) -> bool {
        self.rank_over(decided.place.as_deref()) >= Some(Rank::of(decided.role))
    }

    /// Whether a person who belongs to a unit may be changed, shown in the clear, given a link.
    ///
    /// Invariant: who leads or decides anything outside the reach is above it, whatever the role; within the reach, whoever
    /// stands as high.
    pub fn may_manage(&self, person: PersonId, path: Option<&str>, standings: &[Standing]) -> bool {
        if self.administrator {
            return true;
        }
        let is_below = |held: &Standing| self.rank_over(held.place.as_deref()) > Some(Rank::of(held.role));
        person != self.person
            && self.covers(path)
            && standings.iter().filter(|held| held.role != Role::Learner).all(is_below)
    }

    /// Whether this role on this scope may be given and taken: the administrator's word goes everywhere, the provincial office names
    /// leads and school heads of units below.
    pub fn may_name(&self, role: Role, scope: Scope, path: Option<&str>) -> bool {
        let fits = match (role, scope) {
            (Role::Administrator, Scope::System) => true,
            (role, Scope::OrgUnit(_)) => OVERSEEING.contains(&role),
            _ => false,
        };
        let named_by_offices = matches!(role, Role::TrainingLead | Role::SchoolHead);
        let as_office = || named_by_offices && self.rank_over(path) >= Some(Rank::ProvincialOffice);
        fits && (self.administrator || as_office())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn somebody(n: u128) -> PersonId {
        PersonId::from_uuid(Uuid::from_u128(n))
    }
    fn unit() -> OrgUnitId {
        OrgUnitId::from_uuid(Uuid::from_u128(9))
    }
    fn reach(role: Role, path: &str) -> Reach {
        let holds = vec![Hold { role, unit: unit(), path: path.to_owned() }];
        Reach { person: somebody(1), administrator: false, holds }
    }

    #[test]
    fn reach_goes_down_and_never_sideways_or_up() {
        let office = reach(Role::ProvincialOffice, "/a/");
        assert!(office.covers(Some("/a/")) && office.covers(Some("/a/b/")));
        assert!(!office.covers(Some("/c/")) && !office.covers(Some("/")) && !office.covers(None));
    }

    fn held(role: Role, place: Option<&str>) -> Standing {
        Standing { role, place: place.map(str::to_owned) }
    }

    #[test]
    fn nobody_manages_peers_superiors_or_themselves() {
        let head = reach(Role::SchoolHead, "/a/b/");
        assert!(head.may_manage(somebody(2), Some("/a/b/c/"), &[]));
        assert!(!head.may_manage(somebody(1), Some("/a/b/c/"), &[]));
        for role in OVERSEEING {
            let standing = held(role, Some("/a/b/c/"));
            assert!(!head.may_manage(somebody(2), Some("/a/b/c/"), &[standing]), "{role:?}");
        }
    }

    #[test]
    fn who_leads_or_decides_elsewhere_is_above() {
        for (own, place, role, theirs, expected) in [
            (Role::SchoolHead, "/a/b/", Role::Learner, Some("/c/"), true),
            (Role::SchoolHead, "/a/b/", Role::Assistant, Some("/a/b/"), true),
            (Role::SchoolHead, "/a/b/", Role::Expert, Some("/a/"), false),
            (Role::SchoolHead, "/a/b/", Role::Expert, Some("/c/"), false),
            (Role::SchoolHead, "/a/b/", Role::Assistant, None, false),
            (Role::TrainingLead, "/a/", Role::Expert, Some("/a/"), true),
            (Role::TrainingLead, "/a/", Role::SchoolHead, Some("/a/b/"), true),
            (Role::TrainingLead, "/a/", Role::SchoolHead, Some("/c/"), false),
            (Role::ProvincialOffice, "/a/", Role::TrainingLead, Some("/a/b/"), true),
            (Role::ProvincialOffice, "/a/", Role::TrainingLead, Some("/c/"), false),
            (Role::ProvincialOffice, "/a/", Role::Administrator, None, false),
        ] {
            let standings = [held(Role::Learner, Some("/a/b/")), held(role, theirs)];
            let may = reach(own, place).may_manage(somebody(2), Some("/a/b/"), &standings);
            assert_eq!(may, expected, "{own:?} over {place} and {role:?} at {theirs:?}");
        }
        let administrator = Reach { person: somebody(1), administrator: true, holds: Vec::new() };
        assert!(administrator.may_manage(somebody(2), None, &[held(Role::Administrator, None)]));
    }

    #[test]
    fn a_decision_is_overruled_by_who_stands_as_high_over_as_much() {
        let heads = reach(Role::SchoolHead, "/a/b/");
        let leads = reach(Role::TrainingLead, "/a/b/");
        let office = reach(Role::ProvincialOffice, "/a/");
        let administrator = Reach { person: somebody(1), administrator: true, holds: Vec::new() };
        for (role, place, by) in [
            (Role::SchoolHead, Some("/a/b/"), [true, true, true, true]),
            // A head of a wider unit is above the head of a school in it.
            (Role::SchoolHead, Some("/a/"), [false, false, true, true]),
            (Role::TrainingLead, Some("/a/b/"), [false, true, true, true]),
            (Role::ProvincialOffice, Some("/a/"), [false, false, true, true]),
            (Role::ProvincialOffice, Some("/c/"), [false, false, false, true]),
            (Role::Administrator, None, [false, false, false, true]),
        ] {
            let may = [&heads, &leads, &office, &administrator].map(|r| r.may_overrule(&held(role, place)));
            assert_eq!(may, by, "{role:?} at {place:?}");
        }
    }

    #[test]
    fn a_word_is_given_as_the_highest_held_over_the_most() {
        let wide = OrgUnitId::from_uuid(Uuid::from_u128(7));
        let holds = vec![
            Hold { role: Role::SchoolHead, unit: unit(), path: "/a/".to_owned() },
            Hold { role: Role::TrainingLead, unit: unit(), path: "/a/b/".to_owned() },
            Hold { role: Role::TrainingLead, unit: wide, path: "/a/".to_owned() },
        ];
        let both = Reach { person: somebody(1), administrator: false, holds };
        let word = Word { standing: held(Role::TrainingLead, Some("/a/")), unit: Some(wide) };
        assert_eq!(both.word_over(Some("/a/b/c/")), Some(word));
        assert_eq!(both.word_over(Some("/c/")), None);
        let administrator = Reach { administrator: true, ..both };
        let word = Word { standing: held(Role::Administrator, None), unit: None };
        assert_eq!(administrator.word_over(None), Some(word));
    }

    #[test]
    fn offices_name_leads_and_heads_below_and_nobody_else() {
        let office = reach(Role::ProvincialOffice, "/a/");
        let on_unit = Scope::OrgUnit(unit());
        assert!(office.may_name(Role::TrainingLead, on_unit, Some("/a/b/")));
        assert!(office.may_name(Role::SchoolHead, on_unit, Some("/a/b/")));
        assert!(!office.may_name(Role::ProvincialOffice, on_unit, Some("/a/b/")));
        assert!(!office.may_name(Role::SchoolHead, on_unit, Some("/c/")));
        assert!(!office.may_name(Role::Administrator, Scope::System, None));
        assert!(!reach(Role::TrainingLead, "/a/").may_name(Role::SchoolHead, on_unit, Some("/a/b/")));
        let administrator = Reach { person: somebody(1), administrator: true, holds: Vec::new() };
        assert!(administrator.may_name(Role::Administrator, Scope::System, None));
        assert!(!administrator.may_name(Role::Learner, on_unit, Some("/a/")));
    }
}

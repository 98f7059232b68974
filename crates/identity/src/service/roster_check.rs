//! What would happen if a roster were applied now: who is new, who is known, what is wrong, row by row. Changes nothing.

use std::collections::{HashMap, HashSet};

use kernel::id::{OrgUnitId, PersonId};
use kernel::{Date, Role, Scope};
use storage::{Conn, StorageError};

use super::org_units as places;
use super::roster_levels::told_apart;
use super::roster_tree::Tree;
use crate::access::Overseer;
use crate::model::identity_number::IdentityNumber;
use crate::model::org_unit::Level;
use crate::model::phone::Phone;
use crate::model::reach::Standing;
use crate::model::roster::{
    Cells, Change, Column, MatchedUnit, PersonField, RosterOutcome, RosterRow, RowError, UnitChoices,
    repeated,
};
use crate::store::grants;
use crate::store::people::{self, KnownRow};
use crate::store::rosters::Counts;
use crate::vault::Vault;

/// A row and what would become of it.
pub(crate) struct Checked {
    pub number: u32,
    pub cells: Cells,
    /// Which of its units' names are taken for another unit, as somebody chose; known of a wrong row too, so that they can choose again.
    pub matched: Vec<MatchedUnit>,
    pub result: Result<Good, Vec<RowError>>,
}

/// A row that can be applied.
pub(crate) struct Good {
    /// Its units are those that are meant.
    pub row: RosterRow,
    /// Who this is already.
    pub person: Option<PersonId>,
    pub unit: UnitPlan,
    /// What becomes other than it is known of them.
    pub changes: Vec<Change>,
}

/// Where the row's person belongs: below a unit that exists, through units that do not yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnitPlan {
    pub existing: Option<(OrgUnitId, String)>,
    /// The names of the existing ones from the province down, as they are registered.
    pub names: Vec<String>,
    pub missing: Vec<(Level, String)>,
}

impl UnitPlan {
    /// The names from the province down, as they are registered or will be.
    pub fn place(&self) -> String {
        let missing = self.missing.iter().map(|(_, name)| name.as_str());
        self.names.iter().map(String::as_str).chain(missing).collect::<Vec<_>>().join(BETWEEN)
    }
}

/// Between the names of a place. No name holds it: spaces beside a dot are not kept.
pub(crate) const BETWEEN: &str = " · ";

impl Checked {
    pub fn outcome(&self) -> RosterOutcome {
        match &self.result {
            Ok(Good { person: None, .. }) => RosterOutcome::New,
            Ok(_) => RosterOutcome::Changed,
            Err(_) => RosterOutcome::Wrong,
        }
    }
    pub fn errors(&self) -> &[RowError] {
        self.result.as_ref().err().map_or(&[], Vec::as_slice)
    }
    pub fn changes(&self) -> &[Change] {
        self.result.as_ref().map_or(&[], |good| &good.changes)
    }
    /// The changes that are confirmed before they are applied.
    pub fn grave_changes(&self) -> impl Iterator<Item = &Change> {
        self.changes().iter().filter(|change| change.is_grave())
    }
}

pub(crate) fn counts(rows: &[Checked]) -> Counts {
    let mut counts = Counts::default();
    let mut units = HashSet::new();
    for row in rows {
        counts.rows += 1;
        match &row.result {
            Ok(Good { person: None, .. }) => counts.new += 1,
            Ok(_) => counts.changed += 1,
            Err(_) => counts.wrong += 1,
        }
        counts.to_confirm += i64::from(row.grave_changes().next().is_some());
        let Ok(Good { unit, .. }) = &row.result else { continue };
        let names: Vec<&str> = unit.missing.iter().map(|(_, name)| name.as_str()).collect();
        let top = unit.existing.as_ref().map(|(id, _)| *id);
        for depth in 1..=names.len() {
            counts.units += i64::from(units.insert((top, names[..depth].join("\n"))));
        }
    }
    counts
}

/// How many rows name people outside the caller's reach.
pub(crate) fn elsewhere<'a>(rows: impl Iterator<Item = &'a Checked>) -> u32 {
    let is_elsewhere = |row: &&Checked| row.errors().iter().any(|error| error.code == ELSEWHERE);
    u32::try_from(rows.filter(is_elsewhere).count()).unwrap_or(u32::MAX)
}

const ELSEWHERE: &str = "elsewhere";

pub(crate) async fn check(
    conn: &mut Conn,
    vault: &Vault,
    overseer: &Overseer,
    rows: Vec<(u32, Cells)>,
    choices: &UnitChoices,
    today: Date,
) -> Result<Vec<Checked>, StorageError> {
    let read: Vec<(u32, Cells, Result<RosterRow, Vec<RowError>>)> = rows
        .into_iter()
        .map(|(number, cells)| {
            let row = RosterRow::read(&cells, today);
            (number, cells, row)
        })
        .collect();
    let good: Vec<(u32, RosterRow)> =
        read.iter().filter_map(|(n, _, row)| row.as_ref().ok().map(|row| (*n, row.clone()))).collect();
    let repeats = repeated(&good);
    let known = Known::load(conn, vault, good.iter().map(|(_, row)| row)).await?;
    let mut tree = Tree::new(choices, good.iter().map(|(_, row)| row.units.as_slice()));
    let mut checked = Vec::with_capacity(read.len());
    for (number, cells, row) in read {
        let mut matched = Vec::new();
        let result = match row {
            Err(errors) => Err(errors),
            Ok(mut row) => {
                let person = known.person(vault, overseer, &row);
                row.units = tree.meant(&row.units, &mut matched);
                let unit = tree.plan(conn, overseer, &row.units, &mut matched).await?;
                let role = unit.as_ref().map_or(Ok(()), |unit| may_name(overseer, row.role, unit));
                let repeat = repeats.get(&number).cloned();
                match (person, unit, role, repeat) {
                    (Ok(person), Ok(unit), Ok(()), None) => {
                        let changes = person
                            .map_or_else(Vec::new, |known_row| known.changes(vault, known_row, &row, &unit));
                        Ok(Good { row, person: person.map(|known_row| known_row.id), unit, changes })
                    }
                    (person, unit, role, repeat) => {
                        Err([person.err(), unit.err(), role.err(), repeat].into_iter().flatten().collect())
                    }
                }
            }
        };
        checked.push(Checked { number, cells, matched, result });
    }
    told_apart(&mut checked);
    Ok(checked)
}

/// The people whom the roster's numbers name already.
struct Known {
    by_phone: HashMap<Vec<u8>, KnownRow>,
    by_identity_number: HashMap<Vec<u8>, KnownRow>,
    standings: HashMap<PersonId, Vec<Standing>>,
    roles: HashMap<(PersonId, OrgUnitId), Vec<Role>>,
    /// The names along the paths of their units.
    places: HashMap<String, Vec<String>>,
}

impl Known {
    async fn load(
        conn: &mut Conn,
        vault: &Vault,
        rows: impl Iterator<Item = &RosterRow> + Clone,
    ) -> Result<Self, StorageError> {
        let phones = rows.clone().filter_map(|row| phone_hash(vault, row)).collect();
        let numbers = rows.filter_map(|row| identity_number_hash(vault, row)).collect();
        let by_phone = people::by_phones(conn, phones).await?;
        let by_number = people::by_identity_numbers(conn, numbers).await?;
        let ids: HashSet<PersonId> = by_phone.iter().chain(&by_number).map(|row| row.id).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let standings = grants::standings(conn, ids.clone()).await?;
        let roles = grants::over_units(conn, ids).await?;
        let paths: HashSet<&str> =
            by_phone.iter().chain(&by_number).filter_map(|row| row.org_path.as_deref()).collect();
        let places = places::places(conn, &paths.into_iter().collect::<Vec<_>>()).await?;
        let by = |rows: Vec<KnownRow>, hash: fn(&KnownRow) -> Option<Vec<u8>>| {
            rows.into_iter().filter_map(|row| hash(&row).map(|h| (h, row))).collect()
        };
        Ok(Self {
            by_phone: by(by_phone, |row| row.phone_hash.clone()),
            by_identity_number: by(by_number, |row| row.identity_number_hash.clone()),
            standings,
            roles,
            places,
        })
    }

    /// Who a row means; nobody yet, somebody whom the caller may change, or an error.
    fn person(
        &self,
        vault: &Vault,
        overseer: &Overseer,
        row: &RosterRow,
    ) -> Result<Option<&KnownRow>, RowError> {
        let number_hash = identity_number_hash(vault, row);
        let by_phone = phone_hash(vault, row).and_then(|hash| self.by_phone.get(&hash));
        let by_number = number_hash.as_ref().and_then(|hash| self.by_identity_number.get(hash));
        // Of whom the caller may not see, a row says one thing alone, whatever else it holds.
        let is_seen = |known: &&KnownRow| overseer.reach.covers(known.org_path.as_deref());
        if !by_phone.iter().chain(&by_number).all(is_seen) {
            return Err(RowError::new(
                Column::Phone,
                ELSEWHERE,
                "此人登记在您管理范围以外的单位，请联系上级或系统管理员。",
                "This person belongs to a unit outside your reach; ask those above or the administrator.",
            ));
        }
        let known = match (by_phone, by_number) {
            (None, None) => return Ok(None),
            (Some(a), Some(b)) if a.id != b.id => {
                return Err(RowError::new(
                    Column::Phone,
                    "two_people",
                    "手机号和身份证号属于两个不同的人，请核对。",
                    "The phone and the identity number belong to two different people.",
                ));
            }
            (_, Some(known)) => known,
            (Some(known), None) => {
                if number_hash.is_some() && known.identity_number_hash.is_some() {
                    return Err(RowError::new(
                        Column::IdentityNumber,
                        "identity_number_differs",
                        "这个手机号已登记，但身份证号不同，请核对。",
                        "This phone is registered with another identity number.",
                    ));
                }
                if known.name != row.name {
                    return Err(RowError::new(
                        Column::Name,
                        "name_differs",
                        "这个手机号已登记，但姓名不同，请核对；如确需更名，请同时填写身份证号。",
                        "This phone is registered under another name; to change a name, give the identity number too.",
                    ));
                }
                known
            }
        };
        let path = known.org_path.as_deref();
        let standings = self.standings.get(&known.id).map_or(&[][..], Vec::as_slice);
        if !overseer.reach.may_manage(known.id, path, standings) {
            return Err(RowError::new(
                Column::Name,
                "not_below",
                "此人的角色不低于您，或在您管理范围以外任职，不能通过名单修改。",
                "This person stands as high as you, or leads outside your reach, and cannot be changed by a roster.",
            ));
        }
        Ok(Some(known))
    }

    /// What a row says other than it is known; what it leaves out stays as it is.
    fn changes(&self, vault: &Vault, known: &KnownRow, row: &RosterRow, unit: &UnitPlan) -> Vec<Change> {
        let place = |path: &String| self.places.get(path).map(|names| names.join(BETWEEN));
        let is_moved =
            !unit.missing.is_empty() || unit.existing.as_ref().map(|(id, _)| *id) != known.org_unit_id;
        let year = |year: i64| year.to_string();
        let new = |typed: &Option<String>, known: &Option<String>| typed.clone().filter(|_| typed != known);
        let (roles_before, roles_after) = self.roles(known, row, unit);
        let said = [
            (PersonField::Name, Some(known.name.clone()), (row.name != known.name).then(|| row.name.clone())),
            (
                PersonField::Phone,
                known.phone_masked.clone(),
                row.phone.as_ref().filter(|_| phone_hash(vault, row) != known.phone_hash).map(Phone::masked),
            ),
            (
                PersonField::IdentityNumber,
                known.identity_number_masked.clone(),
                row.identity_number
                    .as_ref()
                    .filter(|_| identity_number_hash(vault, row) != known.identity_number_hash)
                    .map(IdentityNumber::masked),
            ),
            (PersonField::OrgUnit, known.org_path.as_ref().and_then(place), is_moved.then(|| unit.place())),
            (
                PersonField::Gender,
                known.gender.map(|gender| gender.word().to_owned()),
                row.gender.filter(|_| row.gender != known.gender).map(|gender| gender.word().to_owned()),
            ),
            (PersonField::Subject, known.subject.clone(), new(&row.subject, &known.subject)),
            (
                PersonField::ProfessionalTitle,
                known.professional_title.clone(),
                new(&row.professional_title, &known.professional_title),
            ),
            (
                PersonField::TeachingSince,
                known.teaching_since.map(year),
                row.teaching_since.filter(|_| row.teaching_since != known.teaching_since).map(year),
            ),
            (PersonField::Role, roles_before, roles_after),
        ];
        said.into_iter().filter_map(|(field, from, to)| to.map(|to| Change { field, from, to })).collect()
    }

    /// What they are over the row's unit, and what they become when the row gives them a role that they do not have: it stands
    /// beside the others.
    fn roles(&self, known: &KnownRow, row: &RosterRow, unit: &UnitPlan) -> (Option<String>, Option<String>) {
        let existing = unit.existing.as_ref().filter(|_| unit.missing.is_empty());
        let held =
            existing.and_then(|(id, _)| self.roles.get(&(known.id, *id))).map_or(&[][..], Vec::as_slice);
        let words: Vec<&str> = held.iter().map(|role| role.word()).collect();
        let given = row.role.filter(|role| !held.contains(role)).map(Role::word);
        let after = given.map(|given| [&words[..], &[given]].concat().join(" "));
        ((!words.is_empty()).then(|| words.join(" ")), after)
    }
}

fn may_name(overseer: &Overseer, role: Option<Role>, unit: &UnitPlan) -> Result<(), RowError> {
    let Some(role) = role else { return Ok(()) };
    // Of a unit that does not exist yet only the place is known, and that is what decides.
    let (id, path) =
        unit.existing.clone().unwrap_or((OrgUnitId::from_uuid(uuid::Uuid::nil()), "/".to_owned()));
    if overseer.reach.may_name(role, Scope::OrgUnit(id), Some(&path)) {
        return Ok(());
    }
    Err(RowError::new(
        Column::Role,
        "not_yours",
        "您不能在这里任命这个角色，请留空，由上级任命。",
        "You may not name this role here; leave it empty and ask those above.",
    ))
}

fn phone_hash(vault: &Vault, row: &RosterRow) -> Option<Vec<u8>> {
    row.phone.as_ref().map(|phone| vault.lookup("phone", phone.as_str()))
}

fn identity_number_hash(vault: &Vault, row: &RosterRow) -> Option<Vec<u8>> {
    row.identity_number.as_ref().map(|number| vault.lookup("identity_number", number.as_str()))
}

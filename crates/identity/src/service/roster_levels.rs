//! One name at one place is one unit, of one level: rows that say otherwise are told so before anything is made.

use std::collections::HashMap;

use kernel::id::OrgUnitId;

use super::roster_check::{Checked, Good};
use crate::model::org_unit::Level;
use crate::model::roster::{Column, RowError};

/// A unit that would be made: the one above it that stands, and the names from there down.
type NewPlace = (Option<OrgUnitId>, Vec<String>);

/// How many rows say that a unit is of a level, and the first of them.
type Said = HashMap<Level, (usize, u32)>;

/// Marks rows that put a name which others put into one column into another. What most rows say stands; where as many say one as the
/// other, none of them does.
pub(super) fn told_apart(checked: &mut [Checked]) {
    let mut said: HashMap<NewPlace, Said> = HashMap::new();
    for (number, good) in good(checked) {
        for (place, level) in new_places(good) {
            said.entry(place).or_default().entry(level).or_insert((0, number)).0 += 1;
        }
    }
    said.retain(|_, levels| levels.len() > 1);
    if said.is_empty() {
        return;
    }
    for row in checked {
        let Ok(good) = &row.result else { continue };
        let error = new_places(good).find_map(|(place, level)| error(said.get(&place)?, &place, level));
        if let Some(error) = error {
            row.result = Err(vec![error]);
        }
    }
}

fn good(checked: &[Checked]) -> impl Iterator<Item = (u32, &Good)> {
    checked.iter().filter_map(|row| Some((row.number, row.result.as_ref().ok()?)))
}

fn new_places(good: &Good) -> impl Iterator<Item = (NewPlace, Level)> {
    let top = good.unit.existing.as_ref().map(|(id, _)| *id);
    let missing = &good.unit.missing;
    missing.iter().enumerate().map(move |(at, (level, _))| {
        let names = missing.iter().take(at + 1).map(|(_, name)| name.clone()).collect();
        ((top, names), *level)
    })
}

/// What a row that says this level is told, unless most rows say it.
fn error(said: &Said, (_, names): &NewPlace, level: Level) -> Option<RowError> {
    let rows_of = |level: &Level| said.get(level).map_or(0, |(rows, _)| *rows);
    let (other, (rows, first)) = said
        .iter()
        .filter(|(other, _)| **other != level)
        .max_by_key(|(other, (rows, _))| (*rows, **other))?;
    if *rows < rows_of(&level) {
        return None;
    }
    let (own, other) = (Column::of_level(level), Column::of_level(*other));
    let name = names.last().map(String::as_str).unwrap_or_default();
    Some(RowError::new(
        own,
        "level_differs",
        format!(
            "这一行把“{name}”填在“{}”列，第 {first} 行把它填在“{}”列。同一个单位只能是一级，请核对。",
            own.heading(),
            other.heading()
        ),
        format!(
            "This row puts \"{name}\" into the column {}, and row {first} puts it into {}. A unit is of one level; please check.",
            own.heading(),
            other.heading()
        ),
    ))
}

//! Names of units in a roster that look like one that stands: somebody says which is meant, or that it is a new one, before any is made.

use std::collections::BTreeMap;

use kernel::Ambient;
use kernel::id::RosterImportId;
use storage::Tx;

use super::roster_again::ask_again;
use super::{org_units, rosters};
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::roster::{UnitChoice, UnitChoices};
use crate::store;

/// What is decided about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    Chosen(UnitChoice),
    /// Nothing, also when it was decided before.
    Open,
}

/// So many names of one roster can be decided about: as many as there can be new units in all its rows.
const MOST_DECIDED: usize = 10_000;

/// Keeps what was decided about names, by their places, and checks the roster anew. What was decided about others stays.
#[tracing::instrument(name = "identity.choose_roster_units", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn choose(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
    decisions: BTreeMap<String, Decision>,
) -> Result<(), RosterError> {
    rosters::find(tx, overseer, id).await?;
    if !store::rosters::hold(tx, id).await? {
        return Err(RosterError::AlreadyApplied);
    }
    // Read while it is held: two who decide about two names do not undo each other.
    let mut choices: UnitChoices = rosters::find(tx, overseer, id).await?.unit_choices.0;
    for (place, decision) in decisions {
        match decision {
            Decision::Chosen(choice) => {
                if let UnitChoice::Unit(unit) = choice {
                    org_units::within(tx, overseer, unit).await.map_err(|_| RosterError::NoSuchUnit)?;
                }
                choices.insert(place, choice);
            }
            Decision::Open => drop(choices.remove(&place)),
        }
    }
    if choices.len() > MOST_DECIDED {
        return Err(RosterError::NoSuchUnit);
    }
    let choices = serde_json::to_value(&choices).expect("texts and ids are JSON");
    store::rosters::choose_units(tx, id, choices).await?;
    ask_again(tx, ambient, identity, overseer, id).await?;
    Ok(())
}

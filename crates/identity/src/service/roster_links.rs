//! One-time links for everybody of an import who has never signed in, to hand out.

use std::collections::{BTreeSet, HashSet};

use kernel::id::{PersonId, RosterImportId};
use kernel::{Ambient, Timestamp};
use serde_json::json;
use storage::audit::{self, Entry};
use storage::{StorageError, Tx};

use super::{first_use, org_units, people, rosters};
use crate::access::Overseer;
use crate::error::RosterError;
use crate::identity::Identity;
use crate::model::probes::Enough;
use crate::model::reach::Reach;
use crate::model::roster::RosterState;
use crate::roster::FirstUseLinkRow;
use crate::store::{self, rosters::NewcomerRow};
use crate::vault::Place;

/// What a list says; it is written as a workbook after the transaction, which others wait for.
pub(crate) struct Links {
    pub rows: Vec<FirstUseLinkRow>,
    /// Absent when there is nobody.
    pub expires_at: Option<Timestamp>,
    /// How many get theirs from somebody else.
    pub left_out: usize,
}

/// Handed out once. Phones stand in the list as people sign in with them, or whoever hands the links out could not tell two of one name
/// apart; that they were shown is on record with it. `again` makes new links and so stops those of the first list; that is on record too.
#[tracing::instrument(name = "identity.hand_out_links", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn hand_out(
    tx: &mut Tx,
    ambient: &Ambient,
    identity: &Identity,
    overseer: &Overseer,
    id: RosterImportId,
    again: bool,
    public_url: &str,
) -> Result<Links, RosterError> {
    let import = rosters::find(tx, overseer, id).await?;
    if import.state != RosterState::Applied {
        return Err(RosterError::NotApplied);
    }
    let now = ambient.now();
    let is_first = store::rosters::mark_links_taken(tx, id, now).await?;
    if !is_first && !again {
        return Err(RosterError::LinksTaken);
    }
    if !is_first {
        let asked = identity.probes().again(overseer.actor.person, now);
        asked.map_err(|Enough { seconds }| RosterError::LinksTooOften(seconds))?;
    }
    let by = Some(overseer.actor.person);
    let reach = first_use::reach_of_maker(tx, overseer).await?.ok_or(RosterError::NoSuchImport)?;
    // Who belongs elsewhere by now, or stands higher, is left out and held by nobody.
    let (managed, _) = weighed(tx, &reach, id).await?;
    let held: HashSet<PersonId> = managed.iter().map(|person| person.id).collect();
    store::accounts::hold_all(tx, held.iter().copied().collect()).await?;
    // Once more while they are held: nobody of them gets a role or another school meanwhile.
    let (mut managed, mut others) = weighed(tx, &reach, id).await?;
    others.extend(managed.extract_if(.., |person| !held.contains(&person.id)));
    let left_out = others.len();
    let paths: BTreeSet<&str> = managed.iter().filter_map(|person| person.org_path.as_deref()).collect();
    let places = org_units::places(tx, &paths.into_iter().collect::<Vec<_>>()).await?;
    let newcomers: Vec<PersonId> = managed.iter().map(|person| person.id).collect();
    let links = first_use::issue_all(tx, ambient, newcomers, by).await?;
    let mut expires_at = None;
    let mut rows = Vec::with_capacity(managed.len());
    for (person, link) in managed.into_iter().zip(links) {
        expires_at = Some(link.expires_at);
        let place = Place { column: people::PHONE, row: person.id.uuid() };
        let phone = person.phone_cipher.map(|sealed| identity.vault().unseal(place, &sealed)).transpose()?;
        let unit = person.org_path.and_then(|path| places.get(&path));
        rows.push(FirstUseLinkRow {
            name: person.name,
            unit: unit.map(|names| names.join(" · ")).unwrap_or_default(),
            account_name: person.account_name,
            phone: phone.unwrap_or_default(),
            link: link.address(public_url),
        });
    }
    let entry = Entry {
        chain: "system".to_owned(),
        person: by,
        action: "identity.first_use_links_handed_out",
        object: id.to_string(),
        detail: json!({ "people": rows.len(), "left_out": left_out, "again": !is_first, "phones": true }),
    };
    audit::append(tx, ambient, entry).await?;
    Ok(Links { rows, expires_at, left_out })
}

/// The newcomers of an import who stand below a reach at this moment, and the others: it was applied some time ago.
async fn weighed(
    tx: &mut Tx,
    reach: &Reach,
    id: RosterImportId,
) -> Result<(Vec<NewcomerRow>, Vec<NewcomerRow>), StorageError> {
    let newcomers = store::rosters::newcomers(tx, id).await?;
    let standings = store::grants::standings(tx, newcomers.iter().map(|person| person.id).collect()).await?;
    let is_managed = |person: &NewcomerRow| {
        let held = standings.get(&person.id).map_or(&[][..], Vec::as_slice);
        reach.may_manage(person.id, person.org_path.as_deref(), held)
    };
    Ok(newcomers.into_iter().partition(is_managed))
}

//! One-time links for everybody of an import who has never signed in, as a workbook to hand out.

use kernel::id::RosterImportId;
use kernel::{Ambient, Lang};
use serde_json::json;
use storage::Tx;
use storage::audit::{self, Entry};

use super::{first_use, rosters};
use crate::access::Overseer;
use crate::error::RosterError;
use crate::model::roster::RosterState;
use crate::roster::{FirstUseLinkRow, first_use_links};
use crate::store;

/// Handed out once. `again` makes new links and so stops those of the first list; that is on record too.
#[tracing::instrument(name = "identity.hand_out_links", skip_all, fields(roster_import.id = %id))]
pub(crate) async fn hand_out(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    id: RosterImportId,
    again: bool,
    public_url: &str,
    lang: Lang,
) -> Result<Vec<u8>, RosterError> {
    let import = rosters::find(tx, overseer, id).await?;
    if import.state != RosterState::Applied {
        return Err(RosterError::NotApplied);
    }
    let now = ambient.now();
    let is_first = store::rosters::mark_links_taken(tx, id, now).await?;
    if !is_first && !again {
        return Err(RosterError::LinksTaken);
    }
    let by = Some(overseer.actor.person);
    let reach = first_use::reach_of_maker(tx, overseer).await?.ok_or(RosterError::NoSuchImport)?;
    let held = store::rosters::newcomers(tx, id).await?.iter().map(|person| person.id).collect();
    store::accounts::hold_all(tx, held).await?;
    let mut rows = Vec::new();
    let mut expires = String::new();
    // Read while they are held: nobody gets a role or another school meanwhile.
    let newcomers = store::rosters::newcomers(tx, id).await?;
    let standings = store::grants::standings(tx, newcomers.iter().map(|person| person.id).collect()).await?;
    let mut left_out = 0;
    for person in newcomers {
        // The roster was applied some time ago: they may belong elsewhere by now, or stand higher.
        let held = standings.get(&person.id).map_or(&[][..], Vec::as_slice);
        if !reach.may_manage(person.id, person.org_path.as_deref(), held) {
            left_out += 1;
            continue;
        }
        let link = first_use::issue(tx, ambient, person.id, by).await?;
        expires = link.expires_at.to_string();
        rows.push(FirstUseLinkRow {
            name: person.name,
            unit: person.org_unit_name.unwrap_or_default(),
            account_name: person.account_name,
            phone_masked: person.phone_masked.unwrap_or_default(),
            link: link.address(public_url),
        });
    }
    let workbook = first_use_links(now, lang, &expires, &rows, left_out)?;
    let entry = Entry {
        chain: "system".to_owned(),
        person: by,
        action: "identity.first_use_links_handed_out",
        object: id.to_string(),
        detail: json!({ "people": rows.len(), "left_out": left_out, "again": !is_first }),
    };
    audit::append(tx, ambient, entry).await?;
    Ok(workbook)
}

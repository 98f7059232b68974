//! People as desks see and change them: within reach, below the caller's own rank, every look behind the mask on record.

use kernel::Ambient;
use kernel::id::{OrgUnitId, PersonId};
use kernel::spelling;
use realtime::Hub;
use serde_json::json;
use storage::{Conn, StorageError, Tx, jobs};

use super::account::OtherPhone;
use super::session::entry;
use super::{account, rosters};
use crate::access::Overseer;
use crate::disabled::{DISABLED, Disabled};
use crate::error::PersonError;
use crate::model::person::{Particulars, Removed};
use crate::model::phone::Phone;
use crate::model::reach::{Rank, Reach};
use crate::phone_changed::PhoneChanged;
use crate::store::people::{Filter, PersonColumns, PersonRow, Said, Sealed};
use crate::store::{self, accounts, first_use, org_units, sessions};
use crate::vault::{Place, Vault};

pub(crate) const PHONE: &str = "people.phone";
pub(crate) const IDENTITY_NUMBER: &str = "people.identity_number";

/// Which people a desk asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Search {
    pub org_unit: Option<OrgUnitId>,
    pub text: Option<String>,
    pub after: Option<PersonId>,
    pub limit: i64,
}

/// A page of the people within reach.
pub(crate) async fn page(
    conn: &mut Conn,
    vault: &Vault,
    overseer: &Overseer,
    search: Search,
) -> Result<Vec<PersonRow>, PersonError> {
    if let Some(unit) = search.org_unit {
        org_units::find(conn, unit)
            .await?
            .filter(|row| overseer.reach.covers(Some(&row.path)))
            .ok_or(PersonError::NoSuchUnit)?;
    }
    let text = search.text.filter(|text| !text.trim().is_empty());
    // A whole phone number finds its owner; part of one finds nobody, as nothing readable is stored.
    let phone = text.as_deref().and_then(Phone::parse);
    let filter = Filter {
        pattern: text.as_deref().map(storage::containing),
        phone_hash: phone.map(|phone| vault.lookup("phone", phone.as_str())),
        after: search.after.unwrap_or(PersonId::from_uuid(uuid::Uuid::nil())),
        limit: search.limit,
    };
    Ok(match search.org_unit {
        Some(unit) => store::people::page_below(conn, vec![unit], filter).await?,
        None if overseer.reach.administrator => store::people::page(conn, filter).await?,
        None => store::people::page_below(conn, overseer.units(), filter).await?,
    })
}

/// One person within reach.
pub(crate) async fn find(
    conn: &mut Conn,
    overseer: &Overseer,
    person: PersonId,
) -> Result<PersonRow, PersonError> {
    store::people::find(conn, person)
        .await?
        .filter(|row| overseer.reach.covers(row.org_path.as_deref()))
        .ok_or(PersonError::NoSuchPerson)
}

/// One person within reach who stands below the caller.
pub(super) async fn managed(
    conn: &mut Conn,
    overseer: &Overseer,
    person: PersonId,
) -> Result<PersonRow, PersonError> {
    let row = find(conn, overseer, person).await?;
    if may_manage(conn, &overseer.reach, &row).await? { Ok(row) } else { Err(PersonError::NotBelow) }
}

/// The same, and held: it stays true until the end of the transaction, as whoever gives or takes a role holds the person too. Asked before
/// as well, so that who may not do it holds nobody.
pub(super) async fn held_managed(
    tx: &mut Tx,
    overseer: &Overseer,
    person: PersonId,
) -> Result<PersonRow, PersonError> {
    managed(tx, overseer, person).await?;
    accounts::hold(tx, person).await?;
    managed(tx, overseer, person).await
}

/// Whether a person stands below a reach with everything that they hold anywhere.
pub(super) async fn may_manage(
    conn: &mut Conn,
    reach: &Reach,
    person: &PersonRow,
) -> Result<bool, StorageError> {
    let standings = store::grants::standings(conn, vec![person.id]).await?.remove(&person.id);
    Ok(reach.may_manage(person.id, person.org_path.as_deref(), &standings.unwrap_or_default()))
}

/// What stands behind the masks.
#[derive(Debug)]
pub(crate) struct Revealed {
    pub phone: Option<String>,
    pub identity_number: Option<String>,
}

/// Shows phone and identity number in the clear, and records that it was done and why.
#[tracing::instrument(name = "identity.reveal", skip_all, fields(person.id = %person))]
pub(crate) async fn reveal(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    overseer: &Overseer,
    person: PersonId,
    reason: &str,
) -> Result<Revealed, PersonError> {
    managed(tx, overseer, person).await?;
    let account = accounts::by_id(tx, person).await?.ok_or(PersonError::NoSuchPerson)?;
    let open = |column, sealed: Option<Vec<u8>>| {
        sealed.map(|s| vault.unseal(Place { column, row: person.uuid() }, &s)).transpose()
    };
    let revealed = Revealed {
        phone: open(PHONE, account.phone_cipher)?,
        identity_number: open(IDENTITY_NUMBER, account.identity_number_cipher)?,
    };
    let by = Some(overseer.actor.person);
    entry(tx, ambient, by, "identity.personal_data_revealed", person, json!({ "reason": reason })).await?;
    Ok(revealed)
}

/// Enters a person by hand.
#[tracing::instrument(name = "identity.add_person", skip_all)]
pub(crate) async fn add(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    overseer: &Overseer,
    particulars: Particulars,
) -> Result<PersonId, PersonError> {
    unit_within(tx, overseer, particulars.org_unit).await?;
    is_of_our_time(ambient, &particulars)?;
    let person = account::enter(tx, ambient, vault, particulars, None).await?;
    let by = Some(overseer.actor.person);
    entry(tx, ambient, by, "identity.person_added", person, json!({})).await?;
    Ok(person)
}

/// A change of what is known of a person: numbers that are neither given nor removed stay, everything else is as it is here.
#[derive(Debug)]
pub(crate) struct Change {
    /// The version that was read.
    pub version: i64,
    pub particulars: Particulars,
    pub removed: Removed,
}

#[tracing::instrument(name = "identity.change_person", skip_all, fields(person.id = %person))]
pub(crate) async fn change(
    tx: &mut Tx,
    ambient: &Ambient,
    vault: &Vault,
    hub: &Hub,
    overseer: &Overseer,
    person: PersonId,
    Change { version, particulars, removed }: Change,
) -> Result<(), PersonError> {
    let row = held_managed(tx, overseer, person).await?;
    unit_within(tx, overseer, particulars.org_unit).await?;
    is_of_our_time(ambient, &particulars)?;
    let detail = json!({
        "phone": particulars.phone.is_some(),
        "phone_removed": removed.phone,
        "identity_number": particulars.identity_number.is_some(),
        "identity_number_removed": removed.identity_number,
        "org_unit": particulars.org_unit,
    });
    if particulars.org_unit != row.org_unit_id {
        first_use::void(tx, person).await?;
    }
    let phone = other_phone(tx, vault, person, particulars.phone.as_ref(), removed.phone).await?;
    let said = Said::ByDesk { removed, version };
    if !store::people::change(tx, columns(ambient, vault, person, particulars), said).await? {
        return Err(PersonError::Stale);
    }
    if let Some(changed) = phone {
        account::change_phone(tx, ambient, hub, changed).await?;
    }
    let by = Some(overseer.actor.person);
    entry(tx, ambient, by, "identity.person_changed", person, detail).await?;
    Ok(())
}

/// Refuses every request of a person from now on.
#[tracing::instrument(name = "identity.disable", skip_all, fields(person.id = %person))]
pub(crate) async fn disable(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    person: PersonId,
) -> Result<(), PersonError> {
    if person == overseer.actor.person {
        return Err(PersonError::Oneself);
    }
    // Nobody's sessions wait for somebody who may not do this.
    managed(tx, overseer, person).await?;
    // What they are doing is done before they are disabled.
    sessions::hold_all(tx, person).await?;
    store::grants::hold_administration(tx).await?;
    let row = held_managed(tx, overseer, person).await?;
    let is_administrator = store::grants::is_administrator(tx, person).await?;
    if is_administrator && store::grants::other_administrators(tx, person).await? == 0 {
        return Err(PersonError::LastAdministrator);
    }
    let word = overseer.reach.word_over(row.org_path.as_deref()).ok_or(PersonError::NoSuchPerson)?;
    // Who is disabled already is so by the higher word from now on: that one decides who may enable them.
    let decided = accounts::disabled_as(tx, person).await?;
    if let Some(decided) = &decided {
        let is_as_high = Rank::of(word.standing.role) >= Rank::of(decided.role);
        if word.standing == *decided || !is_as_high || !overseer.reach.may_overrule(decided) {
            return Ok(());
        }
    }
    let (now, by) = (ambient.now(), overseer.actor.person);
    accounts::disable(tx, person, by, &word, now).await?;
    sessions::end_all(tx, person, "disabled", now).await?;
    first_use::void(tx, person).await?;
    first_use::void_issued_by(tx, person).await?;
    entry(tx, ambient, Some(by), "identity.person_disabled", person, json!({ "as": word.standing.role }))
        .await?;
    if decided.is_none() {
        jobs::enqueue(tx, ambient, DISABLED, &Disabled { person }, now).await?;
    }
    Ok(())
}

/// Takes a word back that disabled somebody: whoever stands as high as the one who gave it, over as much.
#[tracing::instrument(name = "identity.enable", skip_all, fields(person.id = %person))]
pub(crate) async fn enable(
    tx: &mut Tx,
    ambient: &Ambient,
    overseer: &Overseer,
    person: PersonId,
) -> Result<(), PersonError> {
    held_managed(tx, overseer, person).await?;
    let Some(decided) = accounts::disabled_as(tx, person).await? else { return Ok(()) };
    if !overseer.reach.may_overrule(&decided) {
        return Err(PersonError::DisabledAbove);
    }
    accounts::enable(tx, person).await?;
    entry(tx, ambient, Some(overseer.actor.person), "identity.person_enabled", person, json!({})).await?;
    Ok(())
}

/// Whether the caller may enable this person, who is disabled.
pub(crate) async fn may_enable(
    conn: &mut Conn,
    overseer: &Overseer,
    row: &PersonRow,
) -> Result<bool, StorageError> {
    let Some(decided) = accounts::disabled_as(conn, row.id).await? else { return Ok(false) };
    Ok(overseer.reach.may_overrule(&decided) && may_manage(conn, &overseer.reach, row).await?)
}

/// What becomes of the phone by which somebody signs in; nothing when it stays, and when somebody who never signed in gets a first one.
pub(super) async fn other_phone(
    conn: &mut Conn,
    vault: &Vault,
    person: PersonId,
    phone: Option<&Phone>,
    removed: bool,
) -> Result<Option<OtherPhone>, StorageError> {
    if phone.is_none() && !removed {
        return Ok(None);
    }
    let Some(known) = accounts::phone(conn, person).await? else { return Ok(None) };
    let hash = phone.map(|phone| vault.lookup("phone", phone.as_str()));
    let has_one_to_lose = known.phone_hash.is_some() || known.has_password;
    let changed = PhoneChanged { person, from: known.phone_masked, to: phone.map(Phone::masked) };
    let is_other = known.phone_hash != hash && has_one_to_lose;
    Ok(is_other.then_some(OtherPhone { changed, former_hash: known.phone_hash }))
}

/// Nobody has the identity number of the unborn or of the long dead.
fn is_of_our_time(ambient: &Ambient, particulars: &Particulars) -> Result<(), PersonError> {
    let today = rosters::today(ambient);
    let is_given = particulars.identity_number.as_ref();
    if is_given.is_none_or(|number| number.is_of_our_time(today)) {
        Ok(())
    } else {
        Err(PersonError::BornAtNoTime)
    }
}

/// Somebody is only put where the caller could see them again.
async fn unit_within(
    conn: &mut Conn,
    overseer: &Overseer,
    unit: Option<OrgUnitId>,
) -> Result<(), PersonError> {
    let Some(unit) = unit else {
        return if overseer.reach.administrator { Ok(()) } else { Err(PersonError::NoSuchUnit) };
    };
    let row = org_units::find(conn, unit).await?.ok_or(PersonError::NoSuchUnit)?;
    if overseer.reach.covers(Some(&row.path)) { Ok(()) } else { Err(PersonError::NoSuchUnit) }
}

/// The columns of a person, with their name as names are kept and their numbers sealed.
pub(super) fn columns(ambient: &Ambient, vault: &Vault, id: PersonId, p: Particulars) -> PersonColumns {
    let sealed = |column, what, plain: &str, masked: String| Sealed {
        cipher: Some(vault.seal(ambient, Place { column, row: id.uuid() }, plain)),
        hash: Some(vault.lookup(what, plain)),
        masked: Some(masked),
    };
    PersonColumns {
        id,
        name: spelling::name(&p.name),
        phone: p.phone.map(|n| sealed(PHONE, "phone", n.as_str(), n.masked())).unwrap_or_default(),
        identity_number: p
            .identity_number
            .map(|n| sealed(IDENTITY_NUMBER, "identity_number", n.as_str(), n.masked()))
            .unwrap_or_default(),
        org_unit: p.org_unit,
        gender: p.gender,
        subject: p.subject,
        professional_title: p.professional_title,
        teaching_since: p.teaching_since,
    }
}

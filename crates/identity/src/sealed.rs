//! Everything that is sealed, looked through: whether the keys at hand open it, and sealed anew with the key in use.

use std::time::Duration;

use kernel::Ambient;
use kernel::id::{PersonId, RosterImportId};
use storage::{Conn, Db, StorageError};

use crate::service::people::{IDENTITY_NUMBER, PHONE};
use crate::service::rosters;
use crate::store::sealed::{self, SealedPerson, SealedRow};
use crate::vault::{Place, Vault, VaultError};

/// Few enough that nobody waits long for the writer.
const AT_ONCE: i64 = 200;
/// Between two transactions. On SQLite a server that runs meanwhile has no place in a line before us: it looks again and again, and must
/// find a moment in which nobody writes.
const PAUSE: Duration = Duration::from_millis(100);

/// Why not everything could be looked through.
#[derive(Debug, thiserror::Error)]
pub enum SealedError {
    #[error("{what} of {id} does not open: its key is missing or it was altered")]
    Closed { what: &'static str, id: String },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Opens up to `limit` people's and rows' sealed values; how many there were. `i64::MAX` looks at everything.
pub async fn check(conn: &mut Conn, vault: &Vault, limit: i64) -> Result<u64, SealedError> {
    let mut opened = 0;
    let mut left = limit;
    let mut after = sealed::start();
    while left > 0 {
        let people = sealed::people(conn, after, AT_ONCE.min(left)).await?;
        let Some(last) = people.last() else { break };
        (after, left) = (last.id, left - count(&people));
        for person in &people {
            for (place, cipher) in of_person(person) {
                vault.unseal(place, cipher).map_err(|_| closed(place.column, person.id.to_string()))?;
                opened += 1;
            }
        }
    }
    let mut left = limit;
    let mut after = (sealed::start(), 0);
    while left > 0 {
        let rows = sealed::rows(conn, after, AT_ONCE.min(left)).await?;
        let Some(last) = rows.last() else { break };
        (after, left) = ((last.import_id, last.row_no), left - count(&rows));
        for row in &rows {
            let place = rosters::place(row.import_id);
            vault
                .unseal(place, &row.cells_cipher)
                .map_err(|_| closed(place.column, row.import_id.to_string()))?;
            opened += 1;
        }
    }
    Ok(opened)
}

/// Seals with the key in use whatever is sealed with another, in small transactions; how many values those were. It may be stopped
/// anywhere and run again.
pub async fn reseal(db: &Db, ambient: &Ambient, vault: &Vault) -> Result<u64, SealedError> {
    Ok(reseal_people(db, ambient, vault).await? + reseal_rows(db, ambient, vault).await?)
}

async fn reseal_people(db: &Db, ambient: &Ambient, vault: &Vault) -> Result<u64, SealedError> {
    let mut resealed = 0;
    let mut after: PersonId = sealed::start();
    loop {
        let mut tx = db.begin_write().await?;
        let people = sealed::people(&mut tx, after, AT_ONCE).await?;
        let Some(last) = people.last() else { return Ok(resealed) };
        after = last.id;
        for person in &people {
            for (place, cipher) in of_person(person) {
                let Some(new) = again(vault, ambient, place, cipher)
                    .map_err(|_| closed(place.column, person.id.to_string()))?
                else {
                    continue;
                };
                if place.column == PHONE {
                    sealed::set_phone(&mut tx, person.id, cipher, new).await?;
                } else {
                    sealed::set_identity_number(&mut tx, person.id, cipher, new).await?;
                }
                resealed += 1;
            }
        }
        tx.commit().await?;
        tokio::time::sleep(PAUSE).await;
    }
}

async fn reseal_rows(db: &Db, ambient: &Ambient, vault: &Vault) -> Result<u64, SealedError> {
    let mut resealed = 0;
    let mut after: (RosterImportId, i64) = (sealed::start(), 0);
    loop {
        let mut tx = db.begin_write().await?;
        let rows: Vec<SealedRow> = sealed::rows(&mut tx, after, AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(resealed) };
        after = (last.import_id, last.row_no);
        for row in &rows {
            let place = rosters::place(row.import_id);
            let new = again(vault, ambient, place, &row.cells_cipher)
                .map_err(|_| closed(place.column, row.import_id.to_string()))?;
            if let Some(new) = new {
                sealed::set_cells(&mut tx, (row.import_id, row.row_no), new).await?;
                resealed += 1;
            }
        }
        tx.commit().await?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// The same value under the key in use; nothing when it is that already.
fn again(
    vault: &Vault,
    ambient: &Ambient,
    place: Place,
    cipher: &[u8],
) -> Result<Option<Vec<u8>>, VaultError> {
    if !vault.is_outdated(cipher, ambient.now()) {
        return Ok(None);
    }
    let plain = zeroize::Zeroizing::new(vault.unseal(place, cipher)?);
    Ok(Some(vault.seal(ambient, place, &plain)))
}

fn of_person(person: &SealedPerson) -> impl Iterator<Item = (Place, &Vec<u8>)> {
    let row = person.id.uuid();
    let columns = [(PHONE, &person.phone_cipher), (IDENTITY_NUMBER, &person.identity_number_cipher)];
    columns.into_iter().filter_map(move |(column, cipher)| Some((Place { column, row }, cipher.as_ref()?)))
}

fn closed(what: &'static str, id: String) -> SealedError {
    SealedError::Closed { what, id }
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

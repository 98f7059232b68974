//! Which keys a database was written with. The keys themselves are files outside of it; here stand their fingerprints, so that
//! a missing or a strange folder of keys is noticed before anything is written with it.

use kernel::Timestamp;

use crate::conn::{Conn, Tx};
use crate::error::StorageError;
use crate::query::sql;

crate::from_row! {
    /// A key as the database knows it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RegisteredKey {
        /// What it is for: `personal`, `certificates`, …
        pub purpose: String,
        pub key_id: String,
        pub fingerprint: Vec<u8>,
        pub made_at: Timestamp,
        /// From when on it is the one in use, unless a later one is.
        pub used_from: Timestamp,
        /// Nothing of the database needs it since then; its file may be absent.
        pub retired_at: Option<Timestamp>,
        /// The folder in which it was registered.
        pub folder: String,
    }
}

/// A key as it was found in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    pub purpose: &'static str,
    pub key_id: String,
    pub fingerprint: Vec<u8>,
}

/// Why a folder of keys is not the one that a database was written with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the key folder {folder} is not the one of this database: {}. The database expects the keys registered on {made_on} from \
     the folder {expected}. Nothing was changed. Put that folder back from its own backup, or name it in data.keys",
    .differences.join(", ")
)]
pub struct WrongKeys {
    pub folder: String,
    pub expected: String,
    pub made_on: String,
    pub differences: Vec<String>,
}

impl RegisteredKey {
    fn name(&self) -> String {
        format!("{} key {}", self.purpose, self.key_id)
    }

    /// The beginning of the fingerprint, enough for people to compare.
    pub fn short(&self) -> String {
        short(&self.fingerprint)
    }
}

/// The first bytes of a fingerprint as people compare them.
pub fn short(fingerprint: &[u8]) -> String {
    hex::encode(&fingerprint[..fingerprint.len().min(6)])
}

/// Compares what the database expects with what a folder holds. Keys that the database does not know yet are no harm: nothing is
/// written with them.
pub fn compare(registered: &[RegisteredKey], found: &[FoundKey], folder: &str) -> Result<(), WrongKeys> {
    let mut differences = Vec::new();
    for key in registered {
        let same = |found: &&FoundKey| found.purpose == key.purpose && found.key_id == key.key_id;
        match found.iter().find(same) {
            Some(found) if found.fingerprint == key.fingerprint => {}
            Some(found) => differences.push(format!(
                "{} has the fingerprint {} instead of {}",
                key.name(),
                short(&found.fingerprint),
                key.short()
            )),
            None if key.retired_at.is_some() => {}
            None => {
                differences.push(format!("{} with the fingerprint {} is missing", key.name(), key.short()));
            }
        }
    }
    let Some(first) = registered.iter().min_by_key(|key| key.made_at).filter(|_| !differences.is_empty())
    else {
        return Ok(());
    };
    Err(WrongKeys {
        folder: folder.to_owned(),
        expected: first.folder.clone(),
        made_on: first.made_at.to_string(),
        differences,
    })
}

/// The key of a purpose that is in use now: the one whose time began last.
pub fn in_use<'a>(
    registered: &'a [RegisteredKey],
    purpose: &str,
    now: Timestamp,
) -> Option<&'a RegisteredKey> {
    let of_purpose = registered.iter().filter(|key| key.purpose == purpose && key.retired_at.is_none());
    of_purpose.filter(|key| key.used_from <= now).max_by_key(|key| (key.used_from, key.made_at))
}

/// All keys of the database, oldest first.
pub async fn registered(conn: &mut Conn) -> Result<Vec<RegisteredKey>, StorageError> {
    sql("select purpose, key_id, fingerprint, made_at, used_from, retired_at, folder from key_fingerprints \
         order by made_at, purpose, key_id")
    .all(conn)
    .await
}

/// Holds the register until the end of the transaction: of two processes that start on an empty database, one makes the keys.
pub async fn hold(tx: &mut Tx) -> Result<(), StorageError> {
    let text = tx.pick("select 1", "lock table key_fingerprints in share row exclusive mode");
    sql(text).exec(tx).await?;
    Ok(())
}

/// Notes a key.
pub async fn register(
    tx: &mut Tx,
    key: &FoundKey,
    folder: &str,
    made_at: Timestamp,
    used_from: Timestamp,
) -> Result<(), StorageError> {
    sql("insert into key_fingerprints (purpose, key_id, fingerprint, made_at, used_from, folder) values ($1, $2, $3, $4, $5, $6)")
        .bind(key.purpose)
        .bind(&key.key_id)
        .bind(key.fingerprint.clone())
        .bind(made_at)
        .bind(used_from)
        .bind(folder)
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes that nothing needs a key any more.
pub async fn retire(tx: &mut Tx, purpose: &str, key_id: &str, at: Timestamp) -> Result<(), StorageError> {
    sql("update key_fingerprints set retired_at = $3 where purpose = $1 and key_id = $2 and retired_at is null")
        .bind(purpose)
        .bind(key_id)
        .bind(at)
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Timestamp = Timestamp::from_micros(1_780_300_800_000_000);

    fn known(id: &str, fingerprint: u8) -> RegisteredKey {
        RegisteredKey {
            purpose: "personal".to_owned(),
            key_id: id.to_owned(),
            fingerprint: vec![fingerprint; 16],
            made_at: DAY,
            used_from: DAY,
            retired_at: None,
            folder: "/srv/keys".to_owned(),
        }
    }
    fn found(id: &str, fingerprint: u8) -> FoundKey {
        FoundKey { purpose: "personal", key_id: id.to_owned(), fingerprint: vec![fingerprint; 16] }
    }

    #[test]
    fn missing_and_strange_keys_are_named_and_new_ones_are_not() {
        let registered = [known("1", 1), known("2", 2)];
        assert_eq!(compare(&registered, &[found("1", 1), found("2", 2), found("3", 3)], "/keys"), Ok(()));
        let wrong = compare(&registered, &[found("1", 9)], "/keys").expect_err("two differences");
        let said = wrong.to_string();
        for word in ["/keys", "/srv/keys", "010101010101", "090909090909", "personal key 2", "data.keys"] {
            assert!(said.contains(word), "{word}: {said}");
        }
    }

    #[test]
    fn retired_key_may_be_absent_but_not_another() {
        let retired = RegisteredKey { retired_at: Some(DAY), ..known("1", 1) };
        assert_eq!(compare(&[retired.clone(), known("2", 2)], &[found("2", 2)], "/keys"), Ok(()));
        assert!(compare(&[retired], &[found("1", 7)], "/keys").is_err());
    }

    #[test]
    fn key_is_in_use_from_its_time_on() {
        let later = RegisteredKey { used_from: DAY.plus_seconds(60), ..known("2", 2) };
        let keys = [known("1", 1), later];
        let id =
            |seconds| in_use(&keys, "personal", DAY.plus_seconds(seconds)).map(|key| key.key_id.as_str());
        assert_eq!((id(-1), id(0), id(59), id(60)), (None, Some("1"), Some("1"), Some("2")));
        assert_eq!(in_use(&keys, "token", DAY), None);
    }
}

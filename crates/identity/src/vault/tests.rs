use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::*;

const PLACE: Place = Place { column: "people.phone", row: Uuid::from_u128(7) };
const NOW: Timestamp = Timestamp::from_micros(1_780_300_800_000_000);

fn vault(folder: &Path) -> Vault {
    Vault::open_or_make(folder).expect("a vault opens")
}

fn registered(key: &FoundKey, used_from: Timestamp) -> RegisteredKey {
    RegisteredKey {
        purpose: key.purpose.to_owned(),
        key_id: key.key_id.clone(),
        fingerprint: key.fingerprint.clone(),
        made_at: used_from,
        used_from,
        retired_at: None,
        folder: String::new(),
    }
}

#[test]
fn sealed_values_open_only_in_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = vault(folder.path());
    let sealed = vault.seal(&Ambient::system(), PLACE, "13812345678");
    assert_eq!(vault.unseal(PLACE, &sealed).expect("it opens"), "13812345678");
    assert!(vault.unseal(Place { row: Uuid::from_u128(8), ..PLACE }, &sealed).is_err());
    assert!(vault.unseal(Place { column: "people.other", ..PLACE }, &sealed).is_err());
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(vault.unseal(PLACE, &altered).is_err(), "byte {at}");
    }
    assert!(vault.unseal(PLACE, &[]).is_err());
}

#[test]
fn the_same_value_is_sealed_differently_and_found_alike() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (vault(folder.path()), vault(folder.path()));
    let ambient = Ambient::system();
    assert_ne!(first.seal(&ambient, PLACE, "x"), first.seal(&ambient, PLACE, "x"));
    assert_eq!(first.lookup("phone", "x"), second.lookup("phone", "x"));
    assert_ne!(first.lookup("phone", "x"), first.lookup("identity_number", "x"));
}

#[test]
fn running_vault_reads_with_a_key_that_came_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let (running, other) = (vault(folder.path()), vault(folder.path()));
    let ambient = Ambient::system();
    let old = running.seal(&ambient, PLACE, "x");
    other.make_next(Purpose::Personal).expect("a second key");
    let new = other.seal(&ambient, PLACE, "y");
    assert_eq!((old[0], new[0]), (1, 2));
    assert_eq!(running.unseal(PLACE, &new).expect("taken up"), "y");
    assert_eq!(other.unseal(PLACE, &old).expect("the old key reads"), "x");
    other.make_next(Purpose::Token).expect("a second key");
    assert_eq!(running.verifying_key(9).map(|_| ()), None, "no such key");
}

#[test]
fn key_is_used_from_the_planned_time_on_and_a_key_without_a_plan_only_reads() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = vault(folder.path());
    let of_token =
        |vault: &Vault| vault.found().into_iter().filter(|key| key.purpose == "token").collect::<Vec<_>>();
    let first = registered(&of_token(&vault)[0], NOW);
    vault.make_next(Purpose::Token).expect("a second key");
    vault.plan(std::slice::from_ref(&first));
    assert_eq!(vault.signing_key(NOW.plus_days(9)).0, 1, "nobody planned the second");
    let second = registered(&of_token(&vault)[1], NOW.plus_seconds(60));
    vault.plan(&[first, second]);
    let number = |seconds| vault.signing_key(NOW.plus_seconds(seconds)).0;
    assert_eq!((number(-1), number(0), number(59), number(60)), (1, 1, 1, 2));
    let successor = |seconds| vault.successor("token", NOW.plus_seconds(seconds));
    assert_eq!(successor(0), successor(59));
    assert_ne!(successor(59), successor(60));
}

#[test]
fn opening_makes_nothing_and_names_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("keys");
    assert!(matches!(Vault::open(&inside), Err(VaultError::Missing { .. })));
    assert!(!inside.exists());
    vault(&inside);
    fs::remove_file(inside.join("lookup.key")).expect("it goes");
    let error = Vault::open(&inside).expect_err("a key is missing").to_string();
    assert!(error.contains("lookup"), "{error}");
    assert!(!inside.join("lookup.key").exists());
}

#[test]
fn retired_key_may_be_taken_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = vault(folder.path());
    vault.make_next(Purpose::Personal).expect("a second key");
    fs::remove_file(folder.path().join("personal-1.key")).expect("it goes");
    let again = Vault::open(folder.path()).expect("the second is enough");
    assert_eq!(again.seal(&Ambient::system(), PLACE, "x")[0], 2);
}

#[test]
fn many_threads_that_start_at_once_make_one_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let found: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| vault(folder.path()).found())).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(found.iter().all(|keys| *keys == found[0] && keys.len() == Purpose::ALL.len()), "{found:?}");
}

#[test]
fn key_files_are_for_their_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    vault(folder.path());
    for name in ["personal-1.key", "lookup.key", "address.key", "token-1.key", "audit-1.key"] {
        let path = folder.path().join(name);
        let mode = fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
        for open in [0o640, 0o604, 0o620] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).expect("changed");
            let said = Vault::open(folder.path()).expect_err("too open").to_string();
            assert!(said.contains(&format!("chmod 600 {}", path.display())), "{said}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("changed");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o770)).expect("changed");
    let said = Vault::open(folder.path()).expect_err("others may put keys into it").to_string();
    assert!(said.contains("chmod 700"), "{said}");
}

#[test]
fn nothing_secret_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = vault(folder.path());
    let text = fs::read_to_string(folder.path().join("personal-1.key")).expect("the key");
    let printed = format!("{vault:?} {:?} {:?} {:?}", vault.keys(), vault.found(), vault.address_key());
    let bytes = format!("{:?}", hex::decode(&text).expect("hex"));
    assert!(!printed.contains(&text) && !printed.contains(bytes.trim_matches(['[', ']'])), "{printed}");
}

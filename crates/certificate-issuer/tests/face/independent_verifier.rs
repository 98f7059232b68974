//! Somebody else's verifier agrees: openbadgeslib of PyPI, run by the Python that `LINGXUE_TEST_PYTHON` names.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use certificate_issuer::credential::{
    self, Addresses, Issuance, OpenBadge, StatusIndex, StatusList, StatusPointer,
};
use certificate_issuer::keys::KeyRing;
use serde_json::Value;
use tempfile::TempDir;

use crate::sample;

/// A folder with a credential, its status list before and after revocation, and the public keys.
fn issued() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let certificate = sample::certificate();
    let now = certificate.issued_at;
    let keys = KeyRing::open_or_make(&path("keys"), now).expect("keys");
    let keys = KeyRing::rotate(&path("keys"), now).unwrap_or(keys);
    let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
    let status = StatusPointer { list: 1, index: StatusIndex::from_random([0, 1, 2, 3]) };
    let badge = OpenBadge { certificate, issuance: Issuance::new([7; 16], status) };
    let token = credential::sign(&badge, &addresses, keys.newest()).expect("signed");
    fs::write(path("credential.jwt"), token).expect("written");
    for (name, list) in
        [("status.jwt", StatusList::default()), ("status-revoked.jwt", StatusList::revoking([status.index]))]
    {
        let list = list.credential(status.list, badge.certificate.issuer, &addresses, now);
        let token = credential::sign_status_list(&list, &addresses, keys.newest()).expect("signed");
        fs::write(path(name), token).expect("written");
    }
    let jwks = serde_json::to_vec(&keys.public().jwks()).expect("JSON");
    fs::write(path("jwks.json"), jwks).expect("written");
    folder
}

fn ask(folder: &Path, credential: &str, status: &str) -> Value {
    let python = env::var_os("LINGXUE_TEST_PYTHON")
        .expect("LINGXUE_TEST_PYTHON must name a Python that has tests/verifier/requirements.txt installed");
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/verify_credential.py");
    let output = Command::new(python)
        .arg(script)
        .args([credential, status, "jwks.json"])
        .current_dir(folder)
        .output()
        .expect("the Python of LINGXUE_TEST_PYTHON can be run");
    let complaint = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no answer: {complaint}"))
}

#[test]
fn independent_verifier_agrees() {
    let folder = issued();
    let path = |name: &str| folder.path().join(name);

    let good = ask(folder.path(), "credential.jwt", "status.jwt");
    assert_eq!(good["valid"], true, "{good}");
    assert_eq!(good["issuer"], sample::printed().issuer_name);
    assert_eq!(good["achievement"], sample::printed().training_title);

    let revoked = ask(folder.path(), "credential.jwt", "status-revoked.jwt");
    assert_eq!(revoked["valid"], false, "{revoked}");
    assert!(revoked["reason"].as_str().is_some_and(|why| why.contains("revocation")), "{revoked}");

    let token = fs::read_to_string(path("credential.jwt")).expect("written");
    let middle = token.len() / 2;
    let other = if token.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let altered = format!("{}{other}{}", &token[..middle], &token[middle + 1..]);
    fs::write(path("altered.jwt"), altered).expect("written");
    let refused = ask(folder.path(), "altered.jwt", "status.jwt");
    assert_eq!(refused["valid"], false, "{refused}");

    // A list that somebody else signed cannot bring a revoked certificate back.
    let stranger = issued();
    fs::copy(stranger.path().join("status.jwt"), path("forged.jwt")).expect("copied");
    let forged = ask(folder.path(), "credential.jwt", "forged.jwt");
    assert_eq!(forged["valid"], false, "{forged}");
}

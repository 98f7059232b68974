//! Writes a sample certificate into a folder: the signed credential, its status list before and after revocation, the
//! public keys, and the PDF. Run: `cargo run -p certificate-issuer --example sample_credential -- <folder>`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use certificate_issuer::credential::{
    self, Addresses, Issuance, OpenBadge, StatusIndex, StatusList, StatusPointer,
};
use certificate_issuer::keys::KeyRing;
use certificate_issuer::model::VerifyKey;
use certificate_issuer::pdf::{FontFiles, Printer};

#[path = "../tests/face/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os().nth(1).ok_or("name a folder to write into")?.into();
    let certificate = sample::certificate();
    let now = certificate.issued_at;
    let keys = KeyRing::open_or_make(&folder.join("keys"), now)?;
    let addresses = Addresses::below("https://lingxue.example.org")?;

    let status = StatusPointer { list: 1, index: StatusIndex::from_random([0, 0, 16, 146]) };
    let badge = OpenBadge { certificate, issuance: Issuance::new([7; 16], status) };
    let token = credential::sign(&badge, &addresses, keys.newest())?;
    fs::write(folder.join("credential.jwt"), &token)?;

    for (name, list) in
        [("status.jwt", StatusList::default()), ("status-revoked.jwt", StatusList::revoking([status.index]))]
    {
        let list = list.credential(status.list, badge.certificate.issuer, &addresses, now);
        fs::write(folder.join(name), credential::sign_status_list(&list, &addresses, keys.newest())?)?;
    }
    fs::write(folder.join("jwks.json"), serde_json::to_vec_pretty(&keys.public().jwks())?)?;

    let address = addresses.verify(&badge.certificate.serial, VerifyKey::from_random([1, 2, 3, 4, 5]));
    let printer = Printer::open(&FontFiles::find(&[])?)?;
    fs::write(folder.join("certificate.pdf"), printer.print(&badge.certificate, &address, &token)?)?;
    Ok(())
}

//! The printed page, read back with the tools that people have: pdftotext, pdftoppm, pdfdetach, zbarimg.

use std::fs;
use std::path::Path;
use std::process::Command;

use certificate_issuer::credential::Addresses;
use certificate_issuer::model::{Certificate, Credits, Grade, Printed, VerifyKey};
use certificate_issuer::pdf::{ATTACHMENT, FontFiles, PrintError, Printer};
use tempfile::TempDir;

use crate::sample;

const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.eyJ9.c2ln";

fn printer() -> Printer {
    let files = FontFiles::find(&[]).expect("a Chinese font: install fonts-noto-cjk");
    Printer::open(&files).expect("a usable font")
}

fn address(certificate: &Certificate) -> String {
    let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
    addresses.verify(&certificate.serial, VerifyKey::from_random([1, 2, 3, 4, 5]))
}

/// A folder that holds `certificate.pdf`.
fn paper(certificate: &Certificate) -> TempDir {
    let pdf = printer().print(certificate, &address(certificate), TOKEN).expect("printed");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("certificate.pdf"), pdf).expect("written");
    folder
}

fn run(folder: &Path, tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| {
        panic!("{tool} cannot be run ({error}): install poppler-utils and zbar-tools")
    });
    assert!(output.status.success(), "{tool} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn text_of(folder: &Path) -> String {
    let text = run(folder, "pdftotext", &["certificate.pdf", "-"]);
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn assert_every_field_is_printed(certificate: &Certificate) {
    let text = text_of(paper(certificate).path());
    let bare = |field: &str| field.replace(' ', "");
    for field in [
        bare(&certificate.learner_name),
        bare(&certificate.training_title),
        bare(&certificate.assessed_by),
        bare(&certificate.issuer_name),
        certificate.serial.to_string(),
        "校验码Key04106105".to_owned(),
        certificate.hours.to_string(),
        certificate.credits.to_string(),
        certificate.grade.zh().to_owned(),
        format!("{}月{}日", certificate.starts_on.month(), certificate.starts_on.day()),
        format!("{}月{}日", certificate.ends_on.month(), certificate.ends_on.day()),
        format!(
            "{}年{}月{}日",
            certificate.issued_on.year(),
            certificate.issued_on.month(),
            certificate.issued_on.day()
        ),
    ] {
        assert!(text.contains(&field), "{field} is not on the page:\n{text}");
    }
}

#[test]
fn every_field_is_on_the_page() {
    assert_every_field_is_printed(&sample::certificate());
}

#[test]
fn longest_and_shortest_fields_are_on_the_page() {
    let longest = Printed {
        learner_name: "阿依努尔·".repeat(8),
        training_title: "（乡村）“复式”教学、".repeat(9),
        assessed_by: "大".repeat(40),
        issuer_name: "厅".repeat(40),
        hours: u16::MAX,
        credits: Credits::from_tenths(9999),
        grade: Grade::Good,
        ends_on: sample::printed().starts_on.plus_days(500),
        ..sample::printed()
    };
    let shortest = Printed {
        learner_name: "丁".to_owned(),
        training_title: "书".to_owned(),
        assessed_by: "校".to_owned(),
        issuer_name: "厅".to_owned(),
        hours: 1,
        ..sample::printed()
    };
    for printed in [longest, shortest] {
        assert_every_field_is_printed(&Certificate::new(printed).expect("printable"));
    }
}

#[test]
fn qr_code_is_read_at_150_dots_an_inch() {
    let certificate = sample::certificate();
    let folder = paper(&certificate);
    run(folder.path(), "pdftoppm", &["-r", "150", "-png", "-singlefile", "certificate.pdf", "page"]);
    let read = run(folder.path(), "zbarimg", &["--quiet", "--raw", "page.png"]);
    assert_eq!(read.trim_end(), address(&certificate));
}

#[test]
fn credential_is_attached() {
    let folder = paper(&sample::certificate());
    run(folder.path(), "pdfdetach", &["-saveall", "certificate.pdf"]);
    assert_eq!(fs::read_to_string(folder.path().join(ATTACHMENT)).expect("attached"), TOKEN);
}

#[test]
fn fonts_are_embedded_as_subsets_with_their_characters() {
    let folder = paper(&sample::certificate());
    let fonts = run(folder.path(), "pdffonts", &["certificate.pdf"]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("yes yes yes")), "{fonts}");
    let size = fs::metadata(folder.path().join("certificate.pdf")).expect("written").len();
    assert!(size < 100_000, "{size} bytes");
}

#[test]
fn same_certificate_gives_the_same_bytes() {
    let certificate = sample::certificate();
    let print = || printer().print(&certificate, &address(&certificate), TOKEN).expect("printed");
    assert_eq!(print(), print());
}

#[test]
fn name_that_the_font_lacks_is_never_printed_as_a_box() {
    let printed = Printed { learner_name: "王🙂བ".to_owned(), ..sample::printed() };
    let certificate = Certificate::new(printed).expect("printable as far as the rules know");
    let refused = printer().print(&certificate, &address(&certificate), TOKEN);
    assert_eq!(refused, Err(PrintError::MissingGlyphs(vec!['བ', '🙂'])));
}

#[test]
fn printing_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>() {}
    shared::<Printer>();
}

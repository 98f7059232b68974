//! Lists the migrations folder, so that adding a file is all that a migration needs.

use std::fmt::Write as _;
use std::path::Path;

fn main() {
    // Read now, not when this program was compiled: a target folder may serve several work trees.
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder");
    let folder = Path::new(&manifest).join("../../migrations");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the workspace has a migrations folder")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let stem = path.file_stem().and_then(|s| s.to_str()).expect("migration names are ASCII");
        let (number, name) = stem.split_once('_').expect("a migration is named NNNN_area_what.sql");
        let number: i64 = number.parse().expect("a migration name starts with its number");
        writeln!(list, "    ({number}, {name:?}, include_str!({:?})),", path.display().to_string())
            .expect("a String takes all");
    }
    list.push(']');
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("migrations.rs"), list).expect("OUT_DIR is writable");
}

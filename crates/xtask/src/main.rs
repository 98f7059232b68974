#![doc = include_str!("../README.md")]

use std::process::ExitCode;

use anyhow::{Result, bail};

mod dependencies;
mod literals;
mod openapi;
mod statement_texts;
mod statements;
mod tidy;

const USAGE: &str = "\
cargo xtask tidy               check floors, manifests, SQL, migrations and leftovers
cargo xtask dependencies       check what we build upon against deny.toml, but for the advisories
cargo xtask openapi            write docs/openapi.json and the web client's types
cargo xtask openapi --check    only compare them with the code
cargo xtask statements LOG     tell which SQL statements no test has run";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["tidy"] => tidy::run(),
        ["dependencies"] => dependencies::run(),
        ["openapi"] => openapi::run(openapi::Mode::Write),
        ["openapi", "--check"] => openapi::run(openapi::Mode::Check),
        ["statements", log] => statements::run(log.as_ref()),
        _ => bail!("{USAGE}"),
    }
}

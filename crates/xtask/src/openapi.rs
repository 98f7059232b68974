//! Does the committed contract still say what the code does? Writes or compares it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

const DOCUMENT: &str = "docs/openapi.json";
const TYPES: &str = "web/packages/api-client/schema.d.ts";

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

pub(crate) fn run(mode: Mode) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("no workspace root")?;
    let document = document(root)?;
    settle(root, DOCUMENT, &document, mode)?;
    // The types are made from the file just settled, so that the two can never tell different things.
    settle(root, TYPES, &types(root)?, mode)?;
    println!("openapi: {DOCUMENT} and {TYPES} say what the code does");
    Ok(())
}

/// Asks the program itself: `LINGXUE_TEST_BIN` when it is built already, else through cargo.
fn document(root: &Path) -> Result<String> {
    let mut command = if let Some(program) = std::env::var_os("LINGXUE_TEST_BIN") {
        Command::new(PathBuf::from(program))
    } else {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["run", "--quiet", "--package", "gateway", "--bin", "lingxue", "--"]);
        // What cargo has told us of ourselves: scripts of crates that look at it would run again, and most of the program with them.
        for (name, _) in std::env::vars()
            .filter(|(name, _)| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            cargo.env_remove(name);
        }
        cargo
    };
    let text = output(command.arg("openapi").current_dir(root))?;
    Ok(format!("{}\n", text.trim_end()))
}

fn types(root: &Path) -> Result<String> {
    let web = root.join("web");
    ensure!(
        web.join("node_modules/openapi-typescript").exists(),
        "run `npm ci` in web/ first: openapi-typescript is missing"
    );
    // The web's own script makes them, so that there is one way to make them.
    output(Command::new("node").args(["scripts/gen-api.mjs", "--print"]).current_dir(&web))
}

fn settle(root: &Path, place: &str, text: &str, mode: Mode) -> Result<()> {
    let path = root.join(place);
    if mode == Mode::Write {
        return std::fs::write(&path, text).with_context(|| format!("writing {place}"));
    }
    let committed = std::fs::read_to_string(&path).with_context(|| format!("reading {place}"))?;
    if let Some((line, was, is)) = first_difference(&committed, text) {
        bail!(
            "{place} differs from the code at line {line}:\n  committed: {was}\n  code says: {is}\n\
             If the change is meant, run `cargo xtask openapi` and commit both files."
        );
    }
    Ok(())
}

fn first_difference<'a>(committed: &'a str, made: &'a str) -> Option<(usize, &'a str, &'a str)> {
    if committed == made {
        return None;
    }
    let lines = committed.lines().count().max(made.lines().count());
    (0..lines)
        .map(|index| {
            let line = |text: &'a str| text.lines().nth(index).unwrap_or("(nothing)");
            (index + 1, line(committed), line(made))
        })
        .find(|(_, was, is)| was != is)
        .or(Some((lines, "(other line ends)", "(line feeds)")))
}

fn output(command: &mut Command) -> Result<String> {
    let done = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let done = done.with_context(|| format!("cannot start {command:?}"))?;
    ensure!(done.status.success(), "{command:?} failed");
    Ok(String::from_utf8(done.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some((2, "b", "c")));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some((2, "(nothing)", "b")));
    }

    #[test]
    fn a_file_that_differs_only_in_line_ends_differs() {
        assert!(first_difference("a\r\n", "a\n").is_some());
    }
}

//! Where and of what a run's figures are.

use std::process::Command;

use crate::cluster::Cluster;
use crate::programs::Program;

/// One sentence for the head of the output.
pub fn told(programs: &[Program], cluster: &Cluster) -> String {
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let name = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("an unknown processor", |(_, name)| name);
    let names: Vec<&str> = programs.iter().map(|program| program.label.as_str()).collect();
    format!(
        "`make bench` on {}, commit {}: {cores} cores of {name}, Linux {}, PostgreSQL {} on the same machine. Programs: {}.",
        said("date", &["+%-d %B %Y, %H:%M"]),
        said("git", &["describe", "--always", "--dirty"]),
        said("uname", &["-r"]),
        cluster.version,
        names.join(", "),
    )
}

fn said(program: &str, words: &[&str]) -> String {
    let said = Command::new(program).args(words).env("LC_ALL", "C").output();
    said.map_or_else(|_| "?".to_owned(), |said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

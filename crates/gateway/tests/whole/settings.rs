//! A server's settings for a test, and what its doctor finds wrong.

use gateway::config::Config;
use gateway::doctor::Finding;
use tempfile::TempDir;
use testkit::TestBed;

/// Settings on the bed's database, with a folder of their own for files and keys.
pub fn settings_on(bed: &TestBed) -> (Config, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::default();
    folder.path().clone_into(&mut config.data.folder);
    config.database.url = Some(bed.database.address.clone().into());
    (config, folder)
}

/// `about: what is wrong`, of each that is.
pub fn wrong(findings: &[Finding]) -> Vec<String> {
    let said = |finding: &Finding| Some(format!("{}: {}", finding.about, finding.outcome.as_ref().err()?));
    findings.iter().filter_map(said).collect()
}

//! Who can be tried, and how: one password for all people of this demo, made for this database and kept beside it.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use kernel::Ambient;
use serde::{Deserialize, Serialize};

use super::cast::People;
use crate::config::Config;

/// The people whom the tour follows: key, what they are in both languages.
const TOUR: &[(&str, &str, &str)] = &[
    ("l01", "学员", "learner"),
    ("a1", "助教", "assistant"),
    ("e1", "专家", "expert"),
    ("lead", "项目负责人", "training lead"),
    ("h01", "中心校校长", "school head"),
    ("office1", "省级主管部门", "provincial office"),
    ("admin", "系统管理员", "administrator"),
];

#[derive(Serialize, Deserialize)]
struct SignIns {
    password: String,
    people: Vec<SignIn>,
}

#[derive(Serialize, Deserialize)]
struct SignIn {
    account: String,
    name: String,
    role_zh: String,
    role_en: String,
}

/// `l01` signs in as `learner01`, `a1` as `assistant1`.
pub fn account_name(key: &str) -> String {
    let (letters, digits) = key.split_at(key.find(|c: char| c.is_ascii_digit()).unwrap_or(key.len()));
    let word = match letters {
        "l" => "learner",
        "p" => "former",
        "a" => "assistant",
        "e" => "expert",
        "h" => "head",
        other => other,
    };
    format!("{word}{digits}")
}

/// Easy to type, hard to guess: the demo may stand where others can reach it. The demo's own randomness repeats itself;
/// this must not.
pub fn new_password() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let bytes: [u8; 12] = Ambient::system().random_bytes();
    bytes.iter().map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()])).collect()
}

fn file(config: &Config) -> PathBuf {
    config.data.folder.join("demo-sign-ins.json")
}

/// Writes the sign-ins beside the data, for the owner's eyes.
pub fn keep(config: &Config, people: &People) -> anyhow::Result<()> {
    let tour = TOUR.iter().map(|(key, zh, en)| SignIn {
        account: account_name(key),
        name: people.name(key),
        role_zh: (*zh).to_owned(),
        role_en: (*en).to_owned(),
    });
    let known = SignIns { password: people.password.clone(), people: tour.collect() };
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file(config))?;
    file.write_all(serde_json::to_string_pretty(&known)?.as_bytes())?;
    Ok(())
}

/// `lingxue demo --print-sign-ins`.
pub fn print(config: &Config) -> anyhow::Result<()> {
    let Ok(text) = std::fs::read_to_string(file(config)) else {
        println!("This data folder holds no demo.");
        return Ok(());
    };
    let known: SignIns = serde_json::from_str(&text)?;
    println!("密码 password for all: {}", known.password);
    for person in known.people {
        println!("  {:<12} {} ({}, {})", person.account, person.name, person.role_zh, person.role_en);
    }
    Ok(())
}

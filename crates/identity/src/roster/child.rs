//! Reading a file in a process of its own: what a hostile file could still break there ends there.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use kernel::Tally;
use kernel::id::PersonId;
use kernel::tally::Place;
use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::read_xlsx::{MOST_BYTES, ReadError, read};
use super::turns::OneAtATime;
use crate::model::roster::Table;

const MEMORY: u64 = 768 * 1024 * 1024;
/// What the allocator may set aside at once. It would take a GiB of addresses when it begins, and with none left under the bound that
/// comes then, memory was refused to one file in a hundred.
const SET_ASIDE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "64MiB");
/// A roster of the most rows takes a second of unoptimised code, and one with every cell filled five.
const CPU_SECONDS: u64 = if cfg!(debug_assertions) { 10 } else { 3 };
/// A busy machine gives it some of its time.
const PATIENCE: Duration = Duration::from_secs(20);
/// A table of the most rows and columns, as JSON.
const MOST_ANSWER: u64 = 64 * 1024 * 1024;
/// The hidden command of the binary that answers.
const COMMAND: &str = "parse-xlsx";

/// Reads rosters, one at a time.
#[derive(Clone)]
pub struct RosterReader {
    how: How,
    turn: Arc<Semaphore>,
    people: Tally<PersonId>,
}

#[derive(Clone)]
enum How {
    InProcess,
    Child(PathBuf),
}

impl RosterReader {
    /// Without a process of its own: for tests.
    pub fn in_process() -> Self {
        Self::new(How::InProcess)
    }

    /// By `<binary> parse-xlsx`, which calls [`parse_stdin_main`].
    pub fn child(binary: impl Into<PathBuf>) -> Self {
        Self::new(How::Child(binary.into()))
    }

    fn new(how: How) -> Self {
        Self { how, turn: Arc::new(Semaphore::new(1)), people: Tally::default() }
    }

    /// The place of somebody whose roster waits or is read: each has one, so that nobody fills the line.
    pub(crate) fn place(&self, person: PersonId) -> Result<Place<PersonId>, OneAtATime> {
        self.people.take(person, 1).ok_or(OneAtATime)
    }

    pub async fn read(&self, bytes: Vec<u8>) -> Result<Table, ReadError> {
        if bytes.len() > MOST_BYTES {
            return Err(ReadError::TooLarge);
        }
        storage::attempt::rest();
        let _turn = self.turn.acquire().await.map_err(|_| ReadError::Damaged)?;
        match &self.how {
            How::InProcess => {
                tokio::task::spawn_blocking(move || read(&bytes)).await.unwrap_or(Err(ReadError::Unsafe))
            }
            How::Child(binary) => match tokio::time::timeout(PATIENCE, ask_child(binary, &bytes)).await {
                Ok(Ok(answer)) => answer,
                // It died, said nonsense, or took too long: the file is to blame until shown otherwise.
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the process that reads workbooks failed");
                    Err(ReadError::Unsafe)
                }
                Err(_) => Err(ReadError::Unsafe),
            },
        }
    }
}

async fn ask_child(binary: &PathBuf, bytes: &[u8]) -> std::io::Result<Result<Table, ReadError>> {
    let mut child = Command::new(binary)
        .arg(COMMAND)
        .env_clear()
        .env(SET_ASIDE.0, SET_ASIDE.1)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let missing = || std::io::Error::other("the pipes of a child are there");
    let mut input = child.stdin.take().ok_or_else(missing)?;
    let output = child.stdout.take().ok_or_else(missing)?;
    let write = async {
        input.write_all(bytes).await?;
        input.shutdown().await?;
        drop(input);
        Ok::<_, std::io::Error>(())
    };
    let mut answer = Vec::new();
    let mut output = output.take(MOST_ANSWER);
    let (written, read) = tokio::join!(write, output.read_to_end(&mut answer));
    written.and(read)?;
    let status = child.wait().await?;
    if !status.success() {
        return Err(std::io::Error::other(format!("it ended with {status}")));
    }
    serde_json::from_slice(&answer).map_err(std::io::Error::other)
}

/// The hidden command `parse-xlsx`: a workbook on standard input, a table or an error as JSON on standard output.
pub fn parse_stdin_main() -> ExitCode {
    // Found at the first file, and not at one in a hundred.
    if mapped().is_some_and(|mapped| mapped > MEMORY / 2) {
        return ExitCode::FAILURE;
    }
    for (resource, most) in [(Resource::As, MEMORY), (Resource::Cpu, CPU_SECONDS), (Resource::Core, 0)] {
        if setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let mut bytes = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    if std::io::stdin().lock().take(most).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let Ok(answer) = serde_json::to_vec(&read(&bytes)) else { return ExitCode::FAILURE };
    match std::io::stdout().lock().write_all(&answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Bytes of addresses that this process has taken; none where the system does not tell.
fn mapped() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split(' ').next()?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

//! Logs, set up once: pretty for people, JSON for machines. A line is written by a thread of its own, so that no request waits for whoever
//! reads the log; when that one does not read at all, lines are left out rather than requests.

use anyhow::Context as _;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// How many lines wait for the reader at most. Room for all of them is taken at the start, 32 bytes each.
const LINES_WAITING: usize = 16_384;

/// What is returned writes the last lines when it is dropped.
pub fn start(log: &Log) -> anyhow::Result<WorkerGuard> {
    let (lines, last_lines) =
        NonBlockingBuilder::default().buffered_lines_limit(LINES_WAITING).finish(std::io::stderr());
    let filter = EnvFilter::try_new(&log.filter).context("the setting log.filter is wrong")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    let started = match log.format {
        LogFormat::Pretty => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))?;
    Ok(last_lines)
}

//! Logs, set up once: pretty for people, JSON for machines. A line is written by a thread of its own, so that no request waits for whoever
//! reads the log; when that one does not read at all, lines are left out rather than requests.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// How many lines wait for the reader at most. Room for all of them is taken at the start, 32 bytes each.
const LINES_WAITING: usize = 16_384;
/// How long lines are gathered once one was written. While the thread rests, no request pays for waking it.
const REST: Duration = Duration::from_millis(20);
/// Bytes that are gathered at most.
const MOST: usize = 64 * 1024;

/// What is returned writes the last lines when it is dropped.
pub fn start(log: &Log) -> anyhow::Result<WorkerGuard> {
    let to = Gathering { to: io::stderr(), lines: Vec::new(), rest: REST };
    let (lines, last_lines) = NonBlockingBuilder::default().buffered_lines_limit(LINES_WAITING).finish(to);
    let filter = EnvFilter::try_new(&log.filter).context("the setting log.filter is wrong")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines);
    let started = match log.format {
        LogFormat::Pretty => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))?;
    Ok(last_lines)
}

/// Writes what came in one go, as soon as there is nothing more for the moment, and rests then.
struct Gathering<W: Write> {
    to: W,
    lines: Vec<u8>,
    rest: Duration,
}

impl<W: Write> Gathering<W> {
    fn give(&mut self) -> io::Result<()> {
        let given = self.to.write_all(&self.lines).and_then(|()| self.to.flush());
        // A reader that is gone will not come for them.
        self.lines.clear();
        given
    }
}

impl<W: Write> Write for Gathering<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.lines.extend_from_slice(line);
        if self.lines.len() >= MOST {
            self.give()?;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        self.give()?;
        thread::sleep(self.rest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps each write by itself.
    #[derive(Default)]
    struct Writes(Vec<Vec<u8>>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn gathering<W: Write>(to: W) -> Gathering<W> {
        Gathering { to, lines: Vec::new(), rest: Duration::ZERO }
    }

    #[test]
    fn lines_that_come_together_are_one_write_and_none_is_kept_back() {
        let mut log = gathering(Writes::default());
        for line in ["one\n", "two\n"] {
            log.write_all(line.as_bytes()).expect("kept");
        }
        assert!(log.to.0.is_empty());
        log.flush().expect("written");
        log.flush().expect("nothing to write");
        assert_eq!(log.to.0, [b"one\ntwo\n".to_vec()]);
    }

    #[test]
    fn a_flood_is_written_before_it_ends() {
        let mut log = gathering(Writes::default());
        let line = [b'x'; 1000];
        for _ in 0..1000 {
            log.write_all(&line).expect("kept");
            assert!(log.lines.len() < MOST);
        }
        log.flush().expect("written");
        assert_eq!(log.to.0.iter().map(Vec::len).sum::<usize>(), 1_000_000);
    }

    #[test]
    fn what_nobody_reads_is_not_kept() {
        let mut log = gathering(Gone);
        log.write_all(b"one\n").expect("kept");
        assert!(log.flush().is_err());
        assert!(log.lines.is_empty());
    }
}

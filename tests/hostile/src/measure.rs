//! What one input cost: CPU time of the whole process and the most memory on top of what was held before. Both hold on a busy
//! machine, where seconds would not.

use rustix::time::{ClockId, clock_gettime};

use crate::MEMORY;

/// Code that was not optimised is allowed so many times the CPU time.
const SLOWER: u64 = if cfg!(debug_assertions) { 10 } else { 1 };

/// The most that an input may cost, in optimised code.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    pub cpu_ms: u64,
    pub memory_mib: u64,
}

/// One input for one parser or endpoint.
pub struct Case {
    pub name: String,
    pub bytes: usize,
    pub bound: Bound,
    /// What is wrong with the answer, if anything: an error is fine, a crash or a 500 is not.
    pub run: Box<dyn FnOnce() -> Result<(), String>>,
}

impl Case {
    pub fn new(
        name: impl Into<String>,
        bytes: usize,
        bound: Bound,
        run: impl FnOnce() -> Result<(), String> + 'static,
    ) -> Self {
        Self { name: name.into(), bytes, bound, run: Box::new(run) }
    }
}

pub struct Table {
    count: usize,
    wrong: usize,
}

impl Table {
    pub fn begin() -> Self {
        println!(
            "{:<62} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "input", "bytes", "CPU ms", "at most", "MiB", "at most"
        );
        Self { count: 0, wrong: 0 }
    }

    /// Runs a case, prints its line, and answers what is wrong with it.
    pub fn run(&mut self, Case { name, bytes, bound, run }: Case) -> Option<String> {
        MEMORY.reset_peak_usage();
        let (held, cpu) = (MEMORY.current_usage(), cpu_ms());
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        let cpu = cpu_ms() - cpu;
        let memory = (MEMORY.peak_usage().saturating_sub(held) as u64).div_ceil(1024 * 1024);
        let cpu_bound = bound.cpu_ms * SLOWER;
        let flaw = match outcome {
            Err(_) => Some("it panicked".to_owned()),
            Ok(Err(flaw)) => Some(flaw),
            Ok(Ok(())) if cpu > cpu_bound => Some(format!("{cpu} ms of CPU, at most {cpu_bound}")),
            Ok(Ok(())) if memory > bound.memory_mib => {
                Some(format!("{memory} MiB of memory, at most {}", bound.memory_mib))
            }
            Ok(Ok(())) => None,
        };
        let verdict = if flaw.is_some() { "WRONG" } else { "ok" };
        println!(
            "{name:<62} {bytes:>9} {cpu:>9} {cpu_bound:>9} {memory:>9} {:>9}  {verdict}",
            bound.memory_mib
        );
        self.count += 1;
        self.wrong += usize::from(flaw.is_some());
        flaw.map(|flaw| format!("{name}: {flaw}"))
    }

    pub fn count(&self) -> usize {
        self.count
    }
    pub fn wrong(&self) -> usize {
        self.wrong
    }
}

fn cpu_ms() -> u64 {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    u64::try_from(now.tv_sec * 1000 + now.tv_nsec / 1_000_000).unwrap_or(0)
}

//! What the kernel has counted: the processor time of a server, and of the one PostgreSQL that works for it.

mod stat;

use std::time::Duration;

use anyhow::Context as _;

use stat::Stat;

/// Linux tells times in hundredths of a second, whatever it counts in itself.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of some processes so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Account {
    /// All of it, of threads and children that have ended too, but in whole ticks.
    ticks: u64,
    /// In nanoseconds, of the threads that live.
    living: Duration,
    processes: u32,
}

impl Account {
    /// Of a process with all its threads.
    pub fn of(pid: u32) -> anyhow::Result<Self> {
        let stat = Stat::of(pid).context("the process has ended")?;
        let threads = std::fs::read_dir(format!("/proc/{pid}/task"))?.flatten();
        let times = threads.filter_map(|thread| {
            let line = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            line.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
        });
        Ok(Self { ticks: stat.ticks, living: times.sum(), processes: 1 })
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            ticks: self.ticks + other.ticks,
            living: self.living + other.living,
            processes: self.processes + other.processes,
        }
    }

    /// What was spent since. A thread that ended in between takes its time away from the fine sum: that is believed only where it agrees
    /// with the whole one, of which each process has two parts that are cut to a tick.
    pub fn since(self, before: Self) -> Duration {
        let whole = TICK * u32::try_from(self.ticks.saturating_sub(before.ticks)).unwrap_or(u32::MAX);
        let rounding = TICK * 2 * self.processes;
        let fine = self.living.checked_sub(before.living);
        fine.filter(|fine| fine.abs_diff(whole) <= rounding).unwrap_or(whole)
    }
}

/// One PostgreSQL: its postmaster, and every process that this one started.
#[derive(Debug, Clone, Copy)]
pub struct Cluster {
    postmaster: u32,
}

impl Cluster {
    /// The cluster with this data folder; its first line of `postmaster.pid` says who it is.
    pub fn in_folder(folder: &str) -> anyhow::Result<Self> {
        let file = std::fs::read_to_string(format!("{folder}/postmaster.pid"))?;
        let postmaster = file.lines().next().and_then(|line| line.trim().parse().ok());
        Ok(Self { postmaster: postmaster.context("no postmaster")? })
    }

    /// Of the postmaster, of those it started that live, and of those that ended.
    pub fn account(self) -> anyhow::Result<Account> {
        loop {
            let ended = self.ended()?;
            let mut sum = Account::of(self.postmaster)?;
            for child in self.children()? {
                // One that ended since is among the ended ones.
                sum = sum.and(Account::of(child).unwrap_or_default());
            }
            // Whoever ended in between would stand in both or in neither.
            if self.ended()? == ended {
                return Ok(Account { ticks: sum.ticks + ended, ..sum });
            }
        }
    }

    fn ended(self) -> anyhow::Result<u64> {
        Ok(Stat::of(self.postmaster).context("PostgreSQL has ended")?.ticks_of_ended_children)
    }

    fn children(self) -> anyhow::Result<Vec<u32>> {
        let all = std::fs::read_dir("/proc")?.flatten();
        let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let is_child = |pid: &u32| Stat::of(*pid).is_some_and(|stat| stat.parent == self.postmaster);
        Ok(pids.filter(is_child).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::process::{Child, Command, Stdio};

    use super::*;

    const fn account(ticks: u64, milliseconds: u64, processes: u32) -> Account {
        Account { ticks, living: Duration::from_millis(milliseconds), processes }
    }

    #[test]
    fn the_fine_sum_is_believed_where_it_agrees_with_the_whole_one() {
        for (before, after, spent) in [
            (account(100, 1000, 1), account(220, 2203, 1), 1203),
            // Rounding: two ticks for each process.
            (account(100, 1000, 1), account(220, 2180, 1), 1180),
            (account(100, 1000, 10), account(220, 2001, 10), 1001),
            // A thread ended, with most of its time, or with more than was spent.
            (account(100, 1000, 1), account(220, 1700, 1), 1200),
            (account(100, 1000, 1), account(220, 300, 1), 1200),
            (account(100, 1000, 1), account(100, 1000, 1), 0),
        ] {
            assert_eq!(after.since(before), Duration::from_millis(spent), "{before:?} {after:?}");
        }
    }

    /// A process that spends some time and then waits; waiting for it spends nothing of our own.
    fn spender() -> Child {
        let spend = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo spent; exec sleep 60";
        let mut child =
            Command::new("sh").args(["-c", spend]).stdout(Stdio::piped()).spawn().expect("a shell");
        child.stdout.as_mut().expect("a pipe").read_exact(&mut [0; 5]).expect("it tells");
        child
    }

    fn end(mut child: Child) {
        child.kill().expect("it lives");
        child.wait().expect("it ends");
    }

    #[test]
    fn both_sums_tell_the_same_of_one_thread() {
        let child = spender();
        let Account { ticks, living, .. } = Account::of(child.id()).expect("it lives");
        end(child);
        assert!(living > TICK * 4, "{living:?}");
        assert!(
            (TICK * u32::try_from(ticks).expect("few")).abs_diff(living) <= TICK * 2,
            "{ticks} {living:?}"
        );
    }

    #[test]
    fn threads_that_have_ended_are_in_the_whole_sum() {
        let own = || Account::of(std::process::id()).expect("this process lives");
        let before = own();
        let thread = std::thread::spawn(move || {
            let begun = own();
            while own().ticks < begun.ticks + 8 {}
        });
        thread.join().expect("it ends");
        assert!(own().since(before) >= TICK * 8);
    }

    #[test]
    fn children_count_while_they_live_and_after() {
        let cluster = Cluster { postmaster: std::process::id() };
        let account = || cluster.account().expect("an account");
        let before = account();
        let child = spender();
        let used = Account::of(child.id()).expect("it lives");
        let beside = account();
        assert!(beside.ticks >= before.ticks + used.ticks, "{before:?} {beside:?} {used:?}");
        assert!(beside.living >= before.living + used.living, "{before:?} {beside:?} {used:?}");
        end(child);
        let after = account();
        assert!(after.ticks + 2 >= before.ticks + used.ticks, "{before:?} {after:?} {used:?}");
        assert!(after.since(before) + TICK * 2 >= used.living, "{before:?} {after:?} {used:?}");
    }
}

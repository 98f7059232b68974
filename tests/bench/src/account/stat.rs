//! A line of `/proc/PID/stat`.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    pub parent: u32,
    /// `utime + stime`: all threads, those that have ended too.
    pub ticks: u64,
    /// `cutime + cstime`: children that have ended and were waited for, with theirs.
    pub ticks_of_ended_children: u64,
}

impl Stat {
    /// None when there is no such process any more.
    pub fn of(pid: u32) -> Option<Self> {
        Self::read(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    /// The name stands in brackets and may hold anything, brackets and spaces too: what follows its last bracket is counted.
    fn read(line: &str) -> Option<Self> {
        let (_, rest) = line.rsplit_once(')')?;
        // The first of them is the third field, the state.
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Self {
            parent: u32::try_from(field(4)?).ok()?,
            ticks: field(14)? + field(15)?,
            ticks_of_ended_children: field(16)? + field(17)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str =
        " S 812 4711 4711 0 -1 4194560 931 16386 0 7 150 31 1997 238 20 0 9 0 82580 5251072 994";

    #[test]
    fn the_fields_are_those_of_the_manual() {
        let expected = Stat { parent: 812, ticks: 181, ticks_of_ended_children: 2235 };
        for name in ["postgres", "a) S 1 (b", "two words", "", "(("] {
            assert_eq!(Stat::read(&format!("4712 ({name}){REST}")), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_is_cut_off_says_nothing() {
        for line in ["", "4712 (postgres", "4712 (postgres) S 812", "4712 (postgres) S x y"] {
            assert_eq!(Stat::read(line), None, "{line}");
        }
    }

    #[test]
    fn this_process_has_a_parent() {
        let stat = Stat::of(std::process::id()).expect("this process lives");
        assert_eq!(stat.parent, std::os::unix::process::parent_id());
    }
}

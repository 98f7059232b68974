//! `hostile [--full]`: every public endpoint and every parser with its worst input; a table of what each cost, and its bound.

mod endpoints;
mod frames;
mod house;
mod measure;
mod parsers;
mod shapes;
mod wire;

use std::process::ExitCode;

use peak_alloc::PeakAlloc;

use crate::house::House;
use crate::measure::{Case, Table};

/// Knows the most memory that was held at once.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How much of the largest accepted input is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// An eighth, in every test run.
    Small,
    /// All of it.
    Full,
}

impl Size {
    pub fn of(self, largest: usize) -> usize {
        match self {
            Self::Small => largest / 8,
            Self::Full => largest,
        }
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let size = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Size::Small,
        ["--full"] => Size::Full,
        _ => {
            eprintln!("hostile [--full]");
            return Ok(ExitCode::from(2));
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(2).build()?;
    let house = runtime.block_on(House::open())?;
    let mut wrong = endpoints::uncovered(&runtime)?;
    let cases: Vec<Case> = [
        parsers::cases(size),
        endpoints::cases(size, &runtime, &house),
        wire::cases(size, &runtime, &house),
        frames::cases(size, &runtime, &house),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut table = Table::begin();
    for case in cases {
        wrong.extend(table.run(case));
    }
    println!();
    runtime.block_on(house.close());
    for flaw in &wrong {
        println!("WRONG  {flaw}");
    }
    println!("hostile inputs {}  ok {}  wrong {}", table.count(), table.count() - table.wrong(), wrong.len());
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

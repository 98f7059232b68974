//! How much is measured.

use std::time::Duration;

use crate::burst::Length;
use crate::scenarios::Scenario;

/// How many ask at once.
pub const CLIENTS: [usize; 2] = [1, 16];

/// Bursts of a scenario on the same data: for so many clients a warm-up and the one that counts.
const BURSTS: usize = CLIENTS.len();
/// Part of the times that warming up may take, where these are few.
const WARM_PART: usize = 8;

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub rounds: usize,
    pub warm: Duration,
    pub burst: Duration,
    /// Checking a password takes long on purpose: more time for as many of them.
    pub sign_in_burst: Duration,
    pub first_visits: usize,
    pub starts: usize,
    /// After a start, until memory is looked at.
    pub idle: Duration,
}

impl Plan {
    pub const fn whole() -> Self {
        let (warm, burst, sign_in_burst) =
            (Duration::from_millis(300), Duration::from_millis(1200), Duration::from_secs(3));
        Self {
            rounds: 3,
            warm,
            burst,
            sign_in_burst,
            first_visits: 5,
            starts: 5,
            idle: Duration::from_secs(2),
        }
    }

    /// Only to see that everything runs.
    pub const fn short() -> Self {
        let (warm, burst) = (Duration::from_millis(50), Duration::from_millis(200));
        Self {
            rounds: 1,
            warm,
            burst,
            sign_in_burst: burst,
            first_visits: 1,
            starts: 1,
            idle: Duration::ZERO,
        }
    }

    /// Of the warm-up, and of what counts.
    pub fn lengths(self, scenario: Scenario) -> (Length, Length) {
        let most = scenario.most(BURSTS);
        let time = if scenario == Scenario::SignIn { self.sign_in_burst } else { self.burst };
        let warm = most / WARM_PART;
        (Length { time: self.warm, most: warm }, Length { time, most: most - warm })
    }

    pub const fn lengths_of_a_limit(self, is_slow: bool) -> (Length, Length) {
        let time = if is_slow { self.sign_in_burst } else { self.burst };
        (Length { time: self.warm, most: usize::MAX }, Length { time, most: usize::MAX })
    }
}

//! A hall: everybody behind one address, in their first hour. What stands between a right password and its answer is played through
//! with the real bounds: how often a network may ask, the throttle, the lanes, and two hashes at a time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::net::IpAddr;

use http_kit::{BURST_SECONDS, FILES_FOR_ONE, REQUESTS_PER_SECOND};
use kernel::Timestamp;

use super::lanes::{AT_ONCE, Lane, Lanes};
use super::throttle::{Attempt, Origin, Throttle};

const HALL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 1, 2, 3));
const PEOPLE: usize = 500;
const MISTYPES_PERCENT: u64 = 15;
/// One password, in milliseconds.
const HASH: i64 = 25;
/// What a phone asks for that has never been here, and once it is in. Files are those below `/assets/`, with those that it keeps for
/// when there is no network.
const OPENING: (f64, f64) = (7.0, 26.0);
const ENTERING: (f64, f64) = (9.0, 4.0);

/// How a hall behaves; times in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Kickoff {
    seed: u64,
    opens_within: u64,
    /// How long somebody types, at least and at most.
    types: (u64, u64),
    /// They come by one-time links: set a password first, and then sign in.
    by_link: bool,
}

#[test]
fn five_hundred_people_sign_in_from_one_hall() {
    let (typing, together) = ((10_000, 60_000), (20_000, 20_000));
    for (opens_within, types, by_link, longest) in [
        (0, typing, false, 500),
        (10_000, typing, false, 500),
        (60_000, typing, false, 500),
        (300_000, typing, false, 500),
        (60_000, typing, true, 500),
        // Everybody presses in the same moment, or in the same few seconds.
        (0, together, false, 7_000),
        (5_000, together, false, 3_000),
        (10_000, together, false, 500),
        (0, together, true, 13_000),
    ] {
        for seed in 1..=20 {
            let kickoff = Kickoff { seed, opens_within, types, by_link };
            let waited = Hall::play(kickoff);
            assert!(waited.is_ok_and(|waited| waited <= longest), "{waited:?} ms in {kickoff:?}");
        }
    }
}

/// What was in somebody's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Request,
    Lane,
    Unchecked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Opens,
    /// Sends a new password by the link.
    SetsPassword,
    SignsIn,
}

/// A password that waits for its turn.
struct Asked<'a> {
    who: usize,
    /// The attempt and whether it is right; none for a new password.
    attempt: Option<(Attempt<'a>, bool)>,
}

/// One bucket: what a network may ask.
struct Bucket {
    left: f64,
    rate: f64,
    filled: i64,
}

impl Bucket {
    fn of(times: u32) -> Self {
        let rate = f64::from(REQUESTS_PER_SECOND * times);
        Self { left: rate * f64::from(BURST_SECONDS), rate, filled: 0 }
    }

    fn take(&mut self, requests: f64, now: i64) -> Result<(), Refused> {
        let passed = f64::from(u32::try_from(now - self.filled).expect("time goes on")) / 1_000.0;
        self.left = (self.left + self.rate * passed).min(self.rate * f64::from(BURST_SECONDS));
        self.filled = now;
        self.left -= requests;
        if self.left < 0.0 { Err(Refused::Request) } else { Ok(()) }
    }
}

struct Hall<'a> {
    kickoff: Kickoff,
    throttle: &'a Throttle,
    dice: Dice,
    requests: Bucket,
    files: Bucket,
    lanes: Lanes<Asked<'a>>,
    /// What is hashed, and when it is done; in the order of time.
    working: Vec<(i64, Asked<'a>)>,
    steps: BinaryHeap<Reverse<(i64, usize, Step)>>,
    /// When each began to wait for the answer that let them in.
    since: Vec<Option<i64>>,
    longest: i64,
}

impl<'a> Hall<'a> {
    /// The longest time in milliseconds from a press with a right password until its answer.
    fn play(kickoff: Kickoff) -> Result<i64, Refused> {
        let throttle = Throttle::default();
        let mut hall = Hall {
            kickoff,
            throttle: &throttle,
            dice: Dice(kickoff.seed),
            requests: Bucket::of(1),
            files: Bucket::of(FILES_FOR_ONE),
            lanes: Lanes::default(),
            working: Vec::new(),
            steps: BinaryHeap::new(),
            since: vec![None; PEOPLE],
            longest: 0,
        };
        for who in 0..PEOPLE {
            let opens = hall.dice.within(kickoff.opens_within);
            hall.steps.push(Reverse((opens, who, Step::Opens)));
        }
        hall.go_on()
    }

    fn go_on(&mut self) -> Result<i64, Refused> {
        loop {
            let next = self.steps.peek().map(|Reverse((at, ..))| *at);
            let done = self.working.first().map(|(at, _)| *at);
            match (next, done) {
                (None, None) => return Ok(self.longest),
                (next, Some(done)) if next.is_none_or(|next| done <= next) => {
                    let (now, asked) = self.working.remove(0);
                    self.is_answered(asked, now)?;
                    if let Some(asked) = self.lanes.pop() {
                        self.working.push((now + HASH, asked));
                    }
                }
                _ => {
                    let Reverse((now, who, step)) = self.steps.pop().expect("it was looked at");
                    self.does(who, step, now)?;
                }
            }
        }
    }

    fn does(&mut self, who: usize, step: Step, now: i64) -> Result<(), Refused> {
        if step == Step::Opens {
            self.asks(OPENING, now)?;
            let (least, most) = self.kickoff.types;
            let presses = now + i64::try_from(least).expect("short") + self.dice.within(most - least);
            let next = if self.kickoff.by_link { Step::SetsPassword } else { Step::SignsIn };
            self.steps.push(Reverse((presses, who, next)));
            return Ok(());
        }
        self.asks((1.0, 0.0), now)?;
        let at = Timestamp::from_micros(1_790_000_000_000_000).plus_seconds(now / 1_000);
        let account = account(who);
        let (lane, begun) = if step == Step::SetsPassword {
            (Lane::Known, self.throttle.has_link(account, at).map(|()| None))
        } else {
            let is_right = self.kickoff.by_link || self.dice.roll(100) >= MISTYPES_PERCENT;
            let (lane, origin) = if self.kickoff.by_link {
                (Lane::Known, Origin::KnownDevice([1; 8]))
            } else {
                (Lane::Anywhere, Origin::Address(HALL))
            };
            let begun = self.throttle.begin(account, Some(account), origin, at);
            (lane, begun.map(|attempt| Some((attempt, is_right))))
        };
        self.since[who].get_or_insert(now);
        match begun {
            Err(seconds) => self.steps.push(Reverse((now + i64::from(seconds) * 1_000, who, step))),
            Ok(Some((attempt, _))) if !attempt.is_checked() => return Err(Refused::Unchecked),
            Ok(attempt) => {
                let asked = Asked { who, attempt };
                if self.working.len() < AT_ONCE {
                    self.working.push((now + HASH, asked));
                } else {
                    self.lanes.push(lane, asked, |_| true).map_err(|_| Refused::Lane)?;
                }
            }
        }
        Ok(())
    }

    fn is_answered(&mut self, Asked { who, attempt }: Asked<'a>, now: i64) -> Result<(), Refused> {
        match attempt {
            None => self.steps.push(Reverse((now, who, Step::SignsIn))),
            Some((attempt, true)) => {
                attempt.succeeded();
                let since = self.since[who].expect("they pressed");
                self.longest = self.longest.max(now - since);
                self.asks(ENTERING, now)?;
            }
            Some((_, false)) => {
                self.since[who] = None;
                let again = now + 3_000 + self.dice.within(8_000);
                self.steps.push(Reverse((again, who, Step::SignsIn)));
            }
        }
        Ok(())
    }

    fn asks(&mut self, (requests, files): (f64, f64), now: i64) -> Result<(), Refused> {
        self.requests.take(requests, now)?;
        self.files.take(files, now)
    }
}

fn account(who: usize) -> [u8; 32] {
    let mut account = [0; 32];
    account[..8].copy_from_slice(&who.to_be_bytes());
    account
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn within(&mut self, milliseconds: u64) -> i64 {
        i64::try_from(self.roll(milliseconds + 1)).expect("short")
    }
}

//! Honest watching: which of the reported seconds are credited, and why the others are not.
//!
//! A playback is opened at the server, so the server knows how much time has passed since: no report, forged or late, can spend
//! more of the wall clock than that. A report names a stretch of media, how fast it was played, how long that took on the
//! device and whether it could be seen. Repeating a stretch spends time and earns nothing; repeating a report is not even looked at.
//!
//! A report may come long after the watching, from a device that was without network. When enough was watched is told by the playback's own
//! clock, within what the server knows: not before all that is credited could have been played, and not after the report came.
//!
//! Invariant: every reported millisecond is either gained or in exactly one refusal.

use serde::{Deserialize, Serialize};

use super::ranges::Ranges;

/// The fastest playing that is learning, in hundredths.
pub const MOST_RATE: u16 = 200;

/// Players report positions a little off the clock: this much more media than time is no lie.
const TOLERANCE_MS: u32 = 250;

/// A set of stretches more scattered than this is no viewer's.
const MOST_PIECES: usize = 1000;

/// Each report keeps which counters came, so this bounds how much a report stores. A device counts without gaps and sends in order, twice a
/// minute: a gap is a batch that is still on its way or was lost. With every second batch lost it would take eight hours of watching a
/// video of minutes to come here, and what was sent in order meanwhile counts on; a new playback begins anew.
const MOST_GAPS: usize = 500;

/// One stretch that a player says it played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Counts up within the playback; a counter that was seen is not looked at again.
    pub counter: u32,
    pub from_ms: u32,
    pub to_ms: u32,
    /// 100 is the normal speed.
    pub rate_hundredths: u16,
    /// How long the playing took on the device.
    pub wall_ms: u32,
    /// The page could be seen.
    pub is_visible: bool,
    /// When the stretch ended, on a clock of the device that began with the playback. Absent from whoever does not count it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_ms: Option<u32>,
}

/// Why a stretch is not credited.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It ends before it starts, or was played at no speed.
    Malformed,
    /// The page could not be seen, and audio mode was not declared.
    Hidden,
    /// Played faster than is learning, or faster than the time it took.
    TooFast,
    /// Past the end of the video.
    BeyondEnd,
    /// More than the server's clock allows since the playback was opened.
    OverBudget,
    /// Watched before.
    AlreadyCounted,
    /// In more pieces than anybody watches, or counted with more gaps than any device leaves.
    TooScattered,
}

/// So much of one report was refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RefusedStretch {
    pub counter: u32,
    pub ms: u32,
    pub reason: Refusal,
}

/// What is known of one person watching one task's video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watching {
    pub length_ms: u32,
    /// Audio mode was declared: what cannot be seen counts too.
    pub is_audio: bool,
    /// Media that was credited, over all playbacks of the task.
    pub covered: Ranges,
    /// Counters of this playback that came in.
    pub seen: Ranges,
    /// Wall clock that this playback has used up.
    pub spent_ms: u64,
}

/// What a batch of reports came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    pub gained_ms: u64,
    pub refused: Vec<RefusedStretch>,
    /// When enough of the video was watched, if this batch made it so, in milliseconds since the opening of the playback: by the device's
    /// own clock, but not before the credited watching could have taken place. None too where the device did not say when.
    pub enough_ms: Option<u64>,
}

impl Watching {
    /// Judges reports. `allowed_ms` is the server's wall clock from the opening of the playback to now (or to its end).
    pub fn judge(&mut self, reports: &[Report], allowed_ms: u64) -> Verdict {
        let mut verdict = Verdict::default();
        for report in reports {
            if self.seen.contains(report.counter) || report.counter == u32::MAX {
                continue;
            }
            let (counter, next) = (report.counter, report.counter + 1);
            if self.seen.pieces() > MOST_GAPS && self.seen.stands_alone(counter, next) {
                let ms = report.to_ms.saturating_sub(report.from_ms);
                verdict.refused.push(RefusedStretch { counter, ms, reason: Refusal::TooScattered });
                continue;
            }
            self.seen.insert(counter, next);
            let was_enough = self.is_enough();
            self.judge_one(report, allowed_ms, &mut verdict);
            if !was_enough && self.is_enough() {
                let own = report.ended_ms.map(u64::from);
                verdict.enough_ms = own.map(|own| own.max(self.spent_ms).min(allowed_ms));
            }
        }
        verdict
    }

    /// Whether enough of the video was watched: nine tenths.
    pub fn is_enough(&self) -> bool {
        self.covered.total() * 10 >= u64::from(self.length_ms) * 9
    }

    fn judge_one(&mut self, report: &Report, allowed_ms: u64, verdict: &mut Verdict) {
        let Report { counter, from_ms, to_ms, rate_hundredths: rate, wall_ms, is_visible, .. } = *report;
        let mut refuse = |ms: u32, reason| {
            if ms > 0 || reason == Refusal::Malformed {
                verdict.refused.push(RefusedStretch { counter, ms, reason });
            }
        };
        let whole = to_ms.saturating_sub(from_ms);
        if whole == 0 || rate == 0 {
            return refuse(whole, Refusal::Malformed);
        }
        if !is_visible && !self.is_audio {
            return refuse(whole, Refusal::Hidden);
        }
        if rate > MOST_RATE {
            return refuse(whole, Refusal::TooFast);
        }
        // What is left of the stretch is kept from its start: each bound cuts its end.
        let within = self.length_ms.saturating_sub(from_ms).min(whole);
        refuse(whole - within, Refusal::BeyondEnd);
        let played = playable(u64::from(wall_ms), rate).saturating_add(TOLERANCE_MS).min(within);
        refuse(within - played, Refusal::TooFast);
        let kept = playable(allowed_ms.saturating_sub(self.spent_ms), rate).min(played);
        refuse(played - kept, Refusal::OverBudget);
        if kept == 0 {
            return;
        }
        if self.covered.pieces() >= MOST_PIECES {
            return refuse(kept, Refusal::TooScattered);
        }
        self.spent_ms += (u64::from(kept) * 100).div_ceil(u64::from(rate));
        let fresh = self.covered.insert(from_ms, from_ms + kept);
        refuse(kept - fresh, Refusal::AlreadyCounted);
        verdict.gained_ms += u64::from(fresh);
    }
}

/// How much media plays in so much time.
fn playable(wall_ms: u64, rate: u16) -> u32 {
    u32::try_from(wall_ms.saturating_mul(u64::from(rate)) / 100).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

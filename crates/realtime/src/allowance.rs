//! How fast a client may talk: some messages at once, then as many as come back with time.

use std::time::Duration;

use tokio::time::Instant;

#[derive(Debug)]
pub(crate) struct Allowance {
    left: u32,
    /// Until when what has come back was counted.
    counted: Instant,
}

impl Allowance {
    pub fn full(most: u32, now: Instant) -> Self {
        Self { left: most, counted: now }
    }

    /// Uses one up; false when there is none. One comes back every `every`, up to `most`.
    pub fn take(&mut self, now: Instant, most: u32, every: Duration) -> bool {
        let passed = now.saturating_duration_since(self.counted).as_nanos();
        let back = u32::try_from(passed / every.as_nanos().max(1)).unwrap_or(u32::MAX);
        if back >= most - self.left.min(most) {
            (self.left, self.counted) = (most, now);
        } else {
            self.left += back;
            self.counted += every * back;
        }
        let Some(left) = self.left.checked_sub(1) else { return false };
        self.left = left;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_then_as_many_as_come_back() {
        let start = Instant::now();
        let mut allowance = Allowance::full(5, start);
        let mut heard = |milliseconds: u64| {
            let now = start + Duration::from_millis(milliseconds);
            std::iter::repeat_with(|| allowance.take(now, 5, Duration::from_millis(100)))
                .take_while(|ok| *ok)
                .take(50)
                .count()
        };
        for (milliseconds, expected) in
            [(0, 5), (99, 0), (100, 1), (199, 0), (350, 2), (400, 1), (10_000, 5), (10_050, 0)]
        {
            assert_eq!(heard(milliseconds), expected, "at {milliseconds} ms");
        }
    }

    #[test]
    fn nobody_gets_more_by_asking_often() {
        let start = Instant::now();
        let mut allowance = Allowance::full(5, start);
        let every = Duration::from_millis(100);
        let heard =
            (0..10_000).filter(|i| allowance.take(start + Duration::from_millis(*i), 5, every)).count();
        assert_eq!(heard, 5 + 99);
    }
}

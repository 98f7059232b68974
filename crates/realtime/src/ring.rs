//! The newest events of a channel, in memory, without gaps.

use std::collections::VecDeque;

use crate::protocol::Frame;

/// Invariant: the frames are those of consecutive numbers, and the last of them has the number `last`.
#[derive(Debug)]
pub(crate) struct Ring {
    frames: VecDeque<Frame>,
    /// The number up to which everything is known; nothing is known before the first load.
    last: Option<i64>,
    capacity: usize,
}

impl Ring {
    pub fn new(capacity: usize) -> Self {
        Self { frames: VecDeque::new(), last: None, capacity }
    }

    pub fn last(&self) -> Option<i64> {
        self.last
    }

    /// Adds the event that follows the last one. One that is there already is left alone; one that would leave a gap is
    /// not taken: it will be read from the database together with what is missing.
    pub fn push(&mut self, number: i64, frame: Frame) {
        if self.last != Some(number - 1) {
            return;
        }
        if self.frames.len() == self.capacity {
            self.frames.pop_front();
        }
        self.frames.push_back(frame);
        self.last = Some(number);
    }

    /// Forgets all frames and goes on after `last`.
    pub fn restart(&mut self, last: i64) {
        self.frames.clear();
        self.last = Some(last);
    }

    /// At most `limit` events after `cursor`; `None` when the first of them is not in the ring (any more).
    pub fn after(&self, cursor: i64, limit: usize) -> Option<Vec<Frame>> {
        let behind = usize::try_from(self.last? - cursor).unwrap_or(0);
        let from = self.frames.len().checked_sub(behind)?;
        Some(self.frames.iter().skip(from).take(limit).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        /// The event that follows, or one that lies this far from it.
        Push(i64),
        Restart(i64),
        After {
            back: i64,
            limit: usize,
        },
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            6 => Just(Step::Push(0)),
            1 => (-3..4_i64).prop_map(Step::Push),
            1 => (0..50_i64).prop_map(Step::Restart),
            4 => (-2..20_i64, 0..9_usize).prop_map(|(back, limit)| Step::After { back, limit }),
        ];
        prop::collection::vec(step, 1..120)
    }

    /// The model keeps every event since the last restart and knows which of them the ring may have forgotten.
    #[derive(Default)]
    struct Model {
        restarted_at: i64,
        numbers: Vec<i64>,
    }

    impl Model {
        fn last(&self) -> i64 {
            self.numbers.last().copied().unwrap_or(self.restarted_at)
        }

        fn after(&self, cursor: i64, limit: usize, capacity: usize) -> Option<Vec<i64>> {
            let kept = &self.numbers[self.numbers.len().saturating_sub(capacity)..];
            let oldest = kept.first().copied().unwrap_or(self.last() + 1);
            (cursor >= oldest - 1).then(|| kept.iter().copied().filter(|n| *n > cursor).take(limit).collect())
        }
    }

    proptest! {
        #[test]
        fn ring_is_the_tail_of_a_list(capacity in 1..8_usize, steps in steps()) {
            let mut ring = Ring::new(capacity);
            let mut model = Model::default();
            prop_assert_eq!(ring.after(0, 5), None);
            ring.restart(0);
            for step in steps {
                match step {
                    Step::Push(off) => {
                        let number = model.last() + 1 + off;
                        ring.push(number, Frame::from(number.to_string()));
                        if off == 0 {
                            model.numbers.push(number);
                        }
                    }
                    Step::Restart(last) => {
                        ring.restart(last);
                        model = Model { restarted_at: last, numbers: Vec::new() };
                    }
                    Step::After { back, limit } => {
                        let cursor = model.last() - back;
                        let found = ring.after(cursor, limit).map(|frames| {
                            frames.iter().map(|f| f.as_str().parse::<i64>().expect("a number")).collect::<Vec<_>>()
                        });
                        prop_assert_eq!(found, model.after(cursor, limit, capacity));
                    }
                }
                prop_assert_eq!(ring.last(), Some(model.last()));
            }
        }
    }
}

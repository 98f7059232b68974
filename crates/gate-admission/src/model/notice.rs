//! The recruitment notice: when it is open.

use kernel::Timestamp;
use storage::words;

words! {
    /// What a visitor can do with a published notice.
    pub enum NoticeState {
        /// Applications are taken later.
        Upcoming = "upcoming",
        Open = "open",
        Closed = "closed",
    }
}

/// Where an instant lies: from `opens_at` (inclusive) to `closes_at` (exclusive) the notice is open.
pub fn state_at(opens_at: Timestamp, closes_at: Timestamp, now: Timestamp) -> NoticeState {
    if now < opens_at {
        NoticeState::Upcoming
    } else if now < closes_at {
        NoticeState::Open
    } else {
        NoticeState::Closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_opens_and_closes_to_the_microsecond() {
        let at = Timestamp::from_micros;
        for (now, state) in [
            (9, NoticeState::Upcoming),
            (10, NoticeState::Open),
            (19, NoticeState::Open),
            (20, NoticeState::Closed),
        ] {
            assert_eq!(state_at(at(10), at(20), at(now)), state);
        }
    }
}

//! Which bytes a `Range` header asks for (RFC 9110, section 14): one range, or all.

/// A stretch of bytes, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteRange {
    pub first: u64,
    pub last: u64,
}

impl ByteRange {
    #[expect(clippy::len_without_is_empty, reason = "a range holds at least one byte")]
    pub fn len(self) -> u64 {
        self.last - self.first + 1
    }

    /// The value of `Content-Range` beside a 206.
    pub fn content_range(self, size: u64) -> String {
        format!("bytes {}-{}/{size}", self.first, self.last)
    }
}

/// The value of `Content-Range` beside a 416.
pub fn unsatisfied_content_range(size: u64) -> String {
    format!("bytes */{size}")
}

/// What to answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// 200: no range was asked for, or one that we may ignore (another unit, several ranges, nonsense).
    Whole,
    /// 206.
    Part(ByteRange),
    /// 416: the range lies beyond the end.
    Unsatisfiable,
}

/// Reads a `Range` header against a body of `size` bytes.
pub fn parse_range(header: Option<&str>, size: u64) -> Wanted {
    let Some((unit, set)) = header.and_then(|h| h.split_once('=')) else { return Wanted::Whole };
    let set = set.trim_matches([' ', '\t']);
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    let Some((first, last)) = set.split_once('-') else { return Wanted::Whole };
    match (position(first), position(last)) {
        (Position::At(first), Position::Open) => from_to(first, u64::MAX, size),
        (Position::At(first), Position::At(last)) if first <= last => from_to(first, last, size),
        (Position::Open, Position::At(length)) => match (length, size) {
            (0, _) | (_, 0) => Wanted::Unsatisfiable,
            _ => from_to(size.saturating_sub(length), u64::MAX, size),
        },
        _ => Wanted::Whole,
    }
}

fn from_to(first: u64, last: u64, size: u64) -> Wanted {
    if first >= size {
        return Wanted::Unsatisfiable;
    }
    Wanted::Part(ByteRange { first, last: last.min(size - 1) })
}

enum Position {
    Open,
    At(u64),
    Wrong,
}

fn position(text: &str) -> Position {
    if text.is_empty() {
        Position::Open
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than a u64 holds lie beyond any end.
        Position::At(text.parse().unwrap_or(u64::MAX))
    } else {
        Position::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_ranges_are_read_and_everything_odd_is_ignored() {
        let part = |first, last| Wanted::Part(ByteRange { first, last });
        for (header, size, wanted) in [
            (None, 10, Wanted::Whole),
            (Some("bytes=0-"), 10, part(0, 9)),
            (Some("bytes=0-0"), 10, part(0, 0)),
            (Some("bytes=3-5"), 10, part(3, 5)),
            (Some("BYTES = 3-5 "), 10, part(3, 5)),
            (Some("bytes=3-99999999999999999999999"), 10, part(3, 9)),
            (Some("bytes=-4"), 10, part(6, 9)),
            (Some("bytes=-99"), 10, part(0, 9)),
            (Some("bytes=9-9"), 10, part(9, 9)),
            (Some("bytes=10-"), 10, Wanted::Unsatisfiable),
            (Some("bytes=99999999999999999999999-"), 10, Wanted::Unsatisfiable),
            (Some("bytes=-0"), 10, Wanted::Unsatisfiable),
            (Some("bytes=0-"), 0, Wanted::Unsatisfiable),
            (Some("bytes=-1"), 0, Wanted::Unsatisfiable),
            (Some("bytes=5-3"), 10, Wanted::Whole),
            (Some("bytes=0-1,3-4"), 10, Wanted::Whole),
            (Some("bytes=-"), 10, Wanted::Whole),
            (Some("bytes=+1-2"), 10, Wanted::Whole),
            (Some("bytes=a-b"), 10, Wanted::Whole),
            (Some("bytes=1"), 10, Wanted::Whole),
            (Some("items=0-1"), 10, Wanted::Whole),
            (Some(""), 10, Wanted::Whole),
        ] {
            assert_eq!(parse_range(header, size), wanted, "{header:?} of {size}");
        }
    }

    #[test]
    fn answers_name_the_bytes_they_hold() {
        let range = ByteRange { first: 6, last: 9 };
        assert_eq!((range.len(), range.content_range(10).as_str()), (4, "bytes 6-9/10"));
        assert_eq!(unsatisfied_content_range(10), "bytes */10");
    }
}

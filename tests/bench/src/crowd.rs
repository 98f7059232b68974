//! More of what the demo holds: its trainings with their people, classes, posts and progress once more, and once more, under ids of their
//! own. A copy is what its original is, so that a hundred of them have as much for each learner as the one.

pub mod postgres;
pub mod sqlite;

use std::collections::HashSet;

/// What there is once for the whole installation, or cannot be had twice: the schema's history, audit chains and keys, signed certificates
/// with their ledger, sessions and links that only their owner could use, jobs, and answers that are kept for a day.
const LEFT: &[&str] = &[
    "_sqlx_migrations",
    "administration",
    "audit_anchored",
    "audit_anchors",
    "audit_entries",
    "audit_heads",
    "batch_entries",
    "blob_holds",
    "certificate_batches",
    "certificate_changes",
    "certificate_counters",
    "certificates",
    "credit_entries",
    "first_use_links",
    "idempotency_keys",
    "job_schedules",
    "jobs",
    "key_fingerprints",
    "org_units",
    "processes",
    "realtime_epochs",
    "realtime_tickets",
    "refresh_tokens",
    "schema_migrations",
    "sessions",
    "status_lists",
];

/// Units are shared, so their ids stay what they are.
const UNITS: &str = "select id from org_units";

/// A table with the names and the types of its columns.
struct Table {
    name: String,
    columns: Vec<(String, String)>,
}

impl Table {
    /// Lists of words are the schema's own.
    fn is_left(&self) -> bool {
        LEFT.contains(&self.name.as_str()) || self.columns.iter().all(|(name, _)| name == "word")
    }
}

/// What a column holds, as far as a copy of it differs.
#[derive(Clone, Copy)]
enum Holds {
    Id,
    /// The account's name: everybody has another.
    Account,
    /// A keyed hash that finds a person by a number: no two have the same.
    Hash,
    /// Ids may stand within it.
    Text,
    Other,
}

impl Holds {
    fn of(table: &str, (name, kind): &(String, String)) -> Self {
        match (table, name.as_str(), kind.as_str()) {
            (_, _, "uuid") => Self::Id,
            ("people", "account_name", _) => Self::Account,
            ("people", "phone_hash" | "identity_number_hash", _) => Self::Hash,
            (_, _, "text" | "jsonb") => Self::Text,
            _ => Self::Other,
        }
    }
}

/// The numbers of a copy's ids: those of the original with the copy's number in the last bits, which are random in it.
struct Copy<'a> {
    number: u32,
    units: &'a HashSet<[u8; 16]>,
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits of an id as it is written outside, after its prefix.
const DIGITS: usize = 26;

impl Copy<'_> {
    fn id(&self, mut id: [u8; 16]) -> [u8; 16] {
        // All zeros name the system itself.
        if !self.units.contains(&id) && id != [0; 16] {
            for (byte, bits) in id[12..].iter_mut().zip(self.number.to_be_bytes()) {
                *byte ^= bits;
            }
        }
        id
    }

    /// The same to every `cls_01h2xcejqtf2nbrexx3vqjhp41` within a text; units are not told in texts that anybody follows.
    fn text(&self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for (at, _) in text.match_indices('_').filter(|(at, _)| *at >= 3) {
            let (prefix, digits) = (at - 3..at, at + 1..at + 1 + DIGITS);
            let is_prefix = bytes[prefix.clone()].iter().all(u8::is_ascii_lowercase);
            if !is_prefix || &bytes[prefix] == b"org" {
                continue;
            }
            if let Some(digits) = bytes.get_mut(digits) {
                self.digits(digits);
            }
        }
        String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
    }

    /// Five bits each, the last ones last.
    fn digits(&self, digits: &mut [u8]) {
        let Some(values) = digits.iter().copied().map(value).collect::<Option<Vec<usize>>>() else { return };
        let mut bits = self.number as usize;
        for (digit, value) in digits.iter_mut().zip(values).rev() {
            *digit = ALPHABET[value ^ (bits & 31)];
            bits >>= 5;
        }
    }

    fn account(&self, name: &str) -> String {
        format!("{name}-{}", self.number)
    }
}

fn value(digit: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: [u8; 16] = [7; 16];

    fn copy<T>(number: u32, of: impl Fn(&Copy<'_>) -> T) -> T {
        of(&Copy { number, units: &HashSet::from([UNIT]) })
    }

    #[test]
    fn an_id_and_its_text_become_the_same_other_one() {
        // 018dee81-6d17-7b94-b08e-5d877d1ba481, as both are written.
        let id = 0x018d_ee81_6d17_7b94_b08e_5d87_7d1b_a481_u128.to_be_bytes();
        assert_eq!(copy(99, |c| c.id(id)), (u128::from_be_bytes(id) ^ 0x63).to_be_bytes());
        let digits = |id: [u8; 16]| {
            let bits = u128::from_be_bytes(id);
            let digit = |place: usize| char::from(ALPHABET[(bits >> (5 * place) & 31) as usize]);
            (0..DIGITS).rev().map(digit).collect::<String>()
        };
        for number in [0, 1, 31, 32, 99, 1023] {
            let (before, after) = (digits(id), digits(copy(number, |c| c.id(id))));
            let text = format!("/learn/tasks/tsk_{before}?class=cls_{before}");
            let expected = format!("/learn/tasks/tsk_{after}?class=cls_{after}");
            assert_eq!(copy(number, |c| c.text(&text)), expected);
        }
    }

    #[test]
    fn what_is_no_id_stays() {
        for text in [
            "",
            "_",
            "a_b",
            "今天_两个年级换了三次，第二次最顺，孩子们都等着",
            "org_01h2xcejqtf2nbrexx3vqjhp41",
            "tsk_01h2xcejqtf2nbrexx3vqjhp4",
            "tsk_01H2XCEJQTF2NBREXX3VQJHP41",
            "credited_ms_of_the_whole_video_so_far",
        ] {
            assert_eq!(copy(5, |c| c.text(text)), text);
        }
        assert_eq!(copy(5, |c| c.id(UNIT)), UNIT);
        assert_eq!(copy(5, |c| c.id([0; 16])), [0; 16]);
    }
}

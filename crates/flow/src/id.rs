//! Ids: text, ordered by time, with a prefix that says of what they are.

use uuid::{Timestamp, Uuid};

/// A new id: `ord_` and 32 digits. Ids made later sort later, to the millisecond.
pub fn new(prefix: &str, at_ms: i64) -> String {
    let ms = u64::try_from(at_ms).unwrap_or(0);
    let time = Timestamp::from_unix_time(ms / 1_000, (ms % 1_000 * 1_000_000) as u32, 0, 0);
    format!("{prefix}_{}", Uuid::new_v7(time).simple())
}

#[cfg(test)]
mod tests {
    use super::new;

    #[test]
    fn ids_of_one_kind_sort_by_time_and_never_repeat() {
        let (a, b) = (new("ord", 1_700_000_000_000), new("ord", 1_700_000_000_001));
        assert!(a.starts_with("ord_") && a.len() == 36 && a < b, "{a} {b}");
        assert_ne!(new("ord", 5), new("ord", 5));
    }
}

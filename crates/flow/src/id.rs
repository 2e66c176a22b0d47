//! Ids: text, ordered by time, with a prefix that says of what they are.

use std::sync::atomic::{AtomicU32, Ordering};
use uuid::{Builder, Uuid};

/// Ids that this process has made: those of one millisecond sort as they were made.
static MADE: AtomicU32 = AtomicU32::new(0);

/// A new id: `ord_` and 32 digits, a UUID of version 7. Ids made later sort later.
pub fn new(prefix: &str, at_ms: i64) -> String {
    let ms = u64::try_from(at_ms).unwrap_or(0);
    let count = MADE.fetch_add(1, Ordering::Relaxed);
    let mut tail = [0; 10];
    tail.copy_from_slice(&Uuid::new_v4().as_bytes()[..10]);
    // The version takes four bits of the first byte, the variant two of the third: 18 bits are left to count.
    tail[0] = (count >> 14 & 0x0f) as u8;
    tail[1] = (count >> 6 & 0xff) as u8;
    tail[2] = (count & 0x3f) as u8;
    format!("{prefix}_{}", Builder::from_unix_timestamp_millis(ms, &tail).into_uuid().simple())
}

#[cfg(test)]
mod tests {
    use super::new;

    #[test]
    fn ids_of_one_kind_sort_by_time_then_as_they_were_made_and_never_repeat() {
        let ids: Vec<String> =
            [1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001].map(|ms| new("ord", ms)).into();
        assert!(ids.iter().all(|id| id.starts_with("ord_") && id.len() == 36), "{ids:?}");
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
    }
}

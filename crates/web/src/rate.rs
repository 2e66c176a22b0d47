//! How often somebody may ask.
//!
//! Owns: one bucket for each key, refilled evenly (the generic cell rate algorithm: a bucket is one number, the time at
//! which it would be full again). Refuses to know: who the keys are, and the clock: the time is handed in.

use crate::app::Settings;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Keys that are remembered: those whose buckets are full are forgotten when there are more.
const MOST_KEYS: usize = 50_000;
const MINUTE_MS: i64 = 60_000;

/// The buckets of this process. Several processes each count their own.
pub(crate) struct Rates {
    /// By user or token.
    pub(crate) callers: Rate,
    /// By address: those who have not said who they are, and those who try passwords.
    pub(crate) addresses: Rate,
    pub(crate) tries: Rate,
}

pub(crate) struct Rate {
    name: &'static str,
    per_minute: Option<i64>,
    full_at_us: Mutex<HashMap<String, i64>>,
}

/// How a bucket stands after a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Level {
    name: &'static str,
    per_minute: i64,
    left: i64,
    /// Until it is full again.
    pub(crate) full_in_s: i64,
    /// `Some`: the request is refused; the next one may come after so many seconds.
    pub(crate) wait_s: Option<i64>,
}

/// More than one in 60 µs nobody can send: it is no limit.
const MOST_A_MINUTE: i64 = 1_000_000;

impl Rates {
    pub(crate) fn new(settings: &Settings) -> Rates {
        let rate = |name, per_minute: Option<u32>| Rate {
            name,
            per_minute: per_minute
                .map(i64::from)
                .filter(|many| *many > 0)
                .map(|many| many.min(MOST_A_MINUTE)),
            full_at_us: Mutex::default(),
        };
        Rates {
            callers: rate("caller", settings.requests_per_minute),
            addresses: rate("address", settings.requests_per_minute),
            tries: rate("tries", settings.tries_per_minute),
        }
    }
}

impl Rate {
    /// Takes one from a bucket; `None`: there is no limit.
    pub(crate) fn take(&self, key: &str, now_ms: i64) -> Option<Level> {
        let per_minute = self.per_minute?;
        let (now, each) = (now_ms * 1_000, MINUTE_MS * 1_000 / per_minute);
        let most = each * per_minute;
        let mut all = self.full_at_us.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_KEYS && !all.contains_key(key) {
            all.retain(|_, full_at| *full_at > now);
            if all.len() >= MOST_KEYS {
                all.clear();
            }
        }
        // A clock that was set back must not keep anybody out for longer than a minute.
        let full_at = all.get(key).map_or(now, |full_at| (*full_at).clamp(now, now + most));
        let (after, is_refused) = match full_at + each > now + most {
            true => (full_at, true),
            false => (full_at + each, false),
        };
        all.insert(key.to_owned(), after);
        let level = Level {
            name: self.name,
            per_minute,
            left: (now + most - after) / each,
            full_in_s: seconds(after - now),
            wait_s: is_refused.then(|| seconds(after + each - now - most).max(1)),
        };
        Some(level)
    }
}

impl Level {
    /// Of `RateLimit-Policy`.
    pub(crate) fn policy(&self) -> String {
        format!("\"{}\";q={};w=60", self.name, self.per_minute)
    }

    /// Of `RateLimit`.
    pub(crate) fn state(&self) -> String {
        format!("\"{}\";r={};t={}", self.name, self.left, self.full_in_s)
    }
}

fn seconds(us: i64) -> i64 {
    (us + 999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::{Rate, Rates};
    use crate::app::Settings;

    fn ten_a_minute() -> Rate {
        Rates::new(&Settings { requests_per_minute: Some(10), ..Settings::default() }).callers
    }

    #[test]
    fn the_eleventh_of_ten_waits_for_a_tenth_of_a_minute_and_nobody_else_does() {
        let rate = ten_a_minute();
        let waits: Vec<_> = (0..11).map(|_| rate.take("ana", 5_000).unwrap().wait_s).collect();
        assert_eq!(waits[..10], [None; 10]);
        assert_eq!(waits[10], Some(6));
        assert_eq!(rate.take("ben", 5_000).unwrap().left, 9);
        assert_eq!(rate.take("ana", 11_000).unwrap().wait_s, None);
        assert_eq!(rate.take("ana", 11_000).unwrap().wait_s, Some(6));
        assert_eq!(rate.take("ana", 200_000).unwrap().state(), "\"caller\";r=9;t=6");
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out_for_more_than_a_minute() {
        let rate = ten_a_minute();
        for _ in 0..10 {
            rate.take("ana", 9_000_000);
        }
        assert_eq!(rate.take("ana", 1_000).unwrap().wait_s, Some(6));
    }

    #[test]
    fn without_a_limit_nobody_waits() {
        let rates = Rates::new(&Settings { requests_per_minute: None, ..Settings::default() });
        assert_eq!(rates.callers.take("ana", 0), None);
    }
}

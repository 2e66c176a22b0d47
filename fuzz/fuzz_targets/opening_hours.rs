//! Any text as opening hours, with a time zone in its first line.
#![no_main]

use model::calendar::{Calendar, Hours, Window};
use model::{Day, Timestamp};

/// The first days of 2026: enough for every weekday, a leap of an hour and the turn of a month.
const FROM: Day = Day(20_454);
const DAYS: i32 = 100;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (zone, expression) = text.split_once('\n').unwrap_or(("America/New_York", text));
    let windows = vec![Window { cutoff_minute: 780, capacity_parcels: None }];
    let hours = Hours { expression: expression.into(), zone: zone.into(), holidays: Vec::new(), windows };
    if let Ok(calendar) = Calendar::compile(&hours, FROM, Day(FROM.0 + DAYS)) {
        for day in 0..DAYS {
            let at = Timestamp(Day(FROM.0 + day).start_utc().0 + 43_200_000);
            assert!(!calendar.is_open(at) || calendar.open_span_at_or_after(at).is_some_and(|span| span.contains(at)));
            if let Some((dispatch, span)) = calendar.dispatch_after(at, 1) {
                assert!(span.contains(at) && dispatch.cutoff > at);
            }
        }
    }
});

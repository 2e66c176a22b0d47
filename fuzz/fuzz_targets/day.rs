//! Any text as a day. A day reads back from its own text.
#![no_main]

use model::Day;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(day) = Day::from_iso(text) {
        assert_eq!(Day::from_iso(&day.to_string()), Some(day));
    }
});

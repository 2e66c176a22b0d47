//! Any text as opening hours, with a time zone in its first line.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("opening_hours", bytes));

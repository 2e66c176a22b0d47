//! Any text as a day.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("day", bytes));

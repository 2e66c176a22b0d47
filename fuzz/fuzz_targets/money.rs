//! Any text as an amount of money.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("money", bytes));

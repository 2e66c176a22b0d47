//! Any text as a file of rules.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("rule_file", bytes));

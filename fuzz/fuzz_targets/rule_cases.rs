//! Any text as a file of cases.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("rule_cases", bytes));

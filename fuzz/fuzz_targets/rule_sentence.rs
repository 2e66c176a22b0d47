//! Any text as one sentence of the rule language.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("rule_sentence", bytes));

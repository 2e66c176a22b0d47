//! Any bytes as `rates.csv` of a Baton folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baton_fuzz::folder_with("rates.csv", bytes));

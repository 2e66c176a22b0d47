//! Any bytes as `zone_pairs.csv` of a Baton folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baton_fuzz::folder_with("zone_pairs.csv", bytes));

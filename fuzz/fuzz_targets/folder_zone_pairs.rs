//! Any bytes as `zone_pairs.csv` of a Baton folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("folder_zone_pairs", bytes));

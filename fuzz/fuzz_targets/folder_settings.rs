//! Any bytes as `settings.toml` of a Baton folder.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("folder_settings", bytes));

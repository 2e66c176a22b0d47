//! Any bytes as `olist_products.csv` beside the other files of Olist's history.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("olist_products", bytes));

//! Any bytes as `olist_customers.csv` beside the other files of Olist's history.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("olist_customers", bytes));

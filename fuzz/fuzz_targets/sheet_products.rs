//! Any bytes as `products_export.csv` beside the other exports of Shopify.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::try_on("sheet_products", bytes));

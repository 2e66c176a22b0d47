//! Any text as an amount of money. An amount reads back from its own decimal.
#![no_main]

use model::Cost;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(cost) = Cost::from_decimal(text) {
        assert_eq!(Cost::from_decimal(&cost.decimal()), Some(cost));
    }
});

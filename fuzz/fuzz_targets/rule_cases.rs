//! Any text as a file of cases.
#![no_main]

use engine::rules::read_cases;
use model::Currency;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(cases) = read_cases(text, Currency::USD) {
        assert!(cases.iter().all(|case| !case.expects.is_empty()));
    }
});

//! Any text as one sentence of the rule language. A rule reads back from its own sentence.
#![no_main]

use engine::rules::{read_sentence, sentence};
use model::Currency;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(rule) = read_sentence(text, Currency::USD) {
        let written = sentence(&rule, Currency::USD);
        let again = read_sentence(&written, Currency::USD).expect("a written sentence can be read");
        assert_eq!(again, rule);
        assert_eq!(sentence(&again, Currency::USD), written);
    }
});

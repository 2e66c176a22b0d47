//! Any text as a file of rules. What is read is written back to the same bytes; what is tidied can be read.
#![no_main]

use engine::rules::RuleFile;
use model::Currency;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(file) = RuleFile::read(text, Currency::USD) {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        assert_eq!(file.write(Currency::USD), plain);
    }
    if let Ok(file) = RuleFile::tidy(text, Currency::USD) {
        let written = file.write(Currency::USD);
        let again = RuleFile::read(&written, Currency::USD).expect("a tidied file can be read");
        assert_eq!(again.set, file.set);
    }
});

//! Small words that sentences share: counts, lists, months, capitals.
//!
//! Owns: how they are written, everywhere. Refuses to know: what sentences are about.

/// `1 parcel`, `3 parcels`, `1,200 parcels`. For nouns that take an `s`.
pub fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number)) }
}

/// `1,200`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Names as a sentence lists them: `a`, `a and b`, `a, b and c`.
pub fn listed(names: &[String]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Months as dates name them, January first.
pub const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// With a capital first letter.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// As it stands by itself: with a capital letter and a full stop. The name of a file keeps its letters.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':']) { "" } else { "." };
    let is_file = text.split([' ', ':']).next().is_some_and(|word| word.trim_end_matches('.').contains('.'));
    let whole = if is_file { text.to_owned() } else { capitalized(text) };
    format!("{whole}{stop}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_a_capital_and_a_stop_and_a_file_keeps_its_name() {
        assert_eq!(sentence(" no zones.csv: zones follow"), "No zones.csv: zones follow.");
        assert_eq!(sentence("zones.csv is not read"), "zones.csv is not read.");
        assert_eq!((sentence("read it!"), sentence("Done.")), ("Read it!".to_owned(), "Done.".to_owned()));
        assert_eq!(sentence(""), "");
    }
}

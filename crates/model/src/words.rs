//! Small words that sentences share: counts, lists, months, capitals.
//!
//! Owns: how they are written, everywhere. Refuses to know: what sentences are about.

/// `1 parcel`, `3 parcels`, `1,200 parcels`. For nouns that take an `s`.
pub fn count(number: u64, noun: &str) -> String {
    counted(number, noun, &format!("{noun}s"))
}

/// `1 order has`, `3 orders have`, `1,200 orders have`: a number with the words for one thing, or for more.
pub fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}

/// `1 of 3 orders has`, `2 of 3 orders have`, `1 of 1 order has`: a part of so many, with the verb for one, or for more.
pub fn part_of((part, all): (u64, u64), noun: &str, (one, more): (&str, &str)) -> String {
    format!("{} of {} {}", grouped(part), count(all, noun), if part == 1 { one } else { more })
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

    #[test]
    fn one_of_a_thing_is_told_as_one() {
        assert_eq!(
            count(0, "parcel") + ", " + &count(1, "parcel") + ", " + &count(1_200, "parcel"),
            "0 parcels, 1 parcel, 1,200 parcels"
        );
        assert_eq!(counted(1, "order has", "orders have"), "1 order has");
        assert_eq!(counted(1_200, "order has", "orders have"), "1,200 orders have");
        assert_eq!(part_of((1, 1), "order", ("is", "are")), "1 of 1 order is");
        assert_eq!(part_of((1, 2), "order", ("is", "are")), "1 of 2 orders is");
        assert_eq!(part_of((2, 2), "order", ("is", "are")), "2 of 2 orders are");
    }
}

//! Texts made alike: without case, accents and what stands between letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Without case and accents: `Łukasz Müller` and `lukasz MULLER` are the same.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let mut folded = String::with_capacity(plain.len());
    for letter in plain.to_lowercase().chars() {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            other => folded.push(other),
        }
    }
    folded
}

/// Words of a name. `O'Brien` is one; `Jean-Luc` is two, and all of it, too.
pub(crate) fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut words = Vec::new();
    for whole in folded.split_whitespace() {
        let parts: Vec<String> = whole.split(is_dash).map(letters).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            words.push(parts.concat());
        }
        words.extend(parts);
    }
    words
}

/// Letters and digits alone.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '/' | ',' | ';')
}

/// A number or id as it is compared: `# 1043` and `#1043` and `1043` are the same.
pub(crate) fn identifier(text: &str) -> String {
    let folded: String = fold(text).split_whitespace().collect();
    folded.trim_start_matches('#').to_owned()
}

/// Digits of a telephone number that are kept: as many as a number has.
const MOST_DIGITS: usize = 15;

/// The digits of a telephone number, the last one first.
pub(crate) fn reversed_digits(phone: &str) -> String {
    phone.chars().rev().filter(char::is_ascii_digit).take(MOST_DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, folded) in [
            ("Łukasz MÜLLER", "lukasz muller"),
            ("Straße", "strasse"),
            ("José Ångström", "jose angstrom"),
            ("ﬁne ①", "fine 1"),
            ("İstanbul", "istanbul"),
            ("Δημήτρης", "δημητρησ"),
            ("Søren Æ", "soren ae"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_name_is_its_words_and_a_double_name_is_both_and_the_whole() {
        assert_eq!(words("  Jean-Luc O'Brien "), ["jeanluc", "jean", "luc", "obrien"]);
        assert_eq!(words("Dr. Núñez"), ["dr", "nunez"]);
        assert_eq!(words(" - "), Vec::<String>::new());
    }

    #[test]
    fn a_number_is_the_same_with_or_without_its_mark() {
        for text in ["#1043", "1043", "# 1043", " ##1043 "] {
            assert_eq!(identifier(text), "1043");
        }
        assert_eq!(identifier("EU-77a"), "eu-77a");
    }

    #[test]
    fn a_telephone_number_is_read_from_its_end() {
        assert_eq!(reversed_digits("+1 (503) 555-0147"), "74105553051");
        assert_eq!(reversed_digits("ask"), "");
    }
}
